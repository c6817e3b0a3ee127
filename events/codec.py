"""Bodies as canonical JSON and back; what this program cannot read is kept as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from types import GenericAlias
from typing import Final, Union

import msgspec

from events.envelope import Unknown
from events.upcasters import STEPS, Chain, Plain, Step
from events.vocabulary import KINDS, name_of
from events.vocabulary.fact import Fact

_ENCODER: Final = msgspec.json.Encoder(order="deterministic")

encode: Final[Callable[[Fact], bytes]] = _ENCODER.encode
"""The one JSON text of a body: fields in the order of the kind, defaults left out.

Raises TypeError, ValueError or OverflowError for values that JSON has no word for.
"""


def encode_lines(bodies: Sequence[Fact]) -> bytes:
    """The texts of many bodies, a line each; raises the same."""
    return _ENCODER.encode_lines(bodies)[:-1]


_FEW: Final = 1024
"""Below this many bodies in all, making the decoder of all kinds costs more than it saves."""


class Codec:
    """Reads bodies of the given kinds, older shapes of them too."""

    def __init__(self, kinds: Iterable[type[Fact]] = KINDS, steps: Iterable[Step] = STEPS) -> None:
        """Raises events.upcasters.BrokenChain where an older shape has no way to the present."""
        self._kinds = {name_of(kind): kind for kind in kinds}
        current = {name: kind.VERSION for name, kind in self._kinds.items()}
        self._chain = Chain(current, steps)
        self._present = frozenset(current.items())
        self._single: dict[str, msgspec.json.Decoder[Fact]] = {}
        self._met = 0

    @cached_property
    def _many(self) -> msgspec.json.Decoder[list[Fact]]:
        any_kind: object = Union[tuple(self._kinds.values())]  # noqa: UP007
        return msgspec.json.Decoder(GenericAlias(list, (any_kind,)))

    def decode(self, kind: str, version: int, text: str) -> Fact | Unknown:
        """One body at its present shape; Unknown where kind, version or shape is not ours."""
        try:
            if (kind, version) in self._present:
                return self._decoder(kind).decode(text)
            if self._chain.knows(kind, version):
                return self._lifted(kind, version, text)
        except (msgspec.ValidationError, KeyError, TypeError, ValueError):
            pass
        return Unknown(kind, version, text)

    def decode_many(
        self, kinds: Sequence[str], versions: Sequence[int], texts: Sequence[str]
    ) -> list[Fact | Unknown]:
        """Many bodies in one call; only those that are not at the present shape go one by one."""
        if not self.in_bulk(len(texts)):
            return [self.decode(*row) for row in zip(kinds, versions, texts, strict=True)]
        shapes = list(zip(kinds, versions, strict=True))
        odd = set(shapes) - self._present
        if not odd:
            return self._bulk(shapes, texts)
        plain = [i for i, shape in enumerate(shapes) if shape not in odd]
        bodies: dict[int, Fact | Unknown] = dict(
            zip(
                plain,
                self._bulk([shapes[i] for i in plain], [texts[i] for i in plain]),
                strict=True,
            )
        )
        return [
            bodies[i] if i in bodies else self.decode(*shapes[i], text)
            for i, text in enumerate(texts)
        ]

    def in_bulk(self, count: int) -> bool:
        """Whether with so many more bodies it pays to read them together."""
        self._met += count
        return self._met >= _FEW

    def decode_joined(self, texts: str, low: int, high: int) -> list[Fact | Unknown] | None:
        """Bodies joined by commas, whose versions lie between two; None where they have to be
        read one by one, because a kind or a shape among them is not of the present.
        """
        if not low == high == self._only_version:
            return None
        try:
            return [*self._many.decode(f"[{texts}]")]
        except msgspec.DecodeError:
            return None

    @cached_property
    def _only_version(self) -> int | None:
        versions = {version for _, version in self._present}
        return versions.pop() if len(versions) == 1 else None

    def _bulk(
        self, shapes: Sequence[tuple[str, int]], texts: Sequence[str]
    ) -> list[Fact | Unknown]:
        try:
            return [*self._many.decode(f"[{','.join(texts)}]")]
        except msgspec.DecodeError:
            return [self.decode(*shape, text) for shape, text in zip(shapes, texts, strict=True)]

    def _decoder(self, kind: str) -> msgspec.json.Decoder[Fact]:
        decoder = self._single.get(kind)
        if decoder is None:
            decoder = self._single[kind] = msgspec.json.Decoder(self._kinds[kind])
        return decoder

    def _lifted(self, kind: str, version: int, text: str) -> Fact:
        body = msgspec.json.decode(text, type=Plain)
        body.pop("kind", None)
        kind, body = self._chain.lift(kind, version, body)
        return msgspec.convert({"kind": kind, **body}, self._kinds[kind])


CODEC: Final = Codec()
"""The vocabulary of this program."""
