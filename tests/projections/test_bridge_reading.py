"""What a bridge says first: volume where it is short, then the largest loss by its name."""

from __future__ import annotations

import pytest

from projections.reports.bridge import BridgeReport, largest_loss, rows_of, short_of_volume
from tests.projections.test_bridge import RUBLE, report, world


@pytest.fixture(scope="module")
def april() -> BridgeReport:
    return report(*world())


def test_most_was_lost_between_proposal_and_invoice(april: BridgeReport) -> None:
    worst = largest_loss(rows_of(april, "ivanov"))
    assert worst is not None
    assert worst.key == "ivanov|proposal_sent>invoice_issued"
    assert round(worst.effect / RUBLE) == -255_711


def test_volume_below_what_the_plan_takes_comes_first(april: BridgeReport) -> None:
    short = short_of_volume(rows_of(april, "ivanov"))
    assert short is not None
    assert (short.done, round(short.wanted or 0)) == (600, 701)


def test_where_nothing_was_lost_nothing_is_named(april: BridgeReport) -> None:
    only_gains = [row for row in rows_of(april, "ivanov") if row.effect >= 0]
    assert largest_loss(only_gains) is None
    assert short_of_volume(only_gains) is None


def test_the_deviation_itself_is_no_factor(april: BridgeReport) -> None:
    whole = rows_of(april, "ivanov")[-1:]
    assert whole[0].factor == "deviation"
    assert largest_loss(whole) is None


def test_the_department_is_read_like_a_seller(april: BridgeReport) -> None:
    rows = rows_of(april, None)
    assert rows[-1] == april.total
    assert sum(row.effect for row in rows[:-1]) == april.total.effect
