"""The two dials and the stretch a report speaks of, from its options."""

from __future__ import annotations

import datetime as dt

import msgspec

from cockpit.department import Department
from cockpit.entry import moments, months
from cockpit.entry.steps import activity_of, own_steps, step_words
from cockpit.errors import Refused
from cockpit.words import t
from events.vocabulary.plans import Measure, NormSource
from projections.period import Period, month_of
from projections.question import Cut, Dials, Per, Question, Reading
from projections.steps import STEPS, Pair


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the options of a report said, as they were typed."""

    today: str | None = None
    as_of: str | None = None
    known_at: str | None = None
    month: str | None = None
    first: str | None = None
    last: str | None = None
    evening: bool = False
    measure: Measure = "revenue"
    per: Per = "month"
    reading: Reading = "cohort"
    by: Cut = "seller"
    pairs: tuple[tuple[str, str], ...] = ()
    sellers: tuple[str, ...] = ()
    until: str | None = None
    credit: bool = True
    as_closed: bool = False
    effect_days: int = 5
    norm: NormSource | None = None
    brief: bool = False


def day_given(department: Department, text: str | None) -> dt.date | None:
    """The day `--today` names, None where the clock says it."""
    return moments.parse_day(text, department.now().date()) if text else None


def past_given(
    department: Department, today: dt.date, as_of: str | None, known_at: str | None
) -> Dials | None:
    """The dials a screen is to open at, None for "now". Raises Refused for days that are none."""
    now = department.now()
    seen, known = _as_of(as_of, now, today), _known_at(known_at, now)
    ahead = not isinstance(seen, dt.datetime) and seen >= today
    if ahead and known is None:
        return None
    return Dials(as_of=today if ahead else seen, known_at=known)


def question_of(department: Department, name: str, asked: Asked) -> Question:
    """The question the options ask of a report by name. Raises Refused for days and months that
    are none.
    """
    now = department.now()
    today = day_given(department, asked.today) or now.date()
    as_of = _as_of(asked.as_of, now, today)
    seen = as_of.date() if isinstance(as_of, dt.datetime) else as_of
    period = _period(asked, today, seen)
    return Question(
        period=period,
        dials=Dials(
            as_of=as_of,
            known_at=_known_at(asked.known_at, now),
            position=_closed(department, period) if asked.as_closed else None,
            mode="evening" if asked.evening else "morning",
        ),
        measure=asked.measure,
        per=asked.per,
        reading=asked.reading,
        pairs=_pairs(department, name, asked),
        by=asked.by,
        sellers=tuple(department.seller(each) for each in asked.sellers),
        until=_until(asked.until, today, seen),
        credit=asked.credit,
        effect_days=asked.effect_days,
        norm=asked.norm,
        brief=asked.brief,
    )


def _pairs(department: Department, name: str, asked: Asked) -> tuple[Pair, ...]:
    """The pairs of steps that were typed, else for conversions those of the configuration."""
    if asked.pairs:
        return tuple((_step(department, one), _step(department, two)) for one, two in asked.pairs)
    if name != "conversions":
        return ()
    from cockpit import config

    return config.load().pairs()


def _step(department: Department, word: str) -> str:
    """The step of a sale a word means. Raises Refused with the steps there are."""
    step = activity_of(word)
    if step in STEPS:
        return step
    own = own_steps(department.log)
    if step in own:
        return step
    named = ", ".join([*step_words(), *sorted(own)])
    raise Refused(t("there is no step {word}: type one of {steps}", word=word, steps=named))


def _as_of(text: str | None, now: dt.datetime, today: dt.date) -> dt.date | dt.datetime:
    """The last business day seen, or a moment inside it where a time was said."""
    if text is None:
        return today
    when = moments.parse(text)
    if when.time is None and when.exact is None:
        return moments.parse_day(text, today)
    return moments.past(when, now)


def _closed(department: Department, period: Period) -> int:
    """The position at which the month was closed. Raises Refused where it was not."""
    closing = department.desk.closings().get(period.month or "")
    if closing is None:
        raise Refused(t("that month is not closed: type cockpit close {month}",
                        month=period.month or "2026-10"))  # fmt: skip
    return closing.position


def _until(text: str | None, today: dt.date, seen: dt.date) -> dt.date | None:
    """The day to be on the line; a weekday is the next one, the day seen included.

    Raises Refused for one that is over.
    """
    if text is None:
        return None
    day = moments.parse_day(text, today)
    when = moments.parse(text)
    if when.weekday is not None:
        return moments.ahead(when, seen - dt.timedelta(days=1))
    if day < seen:
        raise Refused(t("--until lies before the day seen: name a day to come"))
    return day


def _known_at(text: str | None, now: dt.datetime) -> dt.datetime | None:
    """The moment up to which records are seen; a day without a time is meant to its end.

    None is all of them, which is what is known by the end of today and ever after.
    """
    if text is None:
        return None
    when = moments.parse(text)
    if when.time is None and when.exact is None:
        day = moments.parse_day(text, now.date())
        return None if day >= now.date() else dt.datetime.combine(day, dt.time.max, now.tzinfo)
    return moments.past(when, now)


def _period(asked: Asked, today: dt.date, seen: dt.date) -> Period:
    """The month or the days asked for; else the month of the day seen."""
    if asked.first is None and asked.last is None:
        return months.parse(asked.month, today) if asked.month else month_of(seen)
    if asked.month is not None:
        raise Refused(t("--month and --from or --to say two things: leave one out"))
    first = moments.parse_day(asked.first, today) if asked.first else None
    last = moments.parse_day(asked.last, today) if asked.last else seen
    if first is None:
        first = last.replace(day=1)
    if last < first:
        raise Refused(t("--to lies before --from: turn them round"))
    return Period(first, last)
