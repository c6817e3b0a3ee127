"""Drafts made ready before the log is locked: checked, sealed, encoded, digested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

import msgspec

from events.codec import encode
from events.envelope import Draft
from events.errors import Invalid
from events.rules import Limit, Rule, check_envelope, limit_of, rule_of
from events.seal import Secret, digest_of, fresh_salt, seal
from events.vocabulary import BY_NAME, name_of
from events.vocabulary.fact import Fact

Columns: TypeAlias = tuple[
    str, str, int, str, str, str, str | None, str | None, str | None, str | None, str
]
"""id, kind, version, occurred_at, actor, source, external_id, seller, client, deal, body."""


Keys: TypeAlias = tuple[str | None, str | None, str | None]


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """A draft as it will be kept, but for its place in the log; `at` is the clock's moment."""

    draft: Draft
    at: dt.datetime
    columns: Columns
    digest: str
    secrets: tuple[Secret, ...]


class _Shape(msgspec.Struct, frozen=True):
    """What of a kind does not change from draft to draft."""

    name: str
    version: int
    seller: bool
    client: bool
    deal: bool
    personal: tuple[str, ...]
    rule: Rule | None
    decode: Callable[[bytes], Fact]


@cache
def _shape(kind: type[Fact]) -> _Shape:
    name = name_of(kind)
    if BY_NAME.get(name) is not kind:
        raise Invalid(f"{kind.__name__} is no word of the vocabulary")
    has = kind.__struct_fields__
    keys = ("seller" in has, "client" in has, "deal" in has)
    decode = msgspec.json.Decoder(kind).decode
    return _Shape(name, kind.VERSION, *keys, kind.PERSONAL, rule_of(kind), decode)


def prepare(
    drafts: Sequence[Draft],
    moments: Sequence[dt.datetime],
    salt: Callable[[], str] = fresh_salt,
) -> list[Prepared]:
    """Every draft ready to be kept, with the clock's moment for each.

    Raises Invalid for the first that cannot be an event.
    """
    limit = limit_of(max(moments))
    return [_prepared(draft, at, limit, salt) for draft, at in zip(drafts, moments, strict=True)]


def _prepared(draft: Draft, at: dt.datetime, limit: Limit, salt: Callable[[], str]) -> Prepared:
    body = draft.body
    shape = _shape(type(body))
    occurred_at = draft.occurred_at.isoformat()
    check_envelope(draft, occurred_at, limit)
    if shape.rule is not None:
        shape.rule(body)
    secrets: tuple[Secret, ...] = ()
    for field in shape.personal:
        if getattr(body, field) is not None:
            body, secrets = seal(body, salt)
            break
    try:
        text = encode(body)
        # Nothing is kept that could not be read back.
        shape.decode(text)
    except (TypeError, ValueError, OverflowError) as error:
        raise Invalid(f"{shape.name} cannot be written: {error}") from error
    content = (
        draft.id,
        shape.name,
        shape.version,
        occurred_at,
        draft.actor,
        draft.source,
        draft.external_id,
        *_keys(shape, body),
    )
    return Prepared(draft, at, (*content, text.decode()), digest_of(content, text), secrets)


def keys_of(body: Fact) -> Keys:
    """The seller, client and deal a body names, as the log's columns hold them."""
    return _keys(_shape(type(body)), body)


def _keys(shape: _Shape, body: Fact) -> Keys:
    return (
        getattr(body, "seller", None) if shape.seller else None,
        getattr(body, "client", None) if shape.client else None,
        getattr(body, "deal", None) if shape.deal else None,
    )
