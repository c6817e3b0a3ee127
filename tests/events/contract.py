"""What every log promises, whatever keeps it; each engine's test module inherits this suite."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable

import msgspec
import pytest

from events.errors import Conflict
from events.log import Log
from events.seal import NO_LINK, link_of
from events.vocabulary import (
    CallMade,
    OrderPlaced,
)
from tests.events.samples import (
    LATER,
    MOSCOW,
    NOON,
    call,
    draft,
    every_kind,
    order,
    salts,
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
