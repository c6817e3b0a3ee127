"""Data nobody here wrote. It is not part of the project; where it is missing, checks are skipped.

`COCKPIT_DATA` names its folder, `../shared/data` beside the project is where it is looked for.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cockpit.importing import Outcome, run
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import DepartmentOpened
from events.vocabulary.people import Recognition

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
LONG_AGO = dt.datetime(2008, 1, 1, tzinfo=dt.UTC)


def folder_of(name: str) -> Path:
    """The folder of a data set; skips the test, and says so, where it is not there."""
    data = Path(os.environ.get("COCKPIT_DATA") or ROOT.parent / "shared" / "data")
    folder = data / name
    if not folder.is_dir():
        pytest.skip(f"REAL DATA NOT CHECKED: no {name} in {data}; set COCKPIT_DATA")
    return folder


def expected(folder: Path, name: str) -> list[dict[str, str]]:
    """Figures computed from the same files without this program."""
    with (folder / "expected" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cents(text: str) -> int | None:
    """An amount of an expected file in minor units; None where it is empty."""
    return round(float(text) * 100) if text else None


@contextmanager
def department(
    folder: Path, *, country: str, currency: str, zone: str, recognition: Recognition
) -> Iterator[SqliteLog]:
    """A new log with an opened department."""
    with SqliteLog.create(folder / "sales.cockpit") as log:
        opened = DepartmentOpened(
            name="Sales",
            country=country,
            currency=currency,
            minor_digits=2,
            zone=zone,
            language="en",
            recognition=recognition,
        )
        log.append([Draft(body=opened, occurred_at=LONG_AGO, actor="head")])
        yield log


def bring(log: SqliteLog, file: Path, mapping: str) -> Outcome:
    """Import a file by one of the mappings that are shipped."""
    return run(log, file, EXAMPLES / mapping, actor="head")
