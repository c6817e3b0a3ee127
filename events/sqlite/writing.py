"""The one transaction that grows the log; the caller holds the writers' queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from events.envelope import Appended, Head
from events.errors import Conflict
from events.prepare import Prepared
from events.seal import link_of
from events.sqlite.access import Transaction
from events.sqlite.bench import Bench
from events.sqlite.engine import Connection, Value, sqlite3
from events.sqlite.known import Memory
from events.sqlite.owners import subject
from events.sqlite.schema import NEXT, OBJECTS
from events.sqlite.stored import last
from events.vocabulary import EventCorrected, EventVoided

INSERT_EVENT: Final = """
INSERT INTO event (id, kind, version, occurred_at, actor, source, external_id, seller, client,
                   deal, body, digest, seq, recorded_at, link)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_PERSONAL: Final = "INSERT INTO personal VALUES (?, ?, ?, ?, ?)"


REPAIRS: Final = (EventCorrected, EventVoided)

NOBODY: Final[Mapping[str, str]] = {}

# A trigger costs as much as all indexes together. Within the transaction nobody else writes and
# the rows are numbered here, so a long batch goes without it; a rollback brings it back.
_BULK: Final = 200


class Outcome(NamedTuple):
    """What a batch came to: the answer to each draft, and the head after it."""

    answers: list[Appended]
    head: Head


def stamp(now: dt.datetime, latest: str) -> str:
    """The moment of recording: the clock's, but never before the latest one in the log."""
    text = f"{now.astimezone(dt.UTC).isoformat(timespec='microseconds')[:-6]}Z"
    return max(text, latest)


def grow(connection: Connection, batch: Sequence[Prepared], expected: int | None) -> Outcome:
    """Append a batch in one transaction, or nothing of it. Raises Invalid, Conflict."""
    repairs = any(type(prepared.draft.body) in REPAIRS for prepared in batch)
    if not repairs and len(batch) < _BULK:
        # Looking whether something is known costs more than the rare second attempt.
        with suppress(sqlite3.IntegrityError), Transaction(connection):
            head, latest = last(connection)
            if expected is None or expected == head.seq:
                return add(connection, batch, head, latest)
    with Transaction(connection):
        return _sifted(connection, batch, expected, repairs=repairs)


def _sifted(
    connection: Connection, batch: Sequence[Prepared], expected: int | None, *, repairs: bool
) -> Outcome:
    """Append what the log does not know yet."""
    head, latest = last(connection)
    memory = Memory(connection, batch)
    if memory.nothing and not repairs:
        _hold(expected, head.seq)
        return add(connection, batch, head, latest)
    answers, fresh, about = _sorted_out(connection, batch, memory, expected, head.seq)
    return Outcome(answers, add(connection, fresh, head, latest, about).head)


def add(
    connection: Connection,
    fresh: Sequence[Prepared],
    head: Head,
    latest: str,
    about: Mapping[str, str] = NOBODY,
) -> Outcome:
    """Write new events behind the head, recorded not before `latest`, in an open transaction.

    `about` says of repairs, by id, whom they are about.
    """
    seq, link, at = head.seq, head.link, None
    answers: list[Appended] = []
    events: list[tuple[Value, ...]] = []
    personal: list[tuple[Value, ...]] = []
    for prepared in fresh:
        seq += 1
        if prepared.at is not at:
            at = prepared.at
            latest = stamp(at, latest)
        digest, columns = prepared.digest, prepared.columns
        link = link_of(link, seq, latest, digest)
        events.append((*columns, digest, seq, latest, link))
        answers.append(Appended(seq, columns[0], True))
        if prepared.secrets:
            whom = about.get(columns[0]) or subject(columns[8], columns[7])
            personal += [(columns[0], s.field, whom, s.salt, s.value) for s in prepared.secrets]
    insert(connection, events, personal)
    return Outcome(answers, Head(seq, link))


def _hold(expected: int | None, seq: int) -> None:
    """Raises Conflict where something new is to be added elsewhere than at the head."""
    if expected not in (None, seq):
        raise Conflict(
            f"the log is at {seq}, not at {expected}; read what is new and try again", seq=seq
        )


def _sorted_out(
    connection: Connection,
    batch: Sequence[Prepared],
    memory: Memory,
    expected: int | None,
    after: int,
) -> tuple[list[Appended], Sequence[Prepared], dict[str, str]]:
    """The answers, the drafts that are new, and whom the new repairs are about."""
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
        draft = prepared.draft
        if isinstance(draft.body, EventCorrected | EventVoided):
            about[draft.id] = bench.check(draft.body)
        fresh.append(prepared)
        seq = after + len(fresh)
        memory.add(prepared, seq)
        bench.add(prepared, seq)
        answers.append(Appended(seq, draft.id, True))
    return answers, fresh, about


def insert(
    connection: Connection,
    events: Sequence[tuple[Value, ...]],
    personal: Sequence[tuple[Value, ...]],
) -> None:
    """Insert rows numbered one after the other from the head on, and their personal text."""
    bulk = len(events) >= _BULK
    if bulk:
        connection.execute(f"DROP TRIGGER {NEXT}")
    connection.executemany(INSERT_EVENT, events)
    if bulk:
        connection.execute(OBJECTS[NEXT])
    if personal:
        connection.executemany(INSERT_PERSONAL, personal)
