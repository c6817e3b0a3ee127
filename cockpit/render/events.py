"""Events as lines for people and as records for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from cockpit import formats, labels
from cockpit.render.cells import clean, fit, width
from cockpit.words import t
from events.envelope import Event, Unknown
from events.vocabulary import CardFilled, EventCorrected, EventVoided
from projections.cards import HIGHEST

_GAP = "  "


def record(event: Event) -> dict[str, object]:
    """The envelope with its body; a body of an unknown kind as it is on the disk."""
    body = event.body
    known: dict[str, object] = msgspec.structs.asdict(event)
    known["body"] = (
        msgspec.Raw(body.raw.encode()) if isinstance(body, Unknown) else msgspec.to_builtins(body)
    )
    return known


def table(
    events: Sequence[Event],
    *,
    names: Mapping[str, str],
    clients: Mapping[str, str],
    zone: str,
    minor_digits: int,
    adds: Mapping[str, int] | None = None,
    columns: int = 80,
) -> list[str]:
    """A line for each event below a line of heads, at most `columns` cells wide; see `cells`."""
    rows = cells(
        events, names=names, clients=clients, zone=zone, minor_digits=minor_digits, adds=adds
    )
    return _aligned(rows, columns)


def cells(
    events: Sequence[Event],
    *,
    names: Mapping[str, str],
    clients: Mapping[str, str],
    zone: str,
    minor_digits: int,
    adds: Mapping[str, int] | None = None,
) -> list[list[str]]:
    """Heads, then for each event its position, day, kind, seller, client and what it says.

    The day is the business day in `zone`; amounts have `minor_digits`. A repair names the
    position it repairs where that event is listed too. With `adds`, what events add to a sum of
    money by their ids, that is shown instead, and what does not count stands in brackets.
    """
    local = ZoneInfo(zone)
    places = {event.id: event.seq for event in events}
    heads = ["#", t("day"), t("event"), t("seller"), t("client"), ""]
    rows = [
        [
            str(event.seq),
            formats.date(event.occurred.astimezone(local).date()),
            labels.kind(event.kind),
            names.get(event.seller or "", event.seller or ""),
            clients.get(event.client or "", event.client or ""),
            _said(event, minor_digits, places)
            if adds is None
            else _added(event, minor_digits, places, adds),
        ]
        for event in events
    ]
    return [heads, *([clean(cell) for cell in row] for row in rows)]


def _said(event: Event, minor_digits: int, places: Mapping[str, int]) -> str:
    """An event's amount or length, the points of a card, the position that a repair repairs."""
    body = event.body
    if isinstance(body, EventCorrected | EventVoided):
        return f"→ {places.get(body.target, body.target)}"
    if isinstance(body, CardFilled):
        return f"{sum(body.scores.values())}/{HIGHEST * len(body.scores)}"
    amount = getattr(body, "amount", None)
    if isinstance(amount, int):
        return formats.money(amount, minor_digits)
    seconds = getattr(body, "seconds", None)
    return formats.duration(seconds) if isinstance(seconds, int) else ""


def _added(
    event: Event, minor_digits: int, places: Mapping[str, int], adds: Mapping[str, int]
) -> str:
    """What an event adds to a sum of money, and in brackets what it says where it adds nothing."""
    if event.id in adds:
        return formats.money(adds[event.id], minor_digits)
    said = _said(event, minor_digits, places)
    repairs = isinstance(event.body, EventCorrected | EventVoided)
    return said if repairs or not said else f"({said})"


def _aligned(rows: list[list[str]], columns: int) -> list[str]:
    """Rows with their cells below each other; names give way where the line is too long."""
    widths = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - columns
    for place in (4, 3, 2):
        cut = max(0, min(over, widths[place] - 8))
        widths[place] -= cut
        over -= cut
    right = (0, len(widths) - 1)
    return [
        _GAP.join(
            fit(cell, size, right=place in right)
            for place, (cell, size) in enumerate(zip(row, widths, strict=True))
        ).rstrip(" ")
        for row in rows
    ]
