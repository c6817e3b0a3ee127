"""`cockpit explain REPORT ROW … FIGURE` and `cockpit explain event NUMBER`."""

from __future__ import annotations

import datetime as dt

import click
import msgspec

from cockpit.cli.base import Command
from cockpit.cli.choices import Choice
from cockpit.cli.common import opened
from cockpit.cli.completers import sellers
from cockpit.cli.dials import Asked, question_of
from cockpit.cli.report import dial_options, names_of
from cockpit.cli.reports import NAMES
from cockpit.cli.rows import figure_of
from cockpit.cli.talk import terminal_width
from cockpit.department import Department
from cockpit.entry.targets import event_of
from cockpit.errors import Refused
from cockpit.private import asking_seller, others_pay, pay_within, private
from cockpit.words import mark, t
from projections.closing import sheet_of
from projections.dossier import Dossier
from projections.fold.sales import recognised

_STORY = "story"
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
    "explain corrections ivanov 3 became\nexplain forecast ivanov 15 pipeline\n"
    "explain story 12.10 sold --month 2026-10\nexplain event 1234",
)
@click.argument("name", metavar="REPORT", type=Choice((*NAMES, _STORY, _EVENT)))
@click.argument("words", metavar="ROW... FIGURE", nargs=-1, required=True, shell_complete=sellers)
@click.option("--json", "as_json", is_flag=True, help=mark("As JSON, for programs."))
@dial_options
def command(name: str, words: tuple[str, ...], as_json: bool, **options: object) -> None:
    """The last word is the figure, the others tell the row."""
    from cockpit.render import explain as printed
    from projections.recount import behind, shares

    if name == _EVENT:
        click.echo(_of_event(words, as_json=as_json), nl=False)
        return
    if len(words) < 2:
        raise Refused(t("type the row and the figure: cockpit explain plan-fact ivanov fact"))
    asked = msgspec.convert(options, Asked)
    with opened() as department:
        report = department.desk.ask(
            name, private(department, name, question_of(department, name, asked))
        )
        found = figure_of(department, report, words[:-1], words[-1])
        why = department.desk.why(report, found.key, found.figure)
        traced = list(department.log.find(why.trace))
        adds = shares(traced, why, department.settings)
        counted = traced if adds is None else behind(traced, adds)
        explained = printed.Explained(
            report=report,
            key=found.key,
            explanation=why,
            events=department.log.reveal(counted),
            adds=adds,
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
        if others_pay(asking_seller(department), *pay_within(found)):
            raise Refused(t("the pay of others is not yours to see"))
        settings, sheet = department.settings, _pay_sheet(department, found)
        if as_json:
            return printed.json(found, pay_sheet=sheet)
        named = printed.Named(
            sellers=department.seller_names,
            clients=department.client_names,
            zone=settings.zone,
            minor_digits=settings.minor_digits,
        )
        said = printed.text(found, named)
        if sheet is not None:
            said = "\n".join((said, t("in the pay sheet of {month}", month=sheet), ""))
        return said


def _pay_sheet(department: Department, found: Dossier) -> str | None:
    """The one sheet that what counts as a sale is in; None for anything else, and where void."""
    body, occurred_at = found.body, found.occurred_at
    if occurred_at is None or recognised(body, department.settings.recognition) is None:
        return None
    day = dt.datetime.fromisoformat(occurred_at).astimezone(department.zone).date()
    return sheet_of(day, found.event.seq, department.desk.closings())
