"""`cockpit calendar show|off|work`."""

from __future__ import annotations

import datetime as dt

import click
import msgspec

from cockpit import formats
from cockpit.calendar_source import SATURDAY, calendars_in, ensure_calendars, workdays
from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.choices import Whole
from cockpit.cli.common import append, day_of, opened
from cockpit.cli.completers import sellers
from cockpit.cli.talk import done
from cockpit.cli.writing import asker
from cockpit.department import Department
from cockpit.words import mark, n, t
from events.vocabulary import CalendarSet


@click.group(
    cls=Group,
    help=mark("Working days: show, off, work."),
    epilog="calendar show 2026\ncalendar off 31.12.2026",
)
@file_option
def command() -> None:
    """The department's calendar, and what differs for a seller."""


@command.command(
    cls=Command,
    help=mark("Show a year's working days, its days off and the weekend days worked."),
    epilog="calendar show 2026",
)
@click.argument("year", type=Whole(1990, 2100), required=False)
@file_option
def show(year: int | None) -> None:
    """A year as the log has it."""
    with opened() as department:
        asked = year or department.now().year
        append(department, *ensure_calendars(department, [asked]))
        found = calendars_in(department.log).get((asked, None)) or CalendarSet(
            year=asked, source=""
        )
    days = workdays(found)
    click.echo(n("{year}: {count} working day", "{year}: {count} working days", days, year=asked))
    click.echo(t("days off: {days}", days=_listed(found.days_off)))
    click.echo(t("weekend days worked: {days}", days=_listed(found.workdays)))


def _overrule(days: tuple[str, ...], seller: str | None, working: bool) -> None:
    """Turn days into working days or days off, for everybody or for one seller."""
    with opened() as department:
        key = department.seller(seller, asker()) if seller else None
        meant = [day_of(department, text) for text in days]
        facts: list[CalendarSet] = []
        if key is None:
            facts += ensure_calendars(department, {day.year for day in meant})
        for year in sorted({day.year for day in meant}):
            own = [day for day in meant if day.year == year]
            facts.append(_changed(department, facts, year, key, own, working))
        append(department, *facts)
    word = t("working days") if working else t("days off")
    done(f"{word}: {_listed(meant)}" + (f" · {seller}" if seller else ""))


_seller = click.option(
    "--seller", metavar="SELLER", shell_complete=sellers, help=mark("For one seller only.")
)


@command.command(
    cls=Command,
    help=mark("Make days days off."),
    epilog="calendar off 31.12.2026\ncalendar off 2026-12-31 --seller ivanov",
)
@click.argument("days", nargs=-1, required=True)
@_seller
@file_option
def off(days: tuple[str, ...], seller: str | None) -> None:
    """Nobody works, whatever the country says."""
    _overrule(days, seller, working=False)


@command.command(
    cls=Command, help=mark("Make days working days."), epilog="calendar work 12.12.2026"
)
@click.argument("days", nargs=-1, required=True)
@_seller
@file_option
def work(days: tuple[str, ...], seller: str | None) -> None:
    """People work, whatever the country says."""
    _overrule(days, seller, working=True)


def _changed(
    department: Department,
    fresh: list[CalendarSet],
    year: int,
    seller: str | None,
    days: list[dt.date],
    working: bool,
) -> CalendarSet:
    """The year's calendar of that scope with some days the other way round."""
    kept = {(each.year, each.seller): each for each in fresh} | calendars_in(department.log)
    before = kept.get((year, seller)) or CalendarSet(year=year, seller=seller, source="")
    off_, on = set(before.days_off) - set(days), set(before.workdays) - set(days)
    if working:
        on |= {day for day in days if seller is not None or day.weekday() >= SATURDAY}
    else:
        off_ |= {day for day in days if seller is not None or day.weekday() < SATURDAY}
    return msgspec.structs.replace(
        before, days_off=tuple(sorted(off_)), workdays=tuple(sorted(on)), source="hand"
    )


def _listed(days: tuple[dt.date, ...] | list[dt.date]) -> str:
    """Days as people read them."""
    return ", ".join(map(formats.date, days)) or formats.UNKNOWN
