"""`cockpit backup PATH`."""

from __future__ import annotations

from pathlib import Path

import click

from cockpit import formats
from cockpit.cli.base import Command, file_option, given_file
from cockpit.cli.talk import done
from cockpit.errors import Refused
from cockpit.words import mark, t


@click.command(
    cls=Command,
    help=mark(
        "Copy the log to TARGET while sellers go on writing, and verify the copy. To restore, "
        "put the copy where the log was."
    ),
    epilog="backup /media/stick/cockpit-2026-11-22.db",
)
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@file_option
@click.pass_context
def command(context: click.Context, target: Path) -> None:
    """A copy by SQLite's own backup, proven before it gets its name."""
    from events.sqlite.backup import backup

    if target.exists():
        raise Refused(t("{path} is there already: give another name", path=target))
    verdict = backup(given_file(context), target)
    done(
        t(
            "{count} events copied and verified: {target}",
            count=formats.count(verdict.head.seq),
            target=target,
        )
    )
