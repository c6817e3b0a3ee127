"""`cockpit absence add`."""

from __future__ import annotations

import click

from cockpit import formats, labels
from cockpit.calendar_source import ensure_calendars
from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.choices import Choice
from cockpit.cli.common import append, day_of, opened
from cockpit.cli.completers import sellers
from cockpit.cli.talk import done
from cockpit.cli.writing import asker
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.vocabulary import AbsenceSet
from events.vocabulary.people import AbsenceReason


@click.group(
    cls=Group, help=mark("Leave, sickness, trips: add."), epilog="absence add ivanov 22.04 24.04"
)
@file_option
def command() -> None:
    """Days on which a seller does not work."""


@command.command(
    cls=Command,
    help=mark(
        "A seller is away from FIRST to LAST, both included: the line moves, the plan stays."
    ),
    epilog="absence add ivanov 22.04 24.04\nabsence add ivanov today --reason sick",
)
@click.argument("seller", shell_complete=sellers)
@click.argument("first")
@click.argument("last", required=False)
@click.option(
    "--reason",
    type=Choice(["leave", "sick", "trip", "training", "other"]),
    default="leave",
    help=mark("Why the seller is away."),
)
@file_option
def add(seller: str, first: str, last: str | None, reason: AbsenceReason) -> None:
    """Days off, gone by or ahead."""
    with opened() as department:
        key = department.seller(seller, asker())
        begin = day_of(department, first)
        end = day_of(department, last) if last else begin
        if end < begin:
            raise Refused(
                t(
                    "{last} lies before {first}: type the first day first",
                    first=formats.date(begin),
                    last=formats.date(end),
                )
            )
        years = range(begin.year, end.year + 1)
        absence = AbsenceSet(seller=key, first=begin, last=end, reason=reason)
        append(department, *ensure_calendars(department, years), absence)
        name = department.seller_names[key]
    said = formats.date(begin) if begin == end else f"{formats.date(begin)} – {formats.date(end)}"
    done(f"{name}: {labels.value('absence', reason)}, {said}")
