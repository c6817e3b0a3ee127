"""The payment plan of a day: what must come in, from whom, whom to control (feature P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.payments.rows import (
    ASIDE,
    COLUMNS,
    CashPlan,
    Day,
    PaymentRow,
    Payments,
    PaymentTotal,
    Schedule,
    Step,
    listed,
)

if TYPE_CHECKING:
    from projections.reports.payments.compute import payments
    from projections.reports.payments.why import explain
else:
    __getattr__ = later(__name__, payments="compute", explain="why")

__all__ = [
    "ASIDE",
    "COLUMNS",
    "CashPlan",
    "Day",
    "PaymentRow",
    "PaymentTotal",
    "Payments",
    "Schedule",
    "Step",
    "explain",
    "listed",
    "payments",
]
