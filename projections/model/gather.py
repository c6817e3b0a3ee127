"""What has to be known before the events of a range can be folded one by one.

The same for a rebuild, whose range is the whole log and whose past is nothing, for a catch-up,
and for the events on top of the last page that a moment inside a day sees.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from events.log import Log
from projections.fold.basis import Basis
from projections.fold.books import First, Line
from projections.fold.clock import Clock
from projections.fold.history import Change, history
from projections.fold.repairs import REPAIR_KINDS, Entry, whole
from projections.model.bulk import Context
from projections.model.lines import Lines
from projections.model.pages import Page, page_at
from projections.model.past import Past, Repaired
from projections.model.range import Range, client_of, picked
from projections.model.trees import touched


class Gathered(msgspec.Struct):
    """A range of the log made ready to be folded, and what it changed of what is known.

    `firsts` are new words on who was sold to first: client, position and sale, None for none.
    """

    context: Context
    touched: list[Repaired]
    repairs: list[Entry]
    firsts: list[tuple[str, int, First | None]]


def gather(
    log: Log, past: Past, clock: Clock, basis: Basis, pages: list[Page], reach: Range
) -> Gathered:
    """Look through a range; `pages` holds at least the pages of it."""
    repairs = list(reach.new(*REPAIR_KINDS))
    apart = touched(log, past, repairs, reach.upto)
    lines = Lines(reach, past, clock, basis.recognition).read(apart)
    firsts = [
        (client, known, first)
        for client, line in sorted(lines.items())
        for known, first in line
        if known > reach.after
    ]
    context = Context(
        basis=basis,
        pages=pages,
        lines=lines,
        repaired={repaired.seq for repaired in apart},
        changes={},
    )
    stirred = {client: _floor(lines[client]) for client, _, _ in firsts}
    for repaired in (*apart, *_stirred(past, reach, clock, stirred, context.repaired)):
        for change in _changes(repaired, lines, clock, basis, reach):
            context.changes.setdefault(page_at(pages, change[0]), []).append(change)
    return Gathered(context, apart, repairs, firsts)


def _changes(
    repaired: Repaired, lines: dict[str, Line], clock: Clock, basis: Basis, reach: Range
) -> Iterator[Change]:
    told = history(repaired.seq, repaired.recorded_at, repaired.spans, lines, clock, basis)
    return (change for change in told if reach.after < change[0] <= reach.upto)


def _stirred(
    past: Past, reach: Range, clock: Clock, floors: dict[str, int], apart: set[int]
) -> Iterator[Repaired]:
    """The events logged before the range that are about clients whose first sale changed in it,
    but for those of days before any first sale there ever was: they stay where they are.
    """
    if not floors or not reach.after:
        return
    yield from (
        repaired
        for repaired in past.repaired(floors)
        if repaired.seq not in apart and repaired.seq <= reach.after
    )
    seqs = reach.log.positions(clients=sorted(floors), upto=reach.after)
    known = past.which(seqs) | apart
    for entry in picked(reach.log, [seq for seq in seqs if seq not in known]):
        floor = floors.get(client_of(entry.body) or "")
        if floor is not None and clock.day(entry.occurred_at) >= floor:
            yield Repaired(entry.seq, entry.id, entry.recorded_at, tuple(whole(entry)))


def _floor(line: Line) -> int:
    return min((first[0] for _, first in line if first is not None), default=0)
