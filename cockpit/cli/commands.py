"""Every command of the program, in the order people meet them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import ClassVar

import click

from cockpit.cli.base import LateGroup, file_option, spoken
from cockpit.errors import Refused
from cockpit.words import mark, t

NAME = "cockpit"
COMPLETING = "_COCKPIT_COMPLETE"
_CLI = "cockpit.cli"


class Commands(LateGroup):
    """`cockpit` itself."""

    late: ClassVar = {
        "init": (f"{_CLI}.init", mark("Open a department: a new log with its calendar.")),
        "seller": (f"{_CLI}.seller", mark("Who sells: add, list, leave, role.")),
        "client": (f"{_CLI}.client", mark("Clients: add, list, forget.")),
        "plan": (f"{_CLI}.plan", mark("Plans of a month: set, show.")),
        "norm": (f"{_CLI}.norm", mark("How much of an activity is due: set.")),
        "pay": (f"{_CLI}.pay", mark("What is paid for what: income, scale, kpi, show.")),
        "card": (f"{_CLI}.card", mark("Score cards: template, fill, show.")),
        "draw": (f"{_CLI}.draw", mark("Which calls to listen to this week.")),
        "topic": (f"{_CLI}.topic", mark("Topics of the technique: today, due, list, show.")),
        "training": (f"{_CLI}.training", mark("Log two minutes of training on a topic.")),
        "absence": (f"{_CLI}.absence", mark("Leave, sickness, trips: add.")),
        "calendar": (f"{_CLI}.calendar", mark("Working days: show, off, work.")),
        "log": (f"{_CLI}.log", mark("Log a fact: a call, a meeting, a payment ...")),
        "fix": (f"{_CLI}.fix", mark("Correct an event; the mistake stays visible.")),
        "void": (f"{_CLI}.void", mark("Withdraw an event; the mistake stays visible.")),
        "correct": (f"{_CLI}.correct", mark("Agree a correction with a seller.")),
        "my": (f"{_CLI}.my", mark("A seller's own plan, norms, corrections and tasks.")),
        "done": (f"{_CLI}.done", mark("Answer for a correction or a task.")),
        "report": (f"{_CLI}.report", mark("Print a report: plan-fact, activity, conversions.")),
        "explain": (f"{_CLI}.explain", mark("The formula and the events behind a figure.")),
        "standup": (f"{_CLI}.standup", mark("Open the stand-up on the screen.")),
        "minutes": (f"{_CLI}.minutes", mark("The minutes of a stand-up, for the chat.")),
        "replay": (f"{_CLI}.replay", mark("See a month again, day by day, event by event.")),
        "audit": (f"{_CLI}.audit", mark("Tell how a month came about, for the director.")),
        "close": (f"{_CLI}.close", mark("Close a month; later facts about it stand apart.")),
        "import": (f"{_CLI}.import_", mark("Read a file of facts into the log.")),
        "export": (f"{_CLI}.export", mark("Write the log or a report to a file.")),
        "restore": (f"{_CLI}.restore", mark("Make a log out of an exported one.")),
        "backup": (
            f"{_CLI}.backup",
            mark("Copy the log while sellers write, and verify the copy."),
        ),
        "head": (f"{_CLI}.head", mark("Print the end of the log, to be kept elsewhere.")),
        "verify": (f"{_CLI}.verify", mark("Prove that nothing in the log was changed or lost.")),
        "config": (f"{_CLI}.config", mark("The configuration: path, show, check, schema.")),
        "doctor": (f"{_CLI}.doctor", mark("Tell how this machine keeps and shows the log.")),
        "demo": (f"{_CLI}.demo", mark("Make a believable department to play with.")),
        "completion": (f"{_CLI}.completion", mark("Print the shell's completion script.")),
    }


def _tell_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """The name and the version, and that is all."""
    if wanted and not context.resilient_parsing:
        from importlib.metadata import version

        from cockpit.cli.spec import DISTRIBUTION
        from cockpit.cli.talk import tell

        tell(f"{NAME} {version(DISTRIBUTION)}")
        context.exit()


def _tell_spec(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """The whole program as JSON, and that is all."""
    if wanted and not context.resilient_parsing:
        from cockpit.cli.spec import spec
        from cockpit.cli.talk import emit

        emit(spec(context))
        context.exit()


@click.command(
    cls=Commands,
    invoke_without_command=True,
    help=mark("A cockpit for the head of a sales department: norm, fact, deviation, correction."),
    epilog='log call 3m20 out "Ромашка"\nreport plan-fact\nstandup\n--as-of 12.10 --known-at 12.10',
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--today", metavar="DAY", help=mark("The business day looked at, not the clock's."))
@click.option("--as-of", metavar="DAY", help=mark("What had happened by then."))
@click.option("--known-at", metavar="WHEN", help=mark("What was recorded by then."))
@file_option
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help=mark("Print which version this is."),
)
@click.option(
    "--spec",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_spec,
    help=mark("Print every command and option as JSON, for programs."),
)
@click.pass_context
def cockpit(
    context: click.Context, today: str | None, as_of: str | None, known_at: str | None
) -> None:
    """Without a command, say how the department stands and what to type next."""
    if context.invoked_subcommand is None:
        from cockpit.cli.status import show

        show(context, today, as_of, known_at)
    elif today or as_of or known_at:
        raise Refused(
            t("days stand behind the command, where it takes them: see cockpit {command} --help",
              command=context.invoked_subcommand)
        )  # fmt: skip


def run_by_click(arguments: Sequence[str]) -> None:
    """Let click do what the arguments say, or complete them where the shell asks for it.

    Raises click's own exceptions, those of leaving early among them.
    """
    if COMPLETING in os.environ:
        cockpit.main(list(arguments), prog_name=NAME, complete_var=COMPLETING)
    with spoken(arguments), cockpit.make_context(NAME, list(arguments)) as context:
        cockpit.invoke(context)
