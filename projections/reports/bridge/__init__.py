"""The bridge from plan to fact, and burned traffic (feature P5, requirement rows 9, 11, 68)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.bridge.reading import largest_loss, rows_of, short_of_volume, weakest_step
from projections.reports.bridge.rows import COLUMNS, Basis, BridgeReport, BridgeRow, Factor

if TYPE_CHECKING:
    from projections.reports.bridge.compute import bridge
    from projections.reports.bridge.why import explain
else:
    __getattr__ = later(__name__, bridge="compute", explain="why")

__all__ = [
    "COLUMNS",
    "Basis",
    "BridgeReport",
    "BridgeRow",
    "Factor",
    "bridge",
    "explain",
    "largest_loss",
    "rows_of",
    "short_of_volume",
    "weakest_step",
]
