"""`cockpit restore FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from cockpit import formats
from cockpit.cli.base import Command, file_option, given_file
from cockpit.cli.common import bar
from cockpit.cli.talk import say
from cockpit.words import mark, n, t


@click.command(
    cls=Command,
    help=mark("Make a log out of what export wrote: the same events, the same chain."),
    epilog="restore everything.jsonl --file ./restored.db",
)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@file_option
@click.pass_context
def command(context: click.Context, source: Path) -> None:
    """Into the log this call is about, which must be new or a beginning of the same."""
    from cockpit.exporting.log import restore

    path = given_file(context)
    path.parent.mkdir(parents=True, exist_ok=True)
    with bar(t("reading {file}", file=source.name)) as progress:
        head = restore(source, path, progress=progress)
    click.echo(t("head {head}", head=f"{head.seq}:{head.link}"))
    shown = formats.count(head.seq)
    say(n("{shown} event in {path}", "{shown} events in {path}", head.seq, shown=shown, path=path))
