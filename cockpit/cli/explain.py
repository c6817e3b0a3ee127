"""`cockpit explain REPORT ROW … FIGURE` and `cockpit explain event NUMBER`."""

from __future__ import annotations

import click
import msgspec

from cockpit.cli.base import Command
from cockpit.cli.common import opened
from cockpit.cli.completers import sellers
from cockpit.cli.dials import Asked, question_of
from cockpit.cli.report import dial_options, names_of, terminal_width
from cockpit.cli.reports import NAMES
from cockpit.department import Department
from cockpit.entry.names import find
from cockpit.entry.steps import activity_of
from cockpit.entry.targets import event_of
from cockpit.errors import Refused
from cockpit.private import private
from cockpit.words import mark, t
from projections.report import Report, Row

_NAMED = ("factor", "activity", "step_from", "step_to", "book", "direction", "cut", "scope", "team",
          "invoice", "number", "metric", "criterion", "part", "month")  # fmt: skip
_NARROW = ("book", "direction", "cut", "criterion", "part")
_EVENT = "event"


@click.command(
    cls=Command,
    help=mark(
        "Print the formula of a figure with the numbers put in, and the events behind it with "
        "their sum. ROW is a seller, department, unassigned, or the words that tell it apart; "
        "FIGURE is a column as --json names it. With event and a number or an id: that event in "
        "full, who logged it and when, what corrected it, its neighbours in the chain."
    ),
    epilog="explain plan-fact ivanov fact\nexplain plan-fact department line --month 2026-04\n"
    "explain activity ivanov call fact --json\nexplain conversions call meeting share\n"
    "explain payments 17 expected\nexplain payments department need\n"
    "explain corrections ivanov 3 became\nexplain event 1234",
)
@click.argument("name", metavar="REPORT", type=click.Choice((*NAMES, _EVENT)))
@click.argument("words", metavar="ROW... FIGURE", nargs=-1, required=True, shell_complete=sellers)
@click.option("--json", "as_json", is_flag=True, help=mark("As JSON, for programs."))
@dial_options
def command(name: str, words: tuple[str, ...], as_json: bool, **options: object) -> None:
    """The last word is the figure, the others tell the row."""
    from cockpit.render import explain as printed
    from projections.recount import recount

    if name == _EVENT:
        click.echo(_of_event(words, as_json=as_json), nl=False)
        return
    if len(words) < 2:
        raise Refused(t("type the row and the figure: cockpit explain plan-fact ivanov fact"))
    asked = msgspec.convert(options, Asked)
    with opened() as department:
        report = department.desk.ask(
            name, private(department, name, question_of(department, asked))
        )
        row = row_of(department, report, words[:-1])
        aside = tuple(column for column in report.aside if hasattr(row, column.key))
        columns = report.columns + aside
        figures = [column.key for column in columns if column.unit != "text"]
        if words[-1] not in figures:
            listed = ", ".join(figures)
            raise Refused(
                t(
                    "there is no figure {figure}: type one of {listed}",
                    figure=words[-1],
                    listed=listed,
                )
            )
        why = department.desk.why(report, row.key, words[-1])
        events = department.log.reveal(list(department.log.find(why.trace)))
        explained = printed.Explained(
            report=report,
            key=row.key,
            explanation=why,
            events=events,
            total=recount(events, why, department.settings.recognition),
        )
        text = (
            printed.json(explained)
            if as_json
            else printed.text(
                explained,
                names=names_of(department, report),
                clients=department.client_names,
                columns=terminal_width(),
            )
        )
    click.echo(text, nl=False)


def _of_event(words: tuple[str, ...], *, as_json: bool) -> str:
    """One event in full. Raises Refused for what names no event."""
    from cockpit.render import dossier as printed
    from projections.dossier import dossier

    if len(words) != 1:
        raise Refused(t("which event? Type its number or id: cockpit explain event 1234"))
    with opened() as department:
        found = dossier(department.log, event_of(department.log, words[0]))
        if as_json:
            return printed.json(found)
        settings = department.settings
        named = printed.Named(
            sellers=department.seller_names,
            clients=department.client_names,
            zone=settings.zone,
            minor_digits=settings.minor_digits,
        )
        return printed.text(found, named)


def row_of(department: Department, report: Report, words: tuple[str, ...]) -> Row:
    """The row the words tell apart: the widest one that all of them are true of.

    Raises Refused with the rows that are left.
    """
    rows = _rows(report)
    exact = [row for row in rows if len(words) == 1 and row.key == words[0]]
    found = exact or [row for row in rows if all(_says(department, row, word) for word in words)]
    widest = [row for row in found if _width(row) == min(map(_width, found))]
    if len(widest) == 1:
        return widest[0]
    keys = ", ".join(row.key for row in (widest or rows)[:8])
    raise Refused(t("which row is {words}? Type one of {keys}", words=" ".join(words), keys=keys))


def _rows(report: Report) -> list[Row]:
    """Every row of a report, those it keeps apart and the total too."""
    apart = [
        getattr(report, part, ())
        for part in ("teams", "department", "totals", "burned", "criteria", "lines")
    ]
    rows = [*report.rows, *(row for part in apart for row in part)]
    return rows if report.total is None else [*rows, report.total]


def _width(row: Row) -> int:
    """How many parts narrow a row."""
    return sum(getattr(row, name, None) is not None for name in _NARROW)


def _says(department: Department, row: Row, word: str) -> bool:
    """Whether a word is true of a row: its seller, its activity or step, or a part it is of."""
    seller = getattr(row, "seller", None)
    if seller is not None and seller in (word, find(word, department.seller_names).key):
        return True
    client = getattr(row, "client", None)
    if client is not None and client == find(word, department.client_names).key:
        return True
    said = {getattr(row, name, None) for name in _NAMED}
    if word == "department" and (hasattr(row, "activity") or hasattr(row, "criterion")):
        return seller is None and row.key.startswith(("*", "department"))
    return word in said or activity_of(word) in said
