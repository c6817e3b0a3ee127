"""Dates and moments as files have them, by declared formats tried in order.

A format is written like strptime's (`%d.%m.%Y %H:%M`), or is one of `iso`, `excel`, `excel1904`,
`unix`, `unix_ms`. Names of months are read in the department's four languages, and in others of
Europe where no two of them mean different months by one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Final

import msgspec

from cockpit.entry.moments import FIRST_YEAR, LAST_YEAR
from cockpit.importing.batch import Together
from cockpit.importing.cells import Cell, seen, text_of
from cockpit.importing.errors import RowError
from cockpit.importing.place import Place
from cockpit.words import LANGUAGES, t

Moment = dt.date | dt.datetime
"""A `date` where there was no time of day; a `datetime` is naive where there was no offset."""

Parse = Callable[[Cell], Moment | None]

_ELSEWHERE: Final = (
    *("cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "it", "lt", "lv", "nb", "nl", "pl"),
    *("pt", "ro", "sk", "sl", "sr", "sv", "tr", "uk"),
)
"""Further languages that months are named in."""

_DAY: Final = dt.timedelta(days=1)
_ISO_RUN: Final = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?\n)*+"
)
_TO_THE_MINUTE: Final = len("2026-04-15 09:00")
_DECODE: Final = msgspec.json.Decoder(list[dt.datetime]).decode
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_EPOCHS: Final = {"excel": dt.datetime(1899, 12, 30), "excel1904": dt.datetime(1904, 1, 1)}  # noqa: DTZ001
_CODES: Final = {
    "d": r"(?P<d>\d{1,2})",
    "m": r"(?P<m>\d{1,2})",
    "Y": r"(?P<Y>\d{4})",
    "y": r"(?P<y>\d{2})",
    "H": r"(?P<H>\d{1,2})",
    "I": r"(?P<I>\d{1,2})",
    "M": r"(?P<M>\d{2})",
    "S": r"(?P<S>\d{2})",
    "f": r"(?P<f>\d{1,9})",
    "b": r"(?P<b>[^\W\d_]+)\.?",
    "a": r"[^\W\d_]+\.?",
    "p": r"(?P<p>[ap])\.?m\.?",
    "z": r"(?P<z>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)",
    "%": "%",
}
_SAME: Final = {"B": "b", "A": "a"}
_ORDER: Final = re.compile(r"%(?P<first>[dm])(?P<between>[^%]*)%[dm]")


def parser(formats: str | Sequence[str], place: Place) -> Parse:
    """A function that reads a cell by the first format that fits; raises Refused for a bad one.

    The function gives None for an empty cell and raises RowError where no format fits.
    """
    names = (formats,) if isinstance(formats, str) else tuple(formats)
    _refuse_a_guess(names, place)
    tries = [_format(name, place) for name in names]

    def parse(cell: Cell) -> Moment | None:
        if cell is None or isinstance(cell, dt.date):
            return cell
        text = cell.strip() if isinstance(cell, str) else text_of(cell)
        if not text:
            return None
        for attempt in tries:
            moment = attempt(text)
            if moment is not None:
                return moment
        bare = seen(text)
        if bare != text:
            return parse(bare)
        raise RowError(
            t(
                "{text} is no date of the form {formats}: put it right, or say its form with date",
                text=text,
                formats=" | ".join(names),
            )
        )

    return parse


def moment_in(moment: Moment, zone: dt.tzinfo, day_zone: dt.tzinfo, time: dt.time) -> dt.datetime:
    """A moment with an offset. A date alone is a business day: it gets `time` in `day_zone`.

    Raises RowError for a year in which nobody sells.
    """
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise RowError(
            t(
                "{year} is another age: type a year from {first} to {last}",
                year=moment.year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        )
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, time, day_zone)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return _settled(moment)


def _settled(moment: dt.datetime) -> dt.datetime:
    """A moment with its offset instead of a place's zone."""
    offset = moment.utcoffset()
    return moment if offset is None else moment.replace(tzinfo=_fixed(offset))


def together_in(zone: dt.tzinfo) -> Together[dt.datetime]:
    """Reads a column of plain ISO moments without an offset, as `moment_in` does one by one.

    Reading the offset as part of the text costs a tenth of putting it into a moment afterwards.
    """

    def read(texts: Sequence[str]) -> Sequence[dt.datetime] | None:
        if not _ISO_RUN.fullmatch("\n".join(texts) + "\n"):
            return None
        try:
            offsets = {day: _all_day(zone, day) for day in {text[:10] for text in texts}}
            together = _of_one_offset(texts, set(offsets.values()))
            if together is not None:
                return together
            parse = dt.datetime.fromisoformat
            found = [parse(text + offsets[text[:10]]) for text in texts]
        except ValueError:
            return None
        if "" in offsets.values():
            return [at if at.tzinfo else _settled(at.replace(tzinfo=zone)) for at in found]
        return found

    return read


def _of_one_offset(texts: Sequence[str], offsets: Set[str]) -> Sequence[dt.datetime] | None:
    """Moments without seconds, read in one call; None where they have some or several offsets."""
    offset = min(offsets)
    if not offset or len(offsets) > 1 or set(map(len, texts)) != {_TO_THE_MINUTE}:
        return None
    end = f':00{offset}"'
    joined = f'{end},"'.join(texts)
    try:
        return _DECODE(f'["{joined}{end}]')
    except msgspec.DecodeError:
        return None


@cache
def _all_day(zone: dt.tzinfo, day: str) -> str:
    """The offset of a whole day as text; empty where the clock is put forward or back.

    Raises ValueError for a day of another age.
    """
    begin = dt.datetime.fromisoformat(day)
    if not FIRST_YEAR <= begin.year <= LAST_YEAR:
        raise ValueError(day)
    offsets = {each.replace(tzinfo=zone).isoformat()[19:] for each in (begin, begin + _DAY)}
    offset = offsets.pop()
    return "" if offsets else offset


@cache
def _fixed(offset: dt.timedelta) -> dt.timezone:
    """An offset as a zone of its own, which is quicker to ask than a place's."""
    return dt.timezone(offset)


def _refuse_a_guess(names: Sequence[str], place: Place) -> None:
    """Two formats that differ in the order of day and month would decide value by value."""
    orders: dict[str, str] = {}
    for name in names:
        found = _ORDER.search(name)
        if found and orders.setdefault(found["between"], found["first"]) != found["first"]:
            place.refuse(
                t(
                    "day first or month first is said once for a column, not both: {a}, {b}",
                    a=names[0],
                    b=name,
                )
            )


def _format(name: str, place: Place) -> Callable[[str], Moment | None]:
    """One format as a function from text to a moment, None where it does not fit."""
    if name == "iso":
        return _iso
    if name in _EPOCHS:
        return lambda text: _serial(text, _EPOCHS[name])
    if name in ("unix", "unix_ms"):
        unit = 1000 if name == "unix_ms" else 1
        return lambda text: _unix(text, unit)
    pattern = _pattern(name, place)
    return lambda text: _moment(found) if (found := pattern.fullmatch(text)) else None


def _iso(text: str) -> Moment | None:
    """ISO 8601, a date or a moment."""
    if text[4:5] != "-" or text[7:8] != "-":
        return None
    try:
        if len(text) == 10:
            return dt.date.fromisoformat(text)
        return dt.datetime.fromisoformat(text) if text[10] in "T " else None
    except (ValueError, IndexError):
        return None


def _serial(text: str, epoch: dt.datetime) -> Moment | None:
    """A spreadsheet's day number; the part after the mark is the time of day."""
    if not _NUMBER.fullmatch(text):
        return None
    number = Fraction(Decimal(text.replace(",", ".")))
    if number.denominator == 1:
        return _shifted(epoch, int(number), 0, date_only=True)
    return _shifted(epoch, 0, round(number * 86400), date_only=False)


def _shifted(epoch: dt.datetime, days: int, seconds: int, *, date_only: bool) -> Moment | None:
    """A moment at a distance, None past the end of the calendar."""
    try:
        moment = epoch + dt.timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None
    return moment.date() if date_only else moment


def _unix(text: str, unit: int) -> Moment | None:
    """Seconds or milliseconds since 1970 in UTC."""
    if not _NUMBER.fullmatch(text):
        return None
    micros = round(Fraction(Decimal(text.replace(",", "."))) * 1_000_000 / unit)
    try:
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=micros)
    except OverflowError:
        return None


def _pattern(name: str, place: Place) -> re.Pattern[str]:
    """A format as a regular expression; raises Refused for a code it does not know."""
    pieces: list[str] = []
    codes: set[str] = set()
    rest = iter(name)
    for char in rest:
        if char == "%":
            code = next(rest, "")
            code = _SAME.get(code, code)
            if code not in _CODES:
                codes_known = (f"%{each}" for each in (*_CODES, *_SAME))
                place.unknown(f"%{code}", codes_known, t("%{code} is no part of a date", code=code))
            codes.add(code)
            pieces.append(_CODES[code])
        else:
            pieces.append(r"\s+" if char.isspace() else re.escape(char))
    if "p" in codes and "I" not in codes:
        said = t(
            "{half} needs {hour}, the hour of twelve, in {format}",
            half="%p",
            hour="%I",
            format=name,
        )
        place.refuse(said)
    if not codes & {"Y", "y"} or not codes & {"m", "b"}:
        place.refuse(
            t("{format} is no date format: it needs %Y and %m, or iso, excel, unix", format=name)
        )
    try:
        return re.compile("".join(pieces), re.IGNORECASE)
    except re.error:
        place.refuse(t("{format} says the same part twice", format=name))


def _moment(found: re.Match[str]) -> Moment | None:
    """The moment in the parts of a format, None where no calendar has it."""
    part = found.groupdict()
    month = int(part["m"]) if part.get("m") else _month(part["b"].casefold())
    year = int(part["Y"]) if part.get("Y") else _century(int(part["y"]))
    hour = _hour(part)
    if month is None or hour is None:
        return None
    try:
        date = dt.date(year, month, int(part.get("d") or 1))
        if not (part.get("H") or part.get("I")):
            return date
        micros = int((part.get("f") or "0").ljust(6, "0")[:6])
        time = dt.time(hour, int(part.get("M") or 0), int(part.get("S") or 0), micros)
        return dt.datetime.combine(date, time, _offset(part.get("z")))
    except ValueError:
        return None


def _century(year: int) -> int:
    """Two digits of a year: 69 to 99 are of the last century."""
    return year + (1900 if year >= 69 else 2000)


def _hour(part: dict[str, str | None]) -> int | None:
    """The hour of the day, of a clock with twelve hours too."""
    if part.get("H"):
        return int(part["H"] or 0)
    if not part.get("I"):
        return 0
    hour = int(part["I"] or 0)
    if not 1 <= hour <= 12:
        return None
    after_noon = (part.get("p") or "a").casefold() == "p"
    return hour % 12 + 12 * after_noon


def _offset(text: str | None) -> dt.tzinfo | None:
    """The offset a text names; None where none is given."""
    if text is None:
        return None
    if text[0] not in "+-":
        return dt.UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    distance = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-distance if text[0] == "-" else distance)


def _month(name: str) -> int | None:
    """The number of a month."""
    return _months().get(name) or _months_elsewhere().get(name)


@cache
def _months() -> dict[str, int]:
    """Every name of a month and every beginning of one with three letters or more."""
    known: dict[str, int] = {}
    for name, number in _beginnings(LANGUAGES):
        known.setdefault(name, number)
    return known


@cache
def _months_elsewhere() -> dict[str, int]:
    """The same in more languages, without what says different months in two of them."""
    found: dict[str, set[int]] = {"mrz": {3}}
    for name, number in _beginnings(_ELSEWHERE):
        found.setdefault(name, set()).add(number)
    return {name: number for name, (number, *others) in found.items() if not others}


def _beginnings(languages: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Names of months from their third letter on."""
    from babel import Locale

    for language in languages:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    bare = name.casefold().rstrip(".")
                    yield from ((bare[:end], number) for end in range(3, len(bare) + 1))
