"""Conversions between the steps of the sale (feature P5): sellers down, pairs across."""

from __future__ import annotations

from typing import ClassVar, Final

from cockpit import formats, labels
from cockpit.render import notes
from cockpit.render.cells import clean
from cockpit.tui.sections.base import WIDE, Drawn, Section, cycle, nobody
from cockpit.tui.sections.doing import nothing
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.view import View, month
from cockpit.words import t
from projections.question import Question
from projections.report import Report
from projections.reports.conversions import ConversionRow, Conversions

_NO_VALUE: Final = "-"

Pair = tuple[str, str]


class ConversionsSection(Section):
    """The board of how much of each step becomes the next."""

    REPORT: ClassVar[str | None] = "conversions"

    def question(self, view: View) -> Question:
        """The month of today in the chosen reading, cut by seller."""
        return month(view)

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Conversions):
            raise TypeError(report.name)
        return sheet(report, drawn, width)


def sheet(report: Conversions, drawn: Drawn, width: int) -> Sheet:
    """Share and number for each pair of steps in use; at a good width the interval as well."""
    pairs = [(row.step_from, row.step_to) for row in report.totals if row.n]
    totals = {(row.step_from, row.step_to): row for row in report.totals}
    by_cut: dict[str, dict[Pair, ConversionRow]] = {}
    for row in report.rows:
        by_cut.setdefault(row.cut or _NO_VALUE, {})[row.step_from, row.step_to] = row
    interval = width >= WIDE
    lines = (
        []
        if not pairs
        else [
            Line(
                "unassigned" if cut == _NO_VALUE else f"seller:{cut}",
                (Cell(_name(cut, drawn)), *(cell(found.get(pair), interval) for pair in pairs)),
                cut != _NO_VALUE,
            )
            for cut, found in by_cut.items()
        ]
    )
    total = (Cell(labels.scope("department").upper()),
             *(cell(totals.get(pair), interval) for pair in pairs))  # fmt: skip
    reading = labels.value("reading", report.question.reading)
    readings = [labels.value("reading", each) for each in ("cohort", "period")]
    said = notes.notes(report, drawn.names)
    return Sheet(
        title=labels.report("conversions").capitalize(),
        aside=cycle("reading.switch", readings, reading, drawn.keymap),
        columns=(
            Column(key="seller", title=labels.header("seller"), align="left", elastic=True),
            *(Column(key=f"{one}>{two}", rank=place + 1,
                     title=f"{labels.activity(one)}\n→ {labels.activity(two)}")
              for place, (one, two) in enumerate(pairs)),
        ),
        lines=tuple(lines),
        totals=(Line("department", total, opens=False),),
        notes=tuple(((text, "muted"),) for text in (_legend(interval), *said)),
        empty=nobody() if not drawn.names else nothing(),
    )  # fmt: skip


def cell(row: ConversionRow | None, interval: bool) -> Cell:
    """`12% of 50`, with Wilson's bounds behind it; too few to compare are starred and grey."""
    if row is None or not row.n:
        return Cell(formats.UNKNOWN, "muted")
    mark = "*" if row.small else ""
    text = t("{share} of {n}", share=mark + formats.share(row.share), n=formats.count(row.n))
    if interval and row.low is not None and row.high is not None:
        text += f" {bounds(row)}"
    return Cell(text, "muted" if row.small else "plain")


def bounds(row: ConversionRow) -> str:
    """Wilson's 95 % bounds, `8–17`; nothing where the reading has none."""
    if row.low is None or row.high is None:
        return ""
    low, high = (formats.number(value * 100) for value in (row.low, row.high))
    return f"{low}–{high}"


def _legend(interval: bool) -> str:
    """How a cell is read."""
    if interval:
        return t("share of those who entered the step, and its 95 % bounds in per cent")
    return t("share of those who entered the step")


def _name(cut: str, drawn: Drawn) -> str:
    """Whose row it is."""
    if cut == _NO_VALUE:
        return labels.scope("unassigned")
    return clean(drawn.names.get(cut, cut))
