"""What one row makes: its events, and the people it speaks of. All of it is kept, or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec

from cockpit.importing.batch import Batch
from cockpit.importing.cells import Row
from events.envelope import Draft
from events.vocabulary.fact import Fact

Seal = Callable[[Sequence[Fact], Sequence[dt.datetime | None], Sequence[str]], list[Draft]]
"""Drafts of bodies, their moments (None: when it is imported) and their external ids."""


class Person(msgspec.Struct, frozen=True, eq=False):
    """A seller or a client a row names: their kind and key, and what makes them known."""

    who: tuple[str, str]
    draft: Draft


class Unit(msgspec.Struct, frozen=True, gc=False):
    """The row at a place of a batch, its events, and whom it names."""

    batch: Batch
    at: int
    facts: Sequence[Draft]
    people: Sequence[Person]

    @property
    def row(self) -> Row:
        """The row itself; its line stands in front."""
        return self.batch.row(self.at)
