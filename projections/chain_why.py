"""Why a share or a check of a chain is what it is: the seller's own, or mixed with everybody's."""

from __future__ import annotations

from projections.chain import CHECK_WEIGHT, CONVERSION_WEIGHT, Check, Conversion
from projections.formula import Term

Formula = tuple[str, list[Term]]


def share_formula(found: Conversion) -> Formula:
    """k÷n, or mixed: (k+m×c[*])÷(n+m), c[*] being the department's."""
    k, n = Term("k", found.reached, "count"), Term("n", found.entered, "count")
    if not found.mixed or found.share is None:
        return "k÷n", [k, n]
    weight = CONVERSION_WEIGHT
    common = (found.share * (found.entered + weight) - found.reached) / weight
    return "(k+m×c[*])÷(n+m)", [
        k,
        Term("m", weight, "count"),
        Term("c[*]", common, "share"),
        n,
    ]


def check_formula(found: Check) -> Formula:
    """Own money over own sales, or mixed: (S+m×A[*])÷(k+m), A[*] being the department's."""
    own = [Term("S", found.money, "money"), Term("k", found.sales, "count")]
    if not found.mixed or found.value is None:
        return "S÷k", own
    weight = CHECK_WEIGHT
    common = (found.value * (found.sales + weight) - found.money) / weight
    return "(S+m×A[*])÷(k+m)", [
        own[0],
        Term("m", weight, "count"),
        Term("A[*]", common, "money"),
        own[1],
    ]
