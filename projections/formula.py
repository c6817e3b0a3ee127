"""A figure that can account for itself: its formula with the numbers put in, and its events."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Literal

import msgspec

from events.trace import Trace

Unit = Literal[
    "money", "percent", "ratio", "count", "days", "text", "date", "share", "seconds", "score", "own"
]
"""`money` is in minor units, `percent` is already times 100, `share` lies between 0 and 1,
`score` has two decimals, as a mean from 0 to 10.

`own` is a column whose rows speak of different things: each has its unit in its field `unit`.
"""

Value = int | Fraction | str | None


EventsSum = Literal["count", "talks", "amount", "margin", "profit"]


class Term(msgspec.Struct, frozen=True):
    """A symbol of a formula and what stands for it."""

    symbol: str
    value: Value
    unit: Unit


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why a figure is what it is.

    `expression` is written in the symbols of `terms` with the signs + - × ÷ and brackets, as
    in `T×w÷W`; it is empty where the figure is plainly counted or summed from the events of
    `trace`. `events_sum` says what of those events adds up to the figure: their number, that
    number without the calls too short to be talks (`talks`), an amount, or None where the figure is
    computed and not summed. With `recorded_after`, a moment with an offset, only what the log
    took later than that stands behind the figure, with `recorded_until` only what it had by then.
    With `recorded_late` only what was recorded more than 24 hours after it happened does.
    `days` are the days that a number of days counts, where they can be told.
    `also` are events that are part of it besides those of `trace`; there are few of them.
    `otherwise` is what stands behind the figure where nothing has happened yet: the plan, the norm.
    """

    figure: str
    unit: Unit
    value: Value
    expression: str
    terms: tuple[Term, ...]
    trace: Trace
    events_sum: EventsSum | None = None
    recorded_after: dt.datetime | None = None
    recorded_until: dt.datetime | None = None
    recorded_late: bool = False
    days: tuple[dt.date, ...] = ()
    also: tuple[Trace, ...] = ()
    otherwise: Trace | None = None
