"""The formats agree on every value, say nothing they do not know, and run nobody's formula."""

from __future__ import annotations

import csv as reader
import io
import json as parser
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from python_calamine import load_workbook

from cockpit.render import aloud, csv, json, markdown, notes, sheet, table, xlsx
from cockpit.render.lines import leading, lines
from projections.report import Report, Row, Trust
from projections.reports.plan_fact import PlanCheck
from projections.rounding import half_up
from tests.cockpit.render_samples import NAMES, REPORTS, activities, board, board_row

KEYS = [
    "seller",
    "plan",
    "fact",
    "percent",
    "line",
    "deviation",
    "required_per_day",
    "pace",
    "forecast",
]
Json = Mapping[str, object]


def _json(report: Report) -> Json:
    parsed: Json = parser.loads(json.render(report, names=NAMES), parse_float=Decimal)
    return parsed


def _json_rows(report: Report) -> list[Json]:
    found = _json(report)
    parts = [
        found["rows"],
        *(found[key] for key in ("teams", "department", "totals") if key in found),
    ]
    rows = [row for part in parts for row in (part if isinstance(part, list) else [])]
    return rows + ([found["total"]] if found["total"] else [])


def _csv_rows(report: Report) -> list[dict[str, str]]:
    return list(reader.DictReader(io.StringIO(csv.render(report, names=NAMES), newline="")))


def _xlsx_rows(report: Report) -> list[list[object]]:
    book = load_workbook(io.BytesIO(xlsx.render([report], names=NAMES)))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()[3:]]


def _exact(row: Row, key: str) -> Fraction | None:
    value = getattr(row, key)
    return None if value is None else Fraction(value)


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_csv_and_workbook_have_the_values_of_the_json(name: str) -> None:
    report = REPORTS[name]
    columns = leading(report)
    records = zip(_json_rows(report), _csv_rows(report), _xlsx_rows(report), strict=True)
    for in_json, in_csv, in_xlsx in records:
        for place, column in enumerate(columns):
            value, cell = in_json[column.key], in_xlsx[place]
            if value is None:
                assert in_csv[column.key] == ""
                assert column.unit == "text" or cell == ""
            elif column.unit == "text":
                assert in_csv[column.key] == value
            else:
                number = Decimal(str(value))
                scale = 100 if column.unit == "money" else 1
                shown = 10000 if column.unit == "percent" else 100 * scale
                assert Decimal(in_csv[column.key]) * scale == number
                assert isinstance(cell, float)
                assert half_up(Fraction(cell) * shown * 100) == number * shown * 100 / (
                    100 if column.unit == "percent" else scale
                )


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_number_is_rounded_once_from_the_exact_value(name: str) -> None:
    report = REPORTS[name]
    digits = {"money": 0, "percent": 2, "ratio": 4, "share": 4, "count": 2, "days": 0}
    for line, record in zip(lines(report), _json_rows(report), strict=True):
        for column in report.columns:
            exact = None if column.unit == "text" else _exact(line.row, column.key)
            if exact is not None:
                places = digits[column.unit]
                rounded = Decimal(half_up(exact * 10**places)).scaleb(-places)
                assert Decimal(str(record[column.key])) == rounded


def test_the_table_shows_the_amounts_of_the_json() -> None:
    report = board()
    shown = table.render(report, names=NAMES, columns=200).splitlines()
    body = [line.replace("\xa0", "").split() for line in shown if "," in line and "×" in line]
    for cells, record in zip(body, [row for row in _json_rows(report) if row["plan"]], strict=True):
        numbers = [cell.lstrip("▲▼+").replace("−", "-").replace(",", "") for cell in cells[1:]]
        money = ["plan", "fact", "line", "deviation", "required_per_day", "forecast"]
        places = [0, 1, 3, 4, 6, 8]
        for key, place in zip(money, places, strict=True):
            assert int(numbers[place]) == half_up(Fraction(str(record[key])) / 100)


def test_the_json_of_plan_fact_has_the_promised_keys() -> None:
    found = _json(board())
    assert {"report", "as_of", "known_at", "currency", "minor_digits", "rows", "total"} <= set(
        found
    )
    assert (found["report"], found["as_of"], found["known_at"]) == ("plan-fact", "2024-04-15", None)
    assert (found["currency"], found["minor_digits"]) == ("RUB", 2)
    rows = _json_rows(board())
    assert all(list(row)[:9] == KEYS for row in rows)
    assert rows[0]["seller"] == "ivanov"
    assert rows[0]["name"] == "Иванов"
    assert rows[0]["line"] == 136_363_636
    assert all(isinstance(rows[0][key], int) for key in ("plan", "fact", "line", "forecast"))


def test_what_is_unknown_is_null_and_never_zero() -> None:
    unassigned = _json_rows(board())[3]
    unknown = [key for key in KEYS if unassigned[key] is None]
    assert unknown == [
        "seller",
        "plan",
        "percent",
        "line",
        "required_per_day",
        "pace",
        "forecast",
    ]
    assert unassigned["deviation"] == unassigned["fact"] == 4_500_000


def test_who_sold_nothing_lacks_the_whole_line() -> None:
    nothing = board(board_row("seller:ivanov", 300_000_000, 0))
    row = _json_rows(nothing)[0]
    assert (row["fact"], row["deviation_percent"], row["pace"]) == (0, Decimal("-100.00"), None)
    assert "−100" in table.render(nothing, names=NAMES, columns=200)


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (PlanCheck(personal=7, reserve=3, department=10), "✓"),
        (
            PlanCheck(personal=800, reserve=300, department=1000),
            "✗ Σ personal plans and reserve are 1 above",
        ),
        (PlanCheck(personal=650, reserve=300, department=1000), "are 0.50 below the department's"),
        (PlanCheck(personal=7, reserve=3, department=None), "are the department's plan"),
    ],
)
def test_the_check_sum_of_the_plans_is_said_in_words(check: PlanCheck, said: str) -> None:
    assert said in table.render(board(check=check), names=NAMES)


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5", "@cmd", "\t=1", "\r=1"])
def test_no_text_is_run_as_a_formula(text: str) -> None:
    row = msgspec.structs.replace(board_row("seller:x", 100, 50), seller=text, team=text)
    names = {text: text}
    cells = next(
        iter(reader.DictReader(io.StringIO(csv.render(board(row), names=names), newline="")))
    )
    assert {cells["seller"], cells["name"], cells["team"]} == {f"'{text}"}
    assert cells["deviation"].lstrip("-").replace(".", "").isdigit()
    made = xlsx.render([board(row)], names=names)
    assert b"<f>" not in made
    shown = load_workbook(io.BytesIO(made)).get_sheet_by_index(0).to_python()[3][0]
    assert str(shown).strip() == text.strip()


def test_csv_is_quoted_as_in_rfc_4180() -> None:
    row = board_row("seller:x", 100, 50)
    said = csv.render(board(row), names={"x": 'Smith, "Jo"\nJr'})
    assert '"Smith, ""Jo""\nJr"' in said
    assert said.endswith("\r\n")


def test_markdown_takes_no_sign_of_a_name_for_its_own() -> None:
    said = markdown.render(board(board_row("seller:x", 100, 50)), names={"x": "a|b*c_d`<e>"})
    assert r"| a\|b\*c\_d\`\<e\> |" in said


def test_an_empty_report_says_so() -> None:
    empty = msgspec.structs.replace(activities(), rows=(), department=())
    assert "nothing to show" in table.render(empty, names={})
    assert "nothing to show" in markdown.render(empty, names={})
    assert csv.render(empty, names={}).startswith("seller,activity,")
    assert _json(empty)["rows"] == []


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_what_is_read_aloud_has_every_figure_of_the_widest_table_and_no_sign(name: str) -> None:
    report = REPORTS[name]
    said = aloud.render(report, names=NAMES)
    figures = [line.split(": ")[1] for line in said.splitlines() if line.startswith("  ")]
    scale = sheet.scales(report)[0]
    table_ = sheet.sheet(report, NAMES, report.columns, scale)
    cells = [
        cell for row in table_.cells for cell, right in zip(row, table_.right, strict=True) if right
    ]
    assert len(figures) == len(cells) > 0
    for figure, cell in zip(figures, cells, strict=True):
        assert figure.startswith(cell.lstrip("▲▼\u00a0")) or cell in ("—", "=")
    assert not set("▲▼—│─") & set(said)


@pytest.mark.parametrize(
    ("late", "said"), [(0, "0% recorded"), (2, "<1% recorded"), (5, "1% recorded")]
)
def test_a_few_late_events_of_many_are_not_none(late: int, said: str) -> None:
    assert said in notes.trust(Trust(events=1000, late=late), {})
