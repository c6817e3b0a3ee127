"""The answer of `cockpit log` is one line that says what the fact changed."""

from __future__ import annotations

import pytest

from tests.cockpit.shell import Shell

WHO = "--as ivanov"


@pytest.fixture
def planned(north: Shell) -> Shell:
    """Ivanov is to sell 2,000,000 in November, to call 70 times a day and to meet 8 times.

    Three sales of October make the average check 150,000: 450,000 ÷ 3.
    """
    north.ok("norm set call 70 --since 01.11")
    north.ok("norm set meeting 8 --since 01.11")
    north.ok("plan set ivanov 2m")
    for day, amount in (("05.10", "100k"), ("12.10", "150k"), ("19.10", "200k")):
        number = f"old{day}"
        north.ok(f"log invoice №{number} Вектор {amount} --at {day} --reason начало {WHO}")
        north.ok(f"log paid №{number} {amount} --at {day} --reason начало")
    return north


def test_it_reads_as_in_the_feature(planned: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_SELLER", "ivanov")
    answer = planned.ok('log call +7…1234 3m20 out "ООО Ромашка"')
    assert answer.out == "✓ call 1/70 today · meeting 0/8 · you are 8 deals behind the line\n"
    assert answer.err == (
        f"{planned.head()}: ООО Ромашка · 3m20 · outgoing · "
        f'undo: cockpit void {planned.head()} "why"\n'
    )


def test_the_deals_behind_are_the_gap_over_the_average_check(planned: Shell) -> None:
    data = planned.ok(f"log call 3m20 --json {WHO}").data
    effect = data["effect"]
    assert isinstance(effect, dict)
    assert effect["deviation"] == -110_000_000
    assert effect["deals"] == 8  # 1,100,000 ÷ 150,000 = 7.33
    planned.ok(f"log invoice Вектор 1,1m {WHO}")
    planned.ok("log paid 1 1,1m")
    assert "Иванов Пётр is on the line" in planned.ok(f"log call 1m {WHO}").out


def test_without_a_known_check_the_gap_is_said(north: Shell) -> None:
    north.ok("plan set ivanov 2m")
    assert "₽1,100,000 behind the line" in north.ok(f"log call 1m {WHO}").out


def test_without_a_plan_nothing_is_said_of_the_line(north: Shell) -> None:
    assert north.ok(f"log call 1m {WHO}").out == "✓ call 1 today\n"


def test_what_happened_earlier_counts_on_its_day(planned: Shell) -> None:
    planned.ok(f"log call 1m {WHO}")
    answer = planned.ok(f"log call 1m yesterday 16:40 {WHO}")
    assert answer.out.startswith("✓ call 1/70 2026-11-17 · meeting 0/8 · ")
    assert "2026-11-17 16:40" in answer.err


def test_money_says_what_is_left_of_the_invoice(north: Shell) -> None:
    answer = north.ok(f"log invoice Вектор 240k {WHO}")
    assert answer.out == "✓ invoice 1 today · ₽240,000 · invoice 1: ₽240,000 open\n"
    answer = north.ok("log paid 1 100k")
    assert answer.out == "✓ payment 1 today · ₽100,000 · invoice 1: ₽140,000 open\n"
    answer = north.ok("log paid 1 140k")
    assert answer.out == "✓ payment 2 today · ₽140,000 · invoice 1 is settled\n"


def test_a_norm_set_later_does_not_judge_the_past(planned: Shell) -> None:
    planned.ok("norm set call 10 --since 18.11")
    assert "call 1/10 today" in planned.ok(f"log call 1m {WHO}").out
    assert "call 1/70 2026-11-17" in planned.ok(f"log call 1m yesterday {WHO}").out


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("ru", "Иванов Пётр"),
        ("hu", "Иванов Пётр"),
        ("bg", "Иванов Пётр"),
    ],
)
def test_the_answer_speaks_the_language_asked_for(
    planned: Shell, monkeypatch: pytest.MonkeyPatch, language: str, says: str
) -> None:
    english = planned.ok(f"log call 1m {WHO}").out
    monkeypatch.setenv("COCKPIT_LANGUAGE", language)
    other = planned.ok(f"log call 1m {WHO}").out
    assert says in other
    assert "behind the line" in english
    assert "behind the line" not in other


def test_the_answer_for_programs(north: Shell) -> None:
    data = north.ok(f"log proposal Вектор 240k --json {WHO}").data
    assert data == {
        "seq": north.head(),
        "id": north.events()[-1].id,
        "new": True,
        "kind": "proposal_sent",
        "occurred_at": "2026-11-18T10:30:00+03:00",
        "effect": {
            "activities": data_activities(("proposal_sent", 1)),
            "deviation": None,
            "deals": None,
        },
    }


def data_activities(*facts: tuple[str, int]) -> list[dict[str, object]]:
    """What the effect lists where there are no norms."""
    return [{"activity": name, "fact": fact, "norm": None} for name, fact in facts]


def test_the_answer_has_the_figures_of_the_reports(planned: Shell) -> None:
    planned.ok(f"log meeting Вектор {WHO}")
    effect = planned.ok(f"log call 1m {WHO} --json").data["effect"]
    assert isinstance(effect, dict)
    day = "--from 18.11 --to 18.11 --evening --seller ivanov --json"
    rows = planned.ok(f"report activity {day}").data["rows"]
    assert isinstance(rows, list)
    reported = {
        row["activity"]: (row["fact"], row["norm"])
        for row in rows
        if row["norm_source"] == "hand" and row["key"].endswith("|*|*")
    }
    told = {each["activity"]: (each["fact"], each["norm"]) for each in effect["activities"]}
    assert reported == {name: told[name] for name in reported}
    assert set(reported) == {"call_made", "meeting_held"}
    total = planned.ok("report plan-fact --seller ivanov --json").data["rows"]
    assert isinstance(total, list)
    assert total[0]["deviation"] == effect["deviation"]
