"""From a window to the lines of the desk check (features P2, P5; requirement rows 2, 3, 9, 73)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec.structs import replace

from projections.question import Question
from projections.reports.activity import Activity, ActivityRow
from projections.reports.bridge import BridgeReport, BridgeRow
from projections.reports.desk_check.rows import COLUMNS, LINES, Basis, DeskCheck, DeskRow, Today
from projections.reports.desk_check.since import dated, days_of
from projections.reports.payments import Payments
from projections.state import Settings
from projections.windows.desk_check import DeskCheckWindow


def desk_check(window: DeskCheckWindow, question: Question, settings: Settings) -> DeskCheck:
    """Every sag of every seller and indicator, ranked by money, the dearest of them listed."""
    bridged, done, paid = window.bridge, window.activity, window.payments
    found = ranked([*_factors(bridged), *_activities(done, bridged)])
    days = days_of(window, question)
    listed, others = found[:LINES], found[LINES:]
    return DeskCheck(
        name="desk-check",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(dated(row, days, bridged, done) for row in listed),
        more=len(others),
        others=sum(row.effect or 0 for row in others),
        today=_today(paid),
        agreed=window.agreed,
        asks=tuple(row for row in window.ramps.rows if row.ramp_state == "asks"),
        seen=window.seen,
        trust=bridged.trust,
        basis=Basis(bridge=bridged, activity=done, payments=paid),
    )


def ranked(rows: Iterable[DeskRow]) -> list[DeskRow]:
    """The dearest first, those without a price last by what part of the norm is missing.

    Few contacts come before all else (row 9): a seller's volume stands where their dearest line
    would, and that line follows it.
    """
    found = sorted(rows, key=lambda row: (row.effect is None, row.effect or 0, _attained(row)))
    for volume in [row for row in found if row.factor == "volume"]:
        first = next(place for place, row in enumerate(found) if row.seller == volume.seller)
        found.remove(volume)
        found.insert(first, volume)
    return found


def _attained(row: DeskRow) -> Fraction:
    return row.fact / row.norm if row.norm and row.fact is not None else Fraction()


def _factors(report: BridgeReport) -> list[DeskRow]:
    """The factors that cost money; what they add up to is the seller's deviation, so it is no
    line of its own. Burned leads are no part of it, and stand beside."""
    lines = {row.seller or row.scope: row for row in report.rows if row.factor == "deviation"}
    rows = [*report.rows, *report.burned]
    return [
        _line(row, lines[row.seller or row.scope] if row.factor == "rest" else row)
        for row in rows
        if row.factor != "deviation" and row.effect < 0
    ]


def _line(row: BridgeRow, compared: BridgeRow) -> DeskRow:
    """A factor as a line; `compared` has the two sides of it in money."""
    line = DeskRow(
        key=row.key,
        seller=row.seller,
        scope=row.scope if row.scope in ("unassigned", "reserve") else "seller",
        factor=row.factor if row.factor != "deviation" else "rest",
        step_from=row.step_from,
        step_to=row.step_to,
        unit="money",
        norm=compared.planned,
        fact=compared.actual,
        effect=row.effect,
    )
    match row.factor:
        case "volume":
            fact = None if row.done is None else Fraction(row.done)
            return replace(line, unit="count", norm=row.wanted, fact=fact)
        case "conversion" | "burned":
            return replace(line, unit="share", norm=row.share_due, fact=row.share)
    return line


def _activities(report: Activity, bridged: BridgeReport) -> list[DeskRow]:
    """Norms that are not met and have no price: steps beside the chain, sellers without one."""
    chain = set(bridged.basis.steps)
    return [
        DeskRow(
            key=row.key,
            seller=row.seller,
            factor="activity",
            step_from=row.activity,
            unit="count",
            norm=row.norm,
            fact=Fraction(row.fact),
        )
        for row in report.rows
        if _unpriced(row, bridged) and (row.activity not in chain or not _bridged(row, bridged))
    ]


def _unpriced(row: ActivityRow, bridged: BridgeReport) -> bool:
    whole = row.book is None and row.direction is None
    return whole and row.seller is not None and row.deviation is not None and row.deviation < 0


def _bridged(row: ActivityRow, bridged: BridgeReport) -> bool:
    return row.seller in bridged.basis.means


def _today(report: Payments) -> Today | None:
    """What should come in today, and what should have come before."""
    if not report.relevant:
        return None
    claims: Sequence[str | None] = ("today", "overdue")
    return Today(report.total, tuple(row for row in report.rows if row.when in claims))
