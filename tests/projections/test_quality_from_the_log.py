"""The quality report over a real log through the desk: repairs, both dials, traces, the draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    CallMade,
    CardFilled,
    DepartmentOpened,
    EventCorrected,
    EventVoided,
    SellerHired,
)
from events.vocabulary.fact import Fact
from projections.desk import Desk
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.question import Dials, Question
from projections.recount import recount, standing
from projections.reports.quality import Quality, quality
from projections.windows.quality import load_quality
from tests.projections.card_days import APRIL, FRIDAY, card, on, row, template
from tests.projections.listed import ZONE
from tests.projections.worlds import settings as ground

MOSCOW = ZoneInfo(ZONE)


class World:
    """A department whose clock the test turns, asked through the desk."""

    def __init__(self, path: Path) -> None:
        self.now = dt.datetime(2024, 1, 1, 9, tzinfo=MOSCOW)
        self.log = SqliteLog.create(path, clock=lambda: self.now)
        opened = DepartmentOpened(
            name="north", country="RU", currency="RUB", minor_digits=2, zone=ZONE, language="en"
        )
        self.tell(on(1, 1), opened)
        self.tell(on(1, 1), SellerHired(seller="ivanov", name="Ivanov"))
        self.tell(*template(on(1, 1), 1, needs=2, offer=1))
        self.desk = Desk(self.log, None)

    def tell(self, day: dt.date, body: Fact, recorded: dt.date | None = None) -> str:
        """Log a fact of noon in the afternoon of a day; returns its id."""
        self.now = dt.datetime.combine(recorded or day, dt.time(15), MOSCOW)
        noon = dt.datetime.combine(day, dt.time(12), MOSCOW)
        (answer,) = self.log.append([Draft(body=body, occurred_at=noon, actor="head")])
        return answer.id

    def ask(self, known_at: dt.datetime | None = None) -> Quality:
        """The report from the read model, which must agree with the plain fold."""
        question = Question(period=APRIL, dials=Dials(as_of=FRIDAY, known_at=known_at))
        found = self.desk.ask("quality", question)
        assert isinstance(found, Quality)
        settings = self.desk.settings()
        assert settings is not None
        plain = PlainSource(self.log, Basis(ZONE, "payment"))
        assert found == quality(load_quality(plain, question, settings), question, settings)
        return found

    def calls(self, day: dt.date = FRIDAY) -> list[str]:
        """The ids of the calls drawn of ivanov's."""
        return [each.call.id for each in self.desk.draw(day).sellers.get("ivanov", ())]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "sales.cockpit")
    yield made
    made.desk.close()
    made.log.close()


def void(target: str, kind: str) -> EventVoided:
    return EventVoided(target=target, target_kind=kind, reason="twice", seller="ivanov")


def test_a_voided_card_counts_no_more_and_stays_in_the_past(world: World) -> None:
    world.tell(*card(on(8), "ivanov", needs=4, offer=10))
    wrong = world.tell(*card(on(9), "ivanov", needs=0, offer=0))
    before = world.ask()
    assert row(before, "seller:ivanov").mean == Fraction(18, 6)
    then = dt.datetime(2024, 4, 9, 16, tzinfo=MOSCOW)
    world.tell(on(10), void(wrong, "card_filled"))
    assert row(world.ask(), "seller:ivanov").mean == 6
    assert world.ask(then).rows == before.rows


def test_the_events_of_a_trace_recompute_the_figure(world: World) -> None:
    for day, needs in ((8, 4), (9, 6), (10, 9)):
        world.tell(*card(on(day), "ivanov", needs=needs, offer=8))
    gone = world.tell(*card(on(11), "ivanov", needs=0, offer=0))
    world.tell(on(12), void(gone, "card_filled"))
    found = world.ask()
    for key in ("seller:ivanov", "department"):
        count = world.desk.why(found, key, "cards")
        events = list(world.log.find(count.trace))
        assert recount(events, count, ground()) == row(found, key).cards == 3
        why = world.desk.why(found, key, "mean")
        bodies = standing(list(world.log.find(why.trace)), why.trace)
        scores = [body.scores for body in bodies if isinstance(body, CardFilled)]
        above = sum(2 * each["needs"] + each["offer"] for each in scores)
        assert why.value == Fraction(above, 3 * len(scores))


def test_the_draw_of_a_week_stands_whatever_is_logged_in_it(world: World) -> None:
    made = [
        world.tell(on(day), CallMade(seller="ivanov", seconds=200)) for day in (8, 9, 10, 11, 12)
    ]
    drawn = world.calls()
    assert len(drawn) == 2
    assert set(drawn) <= set(made)
    world.tell(*card(on(16), "ivanov", call=drawn[0], needs=5, offer=5))
    for _ in range(20):
        world.tell(on(12), CallMade(seller="ivanov", seconds=900), recorded=on(17))
    assert world.calls() == drawn
    (first, second) = world.desk.draw(FRIDAY).sellers["ivanov"]
    assert (len(first.cards), len(second.cards)) == (1, 0)
    assert world.desk.draw(FRIDAY).next("ivanov") == second


def test_a_call_rated_before_or_taken_back_is_not_drawn(world: World) -> None:
    made = [world.tell(on(day), CallMade(seller="ivanov", seconds=200)) for day in (8, 9, 10, 11)]
    world.tell(*card(on(12), "ivanov", call=made[0], needs=5, offer=5))
    drawn = world.calls()
    assert made[0] not in drawn
    world.tell(on(16), void(drawn[0], "call_made"))
    assert drawn[0] not in world.calls()
    assert drawn[1] in world.calls()


def test_a_call_moved_to_another_week_is_drawn_there(world: World) -> None:
    call = world.tell(on(8), CallMade(seller="ivanov", seconds=200))
    assert world.calls() == [call]
    moved: dict[str, str | int | bool | None] = {"occurred_at": "2024-04-02T12:00:00+03:00"}
    world.tell(
        on(9),
        EventCorrected(
            target=call, target_kind="call_made", fields=moved, reason="typo", seller="ivanov"
        ),
    )
    assert world.calls() == []
    assert world.calls(on(9)) == [call]
