"""The two dials on the screen: which of them a key moves, and where it stands."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from cockpit import formats, labels
from cockpit.tui.view import View, now
from cockpit.words import t

Dial = Literal["both", "as_of", "known_at"]
"""`both` is how it looked then, `as_of` what had happened as is known now, `known_at` what was
known then of all that has happened by now."""

DIALS: Final[tuple[Dial, ...]] = ("both", "as_of", "known_at")

_WORKED: Final = 5
_LAST: Final = dt.time.max


def following(dial: Dial) -> Dial:
    """The dial the key chooses next."""
    return DIALS[(DIALS.index(dial) + 1) % len(DIALS)]


def called(dial: Dial) -> str:
    """What a dial is called."""
    return labels.value("dial", dial)


def day_of(view: View, dial: Dial, zone: ZoneInfo) -> dt.date:
    """The day a dial stands at."""
    if dial == "known_at":
        return view.known_at.astimezone(zone).date() if view.known_at else view.today
    if isinstance(view.as_of, dt.datetime):
        return view.as_of.astimezone(zone).date()
    return view.as_of or view.today


def turned(view: View, dial: Dial, day: dt.date, zone: ZoneInfo) -> View:
    """The view with a dial at the end of a day; from today on it is "now"."""
    if day >= view.today:
        return now(view)
    end = dt.datetime.combine(day, _LAST, zone)
    match dial:
        case "as_of":
            return msgspec.structs.replace(view, as_of=day)
        case "known_at":
            return msgspec.structs.replace(view, known_at=end, position=None)
    return msgspec.structs.replace(view, as_of=day, known_at=end, position=None)


def next_day(day: dt.date, step: int) -> dt.date:
    """The next day from Monday to Friday, or the one before."""
    day += dt.timedelta(days=step)
    while day.weekday() >= _WORKED:
        day += dt.timedelta(days=step)
    return day


def said(view: View) -> list[str]:
    """Where the dials stand, in words."""
    seen = view.as_of or view.today
    shown = formats.moment(seen) if isinstance(seen, dt.datetime) else formats.date(seen)
    day = f"{formats.weekday(seen)} {shown}"
    parts = [t("as of {day}, {mode}", day=day, mode=labels.value("mode", view.mode))]
    if view.known_at is not None:
        parts.append(t("known at {moment}", moment=formats.moment(view.known_at)))
    if view.position is not None:
        parts.append(t("known up to event {number}", number=view.position))
    return parts


def briefly(view: View) -> list[str]:
    """The same where there is little room: without years, and what is known in one word."""
    seen = view.as_of or view.today
    parts = [f"{formats.weekday(seen)} {_short(seen)}", labels.value("mode", view.mode)]
    if view.position is not None:
        parts.append(t("known up to event {number}", number=view.position))
    elif view.known_at is not None:
        parts.append(t("known at {moment}", moment=_short(view.known_at)))
    return parts


def _short(moment: dt.date) -> str:
    """A day without its year, a moment with its time."""
    time = f" {moment:%H:%M}" if isinstance(moment, dt.datetime) else ""
    return f"{formats.day(moment)}{time}"
