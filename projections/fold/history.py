"""How the contribution of one event changed as more became known.

What an event adds after a position follows from what it says then and the book its client is in
then. The difference between two such contributions is dated with the business day of each and
the position that brought the change, so both dials are mere filters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from projections.fold.basis import Basis
from projections.fold.books import END, First, Line, book_of, first_at
from projections.fold.clock import Clock
from projections.fold.deeds import DEEDS, Tally
from projections.fold.repairs import Span
from projections.fold.sales import is_sale

Contribution: TypeAlias = tuple[int, bool, Tally]
"""Business day, whether it was recorded late, and what it adds."""

Change: TypeAlias = tuple[int, int, Contribution]
"""The position that made it, +1 or -1, and what comes or goes."""


def contribution(
    seq: int,
    recorded_at: str,
    span: Span,
    first: First | None,
    clock: Clock,
    basis: Basis,
) -> Contribution:
    """What an event adds while it says what it does and its client's first sale is `first`."""
    body = span.body
    day = clock.day(span.occurred_at)
    book = None
    if getattr(body, "client", None) is not None:
        sale = is_sale(body, basis.recognition)
        book = book_of(first, day, seq, getattr(body, "deal", None), sale)
    return (
        day,
        clock.late(span.occurred_at, recorded_at),
        DEEDS[type(body)](body, book, basis.brief),
    )


def history(
    seq: int,
    recorded_at: str,
    spans: Sequence[Span],
    lines: Mapping[str, Line],
    clock: Clock,
    basis: Basis,
) -> Iterator[Change]:
    """Every change an event made, in order. `lines` holds what is known of its clients."""
    last: Contribution | None = None
    for position, span, first in _steps(spans, lines):
        now = None
        if span is not None:
            now = contribution(seq, recorded_at, span, first, clock, basis)
        if now == last:
            continue
        if last is not None:
            yield position, -1, last
        if now is not None:
            yield position, 1, now
        last = now


def _steps(
    spans: Sequence[Span], lines: Mapping[str, Line]
) -> Iterator[tuple[int, Span | None, First | None]]:
    """What an event says and its client's first sale, after every position that changed them."""
    for span in spans:
        client: str | None = getattr(span.body, "client", None)
        line = lines.get(client, ()) if client is not None else ()
        yield span.since, span, first_at(line, span.since)
        for position, first in line:
            if span.since < position < span.until:
                yield position, span, first
        if span.until < END:
            yield span.until, None, None
