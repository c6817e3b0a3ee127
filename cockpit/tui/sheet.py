"""A table before it is drawn: cells with a tone, and the arithmetic that fits it into a width."""

from __future__ import annotations

from typing import Literal

import msgspec

from cockpit.formats import NBSP
from cockpit.render.cells import fit
from cockpit.render.cells import width as cells_of

Tone = Literal["plain", "strong", "muted", "good", "bad", "warn", "label"]
Ground = Literal["", "title", "cursor", "total"]
"""What a line stands on; `""` is the background of the widget."""

Align = Literal["left", "right", "apart"]
"""`apart` puts a leading sign at the left edge and the figure at the right one."""

Piece = tuple[str, Tone]
"""A stretch of a line in one tone."""

GAP = 1
_WIDEST_GAP = 3
_CUT_GAP = 2
_NAME = 18
_SHORT_NAME = 14
_NARROWEST = 10
_NARROWEST_TITLE = 8


class Cell(msgspec.Struct, frozen=True):
    """What stands in one place; meaning is in the text, the tone only repeats it.

    Where there is no room for the text the first of `brief` is said that fits.
    """

    text: str
    tone: Tone = "plain"
    brief: tuple[str, ...] = ()

    def within(self, width: int) -> str:
        """What is said in so many cells; the last of `brief` where nothing fits."""
        texts = (self.text, *filter(None, self.brief))
        return next((text for text in texts if cells_of(text) <= width), texts[-1])


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a sheet. Where the width does not suffice the highest `rank` goes first.

    `elastic` columns and long titles are cut before any column goes. `width` is the least a
    column takes, so that a figure that grows by a digit shifts nothing; `most` is where the words
    of one end that would leave too little to the columns after it. A title may have lines.
    """

    key: str
    title: str
    align: Align = "right"
    rank: int = 0
    width: int = 0
    elastic: bool = False
    most: int = 0


class Line(msgspec.Struct, frozen=True):
    """A row under its key; the cursor passes over one that does not open.

    A line of a single cell takes the whole width.
    """

    key: str
    cells: tuple[Cell, ...]
    opens: bool = True


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A whole board: a title with remarks at its right, heads, lines, totals, notes under them.

    `intro` are lines between the title and the heads. `empty` is what to say, and what to type,
    where there are no lines.
    """

    title: str = ""
    aside: tuple[Piece, ...] = ()
    intro: tuple[tuple[Piece, ...], ...] = ()
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    totals: tuple[Line, ...] = ()
    notes: tuple[tuple[Piece, ...], ...] = ()
    empty: str = ""


class Layout(msgspec.Struct, frozen=True):
    """Which columns are drawn (by place), how wide each is, and the cells between two."""

    columns: tuple[int, ...]
    widths: tuple[int, ...]
    gap: int


def lay(sheet: Sheet, width: int) -> Layout:
    """Choose the columns and their widths so that a line never takes more than `width` cells.

    The gap between them is narrower where that lets every cell be seen whole.
    """
    bounds = [_bounds(sheet, place) for place in range(len(sheet.columns))]
    chosen = list(range(len(sheet.columns)))
    while len(chosen) > 1 and _taken([bounds[place][0] for place in chosen]) > width:
        droppable = [place for place in chosen if sheet.columns[place].rank > 0] or chosen[1:]
        chosen.remove(max(droppable, key=lambda place: (sheet.columns[place].rank, place)))
    widths = {place: bounds[place][0] for place in chosen}
    elastic = {place for place in chosen if sheet.columns[place].elastic}
    most = {place: bounds[place][1] for place in chosen}
    _widen(widths, {place: min(most[place], _SHORT_NAME) for place in elastic}, width, GAP)
    _widen(widths, {place: most[place] for place in chosen if place not in elastic}, width, GAP)
    for gap in range(GAP, _WIDEST_GAP + 1):
        _widen(widths, {place: min(most[place], _NAME * gap) for place in chosen}, width, gap)
    spare = width - sum(widths.values())
    gap = max(GAP, min(_WIDEST_GAP, spare // max(1, len(chosen) - 1)))
    room = width - sum(most.values())
    whole = [less for less in range(gap, GAP - 1, -1) if less * (len(most) - 1) <= room]
    gap = whole[0] if whole else min(gap, _CUT_GAP)
    _widen(widths, most, width, gap)
    return Layout(tuple(chosen), tuple(widths.values()), gap)


def _widen(widths: dict[int, int], most: dict[int, int], width: int, gap: int) -> None:
    """Give columns more, from the left, as long as the line stays within `width`."""
    for place, limit in most.items():
        spare = width - sum(widths.values()) - gap * (len(widths) - 1)
        widths[place] += max(0, min(spare, limit - widths[place]))


def pieces(cells: tuple[Cell, ...], sheet: Sheet, layout: Layout, width: int) -> list[Piece]:
    """A line as runs of one tone, exactly `width` cells wide whatever the scripts in it."""
    if _spans(cells, sheet):
        return _exactly([(cells[0].text, cells[0].tone)], width)
    runs: list[Piece] = []
    for index, (place, column_width) in enumerate(zip(layout.columns, layout.widths, strict=True)):
        cell = cells[place] if place < len(cells) else Cell("")
        text = _set(cell.within(column_width), column_width, sheet.columns[place].align)
        add(runs, (" " * layout.gap if index else "") + text, cell.tone)
    return _exactly(runs, width)


def heads(sheet: Sheet) -> list[tuple[Cell, ...]]:
    """The titles of the columns as lines of cells, the last line just above the rows.

    Columns without any title need no line.
    """
    if not any(column.title for column in sheet.columns):
        return []
    split = [column.title.split("\n") for column in sheet.columns]
    height = max(map(len, split), default=0)
    padded = [[""] * (height - len(lines)) + lines for lines in split]
    return [tuple(Cell(lines[line], "muted") for lines in padded) for line in range(height)]


def spread(left: tuple[Piece, ...], right: tuple[Piece, ...], width: int) -> list[Piece]:
    """Two groups of pieces at the two ends of a line; the right one yields where both don't fit."""
    taken = sum(cells_of(text) for text, _ in left)
    room = width - taken - 1
    if sum(cells_of(text) for text, _ in right) > room:
        right = ()
    between = width - taken - sum(cells_of(text) for text, _ in right)
    return _exactly([*left, (" " * max(0, between), "plain"), *right], width)


def labelled(line: list[Piece], label: str) -> list[Piece]:
    """A line whose first cells are covered by a label."""
    width = cells_of(label)
    rest: list[Piece] = []
    covered = 0
    for text, tone in line:
        start = 0
        while covered < width and start < len(text):
            covered += cells_of(text[start])
            start += 1
        rest.append((" " * max(0, covered - width) + text[start:] if start else text, tone))
        covered = min(covered, width)
    return [(label, "label"), *(piece for piece in rest if piece[0])]


def _set(text: str, width: int, align: Align) -> str:
    """A text in its column."""
    sign, _, figure = text.partition(NBSP)
    if align == "apart" and len(sign) == 1 and figure:
        return sign + fit(figure, width - 1, right=True)
    return fit(text, width, right=align != "left")


def _spans(cells: tuple[Cell, ...], sheet: Sheet) -> bool:
    """Whether a line takes the whole width."""
    return len(cells) == 1 < len(sheet.columns)


def _bounds(sheet: Sheet, place: int) -> tuple[int, int]:
    """The least a column can do with, and what it would take if it could."""
    column = sheet.columns[place]
    lines = (*sheet.lines, *sheet.totals)
    texts = [
        line.cells[place].text
        for line in lines
        if place < len(line.cells) and not _spans(line.cells, sheet)
    ]
    body = max([column.width, *map(cells_of, texts)])
    title = max(map(cells_of, column.title.split("\n")))
    if column.elastic:
        whole = max(body, title)
        return max(column.width, min(body, _NARROWEST)), min(whole, column.most or whole)
    return max(body, min(title, _NARROWEST_TITLE)), max(body, title)


def _taken(widths: list[int]) -> int:
    """The cells that columns of these widths take with the narrowest gaps."""
    return sum(widths) + GAP * (len(widths) - 1)


def add(runs: list[Piece], text: str, tone: Tone) -> None:
    """Append to the last run where the tone goes on; blanks take any tone."""
    if runs and (runs[-1][1] == tone or not text.strip()):
        runs[-1] = (runs[-1][0] + text, runs[-1][1])
        return
    lead = len(text) - len(text.lstrip(" "))
    if runs and lead:
        runs[-1] = (runs[-1][0] + text[:lead], runs[-1][1])
        text = text[lead:]
    runs.append((text, tone))


def _exactly(runs: list[Piece], width: int) -> list[Piece]:
    """Runs cut or filled to a width in cells."""
    done: list[Piece] = []
    left = width
    for text, tone in runs:
        length = cells_of(text)
        if length > left:
            text, length = fit(text, left), left
        if text:
            add(done, text, tone)
        left -= length
    if left > 0:
        add(done, " " * left, "plain")
    return done
