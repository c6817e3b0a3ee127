"""A model brought from one position to another, inside a transaction that the caller holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from events.envelope import Head
from events.log import Log
from events.sqlite.engine import Connection
from projections.fold.basis import Basis
from projections.fold.clock import Clock
from projections.model.bulk import fold
from projections.model.cells import Numbers
from projections.model.gather import gather
from projections.model.pack import Interner, Pairs, page_rows
from projections.model.pages import Page, extended
from projections.model.past import Past
from projections.model.range import Range
from projections.model.write import (
    StoredTexts,
    merge_page,
    put_known,
    put_meta,
    put_page,
    put_pages,
    put_texts,
)

Progress: TypeAlias = Callable[[int, int], None]
"""Hears how many events are folded, and of how many."""


def advance(connection: Connection, log: Log, basis: Basis, head: Head) -> None:
    """Fold what came after the model's position."""
    after = position_of(connection)
    if after >= head.seq:
        return
    clock = Clock(basis.zone)
    last = last_page(connection, after)
    pages = extended(log, clock, last, head.seq)
    reach = Range(log, after, head.seq)
    gathered = gather(log, Past(connection, after), clock, basis, pages, reach)
    sellers, cuts = StoredTexts(connection, "seller"), StoredTexts(connection, "cut")
    numbers = Numbers()
    pairs = Pairs(numbers, sellers, cuts)
    for folded in fold(log, gathered.context, since(pages, after), numbers):
        rows = page_rows(folded, pairs)
        if last is not None and rows.page == last.page:
            merge_page(connection, rows)
        else:
            put_page(connection, rows)
    put_fresh(connection, sellers, cuts)
    put_known(connection, gathered, clock)
    put_pages(connection, pages)
    put_meta(connection, {"position": head.seq, "link": head.link})


def position_of(connection: Connection) -> int:
    """The last position folded."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'position'").fetchone()
    return int(row[0]) if row is not None else 0


def last_page(connection: Connection, upto: int) -> Page | None:
    """The page that a position is the last of, or inside of."""
    row = connection.execute(
        "SELECT page, day, first, last FROM page WHERE first <= ? ORDER BY page DESC LIMIT 1",
        (upto,),
    ).fetchone()
    return Page(*row) if row is not None else None


def since(pages: list[Page], after: int) -> list[Page]:
    """The parts of pages that lie after a position."""
    return [
        msgspec.structs.replace(page, first=max(page.first, after + 1))
        for page in pages
        if page.last > after
    ]


def put_fresh(connection: Connection, sellers: Interner, cuts: Interner) -> None:
    """Keep the numbers of texts that are new to the model."""
    put_texts(connection, "seller", sellers.fresh)
    put_texts(connection, "cut", cuts.fresh)
