"""A report to be read aloud: a line for each figure, in whole words, as a screen reader wants it.

Nothing stands in columns, no arrow has to be seen, and what is unknown is said so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cockpit import formats
from cockpit.formats import NBSP, UNKNOWN
from cockpit.render.heading import heading
from cockpit.render.notes import STANDS, notes
from cockpit.render.sheet import STANDINGS, full, scales, sheet
from cockpit.words import mark, t
from projections.report import Report

_SIGNS: Final = dict.fromkeys(map(ord, "▲▼│"), None)
_DASH: Final = re.compile(rf"(?<!\S){UNKNOWN}(?!\S)")
"""A dash that stands for a figure has blanks around it."""

_STANDS: Final = {
    STANDINGS["below"]: mark("{figure}, below all together beyond chance"),
    STANDINGS["above"]: mark("{figure}, above all together beyond chance"),
}


def render(report: Report, *, names: Mapping[str, str], department: str = "") -> str:
    """Head, then for each row whose it is and its figures below, then the notes.

    `names` are the sellers' names by their keys.
    """
    scale = scales(report)[0]
    table = sheet(report, names, report.columns, scale)
    texts = [place for place, right in enumerate(table.right) if not right]
    figures = [place for place, right in enumerate(table.right) if right]
    said = [*heading(report, department, scale.power), ""]
    for cells in table.cells:
        whose = ", ".join(_said(cells[place]) for place in texts if cells[place])
        said += [whose] if whose else []
        said += [f"  {full(report.columns[place])}: {_said(cells[place])}" for place in figures]
        said.append("")
    if not table.cells:
        said += [t("nothing to show"), ""]
    said += [_spoken(note) for note in notes(report, names) if note != t(STANDS)]
    return "\n".join(said) + "\n"


def _spoken(note: str) -> str:
    """A sentence without the signs that only repeat what it says, the unknown in words."""
    plain = note.translate(_SIGNS).strip()
    return _DASH.sub(t("not known"), plain)


def _said(cell: str) -> str:
    """A figure in words where a sign would have to be seen."""
    if cell == UNKNOWN:
        return t("not known")
    if cell == "=":
        return "0"
    sign, figure = cell[:1], cell[1:].strip(f" {NBSP}")
    if sign not in _STANDS:
        return cell
    signed = figure.startswith(("+", formats.MINUS))
    return figure if signed else t(_STANDS[sign], figure=figure)
