"""A board against what it said at another moment: what is new or says something else is marked."""

from __future__ import annotations

from typing import Final

import msgspec

from cockpit.tui.sheet import Cell, Line, Sheet

CHANGED: Final = "•"
NEW: Final = "+"


def marked(now: Sheet, before: Sheet) -> Sheet:
    """The board of now; figures that differ get a dot, rows that were not there a plus."""
    known = {line.key: line for line in (*before.lines, *before.totals)}
    places = {column.key: place for place, column in enumerate(before.columns)}

    def mark(line: Line) -> Line:
        old = known.get(line.key)
        if old is None:
            first, *others = line.cells
            return Line(line.key, (_with(first, NEW), *others), line.opens)
        cells = [
            _differing(cell, old, places.get(column.key))
            for cell, column in zip(line.cells, now.columns, strict=False)
        ]
        return Line(line.key, (line.cells[0], *cells[1:]), line.opens)

    return msgspec.structs.replace(
        now,
        lines=tuple(mark(line) for line in now.lines),
        totals=tuple(mark(line) for line in now.totals),
    )


def _differing(cell: Cell, old: Line, place: int | None) -> Cell:
    """The cell, marked where the old line says something else in its place."""
    if place is None or place >= len(old.cells) or old.cells[place].text == cell.text:
        return cell
    return _with(cell, CHANGED)


def _with(cell: Cell, sign: str) -> Cell:
    return Cell(f"{cell.text}{sign}", "warn")
