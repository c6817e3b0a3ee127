"""`cockpit standup`."""

from __future__ import annotations

import click

from cockpit.cli.base import Command, file_option, given_file
from cockpit.cli.choices import Choice
from cockpit.cli.common import opened
from cockpit.cli.dials import day_given, past_given
from cockpit.cli.morning import show
from cockpit.words import mark


@click.command(
    cls=Command,
    help=mark("Open the stand-up on the screen: agenda, clock, and the board of each item."),
    epilog="standup\nstandup --today 2026-11-16\nstandup --as-of 12.10 --known-at 12.10\n"
    "standup --share --theme light",
)
@click.option("--today", metavar="DAY", help=mark("The business day looked at, not the clock's."))
@click.option("--as-of", metavar="DAY", help=mark("What had happened by then."))
@click.option("--known-at", metavar="WHEN", help=mark("What was recorded by then."))
@click.option(
    "--theme",
    type=Choice(["dark", "light", "high-contrast", "colour-blind"]),
    help=mark("The colours."),
)
@click.option("--share", is_flag=True, help=mark("Show only what everybody may see."))
@click.option(
    "--plain-signs",
    "--ascii",
    is_flag=True,
    help=mark("Draw with the signs of a typewriter alone."),
)
@click.option("--no-mouse", is_flag=True, help=mark("Leave the mouse to the terminal."))
@file_option
@click.pass_context
def command(
    context: click.Context,
    today: str | None,
    as_of: str | None,
    known_at: str | None,
    theme: str | None,
    *,
    share: bool,
    plain_signs: bool,
    no_mouse: bool,
) -> None:
    """On the screen, or as text where there is none."""
    given = {"theme": theme, "share": share, "plain_signs": plain_signs}
    typed: dict[str, str | bool] = {key: value for key, value in given.items() if value}
    if no_mouse:
        typed["mouse"] = False
    with opened() as department:
        actor, day, zone = department.actor(), day_given(department, today), department.zone
        past = past_given(department, day or department.now().date(), as_of, known_at)
    context.exit(show(given_file(context), actor, zone, day, typed, past=past))
