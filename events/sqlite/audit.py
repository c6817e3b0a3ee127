"""One pass over the events of a log: everything is computed anew and compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from events.codec import CODEC
from events.envelope import Unknown
from events.errors import Damaged
from events.prepare import KEYS, keys_of
from events.seal import (
    NO_LINK,
    SEALED,
    canonical,
    digest,
    digest_of,
    is_sealed,
    link_of,
    personal_fields,
    sealed,
    value_of,
)
from events.sqlite import stored
from events.sqlite.engine import Connection, Record, sqlite3
from events.sqlite.owners import Owners, subject
from events.sqlite.verdict import Flaw
from events.vocabulary.fact import Fact

MANY: Final = 20
"""So many flaws are told; where there are more, a list of them helps nobody."""

_PAGE: Final = 2000

_FORGOTTEN: Final = """
SELECT seq, client, seller FROM event WHERE kind = 'client_forgotten' ORDER BY seq
"""


class _Missing(msgspec.Struct, frozen=True):
    """A sealed field without its text, which is right only if somebody was forgotten."""

    seq: int
    event_id: str
    field: str


class Audit:
    """Walks a log and remembers what was wrong; `erased` and `unknown` count as `Verdict` does."""

    def __init__(self, connection: Connection) -> None:
        """Reads nothing yet."""
        self.flaws: list[Flaw] = []
        self.erased = 0
        self.unknown = 0
        self._connection = connection
        self._missing: list[_Missing] = []
        self._owners = Owners(connection)
        self._seq = 0
        self._link = NO_LINK
        self._recorded = ""

    def walk(self, upto: int) -> None:
        """Check every event; where a page of them cannot be read, one by one up to the first."""
        after, size = -1, _PAGE
        while len(self.flaws) < MANY:
            try:
                rows = stored.page(self._connection, after, upto, size)
                side = self._side(rows)
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if size > 1:
                    size = 1
                    continue
                unread = Damaged("it cannot be read ({error})", error=error)
                self.flaws.append(Flaw(self._seq + 1, None, unread))
                return
            if not rows:
                break
            self._check_page(rows, side)
            after = rows[-1][0]
        if self._seq < upto and len(self.flaws) < MANY:
            self.flaws.append(Flaw(self._seq + 1, None, Damaged("it is not where it should be")))

    def _side(self, rows: Sequence[Record]) -> dict[str, dict[str, Record]]:
        """The personal text of some events, by event and field."""
        side: dict[str, dict[str, Record]] = {}
        if rows:
            for row in stored.side(self._connection, rows[0][0] - 1, rows[-1][0]):
                side.setdefault(row[0], {})[row[1]] = row
        return side

    def _check_page(self, rows: Sequence[Record], side: dict[str, dict[str, Record]]) -> None:
        texts = [row[12] if isinstance(row[12], str) else "" for row in rows]
        bodies = CODEC.decode_many([row[2] for row in rows], [row[3] for row in rows], texts)
        chained = self._continues(rows)
        for row, body in zip(rows, bodies, strict=True):
            try:
                if not chained:
                    self._check_chain(row)
                self._check_body(row, body, side.get(row[1], {}))
            except (TypeError, AttributeError):
                self._say(row, Damaged("its columns do not hold what they should"))

    def _check_body(self, row: Record, body: Fact | Unknown, side: dict[str, Record]) -> None:
        if isinstance(body, Unknown):
            self.unknown += 1
            self._check_kept_as_is(row, side)
        else:
            self._check_keys(row, body)
            if side or SEALED in row[12]:
                self._check_personal(row, body, side)

    def _continues(self, rows: Sequence[Record]) -> bool:
        """Whether a whole page goes on where the one before ended; then it is gone over."""
        try:
            contents = [(*row[1:5], *row[6:12], msgspec.Raw(row[12])) for row in rows]
            lines = canonical(contents)
        except (TypeError, ValueError):
            return False
        seq, latest, link = self._seq, self._recorded, self._link
        for row, line in zip(rows, lines, strict=False):
            found = digest(line)
            link = link_of(link, seq + 1, row[5], found)
            if (row[0], row[13], row[14]) != (seq + 1, found, link) or row[5] < latest:
                return False
            seq, latest = row[0], row[5]
        if len(lines) != len(rows):
            return False
        self._seq, self._recorded, self._link = seq, latest, link
        return True

    def _check_chain(self, row: Record) -> None:
        seq, recorded_at = row[0], row[5]
        before, latest, link = self._seq, self._recorded, self._link
        self._seq, self._recorded, self._link = seq, recorded_at, row[14]
        said = digest_of((*row[1:5], *row[6:12]), row[12].encode())
        if seq != before + 1:
            self._say(
                row, Damaged("it follows event {before}; what lay between is gone", before=before)
            )
        elif recorded_at < latest:
            early = Damaged(
                "it was recorded at {moment}, before the event in front of it", moment=recorded_at
            )
            self._say(row, early)
        elif said != row[13]:
            self._say(row, Damaged("its content is not what was written"))
        elif link_of(link, seq, recorded_at, said) != row[14]:
            self._say(row, Damaged("it does not continue the chain of the events before it"))

    def _check_keys(self, row: Record, body: Fact) -> None:
        keys = keys_of(body)
        if keys != row[9:12]:
            name = next(n for n, a, b in zip(KEYS, row[9:12], keys, strict=True) if a != b)
            self._say(row, Damaged("its column {name} is not what its body says", name=name))

    def _check_personal(self, row: Record, body: Fact, side: dict[str, Record]) -> None:
        fields = personal_fields(body)
        for field in fields:
            value = value_of(body, field)
            kept = side.get(field)
            if kept is None:
                if is_sealed(value):
                    self._missing.append(_Missing(row[0], row[1], field))
            elif sealed(kept[3], kept[4]) != value:
                self._say(row, _altered(field))
            elif self._misfiled(row, kept[2]):
                filed = Damaged(
                    "the personal text of {field} is filed under {whom}", field=field, whom=kept[2]
                )
                self._say(row, filed)
        for field in side.keys() - set(fields):
            self._say(
                row, Damaged("there is personal text of {field}, which it never had", field=field)
            )

    def _check_kept_as_is(self, row: Record, side: dict[str, Record]) -> None:
        """What can be said of the personal text of an event nobody here understands."""
        for field, kept in side.items():
            if sealed(kept[3], kept[4]) not in row[12]:
                self._say(row, _altered(field))

    def _misfiled(self, row: Record, whom: str) -> bool:
        """Whether forgetting this person would not be right to erase the text of an event."""
        plainly = subject(row[10], row[9])
        return whom != plainly and whom not in self._owners.of(row[1])

    def _say(self, row: Record, found: Damaged) -> None:
        self.flaws.append(Flaw(row[0], row[1], found))

    def settle_missing(self) -> None:
        """After the walk: count what was rightly erased; what was not is a flaw."""
        forgotten = {
            subject(client, seller): seq
            for seq, client, seller in self._connection.execute(_FORGOTTEN).fetchall()
        }
        for (whom,) in self._connection.execute("SELECT subject FROM forgotten").fetchall():
            forgotten[whom] = self._seq + 1
        for gap in self._missing:
            whose = self._owners.of(gap.event_id)
            if any(forgotten.get(whom, 0) > gap.seq for whom in whose):
                self.erased += 1
            else:
                lost = Damaged(
                    "the personal text of {field} is gone, though nobody was forgotten",
                    field=gap.field,
                )
                self.flaws.append(Flaw(gap.seq, gap.event_id, lost))


def _altered(field: str) -> Damaged:
    return Damaged("the personal text of {field} is not what was written", field=field)
