"""Closing a month: what comes after stands apart, and the month can be asked for both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.sqlite.engine import sqlite3 as engine
from events.sqlite.schema import OBJECTS
from events.sqlite.verify import verify
from events.sqlite.witness import beside
from events.vocabulary import MonthClosed
from tests.cockpit.shell import Shell


@pytest.fixture
def october(north: Shell) -> Shell:
    """A department that sold for 100 000 in October and has a plan for it."""
    north.ok("plan set ivanov 200k --month 2026-10")
    north.ok("log invoice 17 Вектор 500k --as ivanov --at '19.10 12:00' --reason late")
    north.ok("log paid 17 100k --as ivanov --at '20.10 12:00' --reason late")
    return north


def fact(shell: Shell, line: str) -> dict[str, object]:
    """The total of a report."""
    total = shell.ok(f"report plan-fact --month 2026-10 --as-of 31.10 {line} --json").data["total"]
    assert isinstance(total, dict)
    return total


def test_a_close_holds_position_link_totals_and_prints_the_head(october: Shell) -> None:
    before = october.ok("head").out.strip()
    data = october.ok("close 2026-10 --json").data
    assert f"{data['position']}:{data['link']}" == before
    totals = data["totals"]
    assert isinstance(totals, dict)
    assert totals["revenue"] == 10_000_000
    assert totals["plan:revenue"] == 20_000_000
    assert totals["revenue:seller:ivanov"] == 10_000_000
    assert data["head"] == october.ok("head").out.strip()
    assert verify(october.path).sound


def test_what_comes_after_the_close_is_never_merged_silently(october: Shell) -> None:
    october.ok("close 2026-10")
    assert fact(october, "")["after_close"] == 0
    october.ok("log paid 17 40k --as ivanov --at '30.10 12:00' --reason late")
    printed = october.ok("report plan-fact --month 2026-10 --as-of 31.10").out
    assert "after close +40,000: Иванов Пётр +40,000" in printed.replace("\u00a0", " ")
    now, then = fact(october, ""), fact(october, "--as-closed")
    assert (now["fact"], now["after_close"]) == (14_000_000, 4_000_000)
    assert then["fact"] == 10_000_000


def test_a_month_is_closed_once_and_only_when_it_is_over(october: Shell) -> None:
    assert "not over yet" in october.refused("close 2026-11")
    october.ok("close 2026-10")
    assert "it stays closed" in october.refused("close 2026-10")
    assert "not closed" in october.refused("report plan-fact --month 2026-09 --as-closed")


def test_a_cut_end_is_found_against_the_printed_head(october: Shell) -> None:
    october.ok("close 2026-10")
    head = october.ok("head").out.strip()
    tamper(october, f"DELETE FROM event WHERE seq >= {october.head()}")  # noqa: S608
    Path(beside(october.path)).unlink()
    assert october("verify").code == 0
    answer = october(f"verify --head {head}")
    assert answer.code == 4
    assert "had been written" in answer.err


def test_a_rewritten_log_is_found_against_the_close_inside_it(october: Shell) -> None:
    october.ok("close 2026-10")
    body = october.events()[-1].body
    assert isinstance(body, MonthClosed)
    tamper(october, f"UPDATE event SET link = '{'0' * 64}' WHERE seq = {body.position}")  # noqa: S608
    said = [flaw.what for flaw in verify(october.path).flaws]
    assert any("closed its month at" in what for what in said)


def tamper(shell: Shell, statement: str) -> None:
    """Run a statement in a log whose triggers were taken away and put back."""
    connection = engine.connect(shell.path, isolation_level=None)
    guards = [name for name in OBJECTS if name.startswith(("event_is", "event_comes"))]
    for name in guards:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    for name in guards:
        connection.execute(OBJECTS[name])
    connection.close()


def test_what_came_after_the_close_opens_into_exactly_its_events(october: Shell) -> None:
    october.ok("close 2026-10")
    october.ok("log paid 17 40k --as ivanov --at '30.10 12:00' --reason late")
    late = october.head()
    for row in ("ivanov", "department"):
        line = f"explain plan-fact {row} after_close --month 2026-10 --as-of 31.10 --json"
        why = october.ok(line).data
        assert why["value"] == 4_000_000
        assert why["expression"] == "F-K"
        events = why["events"]
        assert isinstance(events, list)
        assert [event["seq"] for event in events] == [late]


def test_a_plan_moved_after_the_close_is_marked_and_opens(october: Shell) -> None:
    october.ok("close 2026-10")
    october.ok("plan set ivanov 150k --month 2026-10 --reason ill")
    printed = october.ok("report plan-fact --month 2026-10 --as-of 31.10").out
    assert "plan moved after close −50,000: Иванов Пётр −50,000" in printed.replace("\u00a0", " ")
    assert fact(october, "")["plan_after_close"] == -5_000_000
    assert fact(october, "--as-closed")["plan"] == 20_000_000
    line = "explain plan-fact ivanov plan_after_close --month 2026-10 --as-of 31.10 --json"
    events = october.ok(line).data["events"]
    assert isinstance(events, list)
    assert [event["seq"] for event in events] == [october.head()]


def test_a_month_that_is_not_closed_has_nothing_after_the_close(october: Shell) -> None:
    assert "there is no figure after_close" in october.refused(
        "explain plan-fact ivanov after_close --month 2026-10 --as-of 31.10"
    )
