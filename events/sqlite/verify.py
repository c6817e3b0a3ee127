"""Whether a log still is what was written into it, and if not, which event is wrong and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec

from events.codec import CODEC
from events.envelope import Head, Unknown
from events.errors import LogError
from events.prepare import keys_of
from events.seal import (
    NO_LINK,
    SEALED,
    digest_of,
    is_sealed,
    link_of,
    personal_fields,
    sealed,
    value_of,
)
from events.sqlite import schema, stored, witness
from events.sqlite.engine import Connect, Connection, Record, connect, sqlite3
from events.sqlite.faults import explained
from events.sqlite.repairs import Owners, subject
from events.vocabulary.fact import Fact

PAGE: Final = 2000
MANY: Final = 20
"""So many flaws are told; where there are more, a list of them helps nobody."""

PATIENCE: Final = 10.0

_MADE: Final = "SELECT name, type, tbl_name, sql FROM sqlite_schema"
_TABLES: Final = {"event", "personal", "forgotten"}

_KEYS: Final = ("seller", "client", "deal")

_SIDE: Final = """
SELECT p.event_id, p.field, p.subject, p.salt, p.value
FROM event AS e JOIN personal AS p ON p.event_id = e.id
WHERE e.seq > ? AND e.seq <= ?
"""
_FORGOTTEN: Final = """
SELECT seq, client, seller FROM event WHERE kind = 'client_forgotten' ORDER BY seq
"""
_ORPHANS: Final = """
SELECT event_id, field FROM personal WHERE event_id NOT IN (SELECT id FROM event) LIMIT 1
"""


class Flaw(msgspec.Struct, frozen=True):
    """Something wrong: at an event, or with the file as a whole where `seq` is None."""

    seq: int | None
    event_id: str | None
    what: str

    def __str__(self) -> str:
        """One line for people."""
        if self.seq is None:
            return self.what
        known = f" ({self.event_id})" if self.event_id is not None else ""
        return f"event {self.seq}{known}: {self.what}"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What `verify` found. `erased` counts personal fields that are gone because someone was
    forgotten, `unknown` counts events of kinds this program does not know.
    """

    path: Path
    head: Head
    flaws: tuple[Flaw, ...]
    erased: int
    unknown: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws


class _Missing(msgspec.Struct, frozen=True):
    """A sealed field without its text, which is right only if somebody was forgotten."""

    seq: int
    event_id: str
    field: str


def verify(
    path: Path,
    expected_head: Head | None = None,
    *,
    connect: Connect = connect,
) -> Verdict:
    """Recompute everything from what is stored and compare.

    `expected_head` is a head seen earlier elsewhere, on a printed month report for one; the
    witness beside the file is asked in any case. Never raises for a damaged file: that is a flaw.
    """
    seen = [head for head in (witness.testimony(path), expected_head) if head is not None]
    try:
        with explained(path):
            connection = connect(path, False, PATIENCE)
            try:
                return _Audit(connection, path).run(seen)
            finally:
                connection.close()
    except LogError as error:
        flaw = Flaw(None, None, str(error))
        return Verdict(path=path, head=Head(0, NO_LINK), flaws=(flaw,), erased=0, unknown=0)


class _Audit:
    """One pass over a log."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._flaws: list[Flaw] = []
        self._missing: list[_Missing] = []
        self._owners = Owners(connection)
        self._unknown = 0
        self._erased = 0
        self._seq = 0
        self._link = NO_LINK
        self._recorded = ""

    def run(self, seen: Sequence[Head]) -> Verdict:
        """Everything, from the whole file down to single fields."""
        head = Head(0, NO_LINK)
        made = {row[0]: row for row in self._connection.execute(_MADE).fetchall()}
        self._flaws.extend(_of_marks(self._connection))
        self._flaws.extend(_of_schema(made))
        if made.keys() >= _TABLES:
            head, _ = stored.last(self._connection)
            self._gather(lambda: self._walk(head.seq))
            self._gather(lambda: self._flaws.extend(_of_heads(self._connection, head, seen)))
            self._gather(self._check_missing)
            self._gather(lambda: self._flaws.extend(_of_file(self._connection)))
        return Verdict(
            path=self._path,
            head=head,
            flaws=tuple(self._flaws[:MANY]),
            erased=self._erased,
            unknown=self._unknown,
        )

    def _gather(self, part: Callable[[], None]) -> None:
        """Let a part say what it finds; where the file stops it, that is a finding too."""
        try:
            part()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            self._flaws.append(Flaw(None, None, f"SQLite finds: {error}"))

    def _walk(self, upto: int) -> None:
        """Check every event; where a page of them cannot be read, one by one up to the first."""
        after, size = -1, PAGE
        while len(self._flaws) < MANY:
            try:
                rows = stored.page(self._connection, after, upto, size)
                side = self._side(rows)
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if size > 1:
                    size = 1
                    continue
                self._flaws.append(Flaw(self._seq + 1, None, f"it cannot be read ({error})"))
                return
            if not rows:
                break
            self._check_page(rows, side)
            after = rows[-1][0]
        if self._seq < upto and len(self._flaws) < MANY:
            self._flaws.append(Flaw(self._seq + 1, None, "it is not where it should be"))

    def _side(self, rows: Sequence[Record]) -> dict[str, dict[str, Record]]:
        """The personal text of some events, by event and field."""
        side: dict[str, dict[str, Record]] = {}
        if rows:
            span = (rows[0][0] - 1, rows[-1][0])
            for row in self._connection.execute(_SIDE, span).fetchall():
                side.setdefault(row[0], {})[row[1]] = row
        return side

    def _check_page(self, rows: Sequence[Record], side: dict[str, dict[str, Record]]) -> None:
        texts = [row[12] if isinstance(row[12], str) else "" for row in rows]
        bodies = CODEC.decode_many([row[2] for row in rows], [row[3] for row in rows], texts)
        for row, body in zip(rows, bodies, strict=True):
            try:
                self._check_chain(row)
                self._check_body(row, body, side.get(row[1], {}))
            except (TypeError, AttributeError):
                self._say(row, "its columns do not hold what they should")

    def _check_body(self, row: Record, body: Fact | Unknown, side: dict[str, Record]) -> None:
        if isinstance(body, Unknown):
            self._unknown += 1
            self._check_kept_as_is(row, side)
        else:
            self._check_keys(row, body)
            if side or SEALED in row[12]:
                self._check_personal(row, body, side)

    def _check_chain(self, row: Record) -> None:
        seq, recorded_at = row[0], row[5]
        before, latest, link = self._seq, self._recorded, self._link
        self._seq, self._recorded, self._link = seq, recorded_at, row[14]
        digest = digest_of((*row[1:5], *row[6:12]), row[12].encode())
        if seq != before + 1:
            self._say(row, f"it follows event {before}; what lay between is gone")
        elif recorded_at < latest:
            self._say(row, f"it was recorded at {recorded_at}, before the event in front of it")
        elif digest != row[13]:
            self._say(row, "its content is not what was written")
        elif link_of(link, seq, recorded_at, digest) != row[14]:
            self._say(row, "it does not continue the chain of the events before it")

    def _check_keys(self, row: Record, body: Fact) -> None:
        keys = keys_of(body)
        if keys != row[9:12]:
            name = next(n for n, a, b in zip(_KEYS, row[9:12], keys, strict=True) if a != b)
            self._say(row, f"its column {name} is not what its body says")

    def _check_personal(self, row: Record, body: Fact, side: dict[str, Record]) -> None:
        fields = personal_fields(body)
        for field in fields:
            value = value_of(body, field)
            kept = side.get(field)
            if kept is None:
                if is_sealed(value):
                    self._missing.append(_Missing(row[0], row[1], field))
            elif sealed(kept[3], kept[4]) != value:
                self._say(row, f"the personal text of {field} is not what was written")
            elif self._misfiled(row, kept[2]):
                self._say(row, f"the personal text of {field} is filed under {kept[2]}")
        for field in side.keys() - set(fields):
            self._say(row, f"there is personal text of {field}, which it never had")

    def _check_kept_as_is(self, row: Record, side: dict[str, Record]) -> None:
        """What can be said of the personal text of an event nobody here understands."""
        for field, kept in side.items():
            if sealed(kept[3], kept[4]) not in row[12]:
                self._say(row, f"the personal text of {field} is not what was written")

    def _misfiled(self, row: Record, whom: str) -> bool:
        """Whether forgetting this person would not be right to erase the text of an event."""
        plainly = subject(row[10], row[9])
        return whom != plainly and whom not in self._owners.of(row[1])

    def _say(self, row: Record, what: str) -> None:
        self._flaws.append(Flaw(row[0], row[1], what))

    def _check_missing(self) -> None:
        """Count what was rightly erased; what was not is a flaw."""
        forgotten = {
            subject(client, seller): seq
            for seq, client, seller in self._connection.execute(_FORGOTTEN).fetchall()
        }
        for (whom,) in self._connection.execute("SELECT subject FROM forgotten").fetchall():
            forgotten[whom] = self._seq + 1
        for gap in self._missing:
            whose = self._owners.of(gap.event_id)
            if any(forgotten.get(whom, 0) > gap.seq for whom in whose):
                self._erased += 1
            else:
                what = f"the personal text of {gap.field} is gone, though nobody was forgotten"
                self._flaws.append(Flaw(gap.seq, gap.event_id, what))


def _of_marks(connection: Connection) -> Iterator[Flaw]:
    """A file that does not say it is a log, or says it is another kind of one."""
    for mark, wanted in (("application_id", schema.APPLICATION), ("user_version", schema.FORMAT)):
        row = connection.execute(f"PRAGMA {mark}").fetchone()
        if row != (wanted,):
            yield Flaw(None, None, f"{mark} is not a log's")


def _of_schema(made: Mapping[str, Record]) -> Iterator[Flaw]:
    """Tables, indexes and triggers that are not as they are in a new log."""
    with closing(sqlite3.connect(":memory:")) as new:
        for statement in schema.OBJECTS.values():
            new.execute(statement)
        for row in new.execute(_MADE).fetchall():
            if row[0] not in made:
                yield Flaw(None, None, f"{row[0]} is missing in the file")
            elif made[row[0]] != row:
                yield Flaw(None, None, f"{row[0]} was changed in the file")


def _of_heads(connection: Connection, head: Head, seen: Sequence[Head]) -> Iterator[Flaw]:
    """Heads that were seen before and are not there, or not the same."""
    for before in seen:
        if before.seq > head.seq:
            what = f"the log ends at event {head.seq}, but event {before.seq} had been written"
            yield Flaw(None, None, what)
        elif before.seq > 0 and stored.link_at(connection, before.seq) != before.link:
            yield Flaw(before.seq, None, "it is not the one that had been written")


def _of_file(connection: Connection) -> Iterator[Flaw]:
    """What SQLite itself finds."""
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Flaw(None, None, f"SQLite finds: {line}")
    for event_id, field in connection.execute(_ORPHANS):
        yield Flaw(None, None, f"the personal text {field} belongs to no event ({event_id})")
