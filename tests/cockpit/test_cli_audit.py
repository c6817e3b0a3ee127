"""The story of a month as a director reads it, and as a program does."""

from __future__ import annotations

import pytest

from tests.cockpit.shell import Shell


@pytest.fixture
def october(north: Shell) -> Shell:
    """A month with a lowered plan, a deal won, a late payment and a void."""
    north.ok("plan set ivanov 300k --month 2026-11 --reason start")
    north.ok("log deal Ромашка 120k --as ivanov")
    north.ok("log invoice 17 Вектор 100k --as ivanov")
    north.ok("log paid 17 60k --as ivanov --at '13.11 12:00' --reason 'bank statement'")
    north.ok("plan set ivanov 250k --month 2026-11 --reason 'two weeks ill'")
    north.ok("log call 3m20 out Вектор --as ivanov")
    north.ok(f'void {north.head()} "logged twice"')
    return north


def test_a_director_reads_why_the_plan_moved_what_came_late_and_what_was_withdrawn(
    october: Shell,
) -> None:
    said = october.ok("audit 2026-11").out.replace("\u00a0", " ")
    for text in (
        "ORDER BOOK", "open before the month", "dates moved", "open at the end",
        "plan Иванов Пётр 300,000 → 250,000", "two weeks ill", "logged twice",
        "payment 60,000", "recorded 4 days later by head", "BRIDGE", "head ",
    ):  # fmt: skip
        assert text in said, said


def test_its_order_book_adds_up_in_json(october: Shell) -> None:
    data = october.ok("audit 2026-11 --json").data
    rows = data["order_book"]
    assert isinstance(rows, list)
    *changes, closing = [row["amount"] for row in rows]
    assert sum(changes) == closing
    plans = data["changes"]
    assert isinstance(plans, list)
    assert [(change["before"], change["after"]) for change in plans] == [
        (None, 30_000_000), (30_000_000, 25_000_000),
    ]  # fmt: skip
    assert plans[-1]["actor"] == "head"
    for part in ("plan-fact", "course", "rhythm", "corrections", "bridge"):
        assert part in data


def test_markdown_has_a_table_for_every_chapter_and_the_head_to_keep(october: Shell) -> None:
    said = october.ok("audit 2026-11 --markdown").out
    assert said.startswith("# ")
    assert said.count("\n## ") == 9
    assert october.ok("head").out.strip() in said


def test_it_can_be_told_of_one_seller_and_as_it_was_known_then(october: Shell) -> None:
    petrova = october.ok("audit 2026-11 --seller petrova --json").data
    assert petrova["changes"] == []
    assert petrova["late_sales"] == []
    then = october.ok("audit 2026-11 --known-at 17.11 --json").data
    assert then["changes"] == []
    whole = october.ok("audit 2026-11 --json").data["late_sales"]
    assert isinstance(whole, list)
    assert len(whole) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("13.11 sold", "payment"),
        ("ivanov late_events", "1 event, Σ 1"),
        ("won amount", "order book, won, amount"),
        ("ivanov plan", "plan set"),
        ("department rest effect", "bridge from plan to fact"),
    ],
)
def test_what_the_story_says_is_explained_on_the_command_line(
    october: Shell, words: str, says: str
) -> None:
    assert says in october.ok(f"explain story {words} --month 2026-11").out.replace("\u00a0", " ")


def test_a_forecast_is_named_by_its_seller_and_the_days_that_were_left(october: Shell) -> None:
    for words in ("ivanov 15 run_rate", "Иванов 15 word", "ivanov last_third", "department hits"):
        october.ok(f"explain forecast {words} --month 2026-11 --evening")
    said = october.refused("explain forecast ivanov word --month 2026-11 --evening")
    assert "ivanov 15" in said
    assert "|" not in said


def test_the_desk_check_can_be_asked_of_the_past(october: Shell) -> None:
    said = october.ok("--as-of 13.11 --known-at 13.11")
    assert "as of Fri 2026-11-13, morning · known at 2026-11-13 23:59" in said.out
    assert "cockpit replay 2026-11" in said.err
    assert "as of" not in october.ok("--today 2026-11-18").out
    assert "known at" not in october.ok("--known-at 2030-01-01").out
    assert "is not a moment" in october.refused("--as-of someday")
    assert "behind the command" in october.refused("--as-of 13.11 report plan-fact")
