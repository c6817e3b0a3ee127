"""The events behind a figure in pages: all are counted and added up, a screenful is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from cockpit.tui.messages import Listed
from events.envelope import Event
from events.log import Log
from events.trace import Trace
from projections.formula import EventsSum, Explanation
from projections.recount import behind, shares
from projections.state import Settings

PAGE: Final = 500
"""So many events are a page."""

_AT_ONCE: Final = 4 * PAGE
"""Up to so many events are added up before the first of them are shown."""


class _Known(msgspec.Struct, frozen=True):
    """What was listed last: the question, how it sums, the head it was asked at, ids in order.

    `adds` is what each of them adds to the figure, None where it is no sum.
    """

    trace: Trace
    summed: EventsSum | None
    head: int
    ids: Sequence[str]
    adds: Mapping[str, int] | None = None


class Lister:
    """Remembers the last list, so that the next page of it asks the log for that page alone."""

    def __init__(self) -> None:
        """Nothing is listed yet."""
        self._known: _Known | None = None

    def pages(
        self, explanation: Explanation, page: int, log: Log, settings: Settings | None
    ) -> Iterator[Listed]:
        """The page, and where there are many events once more as soon as they are added up."""
        trace, summed, head = explanation.trace, explanation.events_sum, log.head().seq
        known = self._known
        if known is not None and (known.trace, known.summed, known.head) == (trace, summed, head):
            yield _page(known, page, log)
            return
        events = list(log.find(trace))
        found = _Known(trace, summed, head, [event.id for event in events])
        if settings is None or summed is None:
            self._known = found
            yield _page(found, page, log)
            return
        if len(events) > _AT_ONCE:
            yield _page(found, page, log)
        adds = shares(events, explanation, settings) or {}
        listed = [event.id for event in behind(events, adds)]
        self._known = _Known(trace, summed, head, listed, adds)
        yield _page(self._known, page, log)


def clients_of(log: Log, events: Sequence[Event]) -> dict[str, str]:
    """The names of the clients some events are about."""
    met = {event.client for event in events}
    return {key: name for key, name in log.names("client").items() if key in met}


def _page(known: _Known, page: int, log: Log) -> Listed:
    """The events of a page, or of the last one there is, in plain text."""
    page = min(page, max(0, len(known.ids) - 1) // PAGE)
    ids = known.ids[page * PAGE : (page + 1) * PAGE]
    found = log.get(ids)
    events = log.reveal([found[id_] for id_ in ids])
    return Listed(
        events=events,
        clients=clients_of(log, events),
        first=page * PAGE,
        count=len(known.ids),
        total=None if known.adds is None else sum(known.adds.values()),
        adds=known.adds,
    )
