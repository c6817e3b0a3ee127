"""The demo department on the disk: a sound log, always the same, that the reports agree with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import get_args

import pytest

from cockpit.__main__ import run
from cockpit.cli.reports import NAMES
from cockpit.demo import Spec, build, generate
from cockpit.words import LANGUAGES
from events.envelope import Head
from events.errors import Unwritable
from events.sqlite import SqliteLog
from events.sqlite.verify import verify
from events.vocabulary import MonthClosed, PaymentReceived
from events.vocabulary.plans import Measure
from projections.desk import Desk
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.activity import Activity
from projections.reports.conversions import Conversions
from projections.reports.plan_fact import PlanFact

TODAY = dt.date(2026, 4, 15)
SPEC = Spec(today=TODAY, months=1)
SIGNS = frozenset("▲▼│")
"""What is to be seen; a voice does not say it."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build(path, SPEC)
    return path


def head_of(path: Path) -> Head:
    with SqliteLog.open(path, writable=False) as log:
        return log.head()


def test_two_builds_have_the_same_bodies_ids_and_head(demo: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    build(again, SPEC)
    assert head_of(again) == head_of(demo)
    with SqliteLog.open(demo) as one, SqliteLog.open(again) as two:
        assert list(one.read()) == list(two.read())


def test_the_log_is_sound(demo: Path) -> None:
    verdict = verify(demo)
    assert verdict.sound, verdict.flaws
    assert verdict.unknown == 0


def test_the_log_holds_what_was_told_at_the_moments_it_was_told(demo: Path) -> None:
    told = [record for batch in generate(SPEC) for record in batch]
    with SqliteLog.open(demo) as log:
        events = list(log.read())
    assert [event.id for event in events] == [record.draft.id for record in told]
    assert [event.recorded for event in events] == [record.at for record in told]
    assert [event.occurred for event in events] == [record.draft.occurred_at for record in told]


def test_progress_is_heard_to_the_end(tmp_path: Path) -> None:
    heard: list[tuple[int, int | None]] = []
    spec = Spec(today=TODAY, sellers=2, months=1, events=9_000)
    assert build(tmp_path / "demo.db", spec, lambda done, of: heard.append((done, of))) == 9_000
    assert heard[-1] == (9_000, 9_000)
    assert len(heard) > 1


def test_names_can_be_read(demo: Path) -> None:
    with SqliteLog.open(demo) as log:
        assert log.names("seller")["hart"] == "Olivia Hart"
        assert len(log.names("client")) > 50


def test_the_board_shows_what_the_story_meant(demo: Path) -> None:
    with SqliteLog.open(demo) as log, Desk(log, None) as desk:
        board = desk.ask("plan-fact", Question(period=month_of(TODAY), dials=Dials(as_of=TODAY)))
    assert isinstance(board, PlanFact)
    rows = {row.seller: row for row in board.rows if row.scope == "seller"}
    assert rows["dunmore"].fact == 0
    assert rows["dunmore"].deviation == -(rows["dunmore"].line or 0) < 0
    assert rows["dunmore"].deviation_percent == -100
    assert (rows["hart"].deviation or 0) > 0
    assert sum((row.deviation or 0) > 0 for row in rows.values()) >= 2
    assert sum((row.deviation or 0) < 0 for row in rows.values()) >= 2
    assert rows["pike"].plan is None
    assert rows["pike"].fact > 0
    assert any(row.scope == "unassigned" and row.fact > 0 for row in board.rows)
    assert board.check.difference == 0
    assert board.total.fact == sum(row.fact for row in board.rows)
    assert rows["lindqvist"].absences


def test_each_month_that_is_over_is_closed_as_the_log_stood_then(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    build(path, Spec(today=TODAY, sellers=4, months=3))
    with SqliteLog.open(path) as log, Desk(log, None) as desk:
        closed = {e.seq: e.body for e in log.read() if isinstance(e.body, MonthClosed)}
        links = {e.seq: e.link for e in log.read()}
        assert [body.month for body in closed.values()] == ["2026-01", "2026-02", "2026-03"]
        for seq, body in closed.items():
            assert (body.position, body.link) == (seq - 1, links[seq - 1])
            period = month_of(dt.date.fromisoformat(f"{body.month}-01"))
            then = Dials(as_of=period.last, mode="evening", position=body.position)
            for measure in get_args(Measure):
                asked = Question(period=period, dials=then, measure=measure)
                report = desk.ask("plan-fact", asked)
                assert isinstance(report, PlanFact)
                assert body.totals[measure] == report.total.fact
                assert body.totals.get(f"plan:{measure}") == report.total.plan


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_of_the_newest_closed_month_turned_up_after_its_close(
    language: str, tmp_path: Path
) -> None:
    path = tmp_path / "demo.db"
    build(path, Spec(today=TODAY, months=1, language=language))
    march = month_of(dt.date(2026, 3, 1))
    dials = Dials(as_of=march.last, mode="evening")
    with SqliteLog.open(path) as log, Desk(log, None) as desk:
        closing = desk.closings()["2026-03"]
        report = desk.ask("plan-fact", Question(period=march, dials=dials))
        assert isinstance(report, PlanFact)
        late = [
            event.body.amount
            for event in log.read(after=closing.seq)
            if isinstance(event.body, PaymentReceived)
            and march.first <= event.occurred.date() <= march.last
        ]
    assert len(late) == 1
    assert report.total.after_close == sum(late) > 0
    assert report.total.fact == closing.totals["revenue"] + sum(late)


def test_the_other_boards_have_something_to_say(demo: Path) -> None:
    question = Question(period=month_of(TODAY), dials=Dials(as_of=TODAY))
    with SqliteLog.open(demo) as log, Desk(log, None) as desk:
        activity = desk.ask("activity", question)
        conversions = desk.ask("conversions", question)
    assert isinstance(activity, Activity)
    assert isinstance(conversions, Conversions)
    norms = {row.norm_source for row in activity.rows}
    assert "hand" in norms
    assert len(norms) > 1
    assert any(0 < (row.share or 0) < 1 for row in conversions.totals)


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "plain"])
def test_every_report_is_printed_in_every_form(
    demo: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in NAMES:
        line = ["report", name, "--file", str(demo), "--as-of", TODAY.isoformat()]
        assert run([*line, *([] if form == "table" else [f"--{form}"])]) == 0, name
        printed = capsys.readouterr()
        assert printed.err == "", name
        if form == "plain":
            assert not SIGNS & set(printed.out), name


def test_the_desk_check_asks_what_becomes_of_a_norm_held_twice(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "desk-check", "--file", str(demo), "--as-of", TODAY.isoformat()]) == 0
    assert "held for 2 weeks" in capsys.readouterr().out


@pytest.mark.parametrize(
    "day", ["2026-01-01", "2026-05-01", "2028-02-29", "2026-11-22", "2026-04-01", "2026-03-31"]
)
def test_any_day_will_do(day: str, tmp_path: Path) -> None:
    today = dt.date.fromisoformat(day)
    path = tmp_path / "demo.db"
    build(path, Spec(today=today, months=1, sellers=8))
    assert verify(path).sound
    question = Question(period=month_of(today), dials=Dials(as_of=today))
    with SqliteLog.open(path) as log, Desk(log, None) as desk:
        board = desk.ask("plan-fact", question)
    assert isinstance(board, PlanFact)
    assert board.check.difference == 0
    assert board.total.plan
    assert sum(row.plan is not None for row in board.rows if row.scope == "seller") >= 7


def test_a_demo_that_was_interrupted_is_not_there_at_all(tmp_path: Path) -> None:
    def interrupt(done: int, of: int | None) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "demo.db"
    with pytest.raises(KeyboardInterrupt):
        build(path, SPEC, interrupt)
    assert not list(tmp_path.iterdir())


def test_a_log_that_is_there_is_never_written_over(demo: Path) -> None:
    before = demo.read_bytes()
    with pytest.raises(Unwritable, match="exists already"):
        build(demo, SPEC)
    assert demo.read_bytes() == before


def test_the_first_morning_of_a_month_has_money_on_the_board(tmp_path: Path) -> None:
    first = dt.date(2026, 4, 1)
    path = tmp_path / "demo.db"
    build(path, Spec(today=first, months=1))
    question = Question(period=month_of(first), dials=Dials(as_of=first))
    with SqliteLog.open(path) as log, Desk(log, None) as desk:
        board = desk.ask("plan-fact", question)
    assert isinstance(board, PlanFact)
    assert {row.days_done for row in board.rows} == {0}
    assert sum(row.fact > 0 for row in board.rows) >= 3
