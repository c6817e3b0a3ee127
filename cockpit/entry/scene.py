"""Everything a fact is made of: what was typed, who types, and what the department knows."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TypeVar

import msgspec

from cockpit import formats
from cockpit.department import Ask, Department
from cockpit.entry import moments
from cockpit.entry.deals import Deal, cuts_of, deal_of, deals_of
from cockpit.entry.verbs import Verb
from cockpit.entry.words import Typed
from cockpit.errors import Refused
from cockpit.words import t
from events.trace import Trace
from events.vocabulary import ClientRegistered, InvoiceIssued
from events.vocabulary.fact import Fact
from projections.state import InvoiceState

F = TypeVar("F", bound=Fact)


class Extras(msgspec.Struct, frozen=True, kw_only=True):
    """What options say beside the words; amounts and moments are still as typed."""

    seller: str | None = None
    at: str | None = None
    reason: str | None = None
    note: str | None = None
    client: str | None = None
    deal: str | None = None
    cuts: dict[str, str] = {}
    cost: str | None = None
    direct: str | None = None
    due: tuple[str, ...] = ()
    said_by: str | None = None
    result: str | None = None
    reached: bool | None = None
    overpaid: bool = False
    refund: bool = False


class Scene:
    """One call of `cockpit log`, with its questions answered when they are asked."""

    def __init__(
        self, department: Department, verb: Verb, typed: Typed, extras: Extras, ask: Ask | None
    ) -> None:
        """`ask` lets a person choose where a name may mean several; None refuses instead."""
        self.department = department
        self.verb = verb
        self.typed = typed
        self.extras = extras
        self.ask = ask
        self.now = department.now()

    @cached_property
    def moment(self) -> dt.datetime:
        """When it happened, in the department's zone. Raises Refused for a moment ahead."""
        if self.extras.at is not None:
            return moments.past(moments.parse(self.extras.at), self.now)
        if self.typed.moment is not None and self.verb.name != "promise":
            return moments.past(self.typed.moment, self.now)
        return self.now

    @cached_property
    def seller(self) -> str:
        """Whose work it is."""
        return self.department.acting_seller(self.extras.seller, self.ask)

    def credited(self, invoice: InvoiceState | None) -> str | None:
        """Whose sale it is: the one named, else who issued the invoice, else who acts."""
        if invoice is None or self.extras.seller is not None:
            return self.seller
        return invoice.seller

    @cached_property
    def client(self) -> str | None:
        """The client named in the words or by option, None where none is named."""
        query = self.extras.client or " ".join(self.typed.rest)
        return self.department.client(query, self.ask) if query else None

    @property
    def known_client(self) -> str:
        """The client, who has to be named."""
        if self.client is None:
            raise Refused(t("with whom? Name the client: {example}", example=self.example))
        return self.client

    @property
    def deal_key(self) -> str | None:
        """The key of the only deal it can belong to."""
        return self.deal.deal if self.deal else None

    @property
    def note(self) -> str | None:
        """Free words about it, why it is logged so late among them."""
        return "; ".join(filter(None, (self.extras.note, self.extras.reason))) or None

    @cached_property
    def invoices(self) -> dict[str, InvoiceState]:
        """Every invoice by its number."""
        return self.department.desk.invoices(self.department.dials())

    @property
    def amount(self) -> int:
        """The amount in minor units, which has to be said."""
        if self.typed.amount is None:
            raise Refused(t("how much? Type the amount: {example}", example=self.example))
        return self.typed.amount

    @property
    def example(self) -> str:
        """A line that would do."""
        return f"cockpit log {self.verb.name} {self.verb.example}"

    def money(self, text: str | None) -> int:
        """An amount from an option in minor units, zero where it was not given."""
        if text is None:
            return 0
        from cockpit.entry import amounts

        settings = self.department.settings
        return amounts.parse(text, currency=settings.currency, minor_digits=settings.minor_digits)

    def shown(self, amount: int) -> str:
        """An amount as people read it."""
        settings = self.department.settings
        return formats.money(amount, settings.minor_digits, currency=settings.currency)

    @cached_property
    def deals(self) -> list[Deal]:
        """The open deals this may be about: the one named by key, else those of the client."""
        log = self.department.log
        if self.extras.deal is not None:
            named = deal_of(log, self.extras.deal)
            if named is None:
                raise Refused(t("there is no deal {deal}", deal=self.extras.deal))
            return [named]
        if self.client is None:
            return []
        return [deal for deal in deals_of(log, self.client) if not deal.closed]

    @property
    def deal(self) -> Deal | None:
        """The deal this belongs to, where there is just one it can belong to."""
        return self.deals[0] if len(self.deals) == 1 else None

    @property
    def known_deal(self) -> Deal:
        """The deal, which has to be there and has to be the only one."""
        if self.extras.deal is None:
            name = self.department.client_names.get(self.known_client, self.known_client)
            if not self.deals:
                raise Refused(
                    t('{name} has no open deal: type cockpit log deal "{name}"', name=name)
                )
            if len(self.deals) > 1:
                keys = ", ".join(deal.deal for deal in self.deals)
                raise Refused(
                    t(
                        "{name} has several open deals: add --deal with one of {keys}",
                        name=name,
                        keys=keys,
                    )
                )
        return self.deals[0]

    def new_deal(self) -> str:
        """A key for a deal that begins now: its place in the log, so nobody else takes it."""
        key = f"d{self.department.log.head().seq + 1}"
        while deal_of(self.department.log, key) is not None:
            key += "x"
        return key

    def cut(self, fact: F, *, deal: Deal | None = None, invoice: InvoiceState | None = None) -> F:
        """The fact with the dimensions reports cut by: said now, else the deal's, else the
        invoice's, else the client's.
        """
        client = invoice.client if invoice is not None else self.client
        cuts = self._cuts_of_client(client) | self._cuts_of_invoice(invoice)
        cuts |= (deal.cuts if deal else {}) | self.extras.cuts
        return msgspec.structs.replace(fact, **cuts)

    def _cuts_of_client(self, key: str | None) -> dict[str, str]:
        """What is known of the client."""
        if key is None:
            return {}
        found = self.department.log.find(Trace(kinds=("client_registered",), clients=(key,)))
        bodies = [event.body for event in found if isinstance(event.body, ClientRegistered)]
        return cuts_of(bodies[-1] if bodies else None)

    def _cuts_of_invoice(self, invoice: InvoiceState | None) -> dict[str, str]:
        """What the invoice says, by its latest event."""
        if invoice is None:
            return {}
        clients = () if invoice.client is None else (invoice.client,)
        found = self.department.log.find(Trace(kinds=("invoice_issued",), clients=clients))
        bodies = [event.body for event in found if isinstance(event.body, InvoiceIssued)]
        own = [body for body in bodies if body.invoice == invoice.invoice]
        return cuts_of(own[-1] if own else None)
