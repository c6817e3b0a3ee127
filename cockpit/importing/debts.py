"""What is open of every invoice while a file brings in what happened to it (P6, rows 16, 17)."""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from collections.abc import MutableMapping
from typing import Final

import msgspec

from cockpit import formats
from cockpit.entry.deals import CUTS
from cockpit.importing.unit import Unit
from cockpit.refusals import told
from cockpit.words import t
from events.envelope import Draft
from events.errors import Invalid
from events.log import Log
from events.prepare import prepare
from events.trace import Trace
from events.vocabulary import (
    CostSet,
    CreditNoteIssued,
    DepartmentOpened,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentPromised,
    PaymentReceived,
    name_of,
)
from events.vocabulary.fact import Fact
from projections.costs import share_of
from projections.fold.states import lessened
from projections.recount import standing

ABOUT_INVOICES: Final[frozenset[type[Fact]]] = frozenset(
    (PaymentReceived, PaymentPromised, CreditNoteIssued, InvoiceWrittenOff, CostSet)
)
"""Kinds that name an invoice another row has made."""

_KINDS: Final[tuple[type[Fact], ...]] = (InvoiceIssued, *ABOUT_INVOICES)
_TAKEN: Final = ("seller", "client", "deal", *CUTS)


class _Paper(msgspec.Struct, frozen=True):
    """An invoice, what is open of it, and what of its costs no payment has taken."""

    body: InvoiceIssued
    open: int
    cost: int
    direct: int


_Papers = MutableMapping[str, _Paper]


class Debts:
    """Watches the invoices of a file, and what is said of them, in the order of its rows."""

    def __init__(
        self, log: Log, department: DepartmentOpened, now: dt.datetime, *, costed: bool
    ) -> None:
        """`now` is when the rows come in, `costed` says that payments bring their own costs."""
        self._department = department
        self._now = now
        self._costed = costed
        trace = Trace(kinds=tuple(map(name_of, _KINDS)))
        events = list(log.find(trace))
        self._known = {(event.source, event.external_id): event.body for event in events}
        self._papers: dict[str, _Paper] = {}
        bodies = standing(events, trace)
        for body in sorted(bodies, key=lambda body: not isinstance(body, InvoiceIssued)):
            _note(self._papers, body)

    def settled(self, unit: Unit) -> Unit | str:
        """A row with what its events take from their invoices, or why it cannot be kept.

        Its money counts from here on. What the log has already is not asked again, and is
        completed as it was then.
        """
        facts = [self._as_known(draft) for draft in unit.facts]
        fresh = [at for at, draft in enumerate(facts) if self._is_new(draft)]
        after: dict[str, _Paper] = {}
        around = ChainMap(after, self._papers)
        for at in fresh:
            facts[at] = draft = self._completed(facts[at], around)
            problem = self._invalid(draft) or self._unowed(draft.body, around)
            if problem is not None:
                return problem
            _note(around, draft.body)
        self._papers.update(after)
        kept = (facts[at] for at in fresh)
        self._known.update({(draft.source, draft.external_id): draft.body for draft in kept})
        return msgspec.structs.replace(unit, facts=facts)

    def _is_new(self, draft: Draft) -> bool:
        """Whether a draft moves what is open."""
        known = (draft.source, draft.external_id) in self._known
        return isinstance(draft.body, _KINDS) and not known

    def _as_known(self, draft: Draft) -> Draft:
        """A draft the log has already, with what it took from its invoice at that time."""
        known = self._known.get((draft.source, draft.external_id))
        if type(known) is not type(draft.body) or type(draft.body) not in ABOUT_INVOICES:
            return draft
        return _with(draft, _taken(draft.body, known) | self._costs_of(draft.body, known))

    def _costs_of(self, body: Fact, known: object) -> dict[str, int]:
        """The costs a payment took when it came in first."""
        if self._costed or not isinstance(body, PaymentReceived):
            return {}
        return {name: getattr(known, name) for name in ("cost", "direct")}

    def _completed(self, draft: Draft, around: _Papers) -> Draft:
        """A draft with what it takes from its invoice; a payment takes its share of the costs."""
        body = draft.body
        paper = around.get(getattr(body, "invoice", None) or "")
        if paper is None or type(body) not in ABOUT_INVOICES:
            return draft
        given: dict[str, object] = dict(_taken(body, paper.body))
        if isinstance(body, PaymentReceived) and not self._costed:
            given["cost"] = share_of(paper.cost, body.amount, paper.open)
            given["direct"] = share_of(paper.direct, body.amount, paper.open)
        return _with(draft, given)

    def _invalid(self, draft: Draft) -> str | None:
        """Why a draft can be no event."""
        try:
            prepare([draft], [self._now])
        except Invalid as error:
            return told(error)
        return None

    def _unowed(self, body: Fact, around: _Papers) -> str | None:
        """What is wrong with a payment, unless the mapping says that it may be too much."""
        if not isinstance(body, PaymentReceived) or body.invoice is None or body.overpaid:
            return None
        paper = around.get(body.invoice)
        if paper is None:
            return t(
                "there is no invoice {number}: bring the invoices in first, or set overpaid",
                number=body.invoice,
            )
        if body.amount <= paper.open:
            return None
        return t(
            "invoice {number} has {open} open, not {amount}: set overpaid if the client did pay"
            " more",
            number=body.invoice,
            open=self._shown(paper.open),
            amount=self._shown(body.amount),
        )

    def _shown(self, amount: int) -> str:
        """An amount as people read it."""
        settings = self._department
        return formats.money(amount, settings.minor_digits, currency=settings.currency)


def _taken(body: Fact, source: object) -> dict[str, object]:
    """Whose an event is and what reports cut it by, where only its source says it."""
    return {
        name: getattr(source, name, None)
        for name in _TAKEN
        if name in body.__struct_fields__ and getattr(body, name) is None
    }


def _with(draft: Draft, given: dict[str, object]) -> Draft:
    """A draft whose body has some other values."""
    return msgspec.structs.replace(draft, body=msgspec.structs.replace(draft.body, **given))


def _note(around: _Papers, body: Fact) -> None:
    """Let an event change what is open of its invoice."""
    if isinstance(body, InvoiceIssued):
        around[body.invoice] = _Paper(body, body.amount, body.cost, body.direct)
        return
    number: str = getattr(body, "invoice", None) or ""
    paper = around.get(number)
    if paper is None:
        return
    carries = isinstance(body, PaymentReceived) or (
        isinstance(body, CreditNoteIssued) and not body.refund
    )
    around[number] = _Paper(
        paper.body,
        paper.open - lessened(body),
        paper.cost - (getattr(body, "cost", 0) if carries else 0),
        paper.direct - (getattr(body, "direct", 0) if carries else 0),
    )
