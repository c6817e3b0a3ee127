"""What a pay sheet takes over of earlier months: what came after their close, and refunds (T15).

Whatever is recorded of a closed month belongs to the next sheet that was open then. So a sheet
pays the difference between what an earlier month comes to as this sheet knows it and as the
sheet before knew it; over all sheets these differences add up to the month as it is known now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from events.vocabulary.fact import Fact
from events.vocabulary.people import AbsenceSet, CalendarSet
from events.vocabulary.plans import KpiSet, NormSet, OteSet, PlanSet, ScaleSet
from projections.closing import Closing
from projections.period import Period, month_of, months_in
from projections.question import Dials
from projections.regularity import REGULARITY
from projections.returns import NOTHING, Money, Returned, plus
from projections.schemes import Schemes
from projections.source import Version
from projections.windows.chains import HISTORY
from projections.windows.pay_month import Books, MonthWindow, known, name_of

Back = Mapping[str, Money]
"""What went back of a month's sales by seller, below zero."""


class Carry(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier month as the sheet before had it (`then`), and as this one has it (`now`).

    `back_then` and `back` are the refunds of the months before this one that each of them knew;
    `fresh` are those of this month, in order. `after` and `upto` are the positions of the log
    between which this sheet learned of the month; None is its end.
    """

    then: MonthWindow
    now: MonthWindow
    back_then: Back
    back: Back
    fresh: tuple[Returned, ...]
    after: int | None
    upto: int | None


class _Reach(msgspec.Struct, frozen=True):
    """An earlier month with what the sheet before and this sheet see of the log."""

    month: Period
    before: Dials
    now: Dials


def carried(
    books: Books, month: Period, dials: Dials, closed: Mapping[str, Closing]
) -> tuple[Carry, ...]:
    """Every earlier month of which a sheet pays or takes something, the earliest first."""
    own = closed.get(name_of(month))
    seen = known(dials, own.position if own else None)
    reaches = {reach.month: reach for reach in _closed(month, dials, seen, closed)}
    moved = {reach.month for reach in reaches.values() if _moved(books, reach, month)}
    sold = {month_of(each.sold) for each in _of(books.returned(seen), month)}
    found = sorted(moved | sold, key=lambda each: each.first)
    return tuple(
        _carry(books, reaches.get(each, _Reach(each, seen, seen)), month) for each in found
    )


def back_of(found: Iterable[Returned], month: Period, before: Period) -> dict[str, Money]:
    """What went back of a month's sales by seller, in the months before another."""
    sums: dict[str, Money] = {}
    for each in found:
        if month_of(each.sold) == month and each.day < before.first:
            sums[each.seller] = plus(sums.get(each.seller, NOTHING), each.money)
    return sums


def _of(found: Iterable[Returned], month: Period) -> list[Returned]:
    """The refunds of a month."""
    return [each for each in found if month_of(each.day) == month]


def _carry(books: Books, reach: _Reach, month: Period) -> Carry:
    every, before = books.returned(reach.now), books.returned(reach.before)
    return Carry(
        then=books.month(reach.month, reach.before),
        now=books.month(reach.month, reach.now),
        back_then=back_of(before, reach.month, month),
        back=back_of(every, reach.month, month),
        fresh=tuple(each for each in _of(every, month) if month_of(each.sold) == reach.month),
        after=reach.before.position,
        upto=reach.now.position,
    )


def _closed(
    month: Period, dials: Dials, seen: Dials, closed: Mapping[str, Closing]
) -> Iterator[_Reach]:
    """The closed months just before one, back to the first that is open; its sheet comes first.

    A sheet closed out of turn knows no less than the ones before it.
    """
    earlier = _before(month)
    last = 0
    while (closing := closed.get(name_of(earlier))) is not None:
        last = max(last, closing.position)
        before = known(dials, last)
        now = seen if seen.position is None or seen.position > last else before
        yield _Reach(earlier, before, now)
        earlier = _before(earlier)


def _before(month: Period) -> Period:
    return month_of(month.first - dt.timedelta(days=1))


def _moved(books: Books, reach: _Reach, month: Period) -> bool:
    """Whether anything that an earlier month's pay follows from became known since."""
    if reach.before == reach.now:
        return False
    if any(Schemes(books.rules(dials)).weigh(REGULARITY) for dials in (reach.before, reach.now)):
        return True
    if _rules(books, reach.month, reach.before) != _rules(books, reach.month, reach.now):
        return True
    back, then = (
        back_of(books.returned(dials), reach.month, month) for dials in (reach.now, reach.before)
    )
    stretch = Period(reach.month.first - HISTORY, reach.month.last)
    return back != then or any(
        books.sums(each, reach.before) != books.sums(each, reach.now) for each in months_in(stretch)
    )


def _rules(books: Books, month: Period, dials: Dials) -> list[Version]:
    """The plans, norms, schemes and days that can concern a month."""
    return [
        version for version in books.rules(dials) if _concerns(version.body, version.day, month)
    ]


def _concerns(body: Fact, day: dt.date, month: Period) -> bool:
    match body:
        case PlanSet():
            return body.month == name_of(month)
        case NormSet() | OteSet() | ScaleSet() | KpiSet():
            return body.since <= month.last
        case AbsenceSet():
            return body.first <= month.last and body.last >= month.first
        case CalendarSet():
            return body.year == month.first.year
    return day <= month.last
