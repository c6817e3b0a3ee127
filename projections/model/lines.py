"""What the first sales of clients were taken to be over a range of the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from events.vocabulary import name_of
from events.vocabulary.people import Recognition
from projections.fold.books import END, First, Line, Sale, joined, line_of
from projections.fold.clock import Clock
from projections.fold.repairs import Entry, Span, whole
from projections.fold.sales import SALE_KIND, is_sale
from projections.model.past import Past, Repaired
from projections.model.range import Range, client_of, clients_of, picked


class Lines:
    """Reads sales under one recognition by one clock."""

    def __init__(self, reach: Range, past: Past, clock: Clock, recognition: Recognition) -> None:
        """`past` is as known before the range."""
        self._reach = reach
        self._past = past
        self._clock = clock
        self._recognition = recognition
        self._kind = name_of(SALE_KIND[recognition])

    def read(self, touched: Sequence[Repaired]) -> dict[str, Line]:
        """The line of every client that the range or a touched event is about.

        Of what was known before only the last word may be given, at position 0.
        """
        bodies = [span.body for repaired in touched for span in repaired.spans]
        careful = clients_of(body for body in bodies if is_sale(body, self._recognition))
        clients = self._reach.clients
        asked = None if clients is None else clients | clients_of(bodies)
        lines: dict[str, Line] = {
            client: ((0, first),) for client, first in self._past.firsts(asked).items()
        }
        fresh: dict[str, list[tuple[int, First]]] = {}
        apart = {repaired.seq for repaired in touched}
        for entry in self._reach.new(self._kind):
            for client, since, _, first in self._sales(entry.seq, whole(entry)):
                if entry.seq not in apart:
                    fresh.setdefault(client, []).append((since, first))
        for client in fresh.keys() - careful:
            lines[client] = joined(lines.get(client, ()), fresh[client])
        sales = self._all_sales(careful, touched, apart)
        for client in careful:
            late = [(since, END, first) for since, first in fresh.get(client, ())]
            lines[client] = line_of([*sales.get(client, ()), *late])
        return {client: line for client, line in lines.items() if line}

    def _all_sales(
        self, clients: set[str], touched: Sequence[Repaired], apart: set[int]
    ) -> dict[str, list[Sale]]:
        """The sales of some clients that were logged before the range or ever repaired."""
        if not clients:
            return {}
        found: dict[str, list[Sale]] = {}
        before = self._past.repaired(clients)
        again = [
            repaired
            for repaired in before
            if repaired.seq not in apart and repaired.seq <= self._reach.after
        ]
        for repaired in (*touched, *again):
            self._note(found, clients, repaired.seq, repaired.spans)
        for entry in self._logged(clients, apart):
            self._note(found, clients, entry.seq, whole(entry))
        return found

    def _logged(self, clients: set[str], apart: set[int]) -> Iterator[Entry]:
        if not self._reach.after:
            return
        seqs = self._reach.log.positions(
            kinds=(self._kind,), clients=sorted(clients), upto=self._reach.after
        )
        known = self._past.which(seqs) | apart
        yield from picked(self._reach.log, [seq for seq in seqs if seq not in known])

    def _note(
        self, found: dict[str, list[Sale]], clients: set[str], seq: int, spans: Sequence[Span]
    ) -> None:
        for client, since, until, first in self._sales(seq, spans):
            if client in clients:
                found.setdefault(client, []).append((since, until, first))

    def _sales(self, seq: int, spans: Sequence[Span]) -> Iterator[tuple[str, int, int, First]]:
        for span in spans:
            client = client_of(span.body)
            if client is not None and is_sale(span.body, self._recognition):
                day = self._clock.day(span.occurred_at)
                deal: str | None = getattr(span.body, "deal", None)
                yield client, span.since, span.until, (day, seq, deal)
