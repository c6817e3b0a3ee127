"""The fold of the log page by page: where a rebuild spends its time.

What is sure to stay as it is gets folded column by column; what may change later, or is not
surely late or on time, is looked at one by one.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import compress

import msgspec

from events.log import Log, Stretch
from projections.fold.basis import Basis
from projections.fold.books import UNSETTLED, Line
from projections.fold.clock import Clock
from projections.fold.history import Change, history
from projections.fold.repairs import entries, whole
from projections.model.cells import Numbers, PageCells
from projections.model.columns import (
    Books,
    Column,
    Keep,
    Marks,
    Papers,
    Turns,
    columns,
    mark,
    paper,
    summed,
    turn,
)
from projections.model.ends import Ends, note
from projections.model.pages import Page, page_at


class Context(msgspec.Struct):
    """What has to be known beforehand, so that every event can be folded by itself.

    `lines` is what was known of clients' first sales, `repaired` the positions of events whose
    repairs are folded apart, `changes` what such events do to a page, by its number.
    """

    basis: Basis
    pages: list[Page]
    lines: dict[str, Line]
    repaired: set[int]
    changes: dict[int, list[Change]]


class Folded(msgspec.Struct):
    """A page folded: its cells, its things, what it says of deals and of invoices, and when the
    last of its events on each business day occurred as they were logged.
    """

    page: int
    cells: PageCells
    marks: Marks
    turns: Turns
    papers: Papers
    ends: Ends


@contextmanager
def no_garbage() -> Iterator[None]:
    """Millions of small values without a cycle among them: looking for one halves the speed."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def fold(log: Log, context: Context, pages: Sequence[Page], numbers: Numbers) -> Iterator[Folded]:
    """Some neighbouring pages in order. What they do to later pages joins `context.changes`."""
    folder = Folder(log, context, numbers)
    for page in pages:
        size = page.last - page.first + 1
        yield folder.page(page, log.stretches(page.first - 1, page.last, size))


class Folder:
    """Folds events in the order of the log."""

    def __init__(
        self, log: Log, context: Context, numbers: Numbers, *, cells_only: bool = False
    ) -> None:
        """The log is asked only for what cannot be folded at once; with `cells_only` no things and
        nothing of deals and invoices is noted.
        """
        self._cells_only = cells_only
        self._log = log
        self._context = context
        self._clock = Clock(context.basis.zone)
        self._numbers = numbers
        self._books = Books(context.lines, context.basis.recognition)

    def page(self, page: Page, stretches: Iterable[Stretch], keep: Keep | None = None) -> Folded:
        """The events of a page, which are given; of each column only those that are kept."""
        folded = Folded(page.page, PageCells(self._numbers), {}, {}, {}, {})
        self._books.turn_to(page.first)
        for stretch in stretches:
            bounds = self._clock.bounds(*stretch.recorded)
            rest: list[int] = []
            days, starts = self._clock.columns(stretch.occurred)
            note(folded.ends, stretch.occurred, days, starts)
            for column in columns(stretch, days, starts, keep):
                if not self._cells_only:
                    mark(folded.marks, column)
                    turn(folded.turns, column)
                    paper(folded.papers, column)
                rest.extend(self._at_once(column, bounds, folded.cells))
            self._one_by_one(sorted(rest), folded)
        for change in self._context.changes.pop(page.page, ()):
            apply(change, folded.cells)
        return folded

    def _at_once(self, column: Column, bounds: tuple[int, int], cells: PageCells) -> Iterable[int]:
        """Fold what is sure to stay as it is; the positions of what is not come back."""
        late_upto, on_time_from = bounds
        books = self._books.of(column)
        gone = self._context.repaired.intersection(column.seqs)
        unsure: set[int] = set()
        if UNSETTLED in books:
            unsure.update(compress(column.seqs, [book is UNSETTLED for book in books]))
        if min(column.starts) < on_time_from:
            between = [late_upto < start < on_time_from for start in column.starts]
            unsure.update(compress(column.seqs, between))
        left = gone | unsure
        if left:
            kept = [place for place, seq in enumerate(column.seqs) if seq not in left]
            column, books = column.at(kept), [books[place] for place in kept]
        summed(column, books, late_upto, cells, self._context.basis.brief)
        return unsure - gone

    def _one_by_one(self, seqs: Sequence[int], folded: Folded) -> None:
        """Fold events whose contribution changes later, or has to be looked at more closely."""
        context = self._context
        for chunk in self._log.pick(seqs):
            for entry in entries(chunk):
                told = whole(entry)
                for change in history(
                    entry.seq, entry.recorded_at, told, context.lines, self._clock, context.basis
                ):
                    page = page_at(context.pages, change[0])
                    if page == folded.page:
                        apply(change, folded.cells)
                    else:
                        context.changes.setdefault(page, []).append(change)


def apply(change: Change, cells: PageCells) -> None:
    """Put what a change brings into a page's cells, or take out what it takes."""
    _, sign, (day, late, what) = change
    cells.tally(day, what, late, sign)
