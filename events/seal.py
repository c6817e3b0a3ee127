"""What makes tampering visible and forgetting possible: digests, links and sealed fields.

`digest` covers what an event says, `link` chains it to everything before it. Personal text is
not in either: the body holds a salted digest of it, so the text can go and the chain stays.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol, TypeAlias

import msgspec

from events.vocabulary import BY_NAME, EventCorrected
from events.vocabulary.fact import Fact

NO_LINK: Final = "0" * 64
"""The link before the first event."""

SEALED: Final = "sha256:"
"""How the value of a sealed field begins."""

_SALT_BYTES: Final = 16
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


Content: TypeAlias = tuple[
    str, str, int, str, str, str, str | None, str | None, str | None, str | None
]
"""id, kind, version, occurred_at, actor, source, external_id, seller, client, deal."""


class _Hash(Protocol):
    """What a hash function gives."""

    def hexdigest(self) -> str:
        """The digest in hex."""
        ...


def _loaded(data: bytes) -> _Hash:
    """sha256, loaded with the first digest: who only reads the log does without OpenSSL."""
    global _sha256
    from hashlib import sha256

    _sha256 = sha256
    return sha256(data)


_sha256: Callable[[bytes], _Hash] = _loaded


class Secret(msgspec.Struct, frozen=True, gc=False):
    """A personal field in plain text: `field` is its name, `fields.name` inside a correction."""

    field: str
    salt: str
    value: str


def sealed(salt: str, value: str) -> str:
    """What stands in the body for a personal value: `sha256:` and the salted digest in hex."""
    return SEALED + _sha256(f"{salt}{value}".encode()).hexdigest()


def canonical(events: Sequence[tuple[object, ...]]) -> list[bytes]:
    """Events, each its content and behind it its body, as the JSON arrays digests are taken of.

    A body may be given as it is kept, in a `msgspec.Raw`. Raises TypeError, ValueError or
    OverflowError for what JSON has no word for.
    """
    return _ENCODER.encode_lines(events).split(b"\n")[:-1]


def digest(line: bytes) -> str:
    """sha256 in hex over the canonical line of an event."""
    return _sha256(line).hexdigest()


def digest_of(content: Content, body: bytes) -> str:
    """The digest of an event whose body is the very text it is kept as."""
    return _sha256(b"%b,%b]" % (_ENCODER.encode(content)[:-1], body)).hexdigest()


def link_of(previous: str, seq: int, recorded_at: str, digest: str) -> str:
    """sha256 in hex over the JSON array of the previous link, seq, recorded_at and digest."""
    return _sha256(_ENCODER.encode((previous, seq, recorded_at, digest))).hexdigest()


def personal_fields(body: Fact) -> tuple[str, ...]:
    """The personal fields of this very body, those of a correction's target among them."""
    own = body.PERSONAL
    if type(body) is not EventCorrected:
        return own
    target = BY_NAME.get(body.target_kind)
    inner = target.PERSONAL if target is not None else ()
    return (*own, *(f"fields.{name}" for name in inner if name in body.fields))


def value_of(body: Fact, field: str) -> object:
    """The value of a field as `personal_fields` names it, None where there is none."""
    if type(body) is EventCorrected and field.startswith("fields."):
        return body.fields.get(field.removeprefix("fields."))
    value: object = getattr(body, field)
    return value


def with_values(body: Fact, values: Mapping[str, str]) -> Fact:
    """The same body with some fields replaced, named as `personal_fields` names them."""
    changes: dict[str, object] = {k: v for k, v in values.items() if not k.startswith("fields.")}
    if isinstance(body, EventCorrected) and len(changes) < len(values):
        inner = {k.removeprefix("fields."): v for k, v in values.items() if k not in changes}
        changes["fields"] = {**body.fields, **inner}
    return msgspec.structs.replace(body, **changes)


def fresh_salt() -> str:
    """A salt nobody can guess, in hex."""
    return os.urandom(_SALT_BYTES).hex()


def seal(body: Fact, salt: Callable[[], str] = fresh_salt) -> tuple[Fact, tuple[Secret, ...]]:
    """The body with its personal text sealed under fresh salts, and the text taken out."""
    fields = personal_fields(body)
    texts = [(f, v) for f in fields if isinstance(v := value_of(body, f), str)]
    if not texts:
        return body, ()
    secrets = tuple(Secret(f, salt(), v) for f, v in texts)
    return with_values(body, {s.field: sealed(s.salt, s.value) for s in secrets}), secrets


def sealed_like(body: Fact, kept: Fact, salts: Mapping[str, str]) -> Fact:
    """The body sealed under the salts of a kept one, so that the two can be compared.

    Where a kept value was erased, whatever is said now counts as the same.
    """
    values: dict[str, str] = {}
    for field in personal_fields(body):
        value = value_of(body, field)
        if not isinstance(value, str):
            continue
        if field in salts:
            values[field] = sealed(salts[field], value)
        elif type(body) is type(kept) and is_sealed(before := value_of(kept, field)):
            values[field] = str(before)
    return with_values(body, values) if values else body


def is_sealed(value: object) -> bool:
    """Whether a value stands for personal text."""
    return isinstance(value, str) and value.startswith(SEALED)
