"""Drafts made ready before the log is locked: checked, sealed, encoded, digested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Final, TypeAlias

import msgspec

from events.codec import encode
from events.envelope import Draft
from events.errors import Invalid
from events.rules import Limit, Rule, check_envelope, limit_of, misfit, rule_of
from events.seal import (
    Content,
    Secret,
    body_in,
    canonical,
    digest,
    digest_of,
    fresh_salt,
    seal,
)
from events.vocabulary import BY_NAME, name_of
from events.vocabulary.fact import Fact

Columns: TypeAlias = tuple[
    str, str, int, str, str, str, str | None, str | None, str | None, str | None, str
]
"""id, kind, version, occurred_at, actor, source, external_id, seller, client, deal, body."""


Keys: TypeAlias = tuple[str | None, str | None, str | None]

KEYS: Final = ("seller", "client", "deal")
"""What events are found by, in the order of their columns."""


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """A draft as it will be kept, but for its place in the log; `at` is the clock's moment."""

    draft: Draft
    at: dt.datetime
    columns: Columns
    digest: str
    secrets: tuple[Secret, ...]


_Checked: TypeAlias = tuple[Content, Fact, tuple[Secret, ...]]

_MANY: Final = 16
"""From so many drafts on it pays to encode them together."""

_STRIDE: Final = 512
"""So many drafts are gone through at a time; more of them are no longer in the nearest memory."""


class _Shape(msgspec.Struct, frozen=True):
    """What of a kind does not change from draft to draft."""

    name: str
    version: int
    keys: Callable[[Fact], Keys]
    personal: tuple[str, ...]
    rule: Rule | None
    decode: Callable[[bytes], Fact]
    decode_lines: Callable[[bytes], Sequence[Fact]]


@cache
def _shape(kind: type[Fact]) -> _Shape:
    name = name_of(kind)
    if BY_NAME.get(name) is not kind:
        raise Invalid(f"{kind.__name__} is no word of the vocabulary")
    decoder = msgspec.json.Decoder(kind)
    return _Shape(
        name,
        kind.VERSION,
        _keys(kind),
        kind.PERSONAL,
        rule_of(kind),
        decoder.decode,
        decoder.decode_lines,
    )


def _keys(kind: type[Fact]) -> Callable[[Fact], Keys]:
    """Reads the keys a kind has; the others are None."""
    has = [name in kind.__struct_fields__ for name in KEYS]
    if all(has):
        return attrgetter(*KEYS)

    def read(body: Fact) -> Keys:
        seller, client, deal = (
            getattr(body, name) if there else None for name, there in zip(KEYS, has, strict=True)
        )
        return seller, client, deal

    return read


def prepare(
    drafts: Sequence[Draft],
    moments: Sequence[dt.datetime],
    salt: Callable[[], str] = fresh_salt,
) -> list[Prepared]:
    """Every draft ready to be kept, with the clock's moment for each.

    Raises Invalid where one of them cannot be an event.
    """
    limit = limit_of(max(moments))
    if len(drafts) < _MANY:
        pairs = zip(drafts, moments, strict=True)
        return [_prepared(draft, at, limit, salt) for draft, at in pairs]
    found: list[Prepared] = []
    for start in range(0, len(drafts), _STRIDE):
        part = slice(start, start + _STRIDE)
        found += _together(drafts[part], moments[part], limit, salt)
    return found


def _prepared(draft: Draft, at: dt.datetime, limit: Limit, salt: Callable[[], str]) -> Prepared:
    """One draft by itself; raises Invalid."""
    content, body, secrets = _checked(draft, limit, salt)
    try:
        text = encode(body)
        # Nothing is kept that could not be read back.
        _shape(type(body)).decode(text)
    except msgspec.ValidationError as error:
        raise Invalid(f"{content[1]} cannot be so: {misfit(body, error)}") from error
    except (TypeError, ValueError, OverflowError) as error:
        raise Invalid(f"{content[1]} cannot be written: {error}") from error
    return Prepared(draft, at, (*content, text.decode()), digest_of(content, text), secrets)


def _together(
    drafts: Sequence[Draft],
    moments: Sequence[dt.datetime],
    limit: Limit,
    salt: Callable[[], str],
) -> list[Prepared]:
    """Some drafts, encoded in one call and read back in one for each kind; raises Invalid."""
    checked = [_checked(draft, limit, salt) for draft in drafts]
    try:
        lines = canonical([(*content, body) for content, body, _ in checked])
        texts = list(map(body_in, lines))
        by_kind: dict[type[Fact], list[bytes]] = {}
        for (_, body, _), text in zip(checked, texts, strict=True):
            by_kind.setdefault(type(body), []).append(text)
        for kind, some in by_kind.items():
            _shape(kind).decode_lines(b"\n".join(some))
    except (TypeError, ValueError, OverflowError):
        pairs = zip(drafts, moments, strict=True)
        return [_prepared(draft, at, limit, salt) for draft, at in pairs]
    return [
        Prepared(draft, at, (*content, text.decode()), digest(line), secrets)
        for draft, at, (content, _, secrets), text, line in zip(
            drafts, moments, checked, texts, lines, strict=True
        )
    ]


def _checked(draft: Draft, limit: Limit, salt: Callable[[], str]) -> _Checked:
    """What a draft says of an event and the body as it will be kept, its secrets taken out."""
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
    content = (
        draft.id,
        shape.name,
        shape.version,
        occurred_at,
        draft.actor,
        draft.source,
        draft.external_id,
        *shape.keys(body),
    )
    return content, body, secrets


def keys_of(body: Fact) -> Keys:
    """The seller, client and deal a body names, as the log's columns hold them."""
    return _shape(type(body)).keys(body)
