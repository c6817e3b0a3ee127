"""`cockpit demo`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cockpit import formats, words
from cockpit.cli.base import Command
from cockpit.cli.choices import Choice, Number, Whole
from cockpit.cli.common import bar
from cockpit.cli.morning import seen, show
from cockpit.cli.talk import program, say
from cockpit.department import login, open_department
from cockpit.entry import moments
from cockpit.errors import Refused
from cockpit.log_file import FILE_NAME
from cockpit.speaking import speak
from cockpit.words import LANGUAGES, mark, n, t

if TYPE_CHECKING:
    from cockpit.demo.spec import Spec

_FOLDER = Path(".demo")


@click.command(
    cls=Command,
    help=mark(
        "Make a believable department and open its stand-up; without a terminal, print the "
        "morning's board. The same seed makes the same department."
    ),
    epilog="demo\ndemo --into ./demo --today 2026-11-16 --seed 7 --sellers 12 --months 3",
)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help=mark("The folder to make it in; nothing is opened then."),
)
@click.option("--today", metavar="DAY", help=mark("The day the story ends on."))
@click.option("--seed", type=Whole(min=0), default=1, help=mark("Which story it is."))
@click.option("--sellers", type=Number(), default=8, help=mark("How many sellers."))
@click.option("--months", type=Number(), default=6, help=mark("How many months before this one."))
@click.option("--events", type=Number(), help=mark("Exactly so many events."))
@click.option("--language", type=Choice(LANGUAGES), help=mark("The language to speak."))
@click.pass_context
def command(
    context: click.Context,
    into: Path | None,
    today: str | None,
    seed: int,
    sellers: int,
    months: int,
    events: int | None,
    language: str | None,
) -> None:
    """A new log, or without `--into` the one of that story that is there already."""
    from cockpit.demo.spec import Spec

    speak(language)
    now = dt.datetime.now(dt.UTC).astimezone().date()
    day = moments.parse_day(today, now) if today else now
    spec = Spec(
        today=day,
        seed=seed,
        sellers=sellers,
        months=months,
        events=events,
        language=language or words.language(),
    )
    if into is not None:
        _make(into / FILE_NAME, spec)
        say(t("next: {command}", command=f"{program()} standup --file {into / FILE_NAME}"))
        return
    told = (spec.today, spec.seed, spec.sellers, spec.months, spec.events or "all", spec.language)
    path = _FOLDER / ("-".join(map(str, told)) + ".db")
    if not path.exists():
        _make(path, spec)
    with open_department(path) as department:
        zone = department.zone
    code = show(path, login(), zone, spec.today)
    if seen() and code == 0:
        _go_on(path, spec.today)
    context.exit(code)


def _go_on(path: Path, day: dt.date) -> None:
    """What to type after the stand-up: its minutes, and the morning after it."""
    with open_department(path, writable=False) as department:
        following = department.next_working_day(None, day)
    say(t("the minutes: {command}", command=f"{program()} minutes --file {path}"))
    if following is not None:
        command = f"{program()} standup --file {path} --today {following}"
        say(t("the next morning: {command}", command=command))


def _make(path: Path, spec: Spec) -> None:
    """Write the story into a new log."""
    from cockpit.demo.writing import build

    if path.exists():
        raise Refused(t("{path} is there already: name another folder", path=path))
    path.parent.mkdir(parents=True, exist_ok=True)
    with bar(t("making up a department")) as progress:
        count = build(path, spec, progress)
    shown = formats.count(count)
    say(n("{shown} event in {path}", "{shown} events in {path}", count, shown=shown, path=path))
