"""The forecast ledger: what each way of forecasting said on past days, and what came (P15)."""

from projections.reports.forecast.compute import forecast
from projections.reports.forecast.parts import parts
from projections.reports.forecast.rows import BreakEven, Evenness, Forecast, ForecastRow
from projections.reports.forecast.why import explain

__all__ = ["BreakEven", "Evenness", "Forecast", "ForecastRow", "explain", "forecast", "parts"]
