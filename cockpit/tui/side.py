"""What the side of the stand-up shows, from the meeting and a moment: agenda, turns, clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from cockpit.tui import agenda
from cockpit.tui.conductor import Conductor
from cockpit.tui.sections import brief, name
from cockpit.tui.widgets.agenda import Entry
from cockpit.tui.widgets.clock import Reading, seconds
from cockpit.words import t
from projections.meeting import Meeting, Place


def entries(conductor: Conductor, nothing: Mapping[str, str], now: dt.datetime) -> list[Entry]:
    """The agenda with what each item took, to the second that its clock shows.

    `nothing` says by item why there is nothing to talk about.
    """
    meeting = conductor.meeting
    return [
        Entry(
            id=item.id,
            name=name(item.id),
            brief=brief(item.id),
            box=item.seconds,
            took=_took(meeting, item.id, now),
            nothing=nothing.get(item.id) if item.id in conductor.collapsed else None,
        )
        for item in conductor.agenda
    ]  # fmt: skip


def turns(conductor: Conductor, names: Mapping[str, str], now: dt.datetime) -> list[Entry]:
    """The sellers of an item that goes seller by seller: those who spoke, then those who will.

    The head is the first of them. Empty in an item that goes in one piece.
    """
    item, meeting = conductor.current(), conductor.meeting
    if item is None or meeting is None or not item.turns:
        return []
    had = meeting.had(item.id)
    speakers: list[str | None] = [None, *had]
    speakers += [seller for seller in conductor.order or () if seller not in had]
    return [_turn(conductor, meeting, Place(item.id, each), names, now) for each in speakers]


def reading(conductor: Conductor, listed: list[Entry], now: dt.datetime) -> Reading:
    """The clock now: the current turn or item, and the whole as the sum of what is `listed`."""
    meeting, place = conductor.meeting, conductor.meeting.place if conductor.meeting else None
    spent, box = _here(conductor, now)
    over = [max(0, (entry.took or 0) - entry.box) for entry in listed
            if place is None or entry.id != place.item]  # fmt: skip
    return Reading(
        item=spent,
        box=box,
        whole=sum(entry.took or 0 for entry in listed),
        total=agenda.total(conductor.agenda, conductor.collapsed),
        over=sum(over),
        running=meeting is not None and meeting.running,
        held=conductor.on,
    )


def shown(conductor: Conductor, now: dt.datetime) -> dt.timedelta:
    """The time that the first line of the clock shows, as exactly as it is known."""
    meeting = conductor.meeting
    if meeting is None or meeting.place is None:
        return dt.timedelta()
    item = conductor.current()
    if meeting.seller is not None:
        return meeting.turn(meeting.place, now)
    if item is not None and item.turns and meeting.had(item.id):
        return meeting.visit(now)
    return meeting.on(meeting.place.item, now)


def _here(conductor: Conductor, now: dt.datetime) -> tuple[int, int]:
    """Seconds and box of who has the floor: a seller, the head between two, or an item."""
    meeting, item = conductor.meeting, conductor.current()
    if meeting is None or meeting.place is None or item is None:
        return 0, 0
    between = item.turns and meeting.seller is None and meeting.had(item.id)
    box = conductor.turns.head if between else conductor.box(meeting.place)
    return seconds(shown(conductor, now)), box


def _took(meeting: Meeting | None, item: str, now: dt.datetime) -> int | None:
    """What an item took; None before its turn."""
    if meeting is None or item not in meeting.reached:
        return None
    return seconds(meeting.on(item, now))


def _turn(
    conductor: Conductor, meeting: Meeting, place: Place, names: Mapping[str, str], now: dt.datetime
) -> Entry:
    """A line for a seller's turn, or for what the head took between them."""
    had = place in meeting.boxes
    return Entry(
        id=place.seller or "",
        name=names.get(place.seller, place.seller) if place.seller else t("head"),
        box=conductor.box(place)
        if place.seller
        else conductor.turns.head * max(1, len(meeting.had(place.item))),
        took=seconds(meeting.turn(place, now)) if had else None,
    )
