"""Drafts to log: plain ones, one of every kind, and hypothesis strategies for any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

from events.envelope import Draft
from events.vocabulary import (
    KINDS,
    CallMade,
    CreditSplitSet,
    DepartmentOpened,
    EventCorrected,
    EventVoided,
    InvoiceIssued,
    OrderPlaced,
    name_of,
)
from events.vocabulary.fact import Fact

MOSCOW: Final = dt.timezone(dt.timedelta(hours=3))
NOON: Final = dt.datetime(2026, 3, 2, 12, 0, tzinfo=MOSCOW)
"""When drafts of the tests occur."""

LATER: Final = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)
"""When they are recorded."""


def draft(
    body: Fact,
    *,
    at: dt.datetime = NOON,
    key: str | None = None,
    source: str = "cockpit",
    external_id: str | None = None,
    actor: str = "anna",
) -> Draft:
    """A draft with what a test does not care about filled in."""
    made = Draft(body=body, occurred_at=at, actor=actor, source=source, external_id=external_id)
    return made if key is None else msgspec.structs.replace(made, id=key)


def call(number: int = 0, **fields: Any) -> Draft:
    """A call; the number makes it tell apart from others, in its id too."""
    values = {"seller": "anna", "client": f"c{number % 7}", "seconds": number, **fields}
    return draft(CallMade(**values), key=f"call-{number:08}")


def order(number: int, amount: int = 100) -> Draft:
    """An imported order."""
    body = OrderPlaced(seller="boris", client="c1", amount=amount)
    return draft(body, source="shop", external_id=str(number))


def correction(target: Draft, reason: str = "typed wrong", **fields: str | int | bool) -> Draft:
    """A correction of an earlier draft."""
    kind = name_of(type(target.body))
    body = EventCorrected(target=target.id, target_kind=kind, fields={**fields}, reason=reason)
    return draft(body)


def void(target: Draft, reason: str = "never happened") -> Draft:
    """A withdrawal of an earlier draft."""
    kind = name_of(type(target.body))
    return draft(EventVoided(target=target.id, target_kind=kind, reason=reason))


def clock(*, start: dt.datetime = LATER, step: float = 1.0) -> Callable[[], dt.datetime]:
    """A clock that is a step further each time it is read."""
    ticks = count()
    return lambda: start + dt.timedelta(seconds=step * next(ticks))


def salts() -> Callable[[], str]:
    """Salts that are the same in every run."""
    numbers = count()
    return lambda: f"{next(numbers):032x}"


def every_kind() -> Iterator[Fact]:
    """One body of every kind with every field filled, the repairs left out: they need a target."""
    for kind in KINDS:
        if kind not in (EventCorrected, EventVoided):
            yield _filled(kind)


def _filled(kind: type[Fact]) -> Fact:
    values = {name: _value(hint, name) for name, hint in _fields(kind)}
    values.update({name: value for name, value in _POSSIBLE.items() if name in values})
    if kind is InvoiceIssued:
        values["amount"] = values["instalments"][0].amount
    if kind is CreditSplitSet:
        values["shares"] = {"anna": 6000, "boris": 4000}
    return kind(**values)


def _fields(kind: type[msgspec.Struct]) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(name, hints[name]) for name in kind.__struct_fields__]


def _value(hint: Any, name: str) -> Any:
    """A value of a type that shows which field it is in."""
    options = [option for option in get_args(hint) if option is not type(None)]
    if get_origin(hint) is Literal:
        return get_args(hint)[-1]
    if get_origin(hint) is tuple:
        return (_value(options[0], name),)
    if get_origin(hint) is dict:
        return {name: _value(options[1], name)}
    if options:
        return _value(options[0], name)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint(**{field: _value(inner, field) for field, inner in _fields(hint)})
    plain: dict[Any, Any] = {int: 1250, bool: True, dt.date: dt.date(2026, 3, 31), str: f"a {name}"}
    return plain[hint]


TEXT: Final = st.text(max_size=12)
_POSSIBLE: Final[dict[str, Any]] = {
    "month": "2026-03",
    "currency": "RUB",
    "minor_digits": 2,
    "brief_seconds": 20,
    "zone": "Europe/Moscow",
}
"""Fields that rules look at, whatever the kind."""

KEY: Final = st.sampled_from(["anna", "boris", "c1", "c2", "ключ", 'a"b', "x y"])


def bodies() -> st.SearchStrategy[Fact]:
    """Any body of any kind that says something possible; repairs left out."""
    kinds = [kind for kind in KINDS if kind not in (EventCorrected, EventVoided)]
    return st.sampled_from(kinds).flatmap(_any_body)


@cache
def _any_body(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    if kind is CreditSplitSet:
        share = st.integers(0, 10_000)
        return share.map(lambda s: CreditSplitSet(deal="d", shares={"a": s, "b": 10_000 - s}))
    fields = {name: _any_value(hint) for name, hint in _fields(kind)}
    possible = {name: st.just(value) for name, value in _POSSIBLE.items() if name in fields}
    fields.update(possible)
    if kind is DepartmentOpened:
        fields["name"] = KEY
    if kind is InvoiceIssued:
        fields["instalments"] = st.just(())
    return st.fixed_dictionaries(fields).map(lambda values: kind(**values))


@cache
def _any_value(hint: Any) -> st.SearchStrategy[Any]:
    options = get_args(hint)
    if get_origin(hint) is Literal:
        return st.sampled_from(options)
    if get_origin(hint) is tuple:
        return st.lists(_any_value(options[0]), max_size=2).map(tuple)
    if get_origin(hint) is dict:
        return st.dictionaries(KEY, _any_value(options[1]), max_size=2)
    if options:
        return st.one_of(
            [st.none() if option is type(None) else _any_value(option) for option in options]
        )
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        inner = {name: _any_value(field) for name, field in _fields(hint)}
        return st.fixed_dictionaries(inner).map(lambda values: hint(**values))
    plain: dict[Any, st.SearchStrategy[Any]] = {
        int: st.integers(1, 10**12),
        bool: st.booleans(),
        dt.date: st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
        str: st.one_of(KEY, TEXT),
    }
    return plain[hint]
