"""A mistake in a mapping is told by file, key and the nearest thing that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cockpit.errors import Refused
from cockpit.importing import run
from events.sqlite import SqliteLog
from tests.cockpit.import_case import NOW, Case, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    yield from open_case(tmp_path)


EVENT = """
at = "2026-01-05"
[[event]]
kind = "order_placed"
"""


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("evnt = 1", "map.toml: evnt: no such key - did you mean event?"),
        (
            "[event]",
            "map.toml: event: there may be several: write [[event]]",
        ),
        (
            '[formats]\ndecimal = ",."',
            'map.toml: formats.decimal: ,. is none of ",", "."',
        ),
        (
            EVENT + 'when = "Status = Won"',
            "map.toml: event[1].when: a table is needed here, as in"
            ' { column = "Status", equals = "Won" }',
        ),
        ('[file]\nskip = 1\nat = "x"', "map.toml: file.at: no such key here; it stands at the top"),
        ('[file]\nheader = "no"', "map.toml: file.header: write true or false here"),
        (
            '[file]\nskip = "2"',
            "map.toml: file.skip: a whole number is needed here, without quotes",
        ),
        ("source = 5", "map.toml: source: a text is needed here, in quotes"),
        ('sort = "{a}"', 'map.toml: sort: a list is needed here, as in ["{Date}"]'),
        ("[[event]]\nkind = deal_won", "map.toml: this is no TOML: Invalid value (at line 2"),
        ('[[event]]\nset = ["amount"]', "map.toml: event[1].set: a table is needed here"),
        (
            EVENT + 'whn = { column = "a", equals = 1 }',
            "map.toml: event[1].whn: no such key - did you mean when?",
        ),
        (
            EVENT + 'set = { amount = { colum = "a" } }',
            "map.toml: event[1].set.amount.colum: no such key - did you mean column?",
        ),
        (
            '[lookup.p]\nfile = "x"\nkye = "{a}"',
            "map.toml: lookup.p.kye: no such key - did you mean key?",
        ),
        (
            EVENT + 'set = { amount = "1" }\n[[event]]\nset = {}\n',
            "map.toml: event[2]: kind is missing here",
        ),
        (
            EVENT.replace("order_placed", "order_place") + "set = {}",
            "map.toml: event[1].kind: no event is called order_place - did you mean order_placed?",
        ),
        (
            EVENT.replace("order_placed", "file_imported") + "set = {}",
            "map.toml: event[1].kind: no event is called file_imported",
        ),
        (
            EVENT + 'set = { amonut = "{a}" }',
            "map.toml: event[1].set.amonut: OrderPlaced has no such field - did you mean amount?",
        ),
        (EVENT + "set = {}", "map.toml: event[1].set: OrderPlaced needs amount"),
        (
            '[[event]]\nkind = "order_placed"\nset = { amount = "{a}" }',
            "map.toml: event[1]: OrderPlaced needs at: when it happened",
        ),
        (
            EVENT + 'set = { amount = "{Amuont}" }',
            "map.toml: event[1].set.amount: no column is called Amuont - did you mean Amount?",
        ),
        (
            EVENT + "set = { amount = { column = 9 } }",
            "map.toml: event[1].set.amount.column: there are 3 columns, counted from 1",
        ),
        (
            EVENT + 'set = { amount = { column = "a", template = "{a}" } }',
            "map.toml: event[1].set.amount: a value has one of column, template",
        ),
        (
            EVENT + 'set = { amount = { column = "a", map = "sums" } }\n[table.sum]\na = 1',
            "map.toml: event[1].set.amount.map: no table is called sums - did you mean sum?",
        ),
        (
            EVENT + 'set = { amount = "{a" }',
            "map.toml: event[1].set.amount: a brace stands alone in {a; write it twice",
        ),
        (
            EVENT + 'set = { amount = { calc = "{a} ** 2" } }',
            "map.toml: event[1].set.amount.calc: {a} ** 2 cannot be computed",
        ),
        (
            EVENT + 'set = { amount = { calc = "open({a})" } }',
            "map.toml: event[1].set.amount.calc: open({a}) cannot be computed",
        ),
        (
            EVENT + "set = { amount = { calc = '_[3]' } }",
            "map.toml: event[1].set.amount.calc: _[3] cannot be computed",
        ),
        (
            EVENT + 'set = { amount = { column = "a", extract = "(" } }',
            "map.toml: event[1].set.amount.extract: ",
        ),
        (
            EVENT + 'set = { amount = "{a}" }\nwhen = { column = "a" }',
            "map.toml: event[1].when: this condition asks nothing",
        ),
        (
            EVENT + 'set = { amount = "{a}" }\nwhen = { above = 1 }',
            "map.toml: event[1].when: this condition needs a column or a value",
        ),
        (
            EVENT + 'set = { amount = "{a}" }\n[formats]\nzone = "Mars/Base"',
            "map.toml: formats.zone: no time zone is called Mars/Base",
        ),
        (
            EVENT + 'set = { amount = "{a}" }\n[formats]\ntime = "noon"',
            "map.toml: formats.time: noon is no time of day",
        ),
        ('[let]\nx = "{a}"', "map.toml: nothing comes of this mapping"),
        (
            EVENT + 'set = { amount = "{a}" }\n[group]\nby = "{a}"\ncolumns = { x = {} }',
            "map.toml: group.x: a column of a group has one of sum, max",
        ),
        (
            '[[seller]]\nname = "{a}"\nat = "2026-01-01"\n' * 2,
            "map.toml: seller[1].as: two registers go by seller",
        ),
        (
            EVENT + 'set = { amount = "{a}" }\nwhen = { column = "a", value = "{a}", equals = 1 }',
            "map.toml: event[1].when: a condition looks at a column or at a value, not at both",
        ),
        (
            EVENT + 'set = { amount = "{a}" }\nwhen = { all = [{ column = "a", matches = "(" }] }',
            "map.toml: event[1].when.all[1].matches: ",
        ),
        (
            EVENT + 'set = { amount = "{a}" }\nwhen = { column = "a", above = "much" }',
            "map.toml: event[1].when.above: much is no number",
        ),
        (
            EVENT + 'set = { amount = { column = "a", otherwise = "1" } }',
            "map.toml: event[1].set.amount.otherwise: this goes with a map",
        ),
        (
            EVENT + "set = { amount = { column = [] } }",
            "map.toml: event[1].set.amount.column: a column is missing",
        ),
        (
            EVENT + 'set = { amount = ["{a}"] }',
            "map.toml: event[1].set.amount: one value is needed here",
        ),
        (
            EVENT.replace("order_placed", "standup_started")
            + 'set = { standup = "s", present = "{a}" }',
            "map.toml: event[1].set.present: a list of values is needed here",
        ),
        (
            EVENT + "set = { amount = { first = [] } }",
            "map.toml: event[1].set.amount.first: a value is missing",
        ),
        (
            EVENT + "set = { amount = { join = [] } }",
            "map.toml: event[1].set.amount.join: a value is missing",
        ),
        (
            EVENT + 'set = { amount = "{a}" }\n[group]\nby = []',
            "map.toml: group.by: a value is missing",
        ),
        (
            EVENT + 'set = { amount = "{a\\nb}" }',
            "map.toml: event[1].set.amount: no column is called a b",
        ),
        (EVENT + "[file]\nescape = 'ab'", "map.toml: file.escape: this is one character"),
        (EVENT + '[file]\nquote = "\\n"', "map.toml: file.quote: this is one character"),
        (EVENT + '[file]\ndelimiter = "\\n"', "map.toml: file.delimiter: a delimiter is one"),
        ("event = []\nfile = { skip = -1 }\n[[seller]]\nname = 1", "map.toml: file.skip: "),
        ("a = [", "map.toml: "),
    ],
)
def test_a_mistake_is_told(case: Case, mapping: str, told: str) -> None:
    head = case.log.head()
    with pytest.raises(Refused) as refused:
        case.bring("a,Amount,c\n1,2,3\n", mapping)
    assert str(refused.value).startswith(told)
    assert "\n" not in str(refused.value)
    assert case.log.head() == head


def test_a_look_up_found_by_its_own_columns_is_told(case: Case) -> None:
    case.file("people.csv", "id,boss\n1,2\n")
    mapping = '[lookup.p]\nfile = "people.csv"\nkey = "{id}"\nby = "{p.boss}"\n'
    with pytest.raises(Refused, match=r"lookup\.p\.by: this look-up is found by its own columns"):
        case.bring("a\n1\n", EVENT + 'set = { amount = "{p.boss}" }\n' + mapping)


def test_a_file_that_cannot_be_read_is_told(case: Case) -> None:
    mapping = case.file("map.toml", EVENT + 'set = { amount = "1" }')
    with pytest.raises(Refused, match=r"cannot read .*nothing\.csv"):
        run(case.log, case.folder / "nothing.csv", mapping, actor="head", now=NOW)
    with pytest.raises(Refused, match=r"cannot read .*nothing\.toml"):
        run(case.log, mapping, case.folder / "nothing.toml", actor="head", now=NOW)


def test_rejects_that_cannot_be_written_are_told_before_anything_is_appended(case: Case) -> None:
    head = case.log.head()
    with pytest.raises(Refused, match="cannot write"):
        case.bring(
            "a,b\n1,2\n", EVENT + 'set = { amount = "1" }', rejects=case.folder / "no" / "r.csv"
        )
    assert case.log.head() == head


def test_a_log_without_a_department_takes_no_file(tmp_path: Path) -> None:
    with SqliteLog.create(tmp_path / "new.cockpit") as log:
        bare = Case(log, tmp_path)
        with pytest.raises(Refused, match="cockpit init"):
            bare.bring("a\n1\n", EVENT + 'set = { amount = "1" }')


def test_an_absence_that_ends_before_it_begins_is_skipped(case: Case) -> None:
    case.hire("ann")
    mapping = """
        [[event]]
        kind = "absence_set"
        set = { seller = "ann", first = "{a}", last = "{b}" }
    """
    outcome = case.bring("a,b\n2026-01-05,2026-01-04\n2026-01-05,2026-01-05\n", mapping)
    assert [(row.line, row.reason) for row in outcome.rejects] == [
        (2, "2026-01-04 lies before 2026-01-05: type the first day first")
    ]
    assert outcome.appended["absence_set"] == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "f.csv",
            b"PK\x03\x04 and so on",
            'this is a spreadsheet or an archive; say format = "xlsx"',
        ),
        ("f.xlsx", b"a,b\n1,2\n", "f.xlsx is no whole spreadsheet"),
        ("f.xlsx", b"PK\x03\x04 and so on", "f.xlsx is no whole spreadsheet"),
        ("f.csv", b"", "f.csv has no line with the names of columns"),
        ("f.csv", b"\n\n", "f.csv has no line with the names of columns"),
    ],
)
def test_a_file_that_is_something_else_is_told(
    case: Case, name: str, content: bytes, told: str
) -> None:
    with pytest.raises(Refused) as refused:
        case.bring(content, EVENT + 'set = { amount = "{a}" }', name=name)
    assert told in str(refused.value)


def test_a_number_with_the_other_mark_is_told_what_to_say(case: Case) -> None:
    """A thousands mark in the wrong place is none in either way of writing."""
    mapping = EVENT + 'set = { amount = "{a}" }\n[file]\ndelimiter = ";"'
    outcome = case.bring("a\n$5,00\n1.2.3\n", mapping)
    assert [row.reason for row in outcome.rejects] == [
        'amount: $5,00 is no number with the decimal mark "."; if it is one, say decimal = ","',
        'amount: 1.2.3 is no number with the decimal mark "."',
    ]


def test_a_header_that_was_not_taken_apart_asks_for_the_delimiter(case: Case) -> None:
    with pytest.raises(Refused, match="there is one alone: say the file's delimiter"):
        case.bring("a~b\n1~2\n", EVENT + 'set = { amount = "{a}" }')
