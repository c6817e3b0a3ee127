"""What the head has chosen to look at, and the questions to the desk that follow from it."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, TypeVar

import msgspec

from events.vocabulary.plans import Measure, NormSource, Per
from projections.period import Period, month_of, week_of
from projections.question import Cut, Dials, Mode, Question, Reading

Choice = TypeVar("Choice", Mode, Per, Reading, Cut)

Choosable = Literal["mode", "per", "reading", "by", "weekly"]
"""What a key walks through, by the name of its field."""

CUTS: Final[tuple[Cut, ...]] = ("seller", "channel", "segment", "product", "territory", "group")
"""What a key walks through to cut conversions by."""

WEEKS: Final = 12
"""How far back a weekly strip goes, the week of today included."""

Work = Literal["activity", "calls", "norms", "ramp"]
"""The faces of the board of work."""

_NORMS: Final[tuple[NormSource | None, ...]] = (None, "plan", "best", "sector")


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The day it is, the choices the keys make, and the two dials.

    Activities are judged by the source `norm`, None by the norms that hold; `work` is the face of
    their board. Conversions are cut `by` something, or shown `weekly`. `as_of` is the last day
    seen, or a moment inside it; None is `today`. `known_at` is the moment up to which records are
    seen, `position` the same as a place in the log; None is all of them. With `share` others look
    on. `pairs` are the steps conversions are counted between, none those of the usual chain.
    """

    today: dt.date
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None
    position: int | None = None
    mode: Mode = "morning"
    measure: Measure = "revenue"
    per: Per = "day"
    reading: Reading = "cohort"
    norm: NormSource | None = None
    work: Work = "activity"
    by: Cut = "seller"
    weekly: bool = False
    share: bool = False
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def past(self) -> bool:
        """Whether a dial is set, so that this is not "now" and nothing may be written from it."""
        return self.as_of is not None or self.known_at is not None or self.position is not None

    @property
    def seen(self) -> dt.date:
        """The last day seen."""
        if isinstance(self.as_of, dt.datetime):
            return self.as_of.date()
        return self.as_of or self.today

    @property
    def dials(self) -> Dials:
        """The dials as reports take them."""
        return Dials(
            as_of=self.as_of or self.today,
            known_at=self.known_at,
            position=self.position,
            mode=self.mode,
        )


def now(view: View) -> View:
    """The same view with both dials at "now"."""
    return msgspec.structs.replace(view, as_of=None, known_at=None, position=None)


def at(view: View, dials: Dials | None) -> View:
    """The view with the dials where they stand; at today and knowing everything that is "now"."""
    if dials is None:
        return view
    seen = None if dials.as_of == view.today else dials.as_of
    return msgspec.structs.replace(
        view, as_of=seen, known_at=dials.known_at, position=dials.position
    )


def month(view: View, *sellers: str) -> Question:
    """The month of the day seen, of everybody or of some sellers."""
    return Question(
        period=month_of(view.seen),
        dials=view.dials,
        measure=view.measure,
        reading=view.reading,
        sellers=sellers,
    )


def conversions(view: View, *sellers: str) -> Question:
    """The same of conversions, between the pairs of steps that are wanted."""
    return msgspec.structs.replace(month(view, *sellers), pairs=view.pairs)


def again(question: Question, view: View) -> Question:
    """The question anew as the view has it now; one about a month is about the month seen."""
    period = month_of(view.seen) if question.period.month else question.period
    return msgspec.structs.replace(question, period=period, dials=view.dials, measure=view.measure)


def stretch(view: View) -> Question:
    """The month, or the day or week in it that was worked last, which may lie in the one before."""
    whole = month_of(view.seen)
    if view.per != "month":
        before = month_of(whole.first - dt.timedelta(days=1))
        whole = Period(before.first, whole.last)
    return msgspec.structs.replace(month(view), period=whole, per=view.per)


def weeks(view: View) -> Question:
    """The last weeks up to today, cut by week."""
    this = week_of(view.today)
    span = Period(this.first - dt.timedelta(weeks=WEEKS - 1), this.last)
    return msgspec.structs.replace(conversions(view), period=span, by="week")


def following(choice: Choosable, view: View) -> View:
    """The view with the next value of a choice that a key walks through."""
    match choice:
        case "mode":
            changed = msgspec.structs.replace(view, mode=_next(("morning", "evening"), view.mode))
        case "per":
            changed = msgspec.structs.replace(view, per=_next(("day", "week", "month"), view.per))
        case "reading":
            reading = _next(("cohort", "period"), view.reading)
            changed = msgspec.structs.replace(view, reading=reading)
        case "by":
            changed = msgspec.structs.replace(view, by=_next(CUTS, view.by))
        case "weekly":
            changed = msgspec.structs.replace(view, weekly=not view.weekly)
    return changed


def other_norm(view: View) -> View:
    """Activities judged by the next source of a norm, after the last one all of them in a table."""
    if view.work != "activity":
        return msgspec.structs.replace(view, work="activity", norm=None)
    place = _NORMS.index(view.norm) + 1
    if place == len(_NORMS):
        return msgspec.structs.replace(view, work="norms", norm=None)
    return msgspec.structs.replace(view, norm=_NORMS[place])


def other_work(view: View, work: Work) -> View:
    """The face of the board of work turned up, or the first one again where it was."""
    shown: Work = "activity" if view.work == work else work
    return msgspec.structs.replace(view, work=shown)


def _next(values: tuple[Choice, ...], value: Choice) -> Choice:
    """The value after this one, around the end."""
    return values[(values.index(value) + 1) % len(values)]
