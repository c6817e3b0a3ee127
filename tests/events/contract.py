"""What every log promises, whatever keeps it; each engine's test module inherits this suite."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable

import msgspec
import pytest

from events.errors import Conflict, Invalid
from events.log import Log
from events.seal import NO_LINK, is_sealed, link_of
from events.trace import Trace
from events.vocabulary import (
    CallMade,
    ClientRegistered,
    CostSet,
    CreditSplitSet,
    Instalment,
    InvoiceIssued,
    OrderPlaced,
    PaymentReceived,
    SellerHired,
)
from events.vocabulary.fact import Fact
from tests.events.samples import (
    LATER,
    MOSCOW,
    NOON,
    call,
    correction,
    draft,
    every_kind,
    order,
    salts,
    void,
)

MINUTE = dt.timedelta(minutes=1)


class LogContract(ABC):
    """Inherit and say how a log is made."""

    @abstractmethod
    def make(self, clock: Callable[[], dt.datetime], salt: Callable[[], str]) -> Log:
        """A new empty log with this clock and these salts."""

    @pytest.fixture
    def log(self) -> Log:
        return self.make(lambda: LATER, salts())

    def test_an_empty_log_has_a_head_of_zeros(self, log: Log) -> None:
        assert (log.head().seq, log.head().link) == (0, NO_LINK)
        assert list(log.read()) == []
        assert list(log.chunks()) == []

    def test_appending_nothing_changes_nothing(self, log: Log) -> None:
        assert log.append([]) == []
        assert log.head().seq == 0

    def test_what_was_appended_reads_back_in_order(self, log: Log) -> None:
        drafts = [call(n) for n in range(5)]
        answers = [answer for one in drafts for answer in log.append([one])]
        assert [a.seq for a in answers] == [1, 2, 3, 4, 5]
        assert all(a.new for a in answers)
        assert [e.body for e in log.read()] == [d.body for d in drafts]
        assert [e.id for e in log.read()] == [d.id for d in drafts]

    def test_every_kind_with_every_field_reads_back_in_plain_text(self, log: Log) -> None:
        drafts = [draft(body) for body in every_kind()]
        log.append(drafts)
        assert [e.body for e in log.reveal(list(log.read()))] == [d.body for d in drafts]

    def test_the_envelope_keeps_who_when_and_where_from(self, log: Log) -> None:
        body = CallMade(seller="anna", client="c1", deal="d1")
        log.append([draft(body, at=NOON, source="phone", external_id="77", actor="boris")])
        (event,) = log.read()
        assert (event.kind, event.version, event.actor) == ("call_made", 1, "boris")
        assert (event.source, event.external_id) == ("phone", "77")
        assert (event.seller, event.client, event.deal) == ("anna", "c1", "d1")
        assert (event.occurred, event.occurred_at) == (NOON, "2026-03-02T12:00:00+03:00")
        assert event.recorded_at == "2026-03-02T15:00:00.000000Z"

    def test_the_head_links_every_event_to_all_before_it(self, log: Log) -> None:
        log.append([call(n) for n in range(3)])
        link = NO_LINK
        for event in log.read():
            link = link_of(link, event.seq, event.recorded_at, event.digest)
            assert event.link == link
        assert log.head().link == link

    @pytest.mark.parametrize(("after", "upto"), [(0, None), (2, 4), (3, 3), (4, 99), (9, None)])
    def test_reading_starts_after_and_ends_with_a_position(
        self, log: Log, after: int, upto: int | None
    ) -> None:
        log.append([call(n) for n in range(6)])
        wanted = [seq for seq in range(1, 7) if after < seq <= (6 if upto is None else upto)]
        assert [e.seq for e in log.read(after, upto)] == wanted
        assert [seq for c in log.chunks(after, upto, 2) for seq in c.seqs] == wanted

    def test_chunks_and_stretches_hold_the_events_as_columns(self, log: Log) -> None:
        log.append([draft(body) for body in every_kind()])
        events = list(log.read())
        for size in (1, 7, 4096):
            chunks = list(log.chunks(size=size))
            assert max(len(c.seqs) for c in chunks) <= size
            assert [b for c in chunks for b in c.bodies] == [e.body for e in events]
            assert [i for c in chunks for i in c.ids] == [e.id for e in events]
            assert [o for c in chunks for o in c.occurred] == [e.occurred_at for e in events]
            assert [r for c in chunks for r in c.recorded] == [e.recorded_at for e in events]
            runs = list(log.stretches(size=size))
            assert [b for run in runs for b in run.bodies] == [e.body for e in events]
            assert [o for run in runs for o in run.occurred] == [e.occurred_at for e in events]
            for run in runs:
                first, last = events[run.first - 1], events[run.first + len(run.bodies) - 2]
                assert run.recorded == (first.recorded_at, last.recorded_at)

    def test_positions_can_be_asked_for_and_picked(self, log: Log) -> None:
        log.append([call(0), order(1), call(1), order(2), call(7)])
        assert log.positions(kinds=["call_made"]) == [1, 3, 5]
        assert log.positions(kinds=["call_made"], clients=["c0"]) == [1, 5]
        assert log.positions(clients=["c1"], upto=3) == [2, 3]
        picked = [seq for chunk in log.pick([5, 2, 99]) for seq in chunk.seqs]
        assert picked == [2, 5]

    def test_events_are_found_by_id_and_the_unknown_ones_are_absent(self, log: Log) -> None:
        log.append([call(1), call(2)])
        found = log.get([call(2).id, "nobody"])
        assert {key: e.seq for key, e in found.items()} == {call(2).id: 2}

    def test_a_draft_sent_again_adds_nothing_and_gets_its_place(self, log: Log) -> None:
        first = log.append([call(1), call(2)])
        again = log.append([call(2), call(3), call(1)])
        assert [(a.seq, a.new) for a in first] == [(1, True), (2, True)]
        assert [(a.seq, a.new) for a in again] == [(2, False), (3, True), (1, False)]
        assert log.head().seq == 3

    def test_a_draft_twice_in_one_batch_is_one_event(self, log: Log) -> None:
        answers = log.append([call(1), call(1), order(5), order(5)])
        assert [(a.seq, a.new) for a in answers] == [(1, True), (1, False), (2, True), (2, False)]

    def test_an_imported_fact_met_again_adds_nothing_whatever_its_new_id(self, log: Log) -> None:
        log.append([order(1)])
        again = msgspec.structs.replace(order(1), actor="boris")
        (answer,) = log.append([again])
        (event,) = log.read()
        assert (answer.seq, answer.new, answer.id) == (1, False, event.id)

    def test_the_same_moment_in_another_offset_is_the_same_fact(self, log: Log) -> None:
        log.append([order(1), call(1)])
        moved = [
            msgspec.structs.replace(d, occurred_at=NOON.astimezone(dt.UTC))
            for d in (order(1), call(1))
        ]
        assert [a.new for a in log.append(moved)] == [False, False]

    @pytest.mark.parametrize(
        "change",
        [
            {"body": CallMade(seller="anna", client="c1", seconds=2)},
            {"body": OrderPlaced(seller="anna", client="c1", amount=1)},
            {"occurred_at": NOON + MINUTE},
            {"actor": "boris"},
            {"source": "phone"},
            {"external_id": "1"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_the_same_id_with_other_content_is_refused(
        self, log: Log, change: dict[str, object]
    ) -> None:
        log.append([call(7), call(1)])
        with pytest.raises(Conflict) as refusal:
            log.append([call(2), msgspec.structs.replace(call(1), **change)])
        assert refusal.value.seq == 2
        assert log.head().seq == 2

    def test_an_imported_fact_that_changed_outside_is_refused(self, log: Log) -> None:
        log.append([order(1, amount=100)])
        with pytest.raises(Conflict) as refusal:
            log.append([order(2), order(1, amount=101)])
        assert refusal.value.seq == 1
        assert log.head().seq == 1

    def test_the_same_external_id_of_another_source_is_another_fact(self, log: Log) -> None:
        log.append([order(1)])
        log.append([msgspec.structs.replace(order(1), source="other shop")])
        assert log.head().seq == 2

    def test_personal_text_is_compared_although_it_is_sealed(self, log: Log) -> None:
        log.append([call(1, note="asked for a discount", phone="+7 900")])
        (answer,) = log.append([call(1, note="asked for a discount", phone="+7 900")])
        assert not answer.new
        for other in (call(1, note="asked for more"), call(1, phone="+7 900"), call(1)):
            with pytest.raises(Conflict):
                log.append([other])

    def test_an_expected_position_is_held_to(self, log: Log) -> None:
        log.append([call(1)], expected=0)
        log.append([call(2)], expected=1)
        for wrong in (0, 1, 3):
            with pytest.raises(Conflict) as refusal:
                log.append([call(3)], expected=wrong)
            assert refusal.value.seq == 2
        assert log.head().seq == 2

    def test_what_is_known_already_is_answered_at_any_expected_position(self, log: Log) -> None:
        log.append([call(1), call(2)])
        (answer,) = log.append([call(1)], expected=1)
        assert (answer.seq, answer.new) == (1, False)

    @pytest.mark.parametrize(
        ("body", "word"),
        [
            (OrderPlaced(amount=0), "0"),
            (PaymentReceived(amount=0), "above zero"),
            (PaymentReceived(amount=-5), "above zero"),
            (InvoiceIssued(invoice="7", amount=0), "above zero"),
            (CostSet(), "cost"),
            (CreditSplitSet(deal="d", shares={"a": 9_999}), "10000"),
            (
                InvoiceIssued(
                    invoice="7", amount=5, instalments=(Instalment(due=NOON.date(), amount=4),)
                ),
                "instalments",
            ),
        ],
    )
    def test_impossible_money_is_refused(self, log: Log, body: Fact, word: str) -> None:
        with pytest.raises(Invalid, match=word):
            log.append([call(1), draft(body)])
        assert log.head().seq == 0

    def test_a_moment_without_an_offset_is_refused(self, log: Log) -> None:
        with pytest.raises(Invalid, match="offset"):
            log.append([draft(CallMade(), at=NOON.replace(tzinfo=None))])

    def test_the_future_is_refused_but_for_a_clock_that_runs_a_little_ahead(self, log: Log) -> None:
        log.append([draft(CallMade(), at=LATER + 5 * MINUTE)])
        with pytest.raises(Invalid, match="future"):
            log.append([draft(CallMade(), at=LATER + 5 * MINUTE + MINUTE)])
        assert log.head().seq == 1

    @pytest.mark.parametrize("change", [{"actor": " "}, {"id": ""}, {"source": ""}])
    def test_an_envelope_must_name_actor_id_and_source(
        self, log: Log, change: dict[str, str]
    ) -> None:
        with pytest.raises(Invalid):
            log.append([msgspec.structs.replace(call(1), **change)])

    @pytest.mark.parametrize("seconds", ["soon", 1.5, b"12", [1]])
    def test_a_body_that_could_not_be_read_again_is_refused(
        self, log: Log, seconds: object
    ) -> None:
        with pytest.raises(Invalid):
            log.append([call(1), call(2, seconds=seconds)])
        assert log.head().seq == 0

    def test_text_that_is_no_text_is_refused(self, log: Log) -> None:
        with pytest.raises(Invalid):
            log.append([call(1, result="\ud800")])

    def test_a_kind_outside_the_vocabulary_is_refused(self, log: Log) -> None:
        class CallDreamt(Fact, frozen=True, kw_only=True):
            """Nobody made it."""

        with pytest.raises(Invalid, match="CallDreamt"):
            log.append([draft(CallDreamt())])

    def test_a_repair_must_name_an_event_that_is_there(self, log: Log) -> None:
        log.append([call(1)])
        for repair in (void(call(2)), correction(call(2), seconds=5)):
            with pytest.raises(Invalid, match="no event"):
                log.append([repair])
        wrong = msgspec.structs.replace(call(1), body=OrderPlaced(amount=1))
        with pytest.raises(Invalid, match="call_made"):
            log.append([void(wrong)])

    def test_a_repair_may_follow_its_target_in_one_batch_but_not_precede_it(self, log: Log) -> None:
        with pytest.raises(Invalid):
            log.append([void(call(1)), call(1)])
        log.append([call(1), correction(call(1), seconds=9), void(call(1))])
        assert log.head().seq == 3

    def test_a_voided_event_is_not_voided_again_until_the_void_is_taken_back(
        self, log: Log
    ) -> None:
        first, second, third = (void(call(1)) for _ in range(3))
        back = void(first)
        log.append([call(1), first])
        with pytest.raises(Invalid, match="voided already"):
            log.append([second])
        log.append([back, third])
        with pytest.raises(Invalid, match="voided already"):
            log.append([void(call(1))])
        assert log.head().seq == 4

    @pytest.mark.parametrize(
        ("fields", "word"),
        [
            ({}, "field"),
            ({"colour": "red"}, "colour"),
            ({"seconds": "long"}, "fit"),
            ({"direction": "up"}, "fit"),
            ({"occurred_at": "yesterday"}, "moment"),
            ({"occurred_at": "2026-03-01T10:00:00"}, "moment"),
        ],
    )
    def test_a_correction_must_fit_its_target(
        self, log: Log, fields: dict[str, str], word: str
    ) -> None:
        log.append([call(1)])
        with pytest.raises(Invalid, match=word):
            log.append([correction(call(1), **fields)])
        assert log.head().seq == 1

    def test_the_moment_of_recording_never_goes_back(self) -> None:
        steps = [0, 1, -3600, -3599, 2, 365 * 86400, 3, 4]
        moments = iter([LATER + dt.timedelta(seconds=step) for step in steps])
        log = self.make(lambda: next(moments), salts())
        for number in range(len(steps)):
            log.append([call(number)])
        recorded = [e.recorded_at for e in log.read()]
        assert recorded == sorted(recorded)
        assert recorded[2] == recorded[1]

    def test_known_at_a_moment_is_the_beginning_of_the_log_recorded_by_then(self) -> None:
        moments = iter([LATER + dt.timedelta(seconds=s) for s in (0, 5, 5, 9)])
        log = self.make(lambda: next(moments), salts())
        for number in range(4):
            log.append([call(number)])
        for seconds, seq in ((-1, 0), (0, 1), (4, 1), (5, 3), (8, 3), (9, 4), (99, 4)):
            moment = LATER + dt.timedelta(seconds=seconds)
            assert log.known_upto(moment.isoformat()) == seq
            assert log.known_upto(moment.astimezone(MOSCOW).isoformat()) == seq

    def test_personal_text_is_sealed_until_it_is_revealed(self, log: Log) -> None:
        log.append([call(1, note="Пётр wants red"), call(2, note="Пётр wants red"), call(3)])
        sealed = [e.body for e in log.read()]
        notes = [body.note for body in sealed if isinstance(body, CallMade)]
        assert is_sealed(notes[0])
        assert is_sealed(notes[1])
        assert notes[0] != notes[1]
        assert notes[2] is None
        plain = [e.body for e in log.reveal(list(log.read()))]
        assert [b.note for b in plain if isinstance(b, CallMade)] == ["Пётр wants red"] * 2 + [None]

    def test_personal_text_inside_a_correction_is_sealed_too(self, log: Log) -> None:
        fix = correction(call(1), note="not Пётр, Павел", reason="misheard Павел", seconds=3)
        log.append([call(1, note="Пётр"), fix])
        assert "Павел" not in str(list(log.read(1)))
        assert [e.body for e in log.reveal(list(log.read(1)))] == [fix.body]

    def test_names_are_the_latest_ones(self, log: Log) -> None:
        hired = draft(SellerHired(seller="s1", name="Anna Ivanova"))
        married = correction(hired, name="Anna Petrova")
        log.append([hired, draft(SellerHired(seller="s2", name="Boris"))])
        log.append([draft(ClientRegistered(client="k1", name="Romashka"))])
        assert log.names("seller") == {"s1": "Anna Ivanova", "s2": "Boris"}
        assert log.names("client") == {"k1": "Romashka"}
        log.append([married])
        assert log.names("seller")["s1"] == "Anna Petrova"
        log.append([void(married)])
        assert log.names("seller")["s1"] == "Anna Ivanova"
        log.append([void(hired)])
        assert log.names("seller") == {"s2": "Boris"}

    def test_a_trace_finds_exactly_the_events_it_speaks_of(self, log: Log) -> None:
        log.append([call(1), call(2, seller="boris"), order(3), call(4, seller=None)])
        assert seqs(log, Trace()) == [1, 2, 3, 4]
        assert seqs(log, Trace(kinds=("call_made",))) == [1, 2, 4]
        assert seqs(log, Trace(sellers=("boris",))) == [2, 3]
        assert seqs(log, Trace(kinds=("call_made",), sellers=("boris", "anna"))) == [1, 2]
        assert seqs(log, Trace(clients=("c1",))) == [1, 3]
        assert seqs(log, Trace(sellers=("",))) == [4]
        assert seqs(log, Trace(upto=2)) == [1, 2]
        assert seqs(log, Trace(fields=(("direction", "out"),))) == [1, 2, 4]
        assert seqs(log, Trace(fields=(("direction", None),))) == [3]

    def test_a_trace_asks_for_days_of_the_departments_own_zone(self, log: Log) -> None:
        late = dt.datetime(2026, 2, 28, 23, 30, tzinfo=dt.UTC)
        log.append([draft(CallMade(), at=late)])
        march, february = dt.date(2026, 3, 1), dt.date(2026, 2, 28)
        assert seqs(log, Trace(first=march, last=march, zone="Europe/Moscow")) == [1]
        assert seqs(log, Trace(first=march, zone="UTC")) == []
        assert seqs(log, Trace(last=february, zone="America/New_York")) == [1]

    def test_a_trace_lists_repairs_and_repairs_of_repairs(self, log: Log) -> None:
        fix, gone = correction(call(1), seconds=5), void(call(1))
        log.append([call(1), call(2), fix, gone, void(gone)])
        wanted = Trace(clients=("c1",))
        assert seqs(log, wanted) == [1, 3, 4, 5]
        assert seqs(log, msgspec.structs.replace(wanted, upto=3)) == [1, 3]

    def test_a_trace_finds_an_event_where_a_correction_put_it(self, log: Log) -> None:
        moved = correction(call(1), seller="boris", occurred_at="2026-02-27T12:00:00+03:00")
        log.append([call(1), moved])
        day = dt.date(2026, 2, 27)
        wanted = Trace(sellers=("boris",), first=day, last=day, zone="Europe/Moscow")
        assert seqs(log, wanted) == [1, 2]
        assert seqs(log, msgspec.structs.replace(wanted, upto=1)) == []
        assert seqs(log, Trace(sellers=("anna",))) == [1, 2]
        log.append([void(moved)])
        assert seqs(log, wanted) == []


def seqs(log: Log, trace: Trace) -> list[int]:
    """Where the found events are."""
    return [event.seq for event in log.find(trace)]
