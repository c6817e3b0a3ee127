"""How an invoice's costs are shared out over the payments that settle it."""

from __future__ import annotations


def share_of(left: int, payment: int, due: int) -> int:
    """A payment's part of costs that no payment took yet, in minor units, rounded half up.

    `due` is what was open of the invoice before the payment; one that settles it, or brings
    more, takes all that is left, so that the parts of all payments sum to the costs.
    """
    if payment >= due:
        return left
    return (2 * left * payment + due) // (2 * due)
