"""How often each activity was done, by day, whole and in its parts (requirement row 72)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeAlias

from events.vocabulary.plans import Book, Direction
from projections.source import Cell
from projections.steps import STEPS

if TYPE_CHECKING:
    from projections.formula import EventsSum

Part: TypeAlias = tuple[Book | None, Direction | None]
WHOLE: Final[Part] = (None, None)

PARTS: Final[tuple[Part, ...]] = (
    WHOLE,
    ("new", None),
    ("existing", None),
    (None, "in"),
    (None, "out"),
    ("new", "in"),
    ("new", "out"),
    ("existing", "in"),
    ("existing", "out"),
)

STANDARD: Final = STEPS[STEPS.index("call_made") : STEPS.index("deal_lost")]
"""In the order of the sale; orders and payments only where they are what a sale is."""

VOLUME: Final = STANDARD[0]
"""With few of these nothing else matters (requirement row 9)."""

ONLY_AS_SALES: Final = frozenset({"order_placed", "payment_received"})

_WHAT: Final = attrgetter("seller", "activity", "book", "direction")

Counts: TypeAlias = dict[tuple[str | None, str], dict[Part, dict[dt.date, int]]]
"""By seller and activity, then by part, then by day; parts of one part alone share its days."""


def counted(cell: Cell, *, brief: bool = False) -> int:
    """How many of a cell's events norms count: calls too short to be talks only where `brief`
    says so."""
    return cell.n if brief else cell.n - cell.brief


def counting(activity: str) -> EventsSum:
    """What of the events of an activity adds up to how often it was done."""
    return "talks" if activity == "call_made" else "count"


def counts(cells: Iterable[Cell], *, brief: bool = False) -> Counts:
    """What was done by day, for each seller and activity, whole and in every part."""
    alike: dict[tuple[str | None, str | None, str | None, str | None], dict[dt.date, int]] = {}
    for cell in cells:
        if cell.day is None:
            continue
        what = _WHAT(cell)
        days = alike.get(what)
        if days is None:
            alike[what] = {cell.day: counted(cell, brief=brief)}
        else:
            days[cell.day] = days.get(cell.day, 0) + counted(cell, brief=brief)
    found: Counts = {}
    for (seller, activity, book, direction), days in alike.items():
        if activity is not None:
            parts = found.setdefault((seller, activity), {})
            for part in parts_of(book, direction):
                known = parts.get(part)
                parts[part] = days if known is None else _joined(known, days)
    return found


def _joined(days: Mapping[dt.date, int], more: Mapping[dt.date, int]) -> dict[dt.date, int]:
    found = {**days}
    for day, done in more.items():
        found[day] = found.get(day, 0) + done
    return found


EFFORTS: Final = frozenset(STANDARD[:4])
"""What sellers do by themselves; the others are what comes of it."""


def in_use(sale: str, done: Iterable[str], normed: Iterable[str]) -> list[str]:
    """The activities of every trade, in the order of the sale, then the trade's own steps.

    `done` are names of what happened, `normed` those that have a norm.
    """
    named = set(normed)
    standard = [
        name for name in STANDARD if name not in ONLY_AS_SALES or name == sale or name in named
    ]
    own = {name for name in done if name.startswith(":")}
    return standard + sorted((own | named) - {*STANDARD, ""})


@cache
def parts_of(book: str | None, direction: str | None) -> tuple[Part, ...]:
    """The whole and the parts that an event of this book and direction belongs to."""
    return tuple(part for part in PARTS if part[0] in (None, book) and part[1] in (None, direction))
