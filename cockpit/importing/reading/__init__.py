"""Files as tables: a header, and rows of cells with the line each began on."""

from __future__ import annotations

from cockpit.importing.reading.record import Grid
from cockpit.importing.reading.table import Record, Run, Table, open_skipped, open_table

__all__ = ["Grid", "Record", "Run", "Table", "open_skipped", "open_table"]
