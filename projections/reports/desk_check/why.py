"""Why a line of the desk check costs what it costs: the report it is from says so."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from projections.formula import Explanation
from projections.reports import activity, bridge, payments
from projections.reports.desk_check.rows import DeskCheck, DeskRow

_FIGURES = {
    "volume": {"norm": "wanted", "fact": "done"},
    "conversion": {"norm": "share_due", "fact": "share"},
    "burned": {"norm": "share_due", "fact": "share"},
    "check": {"norm": "planned", "fact": "actual"},
    "rest": {"norm": "planned", "fact": "actual"},
}
"""What the bridge calls the figures of a line; the two sides of a rest are those of the whole."""

_OWN: Final = ("norm", "fact", "since", "age", "effect")


def explain(report: DeskCheck, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of a line, or of the day's payments.

    Raises KeyError with the keys or the figures there are.
    """
    row = next((row for row in report.rows if row.key == key), None)
    basis = report.basis
    if row is None and key in {each.key for each in (*basis.payments.rows, basis.payments.total)}:
        return payments.explain(basis.payments, key, figure)
    if row is None:
        raise KeyError(f"{key}: {', '.join(row.key for row in report.rows)}")
    if figure not in _OWN:
        raise KeyError(f"{figure}: {', '.join(_OWN)}")
    if figure in ("since", "age"):
        return _sagging(report, row, figure)
    if row.factor == "activity":
        return activity.explain(basis.activity, key, figure)
    if row.factor == "rest" and figure != "effect":
        key = f"{row.seller or row.scope}|deviation"
    return bridge.explain(basis.bridge, key, _FIGURES[row.factor].get(figure, figure))


def _sagging(report: DeskCheck, row: DeskRow, figure: str) -> Explanation:
    """Since when it sags follows from the same events as the fact, looked at day by day."""
    fact = explain(report, row.key, "fact" if row.fact is not None else "effect")
    short = explain(report, row.key, "effect" if row.effect is not None else "norm")
    return replace(
        fact,
        figure=figure,
        unit="days" if figure == "age" else "date",
        value=row.age if figure == "age" else row.since and row.since.isoformat(),
        expression="",
        terms=(),
        events_sum=None,
        otherwise=short.otherwise or short.trace,
    )
