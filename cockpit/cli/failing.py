"""How a command fails: one line on stderr, and an exit code for scripts."""

from __future__ import annotations

import errno
import os
from enum import IntEnum
from typing import Final

import click

from cockpit.cli.talk import say
from cockpit.errors import Refused
from cockpit.refusals import told
from cockpit.words import t
from events.errors import Busy, Damaged, LogError, Unwritable

_LONGEST: Final = 300


class Code(IntEnum):
    """How the program ended."""

    OK = 0
    BUG = 1
    REFUSED = 2
    UNWRITABLE = 3
    DAMAGED = 4
    INTERRUPTED = 130


def code_of(error: BaseException) -> int:
    """Say what went wrong and what to do about it; returns the exit code.

    `COCKPIT_TRACEBACK` in the environment lets a failure through as it is.
    """
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.Abort | KeyboardInterrupt | EOFError):
        return Code.INTERRUPTED
    if os.environ.get("COCKPIT_TRACEBACK"):
        raise error
    code, message = _told(error)
    say(f"cockpit: {_line(message)}")
    return code


def _line(message: str) -> str:
    """A message on one line, with words cut short that nobody would read to their end."""
    words = message.replace("\n", " ").split(" ")
    return " ".join(word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…" for word in words)


def _told(error: BaseException) -> tuple[Code, str]:
    """The exit code of a failure, and the line about it."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return Code.REFUSED, _what_of(error)
        case click.UsageError():
            return Code.REFUSED, _usage(error)
        case click.ClickException():
            return Code.REFUSED, error.format_message()
        case Busy() | Unwritable():
            return Code.UNWRITABLE, told(error)
        case Damaged():
            return Code.DAMAGED, told(error)
        case UnicodeEncodeError():
            return Code.REFUSED, t("what was typed is no text: set the locale to UTF-8, try again")
        case LogError():
            return Code.REFUSED, told(error)
        case Refused():
            return Code.REFUSED, str(error)
        case OSError():
            named = f"{error.filename}: " if error.filename else ""
            refused = error.errno in (errno.ENOENT, errno.EISDIR, errno.ENOTDIR)
            code = Code.REFUSED if refused else Code.UNWRITABLE
            return code, f"{named}{error.strerror}"
    return Code.BUG, t(
        "something went wrong inside ({error}); set COCKPIT_TRACEBACK=1 to see where",
        error=f"{type(error).__name__}: {error}",
    )


def _what_of(error: click.exceptions.NoArgsIsHelpError) -> str:
    """The words that can follow a command which says nothing by itself."""
    context = error.ctx
    group = context.command if context else None
    if context is None or not isinstance(group, click.Group):
        return error.format_message()
    return t(
        "{command} what? Type one of {words}, or {command} --help",
        command=context.command_path,
        words=", ".join(group.list_commands(context)),
    )


def _usage(error: click.UsageError) -> str:
    """What is wrong with the command line, and the command that shows what is right."""
    if isinstance(error, click.NoSuchOption) and error.option_name.lstrip("-")[:1].isdecimal():
        return t("nothing is logged or set below zero: type the number without the minus")
    message = " ".join(_message(error).split())
    if error.ctx is None:
        return message
    if message[-1:] not in ".?!":
        message += "."
    return t("{message} Try {command} --help", message=message, command=error.ctx.command_path)


def _message(error: click.UsageError) -> str:
    """What click says, and the names near a mistyped one as it would be in this language."""
    if isinstance(error, click.NoSuchOption | click.NoSuchCommand) and error.possibilities:
        near = ", ".join(error.possibilities)
        return t("{message} Did you mean {words}?", message=error.message, words=near)
    return error.format_message()
