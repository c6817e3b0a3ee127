"""Moments as sellers type them: `yesterday 16:40`, `вчера`, `pénteken`, `15.11.2026 9:05`.

Read by hand, since compiling patterns would cost more than the rest of logging a call.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import msgspec

from cockpit import formats
from cockpit.entry.tables import BEFORE_A_DAY, BEFORE_A_TIME, DAYS, WEEKDAYS
from cockpit.entry.whole import whole
from cockpit.errors import Refused
from cockpit.words import language, t

_NOON: Final = dt.time(12)

_YEAR: Final = 4
"""Digits of a year, the longest number in a date."""

_CLOCK: Final = 2
"""Digits of an hour or a minute."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""Dates are reckoned with on both sides of the year that is typed."""


class When(msgspec.Struct, frozen=True):
    """What was said of a moment: a day at some distance, a weekday or a date, and a time."""

    shift: int | None = None
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    time: dt.time | None = None
    exact: dt.datetime | None = None

    @property
    def names_a_day(self) -> bool:
        """Whether a day was said, and not only a time."""
        return any(part is not None for part in (self.shift, self.weekday, self.day, self.exact))


def read(words: Sequence[str], start: int = 0, *, bare_time: bool = True) -> tuple[When, int]:
    """The moment that begins at a word, and how many words it takes: 0 where none begins.

    Without `bare_time` a time counts only after a day or a word like `at`.
    """
    at = start
    while at < len(words) and words[at].casefold() in BEFORE_A_DAY | BEFORE_A_TIME:
        at += 1
    led = at > start
    day, taken = _day(words, at)
    if not taken:
        time = _time(words, at)
        if time is None or not (bare_time or led):
            return When(), 0
        return When(time=time), at + 1 - start
    at += taken
    if day.exact is not None:
        return day, at - start
    at_word = at < len(words) and words[at].casefold() in BEFORE_A_TIME
    time = _time(words, at + at_word)
    if time is None:
        return day, at - start
    return msgspec.structs.replace(day, time=time), at + at_word + 1 - start


def parse(text: str) -> When:
    """The moment a whole text says; raises Refused with what to type instead."""
    when = _whole(text)
    if when is None:
        raise Refused(
            t("{text} is not a moment: type yesterday 16:40, 15.11 or 2026-11-15", text=text)
        )
    return when


def past(when: When, now: dt.datetime) -> dt.datetime:
    """The moment meant by somebody who speaks of what happened; noon where no time was said.

    `now` carries the department's zone. Raises Refused for a moment still ahead.
    """
    if when.exact is not None:
        moment = _zoned(when.exact, now)
    else:
        day = _day_of(when, now.date(), back=True)
        if when.time is None and day == now.date():
            return now
        moment = _localized(dt.datetime.combine(day, when.time or _NOON), now)
        if when.weekday is not None and _later(moment, now):
            earlier = dt.datetime.combine(day - dt.timedelta(7), when.time or _NOON)
            moment = _localized(earlier, now)
    if _later(moment, now):
        raise Refused(
            t(
                "{moment} is still ahead: facts are logged after they happened",
                moment=formats.moment(moment),
            )
        )
    return moment


def ahead(when: When, today: dt.date) -> dt.date:
    """The day meant by somebody who speaks of what will be; raises Refused for a day gone by."""
    day = when.exact.date() if when.exact is not None else _day_of(when, today, back=False)
    if day < today:
        raise Refused(t("{day} has gone by: type a day still ahead", day=formats.date(day)))
    return day


def parse_day(text: str, today: dt.date) -> dt.date:
    """The day a text says, gone by or ahead; a weekday is the last one, today included.

    Raises Refused with what to type instead.
    """
    when = _whole(text)
    if when is None:
        raise Refused(t("{text} is not a day: type yesterday, 15.11 or 2026-11-15", text=text))
    return when.exact.date() if when.exact is not None else _day_of(when, today, back=True)


def _whole(text: str) -> When | None:
    """What a text says where all of it is a moment."""
    words = text.split()
    when, taken = read(words)
    return when if taken and taken == len(words) else None


def _later(moment: dt.datetime, now: dt.datetime) -> bool:
    """Whether a moment lies after now, by the sun and not by the wall clock."""
    return moment.astimezone(dt.UTC) > now.astimezone(dt.UTC)


def _day(words: Sequence[str], at: int) -> tuple[When, int]:
    """The day said at a word and the number of words it takes."""
    if at >= len(words):
        return When(), 0
    word = words[at].casefold().rstrip(",")
    phrase = " ".join((word, *words[at + 1 : at + 2])).casefold()
    for said, taken in ((phrase, 2), (word, 1)):
        if said in DAYS:
            return When(shift=DAYS[said]), min(taken, len(words) - at)
    if word in WEEKDAYS:
        return When(weekday=WEEKDAYS[word]), 1
    date = _date(word)
    return (date, 1) if date is not None else (When(), 0)


def _date(word: str) -> When | None:
    """A date in figures: `2026-11-15`, `15.11`, `15.11.26`, or a whole ISO moment."""
    if not word[:1].isdecimal():
        return None
    if "t" in word[8:]:
        return _iso_moment(word)
    parts = word.rstrip(".").replace("-", ".").split(".")
    numbers = [number for part in parts if (number := whole(part, _YEAR)) is not None]
    if not 2 <= len(numbers) == len(parts) <= 3:
        return None
    sizes = list(map(len, parts))
    if sizes[0] == 4 and len(parts) == 3:
        return When(year=numbers[0], month=numbers[1], day=numbers[2])
    if "-" in word or max(sizes[:2]) > 2 or sizes[2:] not in ([], [2], [4]):
        return None
    month_first = language() == "hu" and len(parts) == 2 and numbers[0] <= 12
    day, month = numbers[1::-1] if month_first else numbers[:2]
    year = numbers[2] + 2000 * (sizes[2] == 2) if len(parts) == 3 else None
    return When(year=year, month=month, day=day) if _exists(day, month) else None


def _iso_moment(word: str) -> When | None:
    """A whole moment as programs write it."""
    try:
        moment = dt.datetime.fromisoformat(word.upper())
    except ValueError:
        return None
    check_year(moment.year)
    return When(exact=moment)


def _exists(day: int, month: int) -> bool:
    """Whether a month can have such a day."""
    return 1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 + (month in _LONG))


_LONG: Final = frozenset((1, 3, 5, 7, 8, 10, 12))


def _time(words: Sequence[str], at: int) -> dt.time | None:
    """The time of day said at a word."""
    word = words[at].casefold().removesuffix("-kor") if at < len(words) else ""
    hour, colon, minute = word.partition(":")
    hours, minutes = whole(hour, _CLOCK), whole(minute, _CLOCK)
    if not colon or hours is None or minutes is None or len(minute) < _CLOCK:
        return None
    return dt.time(hours, minutes) if hours < 24 and minutes < 60 else None


def _day_of(when: When, today: dt.date, *, back: bool) -> dt.date:
    """The business day meant, seen from today."""
    if when.shift is not None:
        return today + dt.timedelta(when.shift)
    if when.weekday is not None:
        gone = (today.weekday() - when.weekday) % 7
        return today - dt.timedelta(gone) if back else today + dt.timedelta((-gone) % 7 or 7)
    if when.day is None or when.month is None:
        return today
    if when.year is not None:
        return _calendar_date(when.year, when.month, when.day)
    if (when.month, when.day) == (2, 29):
        return _calendar_date(today.year, 2, 29)
    years = (today.year - 1, today.year, today.year + 1)
    days = (dt.date(year, when.month, when.day) for year in years)
    return min(days, key=lambda day: abs(day - today))


def _calendar_date(year: int, month: int, day: int) -> dt.date:
    """A date; raises Refused for one that no calendar has, and for another age."""
    check_year(year)
    try:
        return dt.date(year, month, day)
    except ValueError:
        text = f"{day:02}.{month:02}.{year}"
        raise Refused(t("there is no {text} in the calendar", text=text)) from None


def check_year(year: int) -> None:
    """Raises Refused for a year in which nobody sells."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            t(
                "{year} is another age: type a year from {first} to {last}",
                year=year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        )


def _zoned(moment: dt.datetime, now: dt.datetime) -> dt.datetime:
    """A moment with an offset; one without it is meant in the department's zone."""
    return moment if moment.tzinfo is not None else _localized(moment, now)


def _localized(naive: dt.datetime, now: dt.datetime) -> dt.datetime:
    """A wall-clock moment in the zone of `now`; raises Refused for one the clocks jumped over."""
    moment = naive.replace(tzinfo=now.tzinfo)
    back = moment.astimezone(dt.UTC).astimezone(now.tzinfo).replace(tzinfo=None)
    if back != naive:
        raise Refused(
            t(
                "{time} did not exist on {day}: the clocks went forward",
                time=f"{naive:%H:%M}",
                day=formats.date(naive.date()),
            )
        )
    return moment
