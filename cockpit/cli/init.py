"""`cockpit init`."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from cockpit.calendar_source import calendar_of, checked_country, workdays
from cockpit.cli.base import Command, file_option, given_file
from cockpit.cli.choices import Choice, Number
from cockpit.cli.places import checked_currency, checked_zone, language_of, zone_of
from cockpit.cli.talk import done, say
from cockpit.department import login
from cockpit.errors import Refused
from cockpit.speaking import locale_language, speak
from cockpit.words import LANGUAGES, mark, n, t
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import CalendarSet, DepartmentOpened
from events.vocabulary.fact import Fact
from events.vocabulary.people import BRIEF, Recognition


@click.command(
    cls=Command,
    help=mark(
        "Open a department: a new log with its ground rules and its working calendar. What is "
        "not given is asked for at a terminal."
    ),
    epilog='init\ninit --name "Отдел продаж" --country RU --currency RUB --zone Europe/Moscow',
)
@click.option("--name", metavar="NAME", help=mark("What the department is called."))
@click.option("--country", metavar="CODE", help=mark("The country of the calendar, like RU."))
@click.option("--currency", metavar="CODE", help=mark("The currency, like RUB."))
@click.option("--zone", metavar="ZONE", help=mark("The time zone days are counted in."))
@click.option(
    "--language",
    type=Choice(LANGUAGES),
    help=mark("The language to speak; without it the terminal's, else the country's."),
)
@click.option(
    "--recognise",
    type=Choice(["payment", "order", "invoice", "won"]),
    default="payment",
    help=mark("What counts as a sale: money received, an order, an invoice or a won deal."),
)
@click.option(
    "--brief",
    type=Number(),
    default=BRIEF,
    metavar="SECONDS",
    help=mark("Calls shorter than this are no work done for the norms; 0 counts every call."),
)
@file_option
@click.pass_context
def command(
    context: click.Context,
    name: str | None,
    country: str | None,
    currency: str | None,
    zone: str | None,
    language: str | None,
    recognise: Recognition,
    brief: int,
) -> None:
    """Everything is checked before the first byte is written."""
    path = given_file(context)
    _refuse_second(path)
    speak(language)
    code = _given(country, "--country", t("country, like RU, HU or BG"), checked_country)
    money, digits = _given(
        currency, "--currency", t("currency, like RUB, HUF or EUR"), checked_currency
    )
    guess = zone_of(code)
    where = _given(zone, "--zone", t("time zone"), checked_zone, guess)
    called = _given(name, "--name", t("name of the department"), _filled)
    opened = DepartmentOpened(
        name=called,
        country=code,
        currency=money,
        minor_digits=digits,
        zone=where,
        language=language or locale_language() or language_of(code),
        recognition=recognise,
        brief_seconds=brief,
    )
    now = dt.datetime.now(ZoneInfo(where)).replace(microsecond=0)
    years = [calendar_of(code, year) for year in (now.year - 1, now.year, now.year + 1)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with SqliteLog.open(path) if path.exists() else SqliteLog.create(path) as log:
        facts: list[Fact] = [opened, *years]
        log.append([Draft(body=fact, occurred_at=now, actor=login()) for fact in facts])
    _tell(path, opened, years[1])


def _refuse_second(path: Path) -> None:
    """Raises Refused where a department lies already; an empty file makes room for one."""
    if path.is_file() and path.stat().st_size == 0:
        path.unlink()
    if not path.exists():
        return
    with SqliteLog.open(path, writable=False) as log:
        if log.head().seq:
            raise Refused(
                t("{path} holds a department already: add --file for another one", path=path)
            )


T = TypeVar("T")


def _given(
    value: str | None, option: str, what: str, check: Callable[[str], T], guess: str | None = None
) -> T:
    """A value checked: from its option, else asked for at a terminal, else the guess.

    Raises Refused with the option to add.
    """
    if value is not None:
        return check(value)
    if sys.stdin.isatty() and sys.stderr.isatty():
        return _asked(what, check, guess)
    if guess is None:
        raise Refused(t("add {option}: the {what}", option=option, what=what))
    return check(guess)


def _asked(what: str, check: Callable[[str], T], guess: str | None) -> T:
    """Ask until an answer passes."""
    while True:
        try:
            return check(click.prompt(what, default=guess, err=True))
        except Refused as error:
            say(str(error))


def _filled(text: str) -> str:
    """A name that is not empty."""
    if not text.strip():
        raise Refused(t("a department needs a name"))
    return text.strip()


def _tell(path: Path, opened: DepartmentOpened, year: CalendarSet) -> None:
    """What there is now, and what to type next."""
    speak(opened.language)
    days = workdays(year)
    done(
        n(
            "{name}: {country}, {currency}, {zone}, {count} working day in {year}",
            "{name}: {country}, {currency}, {zone}, {count} working days in {year}",
            days,
            name=opened.name,
            country=opened.country,
            currency=opened.currency,
            zone=opened.zone,
            year=year.year,
        )
    )
    say(t("the log lies in {path}", path=path))
    say(t("next:"))
    for line in (
        t('cockpit seller add ivanov "Ivan Ivanov"'),
        t("cockpit plan set ivanov 3m"),
        t('cockpit client add "Rose Ltd"'),
        t("cockpit log call 3m20 out Rose --as ivanov"),
        "cockpit standup",
    ):
        say(f"  {line}")
