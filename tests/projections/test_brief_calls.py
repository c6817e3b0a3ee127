"""The length below which a call does not count is a department's choice, and may be changed."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from events.envelope import Draft
from events.errors import Invalid
from events.vocabulary import CallMade, EventCorrected
from events.vocabulary.people import BRIEF
from projections.desk import Desk
from projections.fold.basis import Basis, basis_of
from projections.fold.plain import PlainSource
from projections.model.file import opened
from projections.model.read import ModelSource
from projections.period import Period, month_of
from projections.question import Dials, Question
from projections.recount import recount
from projections.reports.activity import Activity
from projections.reports.calls import CallsReport
from tests.projections.random_logs import START, ZONE, Life, Step, lived, lives
from tests.projections.test_model_equals_fold import AS_OF, KNOWN, answers

WIDE = Period(START.date() - dt.timedelta(days=10), START.date() + dt.timedelta(days=20))
DIALS = Dials(as_of=START.date(), mode="evening")
MARCH = Question(period=month_of(START.date()), dials=DIALS, per="day")


def choose(life: Life, seconds: int) -> None:
    """Correct the ground rule that the department was opened with."""
    (first,) = life.log.read(upto=1)
    body = EventCorrected(
        target=first.id,
        target_kind=first.kind,
        fields={"brief_seconds": seconds},
        reason="agreed",
    )
    life.log.append([Draft(body=body, occurred_at=life.now, actor="head")])


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    life=lives,
    cut=st.integers(0, 89),
    limits=st.tuples(st.sampled_from((0, 31, 60, 181)), st.sampled_from((0, 10, 30, 600))),
    as_of=AS_OF,
    known_at=KNOWN,
    back=st.integers(0, 60),
)
def test_a_limit_changed_in_mid_life_holds_at_every_position_and_moment(
    life: list[Step],
    cut: int,
    limits: tuple[int, int],
    as_of: dt.date | dt.datetime,
    known_at: dt.datetime | None,
    back: int,
) -> None:
    with TemporaryDirectory() as folder, lived() as department:
        path = Path(folder) / "model"
        with Desk(department.log, path) as desk:
            for number, step in enumerate(life):
                if number == cut:
                    desk.catch_up()
                    choose(department, limits[0])
                    desk.catch_up()
                department.live(step)
            choose(department, limits[1])
            desk.catch_up()
            basis = basis_of(desk.settings())
        assert basis == Basis(ZONE, "payment", limits[1])
        position = max(1, department.log.head().seq - back)
        kept = opened(path, department.log, basis)
        assert kept is not None
        with closing(kept):
            model, plain = ModelSource(kept, department.log, basis), PlainSource(
                department.log, basis
            )  # fmt: skip
            for dials in (
                Dials(as_of=as_of, known_at=known_at),
                Dials(as_of=as_of, position=position),
            ):
                assert list(answers(model, WIDE, dials)) == list(answers(plain, WIDE, dials))


def test_a_model_of_another_limit_is_not_taken_for_ones_own() -> None:
    with TemporaryDirectory() as folder, lived() as department:
        path = Path(folder) / "model"
        with Desk(department.log, path):
            pass
        for seconds, fits in ((BRIEF, True), (BRIEF - 1, False)):
            found = opened(path, department.log, Basis(ZONE, "payment", seconds))
            assert (found is not None) is fits
            if found is not None:
                found.close()


def test_every_board_of_calls_goes_by_the_limit_and_names_it() -> None:
    with lived() as department:
        for seconds in (0, 19, 20, 29, 30, None):
            department.put(CallMade(seller="ann", seconds=seconds), 0)
        told = []
        with Desk(department.log, None) as desk:
            for limit in (30, 20, 0):
                choose(department, limit)
                done, called = desk.ask("activity", MARCH), desk.ask("calls", MARCH)
                assert isinstance(done, Activity)
                assert isinstance(called, CallsReport)
                assert done.brief_seconds == called.brief_seconds == limit
                (row,) = [row for row in done.rows if row.key == "ann|call_made|*|*"]
                (talk,) = [row for row in called.rows if row.is_whole]
                why = desk.why(done, row.key, "fact")
                rules = desk.settings()
                assert rules is not None
                assert recount(list(department.log.find(why.trace)), why, rules) == row.fact
                told.append((row.fact, done.brief, talk.brief))
        assert told == [(2, 4, 4), (4, 2, 2), (6, 0, 0)]


def test_a_limit_no_call_could_reach_or_be_below_is_refused() -> None:
    with lived() as department:
        for seconds in (-1, 601):
            with pytest.raises(Invalid, match="give 0 to 600"):
                choose(department, seconds)
