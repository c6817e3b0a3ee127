"""From a window to the rows of the report of calls (feature P12, rows 13, 113, 114)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import Final, TypeAlias

from msgspec.structs import replace

from projections.counts import PARTS, WHOLE, Part, parts_of
from projections.linear import ratio
from projections.question import Question
from projections.reports.calls.rows import COLUMNS, Basis, CallsReport, CallsRow
from projections.source import Cell
from projections.state import Settings
from projections.windows.calls import CallsWindow

LENGTHS: Final = ("short", "middle", "long")
"""The buckets of calls with a length, in their order."""

FEW_TALKS: Final = Fraction(1, 2)
"""Below so much of the department's share of calls over 3 min somebody dials and does not talk."""

_Sums: TypeAlias = dict[tuple[str | None, Part], list[Cell]]


def calls(window: CallsWindow, question: Question, settings: Settings) -> CallsReport:
    """Everybody who called, and the department."""
    sums: _Sums = {}
    everybody: _Sums = {}
    for cell in window.cells:
        if question.sellers and cell.seller not in question.sellers:
            continue
        for part in parts_of(cell.book, cell.direction):
            sums.setdefault((cell.seller, part), []).append(cell)
            everybody.setdefault((None, part), []).append(cell)
    sellers = sorted({seller for seller, _ in sums if seller is not None})
    named = [*sellers, None] if (None, WHOLE) in sums else [*sellers]
    rows = [_row(seller or "-", seller, part, sums[seller, part])
            for seller in named for part in PARTS if (seller, part) in sums]  # fmt: skip
    department = [_row("*", None, part, everybody[None, part])
                  for part in PARTS if (None, part) in everybody]  # fmt: skip
    return CallsReport(
        name="calls",
        question=replace(question, period=window.stretch),
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(_signalled(rows, window.cells)),
        department=tuple(department),
        brief_seconds=settings.brief_seconds,
        trust=window.trust,
        basis=Basis(zone=settings.zone, seen=window.seen),
    )


def _row(who: str, seller: str | None, part: Part, cells: Iterable[Cell]) -> CallsRow:
    counts = dict.fromkeys(LENGTHS, 0)
    times = dict.fromkeys(LENGTHS, 0)
    n = reached = told = unmeasured = brief = 0
    for cell in cells:
        n += cell.n
        reached += cell.reached
        told += cell.told
        unmeasured += cell.unmeasured
        brief += cell.brief
        if cell.bucket is not None:
            counts[cell.bucket] += cell.n
            times[cell.bucket] += cell.seconds
    shares = _shares(counts)
    seconds = sum(times.values())
    return CallsRow(
        key=f"{who}|{part[0] or '*'}|{part[1] or '*'}",
        seller=seller,
        book=part[0],
        direction=part[1],
        calls=n,
        under_1=counts["short"],
        under_1_share=shares["short"],
        under_3=counts["middle"],
        under_3_share=shares["middle"],
        over_3=counts["long"],
        over_3_share=shares["long"],
        seconds=seconds,
        minutes=Fraction(seconds, 60),
        minutes_by_length=(
            Fraction(times["short"], 60), Fraction(times["middle"], 60), Fraction(times["long"], 60)
        ),
        reached=reached if told else None,
        reached_share=ratio(reached, n) if told else None,
        unmeasured=unmeasured,
        brief=brief,
    )  # fmt: skip


def _shares(counts: Mapping[str, int]) -> dict[str, Fraction | None]:
    measured = sum(counts.values())
    return {name: ratio(count, measured) for name, count in counts.items()}


def _signalled(rows: list[CallsRow], everybodys: Sequence[Cell]) -> list[CallsRow]:
    """Who dials and does not talk, against the whole department, whoever of it is asked for.

    That is at least as many calls as the usual seller, and of the measured ones less than half
    the department's share over 3 min.
    """
    calls: dict[str, int] = {}
    for cell in everybodys:
        if cell.seller is not None:
            calls[cell.seller] = calls.get(cell.seller, 0) + cell.n
    if len(calls) < 2:
        return rows
    usual = median(calls.values())
    share = _row("*", None, WHOLE, everybodys).over_3_share or Fraction()
    return [
        replace(
            row,
            dialling=row.is_whole
            and row.seller is not None
            and row.calls >= usual
            and row.over_3_share is not None
            and row.over_3_share < FEW_TALKS * share,
        )
        for row in rows
    ]
