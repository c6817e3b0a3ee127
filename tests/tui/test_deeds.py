"""What was written on the screen can be taken back and brought back, whoever does it."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from cockpit.tui.deeds import SOURCE, Deeds
from events.envelope import Draft, Event
from events.vocabulary import (
    CaseDiscussed,
    EventVoided,
    StandupPaused,
    name_of,
)
from events.vocabulary.fact import Fact

NINE = dt.datetime(2026, 4, 15, 9, 0, tzinfo=dt.UTC)


def case(words: str) -> Draft:
    """A hard case as the form writes it."""
    return Draft(body=CaseDiscussed(words=words, seller="ivanov"), occurred_at=NINE, actor="head")


def deeds() -> Deeds:
    """The deeds of one terminal."""
    return Deeds("head", lambda: NINE)


def logged(drafts: list[Draft]) -> list[Event]:
    """What the log would make of drafts."""
    return [
        Event(
            seq=seq, id=draft.id, kind=name_of(type(draft.body)), version=1,
            occurred_at=draft.occurred_at.isoformat(), recorded_at="2026-04-15T09:00:00.000000Z",
            actor=draft.actor, source=draft.source, external_id=draft.external_id, seller=None,
            client=None, deal=None, body=draft.body, digest="", link="",
        )
        for seq, draft in enumerate(drafts, 1)
    ]  # fmt: skip


def standing(drafts: list[Draft]) -> list[str]:
    """The cases that are not withdrawn."""
    gone: set[str] = set()
    for draft in reversed(drafts):
        if isinstance(draft.body, EventVoided) and draft.id not in gone:
            gone.add(draft.body.target)
    return [d.body.words for d in drafts
            if isinstance(d.body, CaseDiscussed) and d.id not in gone]  # fmt: skip


def bodies(facts: tuple[Fact, ...]) -> list[str]:
    """The words of cases."""
    return [fact.words for fact in facts if isinstance(fact, CaseDiscussed)]


def test_what_was_written_together_is_taken_back_together_the_last_first() -> None:
    mine = deeds()
    drafts = mine.stamp([case("one"), case("two")])
    drafts += mine.stamp([case("three")])
    first = mine.undo()
    assert first is not None
    assert bodies(first.bodies) == ["three"]
    second = mine.undo()
    assert second is not None
    assert bodies(second.bodies) == ["one", "two"]
    void = second.drafts[0].body
    assert isinstance(void, EventVoided)
    assert (void.target, void.target_kind, void.seller) == (
        drafts[1].id, "case_discussed", "ivanov",
    )  # fmt: skip
    assert mine.undo() is None


def test_bringing_back_is_a_void_of_the_voids_and_ends_with_the_next_deed() -> None:
    mine = deeds()
    drafts = mine.stamp([case("one")])
    undone = mine.undo()
    assert undone is not None
    redone = mine.redo()
    assert redone is not None
    assert bodies(redone.bodies) == ["one"]
    assert standing([*drafts, *undone.drafts]) == []
    assert standing([*drafts, *undone.drafts, *redone.drafts]) == ["one"]
    assert mine.redo() is None
    again = mine.undo()
    assert again is not None
    mine.stamp([case("two")])
    assert mine.redo() is None


def test_steps_of_the_clock_are_no_deeds() -> None:
    mine = deeds()
    step = Draft(body=StandupPaused(standup="a"), occurred_at=NINE, actor="head")
    assert mine.stamp([step]) == [step]
    assert mine.undo() is None


def test_what_others_logged_is_not_taken_back() -> None:
    mine = deeds()
    mine.adopt(logged([case("by hand")]))
    assert mine.undo() is None


def test_what_the_log_refused_for_good_is_forgotten() -> None:
    mine = deeds()
    mine.drop(mine.stamp([case("one")]))
    assert mine.undo() is None


@given(st.lists(st.sampled_from(["write", "undo", "redo", "other terminal"]), max_size=25))
def test_undo_and_redo_do_what_a_list_with_a_cursor_does(moves: list[str]) -> None:
    mine, log = deeds(), list[Draft]()
    done: list[str] = []
    undone: list[str] = []
    for number, move in enumerate(moves):
        match move:
            case "write":
                log += mine.stamp([case(str(number))])
                done.append(str(number))
                undone.clear()
            case "undo":
                turned = mine.undo()
                assert (turned is None) == (not done)
                if turned is not None:
                    log += turned.drafts
                    undone.append(done.pop())
            case "redo":
                turned = mine.redo()
                assert (turned is None) == (not undone)
                if turned is not None:
                    log += turned.drafts
                    done.append(undone.pop())
            case _:
                mine = deeds()
                mine.adopt(logged(log))
        assert standing(log) == done
    assert all(draft.source == SOURCE for draft in log)
    ids = [draft.external_id for draft in log]
    assert len(set(ids)) == len(ids)
