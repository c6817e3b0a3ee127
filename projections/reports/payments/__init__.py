"""The payment plan of a day: what must come in, from whom, whom to control (feature P6)."""

from projections.reports.payments.compute import payments
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
from projections.reports.payments.why import explain

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
