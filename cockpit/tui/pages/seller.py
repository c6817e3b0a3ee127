"""A seller's page: plan-fact with its formulas, activities day by day, conversions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import ClassVar, Final

from textual.timer import Timer

from cockpit import formats, labels
from cockpit.render import explain
from cockpit.render.cells import clean, wrap
from cockpit.render.cells import width as cells_of
from cockpit.tui.actions import Room
from cockpit.tui.frame import inner
from cockpit.tui.messages import Answered
from cockpit.tui.pages import catching
from cockpit.tui.pages.catching import Trial
from cockpit.tui.pages.figure import Behind
from cockpit.tui.sections.base import WIDE, Drawn
from cockpit.tui.sections.conversions import bounds
from cockpit.tui.sections.conversions import cell as conversion_cell
from cockpit.tui.sections.doing import cell as activity_cell
from cockpit.tui.sections.doing import in_order
from cockpit.tui.sections.plan_fact import deviation_tone, note
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet, lay
from cockpit.tui.widgets.board import Board
from cockpit.words import t
from projections.formula import Explanation
from projections.question import Question
from projections.report import Report
from projections.reports.activity import Activity, ActivityRow
from projections.reports.catch_up import CatchUp
from projections.reports.conversions import ConversionRow, Conversions
from projections.reports.plan_fact import PlanFact, PlanFactRow

FIGURES: Final = (
    "plan",
    "fact",
    "line",
    "deviation",
    "required_per_day",
    "pace",
    "forecast",
)
REPORTS: Final = ("plan-fact", "activity", "conversions")
PAY: Final = "pay"
"""The report that only the head and the seller may see, and nobody who looks on."""
_SHOWN: Final = (*REPORTS[:1], catching.NAME, *REPORTS[1:], PAY)

_GATHERED: Final = 0.25
"""Seconds for which the pieces behind the first one are gathered: each that is drawn by itself
shifts those below it.
"""

_BARS: Final = "▁▂▃▄▅▆▇█"
_FORMULA_LINES: Final = 2
_WORDS: Final = 2
"""The column that says in words what a figure means."""
_MOST_WORDS: Final = 22
"""Cells of that column where the formulas stand beside it; the line below says the rest."""

_ROOMY: Final = 120
"""From so many cells on nothing has to be cut for the formulas."""


class SellerPage(Board):
    """Three reports cut down to one seller; the formula of the figure under the cursor below."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("seller", "deeper", "row", "board")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self.seller = ""
        self._drawn_from: Drawn | None = None
        self._answers: dict[str, Answered] = {}
        self._trial = Trial()
        self._gathering: Timer | None = None

    def turn_to(self, seller: str, drawn: Drawn) -> None:
        """Begin the page of a seller; what is known of all of them is drawn at once."""
        if seller != self.seller:
            self._trial = Trial()
            self._answers.pop(catching.NAME, None)
        self.seller = seller
        self._drawn_from = drawn
        self.redraw()

    def show(self, answer: Answered, drawn: Drawn) -> None:
        """Draw one more of the reports: the first one at once, those behind it together."""
        self._answers[answer.report.name] = answer
        self._drawn_from = drawn
        whole = all(name in self._answers for name in (*REPORTS, catching.NAME))
        if whole or not self.sheet.lines:
            self.redraw()
        elif self._gathering is None:
            self._gathering = self.set_timer(_GATHERED, self.redraw)

    def behind(self, key: str) -> Behind | None:
        """What explains the figure of a row; None where nothing does."""
        name, _, rest = key.partition("/")
        row, _, figure = rest.rpartition("/")
        answer = self._answers.get(name)
        why = answer.why.get((row, figure)) if answer else None
        return Behind(answer.report, row, why) if answer and why else None

    def subject(self, key: str) -> tuple[str, str | None] | None:
        """The page's seller, and the activity or the conversion of the row."""
        name, _, rest = key.partition("/")
        row = rest.rpartition("/")[0]
        match name:
            case "activity":
                return self.seller, row.split("|")[1]
            case "conversions":
                return self.seller, row.split("|")[0]
            case catching.NAME:
                return self.seller, catching.subject(self._catching, self.seller, key)
        return self.seller, None

    def catch_up(self, asked: Question) -> Question:
        """What to ask about catching up, under what is tried."""
        return catching.question(asked, self._trial)

    def what_if(self, step: int) -> bool:
        """Try the figure under the cursor higher or lower; whether the worker has to be asked."""
        report, before = self._catching, self._trial
        if report is None:
            return False
        self._trial = catching.moved(report, self.seller, self.cursor or "", before, step) or before
        self.redraw()
        return self._trial.until != before.until

    def as_it_is(self) -> bool:
        """Try nothing any more; whether the worker has to be asked."""
        before, self._trial = self._trial, Trial()
        self.redraw()
        return before.until is not None

    def offered(self, key: str) -> dict[str, str]:
        """What a correction from a row is to aim at, where something is tried."""
        report = self._catching
        return {} if report is None else catching.offered(report, self.seller, key, self._trial)

    def tried_share(self, key: str) -> Fraction | None:
        """Another conversion, where a row is tried with one."""
        report = self._catching
        if report is None:
            return None
        return catching.tried_share(report, self.seller, key, self._trial)

    @property
    def _catching(self) -> CatchUp | None:
        """The report of catching up, as far as it has come."""
        answer = self._answers.get(catching.NAME)
        return answer.report if answer and isinstance(answer.report, CatchUp) else None

    def on_resize(self) -> None:
        """Draw the page for the new width."""
        self.redraw()

    def footnotes(self) -> tuple[tuple[Piece, ...], ...]:
        """The formula of the figure under the cursor, always as many lines."""
        lines = wrap(self.explained(), inner(self.size.width))
        return tuple(
            ((line, "muted"),) for line in [*lines, *[""] * _FORMULA_LINES][:_FORMULA_LINES]
        )

    def explained(self) -> str:
        """The formula of the figure under the cursor, or how it splits where it is counted."""
        report, key = self._catching, self.cursor or ""
        if report is not None and key.startswith(catching.NAME):
            said = catching.said(report, self.seller, self._trial)
            if said:
                return said
        found = self.behind(self.cursor) if self.cursor else None
        line = next((line for line in self.sheet.lines if line.key == self.cursor), None)
        beside = line.cells[-1].text if line else ""
        cut = self._cut(line) if line else ""
        if found and found.explanation.expression:
            formula = explain.formula(found.explanation, found.report)
            if key.startswith(f"{PAY}/") and line:
                beside, cut = line.cells[_WORDS].text, ""
            beside = beside if key.startswith((catching.NAME, f"{PAY}/")) else ""
            return " · ".join(part for part in (cut, beside, formula) if part)
        return " · ".join(part for part in (cut, beside) if part)

    def _cut(self, line: Line) -> str:
        """The words of a line that are not seen whole in their column."""
        layout = lay(self.sheet, inner(self.size.width))
        seen = dict(zip(layout.columns, layout.widths, strict=True))
        words = line.cells[_WORDS].text if len(line.cells) > _WORDS else ""
        return words if cells_of(words) > seen.get(_WORDS, 0) else ""

    def redraw(self) -> None:
        """The sheet anew, also out of sight: what may no longer be seen is not to flash up."""
        if self._gathering is not None:
            self._gathering.stop()
            self._gathering = None
        if self._drawn_from is not None:
            width = self.size.width or WIDE
            self.draw(sheet(self.seller, self._answers, self._drawn_from, self._trial, width))


def wanted(seller: str, report: Report) -> list[tuple[str, str]]:
    """The figures of a seller's page whose explanations are to come with a report."""
    if isinstance(report, PlanFact):
        return [(row.key, name) for row in report.rows if row.seller == seller for name in FIGURES]
    if isinstance(report, Activity):
        return [(row.key, "fact") for row in report.rows if row.seller == seller]
    if isinstance(report, Conversions):
        return [(row.key, "share") for row in report.rows if row.cut == seller]
    if report.name == PAY:
        from cockpit.tui.pages import earning

        return earning.wanted(report, seller)
    return catching.wanted(report) if isinstance(report, CatchUp) else []


def sheet(
    seller: str, answers: Mapping[str, Answered], drawn: Drawn, trial: Trial, width: int
) -> Sheet:
    """What is known of a seller, from the reports that have come so far."""
    lines: list[Line] = []
    for answer in (answers[name] for name in _SHOWN if name in answers):
        match answer.report:
            case PlanFact() as report:
                lines += _plan_fact(report, seller, answer.why)
            case CatchUp() as report:
                lines += catching.lines(report, seller, trial, drawn.keymap)
            case Activity() as report:
                lines += _activity(report, seller)
            case Conversions() as report:
                lines += _conversions(report, seller, wide=width >= WIDE)
            case report if report.name == PAY and not drawn.view.share:
                lines += _pay(report, seller, answer.why)
    formula = [Column(key="formula", title="", align="left", elastic=True)] if width >= WIDE else []
    return Sheet(
        title=clean(drawn.names.get(seller, seller)),
        aside=_aside(seller, answers),
        columns=(
            Column(key="figure", title="", align="left", width=16 if width < WIDE else 22,
                   elastic=True),
            Column(key="value", title="", width=0 if width < WIDE else 9),
            Column(key="words", title="", align="left", elastic=True,
                   most=_MOST_WORDS if formula and width < _ROOMY else 0),
            *formula,
        ),
        lines=tuple(lines),
        notes=(((" ", "muted"),),) * _FORMULA_LINES,
        empty=t("One moment …"),
    )  # fmt: skip


def strip(days: Sequence[tuple[dt.date, int, Fraction | None]]) -> str:
    """A bar a day: full where the day's norm was met, a dot where nothing was due nor done."""
    return "".join(_bar(fact, norm) for _, fact, norm in days)


def _bar(fact: int, norm: Fraction | None) -> str:
    """The bar of a day."""
    if not norm:
        return _BARS[-1] if fact else "·"
    if not fact:
        return "_"
    return _BARS[min(len(_BARS) - 1, int(fact * (len(_BARS) - 1) / norm))]


def _heading(name: str, words: str) -> Line:
    """The title of a report on the page."""
    return Line(f"{name}/", (Cell(words, "strong"),), opens=False)


def _plan_fact(
    report: PlanFact, seller: str, why: Mapping[tuple[str, str], Explanation]
) -> list[Line]:
    """Figure, value, words and formula, a line each."""
    row = next((row for row in report.rows if row.seller == seller), None)
    if row is None:
        return []
    measure = labels.value("measure", report.question.measure)
    unit = formats.unit(report.currency)
    heading = f"{labels.report('plan-fact').capitalize()}, {measure}, {unit}"
    lines = [_heading("plan-fact", heading)]
    for name in FIGURES:
        found = why.get((row.key, name))
        formula = explain.with_numbers(found, report) if found and found.expression else ""
        tone = deviation_tone(row.deviation) if name == "deviation" else "plain"
        cells = (Cell(labels.figure(name)), Cell(_value(row, name, report), tone),
                 Cell(_words(row, name), tone),
                 Cell(formula, "muted", (formula.partition(" = ")[0],)))  # fmt: skip
        lines.append(Line(f"plan-fact/{row.key}/{name}", cells))
    return lines


def _value(row: PlanFactRow, name: str, report: PlanFact) -> str:
    """A figure in whole currency units, or as the ratio it is."""
    value: Fraction | int | None = getattr(row, name)
    if name == "pace":
        return formats.ratio(value)
    if value is None:
        return formats.UNKNOWN
    amount = formats.major(value, report.minor_digits)
    return formats.deviation(amount) if name == "deviation" else formats.number(amount)


def _words(row: PlanFactRow, name: str) -> str:
    """What a figure means, in a word or as a part of the plan."""
    match name:
        case "fact":
            return t("{percent} of the plan", percent=formats.percent(row.percent))
        case "forecast":
            return t("{percent} of the plan", percent=formats.percent(row.forecast_percent))
        case "line":
            return t("day {done} of {days}", done=row.days_done, days=row.days)
        case "deviation" if row.deviation is not None:
            percent = formats.percent(row.deviation_percent, signed=True)
            return f"{labels.standing(row.deviation)} {percent}"
    return ""


def _activity(report: Activity, seller: str) -> list[Line]:
    """Fact and norm, the strip of days, and how it splits."""
    own = [row for row in report.rows if row.seller == seller]
    whole = {row.activity: row for row in own if row.book is None and row.direction is None}
    heading = (
        f"{labels.report('activity').capitalize()}, {formats.month(report.question.period.first)}"
    )
    lines = [_heading("activity", heading)]
    for name in in_order(whole):
        row = whole[name]
        books = _parts(name, [part for part in own if part.direction is None])
        cells = (Cell(labels.activity(name)), activity_cell(row), Cell(strip(row.by_day)),
                 Cell(_parts(name, own), "muted", (books, books.partition(",")[0])))  # fmt: skip
        lines.append(Line(f"activity/{row.key}/fact", cells))
    return lines if whole else []


def _parts(activity: str, rows: Sequence[ActivityRow]) -> str:
    """`new 20, existing 23, incoming 5, outgoing 38`: the parts of an activity that are there."""
    said = []
    for row in rows:
        if row.activity != activity or (row.book is None) == (row.direction is None):
            continue
        name = ("book", row.book) if row.book is not None else ("direction", row.direction)
        said.append(f"{labels.value(name[0], name[1] or '')} {formats.count(row.fact)}")
    return ", ".join(said)


def _conversions(report: Conversions, seller: str, *, wide: bool) -> list[Line]:
    """The seller's share with its bounds, and the department's beside it: in the column of
    formulas where there is one.
    """
    totals = {(row.step_from, row.step_to): row for row in report.totals}
    shares = [row for row in report.rows if row.cut == seller]
    reading = labels.value("reading", report.question.reading)
    lines = [_heading("conversions", f"{labels.report('conversions').capitalize()}, {reading}")]
    for row in shares:
        steps = f"{labels.activity(row.step_from)} → {labels.activity(row.step_to)}"
        department = totals.get((row.step_from, row.step_to))
        own, whole = bounds(row) if row.n else "", _whole(department)
        brief = ""
        if not wide:
            brief = " · ".join(filter(None, (own, _all(department))))
            own, whole = " · ".join(filter(None, (own, whole))), ""
        cells = (Cell(steps), conversion_cell(row, interval=False),
                 Cell(own, "muted", (brief,)), Cell(whole, "muted"))  # fmt: skip
        lines.append(Line(f"conversions/{row.key}/share", cells))
    return lines if shares else []


def _pay(report: Report, seller: str, why: Mapping[tuple[str, str], Explanation]) -> list[Line]:
    """The pay preview, whose words are loaded when somebody is paid by a scheme."""
    from cockpit.tui.pages import earning

    return earning.lines(report, seller, why)


def _whole(row: ConversionRow | None) -> str:
    """What the department has, where anything entered the step."""
    return t("department {share}", share=formats.share(row.share)) if row and row.n else ""


def _all(row: ConversionRow | None) -> str:
    """The same in fewer letters."""
    return t("all {share}", share=formats.share(row.share)) if row and row.n else ""


def _aside(seller: str, answers: Mapping[str, Answered]) -> tuple[Piece, ...]:
    """Team, and what makes the month of this seller differ."""
    answer = answers.get("plan-fact")
    rows = answer.report.rows if answer and isinstance(answer.report, PlanFact) else ()
    row = next((row for row in rows if row.seller == seller), None)
    said = [clean(row.team or ""), note(row)] if row else []
    text = " · ".join(part for part in said if part)
    return ((text, "muted"),) if text else ()
