"""The pay preview on a seller's page (feature P10): its parts, and what one more deal pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cockpit import formats, labels
from cockpit.render import explain, salary
from cockpit.tui.sheet import Cell, Line
from cockpit.words import t
from projections.formula import Explanation
from projections.report import Report
from projections.reports.pay import PayReport, PayRow

NAME: Final = "pay"

FIGURES: Final = ("ote", "fixed", "premium", "bonus", "carried", "pay", "one_more", "after_close")
_ODD: Final = frozenset({"carried", "after_close"})
"""Figures that are nothing as a rule, and stand on the page only where they are something."""


def wanted(report: Report, seller: str) -> list[tuple[str, str]]:
    """The figures of the page whose explanations are to come with the report."""
    return [
        (row.key, name)
        for row in (report.rows if isinstance(report, PayReport) else ())
        if row.seller == seller
        for name in FIGURES
        if getattr(row, name) is not None
    ]


def lines(report: Report, seller: str, why: Mapping[tuple[str, str], Explanation]) -> list[Line]:
    """Figure, value, words and formula, a line each; nothing where no income is set."""
    if not isinstance(report, PayReport):
        raise TypeError(report.name)
    row = next((row for row in report.rows if row.seller == seller), None)
    if row is None or row.ote is None:
        return []
    heading = f"{labels.report(NAME).capitalize()}, {formats.unit(report.currency)}"
    found = [Line(f"{NAME}/", (Cell(heading, "strong"),), opens=False)]
    for name in FIGURES:
        value = getattr(row, name)
        if value is None or (name in _ODD and not value):
            continue
        account = why.get((row.key, name))
        formula = explain.with_numbers(account, report) if account and account.expression else ""
        shown = formats.number(formats.major(value, report.minor_digits))
        cells = (Cell(labels.figure(name)), Cell(shown), Cell(_words(row, name, report)),
                 Cell(formula, "muted", (formula.partition(" = ")[0],)))  # fmt: skip
        found.append(Line(f"{NAME}/{row.key}/{name}", cells))
    return found + [_lacking(missing) for missing in salary.lacking(row, report)]


def _lacking(words: str) -> Line:
    """What keeps the sheet from being whole."""
    return Line(f"{NAME}/lacking/{words}", (Cell(""), Cell(""), Cell(words, "warn")), opens=False)


def _words(row: PayRow, name: str, report: PayReport) -> str:
    """What a figure means: the KPI done, the scale at the plan reached, what lies ahead."""
    match name:
        case "premium":
            return t("{share} of the KPI done", share=formats.share(row.k))
        case "bonus":
            return t(
                "scale {scale} at {percent} of the plan",
                scale=formats.share(row.g),
                percent=formats.percent(row.percent),
            )
        case "one_more" if row.ahead is not None:
            return salary.ahead(row.ahead, report)
    return ""
