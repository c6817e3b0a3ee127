"""From a window to the rows of the activity report (feature P4, rows 8, 72, 102, 103, 118, 125)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import repeat

import msgspec

from events.vocabulary.plans import NormSource
from projections.counts import PARTS, WHOLE, Counts, Part, counts, in_use
from projections.dials import due_day
from projections.linear import percent, total
from projections.question import Question
from projections.ramps import ASK, due
from projections.reports.activity.due import Due, Dues, due_of, dues
from projections.reports.activity.rows import COLUMNS, Activity, ActivityRow, Basis, Run
from projections.state import Settings
from projections.windows.activity import ActivityWindow

DayCounts = Mapping[dt.date, int]

Strip = tuple[tuple[dt.date, int, Fraction | None], ...]


class _Days(msgspec.Struct, frozen=True):
    """A seller's days worked of those seen, how many of them are due, and norms over them."""

    worked: tuple[dt.date, ...]
    among: frozenset[dt.date]
    passed: int
    dues: Dues


class _Piece(msgspec.Struct, frozen=True):
    """A row with the norms that were due in it."""

    row: ActivityRow
    runs: tuple[Run, ...]

    @property
    def empty(self) -> bool:
        return not self.row.fact and self.row.norm is None


def activity(window: ActivityWindow, question: Question, settings: Settings) -> Activity:
    """Every seller employed in the period or with a deed in it, for every activity in use."""
    done = counts(window.cells, brief=question.brief)
    held = dues(window)
    own = {name for _, name in done}
    names = in_use(window.sale, own, window.norms.activities())
    normed = {name: {WHOLE, *window.norms.parts(name)} for name in names}
    pieces = [
        piece
        for seller, days in (
            (one, _days(window, question, held, one)) for one in _sellers(window, question, done)
        )
        for name, parts in normed.items()
        for piece in _pieces(window, days, done.get((seller, name), {}), (seller, name), parts)
    ]
    used = {piece.row.activity for piece in pieces if not piece.empty}
    pieces = [piece for piece in pieces if piece.row.activity in used]
    rows = _marked([piece.row for piece in pieces])
    return Activity(
        name="activity",
        question=msgspec.structs.replace(question, period=window.stretch),
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(rows),
        department=tuple(_marked(_summed(rows))),
        brief=0 if question.brief else sum(cell.brief for cell in window.cells),
        brief_seconds=settings.brief_seconds,
        ramps_due=sum(due(ramp, window.seen) for ramp in window.ramps),
        ramps_asking=sum(ramp.holds >= ASK for ramp in window.ramps),
        trust=window.trust,
        basis=Basis(
            zone=settings.zone,
            seen=window.seen,
            plans=window.plans,
            chains=window.chains,
            working_days=window.working_days,
            runs={piece.row.key: piece.runs for piece in pieces},
            away=frozenset(window.calendars.away(min(window.stretch.last, window.seen))),
        ),
    )


def key_of(seller: str, activity: str, part: Part) -> str:
    """`ivanov|call_made|new|*`: a star is everything, `-` nobody, a star for the seller all."""
    return f"{seller}|{activity}|{part[0] or '*'}|{part[1] or '*'}"


def _marked(rows: list[ActivityRow]) -> list[ActivityRow]:
    """The first activity along the sale that is below its norm, marked for each seller."""
    marked: set[str | None] = set()
    found = []
    for row in rows:
        red = row.is_whole and row.deviation is not None and row.deviation < 0
        if red and row.seller not in marked:
            marked.add(row.seller)
            row = msgspec.structs.replace(row, first_red=True)
        found.append(row)
    return found


def _sellers(window: ActivityWindow, question: Question, done: Counts) -> list[str | None]:
    stretch = window.stretch
    did = {seller for seller, _ in done}
    found = {seller for seller in did if seller is not None}
    for seller, person in window.calendars.people.items():
        if any(spell.meets(stretch.first, stretch.last) for spell in person.spells):
            found.add(seller)
    if question.sellers:
        found &= set(question.sellers)
    return [*sorted(found), None] if None in did else [*sorted(found)]


def _days(window: ActivityWindow, question: Question, held: Dues, seller: str | None) -> _Days:
    worked = window.calendars.working_dates(
        seller, window.stretch.first, min(window.stretch.last, window.seen)
    )
    passed = bisect_right(worked, due_day(window.seen, question.dials.mode))
    return _Days(worked, frozenset(worked), passed, held)


def _pieces(
    window: ActivityWindow,
    days: _Days,
    counted: Mapping[Part, DayCounts],
    whose: tuple[str | None, str],
    normed: set[Part],
) -> list[_Piece]:
    """The whole and those of its parts that have a fact or a norm; of nobody's only these."""
    seller, activity = whose
    found: list[_Piece] = []
    for part in PARTS:
        if part in normed or part in counted:
            norms = due_of(window, days.dues, seller, activity, part, days.worked)
            piece = _piece(days, norms, (seller, activity, part), counted.get(part, {}))
            if (part == WHOLE and seller is not None) or not piece.empty:
                found.append(piece)
    return found


def _piece(
    days: _Days, norms: Due, whose: tuple[str | None, str, Part], counted: DayCounts
) -> _Piece:
    seller, activity, part = whose
    last = norms.last[len(days.worked)]
    row = _row(
        (key_of(seller or "-", activity, part), seller, activity, part),
        sum(counted.values()),
        norms.sum(days.passed) if last is not None else None,
        _strip(days, norms, counted),
        last.source if last is not None else None,
    )
    return _Piece(row, norms.runs[days.passed])


def _strip(days: _Days, norms: Due, counted: DayCounts) -> Strip:
    """The days worked, and those on which something was done all the same."""
    worked, among = days.worked, days.among
    per_day = norms.per_day[: len(worked)]
    strip = zip(worked, map(counted.get, worked, repeat(0)), per_day, strict=True)
    if counted.keys() <= among:
        return tuple(strip)
    more = counted.keys() - among
    return tuple(sorted((*strip, *((day, counted[day], None) for day in more)), key=_day))


def _day(step: tuple[dt.date, int, Fraction | None]) -> dt.date:
    return step[0]


def _row(
    whose: tuple[str, str | None, str, Part],
    fact: int,
    norm: Fraction | None,
    by_day: Strip,
    source: NormSource | None,
) -> ActivityRow:
    key, seller, activity, part = whose
    return ActivityRow(
        key=key,
        seller=seller,
        activity=activity,
        book=part[0],
        direction=part[1],
        fact=fact,
        norm=norm,
        deviation=None if norm is None else fact - norm,
        percent=percent(fact, norm),
        norm_source=source,
        by_day=by_day,
    )


def _summed(rows: Sequence[ActivityRow]) -> list[ActivityRow]:
    """The rows of the department, in the order of the sellers' ones."""
    groups: dict[tuple[str, Part], list[ActivityRow]] = {}
    for row in rows:
        groups.setdefault((row.activity, (row.book, row.direction)), []).append(row)
    names = list(dict.fromkeys(row.activity for row in rows))
    wanted = ((name, part) for name in names for part in PARTS)
    return [_sum(*group, groups[group]) for group in wanted if group in groups]


def _sum(activity: str, part: Part, rows: Sequence[ActivityRow]) -> ActivityRow:
    known = [row.norm for row in rows if row.norm is not None]
    sources = {row.norm_source for row in rows if row.norm_source is not None}
    facts = _facts(rows)
    norms: dict[dt.date, list[Fraction]] = {}
    for row in rows:
        if row.norm_source is not None:
            for day, _, norm in row.by_day:
                if norm is not None:
                    norms.setdefault(day, []).append(norm)
    return _row(
        (key_of("*", activity, part), None, activity, part),
        sum(row.fact for row in rows),
        total(known) if known else None,
        tuple(
            (day, facts[day], total(norms[day]) if day in norms else None) for day in sorted(facts)
        ),
        sources.pop() if len(sources) == 1 else None,
    )


def _facts(rows: Sequence[ActivityRow]) -> dict[dt.date, int]:
    """What was done on each day; rows of the same days, as most are, are added up by columns."""
    alike: dict[tuple[dt.date, ...], list[tuple[int, ...]]] = {}
    for row in rows:
        if row.by_day:
            days, facts, _ = zip(*row.by_day, strict=True)
            alike.setdefault(days, []).append(facts)
    found: dict[dt.date, int] = {}
    for days, columns in alike.items():
        for day, fact in zip(days, map(sum, zip(*columns, strict=True)), strict=True):
            found[day] = found.get(day, 0) + fact
    return found
