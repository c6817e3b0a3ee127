"""Conversions between the steps of the sale (feature P5): a cut down, pairs of steps across."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar, Final

import msgspec

from cockpit import formats, labels
from cockpit.render import notes
from cockpit.render.bridging import burned, lost
from cockpit.render.cells import wrap
from cockpit.render.explain import formula
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import word
from cockpit.render.sheet import STANDINGS
from cockpit.tui.actions import key_of as key_of_action
from cockpit.tui.frame import inner
from cockpit.tui.sections.base import WIDE, Drawn, Opening, Section, cycle, nobody
from cockpit.tui.sections.doing import nothing
from cockpit.tui.sections.plan_fact import scale_of
from cockpit.tui.sections.weeks import by_week, of_pair
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet
from cockpit.tui.view import View, conversions, month, weeks
from cockpit.words import t
from projections.catalogue import explain
from projections.question import Question
from projections.report import Report
from projections.reports.bridge import BridgeReport, rows_of, weakest_step
from projections.reports.conversions import ConversionRow, Conversions

_TOTAL: Final = "department"
_BRIDGE: Final = "bridge"
_WEEKS: Final = "weeks"
_BURNED: Final = "burned"

Pair = tuple[str, str]


class ConversionsSection(Section):
    """The board of how much of each step becomes the next."""

    REPORT: ClassVar[str | None] = "conversions"
    ABOUT: ClassVar[str | None] = "share"

    def question(self, view: View) -> Question:
        """The month of today in the chosen reading and cut; a measure does not change it."""
        return msgspec.structs.replace(conversions(view), measure="revenue", by=view.by)

    def beside(self, view: View) -> Mapping[str, tuple[str, Question]]:
        """Where money was lost, and the last weeks once they are asked for."""
        asked = {_BRIDGE: ("bridge", month(view))}
        return asked | {_WEEKS: ("conversions", weeks(view))} if view.weekly else asked

    def redraw(self) -> None:
        """Nothing before it is known where money was lost: that puts the rows in order."""
        if _BRIDGE in self._beside:
            super().redraw()

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Conversions):
            raise TypeError(report.name)
        past = self._beside.get(_WEEKS)
        if drawn.view.weekly and isinstance(past, Conversions):
            return by_week(past, drawn, width)
        money = self._beside.get(_BRIDGE)
        return sheet(report, drawn, width, money if isinstance(money, BridgeReport) else None)

    def opening(self, key: str) -> Opening | None:
        """A row opens its pairs of steps, a pair its weeks; a seller has a page of its own."""
        if self._given is None or not isinstance(self._given[0], Conversions):
            return None
        report, drawn = self._given[0], self._given[1]
        past = self._beside.get(_WEEKS)
        if drawn.view.weekly and isinstance(past, Conversions):
            return of_pair(past, key)
        return None if key.startswith("seller:") else of_cut(report, key, drawn)

    def subject(self, key: str) -> tuple[str, str | None] | None:
        """Whose the row is, and the pair of steps at which it is red: of several the one by which
        the board is ranked.
        """
        found, report = super().subject(key), self.given
        if found is None or not isinstance(report, Conversions):
            return found
        pairs = [(row.step_from, row.step_to) for row in report.totals if row.n]
        money = self._beside.get(_BRIDGE)
        ranking = _ranking(pairs, money if isinstance(money, BridgeReport) else None)
        rows = _by_cut(report).get(key, {})
        red = [pair for pair in pairs if pair in rows and rows[pair].standing == "below"]
        about = ranking if ranking in red else next(iter(red), None)
        return found if about is None else (found[0], ">".join(about))

    def nothing_to_say(self, report: Report) -> str | None:
        """Where no step of the sale follows another one, nothing is converted."""
        if not isinstance(report, Conversions) or _followed(report) or _loose(report):
            return None
        return t("no two steps of a sale were logged in this time")

    def explained(self) -> str:
        """The formulas of the row under the cursor, a pair of steps each."""
        if self._given is None or not isinstance(self._given[0], Conversions):
            return ""
        report, drawn = self._given[0], self._given[1]
        opening = self.opening(self.cursor or "") or of_cut(report, self.cursor or "", drawn)
        if opening is None:
            return ""
        said = []
        for words, figure in zip(opening.words, opening.figures, strict=True):
            why = explain(opening.report, *figure)
            said.append(f"{words.partition(',')[0]}: {formula(why, opening.report)}")
        return " · ".join(said)


def sheet(
    report: Conversions, drawn: Drawn, width: int, money: BridgeReport | None = None
) -> Sheet:
    """Share and number for each pair of steps in use; at a good width the interval as well."""
    pairs = [(row.step_from, row.step_to) for row in report.totals if row.n]
    ranking = _ranking(pairs, money)
    by_cut = ranked(_by_cut(report), ranking) if pairs else {}
    totals = {(row.step_from, row.step_to): row for row in report.totals}
    interval = width >= WIDE
    burnt = _burned(money, drawn) if report.question.by == "seller" and interval else {}
    below = [_legend(interval), _by(ranking)]
    if money and burnt:
        below.append(_burned_in(money))
    below += notes.notes(report, drawn.names)
    return Sheet(
        title=labels.report("conversions").capitalize(),
        aside=_choices(report, drawn),
        intro=_money_lost(money, drawn, inner(width)) if pairs else (),
        columns=_columns(report, pairs, burnt),
        lines=tuple(
            _line(key, found, pairs, report, drawn, interval=interval, burnt=burnt)
            for key, found in by_cut.items()
        ),
        totals=(Line(_TOTAL, (Cell(labels.scope("department").upper()),
                              *(cell(totals.get(pair), interval) for pair in pairs))),),
        notes=tuple(((text, "muted"),) for text in below),
        empty=nobody() if not drawn.names else _why_empty(report, drawn),
    )  # fmt: skip


def cell(row: ConversionRow | None, interval: bool) -> Cell:
    """`12% of 50`, with Wilson's bounds behind it; too few to compare are starred and grey.

    A sign stands before a share that differs from the department's beyond chance.
    """
    if row is None or not row.n:
        return Cell(formats.UNKNOWN, "muted")
    mark = "*" if row.small else STANDINGS.get(row.standing or "", "")
    text = t("{share} of {n}", share=mark + formats.share(row.share), n=formats.count(row.n))
    if interval and row.low is not None and row.high is not None:
        text += f" {bounds(row)}"
    if row.standing is not None:
        return Cell(text, "bad" if row.standing == "below" else "good")
    return Cell(text, "muted" if row.small else "plain")


def bounds(row: ConversionRow) -> str:
    """Wilson's 95 % bounds, `8–17`; nothing where the reading has none."""
    if row.low is None or row.high is None:
        return ""
    low, high = (formats.number(value * 100) for value in (row.low, row.high))
    return f"{low}–{high}"


def of_cut(report: Conversions, key: str, drawn: Drawn) -> Opening | None:
    """The shares of a row of the board, a pair of steps each."""
    rows = list(report.totals) if key == _TOTAL else list(_by_cut(report).get(key, {}).values())
    rows = [row for row in rows if row.n]
    if not rows:
        return None
    return Opening(
        title=labels.scope("department").upper()
        if key == _TOTAL
        else _title(rows[0], report, drawn),
        report=report,
        figures=tuple((row.key, "share") for row in rows),
        words=tuple(_pair_words(row) for row in rows),
    )


def _followed(report: Conversions) -> bool:
    """Whether anything entered a step that another one follows."""
    return any(row.n for row in report.totals)


def _loose(report: Conversions) -> bool:
    """Whether there were such steps that name no deal."""
    return any(row.loose for row in report.totals)


def _why_empty(report: Conversions, drawn: Drawn) -> str:
    """What is missing, and what to do."""
    if _loose(report):
        return t(
            "No step of this time names its deal, so none is followed by cohort: {key} counts "
            "them for the period.",
            key=key_of_action("reading.switch", drawn.keymap),
        )
    if report.trust.events:
        return t("No two steps of a sale were logged in this time, so nothing is converted.")
    return nothing()


def _by_cut(report: Conversions) -> dict[str, dict[Pair, ConversionRow]]:
    """The rows of each value of the cut; a seller's have the same key as on every other board."""
    found: dict[str, dict[Pair, ConversionRow]] = {}
    by = report.question.by
    for row in report.rows:
        key = f"{by}:{row.cut}" if row.cut else "unassigned"
        found.setdefault(key, {})[row.step_from, row.step_to] = row
    return found


def ranked(
    rows: Mapping[str, Mapping[Pair, ConversionRow]], pair: Pair | None
) -> dict[str, Mapping[Pair, ConversionRow]]:
    """The worst at a pair of steps first; those with too few to compare follow as they were."""

    def place(named: tuple[str, Mapping[Pair, ConversionRow]]) -> tuple[bool, Fraction]:
        row = named[1].get(pair) if pair else None
        if row is None or row.small or row.share is None:
            return True, Fraction()
        return False, row.share

    return dict(sorted(rows.items(), key=place))


def _ranking(pairs: list[Pair], money: BridgeReport | None) -> Pair | None:
    """The pair of steps that cost the department most; the first where no bridge can tell."""
    weakest = weakest_step(rows_of(money, None)) if money else None
    pair = (weakest.step_from or "", weakest.step_to or "") if weakest else None
    return pair if pair in pairs else next(iter(pairs), None)


def _by(pair: Pair | None) -> str:
    """By what the rows are ranked."""
    if pair is None:
        return " "
    steps = f"{labels.activity(pair[0])} → {labels.activity(pair[1])}"
    return t("the worst at {steps} first; fewer than ten are not ranked", steps=steps)


def _line(
    key: str,
    found: Mapping[Pair, ConversionRow],
    pairs: list[Pair],
    report: Conversions,
    drawn: Drawn,
    *,
    interval: bool,
    burnt: Mapping[str, str],
) -> Line:
    """A row of the board."""
    name = Cell(_title(next(iter(found.values())), report, drawn))
    cells = (cell(found.get(pair), interval) for pair in pairs)
    lost = [Cell(burnt[key], "bad") if key in burnt else Cell("")] if burnt else []
    return Line(key, (name, *cells, *lost))


def _columns(
    report: Conversions, pairs: list[Pair], burnt: Mapping[str, str]
) -> tuple[Column, ...]:
    """The cut, the pairs, and the money burned where there is any."""
    by = report.question.by
    cut = labels.header("seller") if by == "seller" else labels.cut(by)
    columns = [Column(key=by, title=cut, align="left", elastic=True)]
    columns += [
        Column(key=f"{one}>{two}", rank=place + 1,
               title=f"{labels.activity(one)}\n→ {labels.activity(two)}")
        for place, (one, two) in enumerate(pairs)
    ]  # fmt: skip
    if burnt:
        columns.append(Column(key=_BURNED, title=t("burned"), rank=2))
    return tuple(columns)


def _choices(report: Conversions, drawn: Drawn) -> tuple[Piece, ...]:
    """The reading and the cut, with the keys that change them."""
    readings = [labels.value("reading", each) for each in ("cohort", "period")]
    reading = labels.value("reading", report.question.reading)
    cut = labels.cut(report.question.by)
    return (
        *cycle("reading.switch", readings, reading, drawn.keymap),
        ("  ", "plain"),
        *cycle("cut.switch", [cut], cut, drawn.keymap),
    )


def _money_lost(
    money: BridgeReport | None, drawn: Drawn, width: int
) -> tuple[tuple[Piece, ...], ...]:
    """Where the department lost most, and who burns traffic."""
    if money is None:
        return ()
    said: list[Piece] = [(text, "plain") for text in lost(money, None, drawn.names)]
    said += [(text, "bad") for text in burned(money, drawn.names)]
    return tuple(((line, tone),) for text, tone in said for line in wrap(text, width))


def _burned(money: BridgeReport | None, drawn: Drawn) -> dict[str, str]:
    """The money each seller burned, by the key of the row."""
    if money is None:
        return {}
    scale = scale_of(money, wide=True)
    return {
        f"seller:{row.seller}": formats.deviation(
            formats.major(row.effect, money.minor_digits, scale.power), scale.digits
        )
        for row in money.burned
    }


def _burned_in(money: BridgeReport) -> str:
    """What the money burned is counted in, which its column is too narrow to say."""
    return ": ".join((t("burned"), formats.unit(money.currency, scale_of(money, wide=True).power)))


def _title(row: ConversionRow, report: Conversions, drawn: Drawn) -> str:
    """What a row is cut by."""
    return word(Printed(row), "cut", report, drawn.names)


def _pair_words(row: ConversionRow) -> str:
    """`calls → meetings, 12% of 50 8–17, still open 4`."""
    steps = f"{labels.activity(row.step_from)} → {labels.activity(row.step_to)}"
    said = [steps, cell(row, interval=True).text]
    if row.pending:
        said.append(t("still open: {count}", count=formats.count(row.pending)))
    return ", ".join(said)


def _legend(interval: bool) -> str:
    """How a cell is read."""
    if interval:
        return t("share of those who entered the step, and its 95 % bounds in per cent")
    return t("share of those who entered the step")
