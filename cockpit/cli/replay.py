"""`cockpit replay [MONTH]`."""

from __future__ import annotations

import datetime as dt

import click

from cockpit.cli.base import Command, file_option, given_file
from cockpit.cli.common import opened
from cockpit.cli.dials import day_given
from cockpit.cli.morning import screen, seen
from cockpit.cli.talk import terminal_width
from cockpit.entry import moments, months
from cockpit.errors import Refused
from cockpit.words import mark, t
from projections.period import Period
from projections.question import Dials, Question


@click.command(
    cls=Command,
    help=mark(
        "Open a month on the screen and move through it day by day or event by event: the board, "
        "the line against the plan and the events follow. Without a terminal, the days as text."
    ),
    epilog="replay 2026-10\nreplay 2026-10 --as-of 12.10",
)
@click.argument("month", required=False)
@click.option("--as-of", metavar="DAY", help=mark("The day to begin at, else the last one."))
@click.option("--today", metavar="DAY", help=mark("Take this day for today."))
@file_option
@click.pass_context
def command(
    context: click.Context, month: str | None, as_of: str | None, today: str | None
) -> None:
    """On the screen, or as text where there is none."""
    with opened(private=True) as department:
        day = day_given(department, today) or department.now().date()
        period = months.parse(month, day)
        start = _start(period, day, moments.parse_day(as_of, day) if as_of else None)
        actor, zone = department.actor(), department.zone
        if not seen():
            from cockpit.render import table

            question = Question(period=period, dials=Dials(as_of=start, mode="evening"))
            report = department.desk.ask("course", question)
            names, called = department.seller_names, department.settings.name
            text = table.render(report, names=names, department=called, columns=terminal_width())
            click.echo(text, nl=False)
            return
    path = given_file(context)
    context.exit(screen(path, actor, zone, day if today else None, room="replay", start=start))


def _start(period: Period, today: dt.date, wanted: dt.date | None) -> dt.date:
    """The day to begin at. Raises Refused for one outside the month, and for a month to come."""
    if period.first > today:
        raise Refused(t("that month has not begun: there is nothing to replay"))
    if wanted is None:
        return min(period.last, today)
    if not period.first <= wanted <= period.last:
        raise Refused(t("--as-of lies outside the month: name one of its days"))
    return min(wanted, today)
