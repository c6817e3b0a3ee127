"""Drafts made ready before the log is locked: checked, sealed, encoded, digested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import msgspec

from events.codec import encode, encode_lines
from events.envelope import Draft
from events.errors import Invalid
from events.moments import with_offset
from events.rules import (
    AHEAD,
    Rule,
    check_envelope,
    check_envelopes,
    misfit,
    rule_of,
)
from events.seal import (
    Secret,
    canonical,
    digest,
    digest_of,
    fresh_salt,
    seal,
    with_values,
)
from events.vocabulary import BY_NAME, name_of
from events.vocabulary.fact import Fact

if TYPE_CHECKING:
    from events.sheaf import Table

Columns: TypeAlias = tuple[
    str, str, int, str, str, str, str | None, str | None, str | None, str | None, str
]
"""id, kind, version, occurred_at, actor, source, external_id, seller, client, deal, body."""


Keys: TypeAlias = tuple[str | None, str | None, str | None]

KEYS: Final = ("seller", "client", "deal")
"""What events are found by, in the order of their columns."""


class Prepared(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A draft as it will be kept, but for its place in the log; `at` is the clock's moment."""

    at: dt.datetime
    columns: Columns
    digest: str
    secrets: tuple[Secret, ...]


_JSON: Final = msgspec.json.Encoder()

_MANY: Final = 16
"""From so many drafts on it pays to encode them together."""

_STRIDE: Final = 1024
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
        raise Invalid("{name} is no word of the vocabulary", name=kind.__name__)
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
) -> Sequence[Prepared]:
    """Every draft ready to be kept, with the clock's moment for each; many are an `events.sheaf`.

    Raises Invalid where one of them cannot be an event.
    """
    if not drafts:
        return []
    latest = max(moments) + AHEAD
    if len(drafts) < _MANY:
        return list(map(prepare_one, drafts, moments, repeat(salt), repeat(latest)))
    from events.sheaf import Sheaf

    found: list[Sheaf] = []
    for start in range(0, len(drafts), _STRIDE):
        part = slice(start, start + _STRIDE)
        found.append(Sheaf.of(_together(drafts[part], moments[part], latest, salt)))
    return Sheaf.joined(found)


def prepare_one(
    draft: Draft,
    at: dt.datetime,
    salt: Callable[[], str],
    latest: dt.datetime | None = None,
) -> Prepared:
    """One draft by itself, with the clock's moment; of several, `latest` is the last they may have
    occurred at. Raises Invalid.

    Between two waits for the disk little of a program stays near the processor, so what is done
    for each event by itself goes through few functions.
    """
    occurred_at = with_offset(draft.occurred_at)
    check_envelope(draft, latest or at + AHEAD)
    shape = _shape(type(draft.body))
    body, secrets = _screened(draft.body, shape, salt)
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
    try:
        text = encode(body)
        # Nothing is kept that could not be read back.
        shape.decode(text)
    except msgspec.ValidationError as error:
        raise Invalid(
            "{kind} cannot be so: {reason}", kind=shape.name, reason=misfit(body, error)
        ) from error
    except (TypeError, ValueError, OverflowError) as error:
        raise Invalid("{kind} cannot be written: {error}", kind=shape.name, error=error) from error
    return Prepared(at, (*content, text.decode()), digest_of(content, text), secrets)


def _together(
    drafts: Sequence[Draft],
    moments: Sequence[dt.datetime],
    latest: dt.datetime,
    salt: Callable[[], str],
) -> Sequence[Prepared]:
    """Some drafts, encoded in one call and read back in one for each kind; raises Invalid."""
    from events.sheaf import Sheaf

    occurred = _texts_of([draft.occurred_at for draft in drafts])
    check_envelopes(drafts, occurred, latest)
    plain = [draft.body for draft in drafts]
    kinds = list(map(type, plain))
    shapes = {kind: _shape(kind) for kind in set(kinds)}
    among = [shapes[kind] for kind in kinds]
    bodies, secrets = _all_screened(plain, among, salt)
    keys = [shape.keys(body) for shape, body in zip(among, bodies, strict=True)]
    names = [shape.name for shape in among]
    content: tuple[Sequence[object], ...] = (
        [draft.id for draft in drafts],
        names,
        [shape.version for shape in among],
        occurred,
        [draft.actor for draft in drafts],
        [draft.source for draft in drafts],
        [draft.external_id for draft in drafts],
        *map(list, zip(*keys, strict=True)),
    )
    try:
        lines = canonical(list(zip(*content, bodies, strict=True)))
        text = encode_lines(bodies)
        _read_back(shapes, names, text)
    except (TypeError, ValueError, OverflowError):
        pairs = zip(drafts, moments, strict=True)
        return [prepare_one(draft, at, salt, latest) for draft, at in pairs]
    digests = list(map(digest, lines))
    return Sheaf(cast("Table", ([*moments], *content, text.decode().split("\n"), digests, secrets)))


def _texts_of(moments: Sequence[dt.datetime]) -> list[str]:
    """`isoformat` of each; where JSON writes them alike, but for `Z`, they are written together."""
    alike = {type(at) for at in moments} == {dt.datetime}
    if alike and all(map(_in_minutes, {at.tzinfo for at in moments})):
        text = _JSON.encode(moments).decode()
        return text[2:-2].replace("Z", "+00:00").split('","')
    return [at.isoformat() for at in moments]


def _in_minutes(zone: dt.tzinfo | None) -> bool:
    """Whether a zone is an offset of whole minutes."""
    return isinstance(zone, dt.timezone) and not zone.utcoffset(None).seconds % 60


def _read_back(shapes: Mapping[type[Fact], _Shape], names: Sequence[str], bodies: bytes) -> None:
    """Nothing is kept that could not be read back; raises ValueError where something could not."""
    lines = [] if len(shapes) == 1 else bodies.split(b"\n")
    for shape in shapes.values():
        some = (
            bodies
            if len(shapes) == 1
            else b"\n".join(
                [line for line, name in zip(lines, names, strict=True) if name == shape.name]
            )
        )
        shape.decode_lines(some)


def _screened(
    body: Fact, shape: _Shape, salt: Callable[[], str]
) -> tuple[Fact, tuple[Secret, ...]]:
    """A body that its kind's rule lets pass, and the personal text taken out of it."""
    if shape.rule is not None:
        shape.rule(body)
    for field in shape.personal:
        if getattr(body, field) is not None:
            return seal(body, salt)
    return body, ()


def _all_screened(
    bodies: Sequence[Fact], shapes: Sequence[_Shape], salt: Callable[[], str]
) -> tuple[Sequence[Fact], Sequence[tuple[Secret, ...]]]:
    """The same for many; bodies of one kind of which none has personal text stay as they are."""
    shape = shapes[0]
    one = shapes.count(shape) == len(shapes)
    if not one or any(_says(field, bodies) for field in shape.personal):
        screened = [_screened(*pair, salt) for pair in zip(bodies, shapes, strict=True)]
        return [body for body, _ in screened], [secrets for _, secrets in screened]
    if shape.rule is not None:
        for body in bodies:
            shape.rule(body)
    return bodies, [()] * len(bodies)


def _says(field: str, bodies: Sequence[Fact]) -> bool:
    """Whether a field of any body is not empty."""
    return list(map(attrgetter(field), bodies)).count(None) < len(bodies)


def body_of(prepared: Prepared) -> Fact:
    """The body with its personal text in it, as the draft had it."""
    _, kind, *_, text = prepared.columns
    body = _shape(BY_NAME[kind]).decode(text.encode())
    return with_values(body, {secret.field: secret.value for secret in prepared.secrets})


def keys_of(body: Fact) -> Keys:
    """The seller, client and deal a body names, as the log's columns hold them."""
    return _shape(type(body)).keys(body)
