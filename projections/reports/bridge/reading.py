"""What a bridge says first: volume before anything else, then where most was lost."""

from __future__ import annotations

from collections.abc import Sequence

from projections.reports.bridge.rows import BridgeReport, BridgeRow, Factor

_FACTORS: tuple[Factor, ...] = ("volume", "conversion", "check", "rest")


def rows_of(report: BridgeReport, seller: str | None) -> tuple[BridgeRow, ...]:
    """The factors of a seller, or of the department for None, their deviation last."""
    if seller is None:
        return (*report.department, report.total)
    return tuple(row for row in report.rows if row.seller == seller)


def largest_loss(rows: Sequence[BridgeRow]) -> BridgeRow | None:
    """The factor that cost most, None where none cost anything (requirement rows 94, 119)."""
    lost = [row for row in rows if row.factor in _FACTORS and row.effect < 0]
    return min(lost, key=lambda row: row.effect, default=None)


def weakest_step(rows: Sequence[BridgeRow]) -> BridgeRow | None:
    """The conversion that cost most: the stage where help is needed (requirement row 94)."""
    return largest_loss([row for row in rows if row.factor == "conversion"])


def short_of_volume(rows: Sequence[BridgeRow]) -> BridgeRow | None:
    """The volume where it is below what the plan takes by now: then it comes first (row 9)."""
    return next(
        (
            row
            for row in rows
            if row.factor == "volume"
            and row.wanted is not None
            and row.done is not None
            and row.done < row.wanted
        ),
        None,
    )
