"""The file of skipped rows is imported by the same mapping once its rows are put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from cockpit.errors import Refused
from cockpit.importing import Outcome
from events.vocabulary import CallMade, InvoiceIssued, OrderPlaced
from tests.cockpit.import_case import Case, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    yield from open_case(tmp_path)


def mended(case: Case, rejects: Path, mapping: str, *changes: tuple[str, str]) -> Outcome:
    """Put the skipped rows right and bring them in by the mapping of the file they are from."""
    text = rejects.read_text("utf-8")
    for wrong, right in changes:
        assert wrong in text
        text = text.replace(wrong, right)
    return case.bring(text, mapping, name="mended.csv")


CALLS = """
source = "pbx"
at = { template = "{Дата} {1}", date = "%d.%m.%Y %H:%M" }
[file]
encoding = "cp1251"
delimiter = "tab"
skip = 2
[formats]
decimal = ","
[[event]]
kind = "call_made"
set = { seller = "{Кто}", seconds = "{4}", note = "{Заметка}" }
"""
EXCHANGE = (
    "Выгрузка\n\nВремя\tДата\tКто\tДлина\tЗаметка\n"
    "09:00\t05.01.2026\tann\t00:03:20\tраз\n"
    '09:10\t05.01.2026\tann\tсорок\t"два, ""три"""\n'
    "09:20\t05.01.2026\tbob\t40,5\tчетыре\n"
    "09:30\t05.01.2026\tann\n"
)


def test_rows_of_any_encoding_and_delimiter_come_again_under_their_own_names(case: Case) -> None:
    """Nothing of a row but what is corrected may change, for its content is its name."""
    case.hire("ann")
    rejects = case.folder / "rejects.csv"
    outcome = case.bring(EXCHANGE.encode("cp1251"), CALLS, rejects=rejects)
    assert [(row.line, row.reason[:12]) for row in outcome.rejects] == [
        (5, "seconds: сор"),
        (6, "seller: nobo"),
        (7, "3 cells wher"),
    ]
    case.hire("bob")
    outcome = mended(case, rejects, CALLS, ("сорок", "0:40"))
    assert [(row.line, row.reason) for row in outcome.rejects] == [
        (7, '3 cells where the header has 5; if the others may be empty, say short_rows = "pad"')
    ]
    assert [(call.seller, call.seconds, call.note) for call in case.facts(CallMade)] == [
        ("ann", 200, "раз"),
        ("ann", 40, 'два, "три"'),
        ("bob", 41, "четыре"),
    ]
    assert case.bring(EXCHANGE.encode("cp1251"), CALLS).known == 2


BOOK = """
at = "{Day}"
id = "{row.line}"
[file]
sheet = "Bills"
fill = ["Who"]
[formats]
date = "%d.%m.%Y"
decimal = ","
[[client]]
name = "{Who}"
[[event]]
kind = "invoice_issued"
set = { invoice = "{No}", amount = "{Sum}", note = "{Part}" }
"""


def book(path: Path) -> bytes:
    with xlsxwriter.Workbook(path) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        made.add_worksheet("Notes")
        sheet = made.add_worksheet("Bills")
        sheet.write_row(0, 0, ["Who", "No", "Day", "Sum", "Part"])
        for row, (who, no, when, amount) in enumerate(
            [("Rose", "F1", 2, 1234.567), ("", "", 3, 1234.567), ("Oak", "007", 4, "0,5 ?")], 1
        ):
            sheet.write_row(row, 0, [who, no])
            sheet.write_datetime(row, 2, dt.date(2026, 3, when), day)
            sheet.write(row, 3, amount)
            sheet.write(row, 4, "1.234")
    return path.read_bytes()


def test_numbers_and_days_of_a_spreadsheet_are_still_such(case: Case) -> None:
    """1234.567 would be over a million where the decimal mark is a comma."""
    rejects = case.folder / "rejects.csv"
    content = book(case.folder / "made.xlsx")
    outcome = case.bring(content, BOOK, name="bills.xlsx", rejects=rejects)
    assert [row.line for row in outcome.rejects] == [3, 4]
    outcome = mended(case, rejects, BOOK, ("Rose,,", "Rose,F2,"), ("0,5 ?", "0,5"))
    assert outcome.rejects == ()
    assert [(bill.invoice, bill.amount, bill.note) for bill in case.facts(InvoiceIssued)] == [
        ("F1", 123457, "1.234"),
        ("F2", 123457, "1.234"),
        ("007", 50, "1.234"),
    ]
    days = [event.occurred.day for event in case.events(InvoiceIssued)]
    assert days == [2, 3, 4]


def test_entries_of_json_come_again_with_the_paths_they_lay_at(case: Case) -> None:
    mapping = """
        at = "{day}"
        [file]
        each = "items"
        [[event]]
        kind = "order_placed"
        set = { deal = "{id}", amount = "{items.price}", channel = "{utm.source}" }
    """
    content = '{"id":7,"day":"2026-03-02","items":[{"price":1.5},{"price":"ten"},{"price":"-"}]}\n{'
    rejects = case.folder / "rejects.csv"
    outcome = case.bring(content, mapping, name="deals.jsonl", rejects=rejects)
    assert [row.line for row in outcome.rejects] == [1, 1, 2]
    assert rejects.read_text().splitlines()[-1].endswith(",{")
    outcome = mended(case, rejects, mapping, (",ten", ",10"))
    assert [(row.line, row.reason[:4]) for row in outcome.rejects] == [(1, "amou"), (2, "1 ce")]
    assert [order.amount for order in case.facts(OrderPlaced)] == [150, 1000]


def test_a_group_comes_again_as_a_whole(case: Case) -> None:
    mapping = """
        at = "2026-01-05"
        id = "{1}"
        [file]
        header = false
        [group]
        by = "{1}"
        columns = { sum = { sum = "{2}" } }
        [[event]]
        kind = "order_placed"
        set = { deal = "{1}", amount = "{sum}" }
    """
    rejects = case.folder / "rejects.csv"
    case.bring("a,1\nb,2\na,x\nc,-5\na,3\nc,5\n", mapping, rejects=rejects)
    assert rejects.read_text().splitlines()[0] == "line,reason,1,2"
    outcome = mended(case, rejects, mapping, ("a,x", "a,2"), ("c,-5", "c,1"))
    assert outcome.rejects == ()
    assert {order.deal: order.amount for order in case.facts(OrderPlaced)} == {
        "a": 600,
        "b": 200,
        "c": 600,
    }


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_spreadsheet_program_may_have_written_the_rows_in_its_own_way(
    case: Case, delimiter: str
) -> None:
    mapping = 'at = "{day}"\n[[event]]\nkind = "order_placed"\nset = { amount = "{sum}" }\n'
    head, row = delimiter.join(("line", "reason", "day", "sum")), ("9", "x", "2026-01-05", "5")
    case.bring(f"\ufeff{head}\r\n{delimiter.join(row)}\r\n", mapping)
    assert [order.amount for order in case.facts(OrderPlaced)] == [500]


def test_what_is_skipped_again_can_be_put_right_again(case: Case) -> None:
    mapping = 'at = "{day}"\n[[event]]\nkind = "order_placed"\nset = { amount = "{sum}" }\n'
    first, second = case.folder / "1.csv", case.folder / "2.csv"
    case.bring("day,sum\n2026-01-05,a\n2026-01-06,b\n", mapping, rejects=first)
    outcome = case.bring(first.read_text(), mapping, rejects=second)
    assert first.read_text() == second.read_text()
    assert [row.line for row in outcome.rejects] == [2, 3]


ORDERS = 'at = "{day}"\n[[event]]\nkind = "order_placed"\nset = { amount = "{sum}" }\n'


def test_a_row_that_lost_its_first_cells_is_told(case: Case) -> None:
    content = "line,reason,cell types,day,sum\n5\n6,why,dn,2026-01-05,5\n"
    outcome = case.bring(content, ORDERS)
    assert [(row.line, row.reason[:7]) for row in outcome.rejects] == [(5, "0 cells")]
    assert [order.amount for order in case.facts(OrderPlaced)] == [500]


def test_a_header_that_is_torn_is_told(case: Case) -> None:
    with pytest.raises(Refused, match="line 1: a quote is out of place"):
        case.bring('line,reason,day,"sum\n5,why,2026-01-05,5\n', ORDERS)
