"""The department's ground rules, read straight from the log: everything else depends on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from events.log import Log
from events.trace import Trace
from events.vocabulary import DepartmentOpened, name_of
from projections.fold.repairs import REPAIRS, Entry, entry_of, state_at
from projections.state import Settings


def rules(log: Log) -> Settings | None:
    """The rules of now: those of the department event that occurred last, repairs applied.

    None while there is no department.
    """
    return rules_of(
        entry_of(event) for event in log.find(Trace(kinds=(name_of(DepartmentOpened),)))
    )


def rules_of(entries: Iterable[Entry]) -> Settings | None:
    """The same from the department's events and their repairs."""
    found = list(entries)
    kids: dict[str, list[Entry]] = {}
    for entry in found:
        if isinstance(entry.body, REPAIRS):
            kids.setdefault(entry.body.target, []).append(entry)
    opened: list[tuple[dt.datetime, int, DepartmentOpened]] = []
    for entry in found:
        state = state_at(entry, kids, found[-1].seq)
        if state is not None and isinstance(state[1], DepartmentOpened):
            opened.append((dt.datetime.fromisoformat(state[0]), entry.seq, state[1]))
    if not opened:
        return None
    body = max(opened, key=lambda item: item[:2])[2]
    return Settings(
        name=body.name,
        country=body.country,
        currency=body.currency,
        minor_digits=body.minor_digits,
        zone=body.zone,
        language=body.language,
        recognition=body.recognition,
        late_days=body.late_days,
        brief_seconds=body.brief_seconds,
    )
