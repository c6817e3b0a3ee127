"""What is said of a closed month: when it was closed, and what came after."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.words import t
from projections.reports.plan_fact import PlanFact, PlanFactRow


def closed(report: PlanFact, names: Mapping[str, str]) -> list[str]:
    """The close, and `after close +40 000: Ivanov +40 000` where there is such a thing."""
    closing = report.closing
    if closing is None:
        return []
    said = [
        t(
            "closed on {day} at event {number}",
            day=formats.date(closing.day),
            number=closing.position,
        )
    ]
    moved = [row for row in report.rows if row.after_close]
    planned = [row for row in report.rows if row.plan_after_close]
    if report.total.after_close or moved:
        amount = _amount(report.total, report)
        parts = ", ".join(f"{_name(row, names)} {_amount(row, report)}" for row in moved)
        said.append(t("after close {amount}: {parts}", amount=amount, parts=parts))
    if planned:
        parts = ", ".join(f"{_name(row, names)} {_plan(row, report)}" for row in planned)
        amount = _plan(report.total, report)
        said.append(t("plan moved after close {amount}: {parts}", amount=amount, parts=parts))
    return [" · ".join(said)]


def _amount(row: PlanFactRow, report: PlanFact) -> str:
    return formats.number(formats.major(row.after_close or 0, report.minor_digits), signed=True)


def _plan(row: PlanFactRow, report: PlanFact) -> str:
    amount = formats.major(row.plan_after_close or 0, report.minor_digits)
    return formats.number(amount, signed=True)


def _name(row: PlanFactRow, names: Mapping[str, str]) -> str:
    return clean(names.get(row.seller or "", row.seller or labels.scope(row.scope)))
