"""What is open of every invoice while a file brings in payments (feature P6, rows 16, 17)."""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from typing import Final

from cockpit import formats
from cockpit.importing.unit import Unit
from cockpit.refusals import told
from cockpit.words import t
from events.envelope import Draft
from events.errors import Invalid
from events.log import Log
from events.prepare import prepare
from events.trace import Trace
from events.vocabulary import (
    CreditNoteIssued,
    DepartmentOpened,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentReceived,
    name_of,
)
from events.vocabulary.fact import Fact
from projections.recount import standing

_KINDS: Final[tuple[type[Fact], ...]] = (
    InvoiceIssued,
    PaymentReceived,
    CreditNoteIssued,
    InvoiceWrittenOff,
)


class Debts:
    """Watches the payments of a file in the order of its rows."""

    def __init__(self, log: Log, department: DepartmentOpened, now: dt.datetime) -> None:
        """`now` is when the rows come in."""
        self._department = department
        self._now = now
        trace = Trace(kinds=tuple(map(name_of, _KINDS)))
        events = list(log.find(trace))
        self._known = {(event.source, event.external_id) for event in events}
        self._open: dict[str, int] = {}
        bodies = standing(events, trace)
        for body in sorted(bodies, key=lambda body: not isinstance(body, InvoiceIssued)):
            _count(self._open, body)

    def refusal(self, unit: Unit) -> str | None:
        """Why a row cannot be kept; None where it can, and then its money counts from here on.

        What the log has already is not asked again.
        """
        fresh = [draft for draft in unit.facts if self._is_new(draft)]
        if not fresh:
            return None
        try:
            prepare(fresh, [self._now] * len(fresh))
        except Invalid as error:
            return told(error)
        after: dict[str, int] = {}
        around = ChainMap(after, self._open)
        for draft in fresh:
            problem = self._problem(draft.body, around)
            if problem is not None:
                return problem
            _count(around, draft.body)
        self._open.update(after)
        self._known.update((draft.source, draft.external_id) for draft in fresh)
        return None

    def _is_new(self, draft: Draft) -> bool:
        """Whether a draft moves what is open."""
        known = (draft.source, draft.external_id) in self._known
        return isinstance(draft.body, _KINDS) and not known

    def _problem(self, body: Fact, around: ChainMap[str, int]) -> str | None:
        """What is wrong with a payment, unless the mapping says that it may be too much."""
        if not isinstance(body, PaymentReceived) or body.invoice is None or body.overpaid:
            return None
        owed = around.get(body.invoice)
        if owed is None:
            return t(
                "there is no invoice {number}: bring the invoices in first, or set overpaid",
                number=body.invoice,
            )
        if body.amount <= owed:
            return None
        return t(
            "invoice {number} has {open} open, not {amount}: set overpaid if the client did pay"
            " more",
            number=body.invoice,
            open=self._shown(owed),
            amount=self._shown(body.amount),
        )

    def _shown(self, amount: int) -> str:
        """An amount as people read it."""
        settings = self._department
        return formats.money(amount, settings.minor_digits, currency=settings.currency)


def _count(around: ChainMap[str, int] | dict[str, int], body: Fact) -> None:
    """Let an event change what is open of its invoice."""
    if isinstance(body, InvoiceIssued):
        around[body.invoice] = body.amount
        return
    lessens = isinstance(body, PaymentReceived | InvoiceWrittenOff) or (
        isinstance(body, CreditNoteIssued) and not body.refund
    )
    number: str = getattr(body, "invoice", None) or ""
    if lessens and number in around:
        around[number] -= getattr(body, "amount", 0)
