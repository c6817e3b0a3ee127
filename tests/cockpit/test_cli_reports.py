"""Reports answer in four forms, through both dials, and explain their figures."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
import time_machine

from cockpit.cli.reports import NAMES
from tests.cockpit.shell import NOW, Shell

HEAD = "plan–fact · Север · November 2026 · as of Wed 2026-11-18, morning · 11 of 20 working days"

IVANOV = "Иванов Пётр 2,000,000 100,000 5 1,100,000 ▼ −1,000,000 211,111 ×23.22 181,818 9"


@pytest.fixture
def sold(north: Shell) -> Shell:
    """Ivanov has sold for 100,000 of his 2,000,000; Petrova for 20,000 without a plan."""
    north.ok("plan set ivanov 2m")
    north.ok("log invoice 1 Вектор 100k --cost 60k --as ivanov")
    north.ok("log invoice 2 Ромашка-Сервис 20k --as petrova --at 17.11")
    north.ok("log paid 1 100k")
    north.ok("log paid 2 20k --at 17.11")
    return north


def rows(shell: Shell, line: str) -> dict[str, dict[str, object]]:
    """The rows of a report by their keys, the total among them."""
    total = shell.ok(line).data["total"]
    assert isinstance(total, dict)
    return {str(row["key"]): row for row in [*listed(shell, line, "rows"), total]}


def listed(shell: Shell, line: str, part: str) -> list[dict[str, object]]:
    """A list of the JSON a command line answers with."""
    found = shell.ok(line).data[part]
    assert isinstance(found, list)
    return found


def test_plan_fact_as_a_table(sold: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    head, measure, _, _, *lines = sold.ok("report plan-fact").out.splitlines()
    assert (head, measure) == (HEAD, "revenue, ₽")
    assert " ".join(lines[0].split()) == IVANOV
    assert lines[1].startswith("Петрова Анна")


def test_plan_fact_as_json_has_the_promised_keys(sold: Shell) -> None:
    data = sold.ok("report plan-fact --json").data
    assert {"report", "as_of", "known_at", "currency", "minor_digits", "rows", "total"} <= set(data)
    assert (data["report"], data["as_of"], data["known_at"]) == ("plan-fact", "2026-11-18", None)
    ivanov = rows(sold, "report plan-fact --json")["seller:ivanov"]
    promised = {
        "seller": "ivanov",
        "plan": 200_000_000,
        "fact": 10_000_000,
        "percent": 5.0,
        "line": 110_000_000,
        "deviation": -100_000_000,
        "required_per_day": 21_111_111,
        "pace": 23.2222,
        "forecast": 18_181_818,
    }
    assert {name: ivanov[name] for name in promised} == promised
    petrova = rows(sold, "report plan-fact --json")["seller:petrova"]
    assert (petrova["plan"], petrova["line"], petrova["pace"]) == (None, None, None)


def test_the_same_as_csv_and_markdown(sold: Shell) -> None:
    lines = list(csv.DictReader(io.StringIO(sold.ok("report plan-fact --csv").out)))
    assert {line["key"]: line["fact"] for line in lines}["seller:ivanov"] == "100000.00"
    assert "| Иванов Пётр |" in sold.ok("report plan-fact --markdown").out


def test_measures_modes_and_stretches(sold: Shell) -> None:
    margin = rows(sold, "report plan-fact --measure margin --json")
    assert margin["seller:ivanov"]["fact"] == 4_000_000
    evening = rows(sold, "report plan-fact --evening --json")
    assert evening["seller:ivanov"]["line"] == 120_000_000
    october = sold.ok("report plan-fact --month 2026-10 --json").data
    assert october["period"] == {"first": "2026-10-01", "last": "2026-10-31"}
    days = sold.ok("report plan-fact --from 02.11 --to 06.11 --json").data
    assert days["period"] == {"first": "2026-11-02", "last": "2026-11-06"}
    one = rows(sold, "report plan-fact --seller петрова --json")
    assert set(one) == {"seller:petrova", "department"}


def test_the_two_dials(sold: Shell) -> None:
    yesterday = rows(sold, "report plan-fact --as-of yesterday --evening --json")
    assert yesterday["department"]["fact"] == 2_000_000
    with time_machine.travel(NOW.replace(day=19), tick=False):
        sold.ok("log paid 1 1 --overpaid --at 18.11")
        assert (
            rows(sold, "report plan-fact --as-of 18.11 --json")["department"]["fact"] == 12_000_100
        )
        known = rows(sold, "report plan-fact --as-of 18.11 --known-at 18.11 --json")
        assert known["department"]["fact"] == 12_000_000
        before = rows(sold, "report plan-fact --today 18.11 --known-at '18.11 10:29' --json")
        assert before["department"]["fact"] == 0


def test_today_may_be_any_day(sold: Shell) -> None:
    data = sold.ok("report plan-fact --today 2026-12-01 --json").data
    assert (data["as_of"], data["period"]) == (
        "2026-12-01",
        {"first": "2026-12-01", "last": "2026-12-31"},
    )


def test_activity_and_conversions(sold: Shell) -> None:
    sold.ok("log deal Вектор --as ivanov")
    sold.ok("log call 3m Вектор --as ivanov")
    sold.ok("log meeting Вектор --as ivanov")
    activity = listed(sold, "report activity --evening --json", "rows")
    assert {(row["seller"], row["activity"]): row["fact"] for row in activity}[
        "ivanov", "call_made"
    ] == 1
    (row,) = listed(sold, "report conversions --pair call meeting --json", "rows")
    assert (row["step_from"], row["step_to"], row["n"], row["count"]) == (
        "call_made",
        "meeting_held",
        1,
        1,
    )


def test_a_figure_is_explained_by_its_events(sold: Shell) -> None:
    data = sold.ok("explain plan-fact ivanov fact --json").data
    assert (data["value"], data["sum"], data["count"]) == (10_000_000, 10_000_000, 1)
    (event,) = listed(sold, "explain plan-fact ivanov fact --json", "events")
    assert event["kind"] == "payment_received"
    assert sold.ok("explain plan-fact Иванов fact --json").data == data
    text = sold.ok("explain plan-fact ivanov line").out
    assert "L = T×w÷W = 2,000,000 × 11 ÷ 20 = 1,100,000" in text


def test_a_repaired_fact_is_listed_and_summed_as_it_stands(sold: Shell) -> None:
    payment = next(e for e in sold.events() if e.kind == "payment_received")
    sold.ok(f"fix {payment.seq} amount=90k опечатка")
    data = sold.ok("explain plan-fact ivanov fact --json").data
    assert (data["value"], data["sum"], data["count"]) == (9_000_000, 9_000_000, 2)
    sold.ok(f"void {payment.seq} дважды")
    data = sold.ok("explain plan-fact ivanov fact --json").data
    assert (data["value"], data["sum"], data["count"]) == (0, 0, 3)


@pytest.mark.parametrize("measure", ["revenue", "margin", "profit"])
def test_what_is_listed_behind_a_figure_adds_up_to_it_by_eye(sold: Shell, measure: str) -> None:
    sold.ok("log invoice 77 Вектор 1000 --cost 400 --as ivanov")
    sold.ok("log paid 77 500")
    sold.ok("log credit-note 77 100")
    sold.ok("log paid 77 200")
    sold.ok("log credit-note 77 50 --refund")
    line = f"explain plan-fact ivanov fact --measure {measure}"
    data = sold.ok(f"{line} --json").data
    events = listed(sold, f"{line} --json", "events")
    assert sum(int(str(event["adds"])) for event in events) == data["value"] == data["sum"]
    assert all(event["adds"] for event in events)
    assert len([event for event in events if event["kind"] == "credit_note_issued"]) == 1
    printed = re.findall(r"  (−?[\d,.]+)$", sold.ok(line).out, re.MULTILINE)
    shown = sum(round(float(n.replace(",", "").replace("−", "-")) * 100) for n in printed)
    assert shown == data["value"]


@pytest.mark.parametrize(
    ("row", "figure", "value"),
    [
        ("plan-fact department", "fact", 12_000_000),
        ("plan-fact ivanov", "plan", 200_000_000),
        ("activity ivanov invoice", "fact", 1),
        ("activity department invoice", "fact", 2),
    ],
)
def test_rows_are_found_by_their_words(sold: Shell, row: str, figure: str, value: int) -> None:
    assert sold.ok(f"explain {row} {figure} --evening --json").data["value"] == value


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("report sales", "Try cockpit report --help"),
        ("report plan-fact --as-of soon", "yesterday 16:40"),
        ("report plan-fact --month 2026-13", "2026-04"),
        ("report plan-fact --month 9999-12", "from 1900 to 2199"),
        ("report plan-fact --today 9999-12-31", "from 1900 to 2199"),
        ("report plan-fact --today 0001-01-01", "from 1900 to 2199"),
        ("report plan-fact --known-at 0001-01-01T00:00", "from 1900 to 2199"),
        ("demo --into x --today 9999-12-31", "from 1900 to 2199"),
        ("demo --into x --events 99999999999", "1 to 10000000 events"),
        ("report plan-fact --month 2026-10 --from 01.11", "leave one out"),
        ("report plan-fact --from 10.11 --to 01.11", "turn them round"),
        ("report plan-fact --seller Никто", "ivanov, petrova"),
        ("explain plan-fact ivanov", "the row and the figure"),
        ("explain plan-fact ivanov profit", "plan, fact, percent"),
        ("explain plan-fact Никто fact", "ivanov, petrova"),
    ],
)
def test_what_cannot_be_asked_is_refused(sold: Shell, line: str, says: str) -> None:
    assert says in sold.refused(line)


def test_without_a_department_a_report_says_what_to_do(shell: Shell) -> None:
    assert "cockpit init" in shell.refused("report plan-fact")


@pytest.mark.parametrize(
    ("pair", "word"), [("call promise", "promise"), ("foo call", "foo"), ("call :bar", ":bar")]
)
def test_a_step_that_is_none_is_refused_with_those_there_are(
    sold: Shell, pair: str, word: str
) -> None:
    said = sold.refused(f"report conversions --pair {pair}")
    assert said.startswith(f"there is no step {word}: type one of call, meeting, presentation")
    assert said.endswith("payment")


def test_a_step_is_named_by_any_word_it_can_be_logged_with(sold: Shell) -> None:
    assert "invoices" in sold.ok("report conversions --pair счёт оплата").out


def test_a_step_of_the_trade_is_one_as_soon_as_it_was_logged(sold: Shell) -> None:
    assert ":measurement" not in sold.refused("report conversions --pair measurement paid")
    sold.ok("log step measurement Вектор --as ivanov")
    assert "measurement" in sold.ok("report conversions --pair measurement paid").out
    assert sold.refused("report conversions --pair measuring paid").endswith(", :measurement")


def test_conversions_are_headed_by_what_cuts_them(sold: Shell) -> None:
    heads = sold.ok("report conversions --by channel --pair invoice paid").out.splitlines()[2]
    assert heads.split()[4:6] == ["channel", "n"]


def test_conversions_are_cut_by_week_as_well(sold: Shell) -> None:
    line = "report conversions --by week --reading period --pair invoice paid --json"
    assert [(row["cut"], row["n"], row["count"]) for row in listed(sold, line, "rows")] == [
        ("2026-11-16", 2, 2)
    ]


def test_the_standup_can_be_opened_on_a_past_moment(north: Shell) -> None:
    north.ok("plan set ivanov 200k --month 2026-10")
    north.ok("log invoice 17 Вектор 500k --as ivanov --at '12.10 12:00' --reason late")
    north.ok("log paid 17 100k --as ivanov --at '13.10 12:00' --reason late")
    head = north.head()
    assert "100,000" in north.ok("standup --as-of 13.10").out
    assert "100,000" not in north.ok("standup --as-of 12.10").out
    assert "100,000" not in north.ok("standup --as-of 13.10 --known-at 13.10").out
    assert north.head() == head


def test_every_report_says_how_far_its_data_can_be_trusted(sold: Shell) -> None:
    for name in NAMES:
        printed = sold.ok(f"report {name}").out
        assert re.search(r"^\d+ events? · ", printed, re.MULTILINE), name


def test_a_department_has_its_own_pairs_of_steps_in_the_configuration(
    sold: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    monkeypatch.setenv("COCKPIT_CONFIG", str(file))
    file.write_text('conversions = [["meeting", "invoice"], ["invoice", ":measurement"]]')
    sold.ok("log meeting Вектор --as ivanov")

    def pairs(line: str) -> set[tuple[object, object]]:
        rows = listed(sold, f"{line} --reading period --json", "rows")
        return {(row["step_from"], row["step_to"]) for row in rows}

    configured = {("meeting_held", "invoice_issued"), ("invoice_issued", ":measurement")}
    assert pairs("report conversions") == configured
    assert pairs("report conversions --pair invoice paid") == {
        ("invoice_issued", "payment_received")
    }
    sold.ok("explain conversions invoice :measurement share --reading period")
    file.write_text('conversions = [["meting", "won"]]')
    assert "type meeting" in sold.refused("report conversions")
    assert "Иванов" in sold.ok("report plan-fact").out
