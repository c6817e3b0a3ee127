"""The screen where there is a terminal, and the morning's board as text where there is none."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import click
import msgspec

from cockpit.cli.talk import terminal_width
from cockpit.department import open_department
from events.sqlite.engine import sparing
from projections.dials import seen_day
from projections.period import month_of
from projections.question import Dials, Question


def seen() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def show(
    path: Path,
    actor: str,
    zone: ZoneInfo,
    today: dt.date | None = None,
    typed: Mapping[str, str | bool] | None = None,
    *,
    past: Dials | None = None,
) -> int:
    """Open the stand-up of the log at a path, or print its board; returns the exit code.

    `zone` is the department's, which whoever calls has read already.
    `typed` are keys of the configuration that were given another value on the command line.
    `past` is where the dials stand, None for "now".
    """
    if seen():
        return screen(path, actor, zone, today, typed, past=past)
    return _board(path, today, past)


def screen(
    path: Path,
    actor: str,
    zone: ZoneInfo,
    today: dt.date | None = None,
    typed: Mapping[str, str | bool] | None = None,
    *,
    room: Literal["desk", "standup", "replay"] = "standup",
    start: dt.date | None = None,
    past: Dials | None = None,
) -> int:
    """Open a room; it opens the log by itself, in its own thread. Returns the exit code.

    A replay begins at the day `start`, reads only, and works on its own copy of the read model.
    """
    from cockpit import config
    from cockpit.tui import run

    said = {**msgspec.to_builtins(config.load()), **(typed or {})}
    chosen = msgspec.convert(said, config.Config)
    apart = room == "replay"
    return run(
        partial(open_department, path, writable=not apart, private=apart, connect=sparing),
        actor=actor,
        now=lambda: dt.datetime.now(zone),
        today=today,
        room=room,
        start=start,
        past=past,
        config=chosen,
    )


def _board(path: Path, today: dt.date | None, past: Dials | None) -> int:
    """Plan-fact of the month, as the screen would open on it."""
    from cockpit.render import table

    with open_department(path) as department:
        day = today or department.now().date()
        dials = past or Dials(as_of=day)
        seen_on = seen_day(dials, department.settings.zone)
        question = Question(period=month_of(seen_on), dials=dials)
        report = department.desk.ask("plan-fact", question)
        names, called = department.seller_names, department.settings.name
    text = table.render(report, names=names, department=called, columns=terminal_width())
    click.echo(text, nl=False)
    return 0
