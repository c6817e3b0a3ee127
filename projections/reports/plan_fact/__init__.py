"""Plan-fact on the linear plan (feature P2, requirement rows 4-7, 21, 28, 101)."""

from projections.reports.plan_fact.compute import plan_fact
from projections.reports.plan_fact.rows import (
    COLUMNS,
    Basis,
    PlanCheck,
    PlanFact,
    PlanFactRow,
    Scope,
)
from projections.reports.plan_fact.why import explain

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
