"""A correction is proposed until a day that leaves time to keep it."""

from __future__ import annotations

import datetime as dt

import pytest

from projections.reports.proposal import ENOUGH, soonest

MONTH = [day for n in range(30) if (day := dt.date(2024, 4, 1) + dt.timedelta(n)).weekday() < 5]


@pytest.mark.parametrize(
    ("first", "until"),
    [(1, 5), (3, 5), (4, 12), (5, 12), (8, 12)],
)
def test_it_is_the_end_of_this_week_or_of_the_next(first: int, until: int) -> None:
    ahead = [day for day in MONTH if day.day >= first]
    assert soonest(ahead) == dt.date(2024, 4, until)


def test_there_are_always_enough_days_while_there_are_days() -> None:
    for place in range(len(MONTH) - ENOUGH):
        ahead = MONTH[place:]
        found = soonest(ahead)
        assert found is not None
        assert sum(day <= found for day in ahead) >= ENOUGH
    assert soonest(MONTH[-1:]) == MONTH[-1]
    assert soonest([]) is None
