"""The faces of norms (feature P4): what each source asks, and which ones grow."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from cockpit import formats, labels
from cockpit.render import notes
from cockpit.render.cells import clean, wrap
from cockpit.render.norming import warnings
from cockpit.render.ramping import ramping, said
from cockpit.tui.actions import key_of
from cockpit.tui.sections.base import Drawn, nobody
from cockpit.tui.sections.doing import SOURCES, letter
from cockpit.tui.sheet import Cell, Column, Line, Sheet, Tone
from cockpit.words import n, t
from projections.reports.norms import NormRow, NormsReport
from projections.reports.ramp import RampReport
from projections.reports.ramp.rows import State

VERDICT_LINES: Final = 3
"""So many lines below growing norms say what is to be decided of one."""

_SOURCES: Final = ("norm", "hand", "plan", "best", "sector", "best_month")
_WARNED: Final = 3
"""So many warnings are said; the report has them all."""

_TONES: Final[dict[State, Tone]] = {
    "grows": "good",
    "holds": "warn",
    "waits": "plain",
    "asks": "bad",
}


def sheet(report: NormsReport, drawn: Drawn) -> Sheet:
    """A line for each seller and activity, a column for each source."""
    warned = warnings(report.rows, drawn.names)
    more = len(warned) - _WARNED
    said = [*warned[:_WARNED]]
    if more > 0:
        said.append(n("{count} more warning: cockpit report norms",
                      "{count} more warnings: cockpit report norms", more))  # fmt: skip
    return Sheet(
        title=", ".join((labels.report("norms").capitalize(), t("per working day"))),
        intro=tuple(((line, "warn"),) for line in said),
        columns=(
            Column(key="seller", title=labels.header("seller"), align="left", elastic=True),
            Column(key="activity", title=labels.header("activity"), align="left", elastic=True),
            *(Column(key=key, title=labels.header(key), rank=place if place > 3 else 0)
              for place, key in enumerate(_SOURCES)),
        ),
        lines=tuple(_line(row, drawn) for row in report.rows),
        notes=(((" · ".join(t(words) for words in SOURCES.values()), "muted"),),
               ((t("fix one: cockpit norm set call --source best --seller KEY"), "muted"),)),
        empty=nobody() if not drawn.names else _nothing(),
    )  # fmt: skip


def growing(report: RampReport, drawn: Drawn) -> Sheet:
    """A line for each growing norm; what is decided of the one under the cursor stands below."""
    return Sheet(
        title=labels.report("ramp").capitalize(),
        columns=(
            Column(key="seller", title=labels.header("seller"), align="left", elastic=True),
            Column(key="activity", title=labels.header("activity"), align="left", elastic=True),
            Column(key="norm", title=labels.header("norm")),
            Column(key="next", title=labels.header("next")),
            Column(key="goal", title=labels.header("goal")),
            Column(key="attained", title=labels.header("attained"), rank=1),
            Column(key="ramp_state", title=labels.header("ramp_state"), align="left"),
        ),
        lines=tuple(
            Line(row.key, (
                Cell(clean(drawn.names.get(row.seller, row.seller))),
                Cell(labels.activity(row.activity)),
                Cell(_number(row.norm)),
                Cell(_number(row.next)),
                Cell(_number(row.goal)),
                Cell(formats.number(row.attained)),
                Cell(labels.value("ramp_state", row.ramp_state), _TONES[row.ramp_state]),
            ))
            for row in report.rows
        ),
        notes=(((notes.trust(report.trust, drawn.names), "muted"),),
               *((((" ", "muted"),),) * VERDICT_LINES)),
        empty=ramping(report, drawn.names)[0] if not report.rows else "",
    )  # fmt: skip


def verdict(report: RampReport, key: str, drawn: Drawn, width: int) -> list[str]:
    """What is to be decided of a growing norm this week, and how, in lines of so many cells."""
    row = next((row for row in report.rows if row.key == key), None)
    if row is None:
        return []
    decides = row.ramp_state in ("grows", "holds")
    key = key_of("ramp.open", drawn.keymap)
    how = [t("{key} again writes it to the log", key=key)] if decides else []
    return [*wrap(said(row, drawn.names), width), *how]


def _line(row: NormRow, drawn: Drawn) -> Line:
    what = [labels.activity(row.activity)]
    what += [labels.value("book", row.book)] if row.book else []
    what += [labels.value("direction", row.direction)] if row.direction else []
    holds = Cell(
        f"{_number(row.norm)}{letter(row.norm_source)}", "warn" if row.warned else "strong"
    )
    figures = [Cell(_number(getattr(row, key))) for key in _SOURCES[1:]]
    name = clean(drawn.names.get(row.seller, row.seller))
    return Line(row.key, (Cell(name), Cell(", ".join(what)), holds, *figures))


def _number(value: Fraction | int | None) -> str:
    whole = value is None or value.denominator == 1 or value >= 10
    return formats.number(value, 0 if whole else 1)


def _nothing() -> str:
    """What to type where no source has a norm."""
    return t("No source has a norm yet:") + "\n\n  cockpit norm set call 70"
