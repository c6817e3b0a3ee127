"""The clock of a stand-up is what its events say, whoever folds them and whenever."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from cockpit.config import Turns
from cockpit.tui import side
from cockpit.tui.agenda import DEFAULT, Item, find, neighbour, total
from cockpit.tui.conductor import HANG_UP, Conductor
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
from projections.meeting import STEPS, Meeting, Place, Step, fold, meetings
from projections.reports.lagging import rotated

NINE = dt.datetime(2026, 4, 15, 9, 0, tzinfo=dt.UTC)
AGENDA = (
    Item(id="one", seconds=60, section="plan_fact"),
    Item(id="two", seconds=30, section="activity"),
)


SELLERS = (
    Item(id="one", seconds=60, section="plan_fact"),
    Item(id="talks", seconds=120, section="activity", turns=True),
    Item(id="two", seconds=30, section="close"),
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


def in_talks(head: int = 15) -> tuple[Conductor, Clock]:
    """A conductor in the item that goes seller by seller, with two sellers to speak."""
    clock = Clock()
    conductor = Conductor(SELLERS, "head", clock, Turns(seller=75, head=head))
    conductor.order = ("ivanov", "petrova")
    conductor.open(["ivanov", "petrova", "sidorov"])
    conductor.step(1)
    return conductor, clock


def places(conductor: Conductor, steps: list[int]) -> list[tuple[str | None, str | None]]:
    """Who has the floor after each step."""
    seen = []
    for step in steps:
        conductor.step(step)
        seen.append((running(conductor).item, running(conductor).seller))
    return seen


def test_sellers_have_their_turns_and_the_head_speaks_between_them() -> None:
    conductor, _ = in_talks()
    assert (running(conductor).item, running(conductor).seller) == ("talks", None)
    assert places(conductor, [1, 1, 1, 1, 1]) == [
        ("talks", "ivanov"), ("talks", None), ("talks", "petrova"), ("talks", None), ("two", None),
    ]  # fmt: skip


def test_without_a_slot_for_the_head_turn_follows_turn() -> None:
    conductor, _ = in_talks(head=0)
    assert places(conductor, [1, 1, 1]) == [("talks", "ivanov"), ("talks", "petrova"),
                                            ("two", None)]  # fmt: skip


def test_back_leads_through_the_turns_to_the_item_before() -> None:
    conductor, _ = in_talks()
    places(conductor, [1, 1, 1])
    assert places(conductor, [-1, -1]) == [("talks", "ivanov"), ("one", None)]


def test_a_turn_is_logged_with_its_seller_and_box_and_its_time_is_the_items_too() -> None:
    conductor, clock = in_talks()
    clock.pass_by(4)
    begun = conductor.step(1)
    name = running(conductor).standup
    assert [draft.body for draft in begun] == [
        ItemEnded(standup=name, item="talks", seconds=4),
        ItemStarted(standup=name, item="talks", seconds=75, seller="ivanov"),
    ]
    clock.pass_by(31)
    ended = conductor.step(1)[0].body
    assert ended == ItemEnded(standup=name, item="talks", seconds=31, seller="ivanov")
    clock.pass_by(2)
    meeting = running(conductor)
    assert meeting.on("talks", clock()).total_seconds() == 37
    assert meeting.turn(Place("talks", "ivanov"), clock()).total_seconds() == 31
    assert meeting.turn(Place("talks"), clock()).total_seconds() == 6


def test_an_order_changed_on_the_way_gives_nobody_a_second_turn() -> None:
    conductor, _ = in_talks()
    places(conductor, [1])
    conductor.order = ("petrova", "ivanov")
    assert places(conductor, [1, 1, 1, 1]) == [
        ("talks", None), ("talks", "petrova"), ("talks", None), ("two", None),
    ]  # fmt: skip


def test_the_order_that_rotates_begins_with_another_seller_every_day() -> None:
    sellers = ("c", "a", "b")
    firsts = [rotated(sellers, held)[0] for held in range(6)]
    assert firsts == ["a", "b", "c", "a", "b", "c"]
    assert sorted(rotated(sellers, 4)) == ["a", "b", "c"]
    assert rotated((), 3) == ()


def test_what_has_nothing_to_say_is_passed_over_and_gives_its_seconds_back() -> None:
    conductor = Conductor(SELLERS, "head", Clock())
    conductor.open(["ivanov"])
    conductor.quiet = frozenset({"talks"})
    assert places(conductor, [1, -1]) == [("two", None), ("one", None)]
    assert total(SELLERS, conductor.collapsed) == 90
    assert conductor.go(1)
    assert total(SELLERS, conductor.collapsed) == 210
    assert running(conductor).item == "talks"


def test_the_clock_shows_the_turn_and_the_ledger_what_others_overran() -> None:
    conductor, clock = in_talks()
    running(conductor)
    clock.pass_by(10)
    conductor.step(1)
    clock.pass_by(20)
    now = clock()
    listed = side.entries(conductor, {}, now)
    reading = side.reading(conductor, listed, now)
    assert (reading.item, reading.box, reading.whole, reading.total) == (20, 75, 30, 210)
    spoken = side.turns(conductor, {"ivanov": "Иванов"}, now)
    assert [(each.id, each.name, each.took) for each in spoken] == [
        ("", "head", 10), ("ivanov", "Иванов", 20), ("petrova", "petrova", None),
    ]  # fmt: skip
    conductor.step(1)
    clock.pass_by(3)
    between = side.reading(conductor, side.entries(conductor, {}, clock()), clock())
    assert (between.item, between.box) == (3, 15)
    conductor.go(0)
    clock.pass_by(100)
    conductor.go(2)
    clock.pass_by(5)
    over = side.reading(conductor, side.entries(conductor, {}, clock()), clock())
    assert over.over == 40
    assert (over.item, over.box) == (5, 30)


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["step", "back", "pause", "go", "jump", "other terminal", "turn round"]),
        st.floats(min_value=0, max_value=1000, allow_nan=False),
    ),
    max_size=30,
)


@given(DEEDS, st.sampled_from([AGENDA, SELLERS]), st.sampled_from([0, 15]))
def test_the_items_always_add_up_to_the_whole(
    deeds: list[tuple[str, float]], agenda: tuple[Item, ...], head: int
) -> None:
    clock = Clock()
    conductor = Conductor(agenda, "head", clock, Turns(head=head))
    conductor.order = ("ivanov", "petrova")
    drafts = conductor.open(["ivanov"])
    talked, running_now = dt.timedelta(), True
    for deed, seconds in deeds:
        before = clock()
        clock.pass_by(seconds)
        talked += (clock() - before) if running_now else dt.timedelta()
        match deed:
            case "pause":
                drafts += conductor.pause()
                running_now = not running_now
            case "jump":
                drafts += conductor.go(int(seconds) % len(agenda))
            case "other terminal":
                conductor = Conductor(agenda, "head", clock, Turns(head=head))
                conductor.order = ("ivanov", "petrova")
                conductor.adopt(logged(drafts))
            case "turn round":
                conductor.order = conductor.order[::-1] if conductor.order else None
            case _:
                drafts += conductor.step({"step": 1, "back": -1, "go": 0}[deed])
    meeting = running(conductor)
    parts = sum((meeting.on(item.id, clock()) for item in agenda), dt.timedelta())
    turns = sum((meeting.turn(place, clock()) for place in meeting.boxes), dt.timedelta())
    assert parts == turns == meeting.whole(clock()) == talked
    assert meetings([(d.body, d.occurred_at) for d in drafts if isinstance(d.body, STEPS)]) == {
        meeting.standup: meeting
    }


@given(DEEDS)
def test_the_seconds_written_down_are_those_that_were_talked(
    deeds: list[tuple[str, float]],
) -> None:
    clock = Clock()
    conductor = Conductor(SELLERS, "head", clock)
    conductor.order = ("ivanov", "petrova")
    drafts = conductor.open(["ivanov"])
    for deed, seconds in deeds:
        clock.pass_by(int(seconds))
        drafts += (
            conductor.pause() if deed == "pause" else conductor.step(1 if seconds < 500 else -1)
        )
    whole = int(running(conductor).whole(clock()).total_seconds())
    drafts += conductor.close()
    ended = [draft.body.seconds for draft in drafts if isinstance(draft.body, ItemEnded)]
    closed = drafts[-1].body
    assert isinstance(closed, StandupClosed)
    assert sum(ended) == whole == closed.seconds


def test_the_agenda_is_fifteen_minutes_and_knows_its_neighbours() -> None:
    assert total(DEFAULT) == 900
    assert neighbour(AGENDA, "one", 1) == AGENDA[1]
    assert neighbour(AGENDA, "one", -1) is None
    assert neighbour(AGENDA, "gone", 1) == AGENDA[0]
    assert find(AGENDA, "gone") is None
