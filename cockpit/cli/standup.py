"""`cockpit standup`."""

from __future__ import annotations

import click

from cockpit.cli.base import Command, file_option, given_file
from cockpit.cli.common import opened
from cockpit.cli.dials import day_given
from cockpit.cli.morning import show
from cockpit.words import mark


@click.command(
    cls=Command,
    help=mark("Open the stand-up on the screen: agenda, clock, and the board of each item."),
    epilog="standup\nstandup --today 2026-11-16",
)
@click.option("--today", metavar="DAY", help=mark("The business day looked at, not the clock's."))
@click.option(
    "--theme", type=click.Choice(["dark", "light", "high-contrast"]), help=mark("The colours.")
)
@file_option
@click.pass_context
def command(context: click.Context, today: str | None, theme: str | None) -> None:
    """On the screen, or as text where there is none."""
    with opened() as department:
        actor, day = department.actor(), day_given(department, today)
    context.exit(show(given_file(context), actor, day, theme))
