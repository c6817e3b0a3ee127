"""The bars of a bridge: the line, what each factor did from where the last one ended, the fact."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from cockpit.render.cells import width as cells_of
from cockpit.tui import picture
from cockpit.tui.sections.plan_fact import deviation_tone
from cockpit.tui.sheet import Cell, Line
from cockpit.words import t
from projections.reports.bridge import BridgeRow


class Bars(msgspec.Struct, frozen=True):
    """The scale that all bars of a bridge hang on, and the cells they have."""

    low: Fraction
    high: Fraction
    width: int

    def bar(self, start: Fraction, end: Fraction) -> str:
        """A bar between two amounts."""
        return picture.floating(start, end, self.low, self.high, self.width)


def hung(rows: tuple[BridgeRow, ...], width: int) -> Bars:
    """The scale from the lowest to the highest point the bars reach, nothing included."""
    points = [Fraction(), *ends_of(rows)]
    return Bars(min(points), max(points), width)


def ends_of(rows: tuple[BridgeRow, ...]) -> list[Fraction]:
    """Where the line ends and, after it, each factor."""
    whole = rows[-1]
    ends = [Fraction(whole.planned or 0)]
    for row in rows[:-1]:
        ends.append(ends[-1] + row.effect)
    return ends


def waterfall(
    rows: tuple[BridgeRow, ...], cells: list[list[Cell]], bars: Bars | None
) -> list[Line]:
    """From the line down to the fact; the deviation stands below."""
    ends = ends_of(rows)
    whole, nothing = rows[-1], Fraction()
    plan, fact = Fraction(whole.planned or 0), Fraction(whole.actual or 0)
    *factors, deviation = cells
    lines = [Line("bridge/line", (Cell(t("plan to date")), deviation[1], Cell(""), Cell(""),
                                  Cell(bars.bar(nothing, plan) if bars else "", "muted")),
                  opens=False)]  # fmt: skip
    for row, told, start, end in zip(rows, factors, ends, ends[1:], strict=False):
        tone = deviation_tone(row.effect)
        lines.append(Line(row.key, (*told, Cell(_worded(row, bars, start, end), tone))))
    lines.append(Line("bridge/fact", (Cell(t("fact")), Cell(""), deviation[2], Cell(""),
                                      Cell(bars.bar(nothing, fact) if bars else "", "muted")),
                      opens=False))  # fmt: skip
    lines.append(Line(whole.key, (deviation[0], Cell(""), Cell(""), deviation[3], Cell(""))))
    return lines


def _worded(row: BridgeRow, bars: Bars | None, start: Fraction, end: Fraction) -> str:
    """A bar with the word for its direction behind it where there is room."""
    if bars is None:
        return ""
    bar = bars.bar(start, end)
    said = t("lost") if row.effect < 0 else t("gained") if row.effect > 0 else ""
    return f"{bar} {said}" if said and cells_of(bar) + 1 + cells_of(said) <= bars.width else bar
