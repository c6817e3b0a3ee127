"""A conversion to agree on begins with the board's share, read as its effect will be judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from events.vocabulary import (
    CallMade,
    CorrectionAgreed,
    DealWon,
    LeadReceived,
    MeetingHeld,
    PaymentReceived,
)
from events.vocabulary.fact import Fact
from projections.period import month_of
from projections.question import Dials, Question, Reading
from projections.reports.conversions import conversions
from projections.reports.corrections import corrections_report
from projections.reports.proposal import Proposal, ProposalRow, aimed, proposal
from projections.source import Version
from projections.windows.conversions import load_conversions
from projections.windows.corrections import load_corrections
from projections.windows.proposal import load_proposal
from tests.projections.listed import Listed, facts
from tests.projections.worlds import hired, plan, settings

TODAY = dt.date(2024, 4, 15)
PAIR = ("call_made", "meeting_held")
METRIC = ">".join(PAIR)
LEADS = "lead_received>deal_won"
WEEK = [dt.date(2024, 4, day) for day in (8, 9, 10, 11, 12)]

Told = tuple[dt.date, Fact]


def world(deals: int = 15, met: int = 9, nameless: int = 0, since: int = 0) -> list[Told]:
    """Deals called one after the other through a week, some met the same day, and calls to nobody
    in particular; `since` days later than the week.
    """
    found: list[Told] = []
    for place in range(deals):
        day = WEEK[place % len(WEEK)] + dt.timedelta(days=since)
        found.append((day, CallMade(seller="ivanov", seconds=90, deal=f"d{place}")))
        if place < met:
            found.append((day, MeetingHeld(seller="ivanov", deal=f"d{place}")))
    for place in range(nameless):
        day = WEEK[place % len(WEEK)] + dt.timedelta(days=since)
        found.append((day, CallMade(seller="ivanov", seconds=90)))
    return found


def versions(*told: Told) -> list[Version]:
    paid = (dt.date(2024, 3, 4), PaymentReceived(seller="ivanov", amount=100_000))
    rest = sorted([paid, *told], key=lambda each: each[0])
    return facts(*hired("ivanov"), plan(1_000_000, "ivanov"), *rest)


def question(day: dt.date = TODAY, reading: Reading = "cohort") -> Question:
    dials = Dials(as_of=day)
    return Question(period=month_of(day), dials=dials, sellers=("ivanov",), reading=reading)


def proposed(told: list[Version], day: dt.date = TODAY, reading: Reading = "cohort") -> Proposal:
    asked = question(day, reading)
    return proposal(load_proposal(Listed(told), asked, settings()), asked, settings())


def only(report: Proposal) -> ProposalRow:
    return next(row for row in report.rows if row.metric == METRIC)


def shown(told: list[Version], reading: Reading) -> Fraction | None:
    """What the board has for the seller."""
    asked = replace(question(reading=reading), sellers=(), pairs=(PAIR,))
    found = conversions(load_conversions(Listed(told), asked, settings()), asked, settings())
    return next(row.share for row in found.rows if row.cut == "ivanov")


def judged(told: list[Version], day: dt.date = TODAY, metric: str = METRIC) -> Reading | None:
    """How the effect is read of a correction agreed that day."""
    body = CorrectionAgreed(correction="a", seller="ivanov", metric=metric, before="", target="",
                            until=day, action="x")  # fmt: skip
    last = told[-1]
    agreed = Version(seq=last.seq + 1, id="agreed", day=day, body=body,
                     occurred_at=f"{day}T12:00:00+03:00", late=False)  # fmt: skip
    asked = question(day)
    window = load_corrections(Listed([*told, agreed]), asked, settings())
    (row,) = corrections_report(window, asked, settings()).rows
    return row.reading


def test_where_calls_name_their_deals_it_is_the_share_of_the_board_by_cohort() -> None:
    told = versions(*world(), *again())
    row = only(proposed(told))
    assert row.judged is not None
    assert (row.judged.reading, row.judged.count, row.judged.n) == ("cohort", 9, 15)
    assert row.before == shown(told, "cohort") == Fraction(9, 15)
    assert row.before != shown(told, "period")
    assert row.judged == row.board


def again() -> Iterator[Told]:
    """Second calls of the same deals, which a cohort does not count."""
    for place in range(15):
        yield WEEK[4], CallMade(seller="ivanov", seconds=90, deal=f"d{place}")


def test_else_it_is_the_share_for_the_period_and_the_boards_is_said_beside_it() -> None:
    told = versions(*world(nameless=210))
    row = only(proposed(told))
    assert row.judged is not None
    assert row.board is not None
    assert (row.judged.reading, row.judged.count, row.judged.n) == ("period", 9, 225)
    assert row.before == shown(told, "period") == Fraction(9, 225)
    assert (row.board.reading, row.board.share) == ("cohort", Fraction(9, 15))
    other = only(proposed(told, reading="period"))
    assert other.board == other.judged == row.judged


def test_a_small_share_is_asked_to_double_at_most() -> None:
    row = only(proposed(versions(*world(nameless=210))))
    assert row.before is not None
    assert row.target is not None
    assert row.before == Fraction(9, 225)
    assert row.before < row.target <= 2 * row.before


@given(
    deals=st.integers(0, 12),
    met=st.integers(0, 12),
    nameless=st.integers(0, 12),
    since=st.integers(0, 9),
    day=st.integers(8, 26),
)
def test_what_proposes_and_what_judges_read_alike(
    deals: int, met: int, nameless: int, since: int, day: int
) -> None:
    told = versions(*world(deals, met, nameless, since), (WEEK[0], MeetingHeld(seller="ivanov")),
                    (WEEK[0], CallMade(seller="ivanov", seconds=90, deal="one")))  # fmt: skip
    seen = dt.date(2024, 4, day)
    row = only(proposed(told, seen))
    assert row.judged is not None
    assert row.judged.reading == judged(told, seen)
    if row.before is not None and row.target is not None:
        assert row.before < row.target <= 1


@pytest.mark.parametrize("met", [14, 15])
def test_no_share_is_to_grow_over_all(met: int) -> None:
    row = only(proposed(versions(*world(met=met))))
    assert row.before == Fraction(met, 15)
    assert row.target == (Fraction(1) if met == 14 else None)


def test_more_meetings_than_calls_leave_nothing_to_aim_at() -> None:
    more = [(WEEK[2], MeetingHeld(seller="ivanov")) for _ in range(40)]
    report = proposed(versions(*world(nameless=10), *more))
    row = only(report)
    assert row.before is not None
    assert row.before > 1
    assert row.target is None
    assert report.usual != METRIC


def test_before_the_month_has_any_it_begins_with_the_share_of_catching_up() -> None:
    early = dt.date(2024, 4, 1)
    told = versions(*world(deals=40, met=10, since=-28))
    row = only(proposed(told, early))
    assert row.judged is not None
    assert row.judged.share is None
    assert row.before == row.reckoned == Fraction(10, 40)
    assert row.target is not None


def test_a_share_that_was_tried_grows_by_as_much_in_the_reading_it_is_judged_by() -> None:
    row = only(proposed(versions(*world(), *again())))
    assert row.reckoned == Fraction(9, 30)
    assert aimed(row, Fraction(4, 10)) == Fraction(9, 15) * Fraction(4, 3)
    assert aimed(row, Fraction(9, 10)) == 1
    assert aimed(row, Fraction(301, 1000)) == Fraction(61, 100)
    assert aimed(row, Fraction(2, 10)) == Fraction(9, 15) * Fraction(2, 3)
    by_period = only(proposed(versions(*world(nameless=210))))
    assert aimed(by_period, Fraction(1, 10)) == Fraction(1, 10)


def leads(count: int, won: int) -> list[Told]:
    """Leads of a Monday, so many of which were won by Friday: no conversion of the chain."""
    found: list[Told] = []
    for place in range(count):
        deal = f"d{place}"
        found.append((WEEK[0], LeadReceived(seller="ivanov", deal=deal)))
        if place < won:
            found.append((WEEK[4], DealWon(seller="ivanov", deal=deal, amount=100)))
    return found


@given(
    count=st.integers(1, 15), won=st.integers(0, 15), reading=st.sampled_from(("cohort", "period"))
)
def test_a_conversion_outside_the_chain_is_offered_and_judged_as_the_board_has_it(
    count: int, won: int, reading: Reading
) -> None:
    told = versions(*world(), *leads(count, won), (WEEK[4], DealWon(seller="x", deal="y")))
    report = proposed(told, reading=reading)
    row = next(row for row in report.rows if row.metric == LEADS)
    assert row.judged is not None
    assert row.board is not None
    assert row.judged.reading == judged(told, metric=LEADS) == "cohort"
    assert row.before is not None
    assert row.before == row.judged.share == Fraction(min(won, count), count)
    assert row.board.reading == reading
    if won >= count:
        assert row.target is None
    else:
        assert row.target is not None
        assert row.before < row.target <= 1
    assert row.reckoned is None
    assert aimed(row, Fraction(1, 2)) == row.target


def test_any_pair_that_is_asked_for_is_offered_but_none_that_never_happened() -> None:
    told = versions(*world(), *leads(6, 3))
    metric = "lead_received>meeting_held"
    assert metric not in {row.metric for row in proposed(told).rows}
    asked = replace(
        question(), pairs=(("lead_received", "meeting_held"), ("deal_opened", "deal_won"))
    )
    report = proposal(load_proposal(Listed(told), asked, settings()), asked, settings())
    rows = {row.metric: row for row in report.rows}
    assert (rows[metric].before, rows[metric].target) == (Fraction(1), None)
    assert (rows["deal_opened>deal_won"].before, rows["deal_opened>deal_won"].target) == (
        None,
        None,
    )
    assert report.usual in {row.metric for row in proposed(told).rows}
