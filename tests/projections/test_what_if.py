"""What-if of catching up: the examples of features.md, and the same numbers as the report's."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.reports.catch_up import CatchUp, CatchUpRow
from projections.what_if import WhatIf, other_check, other_share, what_if
from tests.projections.test_catch_up import (
    CHECK,
    RUBLE,
    golden_history,
    report,
    row,
    small_world,
)


@pytest.fixture(scope="module")
def golden() -> CatchUp:
    return report(*golden_history())


def tried(found: CatchUp, what: WhatIf) -> dict[str, CatchUpRow]:
    return {each.activity: each for each in what_if(found, "ivanov", what)}


def test_at_78_410_four_deals_are_enough(golden: CatchUp) -> None:
    check = other_check(row(golden), 1, RUBLE)
    assert check == 78_410 * RUBLE
    assert tried(golden, WhatIf(check=check))["payment_received"].now == 4
    less = tried(golden, WhatIf(check=check - RUBLE))
    assert less["payment_received"].now == 5


def test_at_55_per_cent_twelve_proposals_bring_five_deals(golden: CatchUp) -> None:
    rows = tried(golden, WhatIf(shares={"proposal_sent": Fraction(55, 100)}))
    assert rows["payment_received"].now == 5
    assert rows["proposal_sent"].now == 12
    assert row(golden, "proposal_sent").now == 14


def test_of_nothing_tried_the_report_comes_out(golden: CatchUp) -> None:
    for found in (golden, report(*small_world())):
        assert what_if(found, "ivanov", WhatIf()) == tuple(
            each for each in found.rows if each.seller == "ivanov"
        )
        assert what_if(found, "nobody", WhatIf()) == ()


def test_without_credit_the_numbers_are_those_of_the_plain_report() -> None:
    credited = report(*small_world())
    plain = report(*small_world(), credit=False)
    assert what_if(credited, "ivanov", WhatIf(credit=False)) == tuple(
        each for each in plain.rows if each.seller == "ivanov"
    )


def test_down_the_check_one_deal_more_is_needed_at_a_time(golden: CatchUp) -> None:
    seen = []
    check: Fraction | None = Fraction(CHECK)
    for _ in range(3):
        rows = tried(golden, WhatIf(check=check))
        check = other_check(rows["payment_received"], -1, RUBLE)
        seen.append(tried(golden, WhatIf(check=check))["payment_received"].now)
    assert seen == [5, 6, 7]


@given(st.fractions(min_value=Fraction(1, 1000), max_value=1), st.sampled_from([1, -1]))
def test_a_conversion_is_tried_by_whole_points(share: Fraction, step: int) -> None:
    other = other_share(share, step)
    assert (other * 100).denominator == 1
    assert Fraction(1, 100) <= other <= 1
    if Fraction(2, 100) <= share <= Fraction(98, 100):
        assert (other > share) == (step > 0)
