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
