"""What a reader asks of a report: which stretch, seen from when, known by when, cut how."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from events.vocabulary.plans import Measure, NormSource
from projections.period import Period

Mode = Literal["morning", "evening"]
Reading = Literal["cohort", "period"]
Per = Literal["day", "week", "month"]
Cut = Literal["seller", "book", "direction", "channel", "segment", "territory", "product", "group",
              "temperature", "bucket", "week"]  # fmt: skip


class Dials(msgspec.Struct, frozen=True, kw_only=True):
    """The two dials. `as_of`: what had occurred; `known_at`: what had been recorded.

    `as_of` is the last business day seen, or a moment with an offset inside it. `known_at` is a
    moment with an offset; None is now, that is the whole log. `position` says the same as a place
    in the log, for moments finer than its clock; of the two the earlier one holds. In the morning
    the day itself is not yet due (W and w count completed days before `as_of`), in the evening it
    is.
    """

    as_of: dt.date | dt.datetime
    known_at: dt.datetime | None = None
    position: int | None = None
    mode: Mode = "morning"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a report may be asked; what does not concern it is left alone.

    Activities are judged by the norms that hold, or by those of one source, `norm`, alone; calls
    too short to be talks count only with `brief`.

    Catching up is reckoned to the day `until`, the end of the week if it is None, and with
    `credit` for what the deals in hand are expected to bring by then. The effect of a correction
    is measured over `effect_days` working days on either side of it.
    """

    period: Period
    dials: Dials
    measure: Measure = "revenue"
    per: Per = "month"
    reading: Reading = "cohort"
    pairs: tuple[tuple[str, str], ...] = ()
    by: Cut = "seller"
    sellers: tuple[str, ...] = ()
    until: dt.date | None = None
    credit: bool = True
    effect_days: int = 5
    norm: NormSource | None = None
    brief: bool = False
