"""Rhythm and minutes of stand-ups: what the log says of them, as it stood when they were held."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from cockpit.render.meeting import rhythm_line
from events.sqlite import SqliteLog
from events.vocabulary import (
    CalendarSet,
    CaseDiscussed,
    CorrectionAgreed,
    CorrectionReviewed,
    EventVoided,
    ItemEnded,
    ItemStarted,
    MicroTrainingHeld,
    StandupClosed,
    StandupPaused,
    StandupResumed,
    StandupStarted,
)
from projections.reports.corrections import Corrections
from projections.reports.lagging import Lagging
from projections.reports.minutes import Minutes
from projections.reports.plan_fact import PlanFact
from projections.reports.rhythm import Rhythm
from tests.cockpit.room import Room, printed
from tests.tui.world import TODAY, at, payment

DAYS = [dt.date(2024, 4, day) for day in (8, 9, 11, 12)]
"""Ten working days had passed by the 15th; on these four people met."""


def _five_calls(correction: str) -> CorrectionAgreed:
    """One more call a day, agreed with who lags most."""
    return CorrectionAgreed(
        correction=correction, seller="ivanov", metric="call_made", before="5", target="8",
        until=dt.date(2024, 4, 16), action="call first thing",
    )  # fmt: skip


def rhythm(room: Room) -> Rhythm:
    """The rhythm of April."""
    report = room.report("rhythm")
    assert isinstance(report, Rhythm)
    return report


def minutes_of(room: Room, day: dt.date = TODAY) -> Minutes:
    """The minutes of a day."""
    report = room.report("minutes", day)
    assert isinstance(report, Minutes)
    return report


def test_the_rhythm_counts_working_days_and_names_those_missed(room: Room) -> None:
    for place, day in enumerate(DAYS):
        room.meet(f"s{place}", at(day, 9), 100, 300 + 60 * place)
    total = rhythm(room).total
    assert (total.held, total.days, total.streak) == (4, 10, 2)
    assert total.missed == tuple(dt.date(2024, 4, day) for day in (1, 2, 3, 4, 5, 10))
    assert total.seconds == 490
    assert total.item == "corrections"
    assert total.longest == 390
    assert total.present == 2
    assert total.uncorrected == 4


def test_todays_stand_up_counts_once_it_is_closed(room: Room) -> None:
    room.write(StandupStarted(standup="now"), ItemStarted(standup="now", item="plan_fact",
               seconds=90), when=at(TODAY, 9))  # fmt: skip
    assert (rhythm(room).total.held, rhythm(room).total.days) == (0, 10)
    room.after(60, StandupClosed(standup="now", seconds=60))
    assert (rhythm(room).total.held, rhythm(room).total.days) == (1, 11)


def test_a_day_off_is_not_missed_and_a_voided_stand_up_was_not_held(room: Room) -> None:
    room.meet("gone", at(DAYS[0], 9), 100, 100)
    with SqliteLog.open(room.path, writable=False) as log:
        begun = next(e.id for e in log.read() if isinstance(e.body, StandupStarted))
    room.write(
        CalendarSet(year=2024, source="hand", days_off=(dt.date(2024, 4, 1),)),
        EventVoided(target=begun, target_kind="standup_started", reason="a trial"),
    )
    total = rhythm(room).total
    assert (total.held, total.days) == (0, 9)
    assert dt.date(2024, 4, 1) not in total.missed


def test_the_rhythm_fits_in_a_line(room: Room) -> None:
    assert rhythm_line(rhythm(room)).startswith("held on 0 of 10 working days · missed")
    for place, day in enumerate(DAYS):
        room.meet(f"s{place}", at(day, 9), 100, 300)
    assert rhythm_line(rhythm(room)) == (
        "held on 4 of 10 working days · 2 in a row · mean 6:40 · longest: Corrections, 5:00 · "
        "2.0 present on average · missed 04-01, 04-02, 04-03, 04-04, 04-05 and 1 more"
    )


def test_who_lags_without_a_correction_of_the_day_is_listed_the_most_first(room: Room) -> None:
    report = room.report("lagging")
    assert isinstance(report, Lagging)
    assert report.sellers == report.uncorrected == ("ivanov", "sidorov")
    agreed = CorrectionAgreed(
        correction="c1", seller="ivanov", metric="call_made", before="5", target="8",
        until=TODAY, action="call first thing",
    )  # fmt: skip
    (correction,) = room.write(agreed, when=at(TODAY, 9))
    report = room.report("lagging")
    assert isinstance(report, Lagging)
    assert report.uncorrected == ("sidorov",)
    room.write(
        EventVoided(
            target=correction, target_kind="correction_agreed", reason="no", seller="ivanov"
        )
    )
    report = room.report("lagging")
    assert isinstance(report, Lagging)
    assert report.uncorrected == ("ivanov", "sidorov")


def test_who_has_as_many_corrections_as_one_may_have_is_not_asked_for_another(room: Room) -> None:
    for number in range(3):
        room.write(_five_calls(f"c{number}"), when=at(DAYS[-1], 9))
    report = room.report("lagging")
    assert isinstance(report, Lagging)
    assert report.sellers == ("ivanov", "sidorov")
    assert report.uncorrected == ("sidorov",)
    done = CorrectionReviewed(correction="c0", seller="ivanov", verdict="done")
    room.write(done, when=at(TODAY, 9))
    report = room.report("lagging")
    assert isinstance(report, Lagging)
    assert report.uncorrected == ("ivanov", "sidorov")


def test_a_correction_moved_today_is_agreed_anew(room: Room) -> None:
    room.write(_five_calls("c"), when=at(DAYS[-1], 9))
    moved = CorrectionReviewed(
        correction="c", seller="ivanov", verdict="moved", until=dt.date(2024, 4, 17)
    )
    room.write(moved, when=at(TODAY, 9))
    report = room.report("lagging")
    assert isinstance(report, Lagging)
    assert report.uncorrected == ("sidorov",)


def test_who_is_away_today_cannot_be_spoken_to_and_lags_not(room: Room) -> None:
    day = dt.date(2024, 4, 22)
    report = room.report("lagging", day)
    assert isinstance(report, Lagging)
    assert "sidorov" not in report.sellers
    assert "ivanov" in report.sellers
    board = room.report("corrections", day)
    assert isinstance(board, Corrections)
    lacking = {each.seller for each in board.sellers if each.uncorrected}
    assert lacking == set(report.uncorrected)


def test_without_a_plan_the_norm_tells_who_lags(room: Room) -> None:
    report = room.report("lagging", dt.date(2024, 5, 6))
    assert isinstance(report, Lagging)
    assert {(row.seller, row.red, row.deviation) for row in report.rows} == {
        (seller, "call_made", None) for seller in ("ivanov", "petrova", "sidorov")
    }


def test_minutes_tell_times_turns_and_what_was_agreed(room: Room) -> None:
    name = "s"
    earlier = CorrectionAgreed(
        correction="old", seller="petrova", metric="meeting_held", before="1", target="2",
        until=TODAY, action="ask for the meeting",
    )  # fmt: skip
    room.write(earlier, when=at(DAYS[-1], 9))
    room.write(
        StandupStarted(standup=name, present=("ivanov", "petrova", "sidorov")),
        ItemStarted(standup=name, item="plan_fact", seconds=90),
        when=at(TODAY, 9),
    )
    room.after(70, StandupPaused(standup=name))
    room.after(600, StandupResumed(standup=name))
    room.after(30, ItemEnded(standup=name, item="plan_fact", seconds=100),
               ItemStarted(standup=name, item="corrections", seconds=390),
               CorrectionReviewed(correction="old", seller="petrova", verdict="done",
                                  note="three meetings"))  # fmt: skip
    room.after(
        10,
        ItemEnded(standup=name, item="corrections", seconds=10),
        ItemStarted(standup=name, item="corrections", seconds=60, seller="ivanov"),
    )
    room.after(
        40,
        CorrectionAgreed(
            correction="new", seller="ivanov", metric="call_made>meeting_held", before="20 %",
            target="30 %", until=dt.date(2024, 4, 19), action="call | before ten", topic="opening",
            standup=name,
        ),
        MicroTrainingHeld(topic="opening", seconds=125, sellers=("ivanov",), standup=name),
    )  # fmt: skip
    _, withdrawn = room.after(
        5,
        CaseDiscussed(words="asks for ninety days", seller="sidorov", client="sidorov-client-3"),
        CaseDiscussed(words="never happened"),
    )
    room.after(0, EventVoided(target=withdrawn, target_kind="case_discussed", reason="no"))
    room.after(5, ItemEnded(standup=name, item="corrections", seconds=50, seller="ivanov"),
               StandupClosed(standup=name, seconds=160, uncorrected=("sidorov",)))  # fmt: skip
    report = minutes_of(room)
    assert (report.talked, report.box) == (160, 480)
    assert [(row.item, row.seller, row.seconds, row.box) for row in report.rows] == [
        ("plan_fact", None, 100, 90),
        ("corrections", None, 60, 390),
        ("corrections", "ivanov", 50, 60),
    ]
    assert [row.verdict for row in report.answered] == ["done"]
    assert [row.key for row in report.agreed] == ["new"]
    assert len(report.cases) == len(report.trained) == 1
    assert report.uncorrected == ("sidorov",)


def test_minutes_have_the_figures_as_they_were_known_when_they_were_talked_about(
    room: Room,
) -> None:
    room.meet("s", at(TODAY, 9), 120, 60)
    room.write(payment("petrova", 500_000, at(dt.date(2024, 4, 12), 9)).body, when=at(TODAY, 11))
    report = minutes_of(room)
    board = report.boards["plan-fact"]
    assert isinstance(board, PlanFact)
    assert board.total.fact == 3_075_000 * 100
    assert board.question.dials.position == report.floor["plan_fact"]
    assert set(report.boards) == {"plan-fact"}


def test_minutes_are_printed_for_the_chat_and_for_programs(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    room.write(
        CorrectionAgreed(
            correction="c", seller="ivanov", metric="call_made", before="5", target="8",
            until=dt.date(2024, 4, 19), action="call *first* thing", standup="s",
        ),
        when=at(TODAY, 8, 55),
    )  # fmt: skip
    room.meet("s", at(TODAY, 9), 100, 300)
    code, out, err = printed("minutes", capsys)
    assert (code, err) == (0, "")
    for text in (
        "**Stand-up · Север · Mon 2024-04-15**",
        "- 09:00–09:06 · 6:40 of 8:00, 1:20 to spare",
        "- 2 present: Иванов Илья, Anna Petrova",
        "| Plan–fact | 1:30 | 1:40 | ▲ +0:10 |",
        "| Corrections | 6:30 | 5:00 | −1:30 |",
        "**Plan–fact, 09:00**",
        "- Иванов Илья: calls 5 → 8 until 2024-04-19 · call \\*first\\* thing",
        "**Lag and left without a correction**: Sergey Sidorov",
    ):
        assert text in out
    assert printed("minutes 15.04.2024 --markdown", capsys)[1] == out
    code, out, _ = printed("minutes last --json", capsys)
    data = json.loads(out)
    assert data["items"][0]["seconds"] == 100
    assert data["plan_fact"]["total"]["fact"] == 307_500_000
    assert list(data["words"].values()) == [{"action": "call *first* thing"}]


def test_a_day_without_a_stand_up_has_no_minutes(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = printed("minutes last", capsys)
    assert (code, out) == (2, "")
    assert err == "cockpit: no stand-up was held yet: type cockpit standup\n"
    room.meet("s", at(DAYS[0], 9), 100, 300)
    code, out, err = printed("minutes 2024-04-09", capsys)
    assert (code, out) == (2, "")
    assert "no stand-up was held on 2024-04-09: type cockpit minutes last" in err


def test_words_of_several_lines_stay_in_their_line_of_the_list(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "first\n| second |\n- third"
    room.write(CaseDiscussed(words=words, standup="x"), when=at(TODAY, 8, 55))
    room.meet("x", at(TODAY, 9), 60, 60)
    _, out, _ = printed("minutes", capsys)
    assert "first \\| second \\| - third" in out
