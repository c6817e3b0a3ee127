"""What the deals in hand are expected to bring by a day (feature P3, requirement row 98).

E = Σ over open deals p(stage)·amount·q(stage, days left). Both shares are read from the deals of
the department as far as they are known at the dials.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

import msgspec

from projections.deals import Deal
from projections.lags import Workdays


class Odds(msgspec.Struct, frozen=True):
    """Of `n` settled deals that were in a stage those with a lag were sold, `lags` in order.

    A lag is the working days from entering the stage to the first sale.
    """

    n: int
    lags: tuple[int, ...]

    @property
    def p(self) -> Fraction | None:
        """The share ever sold; None where no deal of this stage is settled yet."""
        return Fraction(len(self.lags), self.n) if self.n else None

    def q(self, days: int) -> Fraction | None:
        """Of those sold, the share sold within so many working days; None where none was."""
        if not self.lags:
            return None
        return Fraction(bisect_right(self.lags, days), len(self.lags))


class Stake(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's open deals of one stage: what they are worth together, and their chances."""

    stage: str
    amount: Fraction
    deals: tuple[str, ...]
    p: Fraction
    q: Fraction

    @property
    def expected(self) -> Fraction:
        """p·amount·q."""
        return self.p * self.amount * self.q


SETTLED: Final = dt.timedelta(days=90)
"""A deal that has stood in a stage so long is taken for settled there: it brings no sale."""


def odds(deals: Iterable[Deal], days: Workdays, seen: dt.date) -> dict[str, Odds]:
    """By stage. A deal is settled once it is sold or lost, or entered the stage `SETTLED` ago."""
    counts: dict[str, int] = {}
    lags: dict[str, list[int]] = {}
    for deal in deals:
        for stage, day in deal.entries.items():
            if deal.sold is not None:
                if day > deal.sold:
                    continue
                lags.setdefault(stage, []).append(days.between(day, deal.sold))
            elif not deal.lost and seen - day < SETTLED:
                continue
            counts[stage] = counts.get(stage, 0) + 1
    return {stage: Odds(n, tuple(sorted(lags.get(stage, ())))) for stage, n in counts.items()}


def stakes(
    deals: Iterable[Deal],
    chances: Mapping[str, Odds],
    seen: dt.date,
    days_left: int,
    worth: Fraction,
) -> tuple[Stake, ...]:
    """The open deals by stage.

    Left out are those without an amount, without a history of their stage, and those that have
    stood in it so long that they are settled. `worth` is how much of an amount counts in the
    asked measure, 1 for revenue.
    """
    found: dict[str, list[Deal]] = {}
    for deal in deals:
        if deal.open and deal.stage is not None and seen - deal.entries[deal.stage] < SETTLED:
            found.setdefault(deal.stage, []).append(deal)
    made: list[Stake] = []
    for stage in sorted(found):
        chance = chances.get(stage, Odds(0, ()))
        p = chance.p
        if p is not None:
            made.append(
                Stake(
                    stage=stage,
                    amount=sum(deal.open for deal in found[stage]) * worth,
                    deals=tuple(sorted(deal.deal for deal in found[stage])),
                    p=p,
                    q=chance.q(days_left) or Fraction(),
                )
            )
    return tuple(made)


def credit(stakes: Iterable[Stake]) -> Fraction:
    """E, in minor units."""
    return sum((stake.expected for stake in stakes), Fraction())
