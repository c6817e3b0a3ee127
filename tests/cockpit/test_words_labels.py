"""Whatever the code calls by a key has its word, in every language."""

from __future__ import annotations

from typing import Literal, get_args

import pytest

from cockpit import labels
from cockpit.cli.reports import NAMES
from cockpit.words import LANGUAGES, use
from events.vocabulary import BY_NAME
from events.vocabulary.deals import LossReason, Temperature
from events.vocabulary.meetings import ReviewVerdict
from events.vocabulary.people import AbsenceReason, Recognition
from events.vocabulary.plans import Book, Direction, Measure, NormSource
from projections.question import Cut, Mode, Per, Reading
from projections.report import Column
from projections.reports import activity, bridge, catch_up, conversions, payments, plan_fact
from projections.reports.payments import Step
from projections.reports.plan_fact import Scope

COLUMNS: tuple[Column, ...] = (
    *plan_fact.COLUMNS, *activity.COLUMNS, *conversions.COLUMNS, *catch_up.COLUMNS,
    *bridge.COLUMNS, *payments.COLUMNS, *payments.ASIDE,
)  # fmt: skip
COUNTED = (
    "lead_received",
    "lead_qualified",
    "call_made",
    "meeting_held",
    "presentation_given",
    "proposal_sent",
    "order_placed",
    "invoice_issued",
    "payment_promised",
    "payment_received",
    "deal_won",
    "deal_lost",
)
VALUES = {
    "factor": Literal["check", "rest", "deviation", "burned"],
    "book": Book,
    "direction": Direction,
    "temperature": Temperature,
    "norm_source": NormSource,
    "measure": Measure,
    "mode": Mode,
    "per": Per,
    "reading": Reading,
    "recognition": Recognition,
    "absence": AbsenceReason,
    "loss": LossReason,
    "verdict": ReviewVerdict,
    "step": Step,
}


def _spoken_apart(key: str, words: list[str]) -> bool:
    """Whether every language has a word of its own for a key, none of them the key."""
    return all(word and word != key for word in words[1:])


def _in_all(say: str, key: str) -> list[str]:
    found: list[str] = []
    for language in LANGUAGES:
        use(language)
        found.append(getattr(labels, say)(key))
    return found


@pytest.mark.parametrize("key", sorted({column.key for column in COLUMNS}))
def test_every_column_has_a_name_and_a_head(key: str) -> None:
    assert _spoken_apart(key, _in_all("figure", key))
    assert key == "n" or _spoken_apart(key, _in_all("header", key))


@pytest.mark.parametrize("kind", sorted(BY_NAME))
def test_every_kind_of_event_has_a_word(kind: str) -> None:
    assert _spoken_apart(kind, _in_all("kind", kind))


@pytest.mark.parametrize("activity", COUNTED)
def test_every_activity_is_counted_in_a_plural(activity: str) -> None:
    assert _spoken_apart(activity, _in_all("activity", activity))
    assert labels.activity(activity) != labels.kind(activity)


@pytest.mark.parametrize("scope", get_args(Scope))
def test_every_scope_has_a_word(scope: str) -> None:
    assert _spoken_apart(scope, _in_all("scope", scope))


@pytest.mark.parametrize("cut", get_args(Cut))
def test_every_cut_has_a_word(cut: str) -> None:
    assert _spoken_apart(cut, _in_all("cut", cut))


@pytest.mark.parametrize("report", NAMES)
def test_every_report_has_a_title(report: str) -> None:
    assert _spoken_apart(report, _in_all("report", report))


@pytest.mark.parametrize(
    ("dimension", "key"),
    [(dimension, key) for dimension, keys in VALUES.items() for key in get_args(keys)]
    + [("bucket", bucket) for bucket in ("short", "middle", "long")],
)
def test_every_value_has_a_word(dimension: str, key: str) -> None:
    for language in LANGUAGES[1:]:
        use(language)
        assert labels.value(dimension, key) not in ("", key)


def test_words_of_the_department_are_shown_as_they_are() -> None:
    use("ru")
    assert labels.activity(":замер у клиента") == "замер у клиента"
    assert labels.value("channel", "web") == "web"
    assert labels.kind("moon_landed") == "moon_landed"


def test_the_side_of_the_line_is_said_in_a_word() -> None:
    assert [labels.standing(value) for value in (-1, 0, 1)] == ["behind", "on the line", "ahead"]
