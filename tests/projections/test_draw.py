"""Nobody chooses which calls are heard: the draw follows from the week and the log alone."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from projections.draw import COUNT, Call, draw, drawn_week
from projections.fold.deeds import bucket
from projections.period import Period

MONDAY = dt.date(2024, 4, 15)
WEEK, MADE = drawn_week(MONDAY)
START = dt.datetime(2024, 4, 8, 9, tzinfo=ZoneInfo("Europe/Moscow"))


def call(number: int, seconds: int | None = 200, seller: str = "ivanov") -> Call:
    return Call(
        id=f"{seller}-{number}",
        seq=number,
        seller=seller,
        at=START + dt.timedelta(minutes=number),
        seconds=seconds,
    )


def ids(some: tuple[Call, ...]) -> list[str]:
    return [each.id for each in some]


def test_a_week_draws_from_the_week_before() -> None:
    assert Period(MONDAY, dt.date(2024, 4, 21)) == WEEK
    assert Period(dt.date(2024, 4, 8), dt.date(2024, 4, 14)) == MADE
    assert drawn_week(dt.date(2024, 4, 21)) == (WEEK, MADE)


calls = st.lists(
    st.tuples(st.integers(1, 500), st.none() | st.integers(0, 900), st.sampled_from(["a", "b"])),
    max_size=60,
    unique_by=lambda each: (each[0], each[2]),
).map(lambda rows: [call(number, seconds, seller) for number, seconds, seller in rows])


@given(calls, st.randoms(use_true_random=False), st.data())
def test_the_draw_is_the_same_for_everybody_and_never_repeats_a_rated_call(
    known: list[Call], chance: random.Random, data: st.DataObject
) -> None:
    everything = [each.id for each in known]
    rated = set(data.draw(st.lists(st.sampled_from(everything)))) if known else set()
    drawn = draw(known, everything, rated, WEEK)
    shuffled = list(known)
    chance.shuffle(shuffled)
    assert draw(shuffled, list(reversed(everything)), rated, WEEK) == drawn
    for seller, some in drawn.items():
        mine = {each.id for each in known if each.seller == seller}
        assert {each.seller for each in some} <= {seller}
        assert not rated & {each.id for each in some}
        assert len(some) == min(COUNT, len(mine - rated))
        assert list(some) == sorted(some, key=lambda each: (each.at, each.seq))


@given(calls, calls)
def test_what_is_logged_during_the_week_changes_nothing(
    known: list[Call], later: list[Call]
) -> None:
    before = [call(number, 200, "a") for number in (901, 902)]
    early = [*known, *before]
    names = {each.id for each in early}
    added = [each for each in later if each.id not in names]
    drawn = draw(early, names, (), WEEK)
    assert draw([*early, *added], names, (), WEEK)["a"] == drawn["a"]


def test_where_too_little_was_known_what_came_later_is_drawn_from() -> None:
    known = [call(1), call(2), call(3)]
    assert len(draw(known, {"ivanov-1"}, (), WEEK)["ivanov"]) == COUNT
    assert draw(known, {"ivanov-1"}, (), WEEK) == draw(known, (), (), WEEK)


def test_short_calls_come_only_where_others_are_lacking() -> None:
    known = [*(call(number, 20) for number in range(50)), call(60, 90), call(61, 400)]
    assert ids(draw(known, (), (), WEEK)["ivanov"]) == ["ivanov-60", "ivanov-61"]
    assert len(draw(known[:50], (), (), WEEK)["ivanov"]) == COUNT


def test_long_calls_are_likelier() -> None:
    """Of ten long and ten middle calls, weighing three to one, three of four drawn are long."""
    known = [call(number, 90 if number % 2 else 400) for number in range(20)]
    lengths: Counter[str | None] = Counter()
    for week in range(400):
        monday = MONDAY + dt.timedelta(weeks=week)
        some = draw(known, (), (), drawn_week(monday)[0])["ivanov"]
        lengths.update(bucket(each.seconds) for each in some)
    assert 0.65 < lengths["long"] / lengths.total() < 0.85


def test_another_week_draws_other_calls() -> None:
    known = [call(number) for number in range(40)]
    weeks = [drawn_week(MONDAY + dt.timedelta(weeks=n))[0] for n in range(8)]
    assert len({tuple(ids(draw(known, (), (), week)["ivanov"])) for week in weeks}) > 6
