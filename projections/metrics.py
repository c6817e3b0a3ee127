"""What a correction can be about (feature P8): the ids of its metrics and the events they count.

A metric is an activity (`call_made`), a conversion (`call_made>meeting_held`), `revenue`,
`margin` or `profit`, `average_check`, or `quality:` with a criterion of the card.
"""

from __future__ import annotations

from typing import Final

from events.vocabulary.people import Recognition
from projections.change import Kind
from projections.fold.sales import SALE_KINDS
from projections.formula import Unit
from projections.steps import STEPS

MONEY: Final = ("revenue", "margin", "profit")
CHECK: Final = "average_check"
QUALITY: Final = "quality:"


def pair_of(metric: str) -> tuple[str, str] | None:
    """The two steps of a conversion; None for any other metric."""
    one, sign, two = metric.partition(">")
    return (one, two) if sign else None


def criterion_of(metric: str) -> str | None:
    """The criterion of a quality metric; None for any other."""
    return metric.removeprefix(QUALITY) if metric.startswith(QUALITY) else None


def is_metric(metric: str) -> bool:
    """Whether an id names something that can be counted."""
    steps = pair_of(metric) or (metric,)
    if metric in (*MONEY, CHECK) or criterion_of(metric):
        return True
    return all(
        step in STEPS or (step.startswith(":") and step[1:] and ">" not in step) for step in steps
    )


def kind_of(metric: str) -> Kind:
    """How two stretches of the metric are compared."""
    if pair_of(metric):
        return "share"
    if metric in MONEY:
        return "money"
    return "mean" if metric == CHECK or criterion_of(metric) else "count"


def unit_of(metric: str) -> Unit:
    """In which unit the metric is printed."""
    if metric in (*MONEY, CHECK):
        return "money"
    return "share" if pair_of(metric) else "count"


def kinds_of(metric: str, recognition: Recognition) -> tuple[str, ...]:
    """The kinds of events behind the metric, for a trace."""
    if metric in (*MONEY, CHECK):
        return SALE_KINDS[recognition]
    if criterion_of(metric):
        return ("card_filled",)
    steps = pair_of(metric) or (metric,)
    return tuple(
        dict.fromkeys(
            kind
            for step in steps
            for kind in (("step_completed", "stage_entered") if step.startswith(":") else (step,))
        )
    )
