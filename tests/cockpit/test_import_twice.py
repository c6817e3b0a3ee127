"""Importing again adds nothing, a row is kept whole or not at all, and every skip is told."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.envelope import Draft
from events.vocabulary import (
    CallMade,
    ClientRegistered,
    DealWon,
    EventCorrected,
    EventVoided,
    FileImported,
    LeadReceived,
    OrderPlaced,
    PlanSet,
)
from events.vocabulary.repairs import Scalar
from tests.cockpit.import_case import NOW, Case, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    yield from open_case(tmp_path)


CALLS = """
at = "{day}"
[[event]]
kind = "call_made"
set = { seconds = "{seconds}" }
"""
DOUBLES = "day,seconds\n2026-01-05,60\n2026-01-05,60\n2026-01-06,70\n2026-01-05,60\n"


def test_a_second_import_of_the_same_file_appends_nothing(case: Case) -> None:
    first = case.bring(DOUBLES, CALLS)
    head = case.log.head()
    second = case.bring(DOUBLES, CALLS)
    assert (first.read, first.appended["call_made"], first.known) == (4, 4, 0)
    assert (second.read, second.appended, second.known, second.skipped) == (4, {}, 4, 0)
    assert case.log.head() == head


MAPPED = """
id = "{no}"
at = "{day}"
[[event]]
kind = "call_made"
set = { direction = { column = "way", map = { Outbound = "out", Inbound = "in" } } }
[[event]]
id = "{no}-lost"
kind = "deal_lost"
set = { deal = "{no}", reason = "unknown" }
"""


def test_a_default_said_in_the_mapping_is_known_again(case: Case) -> None:
    rows = "no,day,way\n1,2026-01-05,Outbound\n2,2026-01-05,Inbound\n"
    first = case.bring(rows, MAPPED)
    second = case.bring(rows, MAPPED)
    assert sum(first.appended.values()) == 4 + (first.appended.get("calendar_set", 0))
    assert (second.appended, second.known, second.skipped) == ({}, 4, 0)


def test_a_cell_may_be_as_long_as_a_chat(case: Case) -> None:
    note = "x" * 300_000
    outcome = case.bring(
        f'day,seconds,note\n2026-01-05,60,"{note}"\n',
        CALLS.replace('"{seconds}"', '"{seconds}", note = "{note}"'),
    )
    assert (outcome.appended["call_made"], outcome.skipped) == (1, 0)


def test_a_dry_run_counts_what_the_import_then_does(case: Case) -> None:
    rows = "no,day,way\n1,2026-01-05,Outbound\n1,2026-01-05,Outbound\n1,2026-01-05,Inbound\n"
    for _ in range(2):
        dry = case.bring(rows, MAPPED, dry_run=True)
        wet = case.bring(rows, MAPPED)
        assert (dry.appended, dry.known, dry.skipped) == (wet.appended, wet.known, wet.skipped)
        assert wet.skipped == 1


def test_equal_rows_are_distinct_facts(case: Case) -> None:
    case.bring(DOUBLES, CALLS)
    assert [call.seconds for call in case.facts(CallMade)] == [60, 60, 70, 60]
    ids = [event.external_id for event in case.events(CallMade)]
    assert len(set(ids)) == 4
    assert ids[1] == f"{str(ids[0]).removesuffix(':call_made')}~2:call_made"


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2)), max_size=12), st.integers(0, 12))
def test_a_longer_file_adds_exactly_its_new_rows(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int]], cut: int
) -> None:
    head, *lines = ["day,seconds", *(f"2026-01-0{day},{60 * s}" for day, s in rows)]
    for case in open_case(tmp_path_factory.mktemp("case")):
        case.bring("\n".join([head, *lines[:cut]]), CALLS)
        outcome = case.bring("\n".join([head, *lines]), CALLS)
        assert outcome.known == min(cut, len(lines))
        assert sum(o != "calendar_set" and n for o, n in outcome.appended.items()) == max(
            0, len(lines) - cut
        )
        assert [call.seconds for call in case.facts(CallMade)] == [60 * s for _, s in rows]


def test_the_file_is_in_the_log_once_something_of_it_is(case: Case) -> None:
    case.bring(DOUBLES, CALLS, dry_run=True)
    assert case.facts(FileImported) == []
    outcome = case.bring(DOUBLES, CALLS)
    case.bring(DOUBLES, CALLS)
    (imported,) = case.facts(FileImported)
    assert (imported.name, imported.read, imported.known, imported.skipped) == ("file.csv", 4, 0, 0)
    assert imported.appended == sum(outcome.appended.values())
    assert imported.digest == outcome.digest


def test_a_dry_run_counts_and_appends_nothing(case: Case) -> None:
    head = case.log.head()
    dry = case.bring(DOUBLES, CALLS, dry_run=True)
    assert case.log.head() == head
    real = case.bring(DOUBLES, CALLS)
    assert (dry.appended, dry.known) == (real.appended, 0)
    again = case.bring(DOUBLES + "2026-01-07,0\nx,1\n", CALLS, dry_run=True)
    assert (again.appended, again.known, again.skipped) == ({"call_made": 1}, 4, 1)


def test_a_dry_run_tells_what_the_log_would_refuse(case: Case) -> None:
    mapping = 'at = "{day}"\n[[event]]\nkind = "order_placed"\nset = { amount = "{sum}" }\n'
    content = "day,sum\n2026-01-05,1\n2026-01-05,0\n2027-01-05,5\n"
    dry = case.bring(content, mapping, dry_run=True)
    real = case.bring(content, mapping)
    assert dry.rejects == real.rejects
    assert [reject.line for reject in dry.rejects] == [3, 4]


def test_rows_of_another_year_that_are_refused_bring_no_calendar(case: Case) -> None:
    mapping = 'at = "{day}"\n[[event]]\nkind = "order_placed"\nset = { amount = "1" }\n'
    assert case.bring("day\n2062-01-05\n", mapping).appended == {}
    assert case.bring("day\n2026-01-05\n", mapping).appended == {
        "order_placed": 1,
        "calendar_set": 1,
    }


def test_a_row_that_changed_is_told_and_the_others_go_on(case: Case) -> None:
    mapping = """
        at = "{day}"
        id = "{no}"
        [[event]]
        kind = "lead_received"
        set = { deal = "{no}" }
        [[event]]
        kind = "deal_won"
        set = { deal = "{no}", amount = "{sum}" }
    """
    case.bring("no,day,sum\n1,2026-01-05,10\n2,2026-01-05,20\n", mapping)
    changed = "no,day,sum\n1,2026-01-05,10\n2,2026-01-05,21\n3,2026-01-06,30\n"
    outcome = case.bring(changed, mapping)
    assert [
        (reject.line, "says something else" in reject.reason) for reject in outcome.rejects
    ] == [(3, True)]
    assert [won.amount for won in case.facts(DealWon)] == [1000, 2000, 3000]
    assert len(case.facts(LeadReceived)) == 3


@pytest.mark.parametrize("column", ["sum", "note"])
def test_a_dry_run_tells_of_a_row_that_changed_as_the_import_does(case: Case, column: str) -> None:
    """Also where only what is kept apart has changed."""
    mapping = """
        at = "{day}"
        id = "{no}"
        [[event]]
        kind = "order_placed"
        set = { amount = "{sum}", note = "{note}" }
    """
    row = {"no": "1", "day": "2026-01-05", "sum": "10", "note": "Rose"}

    def written(row: dict[str, str]) -> str:
        return f"{','.join(row)}\n{','.join(row.values())}\n"

    case.bring(written(row), mapping)
    assert case.bring(written(row), mapping, dry_run=True).known == 1
    changed = written({**row, column: "11"})
    dry, real = (case.bring(changed, mapping, dry_run=dry) for dry in (True, False))
    assert dry.rejects == real.rejects
    assert "correct it with cockpit fix 2" in real.rejects[0].reason
    target = case.events(OrderPlaced)[0]
    fields: dict[str, Scalar] = {"amount": 1100} if column == "sum" else {"note": "11"}
    fix = EventCorrected(target=target.id, target_kind=target.kind, fields=fields, reason="typo")
    case.log.append([Draft(body=fix, occurred_at=NOW, actor="head")])
    dry, real = (case.bring(changed, mapping, dry_run=dry) for dry in (True, False))
    assert (dry.known, real.known, dry.rejects, real.rejects) == (1, 1, (), ())


def test_a_voided_row_stays_voided_when_its_file_comes_again(case: Case) -> None:
    case.bring(DOUBLES, CALLS)
    wrong = case.events(CallMade)[0]
    void = EventVoided(target=wrong.id, target_kind=wrong.kind, reason="not a call")
    case.log.append([Draft(body=void, occurred_at=NOW, actor="head")])
    assert case.bring(DOUBLES, CALLS).known == 4
    assert case.bring(DOUBLES, 'source = "again"\n' + CALLS).appended["call_made"] == 4


ORDERS = """
at = "{day}"
id = "{no}"
[[client]]
name = "{client}"
set = { segment = "{segment}" }
[[event]]
kind = "order_placed"
set = { amount = "{sum}" }
"""


def test_a_refused_row_takes_the_client_it_would_have_registered_with_it(case: Case) -> None:
    content = "no,day,client,segment,sum\n1,2026-01-05,Rose,a,0\n2,2026-01-06,Oak,b,5\n"
    outcome = case.bring(content, ORDERS)
    assert outcome.skipped == 1
    assert [client.name for client in case.facts(ClientRegistered)] == ["Oak"]
    outcome = case.bring(content + "3,2026-01-07,Rose,c,7\n", ORDERS)
    assert [client.name for client in case.facts(ClientRegistered)] == ["Oak", "Rose"]
    assert outcome.appended == {"client_registered": 1, "order_placed": 1}


def test_rejects_show_torn_rows_of_another_encoding(case: Case, tmp_path: Path) -> None:
    content = "no,day,client,segment,sum\n1,2026-01-05,Rose,a,1\n2,Ёлка\n".encode("cp1251")
    mapping = '[file]\nencoding = "utf-8"\n'
    outcome = case.bring(content, ORDERS + mapping, rejects=tmp_path / "rejects.csv")
    assert (outcome.skipped, outcome.appended["order_placed"]) == (1, 1)
    assert "3," in (tmp_path / "rejects.csv").read_text("utf-8")


def test_rows_with_nothing_in_them_are_no_rejects(case: Case) -> None:
    """As spreadsheets write them below the last row; a total is one."""
    content = "no,day,client,segment,sum\n1,2026-01-05,Rose,a,1\n,,,,\n;\n , ,,,\n,,Total,,1\n"
    outcome = case.bring(content, ORDERS)
    assert (outcome.left_out, [reject.line for reject in outcome.rejects]) == (2, [4, 6])


def test_every_skip_is_in_the_file_of_rejects(case: Case, tmp_path: Path) -> None:
    rows = [f"{n},2026-01-05,C,s,{'x' if n % 2 else 1}" for n in range(60)]
    content = "no,day,client,segment,sum\n" + "\n".join(rows) + '\n61,"2026\n62,2026-01-05,C,s,0\n'
    rejects = tmp_path / "rejects.csv"
    outcome = case.bring(content, ORDERS, rejects=rejects)
    assert (outcome.read, outcome.skipped, outcome.appended["order_placed"]) == (62, 32, 30)
    assert len(outcome.rejects) == 20
    with rejects.open(newline="") as file:
        told = list(csv.DictReader(file))
    assert [int(row["line"]) for row in told] == [*range(3, 62, 2), 62, 63]
    assert told[0]["reason"].startswith("amount: x is no number")
    assert (told[0]["no"], told[0]["sum"]) == ("1", "x")
    assert told[-2]["no"] == '61,"2026'
    case.bring("no,day,client,segment,sum\n", ORDERS, rejects=rejects)
    assert rejects.read_text() == "line,reason,no,day,client,segment,sum\n"


def test_plans_without_a_moment_are_known_the_second_time(case: Case) -> None:
    case.hire("ann")
    mapping = """
        [[event]]
        kind = "plan_set"
        set = { seller = "ann", month = "{month}", amount = "{plan}" }
    """
    content = "month,plan\n2026-12,100\n"
    case.bring(content, mapping)
    assert case.bring(content, mapping).known == 1
    assert case.bring("month,plan\n2026-12,120\n", mapping).appended["plan_set"] == 1
    assert [plan.amount for plan in case.facts(PlanSet)] == [10000, 12000]


KILLED = """
import os, signal, sys
from pathlib import Path
from cockpit.importing import run
from cockpit.importing import writing
from events.sqlite import SqliteLog

writing.BATCH = 50
log = SqliteLog.open(Path(sys.argv[1]))
appends = 0
keep = log.keep
def counted(batch):
    global appends
    answers = keep(batch)
    appends += 1
    if appends == int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)
    return answers
log.keep = counted
run(log, Path(sys.argv[2]), Path(sys.argv[3]), actor="head")
"""


@pytest.mark.parametrize("batches", [1, 3])
def test_an_import_killed_in_the_middle_is_finished_by_the_next(
    tmp_path: Path, batches: int
) -> None:
    rows = [f"{n},2026-01-05,Client {n % 7},s,{n + 1}" for n in range(300)]
    content = "no,day,client,segment,sum\n" + "\n".join(rows) + "\n"
    for case in open_case(tmp_path):
        file, mapping = case.file("file.csv", content), case.file("map.toml", ORDERS)
        arguments = [str(case.log.path), str(file), str(mapping), str(batches)]
        done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
        assert done.returncode == -signal.SIGKILL
        there = len(case.facts(OrderPlaced))
        assert there == 50 * batches
        outcome = case.bring(content, ORDERS)
        assert (outcome.known, outcome.appended["order_placed"]) == (there, 300 - there)
        assert [order.amount for order in case.facts(OrderPlaced)] == [
            100 * (n + 1) for n in range(300)
        ]
        assert len(case.facts(ClientRegistered)) == 7


def test_progress_is_told_up_to_the_end(case: Case) -> None:
    from cockpit.importing import run
    from cockpit.importing.batch import SIZE

    rows = "".join(f"2026-01-05,{n}\n" for n in range(20_000))
    told: list[tuple[int, int]] = []
    run(
        case.log,
        case.file("file.csv", "day,seconds\n" + rows),
        case.file("map.toml", CALLS),
        actor="head",
        progress=lambda done, total: told.append((done, total)),
        now=NOW,
    )
    assert [done for done, _ in told[:-1]] == [*range(SIZE, 20_000, SIZE), 20_000]
    assert told[-1][0] == told[-1][1]
