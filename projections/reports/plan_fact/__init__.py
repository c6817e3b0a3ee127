"""Plan-fact on the linear plan (feature P2, requirement rows 4-7, 21, 28, 101)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.plan_fact.rows import (
    COLUMNS,
    Basis,
    PlanCheck,
    PlanFact,
    PlanFactRow,
    Scope,
)

if TYPE_CHECKING:
    from projections.reports.plan_fact.compute import plan_fact
    from projections.reports.plan_fact.why import explain
else:
    __getattr__ = later(__name__, plan_fact="compute", explain="why")

__all__ = [
    "COLUMNS",
    "Basis",
    "PlanCheck",
    "PlanFact",
    "PlanFactRow",
    "Scope",
    "explain",
    "plan_fact",
]
