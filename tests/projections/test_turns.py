"""Deals and invoices are read from what the model packed of their facts, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import get_args
from unittest.mock import patch

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from events.vocabulary import (
    AmountSet,
    CreditNoteIssued,
    DealLost,
    DealOpened,
    DealWon,
    HandedOver,
    InvoiceIssued,
    InvoiceWrittenOff,
    LeadQualified,
    LeadReceived,
    MeetingHeld,
    OrderPlaced,
    PaymentReceived,
    PresentationGiven,
    ProposalSent,
    StageEntered,
    StepCompleted,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from projections.deals import DEAL_KINDS, LEAD, PRICED, Deal, Lead, deals, leads
from projections.fold.basis import Basis
from projections.fold.papers import PAPER_KINDS, papers
from projections.fold.plain import PlainSource
from projections.fold.sales import SALE_KIND, is_sale
from projections.fold.states import INVOICE_KINDS, invoices
from projections.fold.turns import turns
from projections.model import pages
from projections.model.read import ModelSource
from projections.period import Period
from projections.question import Dials
from projections.source import Version
from projections.steps import STEPS, step_of
from projections.touches import TOUCHES
from tests.projections.listed import facts
from tests.projections.random_logs import ZONE, Step, lived, lives
from tests.projections.test_model_equals_fold import AS_OF, DAYS, KNOWN, modelled

STAGES = (LeadReceived, LeadQualified, DealOpened, MeetingHeld, PresentationGiven, ProposalSent,
          OrderPlaced, InvoiceIssued, StageEntered, StepCompleted)  # fmt: skip
SELLERS = st.sampled_from(("ann", "bob", None))
AMOUNTS = st.integers(1, 50)
NUMBERS = st.sampled_from(("i1", "i2"))
CREDITED = st.builds(
    CreditNoteIssued, deal=st.just("d"), invoice=NUMBERS, amount=AMOUNTS, refund=st.booleans()
)
WRITTEN_OFF = st.builds(InvoiceWrittenOff, deal=st.just("d"), invoice=NUMBERS, amount=AMOUNTS)
NAMED = st.sampled_from((LeadReceived, LeadQualified, MeetingHeld, PresentationGiven, DealLost))
SAID: st.SearchStrategy[Fact] = st.one_of(
    st.builds(lambda kind, seller: kind(deal="d", seller=seller), NAMED, SELLERS),
    st.builds(StageEntered, deal=st.just("d"), stage=st.sampled_from("ab"), seller=SELLERS),
    st.builds(StepCompleted, deal=st.just("d"), activity=st.sampled_from("ac"), seller=SELLERS),
    st.builds(DealOpened, deal=st.just("d"), amount=st.none() | AMOUNTS),
    st.builds(DealWon, deal=st.just("d"), amount=st.none() | AMOUNTS, seller=SELLERS),
    st.builds(ProposalSent, deal=st.just("d"), amount=st.none() | AMOUNTS, seller=SELLERS),
    st.builds(AmountSet, deal=st.just("d"), amount=AMOUNTS, seller=SELLERS),
    st.builds(OrderPlaced, deal=st.just("d"), amount=AMOUNTS, seller=SELLERS),
    st.builds(InvoiceIssued, deal=st.just("d"), invoice=NUMBERS, amount=AMOUNTS, seller=SELLERS),
    st.builds(PaymentReceived, deal=st.just("d"), invoice=st.none() | NUMBERS, amount=AMOUNTS),
    st.builds(HandedOver, deal=st.just("d"), seller=st.just("ann"), to=st.just("eve")),
    st.one_of(CREDITED, WRITTEN_OFF),
)


def naive(told: Sequence[Version], recognition: Recognition) -> Deal:
    """A deal by the words of `Deal`, from its facts in order."""
    sold = [one.day for one in told if is_sale(one.body, recognition)]
    lost = any(isinstance(one.body, DealLost) for one in told)
    entries: dict[str, dt.date] = {}
    for one in told:
        if isinstance(one.body, STAGES) and type(one.body) is not SALE_KIND[recognition]:
            entries.setdefault(step_of(one.body), one.day)
    papers = invoices([one for one in told if isinstance(one.body, INVOICE_KINDS)])
    prices = [one.body.amount for one in told if isinstance(one.body, PRICED)]
    worth = ([price for price in prices if price is not None] or [0])[-1] if not sold else 0
    if papers and recognition == "payment":
        worth = sum(max(0, paper.open) for paper in papers.values())
    sellers = [
        one.body.to if isinstance(one.body, HandedOver) else getattr(one.body, "seller", None)
        for one in told
    ]
    return Deal(
        deal="d",
        seller=([seller for seller in sellers if seller] or [None])[-1],
        entries=entries,
        stage=stage(entries),
        sold=sold[0] if sold else None,
        lost=lost,
        open=0 if lost else worth,
    )


def stage(entries: Iterable[str]) -> str | None:
    """The furthest standard step, or the department's own stage entered since."""
    standing: list[str] = []
    for step in entries:
        before = [STEPS.index(one) for one in standing if one in STEPS]
        if step not in STEPS or STEPS.index(step) > max(before, default=-1):
            standing.append(step)
    return standing[-1] if standing else None


@settings(max_examples=300, deadline=None)
@given(
    said=st.lists(st.tuples(st.integers(0, 4), SAID), min_size=1, max_size=12),
    recognition=st.sampled_from(get_args(Recognition)),
)
def test_a_deal_is_what_its_facts_say(
    said: list[tuple[int, Fact]], recognition: Recognition
) -> None:
    first = dt.date(2026, 3, 2)
    told = facts(*((first + dt.timedelta(days=day), body) for day, body in said))
    in_order = sorted(told, key=lambda version: (version.day, version.seq))
    deal = naive(in_order, recognition)
    assert deals(turns(told), recognition) == {"d": deal}
    lead = Lead(deal.entries.get(LEAD), deal.seller, deal.sold, deal.lost)
    assert leads(turns(told), recognition) == {"d": lead}


@settings(max_examples=100, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    size=st.sampled_from((4, 2048)),
    life=lives,
    first=DAYS,
    length=st.integers(0, 10),
    as_of=AS_OF,
    known_at=KNOWN,
    back=st.integers(0, 40),
)
def test_the_model_says_of_deals_and_invoices_what_the_plain_fold_says(
    size: int,
    life: list[Step],
    first: dt.date,
    length: int,
    as_of: dt.date | dt.datetime,
    known_at: dt.datetime | None,
    back: int,
) -> None:
    period = Period(first, first + dt.timedelta(days=length))
    with patch.object(pages, "SIZE", size), lived() as department:
        for step in life:
            department.live(step)
        position = max(0, department.log.head().seq - back)
        plain = PlainSource(department.log, Basis(ZONE, "payment"))
        with modelled(department.log, Basis(ZONE, "payment")) as connection:
            model = ModelSource(connection, department.log, Basis(ZONE, "payment"))
            for dials in (
                Dials(as_of=as_of, known_at=known_at),
                Dials(as_of=as_of, position=position),
            ):
                for asked in (None, period):
                    told = list(model.turns(dials, asked))
                    assert told == plain.turns(dials, asked)
                    assert told == turns(model.facts(DEAL_KINDS, dials, asked))
                named = sorted({turn.deal for turn in model.turns(dials)})
                assert model.counts(TOUCHES, dials, named) == plain.counts(TOUCHES, dials, named)
                days = model.first_days(TOUCHES, dials, period, named)
                assert days == plain.first_days(TOUCHES, dials, period, named)
                papers_told = list(model.papers(dials))
                assert papers_told == plain.papers(dials)
                assert papers_told == papers(model.facts(PAPER_KINDS, dials))
