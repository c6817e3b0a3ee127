"""Who is paid by which scheme: total income, scale and weights, each from a day on (feature P10).

What is set for a seller goes before what is set for the role, and that before what is set for
everybody (requirement row 132). Of two of one scope the one that began later holds, of two that
began on one day the one recorded later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Final, TypeVar

import msgspec

from events.vocabulary.plans import KpiSet, KpiWeight, OteSet, ScaleSet
from projections.calendars import Calendars
from projections.people import Person
from projections.period import Period
from projections.scales import DEFAULT, WHOLE_BP, Scale, scale_of
from projections.source import Version

SCHEME_KINDS: Final = (OteSet, ScaleSet, KpiSet)

QUALITATIVE: Final = ("call_made", "meeting_held", "presentation_given", "proposal_sent")
"""What the premium is paid for where nobody said what for: of these each that has a norm, alike."""

S = TypeVar("S", OteSet, ScaleSet, KpiSet)


class Income(msgspec.Struct, frozen=True):
    """A month's total income at 100 % and its three parts, in minor units, unrounded.

    `runs` are the incomes it is made of with the department's working days each held while the
    seller was employed; `days` are all of the month.
    """

    runs: tuple[tuple[OteSet, int], ...]
    days: int

    @property
    def ote(self) -> Fraction:
        """The total income at 100 % (decision D of the requirements)."""
        return sum((self._over(body.amount, days) for body, days in self.runs), Fraction())

    @property
    def fixed(self) -> Fraction:
        """The salary."""
        return self._part("salary_bp")

    @property
    def premium(self) -> Fraction:
        """The premium with every KPI done."""
        return self._part("premium_bp")

    @property
    def bonus(self) -> Fraction:
        """The bonus for 100 % of the plan."""
        return self._part("bonus_bp")

    def _part(self, name: str) -> Fraction:
        parts = (
            self._over(body.amount * getattr(body, name), days) / WHOLE_BP
            for body, days in self.runs
        )
        return sum(parts, Fraction())

    def _over(self, amount: int, days: int) -> Fraction:
        return Fraction(amount * days, self.days)


class Schemes:
    """The schemes of a department as seen through the dials."""

    def __init__(self, facts: Iterable[Version]) -> None:
        """`facts` are of `SCHEME_KINDS`, in the order of the log."""
        bodies = [version.body for version in facts]
        self._incomes = [body for body in bodies if isinstance(body, OteSet)]
        self._scales = [body for body in bodies if isinstance(body, ScaleSet)]
        self._weights = [body for body in bodies if isinstance(body, KpiSet)]

    def income(self, seller: str, person: Person, month: Period, calendars: Calendars) -> Income:
        """What a seller is to earn in a month; no runs where nothing is set.

        Who began or left within it, or whose income was changed, has the share of the working
        days of the department. Leave changes nothing.
        """
        days = calendars.working_dates(None, month.first, month.last)
        runs: dict[OteSet, int] = {}
        for day in days:
            found = self.ote(seller, person.role(day), day) if person.employed(day) else None
            if found is not None:
                runs[found] = runs.get(found, 0) + 1
        return Income(tuple(runs.items()), len(days))

    def scale(self, role: str | None, day: dt.date) -> Scale:
        """The scale that holds for a role on a day; the usual one where none was set."""
        found = _held(self._scales, role, day)
        return DEFAULT if found is None else scale_of(found)

    def weights(self, role: str | None, day: dt.date) -> tuple[KpiWeight, ...]:
        """What the premium of a role is paid for on a day; empty where nobody said."""
        found = _held(self._weights, role, day)
        return () if found is None else tuple(each for each in found.weights if each.weight > 0)

    def weigh(self, activity: str) -> bool:
        """Whether anybody's premium was ever paid for an activity."""
        return any(each.activity == activity for body in self._weights for each in body.weights)

    def ote(self, seller: str, role: str | None, day: dt.date) -> OteSet | None:
        """The income that holds on a day; one of no amount takes it away."""
        own = [body for body in self._incomes if body.seller == seller]
        wider = [body for body in self._incomes if body.seller is None]
        found = _latest(own, day) or _held(wider, role, day)
        return found if found is not None and found.amount > 0 else None


def _held(bodies: Iterable[S], role: str | None, day: dt.date) -> S | None:
    """The role's own, else everybody's."""
    known = list(bodies)
    own = [body for body in known if role is not None and body.role == role]
    return _latest(own, day) or _latest([body for body in known if body.role is None], day)


def _latest(bodies: Iterable[S], day: dt.date) -> S | None:
    """The last to begin up to a day, the later recorded of equals."""
    found: S | None = None
    for body in bodies:
        if body.since <= day and (found is None or found.since <= body.since):
            found = body
    return found
