"""Which events new repairs speak of, and what those events said at every position."""

from __future__ import annotations

from collections.abc import Iterable

from events.log import Log
from projections.fold.repairs import REPAIRS, Entry, entry_of, spans
from projections.model.past import Past, Repaired


def touched(log: Log, past: Past, repairs: Iterable[Entry], upto: int) -> list[Repaired]:
    """Every event that a new repair speaks of, straight or by way of other repairs, in order.

    `repairs` are the repairs of a range that ends with `upto`.
    """
    fresh = {entry.id: entry for entry in repairs}
    wanted = _above(past, fresh)
    family = _family(log, past, fresh, wanted)
    in_order = sorted(
        (entry for entry in family.values() if entry.seq <= upto), key=lambda entry: entry.seq
    )
    kids: dict[str, list[Entry]] = {}
    for entry in in_order:
        if isinstance(entry.body, REPAIRS):
            kids.setdefault(entry.body.target, []).append(entry)
    return [
        Repaired(entry.seq, entry.id, entry.recorded_at, tuple(spans(entry, kids)))
        for entry in in_order
        if entry.id in wanted and any(kid.seq > entry.seq for kid in kids.get(entry.id, ()))
    ]


def target_of(entry: Entry) -> str:
    """The event a repair speaks of."""
    if not isinstance(entry.body, REPAIRS):
        raise TypeError(f"{entry.id} is no repair")
    return entry.body.target


def _above(past: Past, fresh: dict[str, Entry]) -> set[str]:
    """The targets of repairs, the targets of those of them that are repairs, and so on."""
    wanted: set[str] = set()
    above = {target_of(entry) for entry in fresh.values()}
    while above:
        wanted |= above
        older = past.targets(above - fresh.keys())
        nearer = {target_of(fresh[id_]) for id_ in above if id_ in fresh}
        above = {*older.values(), *nearer} - wanted
    return wanted


def _family(log: Log, past: Past, fresh: dict[str, Entry], wanted: set[str]) -> dict[str, Entry]:
    """The wanted events with all their repairs, and the repairs of those."""
    family = dict(fresh)
    below = wanted
    while below:
        missing = sorted(below - family.keys())
        family.update((id_, entry_of(event)) for id_, event in log.get(missing).items())
        below = set(past.kids(below)) - family.keys()
    return family
