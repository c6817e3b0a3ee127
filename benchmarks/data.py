"""Data sets, built once and kept below the temporary folder."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import msgspec

import cockpit.demo
import events
from cockpit.demo import Spec, build

TODAY = dt.date(2026, 5, 1)
"""The first of a month, so that the month before is whole."""

MONTH = dt.date(2026, 4, 1)
LAST_DAY = dt.date(2026, 4, 30)

MISSED = dt.date(2026, 4, 27)
"""A day near the end of the month without a stand-up, so that one can begin on it."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How much is measured: everything, or a little of everything in seconds."""

    short: bool
    cache: Path

    @property
    def rounds(self) -> int:
        """How often each side of a ratio has its turn."""
        return 1 if self.short else 5

    def size(self, events: int) -> int:
        """So many events, or the few of the short form."""
        return min(events, 3_000) if self.short else events


def cache_folder() -> Path:
    """Where data sets stay from run to run; named for the code that makes them."""
    made_by = sha256()
    for package in (cockpit.demo, events):
        for source in sorted(Path(package.__path__[0]).rglob("*.py")):
            made_by.update(source.read_bytes())
    return Path(tempfile.gettempdir()) / f"cockpit-benchmarks-{made_by.hexdigest()[:12]}"


def log_of(plan: Plan, events: int, *, sellers: int = 8, months: int = 12) -> Path:
    """A demo log of so many events; in the short form of few sellers and one month."""
    wanted = plan.size(events)
    if plan.short:
        sellers, months = 2, 1
    path = plan.cache / f"{wanted}-{sellers}-{months}.db"
    if not path.exists():
        say(f"building a log of {wanted:,} events")
        plan.cache.mkdir(parents=True, exist_ok=True)
        build(path, Spec(today=TODAY, sellers=sellers, months=months, events=wanted))
    return path


def copy_of(log: Path, folder: Path) -> Path:
    """The log and what lies beside it, for a measurement that changes it."""
    for part in log.parent.glob(f"{log.name}*"):
        shutil.copy2(part, folder / part.name)
    return folder / log.name


def say(text: str) -> None:
    """A word to whoever waits."""
    print(text, file=sys.stderr, flush=True)
