"""The mapping language: what a TOML file says about turning rows into events.

`docs/mapping.md` is its reference. A value is written as a text with `{columns}` in it, as a
whole number, as true or false, or as a table of the shape `Value`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Lengths = Literal["s", "ms", "min", "h", "mm:ss", "hh:mm"]


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the mapping; a key it does not know is an error."""


class Value(_Section, frozen=True, kw_only=True):
    """Where a value comes from (the first line of fields, exactly one) and what is done to it.

    In this order: `empty`, `extract`, `case`, `map`, then a reading as a date, a number or a
    length, `days` after a date, then `default` where there is nothing.
    """

    column: str | int | tuple[str | int, ...] | None = None
    template: str | None = None
    join: tuple[Expr, ...] | None = None
    first: tuple[Expr, ...] | None = None
    cases: tuple[Case, ...] | None = None
    calc: str | None = None

    with_: str = msgspec.field(default=" ", name="with")
    empty: tuple[str, ...] = ()
    extract: str | None = None
    case: Literal["lower", "upper"] | None = None
    map: str | dict[str, str | int | bool] | None = None
    otherwise: Expr | None = None
    date: str | tuple[str, ...] | None = None
    zone: str | None = None
    time: str | None = None
    days: Expr | None = None
    decimal: Literal[".", ","] | None = None
    length: Lengths | None = None
    default: Expr | None = None


Expr = str | int | bool | Value


class Condition(_Section, frozen=True, kw_only=True):
    """What a row must be like: one test of one value, or several put together."""

    column: str | int | None = None
    value: Expr | None = None
    equals: str | int | bool | None = None
    not_equals: str | int | bool | None = None
    in_: tuple[str | int | bool, ...] | None = msgspec.field(default=None, name="in")
    not_in: tuple[str | int | bool, ...] | None = None
    empty: bool | None = None
    matches: str | None = None
    above: str | int | None = None
    at_least: str | int | None = None
    below: str | int | None = None
    at_most: str | int | None = None
    decimal: Literal[".", ","] | None = None
    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    not_: Condition | None = msgspec.field(default=None, name="not")


class Case(_Section, frozen=True, kw_only=True):
    """A value that holds where its condition does."""

    when: Condition | None = None
    value: Expr


class FileSpec(_Section, frozen=True, kw_only=True):
    """How the file is written; what is not said is found out from the file itself."""

    format: Literal["csv", "xlsx", "jsonl"] | None = None
    delimiter: str | None = None
    quote: str = '"'
    escape: str | None = None
    encoding: str | None = None
    errors: Literal["reject", "replace"] = "reject"
    skip: int = 0
    header: bool = True
    columns: tuple[str, ...] = ()
    short_rows: Literal["reject", "pad"] = "reject"
    sheet: str | int | None = None
    fill: tuple[str | int, ...] = ()
    each: str | None = None


class Formats(_Section, frozen=True, kw_only=True):
    """How values are written where a value does not say it itself.

    `time` is the time of day of a date without one, `zone` that of moments without an offset.
    """

    date: str | tuple[str, ...] = "iso"
    time: str = "12:00"
    zone: str | None = None
    decimal: Literal[".", ","] = "."
    length: Lengths = "s"
    empty: tuple[str, ...] = ()


class Lookup(FileSpec, frozen=True, kw_only=True):
    """A second file whose row is found by a value of the first one's row.

    `file` lies beside the imported file, or beside the mapping. `key` is a value of the second
    file, `by` the value of the first one it must equal.
    """

    file: str
    key: Expr
    by: Expr
    missing: Literal["reject", "empty"] = "reject"
    twice: Literal["refuse", "first", "last"] = "refuse"


class Aggregate(_Section, frozen=True, kw_only=True):
    """One column of a group of rows; `when` picks the rows of the group it looks at."""

    sum: Expr | None = None
    max: Expr | None = None
    min: Expr | None = None
    first: Expr | None = None
    last: Expr | None = None
    count: bool | None = None
    when: Condition | None = None


class Group(_Section, frozen=True, kw_only=True):
    """Rows with an equal `by` become one row: the first of them with `columns` added."""

    by: Expr | tuple[Expr, ...]
    columns: dict[str, Aggregate] = {}


class Register(_Section, frozen=True, kw_only=True):
    """A seller or a client to make known when a row names them for the first time.

    `as` is the name under which values of this mapping use the key; without it `seller` or
    `client`, which is also what events take where they do not say whose they are.
    """

    as_: str | None = msgspec.field(default=None, name="as")
    key: Expr | None = None
    name: Expr
    at: Expr | None = None
    set: dict[str, Expr] = {}


class EventSpec(_Section, frozen=True, kw_only=True):
    """An event a row makes, if `when` holds.

    The values of `set` are read by the types of the kind's fields: lists and tables of values
    where a field is a list or a table, a value otherwise.
    """

    kind: str
    at: Expr | None = None
    id: Expr | None = None
    when: Condition | None = None
    set: dict[str, object] = {}


class Mapping(_Section, frozen=True, kw_only=True):
    """The whole file. `source` names where the facts come from, the mapping's own name if unset."""

    source: str | None = None
    id: Expr | None = None
    at: Expr | None = None
    when: Condition | None = None
    sort: tuple[Expr, ...] = ()
    file: FileSpec = FileSpec()
    formats: Formats = Formats()
    let: dict[str, Expr] = {}
    table: dict[str, dict[str, str | int | bool]] = {}
    lookup: dict[str, Lookup] = {}
    group: Group | None = None
    seller: tuple[Register, ...] = ()
    client: tuple[Register, ...] = ()
    event: tuple[EventSpec, ...] = ()
