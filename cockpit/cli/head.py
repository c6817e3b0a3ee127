"""`cockpit head`."""

from __future__ import annotations

import click

from cockpit.cli.base import Command, file_option
from cockpit.cli.common import opened
from cockpit.cli.talk import emit
from cockpit.words import mark


@click.command(
    cls=Command,
    help=mark(
        "Print the end of the log, to be kept outside of this machine: verify --head finds out "
        "whether anything up to it was changed or cut off."
    ),
    epilog="head\nverify --head 1234:5f3a…",
)
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def command(as_json: bool) -> None:
    """Position and link, as `verify --head` takes them."""
    with opened(private=True) as department:
        head = department.log.head()
        closed = department.desk.closings()
    if as_json:
        emit({"seq": head.seq, "link": head.link, "closed": sorted(closed)})
        return
    click.echo(f"{head.seq}:{head.link}")
