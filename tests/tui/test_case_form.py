"""The deal of a hard case is one of the seller's open ones, or what was typed."""

from __future__ import annotations

import pytest

from cockpit.render.lines import CLIENT
from cockpit.tui.screens.form import Form
from cockpit.tui.sections.base import Drawn
from cockpit.tui.sections.case import CaseSection, sheet
from cockpit.tui.view import View
from events.vocabulary import (
    CaseDiscussed,
    DealLost,
    DealOpened,
    DealWon,
    LeadReceived,
    PaymentReceived,
    ProposalSent,
)
from projections.deals import DEAL_KINDS
from projections.open_deals import OpenDeal, open_deals
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.cases import CaseRow, Cases
from tests.projections.listed import Listed, facts
from tests.tui.world import TODAY

DEALS = (
    OpenDeal(deal="d17", seller="anna", client="rose"),
    OpenDeal(deal="d18", seller="anna", client="oak"),
    OpenDeal(deal="d19", seller="anna", client="oak"),
    OpenDeal(deal="d20", seller="bela", client="rose"),
)


def section() -> CaseSection:
    """The board with its form opened."""
    made = CaseSection()
    names = {"anna": "Anna", f"{CLIENT}rose": "Rose Ltd", f"{CLIENT}oak": "Oak & Ash"}
    drawn = Drawn(names=names, view=View(today=TODAY), keymap={}, deals=DEALS)
    assert isinstance(made.form(drawn), Form)
    return made


def noted(**values: str) -> CaseDiscussed:
    typed = {"words": "hard", "seller": "anna", "client": "", "deal": "", **values}
    (fact,) = section().filled(typed, None)
    assert isinstance(fact, CaseDiscussed)
    return fact


@pytest.mark.parametrize(
    ("typed", "deal", "client"),
    [
        ("rose", "d17", "rose"),
        ("D18", "d18", "oak"),
        ("Rose Ltd", "d17", "rose"),
        ("the tender of spring", "the tender of spring", None),
        ("oak", "oak", None),
        ("", None, None),
    ],
)
def test_a_part_of_a_name_or_number_means_the_deal(
    typed: str, deal: str | None, client: str | None
) -> None:
    fact = noted(deal=typed)
    assert (fact.deal, fact.client) == (deal, client)


def test_several_deals_are_asked_back() -> None:
    values = {"words": "hard", "seller": "anna", "client": "", "deal": "oak"}
    assert section()._wrong(values) == {"deal": "may be several: Oak & Ash d18, Oak & Ash d19"}
    assert section()._wrong({**values, "deal": "d18"}) == {}
    assert section()._wrong({**values, "deal": "a word of my own"}) == {}


def test_the_only_open_deal_of_the_client_is_meant_where_none_is_named() -> None:
    assert noted(client="Rose Ltd").deal == "d17"
    assert noted(client="Oak & Ash").deal is None
    assert noted(client="Rose Ltd", seller="").deal is None


def test_won_paid_and_lost_deals_are_not_open() -> None:
    found = Listed(
        facts(
            (TODAY, LeadReceived(deal="a", seller="anna", client="rose")),
            (TODAY, ProposalSent(deal="a", seller="bela", client="rose", amount=100)),
            (TODAY, DealOpened(deal="b", seller="anna", client="oak", amount=100)),
            (TODAY, DealLost(deal="b", seller="anna", client="oak")),
            (TODAY, DealOpened(deal="c", seller="anna", client="oak", amount=100)),
            (TODAY, PaymentReceived(deal="c", seller="anna", client="oak", amount=100)),
            (TODAY, DealWon(deal="d", seller="anna", client="oak", amount=100)),
        )
    ).facts(DEAL_KINDS, Dials(as_of=TODAY))
    assert open_deals(found, "payment") == (
        OpenDeal(deal="d", seller="anna", client="oak"),
        OpenDeal(deal="a", seller="bela", client="rose"),
    )


@pytest.mark.parametrize(("client", "heads"), [("rose", 3), (None, 2)])
def test_cases_of_no_client_leave_their_room_to_the_words(client: str | None, heads: int) -> None:
    row = CaseRow(key="case:1", event="1", seq=1, day=TODAY, seller="anna", client=client)
    report = Cases(
        name="cases", question=Question(period=month_of(TODAY), dials=Dials(as_of=TODAY)),
        currency="RUB", minor_digits=2, columns=(), rows=(row,), seen=TODAY,
    )  # fmt: skip
    drawn = Drawn(names={"anna": "Anna"}, view=View(today=TODAY), keymap={})
    assert len(sheet(report, drawn).columns) == heads
