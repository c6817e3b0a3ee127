"""The answer of a log entry and the way back to the line speak of the same deals."""

from __future__ import annotations

import pytest

from projections.period import day_of
from projections.question import Dials, Question
from projections.reports.effect import effect
from projections.windows.effect import load_effect
from tests.projections.listed import Listed, facts
from tests.projections.test_catch_up import (
    MONDAY,
    Dated,
    golden_history,
    report,
    row,
    small_world,
)
from tests.projections.worlds import settings


@pytest.mark.parametrize("told", [golden_history(), small_world()], ids=["golden", "small"])
def test_deals_behind_are_reckoned_with_the_check_of_catching_up(told: list[Dated]) -> None:
    question = Question(period=day_of(MONDAY), dials=Dials(as_of=MONDAY), sellers=("ivanov",))
    answer = effect(load_effect(Listed(facts(*told)), question, settings()), question, settings())
    sale = row(report(*told, credit=False))
    assert answer.check.value == sale.check
    assert sale.gap is not None
    assert answer.deviation == -sale.gap
    assert answer.deals == sale.now
