"""Conversions week by week (requirement row 119): a strip for each pair, with its numbers."""

from __future__ import annotations

import datetime as dt
from typing import Final

from cockpit import formats, labels
from cockpit.render import notes
from cockpit.render.cells import clean
from cockpit.render.cells import width as cells_of
from cockpit.tui import picture
from cockpit.tui.sections.base import WIDE, Drawn, Opening, cycle
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet
from cockpit.tui.view import WEEKS
from cockpit.words import t
from projections.reports.conversions import ConversionRow, Conversions

_STRIP: Final = "strip"
_ALL: Final = "all"
_NAMED: Final = 20
"""The cells of a pair of steps that a narrow board leaves it."""


def by_week(report: Conversions, drawn: Drawn, width: int) -> Sheet:
    """A line for each pair of steps; the latest weeks stay where there is no room for all."""
    mondays = _mondays(report)
    totals = [total for total in report.totals if total.n]
    named = max((cells_of(_steps(total)) for total in totals), default=0)
    readings = [labels.value("reading", each) for each in ("cohort", "period")]
    reading = labels.value("reading", report.question.reading)
    legend = t("share and number of those who entered in the week; each strip to its own best week")
    unsure = t("grey: fewer than ten, or most of them still open")
    said: list[Piece] = [
        (notes.trust(report.trust, drawn.names), "muted"),
        (legend, "muted"),
        (unsure, "muted"),
    ]
    return Sheet(
        title=t("{report} by week", report=labels.report("conversions").capitalize()),
        aside=cycle("reading.switch", readings, reading, drawn.keymap),
        columns=(
            Column(key="pair", title="", align="left", elastic=True,
                   width=named if width >= WIDE else min(named, _NAMED)),
            Column(key=_STRIP, title="", align="left"),
            Column(key=_ALL, title=t("all weeks")),
            *(Column(key=monday.isoformat(), title=formats.day(monday), rank=len(mondays) - place)
              for place, monday in enumerate(mondays)),
        ),
        lines=tuple(_line(total, report, mondays) for total in totals),
        notes=tuple((piece,) for piece in said),
        empty=t("Nothing was logged in these weeks"),
    )  # fmt: skip


def of_pair(report: Conversions, key: str) -> Opening | None:
    """The weeks of a pair of steps."""
    rows = [row for row in report.rows if _key(row) == key and row.n]
    if not rows:
        return None
    return Opening(
        title=_steps(rows[0]),
        report=report,
        figures=tuple((row.key, "share") for row in rows),
        words=tuple(f"{formats.date(_monday(row))}, {_share(row)}" for row in rows),
    )


def _line(total: ConversionRow, report: Conversions, mondays: list[dt.date]) -> Line:
    """Steps, strip, all weeks together, and each week."""
    weeks = {_monday(row): row for row in report.rows if _key(row) == _key(total)}
    shares = [weeks[monday].share if monday in weeks else None for monday in mondays]
    return Line(
        _key(total),
        (
            Cell(_steps(total)),
            Cell(picture.strip(shares)),
            _cell(total),
            *(_cell(weeks.get(monday)) for monday in mondays),
        ),
    )


def _cell(row: ConversionRow | None) -> Cell:
    """Share and number of a week, grey where it says little yet."""
    if row is None or not row.n:
        return Cell(formats.UNKNOWN, "muted")
    open_yet = row.pending is not None and 2 * row.pending > row.n
    return Cell(_share(row), "muted" if row.small or open_yet else "plain")


def _share(row: ConversionRow) -> str:
    """`38% of 21`, starred where it is too few."""
    share = ("*" if row.small else "") + formats.share(row.share)
    return t("{share} of {n}", share=share, n=formats.count(row.n))


def _mondays(report: Conversions) -> list[dt.date]:
    """The weeks of the report, the oldest first."""
    first = report.question.period.first
    return [first + dt.timedelta(weeks=place) for place in range(WEEKS)]


def _monday(row: ConversionRow) -> dt.date:
    """The week a row is of."""
    return dt.date.fromisoformat(row.cut or "")


def _key(row: ConversionRow) -> str:
    """The pair of steps."""
    return f"{row.step_from}>{row.step_to}"


def _steps(row: ConversionRow) -> str:
    """The pair of steps in words."""
    return clean(f"{labels.activity(row.step_from)} → {labels.activity(row.step_to)}")
