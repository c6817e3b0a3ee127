"""What the conversions report is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal

import msgspec

from projections.report import Column, Report, Row

COLUMNS = (
    Column("step_from", "text"),
    Column("step_to", "text"),
    Column("cut", "text"),
    Column("n", "count"),
    Column("count", "count"),
    Column("share", "share"),
    Column("low", "share"),
    Column("high", "share"),
)

SMALL: Final = 10
"""Below so many a share says too little to be compared (feature P5)."""


Standing = Literal["below", "above"]
"""On which side of all together a share lies beyond chance."""


class ConversionRow(Row, frozen=True, kw_only=True):
    """Of `n` that entered `step_from` in the period, `count` reached `step_to`.

    Cohort reading: objects (deals), each once a step, lost ones included; `pending` are neither
    there nor lost yet, and `loose` entries into the first step name no deal and count nowhere.
    Period reading: events of the second kind over events of the first. `low` and `high` are
    Wilson's 95 % bounds, None in the period reading, where the share may exceed 1. `standing`
    says that the bounds lie wholly below or above those of all together, None where they overlap
    or the row is `small`. `cut` is empty for those without a value.
    """

    step_from: str
    step_to: str
    cut: str | None
    n: int
    count: int
    share: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    small: bool = False
    pending: int | None = None
    loose: int | None = None
    standing: Standing | None = None


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs: in the cohort reading the deals of a row, by its key."""

    zone: str
    seen: dt.date
    entered: Mapping[str, tuple[str, ...]]
    reached: Mapping[str, tuple[str, ...]]


class Conversions(Report, frozen=True, kw_only=True):
    """For each pair a row per value of the cut, and one for all (`cut` None) in `totals`."""

    rows: tuple[ConversionRow, ...]
    totals: tuple[ConversionRow, ...]
    basis: Basis
