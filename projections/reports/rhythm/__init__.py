"""The rhythm of the stand-ups: held or missed, how long, who was there (requirement row 1)."""

from projections.reports.rhythm.compute import rhythm
from projections.reports.rhythm.rows import COLUMNS, Rhythm, RhythmRow, RhythmTotal
from projections.reports.rhythm.why import explain

__all__ = ["COLUMNS", "Rhythm", "RhythmRow", "RhythmTotal", "explain", "rhythm"]
