"""Columns stay below each other whatever stands in them, and lines fit the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cockpit.render import cells, table
from cockpit.render.lines import lines
from cockpit.words import LANGUAGES, use
from projections.reports.plan_fact import PlanFact
from tests.cockpit.render_samples import NAMES, REPORTS, board, board_row

WIDE = [
    "中村 太郎",
    "Ünal Çağrı",
    "e\u0301e\u0301e\u0301",
    "👩‍👩‍👧 семья",
    "⚠️ risk",
    "أحمد",
    "a\nb\tc",
    "\x1b[31mred",
]
names = st.text(min_size=1, max_size=40)
minor = st.integers(0, 10**13)


def _body(report: PlanFact, shown: dict[str, str], columns: int) -> list[str]:
    said = table.render(report, names=shown, department="x", columns=columns)
    _, _, rest = said.partition("\n\n")
    return rest.partition("\n\n")[0].splitlines()


@pytest.mark.parametrize("name", WIDE)
def test_a_wide_name_shifts_no_column(name: str) -> None:
    report = board(board_row("seller:a", 30_000, 9_000), board_row("seller:b", 2_000_000, 100))
    body = _body(report, {"a": name, "b": "Иванова"}, 80)
    assert len(body) == 4
    assert len({cell_len(line) for line in body}) == 1


@settings(deadline=None, max_examples=60)
@given(names, names, minor, minor)
def test_no_name_or_amount_shifts_a_column(one: str, other: str, plan: int, fact: int) -> None:
    report = board(board_row("seller:a", plan + 1, fact), board_row("seller:b", None, fact))
    body = _body(report, {"a": one, "b": other}, 80)
    assert len(body) == 4
    assert len({cell_len(line) for line in body}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=60)
@given(
    name=names,
    plan=st.integers(0, 10**12),
    percent=st.integers(0, 1000),
    columns=st.integers(80, 200),
)
def test_no_line_is_wider_than_the_terminal(
    language: str, name: str, plan: int, percent: int, columns: int
) -> None:
    """Up to a plan of ten thousand million and a fact ten times as much."""
    use(language)
    amounts = (plan + 1, plan * percent // 100)
    total = board_row("department", *amounts, scope="department")
    report = board(board_row("seller:a", *amounts), total=total)
    said = table.render(report, names={"a": name}, department=name, columns=columns)
    assert max(map(cell_len, said.splitlines())) <= columns


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", sorted(REPORTS))
def test_every_report_fits_eighty_columns(language: str, report: str) -> None:
    use(language)
    said = table.render(REPORTS[report], names=NAMES, department="Север")
    assert max(map(cell_len, said.splitlines())) <= 80
    assert len(said.splitlines()) >= len(lines(REPORTS[report])) + 4


def test_a_long_name_is_cut_with_a_sign() -> None:
    report = board(board_row("seller:a", 3_000_000_00, 1))
    (line,) = [
        it for it in _body(report, {"a": "Константинопольский-Заречный"}, 80) if "Конст" in it
    ]
    assert "…" in line


def test_a_text_is_as_wide_as_the_terminal_library_says() -> None:
    known = [chr(code) for code in range(0x20, 0x3100) if chr(code).isprintable()]
    wrong = [sign for sign in known if cells.width(sign) != cell_len(sign)]
    assert wrong == []


@given(names, st.integers(0, 60))
def test_a_fitted_text_is_exactly_as_wide_as_asked(text: str, size: int) -> None:
    for right in (False, True):
        assert cells.width(cells.fit(cells.clean(text), size, right=right)) == size


@given(st.text(max_size=40))
def test_a_shown_text_moves_no_cursor_and_turns_no_line(text: str) -> None:
    unsafe = {"Cc", "Cf", "Zl", "Zp", "Cs"}
    assert not {unicodedata.category(character) for character in cells.clean(text)} & unsafe


def test_a_sign_of_per_cent_stays_with_its_number() -> None:
    assert [line.replace("\u00a0", " ") for line in cells.wrap("×1.04, 95 %", 10)] == [
        "×1.04,",
        "95 %",
    ]


@given(st.lists(st.text("ab ", min_size=1, max_size=12), min_size=1, max_size=9))
def test_wrapping_loses_no_word(parts: list[str]) -> None:
    text = " · ".join(parts)
    wrapped = cells.wrap(text, 20)
    assert " ".join(" ".join(wrapped).replace("·", " ").split()) == " ".join(
        text.replace("·", " ").split()
    )
    assert max(map(len, wrapped)) <= 20
