"""Conditions of a mapping as columns of yes and no."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cockpit.importing.batch import Batch
from cockpit.importing.cells import Cell, text_of
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import Condition
from cockpit.importing.numbers import Mark, number_of
from cockpit.importing.place import Place
from cockpit.importing.sources import Source, converted, literal
from cockpit.words import t

if TYPE_CHECKING:
    from cockpit.importing.scope import Scope

Test = Callable[[Batch], Sequence[bool | RowError]]
"""Whether each row of a batch is as it must be, or why that cannot be told."""

_Compare = Callable[[Fraction, Fraction], bool]

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

_COMPARED: Final[dict[str, _Compare]] = {
    "above": operator.gt,
    "at_least": operator.ge,
    "below": operator.lt,
    "at_most": operator.le,
}


def test(scope: Scope, condition: Condition, place: Place) -> Test:
    """A condition as a column of yes and no; raises Refused where it asks nothing."""
    tests = _of_value(scope, condition, place)
    for number, inner in enumerate(condition.all or (), 1):
        tests.append(test(scope, inner, place.at("all").at(number)))
    if condition.any is not None:
        tests.append(_any(scope, condition.any, place.at("any")))
    if condition.not_ is not None:
        tests.append(_opposite(test(scope, condition.not_, place.at("not"))))
    if not tests:
        place.refuse(t("this condition asks nothing"))
    return tests[0] if len(tests) == 1 else _decided(tests, by=False)


def _any(scope: Scope, conditions: tuple[Condition, ...], place: Place) -> Test:
    """At least one of several conditions."""
    tests = [test(scope, inner, place.at(number)) for number, inner in enumerate(conditions, 1)]
    return _decided(tests, by=True)


def _decided(tests: Sequence[Test], *, by: bool) -> Test:
    """What the first test says that does not say the opposite of `by`, else that opposite."""

    def says(batch: Batch) -> Sequence[bool | RowError]:
        columns = [each(batch) for each in tests]
        return [
            next((said for said in row if said is not (not by)), not by)
            for row in zip(*columns, strict=True)
        ]

    return says


def _opposite(inner: Test) -> Test:
    """What a test does not say."""
    return lambda batch: [said if isinstance(said, RowError) else not said for said in inner(batch)]


def _of_value(scope: Scope, condition: Condition, place: Place) -> list[Test]:
    """Every test of the condition's own value."""
    texts = _texts(condition)
    compared = {key: getattr(condition, key) for key in _COMPARED}
    asked = [*texts, *(value for value in compared.values() if value is not None)]
    asks = bool(asked) or condition.empty is not None or condition.matches is not None
    if condition.column is None and condition.value is None:
        if asks:
            place.refuse(t("this condition needs a column or a value"))
        return []
    if condition.column is not None and condition.value is not None:
        place.refuse(t("a condition looks at a column or at a value, not at both"))
    if not asks:
        place.refuse(t("this condition asks nothing"))
    read = _source(scope, condition, place)
    tests = [_among(read, wanted, holds=holds) for wanted, holds in texts]
    if condition.empty is not None:
        tests.append(_empty(read, wanted=condition.empty))
    if condition.matches is not None:
        tests.append(_matching(read, condition.matches, place.at("matches")))
    mark = condition.decimal or scope.formats.decimal
    for key, value in compared.items():
        if value is not None:
            tests.append(_comparing(scope, read, _COMPARED[key], value, mark, place.at(key)))
    return tests


def _source(scope: Scope, condition: Condition, place: Place) -> Source:
    """What the condition looks at."""
    if condition.value is not None:
        return scope.source(condition.value, place.at("value"))
    if isinstance(condition.column, str):
        return scope.name(condition.column, place.at("column"))
    return scope.column(condition.column or 0, place.at("column"))


def _texts(condition: Condition) -> list[tuple[frozenset[str], bool]]:
    """The texts asked for, and whether the value is to be or not to be among them."""
    found: list[tuple[frozenset[str], bool]] = []
    if condition.equals is not None:
        found.append((_set(condition.equals), True))
    if condition.not_equals is not None:
        found.append((_set(condition.not_equals), False))
    if condition.in_ is not None:
        found.append((_set(*condition.in_), True))
    if condition.not_in is not None:
        found.append((_set(*condition.not_in), False))
    return found


def _set(*wanted: str | int | bool) -> frozenset[str]:
    """Constants as texts of a file would have them."""
    return frozenset(
        str(each).lower() if isinstance(each, bool) else str(each).strip() for each in wanted
    )


def _among(looked_at: Source, wanted: frozenset[str], *, holds: bool) -> Test:
    """Whether the text is one of some, or is none of them."""
    return converted(looked_at, lambda cell: (text_of(cell) in wanted) is holds)


def _empty(looked_at: Source, *, wanted: bool) -> Test:
    """Whether there is nothing, or something."""
    return converted(looked_at, lambda cell: (cell is None) is wanted)


def _matching(looked_at: Source, text: str, place: Place) -> Test:
    """Whether a regular expression is found in the text."""
    try:
        pattern = re.compile(text)
    except re.error as error:
        place.refuse(str(error))
    return converted(looked_at, lambda cell: pattern.search(text_of(cell)) is not None)


def _comparing(
    scope: Scope, looked_at: Source, compare: _Compare, bound: str | int, mark: Mark, place: Place
) -> Test:
    """Whether the value is on the asked side of a bound; what is empty is on neither side."""
    day = literal(bound)
    if isinstance(day, dt.date):
        return _dating(scope, looked_at, compare, day)
    try:
        limit = number_of(bound, ".")
    except RowError as error:
        place.refuse(str(error))
    if limit is None:
        place.refuse(t("this condition asks nothing"))
    exact = Fraction(limit)

    def holds(cell: Cell) -> bool:
        number = number_of(cell, mark)
        return number is not None and compare(Fraction(number), exact)

    return converted(looked_at, holds)


def _dating(scope: Scope, looked_at: Source, compare: _Compare, bound: dt.date) -> Test:
    """Whether the business day, or the moment, is on the asked side of a bound."""

    def count(found: dt.date) -> Fraction:
        moment = scope.placed(found)
        if isinstance(bound, dt.datetime):
            return Fraction((moment - _EPOCH) // dt.timedelta.resolution)
        return Fraction(moment.astimezone(scope.day_zone).toordinal())

    limit = count(bound)

    def holds(cell: Cell) -> bool:
        found = scope.dates(cell)
        return found is not None and compare(count(found), limit)

    return converted(looked_at, holds)
