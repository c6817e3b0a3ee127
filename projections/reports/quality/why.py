"""Why a figure of the quality report is what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from events.trace import Trace
from projections.cards import Card, criterion_mean, mean
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit
from projections.reports.quality.compute import halves
from projections.reports.quality.rows import COLUMNS, Quality, QualityRow

Formula = tuple[str, list[Term]]

UNITS: Final[dict[str, Unit]] = {c.key: c.unit for c in COLUMNS if c.unit != "text"}

_EVIDENCE: Final = {"by_call": "call", "by_live": "live", "by_chat": "chat"}


def explain(report: Quality, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked((*report.rows, *report.criteria, report.total), key, figure, UNITS)
    expression, terms = _FORMULAS[figure](report, row) if figure in _FORMULAS else ("", [])
    counted = row.criterion is None and (figure == "cards" or figure in _EVIDENCE)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=getattr(row, figure),
        expression=expression,
        terms=tuple(terms),
        trace=_trace(report, row, figure),
        events_sum="count" if counted else None,
    )


def _trace(report: Quality, row: QualityRow, figure: str) -> Trace:
    """The cards of the period; of the last ones the days they are of."""
    last = figure in ("trend", "weakest_mean")
    first = _since(report, row) if last else report.question.period.first
    return Trace(
        kinds=("card_filled",),
        sellers=(row.seller,) if row.seller is not None else report.question.sellers,
        fields=(("evidence", _EVIDENCE[figure]),) if figure in _EVIDENCE else (),
        first=first,
        last=report.basis.last,
        zone=report.basis.zone,
    )


def _since(report: Quality, row: QualityRow) -> dt.date:
    days = [card.day for group in _last(report, row) for card in group]
    return min(days, default=report.question.period.first)


def _last(report: Quality, row: QualityRow) -> list[Sequence[Card]]:
    """The last cards of the seller, or those of each of all."""
    recent = report.basis.recent
    return list(recent.values()) if row.seller is None else [recent[row.seller]]


def _mean(report: Quality, row: QualityRow) -> Formula:
    """Σ w×S ÷ Σ w×n by criterion, S the sum of its n scores; S÷n for one criterion."""
    cards = [card for card in report.basis.cards if row.seller in (None, card.seller)]
    return _weighed(cards) if row.criterion is None else _plain(cards, row.criterion)


def _plain(cards: Sequence[Card], criterion: str) -> Formula:
    scores = [score for card in cards if (score := card.score(criterion)) is not None]
    if not scores:
        return "", []
    return "S÷n", [Term("S", sum(scores), "count"), Term("n", len(scores), "count")]


def _weighed(cards: Sequence[Card]) -> Formula:
    """A criterion that weighed differently in two revisions has a term for each weight."""
    sums: dict[tuple[str, int], list[int]] = {}
    for card in cards:
        for answer in card.marks:
            sums.setdefault((answer.criterion, answer.weight), []).append(answer.score)
    if not any(weight for _, weight in sums):
        return "", []
    twice = [name for name, _ in sums]
    above: list[str] = []
    below: list[str] = []
    terms: list[Term] = []
    for (name, weight), scores in sums.items():
        mark = f"[{name}/{weight}]" if twice.count(name) > 1 else f"[{name}]"
        above.append(f"w{mark}×S{mark}")
        below.append(f"w{mark}×n{mark}")
        terms += [
            Term(f"w{mark}", weight, "count"),
            Term(f"S{mark}", sum(scores), "count"),
            Term(f"n{mark}", len(scores), "count"),
        ]
    return f"({'+'.join(above)})÷({'+'.join(below)})", terms


def _trend(report: Quality, row: QualityRow) -> Formula:
    """N-O: the mean of the newer halves less that of the older ones."""
    split = [pair for group in _last(report, row) if (pair := halves(group)) is not None]
    if row.trend is None or not split:
        return "", []

    def of(symbol: str, cards: list[Card]) -> Term:
        name = row.criterion
        return Term(symbol, mean(cards) if name is None else criterion_mean(cards, name), "score")

    newer = of("N", [card for pair in split for card in pair[1]])
    older = of("O", [card for pair in split for card in pair[0]])
    return "N-O", [newer, older]


def _weakest(report: Quality, row: QualityRow) -> Formula:
    if row.weakest is None:
        return "", []
    return _plain([card for group in _last(report, row) for card in group], row.weakest)


_FORMULAS: Final[dict[str, Callable[[Quality, QualityRow], Formula]]] = {
    "mean": _mean,
    "trend": _trend,
    "weakest_mean": _weakest,
}
