"""What the draw of a week needs of the log: the calls of the week before, and who rated them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from events.log import Log
from events.moments import in_utc
from events.trace import Trace
from events.vocabulary import CallMade, name_of
from projections.cards import Card
from projections.draw import Draw, Drawn, calls, draw, drawn_week


def load_draw(
    log: Log, cards: Iterable[Card], zone: str, day: dt.date, upto: int | None = None
) -> Draw:
    """The draw of the week a day lies in; calls are asked from the log, which alone has them all.

    `cards` are all there are, `zone` is the department's. What stands behind the position `upto`
    is not known.
    """
    week, made = drawn_week(day)
    dawn = dt.datetime.combine(week.first, dt.time(), ZoneInfo(zone))
    trace = Trace(kinds=(name_of(CallMade),), first=made.first, last=made.last, zone=zone,
                  upto=upto)  # fmt: skip
    then = log.known_upto(in_utc(dawn))
    known = calls(log.find(trace), zone, made)
    rated = [(card.call, card) for card in cards if card.call is not None]
    picked = draw(
        known,
        {call.id for call in known if call.seq <= then},
        {call for call, card in rated if card.day < week.first},
        week,
    )
    return Draw(
        week=week,
        made=made,
        sellers={
            seller: tuple(
                Drawn(each, tuple(card.seq for call, card in rated if call == each.id))
                for each in some
            )
            for seller, some in picked.items()
        },
    )
