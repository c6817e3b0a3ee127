"""What a board shows at each of its lines: pure arithmetic between a sheet and the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from cockpit.render.cells import wrap
from cockpit.tui.sheet import Ground, Layout, Piece, Sheet, add, heads, pieces, spread

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
    """The sheet with its introduction broken into lines, and long notes, the first ones first,
    while there is room.
    """
    intro = tuple(part for line in sheet.intro for part in _parted(line, inner(width)))
    sheet = msgspec.structs.replace(sheet, intro=intro)
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


def below(sheet: Sheet, texts: Sequence[str], most: int, width: int, height: int) -> list[str]:
    """Texts in the last `most` notes of a board: broken into lines where all of them are seen,
    else a line each, to be cut.
    """
    seen = min(most, seen_notes(sheet, height))
    lines = [line for text in texts for line in wrap(text, inner(width))]
    said = (lines if len(lines) <= seen else list(texts))[:seen]
    return [*[""] * (most - seen), *said, *[""] * (seen - len(said))]


def _notes(sheet: Sheet, top: int, height: int) -> tuple[tuple[Piece, ...], ...]:
    """The notes there is room for below the rows: the last ones, and never fewer than two."""
    room = height - top - len(sheet.lines) - len(sheet.totals) - 1
    return sheet.notes[-max(_FEWEST_NOTES, room) :]


def _broken(note: tuple[Piece, ...], width: int) -> list[tuple[Piece, ...]]:
    """A note of one tone in lines of at most `width` cells; one of several stays whole."""
    if len(note) != 1:
        return [note]
    return [((line, note[0][1]),) for line in wrap(note[0][0], width)] or [note]


def _parted(line: tuple[Piece, ...], width: int) -> Iterator[tuple[Piece, ...]]:
    """A line in lines of at most `width` cells, each stretch in its tone."""
    whole = "".join(text for text, _ in line)
    tones = [tone for text, tone in line for _ in text]
    place = 0
    for part in wrap(whole, width) or [""]:
        place = whole.replace(" %", "\u00a0%").index(part, place)
        runs: list[Piece] = []
        for sign, tone in zip(part, tones[place:], strict=False):
            add(runs, sign, tone)
        place += len(part)
        yield tuple(runs)


def _framed(line: list[Piece]) -> list[Piece]:
    """A line between the margins."""
    first, *others = line
    *_, last = line
    if not others:
        return [(f" {first[0]} ", first[1])]
    return [(f" {first[0]}", first[1]), *others[:-1], (f"{last[0]} ", last[1])]
