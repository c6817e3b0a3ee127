"""Commands whose help speaks the department's language, and the group that loads them late."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import ClassVar

import click

from cockpit import words
from cockpit.log_file import locate
from cockpit.speaking import speak_for
from cockpit.words import mark, t

FILE = "cockpit.file"
"""Where a context remembers the log that was named."""


def given_file(context: click.Context) -> Path:
    """The log this call is about."""
    named = context.meta.get(FILE)
    return Path(locate(named if isinstance(named, str) else None))


def _remember(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    """Keep the named log for whoever opens it."""
    if value:
        context.meta[FILE] = value


file_option = click.option(
    "--file",
    metavar="PATH",
    expose_value=False,
    is_eager=True,
    callback=_remember,
    help=mark("The log; without it COCKPIT_FILE, else the platform's place."),
)


@contextmanager
def spoken(arguments: Sequence[str]) -> Iterator[None]:
    """The language of the log a command line is about, for click's own words too."""
    speak_for(locate(_named(arguments)))
    with click_speaks():
        yield


@contextmanager
def click_speaks() -> Iterator[None]:
    """Click's own words in the spoken language, also those it puts together when it has failed.

    It looks them up by the environment, in whatever folder its catalogue is bound to.
    """
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = words.language()
    gettext.bindtextdomain(gettext.textdomain(), str(Path(words.__file__).parent / "locale"))
    try:
        yield
    finally:
        del os.environ["LANGUAGE"]
        if before is not None:
            os.environ["LANGUAGE"] = before


def _named(arguments: Sequence[str]) -> str | None:
    """The log that `--file` names, wherever it stands."""
    for flag, value in zip(arguments, [*arguments[1:], ""], strict=False):
        if flag == "--file":
            return value
        if flag.startswith("--file="):
            return flag.removeprefix("--file=")
    return None


class Command(click.Command):
    """A command whose help texts are messages, and whose epilog holds examples, one a line."""

    def get_help(self, ctx: click.Context) -> str:
        """The help in the spoken language."""
        with _translated(self, ctx):
            return super().get_help(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The help in a line, whole."""
        text = self.short_help or self.help or ""
        return t(text).split("\n")[0]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples as they are typed."""
        if not self.epilog:
            return
        with formatter.section(t("Examples")):
            for line in self.epilog.splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}cockpit {line}\n")


class Group(Command, click.Group):
    """A group of such commands."""


class LateGroup(Group):
    """A group that loads the module of a command when the command is called."""

    late: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """For each command its module, which holds it as `command`, and its help in a line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order people need them."""
        return list(self.late)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, loaded now; None for a name that is none."""
        if cmd_name not in self.late:
            return None
        command: click.Command = import_module(self.late[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but knowing the names that are near a mistyped one."""
        if args[0] not in self.late and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.NoSuchCommand(args[0], possibilities=self.late, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands without loading one of them."""
        with formatter.section(t("Commands")):
            formatter.write_dl([(name, t(line)) for name, (_, line) in self.late.items()])


@contextmanager
def _translated(command: click.Command, context: click.Context) -> Iterator[None]:
    """For the while of printing, the help of a command and of its options is in the language."""
    options = [p for p in command.get_params(context) if isinstance(p, click.Option)]
    holders: list[click.Command | click.Option] = [command, *options]
    kept = [holder.help for holder in holders]
    for holder in holders:
        holder.help = t(holder.help) if holder.help else None
    try:
        yield
    finally:
        for holder, message in zip(holders, kept, strict=True):
            holder.help = message
