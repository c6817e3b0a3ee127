"""The rhythm of the stand-ups: held or missed, how long, who was there (requirement row 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.rhythm.rows import COLUMNS, Rhythm, RhythmRow, RhythmTotal

if TYPE_CHECKING:
    from projections.reports.rhythm.compute import rhythm
    from projections.reports.rhythm.why import explain
else:
    __getattr__ = later(__name__, rhythm="compute", explain="why")

__all__ = ["COLUMNS", "Rhythm", "RhythmRow", "RhythmTotal", "explain", "rhythm"]
