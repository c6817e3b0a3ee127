"""Which calls are listened to this week, so that nobody chooses them (feature P12).

Every call has a number of its own for the week, made by `random.Random` from the week and the
id the log gave it; the calls with the highest number are drawn. So whoever asks in a week gets
the same calls, and nobody knows them before they are made. A long call is likelier than a short
one: with u the number and w the weight of its length, the key is u^(1/w).
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from events.envelope import Event
from events.vocabulary import CallMade
from projections.fold.books import END
from projections.fold.deeds import bucket
from projections.fold.repairs import REPAIRS, Entry, entry_of, state_at
from projections.period import Period, week_of

COUNT: Final = 2
"""Calls of a seller that are drawn for a week."""

WEIGHTS: Final = {"long": 9, "middle": 3, None: 1}
"""How likely a call is by its length; one of under a minute comes only where others are lacking."""

_SHORT: Final = "short"


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call as it stands: `seconds` is unknown where nobody measured it."""

    id: str
    seq: int
    seller: str
    at: dt.datetime
    seconds: int | None = None
    client: str | None = None
    deal: str | None = None


class Drawn(msgspec.Struct, frozen=True):
    """A drawn call, and the positions of the cards filled of it since."""

    call: Call
    cards: tuple[int, ...] = ()


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """The calls of the days `made` that are to be listened to in `week`, by seller."""

    week: Period
    made: Period
    sellers: Mapping[str, tuple[Drawn, ...]]

    def next(self, seller: str) -> Drawn | None:
        """The first drawn call of a seller that has no card yet."""
        return next((each for each in self.sellers.get(seller, ()) if not each.cards), None)


def drawn_week(day: dt.date) -> tuple[Period, Period]:
    """The week a day lies in, and the week before, whose calls are drawn from."""
    week = week_of(day)
    return week, week_of(week.first - dt.timedelta(days=1))


def calls(events: Iterable[Event], zone: str, period: Period | None = None) -> list[Call]:
    """The calls among a trace's events with their repairs applied, those of the period's days.

    Calls that name no seller are left out.
    """
    entries = [entry_of(event) for event in events]
    kids: dict[str, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry.body, REPAIRS):
            kids.setdefault(entry.body.target, []).append(entry)
    local = ZoneInfo(zone)
    found: list[Call] = []
    for entry in entries:
        state = state_at(entry, kids, END)
        if state is None or not isinstance(body := state[1], CallMade) or body.seller is None:
            continue
        at = dt.datetime.fromisoformat(state[0]).astimezone(local)
        if period is None or period.first <= at.date() <= period.last:
            found.append(
                Call(
                    id=entry.id,
                    seq=entry.seq,
                    seller=body.seller,
                    at=at,
                    seconds=body.seconds,
                    client=body.client,
                    deal=body.deal,
                )
            )
    return found


def draw(
    known: Iterable[Call], early: Collection[str], carded: Collection[str], week: Period
) -> dict[str, tuple[Call, ...]]:
    """The calls drawn for a week by seller, out of those `known` now.

    `early` are the ids of those that were known when the week began: only they are drawn from,
    so that what is logged in the week changes nothing, but for a seller of whom too few were
    known then. `carded` are the ids of calls that had a card when the week began.
    """
    pools: dict[str, list[Call]] = {}
    for call in known:
        pool = pools.setdefault(call.seller, [])
        if call.id not in carded:
            pool.append(call)
    found: dict[str, tuple[Call, ...]] = {}
    for seller, pool in sorted(pools.items()):
        then = [call for call in pool if call.id in early]
        found[seller] = _highest(then if len(then) >= COUNT else pool, week)
    return found


def _highest(pool: Sequence[Call], week: Period) -> tuple[Call, ...]:
    """The drawn calls in the order they were made."""
    best = sorted(pool, key=lambda call: _key(call, week), reverse=True)[:COUNT]
    return tuple(sorted(best, key=lambda call: (call.at, call.seq)))


def _key(call: Call, week: Period) -> tuple[bool, float, str]:
    length = bucket(call.seconds)
    share = random.Random(f"{week.first.isoformat()}/{call.id}").random()
    return length != _SHORT, share ** (1 / WEIGHTS.get(length, 1)), call.id
