"""Corrections from the command line: agreed, seen by their seller, answered for."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
import time_machine

from cockpit.agreeing import action
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    CallMade,
    CorrectionAgreed,
    CorrectionReviewed,
    DealWon,
    MeetingHeld,
    PaymentReceived,
    PlanSet,
    TaskSet,
)
from events.vocabulary.fact import Fact
from tests.cockpit.shell import NOW, Shell

WHOLE = 'correct ivanov --metric call --from 50 --to 70 --until fri "calls before noon"'


def agreed(shell: Shell) -> list[CorrectionAgreed]:
    return [e.body for e in shell.events() if isinstance(e.body, CorrectionAgreed)]


def reviewed(shell: Shell) -> list[CorrectionReviewed]:
    return [e.body for e in shell.events() if isinstance(e.body, CorrectionReviewed)]


def listed(value: object) -> list[dict[str, object]]:
    return msgspec.convert(value, list[dict[str, object]])


def test_a_correction_is_agreed_as_typed(north: Shell) -> None:
    answer = north.ok(WHOLE + " --topic opening")
    assert answer.out.startswith("✓ Иванов Пётр: calls 50 → 70 until Fri")
    assert answer.out.endswith("calls before noon\n")
    (body,) = agreed(north)
    assert (body.seller, body.metric, body.before, body.target) == (
        "ivanov", "call_made", "50", "70")  # fmt: skip
    assert body.topic == "opening"
    assert body.until.weekday() == 4
    assert "undo: cockpit void" in answer.err


@pytest.mark.parametrize(
    ("nameless", "before", "said"),
    [
        (0, "60%", "the effect is judged by cohort: 60% of 10\n"),
        (50, "10%", "judged for the period: 10% of 60 · the board shows it by cohort: 60% of 10\n"),
    ],
)
def test_a_conversion_begins_with_the_share_its_effect_is_judged_by(
    north: Shell, nameless: int, before: str, said: str
) -> None:
    worked(north, nameless)
    answer = north.ok('correct ivanov --metric "call>meeting" "ask for the meeting"')
    (body,) = agreed(north)
    assert body.before == before
    assert said in answer.err
    assert int(body.before.removesuffix("%")) < int(body.target.removesuffix("%")) <= 100
    typed = north.ok('correct ivanov --metric "call>meeting" --from "50 %" "ask for it"')
    assert "judged" not in typed.err


def test_a_conversion_outside_the_chain_is_proposed_like_the_others(north: Shell) -> None:
    worked(north, 0)
    at = NOW - dt.timedelta(days=2)
    won = [Draft(body=DealWon(seller="ivanov", deal=f"d{place}"), occurred_at=at, actor="head")
           for place in range(3)]  # fmt: skip
    with SqliteLog.open(north.path) as log:
        log.append(won)
    answer = north.ok('correct ivanov --metric "call>won" "ask for the order"')
    (body,) = agreed(north)
    assert (body.metric, body.before, body.target) == ("call_made>deal_won", "30%", "40%")
    assert "the effect is judged by cohort: 30% of 10\n" in answer.err
    assert (
        "From what? Type".lower() in north.refused('correct ivanov --metric "lead>won" x').lower()
    )


def test_a_correction_is_the_same_however_its_figures_are_typed(north: Shell) -> None:
    first = 'correct ivanov --metric "call>meeting" --from "37,5 %" --to 47 --until fri x'
    assert "37.5% → 47%" in north.ok(first).out
    (body,) = agreed(north)
    assert (body.before, body.target) == ("37.5%", "47%")
    assert "nothing added" in north.ok(first.replace('"37,5 %"', "37.5%")).err


def worked(shell: Shell, nameless: int) -> None:
    """Ten deals called on Monday, six of them met, and calls that name no deal."""
    at = NOW - dt.timedelta(days=2)
    done: list[Fact] = [PlanSet(month="2026-11", seller="ivanov", amount=1_000_000)]
    done += [PaymentReceived(seller="ivanov", amount=1000)]
    done += [CallMade(seller="ivanov", seconds=90, deal=f"d{place}") for place in range(10)]
    done += [MeetingHeld(seller="ivanov", deal=f"d{place}") for place in range(6)]
    done += [CallMade(seller="ivanov", seconds=90) for _ in range(nameless)]
    with SqliteLog.open(shell.path) as log:
        log.append([Draft(body=body, occurred_at=at, actor="head") for body in done])


def test_what_is_proposed_lies_ahead_of_the_day_it_is(north: Shell) -> None:
    north.ok("correct ivanov --metric call --from 50 --to 70 x")
    (body,) = agreed(north)
    assert body.until > NOW.date()
    with time_machine.travel(NOW + dt.timedelta(days=9), tick=False):
        gone = f"correct petrova --metric call --from 5 --to 7 --until {body.until} x"
        assert "gone by" in north.refused(gone)


def test_agreeing_the_same_again_adds_nothing(north: Shell) -> None:
    north.ok(WHOLE)
    answer = north.ok(WHOLE)
    assert answer.out == ""
    assert "nothing added" in answer.err
    assert len(agreed(north)) == 1


def test_a_fourth_open_one_is_refused_with_what_to_type(north: Shell) -> None:
    for target in (60, 70, 80):
        north.ok(WHOLE.replace("--to 70", f"--to {target}"))
    said = north.refused(WHOLE.replace("--to 70", "--to 90"))
    assert "3 open corrections" in said
    assert "cockpit done 1" in said
    assert len(agreed(north)) == 3
    north.ok('done 1 "made 62" --as ivanov')
    north.ok(WHOLE.replace("--to 70", "--to 90"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('correct ivanov --metric "call>nothing>more" x', "no metric"),
        ("correct ivanov --metric call --from 5 --to 70 --until yesterday x", "gone by"),
        ("correct ivanov --metric call --from 5 --to 7 --until sat x", "nobody works on"),
        ("correct ivanov --metric call --from few --to 7 x", "few is no number: type calls a day"),
        ("correct ivanov --metric call --from 5 --to more x", "more is no number"),
        ('correct ivanov --metric "call>meeting" --from half --to 60 x', "type per cent"),
        ("correct ivanov --metric revenue --from 100k --to lots x", "lots is not an amount"),
        ("correct nobody x", "no seller nobody"),
        ("done 7 --as ivanov", "nothing is agreed"),
        ("done 1 --not --moved fri --as ivanov", "leave one out"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(north: Shell, line: str, said: str) -> None:
    assert said in north.refused(line)


def test_a_seller_sees_plan_norm_and_what_is_agreed(north: Shell) -> None:
    north.ok("plan set ivanov 2m")
    north.ok("norm set call 40")
    north.ok("log call 3m --as ivanov")
    north.ok(WHOLE)
    shown = north.ok("my --as ivanov").out
    assert "plan ₽2,000,000" in shown
    assert "calls 1/40" in shown
    assert "  1  calls 50 → 70, until Fri" in shown
    assert ": calls before noon" in shown
    assert "cockpit done 1" in shown
    data = north.ok("my --as ivanov --json").data
    assert data["plan"] == 200_000_000
    assert [it["number"] for it in listed(data["corrections"])] == [1]


def test_on_a_day_off_the_norms_of_the_next_working_day_are_shown_in_words(north: Shell) -> None:
    north.ok("norm set call 40")
    assert "no working day" not in north.ok("my --as ivanov").out
    with time_machine.travel(dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC), tick=False):
        shown = north.ok("my --as ivanov").out
    assert "today is no working day for you; norms of Mon 2026-11-23: calls 40" in shown
    north.ok("absence add ivanov 2026-11-18 2027-11-30")
    assert "none is in sight" in north.ok("my --as ivanov").out


def test_one_more_deal_is_put_into_the_deviation(north: Shell) -> None:
    north.ok("plan set ivanov 2m")
    for day in ("2026-11-16", "2026-11-17"):
        number = day[-2:]
        north.ok(f"log invoice {number} Вектор 100k {day} --as ivanov")
        north.ok(f"log paid {number} 100k {day} --as ivanov")
    data = north.ok("my --as ivanov --json").data
    assert data["check"] == 100_000_00
    # The line of 11 of 20 working days is 1,100,000, of which 200,000 have come in.
    assert data["deviation"] == -900_000_00
    assert data["deviation_after_one_more_deal"] == -800_000_00
    assert (data["deals"], data["deals_after_one_more"]) == (9, 8)
    assert "then 8 deals to the line instead of 9" in north.ok("my --as ivanov").out
    north.ok("plan set ivanov 2000m")
    told = " ".join(north.ok("report catch-up").out.split())
    assert "10,998 deals at 100,000" in told
    assert "to finish the plan: 19,998 deals" in told
    assert "then 10,997 deals to the line instead of 10,998" in north.ok("my --as ivanov").out


def test_done_not_done_and_moved_are_answers(north: Shell) -> None:
    for target in (60, 70, 80):
        north.ok(WHOLE.replace("--to 70", f"--to {target}"))
    assert north.ok('done 1 "made 62" --as ivanov').out == "✓ 1: done\n"
    assert north.ok('done 2 --not "was ill" --as ivanov').out == "✓ 2: not done\n"
    assert north.ok("done 3 --moved mon --as ivanov").out.startswith("✓ 3: moved to")
    verdicts = [body.verdict for body in reviewed(north)]
    assert verdicts == ["done", "not_done", "moved"]
    assert reviewed(north)[2].until is not None
    assert "  3  calls" in north.ok("my --as ivanov").out


def test_answering_the_same_again_adds_nothing_and_another_word_is_refused(north: Shell) -> None:
    north.ok(WHOLE)
    north.ok('done 1 "made 62" --as ivanov')
    again = north.ok('done 1 "made 62" --as ivanov')
    assert (again.out, len(reviewed(north))) == ("", 1)
    assert "cockpit void" in north.refused("done 1 --not --as ivanov")


def test_numbers_count_tasks_and_corrections_in_one_row(north: Shell) -> None:
    north.ok('log call 3m c1 →"send the price list" fri --as ivanov')
    north.ok(WHOLE)
    assert sum(isinstance(e.body, TaskSet) for e in north.events()) == 1
    shown = north.ok("my --as ivanov").out
    assert "  1  send the price list fri, until Fri" in shown
    assert "  2  calls 50 → 70" in shown
    assert "overdue" not in shown
    with time_machine.travel(NOW + dt.timedelta(days=9), tick=False):
        late = north.ok("my --as ivanov").out.splitlines()
    assert sum(line.endswith(" (overdue)") or " (overdue): " in line for line in late) == 2
    north.ok("done 1 --as ivanov")
    assert "price list" not in north.ok("my --as ivanov").out


def test_the_report_prints_what_was_agreed_in_every_form(north: Shell) -> None:
    north.ok(WHOLE)
    table = north.ok("report corrections").out
    assert "Иванов Пётр" in table
    assert "too early (0 of 5 days)" in table
    data = north.ok("report corrections --json").data
    (row,) = listed(data["rows"])
    assert (row["metric"], row["state"], row["outcome"]) == ("call_made", "open", "too_early")
    assert dt.date.fromisoformat(str(row["until"])).weekday() == 4
    assert north.ok("report corrections --csv").out.startswith("seller,number,metric")
    assert "| Иванов Пётр | 1 | calls |" in north.ok("report corrections --markdown").out
    why = north.ok("explain corrections ivanov 1 until").out
    assert "correction agreed" in why


def test_where_nothing_is_known_of_a_metric_no_half_sentence_is_proposed() -> None:
    assert action("revenue", "") == ""
    assert action("call_made", "") == ""
    assert "5,000 a day" in action("revenue", "5,000")
    assert action("call_made>meeting_held", "") != ""
