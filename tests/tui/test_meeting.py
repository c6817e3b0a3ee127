"""The clock of a stand-up is what its events say, whoever folds them and whenever."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from cockpit.tui.agenda import DEFAULT, Item, find, neighbour, total
from cockpit.tui.conductor import HANG_UP, Conductor
from cockpit.tui.meeting import Meeting, Step, fold
from events.envelope import Draft, Event
from events.vocabulary import (
    ItemEnded,
    ItemStarted,
    StandupClosed,
    StandupPaused,
    StandupResumed,
    StandupStarted,
    name_of,
)

NINE = dt.datetime(2026, 4, 15, 9, 0, tzinfo=dt.UTC)
AGENDA = (
    Item(id="one", seconds=60, section="plan_fact"),
    Item(id="two", seconds=30, section="activity"),
)


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = NINE

    def __call__(self) -> dt.datetime:
        return self.time

    def pass_by(self, seconds: float) -> None:
        self.time += dt.timedelta(seconds=seconds)


def logged(drafts: list[Draft]) -> list[Event]:
    """What the log would make of drafts."""
    return [
        Event(
            seq=seq, id=draft.id, kind=name_of(type(draft.body)), version=1,
            occurred_at=draft.occurred_at.isoformat(), recorded_at="2026-04-15T09:00:00.000000Z",
            actor=draft.actor, source=draft.source, external_id=None, seller=None, client=None,
            deal=None, body=draft.body, digest="", link="",
        )
        for seq, draft in enumerate(drafts, 1)
    ]  # fmt: skip


def running(conductor: Conductor) -> Meeting:
    """The meeting of a conductor that has one."""
    assert conductor.meeting is not None
    return conductor.meeting


def test_a_pause_costs_no_talk_time() -> None:
    steps: list[tuple[Step, dt.datetime]] = [
        (StandupStarted(standup="a"), NINE),
        (ItemStarted(standup="a", item="one", seconds=60), NINE),
        (StandupPaused(standup="a"), NINE + dt.timedelta(seconds=20)),
        (StandupResumed(standup="a"), NINE + dt.timedelta(seconds=500)),
    ]
    meeting = fold(steps)
    assert meeting is not None
    assert meeting.on("one", NINE + dt.timedelta(seconds=510)).total_seconds() == 30
    assert meeting.whole(NINE + dt.timedelta(seconds=510)).total_seconds() == 30


def test_coming_back_to_an_item_goes_on_with_its_time() -> None:
    clock = Clock()
    conductor = Conductor(AGENDA, "head", clock)
    conductor.open(["ivanov"])
    clock.pass_by(20)
    conductor.step(1)
    clock.pass_by(5)
    back = conductor.step(-1)
    clock.pass_by(7)
    assert running(conductor).on("one", clock()).total_seconds() == 27
    assert running(conductor).on("two", clock()).total_seconds() == 5
    assert [draft.body for draft in back] == [
        ItemEnded(standup=running(conductor).standup, item="two", seconds=5),
        ItemStarted(standup=running(conductor).standup, item="one", seconds=60),
    ]
    ended = conductor.step(1)[0].body
    assert isinstance(ended, ItemEnded)
    assert ended.seconds == 7


def test_closing_ends_the_item_and_says_how_long_it_all_took() -> None:
    clock = Clock()
    conductor = Conductor(AGENDA, "head", clock)
    conductor.open(["ivanov"])
    clock.pass_by(61)
    conductor.step(1)
    clock.pass_by(9)
    drafts = conductor.close()
    assert isinstance(drafts[0].body, ItemEnded)
    closed = drafts[1].body
    assert isinstance(closed, StandupClosed)
    assert closed.seconds == 70
    assert not conductor.on
    assert conductor.close() == []


def test_nothing_happens_past_either_end_of_the_agenda() -> None:
    conductor = Conductor(AGENDA, "head", Clock())
    conductor.open(["ivanov"])
    assert conductor.step(-1) == []
    assert conductor.go(7) == []
    assert conductor.go(0) == []
    conductor.step(1)
    assert conductor.step(1) == []


def test_another_terminal_stands_at_the_same_item_and_second() -> None:
    clock = Clock()
    first = Conductor(AGENDA, "head", clock)
    drafts = first.open(["ivanov"])
    clock.pass_by(12.5)
    drafts += first.step(1)
    clock.pass_by(3.25)
    second = Conductor(AGENDA, "head", clock)
    second.adopt(logged(drafts))
    assert second.open(["ivanov"]) == []
    assert running(second) == running(first)
    assert running(second).on("two", clock()) == dt.timedelta(seconds=3.25)


def test_the_loss_of_the_terminal_stops_the_clock_until_somebody_comes_back() -> None:
    clock = Clock()
    first = Conductor(AGENDA, "head", clock)
    drafts = first.open(["ivanov"])
    clock.pass_by(25)
    drafts += first.hang_up()
    clock.pass_by(3600)
    second = Conductor(AGENDA, "head", clock)
    second.adopt(logged(drafts))
    resumed = second.open(["ivanov"])
    assert [type(draft.body) for draft in resumed] == [StandupResumed]
    clock.pass_by(5)
    assert running(second).item == "one"
    assert running(second).on("one", clock()).total_seconds() == 30


def test_a_pause_somebody_asked_for_lasts_over_the_loss_of_the_terminal() -> None:
    clock = Clock()
    first = Conductor(AGENDA, "head", clock)
    drafts = first.open(["ivanov"])
    drafts += first.pause()
    assert first.hang_up() == []
    assert drafts[-1].source != HANG_UP
    second = Conductor(AGENDA, "head", clock)
    second.adopt(logged(drafts))
    assert second.open(["ivanov"]) == []
    assert not running(second).running


def test_after_a_closed_stand_up_the_next_one_is_new() -> None:
    conductor = Conductor(AGENDA, "head", Clock())
    drafts = conductor.open(["ivanov"])
    drafts += conductor.close()
    later = Conductor(AGENDA, "head", Clock())
    later.adopt(logged(drafts))
    begun = later.open(["ivanov", "petrova"])
    started = begun[0].body
    assert isinstance(started, StandupStarted)
    assert started.present == ("ivanov", "petrova")
    assert started.standup != running(conductor).standup


def test_a_step_that_the_log_has_not_taken_yet_counts_already() -> None:
    clock = Clock()
    conductor = Conductor(AGENDA, "head", clock)
    begun = conductor.open(["ivanov"])
    conductor.step(1)
    conductor.adopt(logged(begun))
    assert running(conductor).item == "two"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["step", "back", "pause", "go"]),
            st.floats(min_value=0, max_value=1000, allow_nan=False),
        ),
        max_size=30,
    )
)
def test_the_items_always_add_up_to_the_whole(deeds: list[tuple[str, float]]) -> None:
    clock = Clock()
    conductor = Conductor(AGENDA, "head", clock)
    conductor.open(["ivanov"])
    talked, running_now = dt.timedelta(), True
    for deed, seconds in deeds:
        before = clock()
        clock.pass_by(seconds)
        talked += (clock() - before) if running_now else dt.timedelta()
        if deed == "pause":
            conductor.pause()
            running_now = not running_now
        else:
            conductor.step({"step": 1, "back": -1, "go": 0}[deed])
    meeting = running(conductor)
    parts = sum((meeting.on(item.id, clock()) for item in AGENDA), dt.timedelta())
    assert parts == meeting.whole(clock()) == talked


def test_the_agenda_is_fifteen_minutes_and_knows_its_neighbours() -> None:
    assert total(DEFAULT) == 900
    assert neighbour(AGENDA, "one", 1) == AGENDA[1]
    assert neighbour(AGENDA, "one", -1) is None
    assert neighbour(AGENDA, "gone", 1) == AGENDA[0]
    assert find(AGENDA, "gone") is None
