"""What one row makes: its events, and the people it speaks of. All of it is kept, or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec

from cockpit.importing.cells import Row
from events.envelope import Draft
from events.vocabulary.fact import Fact

Seal = Callable[[Fact, dt.datetime | None, str], Draft]
"""A draft of a body, its moment (None: when it is imported) and its external id."""


class Person(msgspec.Struct, frozen=True):
    """A seller or a client a row names: their kind and key, and what makes them known."""

    who: tuple[str, str]
    draft: Draft


class Unit(msgspec.Struct, frozen=True):
    """A row (its line stands in front), its events, and whom it names."""

    row: Row
    facts: Sequence[Draft]
    people: Sequence[Person]
