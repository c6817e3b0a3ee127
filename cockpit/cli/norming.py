"""Norms taken from a source, and whether a norm can be believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from cockpit.cli.talk import say
from cockpit.department import Department
from cockpit.errors import Refused
from cockpit.words import t
from events.vocabulary import NormSet
from events.vocabulary.plans import Book, Direction, NormSource, Per
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.norms import NormRow, NormsReport
from projections.rounding import half_up


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The options of `norm set` as they were typed."""

    source: NormSource | None = None
    per: Per = "day"
    seller: str | None = None
    team: str | None = None
    role: str | None = None
    book: Book | None = None
    direction: Direction | None = None
    since: str | None = None
    reason: str | None = None


def norms_of(department: Department, day: dt.date, *sellers: str) -> NormsReport:
    """What every source says of a day."""
    question = Question(period=month_of(day), dials=Dials(as_of=day), sellers=sellers)
    report = department.desk.ask("norms", question)
    assert isinstance(report, NormsReport)
    return report


def fixed(
    department: Department, activity: str, seller: str | None, since: dt.date, asked: Wanted
) -> list[NormSet]:
    """The figure a source has for each seller meant, as a norm by hand that names its source.

    Raises Refused where the source has none, or less than one in the stretch.
    """
    source = asked.source or "hand"
    report = norms_of(department, department.now().date(), *([seller] if seller else []))
    rows = [
        row
        for row in report.rows
        if row.activity == activity
        and (row.book, row.direction) == (asked.book, asked.direction)
        and _meant(department, row, asked)
    ]
    found = []
    for row in rows:
        per_day: Fraction | None = getattr(row, source)
        if per_day is not None:
            days = 1 if asked.per == "day" else report.basis.days[row.seller, asked.per]
            if per_day * days < 1:
                raise Refused(
                    t("that is less than one: name a longer stretch, --per week or --per month")
                )
            found.append(
                NormSet(
                    activity=activity,
                    count=half_up(per_day * days),
                    per=asked.per,
                    since=since,
                    seller=row.seller,
                    book=asked.book,
                    direction=asked.direction,
                    norm_source=source,
                    reason=asked.reason,
                )
            )
    if not found:
        raise Refused(
            t("this source has no figure for it: cockpit report norms shows all there are")
        )
    return found


def say_warnings(department: Department, norms: Sequence[NormSet]) -> None:
    """Say which of the norms just set are above what was ever done or what the hours allow."""
    from cockpit.render.norming import warnings

    day = max(norm.since for norm in norms)
    activities = {norm.activity for norm in norms}
    sellers = {norm.seller for norm in norms if norm.seller}
    rows = [row for row in norms_of(department, day).rows if row.activity in activities]
    if len(sellers) == len(norms):
        rows = [row for row in rows if row.seller in sellers]
    for line in warnings(rows, department.seller_names):
        say(line)


def _meant(department: Department, row: NormRow, asked: Wanted) -> bool:
    """Whether the seller of a row is of the team or the role named."""
    state = department.desk.sellers(department.dials()).get(row.seller)
    return (
        state is not None and asked.team in (None, state.team) and asked.role in (None, state.role)
    )
