"""What a month's pay needs of a source, as known at one position of the log (feature P10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, get_args

import msgspec
from msgspec.structs import replace

from events.vocabulary.plans import Measure, NormSet, PlanSet
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.counts import Counts, counts
from projections.fold.sales import SALE_ACTIVITIES, SALE_KIND
from projections.norms import Norms
from projections.people import Person
from projections.period import Period, month_of
from projections.plans import Plans, plans
from projections.question import Dials, Question
from projections.regularity import REGULARITY, Regular, regular
from projections.returns import (
    NOTHING,
    RETURN_KINDS,
    SOLD_KINDS,
    Money,
    Returned,
    plus,
    returned,
)
from projections.schemes import SCHEME_KINDS, Schemes
from projections.source import Cell, Dimension, Source, Version
from projections.state import Settings
from projections.windows.chains import month_chains

_DONE: Final[tuple[Dimension, ...]] = ("day", "seller", "activity", "book", "direction")
_RULES: Final = (PlanSet, NormSet, *SCHEME_KINDS, *CALENDAR_KINDS)
_SUMS: Final = _DONE[1:]
_NOBODY: Final = Person()


class MonthWindow(msgspec.Struct, frozen=True, kw_only=True):
    """A month as known at one position of the log.

    `sold` is the money of the month by seller, without the refunds that undo sales of earlier
    months, which are `aside`; `plans` are by measure, `done` what was done by seller and activity.
    `regular` is how regularly clients bought, by seller, read only where that is paid for.
    """

    month: Period
    calendars: Calendars
    schemes: Schemes
    plans: Mapping[Measure, Plans]
    sold: Mapping[str, Money]
    aside: Mapping[str, Money]
    done: Counts
    norms: Norms
    regular: Mapping[str, Regular]


class Books:
    """A source with the refunds it knows of, worked out once for each position."""

    def __init__(self, source: Source, settings: Settings) -> None:
        """Nothing is read yet."""
        self.source = source
        self.settings = settings
        self._returned: dict[Dials, tuple[Returned, ...]] = {}
        self._rules: dict[Dials, list[Version]] = {}
        self._sums: dict[tuple[Period, Dials], list[Cell]] = {}

    def returned(self, dials: Dials) -> tuple[Returned, ...]:
        """The refunds of sales of earlier months for which the seller was paid by a plan."""
        found = self._returned.get(dials)
        if found is None:
            found = self._returned[dials] = self._read(dials)
        return found

    def rules(self, dials: Dials) -> list[Version]:
        """All plans, norms, schemes and days."""
        if dials not in self._rules:
            self._rules[dials] = self.source.facts(_RULES, dials)
        return self._rules[dials]

    def sums(self, month: Period, dials: Dials) -> list[Cell]:
        """All that pay can follow from in a month, summed over its days."""
        key = (month, dials)
        if key not in self._sums:
            self._sums[key] = self.source.cells((), month, dials, _SUMS)
        return self._sums[key]

    def _read(self, dials: Dials) -> tuple[Returned, ...]:
        sold = SOLD_KINDS.get(self.settings.recognition)
        notes = self.source.facts(RETURN_KINDS, dials) if sold is not None else []
        if sold is None or not notes:
            return ()
        found = returned(notes, self.source.facts((sold,), dials), self.settings.recognition)
        if not found:
            return ()
        calendars = Calendars(self.source.facts(CALENDAR_KINDS, dials))
        schemes = Schemes(self.source.facts(SCHEME_KINDS, dials))
        planned = plans_of(self.source, dials)
        return tuple(each for each in found if _paid(each, calendars, schemes, planned))

    def month(self, month: Period, dials: Dials) -> MonthWindow:
        """A month as known at the dials."""
        source, settings = self.source, self.settings
        question = Question(period=month, dials=dials)
        calendars = Calendars(source.facts(CALENDAR_KINDS, dials))
        planned = plans_of(source, dials)
        by_hand = [version.body for version in source.facts((NormSet,), dials)]
        chains = month_chains(source, question, settings, month, planned["revenue"])
        aside = _aside(self.returned(dials), month)
        schemes = Schemes(source.facts(SCHEME_KINDS, dials))
        return MonthWindow(
            month=month,
            calendars=calendars,
            schemes=schemes,
            plans=planned,
            sold=self._sold(month, dials, aside),
            aside=aside,
            done=counts(source.cells((), month, dials, _DONE)),
            norms=Norms(
                [body for body in by_hand if isinstance(body, NormSet)],
                calendars,
                planned["revenue"],
                chains,
            ),
            regular=self._regular(month, dials) if schemes.weigh(REGULARITY) else {},
        )

    def _regular(self, month: Period, dials: Dials) -> dict[str, Regular]:
        sold = SALE_KIND[self.settings.recognition]
        return regular(self.source.facts((sold,), dials), month, self.settings)

    def _sold(self, month: Period, dials: Dials, aside: Mapping[str, Money]) -> dict[str, Money]:
        activities = SALE_ACTIVITIES[self.settings.recognition]
        cells = self.source.cells(activities, month, dials, ("seller",))
        found = {
            cell.seller: (cell.amount, cell.cost, cell.direct)
            for cell in cells
            if cell.seller is not None
        }
        for seller, (amount, cost, direct) in aside.items():
            found[seller] = plus(found.get(seller, NOTHING), (-amount, -cost, -direct))
        return found


def _aside(found: Iterable[Returned], month: Period) -> dict[str, Money]:
    """The refunds of a month that undo sales of earlier ones, by seller."""
    sums: dict[str, Money] = {}
    for each in found:
        if month_of(each.day) == month:
            sums[each.seller] = plus(sums.get(each.seller, NOTHING), each.money)
    return sums


def plans_of(source: Source, dials: Dials) -> dict[Measure, Plans]:
    """The plans by measure."""
    facts = source.facts((PlanSet,), dials)
    return {measure: plans(facts, measure) for measure in get_args(Measure)}


def known(dials: Dials, position: int | None) -> Dials:
    """The dials, seeing no further than a position; None leaves them as they are."""
    ends = [end for end in (dials.position, position) if end is not None]
    return replace(dials, position=min(ends)) if ends else dials


def name_of(month: Period) -> str:
    """`2026-10`."""
    return f"{month.first:%Y-%m}"


def role_of(person: Person, month: Period) -> str | None:
    """The role a seller is paid by in a month: the last one in it."""
    return person.role(month.last)


def _paid(
    each: Returned,
    calendars: Calendars,
    schemes: Schemes,
    planned: Mapping[Measure, Plans],
) -> bool:
    """Whether the month of the sale has a bonus to be taken back from."""
    month = month_of(each.sold)
    person = calendars.people.get(each.seller, _NOBODY)
    scale = schemes.scale(role_of(person, month), month.first)
    plan = planned[scale.measure].seller(name_of(month), each.seller)
    return bool(plan) and bool(schemes.income(each.seller, person, month, calendars).runs)
