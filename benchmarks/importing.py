"""Bringing in a file: everything the mapping does against the barest way to keep the rows."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import count
from pathlib import Path

from benchmarks.data import TODAY, Plan
from benchmarks.measure import cpu_of, python, waited_and_worked
from benchmarks.table import Line, at_most, compared
from cockpit.demo.dice import Dice
from cockpit.importing.run import run
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.sqlite.engine import journal_mode, sqlite3
from events.vocabulary import DepartmentOpened

LIMIT = 3.0
ROWS = 60_000
HEADER = (
    "order", "when", "seller", "seller name", "client", "client name", "segment", "product",
    "amount", "cost",
)  # fmt: skip
MAPPING = Path(__file__).with_name("sales.toml")


def measure(plan: Plan) -> Iterator[Line]:
    """Importing against csv, sha256 and executemany, by the clock on the wall and by CPU.

    The peer keeps the same rows as text in one hash-chained table, as durably. It comes in two
    shapes: without any index, and with the one that importing again without doubling asks for.
    Ours is measured as a call, and as the command with its start, which the peer has none of.
    """
    rows = plan.size(ROWS)
    with tempfile.TemporaryDirectory(dir=plan.cache) as name:
        folder, numbers = Path(name), count()
        table, empty = folder / "sales.csv", folder / "empty.db"
        _write(table, rows)
        _open(empty)
        ours, command, bare, keyed = waited_and_worked(
            [
                lambda: _ours(folder / f"ours{next(numbers)}.db", table),
                lambda: _command(empty, folder / f"command{next(numbers)}.db", table),
                lambda: _bare(folder / f"bare{next(numbers)}.db", table, key=""),
                lambda: _bare(folder / f"keyed{next(numbers)}.db", table, key=HEADER[0]),
            ],
            plan.rounds,
        )
    what, against = f"import of {rows:,} rows", "csv + executemany"
    yield at_most(f"{what}, waited for", ours[0], bare[0], LIMIT, unit="s", against=against)
    yield compared(f"{what}, CPU of all processes", ours[1], bare[1], unit="s", against=against)
    once = "the same, each order once"
    yield compared(f"{what}, waited for", ours[0], keyed[0], unit="s", against=once)
    yield compared(f"{what}, CPU of all processes", ours[1], keyed[1], unit="s", against=once)
    whole = f"cockpit import of {rows:,} rows, the whole command"
    yield compared(f"{whole}, waited for", command[0], bare[0], unit="s", against=against)
    yield compared(f"{whole}, CPU", command[1], bare[1], unit="s", against=against)


def _write(path: Path, rows: int) -> None:
    """Two years of orders by twenty sellers from five hundred clients."""
    dice = Dice("rows to import")
    first = TODAY - dt.timedelta(days=730)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            day = first + dt.timedelta(days=number * 730 // rows)
            seller, client = dice.between(1, 20), dice.between(1, 500)
            amount = dice.between(1_000, 900_000)
            writer.writerow(
                (
                    f"o{number}",
                    f"{day} {dice.between(9, 17):02}:{dice.between(0, 59):02}",
                    f"s{seller}",
                    f"Seller {seller}",
                    f"c{client}",
                    f"Client {client} Ltd",
                    ("hotels", "offices", "shops")[client % 3],
                    ("lamps", "chairs", "floors", "desks")[number % 4],
                    f"{amount // 100}.{amount % 100:02}",
                    f"{amount * 6 // 1000}.{amount * 6 // 10 % 100:02}",
                )
            )


def _open(path: Path) -> None:
    """A log with a department in it."""
    opened = DepartmentOpened(
        name="Bench", country="GB", currency="GBP", minor_digits=2, zone="Europe/London",
        language="en",
    )  # fmt: skip
    with SqliteLog.create(path) as log:
        log.append([Draft(body=opened, occurred_at=dt.datetime.now(dt.UTC), actor="head")])


def _ours(path: Path, table: Path) -> None:
    _open(path)
    with SqliteLog.open(path) as log:
        outcome = run(log, table, MAPPING, actor="head")
    if outcome.skipped:
        raise RuntimeError(f"{outcome.skipped} rows were refused: {outcome.rejects[:3]}")


def _command(empty: Path, path: Path, table: Path) -> None:
    shutil.copyfile(empty, path)
    arguments = ("import", str(table), "--map", str(MAPPING), "--file", str(path))
    cpu_of(python("-m", "cockpit", *arguments))


def _bare(path: Path, table: Path, *, key: str) -> None:
    """The rows into one table; with a key it may hold each of its values once."""
    with closing(sqlite3.connect(str(path), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal_mode()}")
        connection.execute("PRAGMA synchronous = FULL")
        columns = ", ".join(f'"{name}"' for name in HEADER)
        connection.execute(f"CREATE TABLE sale (seq INTEGER PRIMARY KEY, {columns}, link)")
        if key:
            connection.execute(f'CREATE UNIQUE INDEX sale_by_key ON sale ("{key}")')
        connection.execute("BEGIN IMMEDIATE")
        with table.open(newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            places = ", ".join("?" * (len(HEADER) + 2))
            insert = f"INSERT INTO sale VALUES ({places})"  # noqa: S608
            connection.executemany(insert, list(_chained(rows)))
        connection.execute("COMMIT")


def _chained(rows: Iterator[list[str]]) -> Iterator[tuple[str | int, ...]]:
    """Each row with its number and a digest over the one before and itself."""
    link = ""
    for seq, row in enumerate(rows, start=1):
        link = sha256("\x1f".join([link, *row]).encode()).hexdigest()
        yield (seq, *row, link)
