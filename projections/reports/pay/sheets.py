"""A seller's pay of a month, part by part (feature P10, requirement rows 32-36, decisions C and D).

pay = OTE·(0.30 + 0.15·K + 0.55·g(F÷T)), K = Σ w·min(1, fact÷norm) ÷ Σ w. Facts are those of the
month so far, norms and the plan those of the whole month: a preview says what the sheet would hold
if nothing more came. Money is in minor units, unrounded until it is written on lines.

The lines of a sheet add up to its pay to the minor unit: the pay is rounded half up once, every
line is rounded down, and what is missing goes to the lines that lost most by that, the earlier
first (`bridge.largest_remainder`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Final

import msgspec

from events.vocabulary.plans import Book, Direction, KpiWeight
from projections.bridge import largest_remainder
from projections.counts import Part
from projections.people import Person
from projections.regularity import REGULARITY
from projections.returns import NOTHING, Money, plus, worth
from projections.rounding import half_up
from projections.scales import Scale, paid_share
from projections.schemes import QUALITATIVE, Income
from projections.windows.pay_month import MonthWindow, name_of, role_of

_NOBODY: Final = Person()


class Kpi(msgspec.Struct, frozen=True, kw_only=True):
    """An activity of the premium: its share of the weights, what was done and what was due.

    `norm` is the whole month's; it and `done`, min(1, fact÷norm), are None where nothing is due.
    """

    activity: str
    book: Book | None
    direction: Direction | None
    weight: Fraction
    fact: int
    norm: Fraction | None

    @property
    def done(self) -> Fraction | None:
        """No more than all of it, so that calls cannot buy off meetings."""
        return min(Fraction(1), self.fact / self.norm) if self.norm else None


class PaySheet(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What a seller's month comes to. What cannot be known is None and stands on no line.

    `away` says that not a day of the month is worked, so that no norm is due in it.
    """

    income: Income
    role: str | None
    scale: Scale
    kpis: tuple[Kpi, ...]
    plan: int | None
    fact: int
    away: bool

    @cached_property
    def k(self) -> Fraction | None:
        """K; None where nothing is weighed, or something weighed has no norm."""
        done = [(kpi.weight, kpi.done) for kpi in self.kpis]
        known = [weight * share for weight, share in done if share is not None]
        return sum(known, Fraction()) if known and len(known) == len(done) else None

    @cached_property
    def reached(self) -> Fraction | None:
        """F÷T; None without a plan."""
        return Fraction(self.fact, self.plan) if self.plan else None

    @cached_property
    def g(self) -> Fraction | None:
        """What of the bonus is paid."""
        return None if self.reached is None else paid_share(self.scale, self.reached)

    @cached_property
    def fixed(self) -> int | None:
        """The salary; None where no total income is set."""
        return self._lines[0] if self.income.runs else None

    @cached_property
    def premiums(self) -> tuple[int, ...]:
        """The premium of each KPI, in their order; none where K is not known."""
        if not self.income.runs or self.k is None:
            return ()
        return self._lines[1 : 1 + len(self.kpis)]

    @cached_property
    def premium(self) -> int | None:
        """All of the premium."""
        return sum(self.premiums) if self.premiums else None

    @cached_property
    def bonus(self) -> int | None:
        """The bonus for the plan."""
        return self._lines[-1] if self.income.runs and self.g is not None else None

    @cached_property
    def settled(self) -> int:
        """What is known of the pay."""
        return sum(self._lines)

    @property
    def known(self) -> bool:
        """Whether that is all of it."""
        return None not in (self.fixed, self.premium, self.bonus)

    @cached_property
    def _lines(self) -> tuple[int, ...]:
        parts: list[Fraction] = []
        if self.income.runs:
            parts.append(self.income.fixed)
            if self.k is not None:
                parts += [
                    self.income.premium * kpi.weight * (kpi.done or Fraction()) for kpi in self.kpis
                ]
            if self.g is not None:
                parts.append(self.income.bonus * self.g)
        return largest_remainder(parts, half_up(sum(parts, Fraction())))


def pay_sheet(window: MonthWindow, seller: str, back: Money = NOTHING) -> PaySheet:
    """A seller's sheet of a month of whose sales `back` went back later."""
    person = window.calendars.people.get(seller, _NOBODY)
    role = role_of(person, window.month)
    scale = window.schemes.scale(role, window.month.first)
    sold = plus(window.sold.get(seller, NOTHING), back)
    return PaySheet(
        income=window.schemes.income(seller, person, window.month, window.calendars),
        role=role,
        scale=scale,
        kpis=_kpis(window, seller, role),
        plan=window.plans[scale.measure].seller(name_of(window.month), seller),
        fact=worth(sold, scale.measure),
        away=not window.calendars.working_dates(seller, window.month.first, window.month.last),
    )


def _kpis(window: MonthWindow, seller: str, role: str | None) -> tuple[Kpi, ...]:
    """What is weighed; where nobody said what, the usual activities that have a norm, alike."""
    said = window.schemes.weights(role, window.month.first)
    weighed = said or tuple(KpiWeight(activity=name, weight=1) for name in QUALITATIVE)
    norms = [_norm(window, seller, each) for each in weighed]
    kept = [pair for pair in zip(weighed, norms, strict=True) if said or pair[1]]
    whole = sum(each.weight for each, _ in kept)
    return tuple(
        Kpi(
            activity=each.activity,
            book=each.book,
            direction=each.direction,
            weight=Fraction(each.weight, whole),
            fact=_done(window, seller, each),
            norm=norm,
        )
        for each, norm in kept
    )


def _norm(window: MonthWindow, seller: str, each: KpiWeight) -> Fraction | None:
    """What is due over the seller's working days of the month, each by the norm of that day.

    Of the regularity of clients it is how many sales are expected of them.
    """
    if each.activity == REGULARITY:
        told = window.regular.get(seller)
        return Fraction(told.expected) if told else None
    part: Part = (each.book, each.direction)
    days = window.calendars.working_dates(seller, window.month.first, window.month.last)
    found = [window.norms.on(seller, day, each.activity, part) for day in days]
    due = [norm.per_day for norm in found if norm is not None and norm.per_day is not None]
    return sum(due, Fraction()) or None


def _done(window: MonthWindow, seller: str, each: KpiWeight) -> int:
    if each.activity == REGULARITY:
        told = window.regular.get(seller)
        return told.in_time if told else 0
    done = window.done.get((seller, each.activity), {})
    return sum(done.get((each.book, each.direction), {}).values())
