"""`cockpit audit MONTH`."""

from __future__ import annotations

import click

from cockpit.cli.base import Command, file_option
from cockpit.cli.common import opened
from cockpit.cli.completers import sellers
from cockpit.cli.dials import Asked, question_of
from cockpit.cli.talk import terminal_width
from cockpit.telling import told
from cockpit.words import mark
from projections.reports.story import Story


@click.command(
    cls=Command,
    help=mark(
        "Tell how a month came about: the order book, revenue by day against the line, plans and "
        "norms as they changed and why, stand-ups, corrections and what they changed, what came "
        "late, what was repaired, and what made the difference."
    ),
    epilog="audit 2026-10\naudit 2026-10 --seller petrova --markdown\n"
    "audit 2026-10 --known-at 12.10",
)
@click.argument("month")
@click.option("--json", "form", flag_value="json", help=mark("As JSON, for programs."))
@click.option("--markdown", "form", flag_value="markdown", help=mark("As Markdown, for the chat."))
@click.option(
    "--seller",
    "who",
    multiple=True,
    metavar="SELLER",
    shell_complete=sellers,
    help=mark("Only this seller; may be given several times."),
)
@click.option("--as-of", metavar="DAY", help=mark("What had happened by then."))
@click.option("--known-at", metavar="WHEN", help=mark("What was recorded by then."))
@click.option("--as-closed", is_flag=True, help=mark("As it was known when the month was closed."))
@click.option("--today", metavar="DAY", help=mark("Take this day for today."))
@file_option
def command(
    month: str,
    form: str | None,
    who: tuple[str, ...],
    as_of: str | None,
    known_at: str | None,
    today: str | None,
    *,
    as_closed: bool,
) -> None:
    """The month as a text a director reads."""
    from cockpit.render import story as printed

    with opened(private=True) as department:
        asked = Asked(
            month=month, as_of=as_of, known_at=known_at, today=today, evening=True,
            sellers=who, as_closed=as_closed,
        )  # fmt: skip
        report = department.desk.ask("story", question_of(department, "story", asked))
        if not isinstance(report, Story):
            raise TypeError(report.name)
        found = told(department.log, report, department.settings, department.seller_names)
    match form:
        case "json":
            text = printed.json(found)
        case "markdown":
            text = printed.markdown(found)
        case _:
            text = printed.text(found, terminal_width())
    click.echo(text, nl=False)
