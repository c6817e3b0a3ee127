"""What the cards say of each seller's talk, against numbers worked out by hand."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.vocabulary import DealLost, PaymentReceived
from projections.correlation import ENOUGH, clear, correlation
from projections.formula import Value
from projections.reports.quality import explain
from tests.projections.card_days import Dated, card, on, report, row, template
from tests.projections.worlds import hired, of

TALK = template(on(1, 1), 1, needs=2, offer=1, price=1)


def ivanov() -> list[Dated]:
    """Three cards: Σ weight×score is 16 + 25 + 20, Σ weight 4 + 4 + 3."""
    return [
        TALK,
        card(on(3), "ivanov", needs=3, offer=6, price=4),
        card(on(10), "ivanov", evidence="live", needs=6, offer=7, price=6),
        card(on(17), "ivanov", evidence="chat", needs=6, offer=8),
    ]


def test_a_mean_is_a_ratio_of_sums() -> None:
    found = row(report(*ivanov()), "seller:ivanov")
    assert found.mean == Fraction(16 + 25 + 20, 4 + 4 + 3)
    assert of(found, "cards by_call by_live by_chat") == (3, 1, 1, 1)


def test_every_criterion_has_its_own_mean_and_number() -> None:
    found = report(*ivanov())
    assert of(row(found, "seller:ivanov|needs"), "cards mean by_chat") == (3, 5, 1)
    assert of(row(found, "seller:ivanov|offer"), "cards mean") == (3, 7)
    assert of(row(found, "seller:ivanov|price"), "cards mean by_chat") == (2, 5, 0)


def test_of_equally_weak_criteria_the_heavier_is_named() -> None:
    found = row(report(*ivanov()), "seller:ivanov")
    assert of(found, "weakest weakest_mean") == ("needs", 5)


def test_the_weakest_is_that_of_the_last_eight_cards() -> None:
    long_ago = [card(on(5, 2), "ivanov", needs=0, offer=10, price=10) for _ in range(3)]
    lately = [card(on(day, 3), "ivanov", needs=9, offer=4, price=8) for day in range(1, 9)]
    shown = report(TALK, *hired("ivanov"), *long_ago, *lately)
    assert of(row(shown, "seller:ivanov"), "cards mean weakest weakest_mean recent") == (
        0, None, "offer", 4, 8,
    )  # fmt: skip


def test_the_trend_is_the_newer_half_of_the_last_cards_less_the_older() -> None:
    scores = (4, 5, 6, 5, 8, 7, 9, 8)
    days = [card(on(day), "ivanov", needs=score) for day, score in enumerate(scores, 1)]
    found = report(TALK, card(on(20, 3), "ivanov", needs=0), *days)
    assert row(found, "seller:ivanov").trend == Fraction(32 - 20, 4)
    assert row(found, "seller:ivanov|needs").trend == 3
    assert row(found, "department").trend == 3


@pytest.mark.parametrize(("cards", "trend"), [(3, None), (4, 2), (5, 2)])
def test_a_trend_needs_four_cards(cards: int, trend: int | None) -> None:
    days = [card(on(day), "ivanov", needs=day) for day in range(1, cards + 1)]
    assert row(report(TALK, *days), "seller:ivanov").trend == trend


def test_a_question_asked_no_more_keeps_its_answers_and_a_card_its_weights() -> None:
    before = [TALK, card(on(3), "ivanov", needs=4, offer=8, price=0)]
    old = row(report(*before), "seller:ivanov")
    changed = template(on(8), 2, needs=5, offer=1, next=1)
    found = report(*before, changed)
    assert row(found, "seller:ivanov").mean == old.mean == Fraction(16, 4)
    price = row(found, "seller:ivanov|price")
    assert of(price, "cards mean asked") == (1, 0, False)
    assert row(found, "seller:ivanov").weakest == "needs"
    later = report(*before, changed, card(on(9), "ivanov", revision=2, needs=6, offer=6, next=6))
    assert row(later, "seller:ivanov").mean == Fraction(16 + 42, 4 + 7)
    assert [each.id for each in later.questions] == ["needs", "offer", "next", "price"]


def test_sellers_without_a_card_are_listed_and_the_weakest_stands_first() -> None:
    found = report(
        TALK,
        *hired("ivanov", "petrova", "sidorov"),
        card(on(3), "petrova", needs=5),
        card(on(3), "ivanov", needs=8),
    )
    assert [(each.seller, each.mean) for each in found.rows] == [
        ("petrova", 5), ("ivanov", 8), ("sidorov", None),
    ]  # fmt: skip
    assert of(found.total, "cards mean") == (2, Fraction(13, 2))


def test_only_those_asked_for_are_counted() -> None:
    cards = [card(on(3), "petrova", needs=5), card(on(3), "ivanov", needs=8)]
    found = report(TALK, *hired("ivanov", "petrova"), *cards, sellers=("ivanov",))
    assert [each.seller for each in found.rows] == ["ivanov"]
    assert of(found.total, "cards mean") == (1, 8)


def test_what_is_not_seen_yet_does_not_count() -> None:
    assert report(*ivanov(), seen=on(16)).total.cards == 2


def test_two_people_rate_one_call_and_the_difference_is_shown() -> None:
    found = report(
        TALK,
        card(on(3), "ivanov", call="c1", needs=8, offer=6, price=6),
        card(on(3), "ivanov", call="c2", needs=1, offer=1, price=1),
        card(on(4), "ivanov", call="c1", needs=5, offer=7, price=6),
    )
    (twice,) = found.calibration
    assert twice.call == "c1"
    assert [*twice.means, twice.difference] == [7, Fraction(23, 4), Fraction(5, 4)]
    assert (twice.criterion, twice.scores, twice.cards) == ("needs", (8, 5), (2, 4))


def decided(count: int) -> list[Dated]:
    """Cards of deals that were won where needs were asked well, all but every tenth."""
    told: list[Dated] = [TALK]
    for place in range(count):
        good = place % 2 == 0
        told.append(card(on(2), "ivanov", deal=f"d{place}", needs=8 if good else 4, offer=7))
        sold = good != (place % 10 == 0)
        end = PaymentReceived(deal=f"d{place}", amount=1) if sold else DealLost(deal=f"d{place}")
        told.append((on(5), end))
    return told


def test_a_criterion_is_held_against_the_sale_only_where_enough_is_known() -> None:
    assert report(*decided(ENOUGH - 1)).links == ()
    (link,) = report(*decided(ENOUGH)).links
    assert (link.criterion, link.n) == ("needs", ENOUGH)
    # 15 good talks of which 12 sold, 15 poor ones of which none: r = √(12·15 ÷ (15·18)).
    assert abs(link.r * link.r - Fraction(2, 3)) < Fraction(1, 10**9)
    assert link.r > 0
    assert link.clear


pairs = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 1)), min_size=ENOUGH, max_size=60)


@given(pairs)
def test_r_lies_between_minus_one_and_one_and_turns_with_its_sign(
    some: list[tuple[int, int]],
) -> None:
    r = correlation(some)
    turned = correlation([(x, 1 - y) for x, y in some])
    assert (r is None) == (turned is None)
    if r is not None and turned is not None:
        assert -1 <= r <= 1
        assert r == -turned


@pytest.mark.parametrize(("r", "n", "told"), [(35, 30, True), (34, 30, False), (15, 187, True),
                                              (-14, 187, False), (-15, 187, True)])  # fmt: skip
def test_r_is_clear_beyond_chance(r: int, n: int, told: bool) -> None:
    assert clear(Fraction(r, 100), n) is told


scored = st.fixed_dictionaries(
    {"needs": st.integers(0, 10)},
    optional={"offer": st.integers(0, 10), "price": st.integers(0, 10)},
)


@given(st.lists(st.tuples(st.integers(1, 19), st.sampled_from(["a", "b"]), scored), min_size=1))
def test_means_lie_within_their_scores_and_sellers_add_up(
    told: list[tuple[int, str, dict[str, int]]],
) -> None:
    found = report(TALK, *(card(on(day), who, scores=scores) for day, who, scores in told))
    for each in found.rows:
        values = [v for _, who, scores in told for v in scores.values() if who == each.seller]
        assert each.mean is not None
        assert min(values) <= each.mean <= max(values)
    assert sum(each.cards for each in found.rows) == found.total.cards == len(told)
    weights = {"needs": 2, "offer": 1, "price": 1}
    above = sum(weights[name] * v for _, _, scores in told for name, v in scores.items())
    below = sum(weights[name] for _, _, scores in told for name in scores)
    assert found.total.mean == Fraction(above, below)


def evaluated(expression: str, terms: dict[str, Value]) -> Fraction:
    """An expression with its numbers put in, reckoned by Python."""
    text = expression
    for symbol in sorted(terms, key=len, reverse=True):
        text = text.replace(symbol, f"F('{terms[symbol]}')")
    text = text.replace("×", "*").replace("÷", "/")
    value = eval(text, {"F": Fraction})
    assert isinstance(value, Fraction)
    return value


def test_every_computed_figure_follows_from_its_formula() -> None:
    changed = template(on(8), 2, needs=5, offer=1)
    days = [card(on(day), "petrova", needs=day % 7, offer=day % 5) for day in range(1, 12)]
    after = card(on(9), "ivanov", revision=2, needs=6, offer=6)
    found = report(*ivanov(), changed, after, *days)
    reckoned = 0
    for each in (*found.rows, *found.criteria, found.total):
        for figure in ("mean", "trend", "weakest_mean"):
            why = explain(found, each.key, figure)
            assert bool(why.expression) == (why.value is not None)
            if why.expression:
                terms = {term.symbol: term.value for term in why.terms}
                assert evaluated(why.expression, terms) == why.value
                reckoned += 1
    assert reckoned > 20


def test_figures_and_rows_that_are_none_are_named() -> None:
    found = report(*ivanov())
    with pytest.raises(KeyError, match="seller:ivanov"):
        explain(found, "seller:nobody", "mean")
    with pytest.raises(KeyError, match="mean"):
        explain(found, "department", "luck")


def test_an_empty_department_has_an_empty_report() -> None:
    found = report()
    assert (found.rows, found.criteria, found.template) == ((), (), None)
    assert of(found.total, "cards mean trend weakest") == (0, None, None, None)
    assert isinstance(found.basis.last, dt.date)
