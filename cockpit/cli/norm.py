"""`cockpit norm set`."""

from __future__ import annotations

import click

from cockpit import labels
from cockpit.calendar_source import ensure_calendars
from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.common import append, day_of, opened
from cockpit.cli.completers import sellers
from cockpit.cli.talk import done
from cockpit.cli.writing import asker
from cockpit.entry.steps import activity_of
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.vocabulary import NormSet
from events.vocabulary.plans import Book, Direction, Per


@click.group(
    cls=Group, help=mark("How much of an activity is due: set."), epilog="norm set call 70"
)
@file_option
def command() -> None:
    """Norms, each from a day on."""


@command.command(
    "set",
    cls=Command,
    help=mark("Set how much of an ACTIVITY is due; past days keep the norm they had."),
    epilog="norm set call 70\nnorm set meeting 8 --per week --seller ivanov\n"
    "norm set call 20 --book new --direction out --since 01.12",
)
@click.argument("activity")
@click.argument("count", type=click.IntRange(min=0))
@click.option(
    "--per",
    type=click.Choice(["day", "week", "month"]),
    default="day",
    help=mark("Of which stretch it is the norm."),
)
@click.option("--seller", metavar="SELLER", shell_complete=sellers, help=mark("For one seller."))
@click.option("--team", metavar="NAME", help=mark("For a team."))
@click.option("--role", metavar="NAME", help=mark("For a role."))
@click.option(
    "--book", type=click.Choice(["new", "existing"]), help=mark("With new or existing clients.")
)
@click.option("--direction", type=click.Choice(["in", "out"]), help=mark("Incoming or outgoing."))
@click.option("--since", metavar="DAY", help=mark("The first day it holds; today without it."))
@click.option("--reason", metavar="WORDS", help=mark("Why it is this."))
@file_option
def set_(
    activity: str,
    count: int,
    per: Per,
    seller: str | None,
    team: str | None,
    role: str | None,
    book: Book | None,
    direction: Direction | None,
    since: str | None,
    reason: str | None,
) -> None:
    """A norm from a day on; none of an activity takes it away."""
    if sum(scope is not None for scope in (seller, team, role)) > 1:
        raise Refused(t("a norm is for a seller, a team or a role: name one of them"))
    name = activity_of(activity)
    with opened() as department:
        key = department.seller(seller, asker()) if seller else None
        norm = NormSet(
            activity=name,
            count=count,
            per=per,
            since=day_of(department, since),
            seller=key,
            team=team,
            role=role,
            book=book,
            direction=direction,
            reason=reason,
        )
        append(department, *ensure_calendars(department, [norm.since.year]), norm)
    whose = key or team or role or t("everybody")
    done(f"{labels.activity(name)}: {count} {labels.value('per', per)}, {whose}")
