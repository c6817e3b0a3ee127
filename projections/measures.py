"""Revenue, margin and profit of a cell."""

from __future__ import annotations

from events.vocabulary.plans import Measure
from projections.source import Cell


def money(cell: Cell, measure: Measure) -> int:
    """Revenue, margin = revenue - cost, or profit = margin - direct costs (requirement row 5)."""
    if measure == "revenue":
        return cell.amount
    if measure == "margin":
        return cell.amount - cell.cost
    return cell.amount - cell.cost - cell.direct
