"""The promise of replay over random logs with late entries, fixes, voids and voids of voids.

At any position the live read model, one rebuilt up to that position, and the two dials set to it
say the same; what was known once never changes; no event is lost or counted twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from events.envelope import Head, Unknown
from events.sqlite.engine import Connection, sqlite3
from events.vocabulary import KINDS, EventCorrected, EventVoided
from events.vocabulary.people import Recognition
from projections.changes import changes
from projections.desk import Desk
from projections.fold.basis import Basis
from projections.fold.books import END
from projections.fold.repairs import Entry, entry_of, state_at
from projections.model.build import build
from projections.model.read import ModelSource
from projections.period import Period, month_of
from projections.question import Dials, Question
from projections.recount import recount
from projections.report import Report
from projections.source import Source
from tests.projections.random_logs import START, ZONE, Life, Step, lived, lives
from tests.projections.worlds import settings as rules

MARCH = month_of(START.date())
WIDE = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
LATER = dt.date(2026, 12, 31)
DAYS = st.integers(-2, 12).map(lambda n: START.date() + dt.timedelta(days=n))
RULES = settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])


def rebuilt(life: Life, position: int) -> Connection:
    """A model folded anew from the log's first `position` events."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    (last,) = life.log.read(position - 1, position)
    build(connection, life.log, Basis(ZONE, "payment"), Head(position, last.link))
    return connection


def told(source: Source, dials: Dials) -> Iterator[object]:
    """Cells, facts and first sales as seen through dials."""
    yield source.cells((), WIDE, dials, ("day", "seller", "activity", "book"))
    yield source.facts(KINDS, dials)
    yield source.first_sales(dials)


def boards(desk: Desk, dials: Dials) -> list[Report]:
    """The reports of March, with the dials taken off so that they can be compared."""
    names = ("plan-fact", "activity", "conversions", "course", "payments", "corrections",
             "forecast", "bridge")  # fmt: skip
    question = Question(period=MARCH, dials=dials)
    return [desk.ask(name, question) for name in names]


def rows(report: Report) -> tuple[object, ...]:
    more = (getattr(report, name, None) for name in ("evenness", "break_even", "slips", "burned"))
    return (report.rows, report.total, report.trust, *more)


@RULES
@given(life=lives, every=st.integers(1, 7), as_of=DAYS)
def test_live_rebuilt_and_replayed_say_the_same_at_every_position(
    life: list[Step], every: int, as_of: dt.date
) -> None:
    with lived(richer=True) as department, Desk(department.log, None) as desk:
        live: dict[int, list[Report]] = {}
        for number, step in enumerate(life):
            department.live(step)
            if number % every == 0:
                desk.catch_up()
                live[department.log.head().seq] = boards(desk, Dials(as_of=as_of))
        desk.catch_up()
        for position, then in list(live.items())[-4:]:
            replayed = boards(desk, Dials(as_of=as_of, position=position))
            assert [rows(report) for report in replayed] == [rows(report) for report in then]
            connection = rebuilt(department, position)
            try:
                model = ModelSource(connection, department.log, Basis(ZONE, "payment"))
                whole = rebuilt(department, department.log.head().seq)
                later = ModelSource(whole, department.log, Basis(ZONE, "payment"))
                seen, set_to = Dials(as_of=as_of), Dials(as_of=as_of, position=position)
                assert list(told(model, seen)) == list(told(later, set_to))
                whole.close()
            finally:
                connection.close()


@RULES
@given(life=lives)
def test_no_event_is_lost_or_counted_twice(life: list[Step]) -> None:
    with lived(richer=True) as department, Desk(department.log, None) as desk:
        for step in life:
            department.live(step)
        entries = [entry_of(event) for event in department.log.read()]
        kids: dict[str, list[Entry]] = {}
        for entry in entries:
            if isinstance(entry.body, EventCorrected | EventVoided):
                kids.setdefault(entry.body.target, []).append(entry)
        standing = [state_at(entry, kids, END) for entry in entries]
        alive = sum(state is not None and not isinstance(state[1], Unknown) for state in standing)
        desk.catch_up()
        report = desk.ask("plan-fact", Question(period=WIDE, dials=Dials(as_of=LATER)))
        assert report.trust.events == alive


@RULES
@given(life=lives, cut=st.integers(0, 89), as_of=DAYS)
def test_what_was_known_at_a_position_never_changes(
    life: list[Step], cut: int, as_of: dt.date
) -> None:
    with lived(richer=True) as department, Desk(department.log, None) as desk:
        for step in life[:cut]:
            department.live(step)
        position = department.log.head().seq
        dials = Dials(as_of=as_of, position=position)
        before = [rows(report) for report in boards(desk, dials)]
        for step in life[cut:]:
            department.live(step)
        desk.catch_up()
        assert [rows(report) for report in boards(desk, dials)] == before


@RULES
@given(
    life=lives,
    measure=st.sampled_from(("revenue", "margin", "profit")),
    first=st.integers(0, 90),
    second=st.integers(0, 90),
    days=st.tuples(DAYS, DAYS),
)
def test_the_effects_of_the_events_between_two_moments_add_up(
    life: list[Step], measure: str, first: int, second: int, days: tuple[dt.date, dt.date]
) -> None:
    recognition: Recognition = "payment"
    with lived(recognition, richer=True) as department:
        for step in life:
            department.live(step)
        head = department.log.head().seq
        connection = rebuilt(department, head)
        source = ModelSource(connection, department.log, Basis(ZONE, recognition))
        then = Dials(as_of=days[0], position=min(first, head))
        now = Dials(as_of=days[1], position=min(second, head))
        question = Question(period=MARCH, dials=now, measure=measure)  # type: ignore[arg-type]
        found = changes(source, question, then, now, rules(recognition))
        connection.close()
    assert found.after.fact - found.before.fact == sum(change.fact for change in found.events)
    ids = [change.id for change in found.events]
    assert len(ids) == len(set(ids))


@RULES
@given(life=lives, as_of=DAYS, minute=st.integers(0, 1439), known=st.integers(1, 90))
def test_a_figure_of_a_moment_opens_into_what_had_happened_and_was_known_by_then(
    life: list[Step], as_of: dt.date, minute: int, known: int
) -> None:
    with lived(richer=True) as department, Desk(department.log, None) as desk:
        for step in life:
            department.live(step)
        desk.catch_up()
        moment = dt.datetime.combine(as_of, dt.time(*divmod(minute, 60)), ZoneInfo(ZONE))
        position = min(known, department.log.head().seq)
        question = Question(period=MARCH, dials=Dials(as_of=moment, position=position))
        for name, figure in (("plan-fact", "fact"), ("activity", "fact"), ("course", "sold")):
            report = desk.ask(name, question)
            for row in report.rows:
                why = desk.why(report, row.key, figure)
                if why.value is not None and why.events_sum is not None:
                    events = list(department.log.find(why.trace))
                    assert recount(events, why, desk.settings() or rules()) == why.value, (
                        name,
                        row.key,
                    )
                    assert all(event.seq <= position for event in events)
