"""How long people talk: by length, with whom, in which direction, and who only dials."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.render.talking import bar
from events.vocabulary import CallMade
from projections.period import month_of
from projections.question import Dials, Per, Question
from projections.recount import matches
from projections.reports.calls import CallsReport, CallsRow, calls, explain, whole
from projections.windows.calls import load_calls
from tests.projections.formulas import evaluate
from tests.projections.listed import Listed, facts
from tests.projections.worlds import hired, of, settings

MONDAY = dt.date(2024, 4, 15)
FRIDAY = dt.date(2024, 4, 12)
BOOKS = {"old": "existing", "young": "new"}

Made = tuple[dt.date, CallMade]


def report(made: Sequence[Made], per: Per = "month", sellers: tuple[str, ...] = ()) -> CallsReport:
    question = Question(
        period=month_of(MONDAY), dials=Dials(as_of=MONDAY), per=per, sellers=sellers
    )
    source = Listed(facts(*hired("anna", "boris"), *made), BOOKS)
    return calls(load_calls(source, question, settings()), question, settings())


def only(found: CallsReport, key: str) -> CallsRow:
    (row,) = [row for row in (*found.rows, *found.department) if row.key == key]
    return row


def call(seconds: int | None, seller: str = "anna", **more: object) -> Made:
    fields = {"direction": "out", "client": None, "reached": None, **more}
    return FRIDAY, CallMade(seller=seller, seconds=seconds, **fields)  # type: ignore[arg-type]


def test_calls_fall_under_one_up_to_three_and_over_three_minutes() -> None:
    found = report([call(s) for s in (0, 29, 30, 59, 60, 180, 181, 600, None)])
    row = only(found, "anna|*|*")
    assert of(row, "calls under_1 under_3 over_3 unmeasured brief") == (9, 4, 2, 2, 1, 2)
    assert of(row, "under_1_share under_3_share over_3_share") == (
        Fraction(1, 2), Fraction(1, 4), Fraction(1, 4),
    )  # fmt: skip
    assert row.minutes == Fraction(1139, 60)
    assert row.minutes_by_length == (Fraction(118, 60), Fraction(4), Fraction(781, 60))


def test_who_decides_was_reached_only_where_somebody_said_so() -> None:
    found = report([call(60, reached=True), call(60, reached=False), call(None), call(5)])
    assert of(only(found, "anna|*|*"), "reached reached_share") == (1, Fraction(1, 4))


def test_whether_who_decides_was_reached_is_unknown_where_no_call_says_it() -> None:
    found = report([call(60), call(None), call(60, "boris", reached=False)])
    assert of(only(found, "anna|*|*"), "reached reached_share") == (None, None)
    assert of(only(found, "boris|*|*"), "reached reached_share") == (0, 0)
    assert of(only(found, "*|*|*"), "reached reached_share") == (0, 0)
    for figure in ("reached", "reached_share"):
        assert explain(found, "anna|*|*", figure).value is None


def test_the_parts_are_by_book_by_direction_and_by_both() -> None:
    made = [
        call(10, client="young", direction="in"),
        call(100, client="young"),
        call(200, client="old"),
        call(300),
    ]
    found = report(made)
    assert {row.key: row.calls for row in found.rows} == {
        "anna|*|*": 4,
        "anna|new|*": 2,
        "anna|existing|*": 1,
        "anna|*|in": 1,
        "anna|*|out": 3,
        "anna|new|in": 1,
        "anna|new|out": 1,
        "anna|existing|out": 1,
    }
    assert [row.key for row in whole(found).rows] == ["anna|*|*"]
    assert [row.calls for row in found.department] == [row.calls for row in found.rows]


def test_many_calls_and_few_talks_is_dialling() -> None:
    talks = [call(400, "boris") for _ in range(10)] + [call(20, "boris") for _ in range(5)]
    dials = [call(20) for _ in range(28)] + [call(400)]
    assert [row.seller for row in report([*talks, *dials]).rows if row.dialling] == ["anna"]
    few = [call(20) for _ in range(3)]
    assert not any(row.dialling for row in report([*talks, *few]).rows)
    assert not any(row.dialling for row in report(dials).rows)


def test_a_seller_asked_about_alone_is_held_against_the_whole_department() -> None:
    talks = [call(400, "boris") for _ in range(10)] + [call(20, "boris") for _ in range(5)]
    dials = [call(20) for _ in range(28)] + [call(400)]
    whole_of_it, alone = report([*talks, *dials]), report([*talks, *dials], sellers=("anna",))
    assert alone.rows == tuple(row for row in whole_of_it.rows if row.seller == "anna")
    assert [row.calls for row in alone.department if row.is_whole] == [29]


def test_a_day_or_a_week_is_the_last_one_that_was_worked() -> None:
    made = [call(60), (dt.date(2024, 4, 8), CallMade(seller="anna", seconds=60))]
    counts = [only(report(made, per), "anna|*|*").calls for per in ("day", "week", "month")]
    assert counts == [1, 2, 2]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("anna", "boris")),
            st.one_of(st.none(), st.integers(0, 400)),
            st.sampled_from(("in", "out")),
            st.sampled_from((None, "old", "young")),
            st.sampled_from((None, True, False)),
        ),
        max_size=25,
    )
)
def test_parts_add_up_traces_recount_and_formulas_work_out(
    made: list[tuple[str, int | None, str, str | None, bool | None]],
) -> None:
    told = [
        call(seconds, seller, direction=direction, client=client, reached=reached)
        for seller, seconds, direction, client, reached in made
    ]
    found = report(told)
    for row in (*found.rows, *found.department):
        assert row.calls == row.under_1 + row.under_3 + row.over_3 + row.unmeasured
        assert sum(row.minutes_by_length) == row.minutes
        for figure in ("under_1_share", "over_3_share", "reached_share", "minutes"):
            said = explain(found, row.key, figure)
            assert said.value == getattr(row, figure)
            if said.value is not None:
                assert evaluate(said) == said.value
        said = explain(found, row.key, "calls")
        listed = sum(matches(body, day, said.trace) for day, body in told)
        assert said.events_sum is None or listed == row.calls
    for seller, book in product(("anna", "boris"), ("*", "new", "existing")):
        ways = {row.key: row for row in found.rows}
        if f"{seller}|{book}|*" in ways:
            parts = [ways.get(f"{seller}|{book}|{way}") for way in ("in", "out")]
            assert ways[f"{seller}|{book}|*"].calls == sum(p.calls for p in parts if p)


@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900), st.integers(3, 40))
def test_a_bar_is_as_wide_as_asked_and_shows_every_length_there_is(
    long: int, middle: int, short: int, width: int
) -> None:
    made = [call(400)] * min(long, 9) + [call(100)] * min(middle, 9) + [call(9)] * min(short, 9)
    if not made:
        return
    drawn = bar(only(report(made), "anna|*|*"), width)
    assert len(drawn) == width
    assert {"█": bool(long), "▓": bool(middle), "░": bool(short)} == {
        ink: ink in drawn for ink in "█▓░"
    }


def test_explaining_what_is_not_there_names_what_is() -> None:
    found = report([call(60)])
    with pytest.raises(KeyError, match="anna"):
        explain(found, "nobody", "calls")
    with pytest.raises(KeyError, match="minutes"):
        explain(found, "anna|*|*", "colour")
