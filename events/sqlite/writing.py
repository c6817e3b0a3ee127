"""The one transaction that grows the log; the caller holds the writers' queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Final

import msgspec

from events.envelope import Appended, Head
from events.errors import Conflict
from events.moments import in_utc
from events.prepare import Prepared
from events.seal import link_of
from events.sqlite.access import Transaction
from events.sqlite.engine import Connection, Value, sqlite3
from events.sqlite.owners import subject
from events.sqlite.repairs import REPAIRS
from events.sqlite.schema import INDEXES, NEXT, OBJECTS
from events.sqlite.stored import End, last

if TYPE_CHECKING:
    from events.sheaf import Sheaf
    from events.sqlite.known import Memory

INSERT_EVENT: Final = """
INSERT INTO event (id, kind, version, occurred_at, actor, source, external_id, seller, client,
                   deal, body, digest, seq, recorded_at, link)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_PERSONAL: Final = "INSERT INTO personal VALUES (?, ?, ?, ?, ?)"

NOBODY: Final[Mapping[str, str]] = {}

# A trigger costs as much as all indexes together. Within the transaction nobody else writes and
# the rows are numbered here, so a long batch goes without it; a rollback brings it back.
_BULK: Final = 200

# A long batch rarely comes alone, and the indexes of a large import are to stay in memory. Who only
# reads gains nothing from a cache beyond the engine's own: the system keeps the file anyway.
_ROOM: Final = "PRAGMA cache_size = -65536"

# Indexes made in one sweep cost half of what they cost row by row, but they take in every row.
_MOST: Final = 2


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What a batch came to: the answer to each draft, and where the log ends after it."""

    answers: list[Appended]
    end: End


def grow(
    connection: Connection,
    batch: Sequence[Prepared],
    expected: int | None,
    end: End | None = None,
) -> Outcome:
    """Append a batch in one transaction, or nothing of it. Raises Invalid, Conflict.

    `end` is where the log ended when this writer last had its turn, None if that may have changed.
    """
    if len(batch) == 1:
        outcome = _alone(connection, batch[0], expected, end)
        if outcome is not None:
            return outcome
    if len(batch) >= _BULK:
        from events.sheaf import Sheaf

        connection.execute(_ROOM)
        batch = Sheaf.of(batch)
        # No trigger watches a long batch, so what is remembered of the end is not enough.
        kinds, end = batch.kinds, None
    else:
        kinds = [prepared.columns[1] for prepared in batch]
    repairs = not REPAIRS.isdisjoint(kinds)
    if not repairs:
        outcome = _at_once(connection, batch, expected, end)
        if outcome is not None:
            return outcome
    with Transaction(connection):
        return _sifted(connection, [*batch], expected, repairs=repairs)


def _at_once(
    connection: Connection, batch: Sequence[Prepared], expected: int | None, end: End | None
) -> Outcome | None:
    """Append what is likely to be new; None where a closer look is needed, nothing was added then.

    Looking whether something is known costs more than the rare second attempt, and a trigger
    refuses what does not come right after the real end where that is only remembered.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        end = end or last(connection)
        if expected is None or expected == end.head.seq:
            outcome = add(connection, batch, end)
            connection.execute("COMMIT")
            return outcome
    except sqlite3.IntegrityError:
        pass
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return None


def _alone(
    connection: Connection, prepared: Prepared, expected: int | None, end: End | None
) -> Outcome | None:
    """The same for one event that is a single row: every statement is a transaction of its own.

    What is read before it needs no lock, for the trigger sees whether it still holds.
    """
    columns, digest = prepared.columns, prepared.digest
    if prepared.secrets or columns[1] in REPAIRS:
        return None
    end = end or last(connection)
    after = end.head.seq
    if expected is not None and expected != after:
        return None
    # A clock that was put back does not make the log go back.
    seq, recorded_at = after + 1, max(in_utc(prepared.at), end.recorded_at)
    link = link_of(end.head.link, seq, recorded_at, digest)
    try:
        connection.execute(INSERT_EVENT, (*columns, digest, seq, recorded_at, link))
    except sqlite3.IntegrityError:
        return None
    return Outcome([Appended(seq, columns[0], True)], End(Head(seq, link), recorded_at))


def _sifted(
    connection: Connection, batch: Sequence[Prepared], expected: int | None, *, repairs: bool
) -> Outcome:
    """Append what the log does not know yet."""
    from events.sqlite.known import Memory

    end = last(connection)
    memory = Memory(connection, batch)
    if memory.nothing and not repairs:
        _hold(expected, end.head.seq)
        return add(connection, batch, end)
    answers, fresh, about = _sorted_out(connection, batch, memory, expected, end.head.seq)
    return Outcome(answers, add(connection, fresh, end, about).end)


def add(
    connection: Connection,
    fresh: Sequence[Prepared],
    end: End,
    about: Mapping[str, str] = NOBODY,
) -> Outcome:
    """Write new events behind the end of the log, in an open transaction.

    `about` says of repairs, by id, whom they are about.
    """
    if len(fresh) >= _BULK:
        from events.sheaf import Sheaf

        return _add_sheaf(connection, Sheaf.of(fresh), end, about)
    (seq, link), latest, at = (end.head.seq, end.head.link), end.recorded_at, None
    answers: list[Appended] = []
    events: list[tuple[Value, ...]] = []
    personal: list[tuple[Value, ...]] = []
    for prepared in fresh:
        seq += 1
        if prepared.at != at:
            at = prepared.at
            latest = max(in_utc(at), latest)
        digest, columns = prepared.digest, prepared.columns
        link = link_of(link, seq, latest, digest)
        events.append((*columns, digest, seq, latest, link))
        answers.append(Appended(seq, columns[0], True))
        if prepared.secrets:
            personal += _personal(prepared, about)
    insert(connection, events, personal, end.head.seq)
    return Outcome(answers, End(Head(seq, link), latest))


def _add_sheaf(connection: Connection, fresh: Sheaf, end: End, about: Mapping[str, str]) -> Outcome:
    """The same, a column at a time; what was expected of their place may have come true."""
    after, chain = end.head.seq, fresh.chain
    if chain is None or chain.after != end.head or chain.recorded[0] < end.recorded_at:
        chain = fresh.chained(end.head, end.recorded_at)
    end = End(chain.end, chain.recorded[-1])
    seqs = range(after + 1, end.head.seq + 1)
    events = zip(*fresh.kept, seqs, chain.recorded, chain.links, strict=True)
    personal = [row for prepared in fresh.sealed for row in _personal(prepared, about)]
    insert(connection, list(events), personal, after)
    return Outcome(list(map(Appended, seqs, fresh.ids, repeat(True))), end)


def _personal(prepared: Prepared, about: Mapping[str, str]) -> list[tuple[Value, ...]]:
    """The rows of its personal text."""
    columns = prepared.columns
    whom = about.get(columns[0]) or subject(columns[8], columns[7])
    return [(columns[0], each.field, whom, each.salt, each.value) for each in prepared.secrets]


def _hold(expected: int | None, seq: int) -> None:
    """Raises Conflict where something new is to be added elsewhere than at the head."""
    if expected not in (None, seq):
        raise Conflict(
            "the log is at {seq}, not at {expected}; read what is new and try again",
            seq=seq,
            expected=expected,
        )


def _sorted_out(
    connection: Connection,
    batch: Sequence[Prepared],
    memory: Memory,
    expected: int | None,
    after: int,
) -> tuple[list[Appended], Sequence[Prepared], dict[str, str]]:
    """The answers, the drafts that are new, and whom the new repairs are about."""
    from events.sqlite.bench import Bench, repair_in

    bench = Bench(connection, after)
    answers: list[Appended] = []
    fresh: list[Prepared] = []
    about: dict[str, str] = {}
    for prepared in batch:
        kept = memory.recall(prepared)
        if kept is not None:
            answers.append(Appended(kept.seq, kept.id, False))
            continue
        _hold(expected, after)
        event_id = prepared.columns[0]
        repair = repair_in(prepared)
        if repair is not None:
            about[event_id] = bench.check(repair)
        fresh.append(prepared)
        seq = after + len(fresh)
        memory.add(prepared, seq)
        bench.add(prepared, seq)
        answers.append(Appended(seq, event_id, True))
    return answers, fresh, about


def insert(
    connection: Connection,
    events: Sequence[tuple[Value, ...]],
    personal: Sequence[tuple[Value, ...]],
    after: int,
) -> None:
    """Insert rows numbered one after the other from the head `after` on, and personal text."""
    bulk = len(events) >= _BULK
    apart = [NEXT, *INDEXES] if bulk and len(events) > _MOST * after else [NEXT] if bulk else []
    for name in apart:
        connection.execute(f"DROP {'TRIGGER' if name == NEXT else 'INDEX'} {name}")
    connection.executemany(INSERT_EVENT, events)
    for name in apart:
        connection.execute(OBJECTS[name])
    if personal:
        connection.executemany(INSERT_PERSONAL, personal)
