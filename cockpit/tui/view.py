"""What the head has chosen to look at, and the questions to the desk that follow from it."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, TypeVar

import msgspec

from events.vocabulary.plans import Measure, NormSource, Per
from projections.period import Period, month_of
from projections.question import Dials, Mode, Question, Reading

Choice = TypeVar("Choice", Mode, Per, Reading)

Work = Literal["activity", "calls", "norms", "ramp"]
"""The faces of the board of work."""

_NORMS: Final[tuple[NormSource | None, ...]] = (None, "plan", "best", "sector")


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The day it is, and the choices the keys make."""

    today: dt.date
    mode: Mode = "morning"
    measure: Measure = "revenue"
    per: Per = "day"
    reading: Reading = "cohort"
    norm: NormSource | None = None
    work: Work = "activity"


def month(view: View, *sellers: str) -> Question:
    """The month of today, of everybody or of some sellers."""
    return Question(
        period=month_of(view.today),
        dials=Dials(as_of=view.today, mode=view.mode),
        measure=view.measure,
        reading=view.reading,
        sellers=sellers,
    )


def stretch(view: View) -> Question:
    """The month, or the day or week in it that was worked last, which may lie in the one before."""
    whole = month_of(view.today)
    if view.per != "month":
        before = month_of(whole.first - dt.timedelta(days=1))
        whole = Period(before.first, whole.last)
    return msgspec.structs.replace(month(view), period=whole, per=view.per)


def following(choice: Literal["mode", "per", "reading"], view: View) -> View:
    """The view with the next value of a choice that a key walks through."""
    match choice:
        case "mode":
            changed = msgspec.structs.replace(view, mode=_next(("morning", "evening"), view.mode))
        case "per":
            changed = msgspec.structs.replace(view, per=_next(("day", "week", "month"), view.per))
        case "reading":
            reading = _next(("cohort", "period"), view.reading)
            changed = msgspec.structs.replace(view, reading=reading)
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
