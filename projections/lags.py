"""How many working days lie between a step and the sale, and the last day on which it still pays.

Feature P3: D_k = period end - median lag(k→paid).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence


class Workdays:
    """Working days by their number, for lags and for days counted back."""

    def __init__(self, days: Sequence[dt.date]) -> None:
        """`days` are in order; what lies before or after them counts for nothing."""
        self._days = days

    def between(self, first: dt.date, last: dt.date) -> int:
        """How many are worked after `first` up to and including `last`; 0 where that is no later.

        A sale on the day of the step has no lag, and neither has one of the weekend after it.
        """
        return max(0, bisect_right(self._days, last) - bisect_right(self._days, first))

    def count(self, first: dt.date, last: dt.date) -> int:
        """How many are worked from `first` to `last`, both included."""
        return max(0, bisect_right(self._days, last) - bisect_left(self._days, first))

    def back(self, last: dt.date, lag: int) -> dt.date | None:
        """The working day `lag` working days before the last one up to `last`.

        None where the days known do not reach back so far.
        """
        place = bisect_right(self._days, last) - 1 - lag
        return self._days[place] if place >= 0 else None


def median(lags: Sequence[int]) -> int | None:
    """The shortest of some lags that at least half of them do not exceed; None of none."""
    return sorted(lags)[(len(lags) - 1) // 2] if lags else None
