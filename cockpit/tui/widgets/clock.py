"""The clock of the stand-up: two short lines of digits, and in words how the box is doing."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile

import msgspec
from textual.geometry import Region
from textual.strip import Strip

from cockpit.formats import MINUS, face
from cockpit.tui.sheet import Piece, Tone, spread
from cockpit.tui.widgets.paint import Painted
from cockpit.words import t

_WARN = 0.8
_SPENT, _LEFT = 6, 8
_BAR = ("━", "╌")
_STEPS = 10
_ITEM, _WHOLE = "▸", "Σ"
_BAR_LINE = 2


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What the clock shows: talk time and box of the item and of the whole, in whole seconds.

    `over` is what the other items have taken beyond their boxes so far.
    """

    item: int = 0
    box: int = 0
    whole: int = 0
    total: int = 0
    over: int = 0
    running: bool = False
    held: bool = False


def seconds(span: dt.timedelta) -> int:
    """Whole seconds that have passed."""
    return int(span.total_seconds())


def left(spent: int, box: int) -> str:
    """What is left of a box with a minus, what it was overrun by with a plus."""
    return f"{MINUS}{face(box - spent)}" if spent <= box else f"+{face(spent - box)}"


def state(reading: Reading) -> Piece:
    """In a word how the item's box is doing (feature P7: warned at 80 % and at 100 %)."""
    if not reading.held:
        return "", "muted"
    if not reading.running:
        return t("‖ paused"), "warn"
    if reading.box and reading.item >= reading.box:
        return t("▲ over time"), "bad"
    if reading.box and reading.item >= reading.box * _WARN:
        return t("! nearly up"), "warn"
    return t("▶ running"), "good"


def overrun(span: int) -> str:
    """The ledger of what items have taken beyond their boxes."""
    return t("over so far +{time}", time=face(span))


class Clock(Painted):
    """Five lines of fixed width; a tick sends the digits that changed and nothing else."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._reading = Reading()

    def show(self, reading: Reading) -> None:
        """Show another reading; lines that stay the same are not sent."""
        before, self._reading = self._reading, reading
        width = self.size.width
        for y in range(self.size.height):
            old, new = _line(before, y, width), _line(reading, y, width)
            if old != new:
                self.refresh(Region(0, y, _upto(old, new) if y <= _BAR_LINE else width, 1))

    def render_line(self, y: int) -> Strip:
        """One of the five lines."""
        return self.strip(_line(self._reading, y, self.size.width))


def _upto(old: list[Piece], new: list[Piece]) -> int:
    """How many columns there are up to the last one that changed, each sign taking one."""
    before, after = ([(sign, tone) for text, tone in line for sign in text] for line in (old, new))
    same = takewhile(
        lambda both: both[0] == both[1], zip(reversed(before), reversed(after), strict=False)
    )
    return len(after) - sum(1 for _ in same)


def _line(reading: Reading, y: int, width: int) -> list[Piece]:
    """The item, the whole, the bar, the word, and the ledger of what was overrun.

    Nothing at all before there is an agenda to take time: noughts would be no reading.
    """
    if not reading.total:
        return spread((), (), width)
    match y:
        case 0:
            return _digits(_ITEM, reading.item, reading.box, "strong", width)
        case 1:
            return _digits(_WHOLE, reading.whole, reading.total, "plain", width)
        case 2:
            return spread(_bar(reading, width - 2), (), width)
        case 3:
            return spread(((" ", "plain"), state(reading)), (), width)
        case 4 if reading.over:
            return spread(((f" {overrun(reading.over)}", "warn"),), (), width)
    return spread((), (), width)


def _digits(sign: str, spent: int, box: int, tone: Tone, width: int) -> list[Piece]:
    """Two times and what they are of; the digits come first, so that a tick ends with them."""
    times = f"{face(spent):>{_SPENT}}{left(spent, box):>{_LEFT}}"
    over: Tone = "bad" if box and spent > box else tone
    return spread(((times, over), (f"  {sign}", "muted")), (), width)


def _bar(reading: Reading, width: int) -> tuple[Piece, ...]:
    """How much of the box is used; it grows in steps, for each costs as much as a tick."""
    part = min(1.0, reading.item / reading.box) if reading.box else 0.0
    full = int(part * _STEPS) * width // _STEPS
    tone: Tone = "bad" if part >= 1 else "warn" if part >= _WARN else "good"
    return ((" ", "plain"), (_BAR[0] * full, tone), (_BAR[1] * (width - full), "muted"))
