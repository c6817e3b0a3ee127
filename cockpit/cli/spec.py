"""`cockpit --spec`: every command, argument and option as JSON, for programs that call this one."""

from __future__ import annotations

from importlib.metadata import version

import click

from cockpit.cli.failing import Code
from cockpit.words import t

DISTRIBUTION = "standup-cockpit"


def spec(context: click.Context) -> dict[str, object]:
    """The program with its version, its exit codes by name, and the tree of its commands."""
    return {
        "version": version(DISTRIBUTION),
        "exit_codes": {code.name.lower(): code.value for code in Code},
        **_command(context.command, context),
    }


def _command(command: click.Command, context: click.Context) -> dict[str, object]:
    """A command with what it takes, and the commands below it."""
    found: dict[str, object] = {
        "name": context.command_path,
        "help": _said(command.help),
        "examples": [f"cockpit {line}" for line in (command.epilog or "").splitlines()],
        "arguments": [
            _argument(each) for each in command.params if isinstance(each, click.Argument)
        ],
        "options": [_option(each) for each in command.params if isinstance(each, click.Option)],
    }
    if isinstance(command, click.Group):
        found["commands"] = [
            _command(each, click.Context(each, parent=context, info_name=name))
            for name in command.list_commands(context)
            if (each := command.get_command(context, name)) is not None and not each.hidden
        ]
    return found


def _said(help_text: str | None) -> str:
    """The help in the language spoken; an empty text has no entry in a catalogue."""
    return t(help_text) if help_text else ""


def _argument(argument: click.Argument) -> dict[str, object]:
    """What stands behind a command without a flag."""
    return {"name": argument.make_metavar(click.Context(click.Command(None))), **_taken(argument)}


def _option(option: click.Option) -> dict[str, object]:
    """A flag, and what it takes."""
    return {
        "names": [*option.opts, *option.secondary_opts],
        "help": _said(option.help),
        "flag": option.is_flag,
        "metavar": option.metavar,
        **_taken(option),
    }


def _taken(parameter: click.Parameter) -> dict[str, object]:
    """Whether it must be given, how often, and what it may be."""
    choices = parameter.type.choices if isinstance(parameter.type, click.Choice) else None
    return {
        "required": parameter.required,
        "many": parameter.nargs == -1 or parameter.multiple,
        "choices": None if choices is None else [str(choice) for choice in choices],
    }
