"""`cockpit import FILE --map MAP.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cockpit import formats, labels
from cockpit.cli.base import Command, file_option
from cockpit.cli.common import bar, opened, refuse_over
from cockpit.cli.talk import emit, say, tell
from cockpit.words import mark, n, t

if TYPE_CHECKING:
    from cockpit.importing import Outcome
    from events.log import Log

_WIDEST: Final = 200

_existing = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    cls=Command,
    help=mark(
        "Read FILE (CSV, XLSX or JSON lines) into the log by a mapping. Importing the same file "
        "again adds nothing; a broken row stops no other. docs/mapping.md tells how a mapping is "
        "written, docs/events.md which events there are."
    ),
    epilog="import calls.csv --map calls.toml --dry-run\n"
    "import sales.xlsx --map sales.toml --rejects rejects.csv",
)
@click.argument("table", metavar="FILE", type=_existing)
@click.option(
    "--map", "mapping", type=_existing, required=True, help=mark("What the columns mean, in TOML.")
)
@click.option("--dry-run", is_flag=True, help=mark("Count what would come of it; append nothing."))
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help=mark("Write all rows that were skipped to a file, with the reason."),
)
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def command(table: Path, mapping: Path, dry_run: bool, rejects: Path | None, as_json: bool) -> None:
    """A progress bar while it lasts, counts at the end."""
    from cockpit.importing import run

    if rejects is not None:
        refuse_over(rejects, table, mapping)
    with (
        opened() as department,
        _telling_where_it_stopped(department.log, dry=dry_run),
        bar(t("reading {file}", file=table.name)) as progress,
    ):
        outcome = run(
            department.log,
            table,
            mapping,
            actor=department.actor(),
            dry_run=dry_run,
            rejects=rejects,
            progress=progress,
        )
    if as_json:
        emit(outcome)
        return
    _tell(outcome, rejects)


@contextmanager
def _telling_where_it_stopped(log: Log, *, dry: bool) -> Iterator[None]:
    """What an interrupted import has left in the log, and how it is completed."""
    before = log.head().seq
    try:
        yield
    except KeyboardInterrupt:
        came = log.head().seq - before
        if not dry:
            say(
                n(
                    "interrupted: {shown} event came into the log; the same command again adds "
                    "the rest",
                    "interrupted: {shown} events came into the log; the same command again adds "
                    "the rest",
                    came,
                    shown=formats.count(came),
                )
            )
        raise


def _tell(outcome: Outcome, rejects: Path | None) -> None:
    """The counts: what was read, what came of it, and what did not with the reasons."""
    read = formats.count(outcome.read)
    click.echo(n("{shown} row read", "{shown} rows read", outcome.read, shown=read))
    total = sum(outcome.appended.values())
    shown = formats.count(total)
    click.echo(
        n("{shown} event would be appended", "{shown} events would be appended", total, shown=shown)
        if outcome.dry
        else n("{shown} event appended", "{shown} events appended", total, shown=shown)
    )
    for kind, count in sorted(outcome.appended.items(), key=lambda pair: -pair[1]):
        click.echo(f"  {formats.count(count):>9}  {labels.kind(kind)}")
    if outcome.known:
        known = formats.count(outcome.known)
        click.echo(
            n(
                "{shown} event known already",
                "{shown} events known already",
                outcome.known,
                shown=known,
            )
        )
    if outcome.left_out:
        left = formats.count(outcome.left_out)
        click.echo(
            n(
                "{shown} row left out by the mapping",
                "{shown} rows left out by the mapping",
                outcome.left_out,
                shown=left,
            )
        )
    _tell_skipped(outcome, rejects)
    for note in outcome.notes:
        say(note)


def _tell_skipped(outcome: Outcome, rejects: Path | None) -> None:
    """The first broken rows with their lines and reasons."""
    if not outcome.skipped:
        return
    skipped = formats.count(outcome.skipped)
    click.echo(n("{shown} row skipped", "{shown} rows skipped", outcome.skipped, shown=skipped))
    for reject in outcome.rejects:
        tell(t("  line {line}: {reason}", line=reject.line, reason=_brief(reject.reason)))
    if rejects is not None:
        say(t("put them right in {file} and import it by the same mapping", file=rejects))
    elif outcome.skipped > len(outcome.rejects):
        say(t("all of them with --rejects FILE"))


def _brief(reason: str) -> str:
    """A reason on one line, whatever the cell was that it quotes."""
    line = " ".join(reason.split())
    return line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…"
