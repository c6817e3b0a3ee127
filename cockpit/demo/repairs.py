"""Mistakes of the story and how they were put right: nothing is edited, so both are there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from cockpit.demo.cast import Person
from cockpit.demo.characters import STAR
from cockpit.demo.dice import uuid7
from cockpit.demo.entry import Entry
from cockpit.demo.setting import HEAD, Setting
from events.vocabulary import (
    EventCorrected,
    EventVoided,
    Fact,
    MeetingHeld,
    PaymentReceived,
    name_of,
)

WINDOW = 16
"""Working days back from today in which the mistakes were made."""


def with_mistakes(
    setting: Setting, people: Sequence[Person], entries: Sequence[Entry]
) -> list[Entry]:
    """The same entries with a payment mistyped and corrected, and a meeting entered twice."""
    star = next(person.key for person in people if person.character is STAR)
    recent = set(setting.worked[-WINDOW:-3])
    found = list(entries)
    for place, entry in enumerate(entries):
        body = entry.body
        if entry.occurred.date() not in recent or entry.actor != star:
            continue
        if isinstance(body, PaymentReceived) and body.invoice:
            found[place : place + 1] = _mistyped(setting, entry, body)
            break
    for entry in entries:
        if (
            entry.occurred.date() in recent
            and entry.actor == star
            and isinstance(entry.body, MeetingHeld)
        ):
            found.extend(_doubled(setting, entry))
            break
    return found


def _mistyped(setting: Setting, entry: Entry, right: PaymentReceived) -> list[Entry]:
    """A tenth too little was typed; the next working day the right sums follow."""
    wrong = msgspec.structs.replace(right, amount=right.amount * 9 // 10, cost=right.cost * 9 // 10)
    typed = _named(setting, msgspec.structs.replace(entry, body=wrong))
    at = setting.at(setting.step(entry.occurred.date(), 1), 10 * 60 + 41)
    fix = EventCorrected(
        target=typed.id or "",
        target_kind=name_of(PaymentReceived),
        fields={"amount": right.amount, "cost": right.cost},
        reason=setting.nation.typing_slip,
        seller=right.seller,
        client=right.client,
        deal=right.deal,
    )
    return [typed, _repair(at, fix)]


def _doubled(setting: Setting, entry: Entry) -> list[Entry]:
    """The same meeting again two minutes later, taken back after half an hour."""
    again = _named(
        setting,
        msgspec.structs.replace(entry, recorded=entry.recorded + dt.timedelta(minutes=2)),
    )
    body = entry.body
    void = EventVoided(
        target=again.id or "",
        target_kind=name_of(type(body)),
        reason=setting.nation.double_entry,
        seller=getattr(body, "seller", None),
        client=getattr(body, "client", None),
        deal=getattr(body, "deal", None),
    )
    return [again, _repair(again.recorded + dt.timedelta(minutes=31), void)]


def _repair(at: dt.datetime, body: Fact) -> Entry:
    return Entry(at + dt.timedelta(seconds=5), at, HEAD, body)


def _named(setting: Setting, entry: Entry) -> Entry:
    """The entry with the id that its repair names."""
    dice = setting.dice("repair", entry.recorded)
    moment = int(entry.recorded.timestamp() * 1000)
    return msgspec.structs.replace(entry, id=uuid7(moment, dice.share(), dice.share()))
