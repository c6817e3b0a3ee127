"""`cockpit norm set|benchmark|ramp|step|hold`."""

from __future__ import annotations

import click
import msgspec

from cockpit import labels
from cockpit.calendar_source import ensure_calendars
from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.choices import Choice, Whole
from cockpit.cli.common import NAME, append, day_of, opened
from cockpit.cli.completers import sellers
from cockpit.cli.norming import Wanted, fixed, say_warnings
from cockpit.cli.ramp import hold, ramp, step
from cockpit.cli.talk import done
from cockpit.cli.writing import asker
from cockpit.entry.steps import activity_meant
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.vocabulary import BenchmarkEntered, NormSet
from events.vocabulary.plans import Direction, Per

_PER = ["day", "week", "month"]


@click.group(
    cls=Group,
    help=mark("How much of an activity is due: set, benchmark, ramp, step, hold."),
    epilog="norm set call 70\nnorm set call --source best --seller ivanov\n"
    'norm benchmark call 250 --direction out --origin "trade survey 2026"\n'
    "norm ramp call 71 --seller ivanov\nnorm step",
)
@file_option
def command() -> None:
    """Norms, each from a day on, and what they can be taken from."""


for _each in (ramp, step, hold):
    command.add_command(_each)


@command.command(
    "set",
    cls=Command,
    help=mark(
        "Set how much of an ACTIVITY is due; past days keep the norm they had. With --source the "
        "figure of that source is taken, as report norms shows it, for each seller."
    ),
    epilog="norm set call 70\nnorm set meeting 8 --per week --seller ivanov\n"
    "norm set call 20 --book new --direction out --since 01.12\n"
    "norm set call 40 --role closer\nnorm set call --source best --seller ivanov",
)
@click.argument("activity")
@click.argument("count", type=Whole(min=0), required=False)
@click.option(
    "--source",
    type=Choice(["plan", "best", "sector"]),
    help=mark("Take the figure from the plan, the team's best days or the benchmark."),
)
@click.option(
    "--per", type=Choice(_PER), default="day", help=mark("Of which stretch it is the norm.")
)
@click.option("--seller", metavar="SELLER", shell_complete=sellers, help=mark("For one seller."))
@click.option("--team", type=NAME, metavar="NAME", help=mark("For a team."))
@click.option("--role", type=NAME, metavar="NAME", help=mark("For a role."))
@click.option(
    "--book", type=Choice(["new", "existing"]), help=mark("With new or existing clients.")
)
@click.option("--direction", type=Choice(["in", "out"]), help=mark("Incoming or outgoing."))
@click.option("--since", metavar="DAY", help=mark("The first day it holds; today without it."))
@click.option("--reason", metavar="WORDS", help=mark("Why it is this."))
@file_option
def set_(activity: str, count: int | None, **options: str | None) -> None:
    """A norm from a day on; none of an activity takes it away."""
    asked = msgspec.convert(options, Wanted)
    if sum(scope is not None for scope in (asked.seller, asked.team, asked.role)) > 1:
        raise Refused(t("a norm is for a seller, a team or a role: name one of them"))
    if (count is None) == (asked.source is None):
        raise Refused(t("type how much is due, or --source for the figure of a source"))
    name = activity_meant(activity)
    with opened() as department:
        key = department.seller(asked.seller, asker()) if asked.seller else None
        since = day_of(department, asked.since)
        if count is None:
            norms = fixed(department, name, key, since, asked)
        else:
            norms = [
                NormSet(
                    activity=name,
                    count=count,
                    per=asked.per,
                    since=since,
                    seller=key,
                    team=asked.team,
                    role=asked.role,
                    book=asked.book,
                    direction=asked.direction,
                    reason=asked.reason,
                )
            ]
        append(department, *ensure_calendars(department, [since.year]), *norms)
        for norm in norms:
            whose = norm.seller or norm.team or norm.role
            said = department.seller_names.get(whose, whose) if whose else t("everybody")
            done(f"{labels.activity(name)}: {norm.count} {labels.value('per', norm.per)}, {said}")
        say_warnings(department, norms)


@command.command(
    "benchmark",
    cls=Command,
    help=mark("Enter how much of an ACTIVITY others do, and who says so."),
    epilog='norm benchmark call 250 --direction out --origin "trade survey 2026"',
)
@click.argument("activity")
@click.argument("count", type=Whole(min=0))
@click.option("--per", type=Choice(_PER), default="day", help=mark("Of which stretch it is."))
@click.option("--direction", type=Choice(["in", "out"]), help=mark("Incoming or outgoing."))
@click.option("--origin", metavar="WORDS", required=True, help=mark("Where the figure is from."))
@file_option
def benchmark(
    activity: str, count: int, per: Per, direction: Direction | None, origin: str
) -> None:
    """A reference value from outside; a later one of the activity replaces it."""
    name = activity_meant(activity)
    with opened() as department:
        entered = BenchmarkEntered(
            activity=name, count=count, per=per, direction=direction, origin=origin
        )
        append(department, entered)
    done(f"{labels.activity(name)}: {count} {labels.value('per', per)}, {origin}")
