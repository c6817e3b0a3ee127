"""How older shapes of a kind are lifted to the present one, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

import msgspec

Plain: TypeAlias = dict[str, object]
"""A body as plain values, as JSON gives it, without the tag of its kind."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Lifts one version of a kind to another; `to_kind` differs where a kind was renamed."""

    kind: str
    version: int
    to_kind: str
    to_version: int
    lift: Callable[[Plain], Plain]


class BrokenChain(ValueError):
    """The steps do not lead every older shape to the present one; the program must not start."""


STEPS: Final[tuple[Step, ...]] = ()
"""Every step this program knows."""


class Chain:
    """Steps that were found to be whole: each older shape has one way, and it ends at present."""

    def __init__(self, current: Mapping[str, int], steps: Iterable[Step]) -> None:
        """`current` is the present version of every kind.

        Raises BrokenChain for two steps from one shape, a shape without a way, and a circle.
        """
        self._current = current
        self._steps: dict[tuple[str, int], Step] = {}
        for step in steps:
            self._add(step)
        for kind, version in current.items():
            for older in range(1, version):
                if (kind, older) not in self._steps:
                    raise BrokenChain(f"{kind} version {older} has no step to version {version}")
        for shape in self._steps:
            self._walk(shape)

    def _add(self, step: Step) -> None:
        shape = (step.kind, step.version)
        if shape in self._steps:
            raise BrokenChain(f"{step.kind} version {step.version} has two steps")
        if self._current.get(step.kind) == step.version:
            raise BrokenChain(f"{step.kind} version {step.version} is the present one")
        self._steps[shape] = step

    def _walk(self, shape: tuple[str, int]) -> None:
        seen = {shape}
        while (step := self._steps.get(shape)) is not None:
            shape = (step.to_kind, step.to_version)
            if shape in seen:
                raise BrokenChain(f"{shape[0]} version {shape[1]} leads back to itself")
            seen.add(shape)
        if self._current.get(shape[0]) != shape[1]:
            raise BrokenChain(f"nothing leads on from {shape[0]} version {shape[1]}")

    def knows(self, kind: str, version: int) -> bool:
        """Whether this older shape has a way to the present."""
        return (kind, version) in self._steps

    def lift(self, kind: str, version: int, body: Plain) -> tuple[str, Plain]:
        """The present kind and body of an older one; the given body stays as it was."""
        while (step := self._steps.get((kind, version))) is not None:
            body = step.lift(dict(body))
            kind, version = step.to_kind, step.to_version
        return kind, body
