"""The time line of a month: its working days, where the replay stands, and the mark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from textual import events
from textual.message import Message
from textual.strip import Strip

from cockpit.tui.sheet import Piece, Tone, labelled, spread
from cockpit.tui.widgets.paint import Painted

_CELLS = 3
_MARGIN = 1


class Timeline(Painted):
    """A line of days; the one that is seen stands in brackets, a marked one has a diamond."""

    class Picked(Message):
        """A day was clicked."""

        def __init__(self, day: dt.date) -> None:
            """`day` is one of those shown."""
            super().__init__()
            self.day = day

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._days: Sequence[dt.date] = ()
        self._day: dt.date | None = None
        self._mark: dt.date | None = None
        self._words: Piece = ("", "plain")
        self._labels: Mapping[str, str] = {}

    def show(
        self,
        days: Sequence[dt.date],
        day: dt.date,
        mark: dt.date | None,
        words: Piece,
    ) -> None:
        """Show other days, another place or mark; `words` stand at the right."""
        told = (list(days), day, mark, words)
        if told != (list(self._days), self._day, self._mark, self._words):
            self._days, self._day, self._mark, self._words = days, day, mark, words
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Ask for the day under the mouse."""
        place = (event.x - _MARGIN) // _CELLS
        days = self._days[self._window()]
        if 0 <= place < len(days):
            self.post_message(self.Picked(days[place]))

    def _window(self) -> slice:
        """The days there is room for, the one that is seen among them."""
        room = max(1, (self.size.width - _MARGIN) // _CELLS)
        passed = [day for day in self._days if self._day is not None and day < self._day]
        first = max(0, min(len(passed) // room * room, len(self._days) - room))
        return slice(first, first + room)

    def spots(self) -> Mapping[str, Callable[[], object]]:
        """See `Jumpable`: the days."""
        return {str(day): partial(self.post_message, self.Picked(day)) for day in self._days}

    def label(self, labels: Mapping[str, str]) -> None:
        """See `Jumpable`."""
        self._labels = labels
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The only line."""
        seen = self._window()
        line: list[Piece] = [("‹", "muted") if seen.start else (" " * _MARGIN, "plain")]
        for index, day in enumerate(self._days[seen], seen.start):
            week = index > 0 and day.isocalendar().week != self._days[index - 1].isocalendar().week
            lead = "·" if week else " "
            text, tone = f"{lead}{day.day:>2}", self._tone(day)
            if day == self._mark:
                text = f"◆{day.day:>2}"
            if day == self._day:
                text = f"▸{day.day:>2}"
            label = self._labels.get(str(day))
            line += labelled([(text, tone)], label) if label else [(text, tone)]
        if seen.stop < len(self._days):
            line.append(("›", "muted"))
        return self.strip(spread(tuple(line), (self._words,), self.size.width))

    def _tone(self, day: dt.date) -> Tone:
        """Where the replay stands is strong, what lies ahead of it is pale."""
        if day == self._day:
            return "strong"
        if day == self._mark:
            return "warn"
        return "plain" if self._day is not None and day < self._day else "muted"
