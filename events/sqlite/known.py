"""Whether the log has a draft already: the same thing sent again adds nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from events.codec import CODEC, encode
from events.envelope import Unknown
from events.errors import Conflict
from events.prepare import Prepared, body_of
from events.rules import mended
from events.seal import sealed_like
from events.sqlite.engine import Connection, Record
from events.sqlite.repairs import repairs_of, voided
from events.sqlite.stored import by_id
from events.vocabulary import EventCorrected

_COLUMNS: Final = (
    "e.seq, e.id, e.kind, e.version, e.occurred_at, e.actor, e.source, e.external_id, e.body"
)
_BY_ID: Final = f"SELECT {_COLUMNS} FROM json_each(?) AS j CROSS JOIN event AS e ON e.id = j.value"  # noqa: S608
_BY_ORIGIN: Final = (
    f"SELECT {_COLUMNS} FROM json_each(?2) AS j CROSS JOIN event AS e"  # noqa: S608
    " ON e.source = ?1 AND e.external_id = j.value AND e.external_id IS NOT NULL"
)
_IDS_NEAR: Final = "SELECT 1 FROM event WHERE id BETWEEN ? AND ? LIMIT 1"
_ORIGINS_NEAR: Final = (
    "SELECT 1 FROM event WHERE source = ? AND external_id IS NOT NULL"
    " AND external_id BETWEEN ? AND ? LIMIT 1"
)
_SALTS: Final = (
    "SELECT event_id, field, salt FROM json_each(?) AS j CROSS JOIN personal ON event_id = j.value"
)

_ANY: Final = (1 << 63) - 1
"""No position of a log is higher."""


class Kept(msgspec.Struct, frozen=True):
    """An event the log has, as far as it matters for telling whether a draft says the same."""

    seq: int
    id: str
    kind: str
    version: int
    occurred_at: str
    actor: str
    source: str
    external_id: str | None
    body: str
    salts: dict[str, str]


class Memory:
    """What the log and the batch so far hold, by id and by origin."""

    def __init__(self, connection: Connection, batch: Sequence[Prepared]) -> None:
        """Looks up all drafts of a batch at once."""
        self._connection = connection
        self._by_id: dict[str, Kept] = {}
        self._by_origin: dict[tuple[str, str], Kept] = {}
        ids = [prepared.columns[0] for prepared in batch]
        origins: dict[str, list[str]] = {}
        for prepared in batch:
            source, external = prepared.columns[5:7]
            if external is not None:
                origins.setdefault(source, []).append(external)
        self._repeats = len(set(ids)) < len(ids) or any(
            len(set(externals)) < len(externals) for externals in origins.values()
        )
        if self._any(_IDS_NEAR, min(ids), max(ids)):
            self._look_up(_BY_ID, _as_array(ids))
        for source, externals in origins.items():
            if self._any(_ORIGINS_NEAR, source, min(externals), max(externals)):
                self._look_up(_BY_ORIGIN, source, _as_array(externals))

    @property
    def nothing(self) -> bool:
        """Whether the whole batch is new, each draft once."""
        return not self._repeats and not self._by_id

    def _any(self, sql: str, *parameters: str) -> bool:
        return self._connection.execute(sql, parameters).fetchone() is not None

    def _look_up(self, sql: str, *parameters: str) -> None:
        rows = self._connection.execute(sql, parameters).fetchall()
        salts: dict[str, dict[str, str]] = {row[1]: {} for row in rows}
        for event_id, field, salt in self._connection.execute(_SALTS, (_as_array(salts),)):
            salts[event_id][field] = salt
        for row in rows:
            self._keep(_kept(row, salts[row[1]]))

    def _keep(self, kept: Kept) -> None:
        self._by_id[kept.id] = kept
        if kept.external_id is not None:
            self._by_origin[kept.source, kept.external_id] = kept

    def recall(self, prepared: Prepared) -> Kept | None:
        """The event a draft repeats, None for a new one; raises Conflict where they differ.

        Of one origin, a draft may say what the event said at first, or what it says by now.
        """
        event_id, *_, source, external = prepared.columns[:7]
        same = self._by_id.get(event_id)
        if same is not None:
            if not (_says_the_same(same, prepared) and _envelope_agrees(same, prepared)):
                raise Conflict(
                    "the id {id} belongs to event {seq}, which says something else",
                    id=event_id,
                    seq=same.seq,
                )
            return same
        if external is None:
            return None
        origin = self._by_origin.get((source, external))
        if origin is None or _says_the_same(origin, prepared):
            return origin
        if not _says_the_same(self._as_corrected(origin), prepared):
            raise already(source, external, origin.seq)
        return origin

    def _as_corrected(self, kept: Kept) -> Kept:
        """An event with the corrections that hold put in, as far as it can hold them."""
        repairs = repairs_of(self._connection, [kept.id], _ANY)
        withdrawn = voided(repairs)
        holding = [one.id for one in repairs if one.target == kept.id and one.id not in withdrawn]
        first = CODEC.decode(kept.kind, kept.version, kept.body)
        if isinstance(first, Unknown):
            return kept
        told = by_id(self._connection, holding)
        fixes = [event.body for event in told if isinstance(event.body, EventCorrected)]
        body, moment = mended(first, kept.occurred_at, fixes)
        salts = {**kept.salts}
        for fix in told:
            for _, field, salt in self._connection.execute(_SALTS, (_as_array([fix.id]),)):
                salts[field.removeprefix("fields.")] = salt
        return msgspec.structs.replace(
            kept,
            version=body.VERSION,
            body=encode(body).decode(),
            occurred_at=moment,
            salts=salts,
        )

    def add(self, prepared: Prepared, seq: int) -> None:
        """Remember a draft of this batch as kept."""
        salts = {secret.field: secret.salt for secret in prepared.secrets}
        self._keep(_kept((seq, *prepared.columns[:7], prepared.columns[10]), salts))


def already(source: str, external: str | None, seq: int) -> Conflict:
    """That another draft of this origin was kept before and said something else."""
    return Conflict(
        "{source} {number} is already event {seq}, which says something else;"
        " correct it with cockpit fix {seq}",
        source=source,
        number=external,
        seq=seq,
    )


def _kept(row: Record, salts: dict[str, str]) -> Kept:
    seq, id_, kind, version, occurred_at, actor, source, external_id, body = row
    return Kept(seq, id_, kind, version, occurred_at, actor, source, external_id, body, salts)


def _as_array(values: Iterable[str]) -> str:
    return msgspec.json.encode(list(values)).decode()


def _says_the_same(kept: Kept, prepared: Prepared) -> bool:
    """Same kind, same content, same moment; in which offset it is written does not matter."""
    _, kind, version, occurred_at, *_, text = prepared.columns
    if kind != kept.kind or _moment(kept.occurred_at) != _moment(occurred_at):
        return False
    if (version, text) == (kept.version, kept.body):
        return True
    body = CODEC.decode(kept.kind, kept.version, kept.body)
    if isinstance(body, Unknown):
        return False
    ours = sealed_like(body_of(prepared), body, kept.salts)
    # A default is left out where it is the very object of the vocabulary, so that equal values
    # may be written in two ways: what counts is what they read as.
    return ours == body or CODEC.decode(kept.kind, kept.version, encode(ours).decode()) == body


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _envelope_agrees(kept: Kept, prepared: Prepared) -> bool:
    return prepared.columns[4:7] == (kept.actor, kept.source, kept.external_id)
