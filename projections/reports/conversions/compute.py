"""From a window to the rows of conversions (feature P5, rows 10, 58, 100, 104, 120)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from projections.interval import wilson
from projections.question import Question
from projections.reports.conversions.rows import (
    COLUMNS,
    SMALL,
    Basis,
    ConversionRow,
    Conversions,
    Standing,
)
from projections.state import Settings
from projections.steps import Pair
from projections.windows.conversions import ConversionsWindow


class _Made(msgspec.Struct, frozen=True):
    """A row with the deals it counts, none in the period reading."""

    row: ConversionRow
    entered: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()


def conversions(window: ConversionsWindow, question: Question, settings: Settings) -> Conversions:
    """A total for every pair, and its rows by the values of the cut, those without one last."""
    read = _cohort if question.reading == "cohort" else _period
    made = [(one, *read(window, question, one)) for one in window.pairs]
    return Conversions(
        name="conversions",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(row.row for _, _, rows in made for row in rows),
        totals=tuple(total.row for _, total, _ in made),
        trust=window.trust,
        basis=Basis(
            zone=settings.zone,
            seen=window.seen,
            entered={row.row.key: row.entered for _, total, rows in made for row in (total, *rows)},
            reached={row.row.key: row.reached for _, total, rows in made for row in (total, *rows)},
        ),
    )


def _cohort(window: ConversionsWindow, question: Question, pair: Pair) -> tuple[_Made, list[_Made]]:
    """The total of a pair and its rows: deals, by the cut of their first entry."""
    groups: dict[str, list[str]] = {}
    for deal, entry in sorted(window.entries.get(pair[0], {}).items()):
        if not question.period.first <= entry.day <= question.period.last:
            continue
        if not question.sellers or entry.seller in question.sellers:
            groups.setdefault(entry.cut, []).append(deal)
    everybody = [deal for cut in _in_order(groups) for deal in groups[cut]]
    loose = None
    if not question.sellers:
        logged = sum(count for (step, _), count in window.counts.items() if step == pair[0])
        loose = logged - window.named.get(pair[0], 0)
    total = _of_deals(window, pair, None, everybody)
    rows = [_of_deals(window, pair, cut, groups[cut]) for cut in _in_order(groups)]
    return (
        msgspec.structs.replace(total, row=msgspec.structs.replace(total.row, loose=loose)),
        [_compared(made, total.row) for made in rows],
    )


def _compared(made: _Made, whole: ConversionRow) -> _Made:
    """On which side of all together a row lies, if its interval does not overlap with theirs."""
    row = made.row
    if row.small or row.low is None or row.high is None or whole.low is None or whole.high is None:
        return made
    standing: Standing | None = None
    if row.high < whole.low:
        standing = "below"
    elif row.low > whole.high:
        standing = "above"
    return msgspec.structs.replace(made, row=msgspec.structs.replace(row, standing=standing))


def _of_deals(
    window: ConversionsWindow, pair: Pair, cut: str | None, entered: Sequence[str]
) -> _Made:
    """Deals that entered the first step, and those of them that ever reached the second."""
    there = window.entries.get(pair[1], {})
    reached = tuple(deal for deal in entered if deal in there)
    outside = (deal for deal in entered if deal not in there) if len(reached) < len(entered) else ()
    bounds = wilson(len(reached), len(entered))
    row = _row(pair, cut, len(entered), len(reached))
    return _Made(
        msgspec.structs.replace(
            row,
            low=bounds[0] if bounds else None,
            high=bounds[1] if bounds else None,
            pending=sum(deal not in window.lost for deal in outside),
        ),
        tuple(entered),
        reached,
    )


def _period(window: ConversionsWindow, question: Question, pair: Pair) -> tuple[_Made, list[_Made]]:
    """The total of a pair and its rows: events of the second step over events of the first."""
    counts: dict[str, list[int]] = {}
    for (step, cut), count in window.counts.items():
        for place, one in enumerate(pair):
            if step == one:
                counts.setdefault(cut, [0, 0])[place] += count
    n, count = (sum(column) for column in zip((0, 0), *counts.values(), strict=True))
    return (
        _Made(_row(pair, None, n, count)),
        [_Made(_row(pair, cut, *counts[cut])) for cut in _in_order(counts)],
    )


def _in_order(cuts: Iterable[str]) -> list[str]:
    """Values by name, those without one last."""
    return sorted(cuts, key=lambda cut: (not cut, cut))


def _row(pair: Pair, cut: str | None, n: int, count: int) -> ConversionRow:
    return ConversionRow(
        key=_key(pair, cut),
        step_from=pair[0],
        step_to=pair[1],
        cut=cut,
        n=n,
        count=count,
        share=Fraction(count, n) if n else None,
        small=n < SMALL,
    )


def _key(pair: Pair, cut: str | None) -> str:
    return f"{pair[0]}>{pair[1]}|{'*' if cut is None else cut}"
