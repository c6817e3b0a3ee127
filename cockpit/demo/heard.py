"""Which calls the cards were filled from, and a call that two people rated."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from cockpit.demo.dice import uuid7
from cockpit.demo.entry import Entry
from cockpit.demo.setting import HEAD, Setting
from events.vocabulary import CallMade, CardFilled

WITHIN = dt.timedelta(days=7)
"""A call is heard within so much time."""

LENGTH = 60
"""Calls of fewer seconds are not worth a card."""

STRICTER = (1, 2, 0, 1, 0)
"""By how much a second rater scores each criterion lower."""


def with_calls(setting: Setting, entries: Sequence[Entry]) -> list[Entry]:
    """The same entries, those cards that are about a call naming one of the week before.

    The last of them is rated once more by somebody else, so that there is something to compare.
    """
    found = list(entries)
    heard: dict[str, list[int]] = {}
    rated: set[int] = set()
    last: tuple[int, Entry] | None = None
    for place, entry in enumerate(entries):
        body = entry.body
        if isinstance(body, CallMade) and body.seller and (body.seconds or 0) >= LENGTH:
            heard.setdefault(body.seller, []).append(place)
        elif isinstance(body, CardFilled) and body.evidence == "call":
            call = _heard(setting, entries, heard.get(body.seller, []), entry, rated)
            if call is not None:
                rated.add(call)
                found[call] = _named(setting, entries[call])
                found[place] = _about(entry, body, found[call])
                last = place, found[place]
    return found if last is None else _twice(setting, found, *last)


def _heard(
    setting: Setting,
    entries: Sequence[Entry],
    places: list[int],
    card: Entry,
    rated: set[int],
) -> int | None:
    """One of the seller's calls of the days before that nobody rated yet."""
    since = bisect_left(places, card.occurred - WITHIN, key=lambda place: entries[place].occurred)
    free = [place for place in places[since:] if place not in rated]
    return setting.dice("heard", card.recorded).pick(free) if free else None


def _named(setting: Setting, entry: Entry) -> Entry:
    """The call with the id its card names."""
    dice = setting.dice("call", entry.recorded)
    moment = int(entry.recorded.timestamp() * 1000)
    return msgspec.structs.replace(entry, id=uuid7(moment, dice.share(), dice.share()))


def _about(entry: Entry, card: CardFilled, call: Entry) -> Entry:
    """The card with the call, its client and its deal."""
    body = msgspec.structs.replace(
        card,
        call=call.id,
        client=getattr(call.body, "client", None),
        deal=getattr(call.body, "deal", None),
    )
    return msgspec.structs.replace(entry, body=body)


def _twice(setting: Setting, entries: list[Entry], place: int, card: Entry) -> list[Entry]:
    """The card once more, an hour later, by the seller's best colleague, who is stricter."""
    body = card.body
    rater = next(
        (
            each.actor
            for each in reversed(entries[:place])
            if each.actor != HEAD and each.actor != getattr(body, "seller", None)
        ),
        None,
    )
    if rater is None or not isinstance(body, CardFilled):
        return entries
    scores = {
        name: max(0, score - less)
        for (name, score), less in zip(body.scores.items(), STRICTER, strict=True)
    }
    note = setting.dice("second opinion").pick(setting.nation.card_notes)
    at = card.occurred + dt.timedelta(hours=1)
    second = Entry(
        at + dt.timedelta(seconds=90),
        at,
        rater,
        msgspec.structs.replace(body, scores=scores, note=note),
    )
    return [*entries, second]
