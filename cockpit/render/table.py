"""A report as a table for people, in as many terminal cells as there are.

Where the width does not hold everything, the columns a report can do without go, amounts are
shown in thousands and millions, then names are cut, then gaps close. Signs and words carry what
colour could; nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from cockpit.render.cells import fit, width, wrap
from cockpit.render.heading import heading
from cockpit.render.lines import spare
from cockpit.render.notes import notes
from cockpit.render.sheet import Scale, Sheet, scales, sheet
from cockpit.words import t
from projections.report import Report

_NAME: Final = 8
_WHOLE: Final = frozenset({"bridge"})
"""Reports whose names say nothing once they are cut."""


class _Layout(msgspec.Struct, frozen=True):
    """A sheet, the scale of its amounts, the width of each column and the gap between them."""

    sheet: Sheet
    scale: Scale
    widths: list[int]
    gap: int = 2

    @property
    def total(self) -> int:
        """The width of a line."""
        return sum(self.widths) + self.gap * (len(self.widths) - 1)


def render(
    report: Report, *, names: Mapping[str, str], department: str = "", columns: int = 80
) -> str:
    """Head, lines and notes; no line is wider than `columns` cells unless figures alone are.

    `names` are the sellers' names by their keys.
    """
    layout = _layout(report, names, columns)
    said = wrap(" · ".join(heading(report, department, layout.scale.power)), columns)
    said.append("")
    said += _body(layout, whole=report.name in _WHOLE)
    said.append("")
    for note in notes(report, names):
        said += wrap(note, columns)
    return "\n".join(said) + "\n"


def _body(layout: _Layout, *, whole: bool) -> list[str]:
    """The column heads and the lines, each column as wide as the layout says."""
    table = layout.sheet
    if not table.cells:
        return [t("nothing to show")]
    return [
        line for cells in [table.heads, *table.cells] for line in _lines(cells, layout, whole=whole)
    ]


def _lines(cells: Sequence[str], layout: _Layout, *, whole: bool) -> Iterator[str]:
    """A row; a name that does not fit is cut, or `whole` goes on below its beginning."""
    right = layout.sheet.right
    parts = [
        (wrap(cell, size) if whole and not flush else []) or [cell]
        for cell, size, flush in zip(cells, layout.widths, right, strict=True)
    ]
    for place in range(max(map(len, parts))):
        texts = [some[place] if place < len(some) else "" for some in parts]
        yield (
            (" " * layout.gap)
            .join(
                fit(text, size, right=flush)
                for text, size, flush in zip(texts, layout.widths, right, strict=True)
            )
            .rstrip(" ")
        )


def _layout(report: Report, names: Mapping[str, str], columns: int) -> _Layout:
    """The finest scale and the most columns that fit; else the narrowest with names cut."""
    narrowest: _Layout | None = None
    for layout in _choices(report, names):
        if layout.total <= columns:
            return layout
        if narrowest is None or layout.total < narrowest.total:
            narrowest = layout
    if narrowest is None:
        raise ValueError("a report without columns")
    return _cut(narrowest, columns)


def _choices(report: Report, names: Mapping[str, str]) -> Iterator[_Layout]:
    """The scales from the finest on, each with all columns, then with ever fewer of them."""
    gone = [list(report.columns).index(column) for column in spare(report)]
    for scale in scales(report):
        table = sheet(report, names, report.columns, scale)
        cells = zip(table.heads, *table.cells, strict=True)
        widths = [max(map(width, column)) for column in cells]
        for fewer in range(len(gone) + 1):
            kept = [place for place in range(len(widths)) if place not in gone[:fewer]]
            yield _Layout(table.only(kept), scale, [widths[place] for place in kept])


def _cut(layout: _Layout, columns: int) -> _Layout:
    """Names give way cell by cell; where that is not enough, the gaps too."""
    widths = list(layout.widths)
    texts = [place for place, right in enumerate(layout.sheet.right) if not right]
    over = layout.total - columns
    while over > 0 and texts:
        widest = max(texts, key=lambda place: widths[place])
        if widths[widest] <= _NAME:
            break
        widths[widest] -= 1
        over -= 1
    return _Layout(layout.sheet, layout.scale, widths, 1 if over > 0 else layout.gap)
