"""From tones to terminal styles, for widgets that draw their own lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from cockpit.tui.sheet import Ground, Piece, Tone

_INKS: Final[dict[Tone, str]] = {
    "muted": "text-muted",
    "good": "text-success",
    "bad": "text-error",
    "warn": "text-warning",
}
_GROUNDS: Final[dict[Ground, str]] = {
    "title": "surface",
    "cursor": "ground-cursor",
    "total": "ground-total",
}
_BOLD: Final = ("total",)


class Painted(Widget):
    """A widget of the line API whose lines are pieces with tones, coloured by the theme.

    The theme is asked once for each ground: a stylesheet with a rule for every tone of every
    widget would cost more at the start than all the drawing.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._palettes: dict[Ground, dict[Tone, Style]] = {}

    def notify_style_update(self) -> None:
        """Forget the styles when the theme or the stylesheet changes."""
        self._palettes.clear()
        super().notify_style_update()

    def strip(self, line: Iterable[Piece], ground: Ground = "") -> Strip:
        """A line ready to be drawn."""
        if ground not in self._palettes:
            self._palettes[ground] = self._palette(ground)
        palette = self._palettes[ground]
        return Strip([Segment(text, palette[tone]) for text, tone in line])

    def _palette(self, ground: Ground) -> dict[Tone, Style]:
        """The style of each tone on a ground; under the cursor everything has the plain one."""
        base = self.rich_style
        if ground:
            base += Style(bgcolor=self._colour(_GROUNDS[ground]), bold=ground in _BOLD or None)
        label = Style(color=base.bgcolor, bgcolor=base.color, bold=True)
        palette: dict[Tone, Style] = {
            "plain": base, "strong": base + Style(bold=True), "label": base + label,
        }  # fmt: skip
        for tone, ink in _INKS.items():
            palette[tone] = base if ground == "cursor" else base + Style(color=self._colour(ink))
        return palette

    def _colour(self, variable: str) -> str:
        """A colour of the theme as Rich writes it."""
        return Color.parse(self.app.theme_variables[variable]).rich_color.name


class PaintedScroll(Painted, ScrollView):
    """The same for a widget that scrolls its own lines."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._laid_out: tuple[Size, Size] | None = None

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """See `ScrollView`, which paints the bar once more, a frame late, in every layout."""
        sizes = size, self.virtual_size
        if sizes == self._laid_out:
            return False
        self._laid_out = sizes
        return super()._size_updated(size, virtual_size, container_size, layout)

    def grow(self, width: int, height: int) -> None:
        """Say how many lines there are to scroll through.

        Where the bar stays as it is the lines do too, and only the bar is painted anew.
        """
        size = Size(width, height)
        if self.virtual_size == size:
            return
        if self.show_vertical_scrollbar and self._laid_out and height > self.size.height:
            self.set_reactive(Widget.virtual_size, size)
            self._laid_out = self._laid_out[0], size
            self.vertical_scrollbar.window_virtual_size = height
        else:
            self.virtual_size = size
