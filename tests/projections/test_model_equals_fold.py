"""The read model answers exactly as the plain fold over the log does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args
from unittest.mock import patch

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from events.log import Log
from events.sqlite.engine import Connection, sqlite3
from events.vocabulary import KINDS
from events.vocabulary.people import Recognition
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.model import pages
from projections.model.build import build
from projections.model.read import ModelSource
from projections.period import Period
from projections.question import Dials
from projections.source import Dimension, Source
from tests.projections.random_logs import START, ZONE, Step, lived, lives

BYS: tuple[tuple[Dimension, ...], ...] = (
    (),
    ("activity",),
    ("day", "seller"),
    ("seller", "activity", "book"),
    ("activity", "direction", "bucket", "channel", "product", "book", "day"),
)
BRIEFS = st.sampled_from((0, 10, 29, 30, 31, 60, 181, 600))
"""Limits of brief calls on both sides of the lengths that occur."""

DAY = START.date()
DAYS = st.integers(-5, 12).map(lambda n: DAY + dt.timedelta(days=n))
MOMENTS = st.integers(-3000, 15000).map(lambda n: START + dt.timedelta(minutes=n))
AS_OF = st.one_of(DAYS, MOMENTS)
KNOWN = st.one_of(st.none(), MOMENTS)


@contextmanager
def modelled(log: Log, basis: Basis) -> Iterator[Connection]:
    """A model in memory, folded from the whole log at once."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        build(connection, log, basis, log.head())
        yield connection
    finally:
        connection.close()


def answers(source: Source, period: Period, dials: Dials) -> Iterator[object]:
    """What a source says to questions of every kind."""
    for by in BYS:
        yield by, source.cells((), period, dials, by)
    some = ("payment_received", "call_made", ":measurement", "cost_set")
    yield source.cells(some, period, dials, ("seller", "book"), ("ann",))
    yield source.facts(KINDS, dials)
    yield source.facts(KINDS, dials, period)
    yield source.facts(KINDS, dials, None, ("d1", "d3"))
    yield source.first_sales(dials)


@settings(max_examples=100, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    size=st.sampled_from((4, 2048)),
    life=lives,
    recognition=st.sampled_from(get_args(Recognition)),
    brief=BRIEFS,
    first=DAYS,
    length=st.integers(0, 10),
    as_of=AS_OF,
    known_at=KNOWN,
)
def test_the_model_answers_as_the_plain_fold_does(
    size: int,
    life: list[Step],
    recognition: Recognition,
    brief: int,
    first: dt.date,
    length: int,
    as_of: dt.date | dt.datetime,
    known_at: dt.datetime | None,
) -> None:
    period = Period(first, first + dt.timedelta(days=length))
    dials = Dials(as_of=as_of, known_at=known_at)
    with patch.object(pages, "SIZE", size), lived(recognition) as department:
        for step in life:
            department.live(step)
        basis = Basis(ZONE, recognition, brief)
        plain = PlainSource(department.log, basis)
        with modelled(department.log, basis) as connection:
            model = ModelSource(connection, department.log, basis)
            for told, folded in zip(
                answers(model, period, dials), answers(plain, period, dials), strict=True
            ):
                assert told == folded


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    size=st.sampled_from((2, 4, 2048)),
    life=lives,
    moments=st.lists(
        st.tuples(MOMENTS, st.sampled_from((0, 0, 0, -60, -7, 1, 60))), min_size=1, max_size=6
    ),
)
def test_moments_seen_from_themselves_in_any_order_are_as_the_plain_fold_has_them(
    size: int, life: list[Step], moments: list[tuple[dt.datetime, int]]
) -> None:
    basis = Basis(ZONE, "payment")
    period = Period(DAY - dt.timedelta(days=5), DAY + dt.timedelta(days=20))
    with patch.object(pages, "SIZE", size), lived() as department:
        for step in life:
            department.live(step)
        plain = PlainSource(department.log, basis)
        with modelled(department.log, basis) as connection:
            model = ModelSource(connection, department.log, basis)
            for known_at, later in moments:
                as_of = known_at + dt.timedelta(minutes=later)
                dials = Dials(as_of=as_of, known_at=known_at)
                for by in BYS:
                    assert model.cells((), period, dials, by) == plain.cells((), period, dials, by)
