"""From a window to the rows of the activity report (feature P4, rows 8, 72, 102, 103, 118, 125)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import groupby

import msgspec

from projections.counts import PARTS, WHOLE, Counts, Part, counts, in_use
from projections.dials import due_day
from projections.linear import percent
from projections.norms import Norm
from projections.question import Question
from projections.ramps import ASK, due
from projections.reports.activity.rows import COLUMNS, Activity, ActivityRow, Basis, Run
from projections.state import Settings
from projections.windows.activity import ActivityWindow

DayCounts = Mapping[dt.date, int]


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
    names = _activities(window)
    pieces = [
        piece
        for seller in _sellers(window, question)
        for name in names
        for piece in _pieces(window, question, done, seller, name)
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


def _activities(window: ActivityWindow) -> list[str]:
    """Those of every trade, in the order of the sale, then the trade's own steps."""
    own = {cell.activity or "" for cell in window.cells}
    return in_use(window.sale, own, window.norms.activities())


def _sellers(window: ActivityWindow, question: Question) -> list[str | None]:
    stretch = window.stretch
    found = {cell.seller for cell in window.cells if cell.seller is not None}
    for seller, person in window.calendars.people.items():
        if any(spell.meets(stretch.first, stretch.last) for spell in person.spells):
            found.add(seller)
    if question.sellers:
        found &= set(question.sellers)
    nobody = any(cell.seller is None for cell in window.cells)
    return [*sorted(found), None] if nobody else [*sorted(found)]


def _pieces(
    window: ActivityWindow,
    question: Question,
    done: Counts,
    seller: str | None,
    activity: str,
) -> list[_Piece]:
    """The whole and those of its parts that have a fact or a norm; of nobody's only these."""
    counted = done.get((seller, activity), {})
    parts = {WHOLE, *counted, *window.norms.parts(activity)}
    found: list[_Piece] = []
    for part in PARTS:
        if part in parts:
            piece = _piece(window, question, seller, activity, part, counted.get(part, {}))
            if (part == WHOLE and seller is not None) or not piece.empty:
                found.append(piece)
    return found


def _piece(
    window: ActivityWindow,
    question: Question,
    seller: str | None,
    activity: str,
    part: Part,
    counted: DayCounts,
) -> _Piece:
    due = due_day(window.seen, question.dials.mode)
    worked = window.calendars.working_dates(
        seller, window.stretch.first, min(window.stretch.last, window.seen)
    )
    norms = _norms(window, seller, activity, part, worked)
    runs = _runs({day: norm for day, norm in norms.items() if day <= due})
    norm_due = sum(((run.norm.per_day or Fraction()) * run.days for run in runs), Fraction())
    row = _row(
        key_of(seller or "-", activity, part),
        seller,
        activity,
        part,
        sum(counted.values()),
        norm_due if norms else None,
        tuple(
            (day, counted.get(day, 0), norms[day].per_day if day in norms else None)
            for day in sorted({*worked, *counted})
        ),
    )
    source = norms[max(norms)].source if norms else None
    return _Piece(msgspec.structs.replace(row, norm_source=source), runs)


def _norms(
    window: ActivityWindow, seller: str | None, activity: str, part: Part, days: Sequence[dt.date]
) -> dict[dt.date, Norm]:
    """The norms of the days that have one."""
    found: dict[dt.date, Norm] = {}
    if seller is None:
        return found
    for day in days:
        norm = window.norms.on(seller, day, activity, part)
        if norm is not None and norm.per_day is not None:
            found[day] = norm
    return found


def _runs(norms: Mapping[dt.date, Norm]) -> tuple[Run, ...]:
    """The norms of days in order, equal ones of a month counted together."""
    days = [(_month(day), norms[day]) for day in sorted(norms)]
    return tuple(Run(*same, len(list(group))) for same, group in groupby(days))


@cache
def _month(day: dt.date) -> str:
    return f"{day:%Y-%m}"


def _row(
    key: str,
    seller: str | None,
    activity: str,
    part: Part,
    fact: int,
    norm: Fraction | None,
    by_day: tuple[tuple[dt.date, int, Fraction | None], ...],
) -> ActivityRow:
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
    norms = [row.norm for row in rows if row.norm is not None]
    sources = {row.norm_source for row in rows if row.norm_source is not None}
    days: dict[dt.date, tuple[int, Fraction | None]] = {}
    for row in rows:
        for day, fact, norm in row.by_day:
            facts, due = days.get(day, (0, None))
            days[day] = facts + fact, due if norm is None else (due or Fraction()) + norm
    summed = _row(
        key_of("*", activity, part),
        None,
        activity,
        part,
        sum(row.fact for row in rows),
        sum(norms, Fraction()) if norms else None,
        tuple((day, *days[day]) for day in sorted(days)),
    )
    source = sources.pop() if len(sources) == 1 else None
    return msgspec.structs.replace(summed, norm_source=source)
