"""Dates of deals that were moved to a later one: a row for each deal, and why (feature P15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from events.trace import Trace
from events.vocabulary import ExpectedDateSet, name_of
from projections.explaining import asked
from projections.formula import Explanation
from projections.report import Column, Part, Row

NAME: Final = "slips"
_COLUMNS: Final = (Column("deal", "text"), Column("slips", "count"))


class Slip(Row, frozen=True, kw_only=True):
    """How often the date of a deal was moved to a later one, ever."""

    deal: str
    slips: int


def part(found: Mapping[str, int]) -> Part:
    """Every deal whose date was moved, the one moved most first; `found` counts by deal."""
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = (Slip(key=deal, deal=deal, slips=count) for deal, count in ordered)
    return Part(name=NAME, columns=_COLUMNS, rows=tuple(rows))


def explain(found: Mapping[str, int], deal: str, figure: str, zone: str) -> Explanation:
    """Every date the deal was ever given; raises KeyError where its date never moved."""
    row = asked(part(found).rows, deal, figure, (NAME,))
    return Explanation(
        figure=NAME,
        unit="count",
        value=found[row.key],
        expression="",
        terms=(),
        trace=Trace(kinds=(name_of(ExpectedDateSet),), deals=(row.key,), zone=zone),
    )
