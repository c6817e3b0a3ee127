"""Plans that tie: personal ones and a reserve make the department's, through every change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from cockpit.demo.cast import Person
from cockpit.demo.characters import LAGGARD, NEWCOMER
from cockpit.demo.entry import Entry, soon
from cockpit.demo.setting import HEAD, Setting
from events.vocabulary import PlanSet
from events.vocabulary.plans import Measure

SHARES: tuple[tuple[Measure, int], ...] = (("revenue", 100), ("margin", 40), ("profit", 35))
"""Per cent of revenue that the department expects to keep at each measure."""

GROWTH = 2
"""Per cent that plans grow from month to month."""


def rounded(amount: int, step: int) -> int:
    """The nearest multiple of `step`, at least one."""
    return max(step, (amount + step // 2) // step * step)


def personal_plan(setting: Setting, person: Person, month: str) -> int | None:
    """The revenue plan a seller starts a month with; None where the seller has none.

    A seller hired in the middle of a month gets the part of it that is left, on that day.
    """
    days = setting.days_of(month)
    if person.hired > days[-1] or (person.left is not None and person.left < days[0]):
        return None
    nation = setting.nation
    age = setting.months.index(month) if month in setting.months else len(setting.months)
    whole = nation.plan_unit * person.character.plan * (100 + GROWTH * age) // 10_000
    present = sum(1 for day in days if day >= person.hired)
    return rounded(whole * present // len(days), nation.plan_step)


class Book:
    """The plans of one month as they stand, and the entries that set them."""

    def __init__(self, setting: Setting, month: str) -> None:
        """Nothing is planned yet."""
        self.setting, self.month = setting, month
        self.personal: dict[str, int] = {}
        self.reserve = 0

    def change(
        self, at: dt.datetime, personal: dict[str, int], reserve: int, reason: str | None = None
    ) -> Iterator[Entry]:
        """Set what differs from before, the department's plan last where the sum has moved."""
        before = sum(self.personal.values()) + self.reserve
        for seller, amount in personal.items():
            if self.personal.get(seller) != amount:
                yield from self._set(at, amount, reason, seller=seller)
        if reserve != self.reserve:
            yield from self._set(at, reserve, reason)
        self.personal |= personal
        self.reserve = reserve
        whole = sum(self.personal.values()) + reserve
        if whole != before:
            yield from self._whole(at, reason)

    def _set(
        self, at: dt.datetime, amount: int, reason: str | None, seller: str | None = None
    ) -> Iterator[Entry]:
        for measure, share in SHARES:
            plan = PlanSet(
                month=self.month,
                measure=measure,
                amount=amount * share // 100,
                seller=seller,
                reserve=seller is None,
                reason=reason,
            )
            yield soon(at, HEAD, plan)

    def _whole(self, at: dt.datetime, reason: str | None) -> Iterator[Entry]:
        for measure, share in SHARES:
            parts = [*self.personal.values(), self.reserve]
            amount = sum(part * share // 100 for part in parts)
            plan = PlanSet(month=self.month, measure=measure, amount=amount, reason=reason)
            yield soon(at, HEAD, plan)


def plans_of(setting: Setting, people: Sequence[Person]) -> Iterator[Entry]:
    """The plans of every month, set on the last working day before it, and their changes."""
    for index, month in enumerate(setting.months):
        book = Book(setting, month)
        yield from _opening(book, people)
        yield from _in_mid_month(book, people, lowered=index == len(setting.months) - 2)


def _opening(book: Book, people: Sequence[Person]) -> Iterator[Entry]:
    setting, days = book.setting, book.setting.days_of(book.month)
    eve = setting.step(days[0], -1)
    plans = {
        person.key: plan
        for person in people
        if person.hired <= eve
        and (person.left is None or person.left > eve)
        and (plan := personal_plan(setting, person, book.month)) is not None
    }
    reserve = rounded(sum(plans.values()) * 4 // 100, setting.nation.plan_step)
    yield from book.change(setting.at(eve, 17 * 60 + 5), plans, reserve)


def _in_mid_month(book: Book, people: Sequence[Person], *, lowered: bool) -> Iterator[Entry]:
    """A tender that moved away, a seller who starts and one who leaves, in the order of days."""
    setting, nation, days = book.setting, book.setting.nation, book.setting.days_of(book.month)
    changes: list[tuple[dt.date, str, Person]] = []
    for person in people:
        if person.character is NEWCOMER and days[0] <= person.hired <= days[-1]:
            changes.append((person.hired, nation.plan_newcomer, person))
        if person.left is not None and days[0] <= person.left <= days[-1]:
            changes.append((person.left, nation.plan_leaver, person))
    if lowered:
        changes.append((days[len(days) // 2], nation.plan_lowered, _whose_tender(people)))
    for day, reason, person in sorted(changes, key=lambda change: change[:2]):
        at = setting.at(day, 17 * 60 + 20)
        plan = book.personal.get(person.key)
        if reason == nation.plan_newcomer:
            fresh = personal_plan(setting, person, book.month) or nation.plan_step
            taken = min(fresh, book.reserve // 2 // nation.plan_step * nation.plan_step)
            yield from book.change(at, {person.key: fresh}, book.reserve - taken, reason)
        elif plan is not None and reason == nation.plan_leaver:
            done = sum(1 for each in days if each <= day)
            kept = rounded(plan * done // len(days), nation.plan_step)
            rest = book.reserve + plan - kept
            yield from book.change(at, {person.key: kept}, rest, reason)
        elif plan is not None:
            smaller = rounded(plan * 88 // 100, nation.plan_step)
            yield from book.change(at, {person.key: smaller}, book.reserve, reason)


def _whose_tender(people: Sequence[Person]) -> Person:
    return next((person for person in people if person.character is LAGGARD), people[0])
