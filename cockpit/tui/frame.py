"""What a board shows at each of its lines: pure arithmetic between a sheet and the terminal."""

from __future__ import annotations

import msgspec

from cockpit.render.cells import wrap
from cockpit.tui.sheet import Ground, Layout, Piece, Sheet, heads, pieces, spread

Painted = tuple[list[Piece], Ground]

_MARGIN: Piece = (" ", "plain")
_FEWEST_NOTES = 2


class Window(msgspec.Struct, frozen=True):
    """Lines above the rows, how many rows are seen, and which of them is the first."""

    top: int
    rows: int
    first: int = 0


def window(sheet: Sheet, height: int, first: int = 0) -> Window:
    """Title, a blank and the heads stand above the rows, totals and notes below them."""
    top = _top(sheet)
    notes = _notes(sheet, top, height)
    below = len(sheet.totals) + (len(notes) + 1 if notes else 0)
    rows = max(1, height - top - below)
    return Window(top, rows, max(0, min(first, len(sheet.lines) - rows)))


def unfolded(sheet: Sheet, width: int, height: int) -> Sheet:
    """The sheet with long notes broken into lines, the first ones first, while there is room."""
    spare = height - _top(sheet) - len(sheet.lines) - len(sheet.totals) - 1 - len(sheet.notes)
    notes: list[tuple[Piece, ...]] = []
    for note in sheet.notes:
        lines = _broken(note, inner(width))
        more = len(lines) - 1
        if more > spare:
            lines, more = [note], 0
        notes.extend(lines)
        spare -= more
    return msgspec.structs.replace(sheet, notes=tuple(notes))


def inner(width: int) -> int:
    """The cells between the margins of a board of this width."""
    return max(1, width - 2)


def frame(
    sheet: Sheet, layout: Layout, window: Window, cursor: str | None, width: int, height: int
) -> list[Painted]:
    """Every line of the board, each exactly `width` cells."""
    top = _above(sheet, layout, width)
    rows: list[Painted] = []
    for line in sheet.lines[window.first :][: window.rows]:
        ground: Ground = "cursor" if line.opens and line.key == cursor else ""
        rows.append((_framed(pieces(line.cells, sheet, layout, inner(width))), ground))
    if sheet.lines:
        for line in sheet.totals:
            total = _framed(pieces(line.cells, sheet, layout, inner(width)))
            rows.append((total, "cursor" if line.opens and line.key == cursor else "total"))
    notes: list[Painted] = [
        (spread((_MARGIN, *note), (), width), "") for note in _notes(sheet, window.top, height)
    ]
    blank: Painted = (spread((), (), width), "")
    filled = [*top, *rows]
    gap = height - len(filled) - len(notes)
    return [*filled, *[blank] * gap, *notes][:height]


def _above(sheet: Sheet, layout: Layout, width: int) -> list[Painted]:
    """The title, a blank line, and the heads or what to say where there are no rows."""
    hidden = len(sheet.columns) - len(layout.columns)
    more: tuple[Piece, ...] = ((f" +{hidden}»", "muted"),) if hidden and sheet.lines else ()
    aside = (*sheet.aside, *more, _MARGIN)
    title: Painted = (spread((_MARGIN, (sheet.title, "strong")), aside, width), "title")
    blank: Painted = (spread((), (), width), "")
    intro: list[Painted] = [(spread((_MARGIN, *line), (), width), "") for line in sheet.intro]
    above = [title, blank, *intro, *([blank] if intro else [])]
    if sheet.lines:
        titles = (pieces(cells, sheet, layout, inner(width)) for cells in heads(sheet))
        return [*above, *((_framed(line), "") for line in titles)]
    said = (line for text in sheet.empty.split("\n") for line in wrap(text, inner(width)) or [""])
    return [*above, *((spread((_MARGIN, (line, "plain")), (), width), "") for line in said)]


def _top(sheet: Sheet) -> int:
    """The lines above the rows."""
    return 2 + _intro_lines(sheet) + (len(heads(sheet)) if sheet.lines else 0)


def _intro_lines(sheet: Sheet) -> int:
    """The lines an introduction takes, the blank below it included."""
    return len(sheet.intro) + 1 if sheet.intro else 0


def seen_notes(sheet: Sheet, height: int) -> int:
    """How many of the notes are seen, the last ones, on a board of this height."""
    return len(_notes(sheet, _top(sheet), height))


def _notes(sheet: Sheet, top: int, height: int) -> tuple[tuple[Piece, ...], ...]:
    """The notes there is room for below the rows: the last ones, and never fewer than two."""
    room = height - top - len(sheet.lines) - len(sheet.totals) - 1
    return sheet.notes[-max(_FEWEST_NOTES, room) :]


def _broken(note: tuple[Piece, ...], width: int) -> list[tuple[Piece, ...]]:
    """A note of one tone in lines of at most `width` cells; one of several stays whole."""
    if len(note) != 1:
        return [note]
    return [((line, note[0][1]),) for line in wrap(note[0][0], width)] or [note]


def _framed(line: list[Piece]) -> list[Piece]:
    """A line between the margins."""
    first, *others = line
    *_, last = line
    if not others:
        return [(f" {first[0]} ", first[1])]
    return [(f" {first[0]}", first[1]), *others[:-1], (f"{last[0]} ", last[1])]
