"""A country's working days, moved ones included, as the events the log keeps of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.metadata import version

import holidays

from cockpit.department import Department
from cockpit.entry.deals import withdrawn
from cockpit.errors import Refused
from cockpit.words import language, t
from events.log import Log
from events.trace import Trace
from events.vocabulary import CalendarSet

SATURDAY = 5
"""The first day of a weekend, as `date.weekday` counts."""

_CLOSE = 3


def calendar_of(country: str, year: int) -> CalendarSet:
    """A year's weekdays off and weekend days worked; `country` as `checked_country` gives it."""
    known = holidays.country_holidays(country, years=year)
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(n) for n in range((dt.date(year + 1, 1, 1) - first).days)]
    return CalendarSet(
        year=year,
        days_off=tuple(d for d in days if d.weekday() < SATURDAY and not known.is_working_day(d)),
        workdays=tuple(d for d in days if d.weekday() >= SATURDAY and known.is_working_day(d)),
        source=f"holidays {version('holidays')} {country}",
    )


def workdays(calendar: CalendarSet) -> int:
    """How many days of a year are worked."""
    first = dt.date(calendar.year, 1, 1)
    days = (first + dt.timedelta(place) for place in range(366))
    week = sum(day.weekday() < SATURDAY for day in days if day.year == calendar.year)
    return week - len(calendar.days_off) + len(calendar.workdays)


def checked_country(text: str) -> str:
    """The code of a country given by its code or its name; raises Refused with the nearest ones."""
    codes = holidays.list_supported_countries(include_aliases=False)
    if text.strip().upper() in codes:
        return text.strip().upper()
    names = _names(set(codes))
    said = text.strip().casefold()
    if said in names:
        return names[said]
    near = _nearest(said, names)
    raise Refused(
        t("no working calendar is known for {text}: try {near}", text=text, near=", ".join(near))
        if near
        else t("no working calendar is known for {text}: type a code like HU", text=text)
    )


def _names(codes: set[str]) -> dict[str, str]:
    """The code of each country by its name in English and in the spoken language."""
    from babel import Locale

    return {
        name.casefold(): code
        for spoken in ("en", language())
        for code, name in Locale(spoken).territories.items()
        if code in codes
    }


def _nearest(said: str, names: dict[str, str]) -> list[str]:
    """Codes with names, as `RU (russia)`, of the countries whose names look most like it."""
    from rapidfuzz import fuzz, process

    hits = process.extract(said, list(names), scorer=fuzz.ratio, limit=_CLOSE, score_cutoff=70)
    return [f"{names[name]} ({name.title()})" for name, _, _ in hits]


def calendars_in(log: Log) -> dict[tuple[int, str | None], CalendarSet]:
    """The calendar that holds for each year, of the department (None) or of a seller."""
    kinds = ("calendar_set",)
    found = list(log.find(Trace(kinds=kinds)))
    gone = withdrawn(found)
    bodies = [event.body for event in found if event.id not in gone]
    calendars = [body for body in bodies if isinstance(body, CalendarSet) and body.team is None]
    return {(calendar.year, calendar.seller): calendar for calendar in calendars}


def ensure_calendars(department: Department, years: Iterable[int]) -> list[CalendarSet]:
    """The calendars the log lacks for these years, none for a country nobody has one of."""
    known = calendars_in(department.log)
    country = department.settings.country
    if country not in holidays.list_supported_countries():
        return []
    return [calendar_of(country, year) for year in sorted(years) if (year, None) not in known]
