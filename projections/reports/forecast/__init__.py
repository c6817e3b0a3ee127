"""The forecast ledger: what each way of forecasting said on past days, and what came (P15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.forecast.rows import BreakEven, Evenness, Forecast, ForecastRow

if TYPE_CHECKING:
    from projections.reports.forecast.besides import parts
    from projections.reports.forecast.compute import forecast
    from projections.reports.forecast.why import explain
else:
    __getattr__ = later(__name__, forecast="compute", explain="why", parts="besides")

__all__ = ["BreakEven", "Evenness", "Forecast", "ForecastRow", "explain", "forecast", "parts"]
