"""`cockpit doctor`."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from cockpit import formats, words
from cockpit.cli.base import Command, file_option, given_file
from cockpit.cli.common import lines
from cockpit.cli.talk import emit
from cockpit.log_file import model_of
from cockpit.refusals import told
from cockpit.words import mark, t
from events.errors import LogError
from events.sqlite import SqliteLog, engine
from events.sqlite.place import MOUNTS, NETWORK, file_system

_PACKAGES = ("standup-cockpit", "click", "msgspec", "textual", "holidays", "babel", "rapidfuzz")

_UNSET = "-"
"""Stands where the environment says nothing."""


@click.command(
    cls=Command,
    help=mark("Tell how this machine keeps and shows the log: what to send when asking for help."),
    epilog="doctor\ndoctor --json",
)
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Every fact as key and value."""
    facts = {**_files(given_file(context)), **_engine(), **_terminal(), **_programs()}
    if as_json:
        emit(facts)
        return
    lines([[t(key), value] for key, value in facts.items()])


def _files(path: Path) -> dict[str, str]:
    """Where the log and its read model lie, and in what state they are."""
    model = Path(model_of(path))
    return {
        mark("log"): str(path),
        mark("log state"): _state(path),
        mark("read model"): str(model),
        mark("read model state"): _size(model),
        mark("file system"): _place(path),
    }


def _state(path: Path) -> str:
    """How many events there are, or why they cannot be read."""
    if not path.exists():
        return t("not there yet: cockpit init makes it")
    try:
        with SqliteLog.open(path, writable=False) as log:
            head = log.head()
    except LogError as error:
        return told(error)
    return t(
        "{count} events, {size}, head {head}", count=head.seq, size=_size(path), head=head.link[:12]
    )


def _size(path: Path) -> str:
    """The size of a file, or that there is none."""
    if not path.exists():
        return t("not there yet")
    return t("{count} MB", count=formats.number(Fraction(path.stat().st_size, 10**6), 1))


def _place(path: Path) -> str:
    """The type of the file system, and whether a log may lie on it."""
    try:
        kind = file_system(
            path.resolve(), Path(MOUNTS).read_text(encoding="utf-8", errors="replace")
        )
    except OSError:
        return t("unknown")
    return t("{kind}: a network, no place for a log", kind=kind) if kind in NETWORK else kind


def _engine() -> dict[str, str]:
    """Which SQLite writes the log, in which journal mode, and why."""
    return {
        mark("engine"): engine.describe(),
        mark("journal mode"): engine.journal_mode(),
        mark("engine module"): engine.sqlite3.__name__,
    }


def _terminal() -> dict[str, str]:
    """What decides how a screen looks here."""
    columns, rows = shutil.get_terminal_size()
    return {
        mark("terminal"): os.environ.get("TERM", "") or _UNSET,
        mark("colours"): os.environ.get("COLORTERM", "") or _UNSET,
        "NO_COLOR": os.environ.get("NO_COLOR", "") or _UNSET,
        mark("size"): f"{columns}×{rows}",
        mark("tmux"): os.environ.get("TMUX", "") or os.environ.get("STY", "") or _UNSET,
        mark("ssh"): t("yes") if os.environ.get("SSH_CONNECTION") else _UNSET,
        mark("locale"): os.environ.get("LC_ALL") or os.environ.get("LANG", "") or _UNSET,
        mark("encoding"): f"{sys.stdout.encoding}, {locale.getpreferredencoding(False)}",
        mark("language"): words.language(),
    }


def _programs() -> dict[str, str]:
    """The versions of what runs."""
    return {
        mark("python"): f"{platform.python_version()}, {sys.executable}",
        mark("system"): platform.platform(),
        **{name: _version(name) for name in _PACKAGES},
    }


def _version(name: str) -> str:
    """The version of an installed package."""
    try:
        return version(name)
    except PackageNotFoundError:
        return t("not installed")
