"""What is said below the bridge: where each seller lost most, and what was taken in turn."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from cockpit import formats
from cockpit.render.cells import clean
from cockpit.render.lines import Line, word
from cockpit.words import n, t
from projections.reports.bridge import BridgeReport, BridgeRow


def bridging(report: BridgeReport, names: Mapping[str, str]) -> list[str]:
    """A line for each seller behind the line, then for the zeros, then for burned traffic."""
    said: list[str] = []
    in_turn: list[str] = []
    for seller, its in groupby(report.rows, key=lambda row: row.seller):
        rows = list(its)
        if seller is None:
            continue
        name = clean(names.get(seller, seller))
        if rows[-1].effect < 0:
            said.append(_most(name, rows, report, names))
        if any(row.in_turn for row in rows):
            in_turn.append(name)
    if in_turn:
        sellers = ", ".join(in_turn)
        said.append(
            t("a factor is zero, effects are taken one after another: {sellers}", sellers=sellers)
        )
    return said + [_burned(row, report, names) for row in report.burned]


def _money(amount: int, report: BridgeReport) -> str:
    """In whole currency units, for a sentence."""
    return formats.number(formats.major(amount, report.minor_digits))


def _most(name: str, rows: list[BridgeRow], report: BridgeReport, names: Mapping[str, str]) -> str:
    """What cost a seller most of the deviation."""
    worst = min(rows[:-1], key=lambda row: row.effect)
    return t(
        "{name}: {deviation} against the line, most of it through {factor}: {effect}",
        name=name,
        deviation=_money(rows[-1].effect, report),
        factor=word(Line(worst), "factor", report, names),
        effect=_money(worst.effect, report),
    )


def _burned(row: BridgeRow, report: BridgeReport, names: Mapping[str, str]) -> str:
    """Leads that would have become sales at the department's median."""
    return n(
        "{name}: {count} lead at {share} instead of {usual}: {money} burned",
        "{name}: {count} leads at {share} instead of {usual}: {money} burned",
        row.done or 0,
        name=clean(names.get(row.seller or "", row.seller or "")),
        share=formats.share(row.share),
        usual=formats.share(row.share_due),
        money=_money(-row.effect, report),
    )
