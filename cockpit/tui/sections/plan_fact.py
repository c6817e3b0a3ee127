"""Plan-fact on the linear plan (feature P2): who lags, by how much, how fast to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import ClassVar, Final

from msgspec.structs import replace

from cockpit import formats, labels
from cockpit.render import notes
from cockpit.render.cells import width as cells_of
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import title
from cockpit.render.sheet import Scale, scales
from cockpit.tui.frame import inner
from cockpit.tui.sections.base import WIDE, Drawn, Opening, Section, choices, nobody
from cockpit.tui.sections.course import pictured
from cockpit.tui.sharing import shown
from cockpit.tui.sheet import Align, Cell, Column, Line, Piece, Sheet, Tone, heads
from cockpit.tui.view import View, month
from cockpit.words import t
from projections.question import Question
from projections.report import Report
from projections.reports.course import Course
from projections.reports.plan_fact import PlanFact, PlanFactRow

_RANKS: Final = {
    "plan": 0,
    "fact": 0,
    "percent": 0,
    "line": 1,
    "deviation": 0,
    "deviation_percent": 5,
    "pace": 2,
    "required_per_day": 4,
    "forecast_percent": 3,
}
"""The columns in their order; where there is no room the highest number goes first."""

_NAMED: Final = 12
"""So much of a name is seen before the columns that go first are."""

_COURSE: Final = "course"
_HIGH: Final = 28
_LEAST: Final = 5
_MOST: Final = 14
"""A board of so many lines has a picture of the month, its columns between so many lines high."""

_AROUND: Final = 4
"""The lines of a picture besides its columns: the blanks around it, its days and its legend."""

_BLANK: Final[tuple[Piece, ...]] = ((" ", "plain"),)

_MONEY: Final = ("plan", "fact", "line", "deviation", "required_per_day")


class PlanFactSection(Section):
    """The board of the department's month."""

    REPORT: ClassVar[str | None] = "plan-fact"
    FIGURE: ClassVar[str | None] = "deviation"

    def question(self, view: View) -> Question:
        """The month of today in the chosen measure."""
        return month(view)

    def opening(self, key: str) -> Opening | None:
        """The figures of a row that is no seller's: a team, the department, what is nobody's."""
        report = self.given
        if not isinstance(report, PlanFact) or self._given is None:
            return None
        rows = (*report.rows, *report.teams, report.total)
        row = next((row for row in rows if row.key == key and row.seller is None), None)
        if row is None:
            return None
        figures = tuple(
            column.key
            for column in (*report.columns, *report.aside)
            if column.unit != "text" and getattr(row, column.key) is not None
        )
        return Opening(
            title=title(Printed(row, "rows"), self._given[1].names),
            report=report,
            figures=tuple((key, figure) for figure in figures),
            words=tuple(labels.figure(figure) for figure in figures),
        )

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, PlanFact):
            raise TypeError(report.name)
        table = sheet(report, drawn, width)
        course = self._beside.get(_COURSE)
        if not isinstance(course, Course) or course.question != report.question:
            return table
        height = self.size.height
        taken = _taken(shown(table, height) if drawn.view.share else table)
        spare = height - taken - _AROUND
        if height < _HIGH or spare < _LEAST:
            return table
        drawn_so_far = pictured(course, inner(width), min(spare, _MOST))
        return replace(table, notes=(*drawn_so_far, _BLANK, *table.notes))

    def beside(self, view: View) -> Mapping[str, tuple[str, Question]]:
        """The course of the month, for those who would rather look than read."""
        return {_COURSE: (_COURSE, month(view))}


def sheet(report: PlanFact, drawn: Drawn, width: int) -> Sheet:
    """Sellers as the report ranks them, teams and the department as totals."""
    scale = scale_of(report, wide=width >= WIDE)
    named = [title(Printed(row, "rows"), drawn.names) for row in report.rows]
    least = min(_NAMED, max(map(cells_of, named), default=0))
    columns = [Column(key="seller", title=labels.header("seller"), align="left", elastic=True,
                      width=least)]  # fmt: skip
    columns += [_column(key) for key in _RANKS]

    def line(row: PlanFactRow, part: str) -> Line:
        name = Cell(title(Printed(row, part), drawn.names))
        cells = (_cell(row, key, report, scale) for key in _RANKS)
        return Line(row.key, (name, *cells))

    measure = labels.value("measure", report.question.measure)
    return Sheet(
        title=f"{labels.report('plan-fact').capitalize()}, "
        f"{formats.unit(report.currency, scale.power)}",
        aside=choices(
            {f"measure.{name}": labels.value("measure", name)
             for name in ("revenue", "margin", "profit")},
            measure, drawn.keymap,
        ),
        columns=tuple(columns),
        lines=tuple(line(row, "rows") for row in report.rows),
        totals=(*(line(row, "teams") for row in report.teams), line(report.total, "total")),
        notes=_notes(report, drawn),
        empty=nobody(drawn.view),
    )  # fmt: skip


def _taken(table: Sheet) -> int:
    """The lines of a sheet with all its notes."""
    above = 2 + len(heads(table)) + len(table.lines) + len(table.totals)
    return above + len(table.notes)


def deviation_tone(value: Fraction | int | None) -> Tone:
    """Good above the line, bad below it."""
    if value is None or not value:
        return "plain"
    return "good" if value > 0 else "bad"


def note(row: PlanFactRow) -> str:
    """What makes this seller's month differ: away, left, or hired in it."""
    said = []
    if row.left is not None:
        said.append(t("left {day}", day=formats.day(row.left)))
    for first, last in row.absences:
        days = formats.day(first) if first == last else f"{formats.day(first)}–{formats.day(last)}"
        said.append(t("away {days}", days=days))
    return ", ".join(said)


def scale_of(report: Report, *, wide: bool) -> Scale:
    """Thousands where amounts have them; millions where the width is short and they fill it."""
    *finer, coarsest = scales(report)
    if coarsest.power == 6 and (wide or coarsest.digits > 1):
        return finer[-1]
    return coarsest


def _column(key: str) -> Column:
    """A column of figures; the signs of deviations stand below each other."""
    align: Align = "apart" if key == "deviation" else "right"
    return Column(key=key, title=labels.header(key), align=align, rank=_RANKS[key])


def _cell(row: PlanFactRow, key: str, report: PlanFact, scale: Scale) -> Cell:
    """One figure of a row."""
    value: Fraction | int | None = getattr(row, key)
    if key in _MONEY:
        digits = scale.digits + (1 if key == "required_per_day" and scale.power else 0)
        amount = None if value is None else formats.major(value, report.minor_digits, scale.power)
        if key == "deviation":
            return Cell(formats.deviation(amount, digits), deviation_tone(value))
        return Cell(formats.number(amount, digits))
    written = _PRINTED[key](value)
    return Cell(written, deviation_tone(value) if key == "deviation_percent" else "plain")


_PRINTED: Final[dict[str, Callable[[Fraction | int | None], str]]] = {
    "percent": formats.number,
    "deviation_percent": lambda value: formats.number(value, signed=True),
    "forecast_percent": formats.number,
    "pace": formats.ratio,
}


def _notes(report: PlanFact, drawn: Drawn) -> tuple[tuple[Piece, ...], ...]:
    """What has to be said before the figures are believed; a broken check-sum stands out."""
    said = notes.notes(report, drawn.names)
    return tuple(((text, "bad" if text.startswith("✗") else "muted"),)
                 for text in said)  # fmt: skip
