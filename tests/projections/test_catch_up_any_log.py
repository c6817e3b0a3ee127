"""Catching up and the bridge over any department's life, under every recognition of sales."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings

from events.vocabulary.people import Recognition
from projections.desk import Desk
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.bridge import BridgeReport, bridge
from projections.reports.bridge.why import UNITS as BRIDGE
from projections.reports.catch_up import CatchUp, catch_up
from projections.reports.catch_up.why import UNITS as CATCH_UP
from projections.windows.bridge import load_bridge
from projections.windows.catch_up import load_catch_up
from tests.projections.random_logs import ZONE, Step, lived, lives
from tests.projections.worlds import settings as ground


@pytest.mark.parametrize("recognition", get_args(Recognition))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lives)
def test_the_model_says_what_the_plain_fold_says(
    recognition: Recognition, steps: list[Step]
) -> None:
    with lived(recognition) as life:
        for step in steps:
            life.live(step)
        today = life.now.date()
        question = Question(period=month_of(today), dials=Dials(as_of=today))
        source, rules = PlainSource(life.log, Basis(ZONE, recognition)), ground(recognition)
        with Desk(life.log, None) as desk:
            way, through = desk.ask("catch-up", question), desk.ask("bridge", question)
            assert isinstance(way, CatchUp)
            assert isinstance(through, BridgeReport)
            plain = catch_up(load_catch_up(source, question, rules), question, rules)
            assert way.rows == plain.rows
            same = bridge(load_bridge(source, question, rules), question, rules)
            assert (through.rows, through.burned) == (same.rows, same.burned)
            for row in way.rows:
                assert all(desk.why(way, row.key, figure) for figure in CATCH_UP)
            for one in (*through.rows, *through.department, through.total):
                assert all(desk.why(through, one.key, figure) for figure in BRIDGE)
            effects = [row.effect for row in through.department]
            assert sum(effects) == through.total.effect
