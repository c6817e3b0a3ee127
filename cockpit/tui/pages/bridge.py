"""The bridge from plan to fact (feature P5): through what the deviation came about, and where most.

A bar for the line, one for each factor that hangs where the one before ended, one for the fact.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Final

from cockpit import formats, labels
from cockpit.render import heading, notes
from cockpit.render.bridging import lost, taken_in_turn
from cockpit.render.cells import clean, fit, wrap
from cockpit.render.cells import width as cells_of
from cockpit.render.explain import formula
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import title, word
from cockpit.render.sheet import Scale
from cockpit.tui.actions import Room
from cockpit.tui.frame import inner
from cockpit.tui.pages.figures import FORMULA_LINES, footed
from cockpit.tui.pages.waterfall import hung, waterfall
from cockpit.tui.sections.base import WIDE, Drawn, Opening
from cockpit.tui.sections.plan_fact import deviation_tone, scale_of
from cockpit.tui.sheet import GAP, Align, Cell, Column, Line, Piece, Sheet
from cockpit.tui.widgets.board import Board
from cockpit.words import t
from projections.catalogue import explain
from projections.report import Report
from projections.reports.bridge import BridgeReport, BridgeRow, largest_loss, rows_of

SELLER: Final = "seller:"
_NAME: Final = 24
_NARROWEST: Final = 8
_ENOUGH: Final = 18
_AIR: Final = 8
"""Cells that wider gaps between the columns take where bars have enough."""


class BridgePage(Board):
    """The bridge of the department, or of a seller."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("seller", "deeper", "row", "board")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self.seller: str | None = None
        self._deeper = False
        self._given: tuple[BridgeReport, Drawn] | None = None

    @property
    def given(self) -> Report | None:
        """The report that is drawn."""
        return self._given[0] if self._given else None

    def turn_to(self, seller: str | None, *, deeper: bool = False) -> None:
        """Begin the bridge of a seller, of the department for None.

        One that lies `deeper` was opened from the department's.
        """
        self.seller, self._deeper = seller, deeper
        self.redraw()

    def leave(self) -> bool:
        """Whether the way back led to the department's bridge, and not from the page."""
        deeper = self._deeper
        if deeper:
            came = f"{SELLER}{self.seller}"
            self.turn_to(None)
            self.point(came)
        return deeper

    def show(self, report: BridgeReport, drawn: Drawn) -> None:
        """Draw another report."""
        self._given = report, drawn
        self.redraw()

    def opening(self, key: str) -> Opening | None:
        """A factor opens the formula and the events of its effect."""
        row = self._factor(key)
        if self._given is None or row is None:
            return None
        report, drawn = self._given
        said = f"{_whose(self.seller, drawn)}, {word(Printed(row), 'factor', report, {})}"
        return Opening(title=said, report=report, figures=((row.key, "effect"),))

    def subject(self, key: str) -> tuple[str, str | None] | None:
        """The seller of the page and the metric of the factor; a seller's row speaks of all."""
        row = self._factor(key)
        if self.seller is None or row is None:
            return super().subject(key)
        return self.seller, metric(row)

    def explained(self) -> str:
        """The formula of the effect under the cursor."""
        row = self._factor(self.cursor or "")
        if self._given is None or row is None:
            return ""
        report = self._given[0]
        return formula(explain(report, row.key, "effect"), report)

    def footnotes(self) -> tuple[tuple[Piece, ...], ...]:
        """The formula under the cursor, always as many lines, below what else is to be said."""
        if not self.sheet.lines:
            return self.sheet.notes
        lines = footed(self.explained(), inner(self.size.width))
        return (*self.sheet.notes[:-FORMULA_LINES], *lines)

    def on_resize(self) -> None:
        """Draw the page for the new width."""
        self.redraw()

    def redraw(self) -> None:
        """The sheet anew."""
        if self.size.width:
            report, drawn = self._given or (None, None)
            if report is None or drawn is None:
                self.draw(Sheet(title=labels.report("bridge").capitalize(),
                                empty=t("One moment …")))  # fmt: skip
            else:
                self.draw(sheet(report, self.seller, drawn, self.size.width))

    def _factor(self, key: str) -> BridgeRow | None:
        """The factor of a line."""
        rows = rows_of(self._given[0], self.seller) if self._given else ()
        return next((row for row in rows if row.key == key), None)


def sheet(report: BridgeReport, seller: str | None, drawn: Drawn, width: int) -> Sheet:
    """The line, what each factor did, the fact; for the department also every seller."""
    scale = scale_of(report, wide=width >= WIDE)
    rows = rows_of(report, seller)
    measure = labels.value("measure", report.question.measure)
    who = _whose(seller, drawn)
    named = f"{who}, {labels.report('bridge')}, {measure}"
    if not rows:
        return Sheet(title=named, empty=t("{who} has neither plan nor fact here", who=who))
    cells = _told(rows, report, scale)
    sellers = _sellers(report, drawn, scale) if seller is None else []
    heads = [Cell(""), *(Cell(labels.header(key)) for key in _COLUMNS)]
    taken = _widths([heads, *cells, *(list(line.cells[:-1]) for line in sellers)])
    spare = inner(width) - sum(taken) - GAP * (len(_COLUMNS) + 1)
    if spare > _ENOUGH:
        spare = max(_ENOUGH, spare - _AIR)
    bars = hung(rows, spare) if spare >= _NARROWEST else None
    lines = waterfall(rows, cells, bars)
    if sellers:
        whose = (Cell(t("Whose it is, and where most was lost"), "strong"),)
        lines.append(Line("bridge/sellers", whose, opens=False))
    lines += sellers
    said: list[Piece] = [(notes.trust(report.trust, drawn.names), "muted")]
    said += [(text, "muted") for text in taken_in_turn(report, seller, drawn.names)]
    said += [(" ", "muted")] * FORMULA_LINES
    return Sheet(
        title=f"{named}, {formats.unit(report.currency, scale.power)}",
        aside=((heading.passed(report.basis.board), "muted"),),
        intro=tuple(((line, "bad"),) for text in lost(report, seller, drawn.names)
                    for line in wrap(text, inner(width))),
        columns=(
            Column(key="factor", title="", align="left"),
            *(Column(key=key, title=labels.header(key), align=_ALIGN.get(key, "right"))
              for key in _COLUMNS),
            Column(key="bar", title="", align="left", rank=1, elastic=True),
        ),
        lines=tuple(lines),
        notes=tuple((piece,) for piece in said),
    )  # fmt: skip


_COLUMNS: Final = ("planned", "actual", "effect")
_ALIGN: Final[dict[str, Align]] = {"effect": "apart"}


def metric(row: BridgeRow) -> str | None:
    """What a correction of a factor is about; None for a deviation that no factor explains."""
    match row.factor:
        case "volume":
            return row.step_from
        case "conversion":
            return f"{row.step_from}>{row.step_to}"
        case "check":
            return "average_check"
    return None


def _whose(seller: str | None, drawn: Drawn) -> str:
    """Whose bridge it is."""
    if seller is None:
        return labels.scope("department").upper()
    return clean(drawn.names.get(seller, seller))


def _told(rows: tuple[BridgeRow, ...], report: BridgeReport, scale: Scale) -> list[list[Cell]]:
    """Name, planned, fact and effect of each row; the last is the deviation."""
    return [
        [
            Cell(_short(word(Printed(row), "factor", report, {}))),
            Cell(_planned(row, report, scale)),
            Cell(_actual(row, report, scale)),
            Cell(_effect(row, report, scale), deviation_tone(row.effect)),
        ]
        for row in rows
    ]


def _planned(row: BridgeRow, report: BridgeReport, scale: Scale) -> str:
    """What the plan takes: so many events, such a share, such a check, such a sum."""
    match row.factor:
        case "volume":
            return formats.number(row.wanted)
        case "conversion":
            return formats.share(row.share_due)
        case "rest":
            return ""
    return _amount(row.planned, report, scale)


def _actual(row: BridgeRow, report: BridgeReport, scale: Scale) -> str:
    """The same in fact."""
    match row.factor:
        case "volume":
            return formats.count(row.done)
        case "conversion":
            return formats.share(row.share)
        case "rest":
            return ""
    return _amount(row.actual, report, scale)


def _effect(row: BridgeRow, report: BridgeReport, scale: Scale) -> str:
    """What it did to the money, with its sign."""
    amount = formats.major(row.effect, report.minor_digits, scale.power)
    return formats.deviation(amount, scale.digits)


def _amount(minor: Fraction | None, report: BridgeReport, scale: Scale) -> str:
    """An amount in the scale of the title."""
    if minor is None:
        return formats.UNKNOWN
    return formats.number(formats.major(minor, report.minor_digits, scale.power), scale.digits)


def _widths(cells: list[list[Cell]]) -> list[int]:
    """The cells each column takes."""
    columns = zip(*cells, strict=True)
    return [max(cells_of(cell.text) for cell in column) for column in columns]


def _short(name: str) -> str:
    """A name that leaves room for the bars."""
    return fit(name, _NAME) if cells_of(name) > _NAME else name


def _sellers(report: BridgeReport, drawn: Drawn, scale: Scale) -> list[Line]:
    """Each row of plan-fact with its deviation, and where most of it was lost."""
    lines: list[Line] = []
    for row in report.rows:
        if row.factor != "deviation":
            continue
        worst = largest_loss(rows_of(report, row.seller)) if row.seller else None
        said = ""
        if worst is not None:
            factor = word(Printed(worst), "factor", report, drawn.names)
            said = f"{factor} {_effect(worst, report, scale)}"
        cells = (
            Cell(_short(title(Printed(row), drawn.names))),
            Cell(_amount(row.planned, report, scale)),
            Cell(_amount(row.actual, report, scale)),
            Cell(_effect(row, report, scale), deviation_tone(row.effect)),
            Cell(said),
        )
        key = f"{SELLER}{row.seller}" if row.seller else row.key
        lines.append(Line(key, cells, opens=row.seller is not None))
    return lines
