"""`cockpit export log|REPORT FILE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from cockpit import formats
from cockpit.cli.base import Command
from cockpit.cli.choices import Choice
from cockpit.cli.common import bar, opened, refuse_over
from cockpit.cli.dials import Asked, question_of
from cockpit.cli.report import dial_options, names_of
from cockpit.cli.reports import NAMES
from cockpit.cli.talk import say
from cockpit.department import Department
from cockpit.errors import Refused
from cockpit.private import private
from cockpit.words import mark, n, t

if TYPE_CHECKING:
    from cockpit.exporting.reports import Format

_FORMATS = ("csv", "xlsx", "markdown", "json")


@click.command(
    cls=Command,
    help=mark(
        "Write the log as JSON lines, restorable into an identical log, or a report as CSV, "
        "XLSX or Markdown. FILE may be - for the screen, but for a workbook."
    ),
    epilog="export log everything.jsonl\nexport plan-fact april.xlsx --month 2026-04\n"
    "export activity week.csv --per week",
)
@click.argument("what", metavar="log|REPORT", type=Choice(["log", *NAMES]))
@click.argument(
    "target",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option(
    "--format",
    "form",
    type=Choice(_FORMATS),
    help=mark("The format, where the name of the file does not say it."),
)
@click.option("--force", is_flag=True, help=mark("Write over a file that is there."))
@dial_options
def command(what: str, target: Path, form: Format | None, force: bool, **options: object) -> None:
    """Everything that happened, or one report of it."""
    if str(target) != "-" and target.exists() and not force:
        raise Refused(t("{path} is there already: add --force to write over it", path=target))
    refuse_over(target)
    asked = msgspec.convert(options, Asked)
    with opened() as department:
        if what == "log":
            _log(department, target)
        else:
            _report(department, what, target, form, asked)


def _log(department: Department, file: Path) -> None:
    """All events, a line each."""
    from cockpit.exporting.log import write

    if str(file) == "-":
        write(department.log, sys.stdout)
        return
    with file.open("w", encoding="utf-8") as out, bar(t("writing {file}", file=file)) as progress:
        head = write(department.log, out, progress=progress)
    count = formats.count(head.seq)
    say(n("{shown} event in {path}", "{shown} events in {path}", head.seq, shown=count, path=file))


def _report(
    department: Department, name: str, file: Path, form: Format | None, asked: Asked
) -> None:
    """One report."""
    from cockpit.exporting import reports

    dash = str(file) == "-"
    if form is None:
        form = "csv" if dash else reports.format_of(file)
    if dash and form == "xlsx":
        raise Refused(t("a workbook needs a file: name one that ends in .xlsx"))
    report = department.desk.ask(
        name, private(department, name, question_of(department, name, asked))
    )
    reports.write(
        report,
        names_of(department, report),
        Path("/dev/stdout") if dash else file,
        form,
        department=department.settings.name,
    )
