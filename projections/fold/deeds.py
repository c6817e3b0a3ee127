"""What one event of each kind adds to the cells.

A kind is a `Shape`: whose it is, what it is cut by, what money and time it counts. The fold of a
whole log works through thousands of events of one shape at a time, that of a single event takes
its shape apart; both read it here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from events.envelope import Unknown
from events.vocabulary import (
    CallMade,
    CostSet,
    CreditNoteIssued,
    DealOpened,
    DealWon,
    DownsellMarked,
    InvoiceIssued,
    InvoiceWrittenOff,
    MeetingHeld,
    OrderPlaced,
    PaymentPromised,
    PaymentReceived,
    ProposalSent,
    StepCompleted,
    UpsellMarked,
    name_of,
)
from events.vocabulary.fact import Cuts, Fact
from projections.fold.sales import REFUND

Text: TypeAlias = str | None

Key: TypeAlias = tuple[str, Text, Text, Text, Text, Text, Text, Text, Text, Text, Text]
"""Activity, seller, book, direction, bucket, channel, segment, territory, product, group,
temperature: everything a cell is cut by but its two days."""

Dims: TypeAlias = tuple[Text, Text, Text, Text, Text, Text, Text]
"""Seller, channel, segment, territory, product, group, temperature."""

Money: TypeAlias = tuple[int, int, int]
"""Amount, cost and direct costs in minor units."""

Tally: TypeAlias = tuple[Key, int, int, int, int, int, int, int, int]
"""A key with amount, cost, direct, seconds, unmeasured, brief, reached and told; of one event."""

MIDDLE: Final = 60
LONG: Final = 180
"""Seconds of talk from which a call is middling, and above which it is long (feature P12)."""


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """How the events of a kind are summed.

    The getters take a body of the kind. Only calls have a direction and a length that may be
    missing; `timed` kinds count seconds.
    """

    activity: str
    dims: Callable[..., Dims]
    money: Callable[..., Money] | None = None
    timed: bool = False
    call: bool = False


def bucket(seconds: int | None) -> Text:
    """The length of a call in a word: short < 60 s <= middle <= 180 s < long."""
    if seconds is None:
        return None
    if seconds < MIDDLE:
        return "short"
    return "middle" if seconds <= LONG else "long"


def _hoped(body: ProposalSent | DealOpened) -> Money:
    return body.amount or 0, 0, 0


def _earned(body: OrderPlaced | InvoiceIssued | PaymentReceived | DealWon) -> Money:
    return body.amount or 0, body.cost, body.direct


def _spent(body: CostSet) -> Money:
    return 0, body.cost, body.direct


def _said(
    body: PaymentPromised | InvoiceWrittenOff | UpsellMarked | DownsellMarked,
) -> Money:
    return body.amount, 0, 0


_CUT: Final = attrgetter(
    "seller", "channel", "segment", "territory", "product", "group", "temperature"
)
_MONEY: Final[dict[type[Fact], Callable[..., Money]]] = {
    ProposalSent: _hoped,
    DealOpened: _hoped,
    OrderPlaced: _earned,
    InvoiceIssued: _earned,
    PaymentReceived: _earned,
    DealWon: _earned,
    CostSet: _spent,
    PaymentPromised: _said,
    InvoiceWrittenOff: _said,
    UpsellMarked: _said,
    DownsellMarked: _said,
}


def _whose(body: Fact) -> Dims:
    return getattr(body, "seller", None), None, None, None, None, None, None


def _shape(kind: type[Fact]) -> Shape:
    return Shape(
        activity=name_of(kind),
        dims=_CUT if issubclass(kind, Cuts) else _whose,
        money=_MONEY.get(kind),
        timed=kind in (CallMade, MeetingHeld),
        call=kind is CallMade,
    )


class _Shapes(dict[type, Shape | None]):
    """Shapes by kind, made when they are asked for: a short command needs only a few."""

    def __missing__(self, kind: type[Fact]) -> Shape | None:
        found = self[kind] = _shape(kind) if issubclass(kind, Fact) else None
        return found


SHAPES: Final = _Shapes({StepCompleted: None, CreditNoteIssued: None})
"""The shape of a kind whose events are all of one activity, None for other kinds."""


if TYPE_CHECKING:
    from typing import Protocol

    class _Told(Protocol):
        """A body, of a kind whose shape says that it has these."""

        seconds: int | None
        direction: str
        reached: bool | None


def _regular(shape: Shape, body: _Told, book: Text, brief: int) -> Tally:
    seller, *cuts = shape.dims(body)
    amount, cost, direct = shape.money(body) if shape.money is not None else (0, 0, 0)
    seconds = body.seconds if shape.timed else None
    direction, length = (body.direction, bucket(seconds)) if shape.call else (None, None)
    key = _key(shape.activity, seller, book, direction, length, cuts)
    talk = _talk(body, brief) if shape.call else (0, 0, 0, 0)
    return key, amount, cost, direct, seconds or 0, *talk


def _talk(body: _Told, brief: int) -> tuple[int, int, int, int]:
    """Whether a call is unmeasured, brief, with who decides, and whether the last is known."""
    seconds, reached = body.seconds, body.reached
    return (
        int(seconds is None),
        int(_is_short(seconds, brief)),
        int(reached is True),
        int(reached is not None),
    )


def is_brief(body: Fact, brief: int) -> bool:
    """Whether an event is a call of less than `brief` seconds, so hardly a talk."""
    return isinstance(body, CallMade) and _is_short(body.seconds, brief)


def _is_short(seconds: int | None, brief: int) -> bool:
    return seconds is not None and seconds < brief


_NOTHING: Final = (0, 0, 0, 0, 0, 0, 0, 0)


def _step(body: StepCompleted, book: Text, _brief: int) -> Tally:
    seller, *cuts = _CUT(body)
    key = _key(f":{body.activity}", seller, book, None, None, cuts)
    return key, *_NOTHING


def _credit(body: CreditNoteIssued, book: Text, _brief: int) -> Tally:
    seller, *cuts = _CUT(body)
    key = _key(REFUND if body.refund else "credit_note_issued", seller, book, None, None, cuts)
    return key, -body.amount, -body.cost, -body.direct, 0, 0, 0, 0, 0


def _unread(body: Unknown, book: Text, _brief: int) -> Tally:
    return _key(f"?{body.kind}", None, book, None, None, (None,) * 6), *_NOTHING


def _key(
    activity: str, seller: Text, book: Text, direction: Text, length: Text, cuts: Sequence[Text]
) -> Key:
    channel, segment, territory, product, group, temperature = cuts
    return (
        activity, seller, book, direction, length, channel, segment, territory, product, group,
        temperature,
    )  # fmt: skip


class _Deeds(dict[type, Callable[..., Tally]]):
    """What the events of a kind add, as its shape says."""

    def __missing__(self, kind: type[Fact]) -> Callable[..., Tally]:
        shape = SHAPES[kind]
        if shape is None:
            raise KeyError(kind)
        found = self[kind] = partial(_regular, shape)
        return found


DEEDS: Final = _Deeds({StepCompleted: _step, CreditNoteIssued: _credit, Unknown: _unread})
"""For every kind the function from a body, its book and the seconds below which a call is brief to
what it adds.
"""
