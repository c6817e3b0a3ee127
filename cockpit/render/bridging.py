"""What is said below the bridge: where each seller lost most, and what was taken in turn."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from cockpit import formats
from cockpit.render.cells import clean
from cockpit.render.lines import Line, word
from cockpit.words import n, t
from projections.reports.bridge import (
    BridgeReport,
    BridgeRow,
    largest_loss,
    rows_of,
    short_of_volume,
)
from projections.rounding import half_up


def bridging(report: BridgeReport, names: Mapping[str, str]) -> list[str]:
    """A line for each seller behind the line, then for the zeros, then for burned traffic."""
    said: list[str] = []
    for seller, its in groupby(report.rows, key=lambda row: row.seller):
        rows = list(its)
        if seller is None:
            continue
        name = clean(names.get(seller, seller))
        worst = largest_loss(rows)
        if rows[-1].effect < 0 and worst is not None:
            said.append(_most(name, rows[-1], worst, report, names))
    return said + taken_in_turn(report, None, names) + burned(report, names)


def taken_in_turn(report: BridgeReport, seller: str | None, names: Mapping[str, str]) -> list[str]:
    """Whose effects were taken one after another, of a seller or of all for None."""
    rows = rows_of(report, seller) if seller is not None else report.rows
    keys = dict.fromkeys(row.seller for row in rows if row.in_turn and row.seller)
    if not keys:
        return []
    sellers = ", ".join(clean(names.get(key, key)) for key in keys)
    return [t("a factor is zero, effects are taken one after another: {sellers}", sellers=sellers)]


def lost(report: BridgeReport, seller: str | None, names: Mapping[str, str]) -> list[str]:
    """Volume first where it is short (row 9), then the factor most was lost at, in words."""
    rows = rows_of(report, seller)
    said: list[str] = []
    short, worst = short_of_volume(rows), largest_loss(rows)
    if short is not None:
        said.append(
            t(
                "▼ volume first: {done} of {wanted} {what} by now, {effect}",
                done=formats.count(short.done),
                wanted=formats.number(short.wanted),
                what=word(Line(short), "factor", report, names),
                effect=_money(short.effect, report),
            )
        )
    if short is not None and worst is short:
        said[-1] += " · " + t("the largest loss of all")
    elif worst is not None:
        said.append(
            t(
                "▼ most was lost at {factor}: {effect}",
                factor=word(Line(worst), "factor", report, names),
                effect=_money(worst.effect, report),
            )
        )
    return said


def burned(report: BridgeReport, names: Mapping[str, str]) -> list[str]:
    """A line for each seller who burns traffic, the dearest first (requirement row 11)."""
    return [_burned(row, report, names) for row in report.burned]


def _money(amount: int, report: BridgeReport) -> str:
    """In whole currency units, for a sentence."""
    whole = half_up(formats.major(amount, report.minor_digits))
    return formats.money(whole, 0, currency=report.currency)


def _most(
    name: str, whole: BridgeRow, worst: BridgeRow, report: BridgeReport, names: Mapping[str, str]
) -> str:
    """What cost a seller most of the deviation."""
    return t(
        "{name}: {deviation} against the line, most of it through {factor}: {effect}",
        name=name,
        deviation=_money(whole.effect, report),
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
