"""Whether a metric moved between two stretches of working days, and how sure that is (P8).

Nothing is ever proved: an interval that leaves out "no change" says `moved`, any other says
`not_moved`, and fewer cases than can be compared, or a stretch not over yet, say `too_early`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

import msgspec

from projections.interval import Z, root, wilson

Outcome = Literal["moved", "not_moved", "too_early"]
Kind = Literal["count", "share", "money", "mean"]

ENOUGH: Final = 10
"""Fewer cases than this are not compared (feature P5)."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A metric before and after, per working day, as a share or as a mean.

    `change` is the ratio after ÷ before of counts, else the difference after - before; `low` and
    `high` are its 95 % bounds. `n` is the number of cases in both stretches, of shares and means
    the smaller of the two numbers. What cannot be known is None.
    """

    kind: Kind
    was: Fraction | None
    became: Fraction | None
    change: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    n: int = 0

    def outcome(self, *, over: bool = True) -> Outcome:
        """What the interval says, once both stretches are `over`."""
        if not over or self.n < ENOUGH or self.low is None:
            return "too_early"
        return "moved" if self.low > (1 if self.kind == "count" else 0) else "not_moved"


def counts(before: int, after: int, days_before: int, days_after: int) -> Change:
    """Two Poisson counts over so many days: the ratio of their rates.

    Given before + after, the second is binomial with p = r·t₁ ÷ (r·t₁ + t₀), so Wilson's bounds
    of after ÷ (before + after) become those of the ratio r (the conditional test of Przyborowski
    and Wilenski, 1940, with score bounds). Without a case before the ratio is not known.
    """
    was, became = _rate(before, days_before), _rate(after, days_after)
    found = Change(kind="count", was=was, became=became, n=before + after)
    bounds = wilson(after, before + after) if before + after > 0 else None
    if bounds is None or was is None or became is None:
        return found
    scale = Fraction(days_before, days_after)
    low, high = (None if p == 1 else p / (1 - p) * scale for p in bounds)
    ratio = became / was if was else None
    return msgspec.structs.replace(found, change=ratio, low=low, high=high)


def shares(before: tuple[int, int], after: tuple[int, int]) -> Change:
    """Two shares, each as (reached, entered): their difference in Newcombe's hybrid score bounds.

    d ± √(…) from Wilson's bounds of the two shares (Newcombe 1998, method 10). Where more
    reached a step than entered the one before, all of those that entered count as reached.
    """
    (x0, n0), (x1, n1) = before, after
    found = Change(
        kind="share",
        was=Fraction(x0, n0) if n0 else None,
        became=Fraction(x1, n1) if n1 else None,
        n=min(n0, n1),
    )
    first, second = wilson(min(x0, n0), n0), wilson(min(x1, n1), n1)
    if first is None or second is None:
        return found
    p0, p1 = Fraction(min(x0, n0), n0), Fraction(min(x1, n1), n1)
    down = root((p1 - second[0]) ** 2 + (first[1] - p0) ** 2)
    up = root((second[1] - p1) ** 2 + (p0 - first[0]) ** 2)
    middle = p1 - p0
    return msgspec.structs.replace(found, change=middle, low=middle - down, high=middle + up)


def amounts(
    before: Sequence[int], after: Sequence[int], days_before: int, days_after: int
) -> Change:
    """Money a day from single sales: the difference of two compound Poisson rates.

    The variance of a sum of Poisson-many amounts is estimated by Σa², so d ± z·√(Σa₁²÷t₁² +
    Σa₀²÷t₀²).
    """
    was, became = _rate(sum(before), days_before), _rate(sum(after), days_after)
    found = Change(kind="money", was=was, became=became, n=len(before) + len(after))
    if was is None or became is None or not found.n:
        return found
    squares = Fraction(sum(a * a for a in after), days_after**2)
    squares += Fraction(sum(a * a for a in before), days_before**2)
    return _around(found, became - was, squares)


def means(before: Sequence[int], after: Sequence[int], kind: Kind = "mean") -> Change:
    """Two means: d ± z·√(s₁²÷n₁ + s₀²÷n₀) with the sample variances."""
    was, became = _mean(before), _mean(after)
    found = Change(kind=kind, was=was, became=became, n=min(len(before), len(after)))
    if was is None or became is None or found.n < 2:
        return found
    return _around(found, became - was, _error(before, was) + _error(after, became))


def _around(found: Change, middle: Fraction, variance: Fraction) -> Change:
    spread = Z * root(variance)
    return msgspec.structs.replace(found, change=middle, low=middle - spread, high=middle + spread)


def _rate(total: int, days: int) -> Fraction | None:
    return Fraction(total, days) if days > 0 else None


def _mean(values: Sequence[int]) -> Fraction | None:
    return Fraction(sum(values), len(values)) if values else None


def _error(values: Sequence[int], mean: Fraction) -> Fraction:
    squares = sum(((value - mean) ** 2 for value in values), Fraction())
    return squares / (len(values) - 1) / len(values)
