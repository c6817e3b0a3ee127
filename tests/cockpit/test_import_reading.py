"""Text, spreadsheets and JSON lines give rows with their lines; a broken row costs itself alone."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.errors import Refused
from cockpit.importing.cells import Cell
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import FileSpec
from cockpit.importing.place import Place
from cockpit.importing.reading import Grid, Table, open_table, text

PLACE = Place("map.toml", "file")
PLAIN = FileSpec()
RUSSIAN = "имя;сумма\nЁлка;1 234,50\nРоза;12\n"


def table(path: Path, content: bytes | str, spec: FileSpec = PLAIN) -> Table:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_table(path, spec, PLACE)


def rows(found: Table) -> list[tuple[int, list[Cell] | str]]:
    return [
        (line, str(cells) if isinstance(cells, RowError) else [*cells])
        for line, cells in found.scan()
    ]


@pytest.mark.parametrize(
    ("encoding", "mark", "declared"),
    [
        ("utf-8", b"", None),
        ("utf-8", codecs.BOM_UTF8, None),
        ("utf-16-le", codecs.BOM_UTF16_LE, None),
        ("utf-16-be", codecs.BOM_UTF16_BE, None),
        ("cp1251", b"", "cp1251"),
        ("koi8-r", b"", "koi8-r"),
        ("utf-8", codecs.BOM_UTF8, "cp1251"),
    ],
)
def test_an_encoding_is_seen_by_its_mark_or_said(
    tmp_path: Path, encoding: str, mark: bytes, declared: str | None
) -> None:
    spec = FileSpec(encoding=declared)
    found = table(tmp_path / "f.csv", mark + RUSSIAN.encode(encoding), spec)
    assert found.header == ("имя", "сумма")
    assert rows(found) == [(2, ["Ёлка", "1 234,50"]), (3, ["Роза", "12"])]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_without_a_mark_that_looks_like_utf_16_is_told(
    tmp_path: Path, encoding: str
) -> None:
    with pytest.raises(Refused, match=f'file.encoding: .* say encoding = "{encoding}"'):
        table(tmp_path / "f.csv", "day;sum\n1;2\n".encode(encoding))
    said = table(tmp_path / "f.csv", "day;sum\n1;2\n".encode(encoding), FileSpec(encoding=encoding))
    assert said.header == ("day", "sum")


@pytest.mark.parametrize("name", ["cp125l", "base64", "idna", "undefined", "a\0b"])
def test_what_is_no_encoding_of_texts_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match=r"file\.encoding: no encoding is called"):
        table(tmp_path / "f.csv", "a\n1\n", FileSpec(encoding=name))


def test_latin_1_is_read_where_it_is_said(tmp_path: Path) -> None:
    found = table(tmp_path / "f.csv", "a,b\nné,1\n".encode("latin-1"), FileSpec(encoding="latin-1"))
    assert rows(found) == [(2, ["né", "1"])]


def test_a_file_in_no_known_encoding_is_refused_with_what_to_say(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r'line 1 is not UTF-8; .*encoding = "cp1251"'):
        table(tmp_path / "f.csv", RUSSIAN.encode("cp1251"))
    with pytest.raises(Refused, match="no encoding is called cp1252x"):
        table(tmp_path / "f.csv", RUSSIAN, FileSpec(encoding="cp1252x"))


def test_half_a_character_at_the_end_of_utf_16_costs_its_row(tmp_path: Path) -> None:
    content = codecs.BOM_UTF16_LE + "a;b\n1;2\n3;4".encode("utf-16-le")
    found = table(tmp_path / "f.csv", content + b"1")
    assert rows(found) == [(2, ["1", "2"]), (3, "bytes that are not utf-16")]


def test_one_row_with_foreign_bytes_is_skipped_or_patched(tmp_path: Path) -> None:
    content = "имя;сумма\nРоза;1\n".encode() + b"81\xa5\xa5b;2\n" + "Ёлка;3\n".encode()
    found = table(tmp_path / "f.csv", content)
    assert rows(found) == [
        (2, ["Роза", "1"]),
        (3, "bytes that are not utf-8"),
        (4, ["Ёлка", "3"]),
    ]
    patched = table(tmp_path / "f.csv", content, FileSpec(errors="replace"))
    assert rows(patched)[1] == (3, ["81\ufffd\ufffdb", "2"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["name", "note", "sum"], ["Rose, Ltd", "a;b|c\td", "1,5"], ["Oak", "", "2"]])
    found = table(tmp_path / "f.txt", out.getvalue())
    assert found.header == ("name", "note", "sum")
    assert rows(found)[0] == (2, ["Rose, Ltd", "a;b|c\td", "1,5"])


def test_a_delimiter_can_be_said(tmp_path: Path) -> None:
    assert rows(table(tmp_path / "f.csv", "a^b\n1^2\n", FileSpec(delimiter="^"))) == [
        (2, ["1", "2"])
    ]
    assert rows(table(tmp_path / "f.csv", "a\tb\n1\t2,3\n", FileSpec(delimiter="tab"))) == [
        (2, ["1", "2,3"])
    ]
    with pytest.raises(Refused, match="one character"):
        table(tmp_path / "f.csv", "a\n", FileSpec(delimiter="::"))


def test_lines_before_the_header_are_skipped_and_counted(tmp_path: Path) -> None:
    found = table(tmp_path / "f.csv", "Report\nof June\na,b\n1,2\n\n3,4\n", FileSpec(skip=2))
    assert found.header == ("a", "b")
    assert rows(found) == [(4, ["1", "2"]), (6, ["3", "4"])]


def test_a_file_without_a_header_has_rows_of_any_length(tmp_path: Path) -> None:
    found = table(tmp_path / "f.csv", '"1","2"\n"3","4","5"\n', FileSpec(header=False))
    assert rows(found) == [(1, ["1", "2"]), (2, ["3", "4", "5"])]


def test_a_row_of_another_length_is_broken_and_named(tmp_path: Path) -> None:
    content = "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n"
    assert rows(table(tmp_path / "f.csv", content)) == [
        (2, ["1", "2", "3"]),
        (3, '2 cells where the header has 3; if the others may be empty, say short_rows = "pad"'),
        (4, "4 cells where the header has 3"),
        (5, ["1", "2", "3"]),
    ]
    padded = table(tmp_path / "f.csv", content, FileSpec(short_rows="pad"))
    assert rows(padded)[1] == (3, ["1", "2", ""])


@pytest.mark.parametrize(
    ("broken", "count"),
    [('1,"2,3\n', 1), ('1,2,"3\n', 1), ('1,"2" x,3\n', 1), ('"\n', 1), ('1,"2\n1,"2\n', 2)],
)
def test_a_stray_quote_takes_no_other_row_with_it(tmp_path: Path, broken: str, count: int) -> None:
    content = f'a,b,c\n1,2,3\n{broken}7,"x\ny",9\n4,5,6\n'
    found = rows(table(tmp_path / "f.csv", content, FileSpec(delimiter=",")))
    good = [cells for _, cells in found if isinstance(cells, list)]
    assert good == [["1", "2", "3"], ["7", "x\ny", "9"], ["4", "5", "6"]]
    assert [line for line, cells in found if isinstance(cells, str)] == [*range(3, 3 + count)]


def test_a_cell_beyond_measure_costs_its_row(tmp_path: Path) -> None:
    usual = csv.field_size_limit(1000)
    try:
        found = rows(table(tmp_path / "f.csv", "a,b\n1," + "x" * 1001 + "\n2,y\n"))
    finally:
        csv.field_size_limit(usual)
    assert found == [(2, "a cell has more than 1000 characters"), (3, ["2", "y"])]
    assert usual == 1 << 24


def test_quotes_can_be_escaped_otherwise_or_mean_nothing(tmp_path: Path) -> None:
    spec = FileSpec(escape="\\")
    assert rows(table(tmp_path / "f.csv", 'a,b\n"x \\"y\\"",2\n', spec)) == [(2, ['x "y"', "2"])]
    spec = FileSpec(quote="")
    assert rows(table(tmp_path / "f.csv", 'a,b\n5" pipe,2\n"open,3\n', spec)) == [
        (2, ['5" pipe', "2"]),
        (3, ['"open', "3"]),
    ]


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
            min_size=3,
            max_size=3,
        ).filter(any),
        max_size=8,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]], delimiter: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["a", "b", "c"], *cells])
    path = tmp_path_factory.mktemp("csv") / "f.csv"
    found = table(path, out.getvalue(), FileSpec(delimiter=delimiter))
    assert [row for _, row in rows(found)] == cells


@settings(deadline=None)
@given(
    st.lists(st.text(st.sampled_from('ab,,,"\\\u2028\x85\0\r\n'), max_size=9), max_size=9),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from([PLAIN, FileSpec(quote=""), FileSpec(escape="\\"), FileSpec(short_rows="pad")]),
)
def test_lines_without_quotes_are_taken_apart_as_pythons_own_reader_does(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    end: str,
    ended: bool,
    spec: FileSpec,
) -> None:
    path = tmp_path_factory.mktemp("csv") / "f.csv"
    content = end.join(["x,y", *lines]) + (end if ended else "")
    spec = msgspec.structs.replace(spec, delimiter=",")
    found = rows(table(path, content, spec))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_grid", lambda *_: None)
        assert rows(table(path, content, spec)) == found


def test_rows_of_a_file_without_quotes_lie_in_columns(tmp_path: Path) -> None:
    found = table(tmp_path / "f.csv", "a,b\n" + "".join(f"{n},{n + 1}\n" for n in range(2_000)))
    runs = list(found.runs())
    assert all(isinstance(run, Grid) for run in runs)
    assert [len(run) for run in runs] == [1024, 976]
    assert (runs[1][0], runs[1][-1:]) == ((1026, ["1024", "1025"]), [(2001, ["1999", "2000"])])


def book(path: Path) -> None:
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Empty")
        sheet = made.add_worksheet("Deals")
        day = made.add_format({"num_format": "dd.mm.yyyy"})
        moment = made.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        length = made.add_format({"num_format": "[h]:mm:ss"})
        sheet.write_row(2, 1, ["Day", "Moment", "Sum", "Count", "Length", "Flag", "Text"])
        sheet.write_datetime(3, 1, dt.date(2024, 3, 4), day)
        sheet.write_datetime(3, 2, dt.datetime(2024, 3, 4, 12, 30), moment)  # noqa: DTZ001
        sheet.write_number(3, 3, 1234.56)
        sheet.write_number(3, 4, 12)
        sheet.write_datetime(3, 5, dt.timedelta(hours=27, seconds=5), length)
        sheet.write_boolean(3, 6, True)
        sheet.write_string(3, 7, " 007 ")
        sheet.write_string(5, 7, "last")


def test_a_spreadsheet_gives_its_dates_and_numbers_as_such(tmp_path: Path) -> None:
    book(tmp_path / "f.xlsx")
    for sheet in ("Deals", 2):
        found = open_table(tmp_path / "f.xlsx", FileSpec(sheet=sheet), PLACE)
        assert found.header[1:] == ("Day", "Moment", "Sum", "Count", "Length", "Flag", "Text")
        line, cells = rows(found)[0]
        assert line == 4
        assert cells[1:] == [
            dt.date(2024, 3, 4),
            dt.datetime(2024, 3, 4, 12, 30),  # noqa: DTZ001
            Decimal("1234.56"),
            12,
            "27:00:05",
            "true",
            " 007 ",
        ]
        assert [line for line, _ in rows(found)] == [4, 6]


def test_a_sheet_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    book(tmp_path / "f.xlsx")
    with pytest.raises(Refused, match="no sheet is called Deal - did you mean Deals"):
        open_table(tmp_path / "f.xlsx", FileSpec(sheet="Deal"), PLACE)
    with pytest.raises(Refused, match="there are 2 sheets"):
        open_table(tmp_path / "f.xlsx", FileSpec(sheet=3), PLACE)
    with pytest.raises(Refused, match="is no whole spreadsheet"):
        table(tmp_path / "g.xlsx", "a,b\n")


def test_json_lines_are_columns_by_dotted_paths(tmp_path: Path) -> None:
    content = '{"a":{"b":1.10},"c":[{"d":"x"},2]}\n\n[1]\nnot json\n{"e":null,"a":{"b":true}}\n'
    found = table(tmp_path / "f.jsonl", content)
    assert found.header == ("a.b", "c.0.d", "c.1", "e")
    read = rows(found)
    assert read[0] == (1, [Decimal("1.10"), "x", 2, None])
    assert [line for line, _ in read] == [1, 3, 4, 5]
    assert "no JSON object" in read[1][1]
    assert "no JSON" in read[2][1]
    assert read[3][1] == ["true", None, None, None]


def test_an_empty_cell_may_mean_the_one_above(tmp_path: Path) -> None:
    content = "who,n,c\n,0,\nAnn,,\n,1,x\n , 2,\nonly one\nBob,3,y\n,4,\n"
    found = table(tmp_path / "f.csv", content, FileSpec(fill=("who", 3)))
    assert [cells for _, cells in rows(found)] == [
        ["", "0", ""],
        ["Ann", "", ""],
        ["Ann", "1", "x"],
        ["Ann", " 2", "x"],
        '1 cells where the header has 3; if the others may be empty, say short_rows = "pad"',
        ["Bob", "3", "y"],
        ["Bob", "4", "y"],
    ]
    with pytest.raises(Refused, match=r"fill\[1\]: no column is called whi - did you mean who"):
        table(tmp_path / "f.csv", content, FileSpec(fill=("whi",)))


ORDERS = (
    '{"no": 1, "who": {"name": "Ann"}, "items": [{"sum": 1}, {"sum": 2.5}]}',
    '{"no": 2, "items": []}',
    '{"no": 3, "items": [{"sum": 4}, 5]}',
)


def test_entries_of_a_list_are_rows(tmp_path: Path) -> None:
    found = table(tmp_path / "f.jsonl", "\n".join(ORDERS), FileSpec(each="items"))
    assert found.header == ("no", "who.name", "items.sum", "items")
    assert rows(found) == [
        (1, [1, "Ann", 1, None]),
        (1, [1, "Ann", Decimal("2.5"), None]),
        (3, [3, None, 4, None]),
        (3, [3, None, None, 5]),
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_document_holds_its_rows(tmp_path: Path, indent: int | None) -> None:
    """Two lists deep, and spread over lines or not."""
    document = {"next": None, "orders": [json.loads(order) for order in ORDERS]}
    path = tmp_path / "f.json"
    found = table(path, json.dumps(document, indent=indent), FileSpec(each="orders.items"))
    column = found.header.index("orders.items.sum")
    sums = [cells[column] for _, cells in rows(found) if isinstance(cells, list)]
    assert sums == [1, Decimal("2.5"), 4, None]
    flat = table(path, json.dumps({"a": 1, "b": {"c": "x"}}, indent=indent))
    assert (flat.header, rows(flat)[0][1]) == (("a", "b.c"), [1, "x"])


def test_a_list_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="each: no list is called item - did you mean items"):
        table(tmp_path / "f.jsonl", "\n".join(ORDERS), FileSpec(each="item"))
    with pytest.raises(Refused, match="each: only JSON has lists"):
        table(tmp_path / "f.csv", "a,b\n1,2\n", FileSpec(each="a"))


def test_a_trap_of_a_few_bytes_in_json_costs_its_line(tmp_path: Path) -> None:
    deep = '{"a":' * 5000 + "1" + "}" * 5000
    content = (
        '{"a": 1e999999999}\n'
        + deep
        + "\n"
        + "[" * 5000
        + '\n{"a": 1e99999999999999999999}\n{"a": 2.50}\n'
    )
    first, *torn, last = rows(table(tmp_path / "f.jsonl", content))
    assert first == (1, ["1E+999999999"])
    assert [(line, "no JSON" in str(reason)) for line, reason in torn] == [
        (2, True),
        (3, True),
        (4, True),
    ]
    assert last == (5, [Decimal("2.50")])


def test_a_json_array_is_as_good_as_lines(tmp_path: Path) -> None:
    found = table(tmp_path / "f.json", ' [{"a": 1}, {"a": "x"}]')
    assert rows(found) == [(1, [1]), (2, ["x"])]


def test_a_broken_json_array_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no JSON"):
        table(tmp_path / "f.json", '[{"a": 1}, ')


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    assert rows(table(tmp_path / "f.csv", "")) == []
    assert rows(table(tmp_path / "f.jsonl", "")) == []
