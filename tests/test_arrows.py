"""The three rooms and their arrows: events <- projections <- cockpit."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCREEN_AND_SHELL = {"textual", "rich", "click", "sqlite_utils"}

# What the hot path of `cockpit log` may never load, for each costs more than the command itself.
DENIED = {
    "textual",
    "rich",
    "sqlite_utils",
    "holidays",
    "babel",
    "psycopg",
    "apprise",
    "icalendar",
    "dateparser",
    "openpyxl",
    "xlsxwriter",
    "jinja2",
    "asyncio",
    "importlib.metadata",
    "importlib.resources",
    "platformdirs",
    "uuid6",
    "structlog",
    "requests",
    "httpx",
    "random",
    "projections.draw",
    "projections.cards",
    "projections.reports.activity.why",
    "projections.reports.plan_fact.why",
}


# What the stand-up may not wait for before its first board: other rooms, boards, and their figures.
LATER = {
    "cockpit.tui.screens.desk",
    "cockpit.tui.screens.help",
    "cockpit.tui.screens.replay",
    "cockpit.tui.sections.activity",
    "cockpit.tui.sections.calls",
    "cockpit.tui.sections.case",
    "cockpit.tui.sections.corrections",
    "cockpit.tui.sections.desk",
    "cockpit.tui.sections.ledger",
    "cockpit.tui.sections.norms",
    "cockpit.tui.sections.payments",
    "cockpit.tui.sections.quality",
    "cockpit.tui.pages.story",
    "cockpit.render.carding",
    "cockpit.render.checking",
    "cockpit.render.forecasting",
    "cockpit.render.norming",
    "cockpit.render.paying",
    "cockpit.render.story",
    "cockpit.render.talking",
    "projections.reports.calls",
    "projections.reports.desk_check",
    "projections.reports.forecast",
    "projections.reports.norms",
    "projections.reports.payments",
    "projections.reports.story",
}


def loaded_after(code: str) -> set[str]:
    """The modules a fresh process holds after running some code."""
    script = f"{code}\nimport sys; print(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("room", ["events", "projections"])
def test_a_room_loads_neither_screen_nor_shell(room: str) -> None:
    everything = (
        "import importlib, pkgutil\n"
        f"import {room}\n"
        f"for m in pkgutil.walk_packages({room}.__path__, '{room}.'):\n"
        "    importlib.import_module(m.name)\n"
    )
    loaded = loaded_after(everything)
    assert not loaded & SCREEN_AND_SHELL
    assert not any(name.split(".")[0] == "cockpit" for name in loaded)


def test_events_loads_no_projection() -> None:
    everything = (
        "import importlib, pkgutil, events\n"
        "for m in pkgutil.walk_packages(events.__path__, 'events.'):\n"
        "    importlib.import_module(m.name)\n"
    )
    assert not any(name.split(".")[0] == "projections" for name in loaded_after(everything))


def test_the_stand_up_loads_no_other_room_before_its_first_board() -> None:
    loaded = loaded_after(
        "import datetime as dt\n"
        "from contextlib import nullcontext\n"
        "import cockpit.cli.standup\n"
        "from cockpit.tui.app import Cockpit\n"
        "from cockpit.tui.setup import setup_of\n"
        "now = lambda: dt.datetime(2026, 4, 30, 9, 0, tzinfo=dt.UTC)\n"
        "setup = setup_of(\n"
        "    nullcontext, None, actor='head', now=now, today=None, room='standup'\n"
        ")\n"
        "app = Cockpit(setup)\n"
        "assert app.get_default_screen().stage.board.id == 'rhythm'\n"
    )
    assert "cockpit.tui.screens.standup" in loaded
    assert not loaded & LATER
