"""The plans that hold, by scope and month (requirement rows 4, 28)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from events.vocabulary.plans import Measure, PlanSet
from projections.source import Version


class Plans(msgspec.Struct, frozen=True):
    """Amounts in minor units by month (`2026-04`), and within it by seller or team."""

    sellers: dict[str, dict[str, int]]
    teams: dict[str, dict[str, int]]
    reserves: dict[str, dict[str | None, int]]
    departments: dict[str, int]

    def seller(self, month: str, seller: str) -> int | None:
        """A seller's personal plan."""
        return self.sellers.get(month, {}).get(seller)

    def team(self, month: str, team: str) -> int | None:
        """A team's own plan."""
        return self.teams.get(month, {}).get(team)

    def department(self, month: str) -> int | None:
        """The department's own plan."""
        return self.departments.get(month)

    def reserve(self, month: str) -> int | None:
        """What was given to nobody on purpose."""
        reserves = self.reserves.get(month)
        return sum(reserves.values()) if reserves else None

    def personal(self, month: str) -> int:
        """The sum of the personal plans."""
        return sum(self.sellers.get(month, {}).values())


def plans(facts: Iterable[Version], measure: Measure) -> Plans:
    """The latest plan of each scope and month, for facts in the order of the log.

    Plans of a client or a segment belong to other reports and are passed over.
    """
    found = Plans({}, {}, {}, {})
    for version in facts:
        body = version.body
        if not isinstance(body, PlanSet) or body.measure != measure:
            continue
        if body.client is not None or body.segment is not None:
            continue
        if body.reserve:
            found.reserves.setdefault(body.month, {})[body.team] = body.amount
        elif body.seller is not None:
            found.sellers.setdefault(body.month, {})[body.seller] = body.amount
        elif body.team is not None:
            found.teams.setdefault(body.month, {})[body.team] = body.amount
        else:
            found.departments[body.month] = body.amount
    return found
