"""A model made anew from the whole log, inside a transaction that the caller holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

import msgspec

from events.envelope import Head
from events.log import Log
from events.sqlite.engine import Connection
from projections.fold.basis import Basis
from projections.fold.clock import Clock
from projections.fold.history import Change
from projections.model.bulk import Context, Folded, apply, no_garbage
from projections.model.cells import Numbers, PageCells
from projections.model.fill import Progress, put_fresh
from projections.model.gather import gather
from projections.model.pack import Pairs, page_rows
from projections.model.pages import Page, extended
from projections.model.parts import LARGE, Half, Helper, Packer, helper
from projections.model.past import Past
from projections.model.range import Range
from projections.model.schema import INDEXES, SHAPE, STATEMENTS
from projections.model.write import (
    StoredTexts,
    merge_page,
    put_known,
    put_meta,
    put_page,
    put_pages,
    put_texts,
)


def build(
    connection: Connection, log: Log, basis: Basis, head: Head, progress: Progress | None = None
) -> None:
    """Make the tables and fold the whole log into them."""
    for statement in STATEMENTS:
        connection.execute(statement)
    clock = Clock(basis.zone)
    with no_garbage(), helper(log, head.seq) as second:
        pages = extended(log, clock, None, head.seq)
        reach = Range(log, 0, head.seq)
        gathered = gather(log, Past(connection, 0), clock, basis, pages, reach)
        _halves(connection, log, gathered.context, second, progress)
    put_known(connection, gathered, clock)
    put_pages(connection, pages)
    for statement in INDEXES:
        connection.execute(statement)
    put_meta(
        connection,
        {
            "position": head.seq,
            "link": head.link,
            "shape": SHAPE,
            "zone": basis.zone,
            "recognition": basis.recognition,
            "brief": basis.brief,
        },
    )


def _halves(
    connection: Connection,
    log: Log,
    context: Context,
    second: Helper | None,
    progress: Progress | None,
) -> None:
    """Fold a whole log: a large one in two halves, at once where there is a second process."""
    pages = context.pages
    middle = (len(pages) + 1) // 2 if pages and pages[-1].last >= LARGE else len(pages)
    mine, rest = pages[:middle], pages[middle:]
    theirs = {page: context.changes.pop(page) for page in sorted(context.changes) if page > middle}
    ahead = msgspec.structs.replace(context, changes=theirs)
    if second is not None:
        with suppress(OSError):
            second.start(ahead, rest)
    first = Packer(log, context, 1)
    for rows in first.rows(mine):
        put_page(connection, rows)
        if progress is not None:
            progress(pages[rows.page - 1].last * len(pages) // len(mine), pages[-1].last)
    half = _second_half(second, log, ahead, rest)
    for rows in half.rows:
        put_page(connection, rows)
    put_texts(connection, "seller", [*first.sellers.fresh, *half.sellers])
    put_texts(connection, "cut", [*first.cuts.fresh, *half.cuts])
    _apply(connection, context.changes)
    if progress is not None and pages:
        progress(pages[-1].last, pages[-1].last)


def _second_half(second: Helper | None, log: Log, context: Context, pages: list[Page]) -> Half:
    if second is not None:
        with suppress(OSError, msgspec.DecodeError):
            return second.half()
    return Packer(log, context, 2).half(pages)


def _apply(connection: Connection, changes: Mapping[int, Iterable[Change]]) -> None:
    """Put what the first half did to pages of the second where it belongs."""
    sellers, cuts = StoredTexts(connection, "seller"), StoredTexts(connection, "cut")
    numbers = Numbers()
    pairs = Pairs(numbers, sellers, cuts)
    for page in sorted(changes):
        cells = PageCells(numbers)
        for change in changes[page]:
            apply(change, cells)
        merge_page(connection, page_rows(Folded(page, cells, {}, {}, {}, {}), pairs))
    put_fresh(connection, sellers, cuts)
