"""From a window to the rows of the report of growing norms (feature P4, row 135)."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from projections.linear import ratio
from projections.question import Question
from projections.ramps import ASK, Because, Ramp, Signs, because, due, grown
from projections.reports.activity import activity
from projections.reports.ramp.rows import COLUMNS, Basis, RampReport, RampRow, State
from projections.state import Settings
from projections.windows.ramp import RampWindow


def ramp(window: RampWindow, question: Question, settings: Settings) -> RampReport:
    """What is to be decided of every growing norm in the week seen."""
    attained: dict[tuple[str | None, str], Fraction | None] = {}
    if window.done is not None:
        done, past = window.done
        rows = activity(done, past, settings).rows
        attained = {(row.seller, row.activity): row.percent for row in rows if row.is_whole}
    return RampReport(
        name="ramp",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(
            _row(
                window,
                each,
                norm,
                replace(
                    window.signs[each.seller, each.activity],
                    attained=attained.get((each.seller, each.activity)),
                ),
            )
            for each, norm in window.ramps
        ),
        trust=window.trust,
        basis=Basis(zone=settings.zone, weeks=window.weeks),
    )


def _row(window: RampWindow, each: Ramp, norm: Fraction | None, signs: Signs) -> RampRow:
    held = because(signs)
    return RampRow(
        key=f"{each.seller}|{each.activity}",
        seller=each.seller,
        activity=each.activity,
        norm=norm,
        next=None if norm is None else grown(norm, each.goal, each.weekly_bp),
        goal=each.goal,
        attained=signs.attained,
        times=ratio(signs.rate, signs.rate_before),
        times_wanted=ratio(each.goal, signs.rate_before),
        card_mean_before=signs.cards_before,
        card_mean=signs.cards,
        short_share_before=signs.short_before,
        short_share=signs.short,
        ramp_state=_state(window, each, held),
        because=held,
        holds=each.holds,
        since=each.began,
        weekly_bp=each.weekly_bp,
    )


def _state(window: RampWindow, each: Ramp, held: Because | None) -> State:
    """One decision a week, from the Monday after the last one on."""
    if each.holds >= ASK:
        return "asks"
    if not due(each, window.seen):
        return "waits"
    return "grows" if held is None else "holds"
