"""How much cash should have come in by now (feature P6, requirement rows 16 and 18)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from projections.dials import due_day
from projections.linear import Part, shares
from projections.plans import Plans
from projections.promises import Piece, agreed, promises
from projections.question import Question
from projections.receivables import Bill
from projections.reports.payments.rows import Share
from projections.windows.payments import PaymentsWindow


def target(window: PaymentsWindow, question: Question) -> tuple[Share, ...]:
    """The months of the cash target: the department's plan where plans are plans of cash.

    Asked for some sellers only, their own plans on their own working days; none where no cash
    was planned.
    """
    if not window.targets:
        return ()
    due = due_day(window.seen, question.dials.mode)
    found: list[Share] = []
    for seller in question.sellers or (None,):
        for share in shares(window.calendars, question.period, due, seller):
            plan = _plan(window.plans, share.month, seller)
            if plan is not None:
                found.append(Share(seller, Part(plan, share)))
    return tuple(found)


def at_start(window: PaymentsWindow, question: Question) -> tuple[Piece, ...]:
    """What was agreed before the period for its days that are due by now."""
    first = question.period.first
    last = min(question.period.last, due_day(window.seen, question.dials.mode))
    return tuple(
        piece
        for bill in asked(window.before, window, question).values()
        for piece in agreed(bill, promises(bill, first))
        if piece.day is not None and first <= piece.day <= last
    )


def asked(bills: Mapping[str, Bill], window: PaymentsWindow, question: Question) -> dict[str, Bill]:
    """The invoices that the sellers asked for look after now, or all."""
    return {
        number: bill
        for number, bill in bills.items()
        if not question.sellers or window.owners[number] in question.sellers
    }


def due_to_date(months: tuple[Share, ...], pieces: tuple[Piece, ...]) -> Fraction:
    """Σ T×w÷W over the target's months, or what was agreed where there is no target."""
    if months:
        return sum((share.part.due for share in months), Fraction())
    return Fraction(sum(piece.amount for piece in pieces))


def _plan(held: Plans, month: str, seller: str | None) -> int | None:
    """A seller's plan; the department's own, or the sum of what was given out."""
    if seller is not None:
        return held.seller(month, seller)
    own = held.department(month)
    if own is not None:
        return own
    return held.personal(month) + (held.reserve(month) or 0) or None
