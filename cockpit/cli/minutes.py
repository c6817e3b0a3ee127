"""`cockpit minutes`."""

from __future__ import annotations

import datetime as dt

import click

from cockpit import formats
from cockpit.cli.base import Command, file_option
from cockpit.cli.common import day_of, opened
from cockpit.department import Department
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.vocabulary.fact import Fact
from projections.period import Period
from projections.period import day_of as whole
from projections.question import Dials, Question
from projections.reports.minutes import Minutes

_LAST = "last"
_BACK = dt.timedelta(days=400)


@click.command(
    cls=Command,
    help=mark(
        "The minutes of a stand-up: who was there, the time of each item, the figures as they "
        "stood at that moment, what was agreed with whom. DAY is a day or `last`."
    ),
    epilog="minutes\nminutes 2026-11-19\nminutes last --json",
)
@click.argument("day", default=_LAST, metavar="[DAY|last]")
@click.option("--json", "form", flag_value="json", help=mark("As JSON, for programs."))
@click.option(
    "--markdown",
    "form",
    flag_value="markdown",
    help=mark("As Markdown, for the chat; the default."),
)
@file_option
def command(day: str, form: str | None) -> None:
    """The last stand-up of the day, or the last of all."""
    from cockpit.render import minutes
    from cockpit.render.lines import with_clients

    with opened() as department:
        report = _asked(department, day)
        said = said_of(department, report.events())
        names = with_clients(department.seller_names, department.client_names)
        if form == "json":
            text = minutes.document(report, names=names, said=said)
        else:
            settings = department.settings
            talked = report.floor.get("quality")
            draw = department.desk.draw(report.day, talked) if talked else None
            text = minutes.render(
                report, names=names, said=said, department=settings.name, zone=settings.zone,
                draw=draw,
            )  # fmt: skip
    click.echo(text, nl=False)


def said_of(department: Department, ids: list[str]) -> dict[str, dict[str, str]]:
    """The personal texts of events, by id and field."""
    events = department.log.reveal(list(department.log.get(ids).values()))
    return {
        event.id: {field: getattr(event.body, field) or "" for field in event.body.PERSONAL}
        for event in events
        if isinstance(event.body, Fact)
    }


def _asked(department: Department, text: str) -> Minutes:
    """The minutes of a day. Raises Refused where no stand-up was held."""
    today = department.now().date()
    day = today if text == _LAST else day_of(department, text)
    period = Period(today - _BACK, today) if text == _LAST else whole(day)
    question = Question(period=period, dials=Dials(as_of=day, mode="evening"))
    report = department.desk.ask("minutes", question)
    assert isinstance(report, Minutes)
    if report.standup is None and text == _LAST:
        raise Refused(t("no stand-up was held yet: type cockpit standup"))
    if report.standup is None:
        shown = formats.date(day)
        raise Refused(t("no stand-up was held on {day}: type cockpit minutes last", day=shown))
    return report
