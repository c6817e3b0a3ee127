"""`cockpit report NAME`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import click
import msgspec

from cockpit.cli.base import file_option
from cockpit.cli.choices import Choice, Whole
from cockpit.cli.common import opened
from cockpit.cli.completers import sellers
from cockpit.cli.dials import Asked, question_of
from cockpit.cli.reports import NAMES, ReportCommand
from cockpit.cli.talk import terminal_width
from cockpit.department import Department, signers
from cockpit.private import private
from cockpit.words import mark
from projections.report import Report

F = TypeVar("F", bound=Callable[..., None])

_CUTS: Final = (
    "seller", "book", "direction", "channel", "segment", "territory", "product", "group",
    "temperature", "bucket", "week",
)  # fmt: skip


_WHEN: Final = (
    click.option("--today", metavar="DAY", help=mark("Take this day for today.")),
    click.option("--as-of", metavar="DAY", help=mark("What had happened by then.")),
    click.option("--known-at", metavar="WHEN", help=mark("What was recorded by then.")),
    click.option(
        "--as-closed", is_flag=True, help=mark("As it was known when the month was closed.")
    ),
    click.option("--month", metavar="MONTH", help=mark("The month, like 2026-04.")),
    click.option("--from", "first", metavar="DAY", help=mark("The first day.")),
    click.option("--to", "last", metavar="DAY", help=mark("The last day.")),
    click.option("--evening", is_flag=True, help=mark("Today counts as worked.")),
)
"""Of which stretch a report is, and as of when."""

_HOW: Final = (
    click.option(
        "--measure",
        type=Choice(["revenue", "margin", "profit"]),
        default="revenue",
        help=mark("What is counted: revenue, margin or profit."),
    ),
    click.option(
        "--per",
        type=Choice(["day", "week", "month"]),
        default="month",
        help=mark("Activities by day, week or month."),
    ),
    click.option(
        "--norm",
        type=Choice(["plan", "hand", "best", "sector"]),
        help=mark("Judge activities by the norms of one source alone."),
    ),
    click.option(
        "--brief", is_flag=True, help=mark("Count calls too short for the norms as well.")
    ),
    click.option(
        "--by",
        type=Choice(_CUTS),
        default="seller",
        help=mark("What conversions are cut by."),
    ),
    click.option(
        "--pair",
        "pairs",
        nargs=2,
        multiple=True,
        metavar="FROM TO",
        help=mark("A conversion between two steps, like call meeting."),
    ),
    click.option(
        "--reading",
        type=Choice(["cohort", "period"]),
        default="cohort",
        help=mark("Conversions of what entered, or of what happened, in the period."),
    ),
    click.option("--until", metavar="DAY", help=mark("The day to be on the line.")),
    click.option(
        "--credit/--no-credit",
        default=True,
        help=mark("Count on what the deals in hand are expected to bring."),
    ),
    click.option(
        "--days",
        "effect_days",
        type=Whole(min=1, max=30),
        default=5,
        help=mark("Working days before and after a correction its effect is read from."),
    ),
    click.option(
        "--seller",
        "sellers",
        multiple=True,
        metavar="SELLER",
        shell_complete=sellers,
        help=mark("Only this seller; may be given several times."),
    ),
)
"""What a report counts, and how it is cut."""


def dial_options(command: F) -> F:
    """The options every report has: which day, known when, which stretch, which measure."""
    for option in reversed((*_WHEN, *_HOW)):
        command = option(command)
    return file_option(command)


@click.command(
    cls=ReportCommand,
    help=mark("Print a report."),
    epilog="report plan-fact\nreport plan-fact --month 2026-04 --measure margin --json\n"
    "report plan-fact --as-of 15.04 --known-at 15.04\n"
    "report activity --per week --parts\nreport conversions --by channel --pair call meeting\n"
    "report conversions --by week --from 2026-09-01\n"
    "report catch-up --seller ivanov --until fri\nreport bridge\n"
    "report bridge --seller ivanov\nreport payments\n"
    "report corrections --days 10\nreport desk-check\nreport norms\nreport quality\n"
    "report calls --parts\nreport pay --month 2026-10 --as-closed",
)
@click.argument("name", metavar="REPORT", type=Choice(NAMES))
@click.option("--json", "form", flag_value="json", help=mark("As JSON, for programs."))
@click.option("--csv", "form", flag_value="csv", help=mark("As CSV, for spreadsheets."))
@click.option("--markdown", "form", flag_value="markdown", help=mark("As Markdown, for the chat."))
@click.option(
    "--plain", "form", flag_value="plain", help=mark("A line for each figure, to be read aloud.")
)
@click.option("--parts", is_flag=True, help=mark("By new/existing and in/out as well."))
@dial_options
def command(name: str, form: str | None, *, parts: bool, **options: object) -> None:
    """One question, one report, one of five forms."""
    asked = msgspec.convert(options, Asked)
    with opened() as department:
        report = department.desk.ask(
            name, private(department, name, question_of(department, name, asked))
        )
        if not parts:
            report = wholly(report)
        text = _rendered(department, report, form)
    click.echo(text, nl=False)


def wholly(report: Report) -> Report:
    """The report without the rows of parts, where it has any."""
    from projections.reports import activity, calls, pay

    if isinstance(report, activity.Activity):
        return activity.whole(report)
    if isinstance(report, pay.PayReport):
        return pay.whole(report)
    return calls.whole(report) if isinstance(report, calls.CallsReport) else report


def _rendered(department: Department, report: Report, form: str | None) -> str:
    """The report as it was asked for; without a form as a table as wide as the terminal."""
    from cockpit.render import aloud, csv, json, markdown, table

    names = names_of(department, report)
    match form:
        case "json":
            return json.render(report, names=names)
        case "csv":
            return csv.render(report, names=names)
        case "markdown":
            return markdown.render(report, names=names, department=department.settings.name)
        case "plain":
            return aloud.render(report, names=names, department=department.settings.name)
    return table.render(
        report, names=names, department=department.settings.name, columns=terminal_width()
    )


def names_of(department: Department, report: Report) -> dict[str, str]:
    """The names of those a report speaks of, by key."""
    from cockpit.render.lines import with_clients

    names = department.seller_names
    if report.clients():
        names = with_clients(names, department.client_names)
    signed = report.signed()
    return {**names, **signers(department.log, signed)} if signed else names
