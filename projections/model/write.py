"""Rows into the tables of a read model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from events.sqlite.engine import Connection
from projections.fold.clock import Clock
from projections.fold.repairs import Entry
from projections.fold.sums import MEASURES
from projections.model.gather import Gathered
from projections.model.pack import (
    Interner,
    PageRows,
    Said,
    SaidRow,
    merged_cells,
    merged_marks,
    merged_said,
    papers_of,
    turns_of,
)
from projections.model.pages import Page
from projections.model.past import Repaired, array, encoded, kind_of
from projections.model.range import client_of
from projections.model.trees import target_of

_CELL: Final = f"INSERT OR REPLACE INTO cell VALUES ({', '.join('?' * (MEASURES + 4))})"  # noqa: S608
_MARK: Final = "INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?)"
_TURN: Final = "INSERT OR REPLACE INTO turn VALUES (?, ?, ?)"
_PAPER: Final = "INSERT OR REPLACE INTO paper VALUES (?, ?, ?)"
_PAGE: Final = "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)"
_SPAN: Final = """
INSERT INTO span VALUES (?, ?, ?)
ON CONFLICT (day, page) DO UPDATE SET until = max(until, excluded.until)
"""
_FIRST: Final = "INSERT INTO first VALUES (?, ?, ?, ?, ?)"
_REPAIR: Final = "INSERT INTO repair VALUES (?, ?, ?)"
_VERSION: Final = f"INSERT INTO version VALUES ({', '.join('?' * 10)})"  # noqa: S608
_FORGET: Final = "DELETE FROM version WHERE seq IN (SELECT value FROM json_each(?))"
_META: Final = "INSERT OR REPLACE INTO meta VALUES (?, ?)"
_CELL_AT: Final = "SELECT body FROM cell WHERE day = ? AND page = ? AND activity = ?"
_NO_CELL: Final = "DELETE FROM cell WHERE day = ? AND page = ? AND activity = ?"
_TURN_AT: Final = "SELECT body FROM turn WHERE day = ? AND page = ?"
_PAPER_AT: Final = "SELECT body FROM paper WHERE day = ? AND page = ?"
_MARK_AT: Final = "SELECT body FROM mark WHERE kind = ? AND day = ? AND page = ?"

_TEXTS: Final = {
    "seller": (
        "SELECT min(id) FROM seller WHERE text = ?",
        "SELECT coalesce(max(id), 0) + 1 FROM seller",
        "INSERT INTO seller VALUES (?, ?)",
    ),
    "cut": (
        "SELECT min(id) FROM cut WHERE text = ?",
        "SELECT coalesce(max(id), 0) + 1 FROM cut",
        "INSERT INTO cut VALUES (?, ?)",
    ),
}


class StoredTexts(Interner):
    """Numbers that continue those of a table."""

    def __init__(self, connection: Connection, table: str) -> None:
        """`table` is `seller` or `cut`."""
        self._connection = connection
        self._look_up, following, _ = _TEXTS[table]
        (start,) = connection.execute(following).fetchone() or (1,)
        super().__init__(start)

    def _find(self, text: str) -> int:
        (number,) = self._connection.execute(self._look_up, (text,)).fetchone() or (None,)
        return super()._find(text) if number is None else int(number)


def put_texts(connection: Connection, table: str, texts: Iterable[tuple[int, str]]) -> None:
    """Keep the numbers an interner gave to `seller` or `cut`."""
    connection.executemany(_TEXTS[table][2], list(texts))


def put_page(connection: Connection, rows: PageRows) -> None:
    """A page the model has nothing of."""
    connection.executemany(_CELL, rows.cells)
    connection.executemany(_MARK, rows.marks)
    connection.executemany(_TURN, rows.turns)
    connection.executemany(_PAPER, rows.papers)
    connection.executemany(_SPAN, rows.spans)


def merge_page(connection: Connection, rows: PageRows) -> None:
    """A page of which the model may have some already."""
    for fresh in rows.cells:
        place = fresh[:3]
        (before,) = connection.execute(_CELL_AT, place).fetchone() or (None,)
        whole = fresh
        if before is not None:
            merged = merged_cells(*place, (before, fresh[-1]))
            if merged is None:
                connection.execute(_NO_CELL, place)
                continue
            whole = merged
        connection.execute(_CELL, whole)
    for mark in rows.marks:
        spot = mark[:3]
        (seqs,) = connection.execute(_MARK_AT, spot).fetchone() or (None,)
        connection.execute(_MARK, mark if seqs is None else merged_marks(*spot, (seqs, mark[-1])))
    connection.executemany(_TURN, _said(connection, _TURN_AT, rows.turns, turns_of))
    connection.executemany(_PAPER, _said(connection, _PAPER_AT, rows.papers, papers_of))
    connection.executemany(_SPAN, rows.spans)


def _said(
    connection: Connection, at: str, rows: Iterable[SaidRow], read: Callable[[bytes], list[Said]]
) -> list[SaidRow]:
    """Rows of what is said, together with what the model has at their places already."""
    whole: list[SaidRow] = []
    for row in rows:
        day, page, body = row
        (earlier,) = connection.execute(at, (day, page)).fetchone() or (None,)
        whole.append(row if earlier is None else merged_said(day, page, (earlier, body), read))
    return whole


def put_known(connection: Connection, gathered: Gathered, clock: Clock) -> None:
    """What became known of first sales and repairs."""
    connection.executemany(
        _FIRST,
        [(client, known, *(first or (None,) * 3)) for client, known, first in gathered.firsts],
    )
    connection.executemany(_REPAIR, [_repair_row(entry) for entry in gathered.repairs])
    connection.execute(_FORGET, (array(repaired.seq for repaired in gathered.touched),))
    for repaired in gathered.touched:
        connection.executemany(_VERSION, _version_rows(repaired, clock))


def put_pages(connection: Connection, pages: Iterable[Page]) -> None:
    """Pages that are new or longer than before."""
    connection.executemany(_PAGE, [(p.page, p.day, p.first, p.last) for p in pages])


def put_meta(connection: Connection, values: Mapping[str, str | int]) -> None:
    """What the model says of itself."""
    connection.executemany(_META, [(name, str(value)) for name, value in values.items()])


def _repair_row(entry: Entry) -> tuple[int, str, str]:
    return entry.seq, entry.id, target_of(entry)


def _version_rows(repaired: Repaired, clock: Clock) -> list[tuple[int | str | None, ...]]:
    return [
        (
            repaired.seq,
            span.since,
            span.until,
            repaired.id,
            kind_of(span.body),
            clock.day(span.occurred_at),
            span.occurred_at,
            repaired.recorded_at,
            client_of(span.body),
            encoded(span.body),
        )
        for span in repaired.spans
    ]
