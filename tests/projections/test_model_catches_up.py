"""A model caught up bit by bit holds what a rebuilt one does; the past is a prefix of the log."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import closing
from hashlib import sha256
from unittest.mock import patch

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from events.envelope import Draft
from events.sqlite.engine import sqlite3
from events.vocabulary import CallMade
from projections.fold.basis import Basis
from projections.model import beyond, pages
from projections.model.build import build
from projections.model.dump import dump
from projections.model.fill import advance
from projections.model.memory import Memory
from projections.model.read import ModelSource
from projections.model.schema import SHAPE
from projections.period import Period
from projections.question import Dials
from tests.projections.random_logs import START, ZONE, Step, lived, lives, steps
from tests.projections.test_model_equals_fold import AS_OF, BYS, KNOWN, answers, modelled

BASIS = Basis(ZONE, "payment")
WHOLE = Period(START.date() - dt.timedelta(days=10), START.date() + dt.timedelta(days=20))


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(life=lives, every=st.integers(1, 30), size=st.sampled_from((3, 7, 2048)))
def test_a_model_caught_up_in_portions_holds_what_a_rebuilt_one_does(
    life: list[Step], every: int, size: int
) -> None:
    live = sqlite3.connect(":memory:", isolation_level=None)
    with closing(live), patch.object(pages, "SIZE", size), lived() as department:
        build(live, department.log, BASIS, department.log.head())
        for number, step in enumerate(life):
            department.live(step)
            if number % every == 0:
                advance(live, department.log, BASIS, department.log.head())
        advance(live, department.log, BASIS, department.log.head())
        with modelled(department.log, BASIS) as rebuilt:
            assert list(dump(live)) == list(dump(rebuilt))


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    life=lives,
    every=st.integers(1, 30),
    size=st.sampled_from((4, 2048)),
    near=st.sampled_from((1, 3, 128)),
    dials=st.lists(st.tuples(AS_OF, KNOWN), min_size=1, max_size=4),
)
def test_what_is_remembered_of_earlier_questions_changes_no_answer(
    life: list[Step],
    every: int,
    size: int,
    near: int,
    dials: list[tuple[dt.date | dt.datetime, dt.datetime | None]],
) -> None:
    asked = [Dials(as_of=as_of, known_at=known_at) for as_of, known_at in dials]
    live = sqlite3.connect(":memory:", isolation_level=None)
    memory = Memory()
    small = patch.object(pages, "SIZE", size), patch.object(beyond, "STEP", near)
    with closing(live), small[0], small[1], lived() as department:
        build(live, department.log, BASIS, department.log.head())
        for number, step in enumerate(life):
            department.live(step)
            if number % every == 0:
                advance(live, department.log, BASIS, department.log.head())
                mindful = ModelSource(live, department.log, BASIS, memory)
                for one in asked:
                    fresh = ModelSource(live, department.log, BASIS)
                    assert list(answers(mindful, WHOLE, one)) == list(answers(fresh, WHOLE, one))


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    life=lives,
    size=st.sampled_from((4, 2048)),
    step=st.sampled_from((1, 2, 128)),
    backs=st.lists(st.integers(0, 40), min_size=2, max_size=12),
    as_of=AS_OF,
)
def test_stepping_back_and_forth_says_what_looking_afresh_says(
    life: list[Step],
    size: int,
    step: int,
    backs: list[int],
    as_of: dt.date | dt.datetime,
) -> None:
    small = patch.object(pages, "SIZE", size), patch.object(beyond, "STEP", step)
    with small[0], small[1], lived() as department:
        for each in life:
            department.live(each)
        head = department.log.head().seq
        with modelled(department.log, BASIS) as connection:
            mindful = ModelSource(connection, department.log, BASIS)
            for back in backs:
                dials = Dials(as_of=as_of, position=max(0, head - back))
                fresh = ModelSource(connection, department.log, BASIS)
                for by in BYS:
                    asked = (), WHOLE, dials, by
                    assert mindful.cells(*asked) == fresh.cells(*asked)


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(life=lives, size=st.sampled_from((3, 7, 2048)))
def test_a_log_folded_in_two_halves_makes_the_same_model(life: list[Step], size: int) -> None:
    halves = patch("projections.model.build.LARGE", 1), patch.object(sys, "executable", "")
    with patch.object(pages, "SIZE", size), lived() as department:
        for step in life:
            department.live(step)
        with modelled(department.log, BASIS) as connection:
            whole = list(dump(connection))
        with halves[0], halves[1], modelled(department.log, BASIS) as connection:
            assert list(dump(connection)) == whole


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    life=lives,
    cut=st.integers(0, 89),
    as_of=AS_OF,
    size=st.sampled_from((4, 2048)),
    near=st.sampled_from((2, 128)),
)
def test_what_was_known_then_is_what_the_log_cut_there_says_now(
    life: list[Step], cut: int, as_of: dt.date | dt.datetime, size: int, near: int
) -> None:
    small = patch.object(pages, "SIZE", size), patch.object(beyond, "STEP", near)
    with small[0], small[1], lived() as department:
        for step in life[:cut]:
            department.live(step)
        known_at = department.now
        with modelled(department.log, BASIS) as connection:
            cut_there = ModelSource(connection, department.log, BASIS)
            expected = list(answers(cut_there, WHOLE, Dials(as_of=as_of)))
        department.now += dt.timedelta(seconds=1)
        for step in life[cut:]:
            department.live(step)
        with modelled(department.log, BASIS) as connection:
            whole = ModelSource(connection, department.log, BASIS)
            assert list(answers(whole, WHOLE, Dials(as_of=as_of, known_at=known_at))) == expected


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(life=lives, as_of=AS_OF)
def test_the_sellers_add_up_to_the_department(
    life: list[Step], as_of: dt.date | dt.datetime
) -> None:
    dials = Dials(as_of=as_of)
    with lived() as department:
        for step in life:
            department.live(step)
        with modelled(department.log, BASIS) as connection:
            source = ModelSource(connection, department.log, BASIS)
            sellers = source.cells((), WHOLE, dials, ("activity", "seller"))
            for whole in source.cells((), WHOLE, dials, ("activity",)):
                its = [cell for cell in sellers if cell.activity == whole.activity]
                assert sum(cell.n for cell in its) == whole.n
                assert sum(cell.amount for cell in its) == whole.amount
                assert sum(cell.cost for cell in its) == whole.cost


def test_a_moment_known_then_is_answered_from_pages_of_its_very_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only a moment with later events of its day needs all events of the day again."""

    class Apart(Exception):
        pass

    def refused(*_: object) -> None:
        raise Apart

    monkeypatch.setattr("projections.model.edge.Edge", refused)
    with patch.object(pages, "SIZE", 4), lived() as department:
        noon = START.replace(hour=9)
        for minute in range(0, 360, 10):
            department.now = START + dt.timedelta(minutes=minute)
            draft = Draft(body=CallMade(seller="ann"), occurred_at=department.now, actor="ann")
            department.log.append([draft])
        with modelled(department.log, BASIS) as connection:
            source = ModelSource(connection, department.log, BASIS)
            known = Dials(as_of=noon, known_at=noon)
            (cell,) = source.cells(("call_made",), WHOLE, known, ("activity",))
            assert cell.n == 19
            with pytest.raises(Apart):
                source.cells((), WHOLE, Dials(as_of=noon), ("activity",))


DIGESTED = ("cell", "first", "mark", "page", "paper", "turn")


def test_a_fold_that_says_something_else_has_another_shape() -> None:
    with lived() as department:
        for step in steps(2026, 200):
            department.live(step)
        with modelled(department.log, BASIS) as connection:
            rows = [row for row in dump(connection) if row[0] in DIGESTED]
    digest = sha256("\n".join(map(repr, rows)).encode()).hexdigest()[:16]
    assert (SHAPE, digest) == (7, "c7637e02ec212824"), "raise SHAPE, then put the new digest here"
