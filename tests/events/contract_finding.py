"""How any log shows personal text and finds the events behind a figure."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.log import Log
from events.seal import is_sealed
from events.trace import Trace
from events.vocabulary import CallMade, ClientRegistered, SellerHired
from tests.events.contract import LogContract
from tests.events.samples import call, correction, draft, order, void


class FindingContract(LogContract):
    """Inherit and say how a log is made."""

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

    def test_a_trace_of_ids_finds_those_events_and_their_repairs(self, log: Log) -> None:
        fix = correction(call(2), seconds=3)
        taken_back = void(fix)
        log.append([call(1), call(2), call(3), fix, taken_back])
        found = log.find(Trace(ids=(call(2).id,)))
        assert [event.seq for event in found] == [2, 4, 5]

    def test_a_trace_after_a_position_finds_what_came_later_and_what_it_repairs(
        self, log: Log
    ) -> None:
        log.append([call(1), call(2), call(3), correction(call(1), seconds=3), call(4)])
        found = log.find(Trace(kinds=("call_made",), after=3))
        assert [event.seq for event in found] == [1, 4, 5]

    def test_moments_are_told_without_the_events(self, log: Log) -> None:
        log.append([call(1), call(2), call(3)])
        told = [(event.seq, event.occurred_at) for event in log.read()]
        assert log.moments("", "9") == told
        assert log.moments("", "9", 2) == told[:2]
        assert log.moments(told[1][1], "9") == [one for one in told if one[1] >= told[1][1]]
        assert log.moments("", told[0][1]) == []

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
