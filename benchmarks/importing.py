"""Bringing in a file: everything the mapping does against the barest way to keep the rows."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import count
from pathlib import Path

from benchmarks.data import TODAY, Plan
from benchmarks.measure import in_turns, timed
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
    """`cockpit import` without its process against csv, sha256 and executemany.

    The peer keeps the same rows as text in one hash-chained table, as durably. It comes in two
    shapes: without any index, and with the one that importing again without doubling asks for.
    """
    rows = plan.size(ROWS)
    with tempfile.TemporaryDirectory(dir=plan.cache) as name:
        folder, numbers = Path(name), count()
        table = folder / "sales.csv"
        _write(table, rows)
        tasks = [
            timed(lambda: _ours(folder / f"ours{next(numbers)}.db", table)),
            timed(lambda: _bare(folder / f"bare{next(numbers)}.db", table, key="")),
            timed(lambda: _bare(folder / f"keyed{next(numbers)}.db", table, key=HEADER[0])),
        ]
        ours, bare, keyed = in_turns(tasks, plan.rounds)
    what = f"import of {rows:,} rows, CPU"
    yield at_most(what, ours, bare, LIMIT, unit="s", against="csv + executemany")
    yield compared(what, ours, keyed, unit="s", against="the same, each order once")


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


def _ours(path: Path, table: Path) -> None:
    opened = DepartmentOpened(
        name="Bench", country="GB", currency="GBP", minor_digits=2, zone="Europe/London",
        language="en",
    )  # fmt: skip
    now = dt.datetime.now(dt.UTC)
    with SqliteLog.create(path) as log:
        log.append([Draft(body=opened, occurred_at=now, actor="head")])
        outcome = run(log, table, MAPPING, actor="head")
    if outcome.skipped:
        raise RuntimeError(f"{outcome.skipped} rows were refused: {outcome.rejects[:3]}")


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
