"""The face of calls (feature P12): how long people talk, with whom and how far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cockpit import formats, labels
from cockpit.render import heading, notes
from cockpit.render.cells import width as cells_of
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import title
from cockpit.render.talking import bar, dialling
from cockpit.tui.sections.base import Drawn, cycle, nobody
from cockpit.tui.sections.doing import foot_lines, key_of, nothing
from cockpit.tui.sheet import Cell, Column, Line, Sheet, Tone
from cockpit.words import n, t
from projections.reports.calls import CallsReport, CallsRow

_RANKS: Final = {
    "calls": 0,
    "under_1": 0,
    "under_3": 3,
    "over_3": 0,
    "minutes": 2,
    "reached": 4,
}
"""The columns in their order; where there is no room the highest number goes first."""

_BAR: Final = 12


def sheet(report: CallsReport, drawn: Drawn, width: int) -> Sheet:
    """A line for each seller with a bar of the three lengths; the parts stand below."""
    wide = max(_BAR, min(30, width - 70))
    rows = [row for row in report.rows if row.is_whole]
    total = next((row for row in report.department if row.is_whole), None)
    lines = [_line(row, drawn, wide) for row in rows]
    period = heading.period(report.question.period)
    brief = 0 if total is None else total.brief
    said = [t("calls: < 1 min / > 3 min")]
    if brief:
        said.append(
            n(
                "{count} call < {seconds} s is no work done",
                "{count} calls < {seconds} s are no work done",
                brief,
                count=formats.count(brief),
                seconds=report.brief_seconds,
            )
        )
    return Sheet(
        title=f"{labels.report('calls').capitalize()}, {period}",
        aside=cycle("per.switch", [labels.value("per", per) for per in ("day", "week", "month")],
                    labels.value("per", report.question.per), drawn.keymap),
        intro=tuple(((dialling(row, drawn.names), "bad"),) for row in rows if row.dialling),
        columns=(
            Column(key="seller", title=labels.header("seller"), align="left", elastic=True),
            *(Column(key=key, title=labels.header(key), rank=rank)
              for key, rank in _RANKS.items()),
            Column(key="bar", title=_bar_title(wide), align="left", width=wide, rank=1),
        ),
        lines=tuple(lines),
        totals=() if total is None else (_total(total, wide),),
        notes=(((" · ".join([*said, notes.trust(report.trust, drawn.names)]), "muted"),),
               *((((" ", "muted"),),) * foot_lines(width))),
        empty=nobody() if not drawn.names else nothing(),
    )  # fmt: skip


def _bar_title(cells: int) -> str:
    """What the shades of a bar of so many cells stand for; a short one leaves the minutes to the
    heads beside it.
    """
    said = t("█ > 3 ▓ 1–3 ░ < 1 min")
    return said if cells_of(said) <= cells else "█>3 ▓1–3 ░<1"


def parts(report: CallsReport, key: str) -> list[str]:
    """The calls of a seller by new and existing clients, each in and out."""
    own = [row for row in report.rows if key_of(row.seller) == key]
    books = [row for row in own if row.book is not None and row.direction is None]
    said = [f"{_part(row, 'book')} · {_ways(own, row.book)}" for row in books]
    return said or [_ways(own, None)]


def _ways(rows: Sequence[CallsRow], book: str | None) -> str:
    return " · ".join(_part(row, "direction") for row in rows
                     if row.book == book and row.direction is not None)  # fmt: skip


def _part(row: CallsRow, dimension: str) -> str:
    """`new 148: 75% / 10%`, the shares of calls under one and over three minutes."""
    name = labels.value(dimension, getattr(row, dimension))
    short, long = formats.share(row.under_1_share), formats.share(row.over_3_share)
    return f"{name} {formats.count(row.calls)}: {short} / {long}"


def _line(row: CallsRow, drawn: Drawn, wide: int) -> Line:
    cells = _cells(row, title(Printed(row), drawn.names), wide)
    return Line(key_of(row.seller), cells)


def _total(row: CallsRow, wide: int) -> Line:
    cells = _cells(row, labels.scope("department").upper(), wide)
    return Line("department", cells)


def _cells(row: CallsRow, name: str, wide: int) -> tuple[Cell, ...]:
    tone: Tone = "bad" if row.dialling else "plain"
    return (
        Cell(name, tone),
        Cell(formats.count(row.calls)),
        Cell(f"{row.under_1} {formats.share(row.under_1_share):>4}", tone),
        Cell(f"{row.under_3} {formats.share(row.under_3_share):>4}"),
        Cell(f"{row.over_3} {formats.share(row.over_3_share):>4}", tone),
        Cell(formats.number(row.minutes)),
        Cell(f"{formats.count(row.reached)} {formats.share(row.reached_share):>4}"),
        Cell(bar(row, wide)),
    )
