"""A sheet fits whatever width there is, and no script shifts a column."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cockpit.formats import NBSP
from cockpit.render.cells import wrap
from cockpit.tui.frame import below, frame, inner, unfolded, window
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet, heads, lay, pieces, spread

WORDS = st.text(
    alphabet=st.sampled_from("abc Ж李小龍ü—▼1234567890,.\u00a0"), min_size=0, max_size=24
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Sheets of up to six columns and twelve rows."""
    count = draw(st.integers(1, 6))
    columns = tuple(
        Column(
            key=str(place),
            title=draw(WORDS) if place else "seller",
            align="left" if not place else draw(st.sampled_from(["left", "right", "apart"])),
            rank=place,
            elastic=not place,
        )
        for place in range(count)
    )

    def line(key: str) -> Line:
        return Line(key, tuple(Cell(draw(WORDS)) for _ in range(count)), draw(st.booleans()))

    rows = draw(st.integers(0, 12))
    return Sheet(
        title=draw(WORDS),
        aside=((draw(WORDS), "muted"),),
        columns=columns,
        lines=tuple(line(f"row{place}") for place in range(rows)),
        totals=(line("total"),),
        notes=(((draw(WORDS), "muted"),),),
        empty="nothing",
    )


def text(line: list[Piece]) -> str:
    """A line without its tones."""
    return "".join(part for part, _ in line)


@given(sheets(), st.integers(24, 140), st.integers(8, 50), st.integers(0, 20))
def test_every_line_of_a_board_is_exactly_as_wide_as_the_board(
    sheet: Sheet, width: int, height: int, first: int
) -> None:
    layout = lay(sheet, inner(width))
    drawn = frame(sheet, layout, window(sheet, height, first), "row1", width, height)
    assert len(drawn) == height
    assert {cell_len(text(line)) for line, _ in drawn} == {width}


@given(sheets(), st.integers(30, 140))
def test_figures_stand_below_their_heads_whatever_the_names(sheet: Sheet, width: int) -> None:
    layout = lay(sheet, width)
    figures = [Cell("1") for _ in sheet.columns[1:]]
    names = [pieces((Cell(name), *figures), sheet, layout, width) for name in ("李小龙", "Li")]
    wide, narrow = map(text, names)
    assert wide.count("1") == narrow.count("1")
    for one, other in zip(wide.split("1"), narrow.split("1"), strict=True):
        assert cell_len(one) == cell_len(other)


def test_where_the_width_is_short_the_least_important_column_goes_first() -> None:
    sheet = Sheet(
        columns=(
            Column(key="name", title="seller", align="left", elastic=True),
            Column(key="plan", title="plan", width=10),
            Column(key="pace", title="pace", width=10, rank=1),
            Column(key="need", title="need", width=10, rank=2),
        ),
        lines=(Line("a", tuple(Cell("x" * 8) for _ in range(4))),),
    )
    assert lay(sheet, 60).columns == (0, 1, 2, 3)
    assert lay(sheet, 35).columns == (0, 1, 2)
    assert lay(sheet, 24).columns == (0, 1)


def test_a_long_title_is_cut_before_a_column_goes() -> None:
    sheet = Sheet(
        columns=(
            Column(key="name", title="seller", align="left", elastic=True),
            Column(key="a", title="presentations", rank=1),
        ),
        lines=(Line("a", (Cell("Anna"), Cell("3"))),),
    )
    layout = lay(sheet, 14)
    assert layout.columns == (0, 1)
    assert text(pieces(heads(sheet)[0], sheet, layout, 14)).endswith("…")


def test_the_signs_of_deviations_stand_below_each_other() -> None:
    sheet = Sheet(
        columns=(Column(key="dev", title="deviation", align="apart"),),
        lines=(Line("a", (Cell(f"▼{NBSP}−9"),)), Line("b", (Cell(f"▲{NBSP}+1,234"),))),
    )
    layout = lay(sheet, 9)
    drawn = [text(pieces(line.cells, sheet, layout, 9)) for line in sheet.lines]
    assert drawn == ["▼      −9", "▲  +1,234"]


def test_runs_of_one_tone_are_sent_as_one() -> None:
    sheet = Sheet(columns=tuple(Column(key=key, title="", width=1) for key in "abc"))
    line = (Cell("1"), Cell("2"), Cell("3", "bad"))
    runs = pieces(line, sheet, lay(sheet, 20), 20)
    assert [tone for _, tone in runs] == ["plain", "bad"]


def test_what_does_not_fit_beside_the_title_is_left_out() -> None:
    assert text(spread((("title", "plain"),), (("aside", "muted"),), 12)) == "title  aside"
    assert text(spread((("title", "plain"),), (("aside", "muted"),), 10)) == "title     "


def test_hidden_columns_are_counted_beside_the_title() -> None:
    columns = tuple(Column(key=key, title=key, width=9, rank=1) for key in "abcd")
    sheet = Sheet(title="T", columns=columns, lines=(Line("x", (Cell("1"),) * 4),))
    drawn = frame(sheet, lay(sheet, 22), window(sheet, 8), None, 24, 8)
    assert "+2»" in text(drawn[0][0])


def test_the_rows_scroll_between_heads_and_totals() -> None:
    sheet = Sheet(
        title="T",
        columns=(Column(key="a", title="a"),),
        lines=tuple(Line(str(place), (Cell(f"row{place}"),)) for place in range(9)),
        totals=(Line("total", (Cell("total"),), opens=False),),
    )
    drawn = frame(sheet, lay(sheet, 8), window(sheet, 7, first=4), "4", 10, 7)
    seen = [text(line).strip() for line, _ in drawn]
    assert seen == ["T", "", "a", "row4", "row5", "row6", "total"]
    assert [ground for _, ground in drawn] == [
        "title", "", "", "cursor", "", "", "total",
    ]  # fmt: skip


def test_notes_give_way_to_rows_but_for_the_last_two() -> None:
    sheet = Sheet(
        title="T",
        columns=(Column(key="a", title="a"),),
        lines=tuple(Line(str(place), (Cell(f"row{place}"),)) for place in range(6)),
        notes=tuple(((f"note{place}", "muted"),) for place in range(4)),
    )

    def seen(height: int) -> list[str]:
        drawn = frame(sheet, lay(sheet, 8), window(sheet, height), None, 10, height)
        return [text(line).strip() for line, _ in drawn]

    assert seen(14)[-4:] == ["note0", "note1", "note2", "note3"]
    assert seen(12)[-3:] == ["", "note2", "note3"]
    assert "row5" in seen(12)
    assert seen(10)[-2:] == ["note2", "note3"]


def test_long_words_leave_the_column_after_them_its_room() -> None:
    def widths(most: int) -> tuple[int, ...]:
        columns = tuple(
            Column(key=key, title="", align="left", elastic=True, most=end)
            for key, end in (("words", most), ("formula", 0))
        )
        line = Line("row", (Cell("w" * 60), Cell("f" * 60)))
        return lay(Sheet(title="", columns=columns, lines=(line,)), 72).widths

    assert widths(0)[0] > 30
    assert widths(30) == (30, 40)


def test_the_gap_gives_way_before_a_name_is_cut() -> None:
    columns = (
        Column(key="what", title="", elastic=True, align="left"),
        Column(key="day", title=""),
    )
    line = Line("x", (Cell("m" * 40), Cell("12345678")))
    for spare, gap in ((3, 3), (2, 2), (1, 1)):
        layout = lay(Sheet(columns=columns, lines=(line,)), 48 + spare)
        assert (layout.widths, layout.gap) == ((40, 8), gap)


@given(
    st.lists(st.text(alphabet="abc де", min_size=1, max_size=90), max_size=8),
    st.integers(8, 60),
    st.integers(4, 30),
)
def test_long_notes_are_broken_whole_or_not_at_all(
    texts: list[str], width: int, height: int
) -> None:
    bare = Sheet(title="x", notes=tuple(((text, "muted"),) for text in texts))
    rest = [text for ((text, _),) in unfolded(bare, width, height).notes]
    spare = height - 3 - len(texts)
    for text in texts:
        lines = wrap(text, inner(width)) or [text]
        if len(lines) - 1 <= spare:
            spare -= len(lines) - 1
        else:
            lines = [text]
        assert rest[: len(lines)] == lines
        rest = rest[len(lines) :]
    assert rest == []
    assert spare >= 0 or spare == height - 3 - len(texts)


def test_a_cell_says_what_there_is_room_for() -> None:
    long = Cell("last useful day 24.11, two more a day", brief=("until 24.11, +2", "24.11"))
    columns = (Column(key="a", title="", align="left", width=4),
               Column(key="b", title="", align="left", elastic=True))  # fmt: skip
    sheet = Sheet(columns=columns, lines=(Line("one", (Cell("a"), long)),))
    said = {
        width: text(pieces(sheet.lines[0].cells, sheet, lay(sheet, width), width)).split(maxsplit=1)
        for width in (60, 22, 17)
    }
    assert [" ".join(words[1].split()) for words in said.values()] == [long.text, *long.brief]


def test_an_introduction_is_never_cut_and_keeps_its_tones() -> None:
    names = ", ".join(f"Seller {place} 4{place} %" for place in range(9))
    line: tuple[Piece, ...] = (("▼ ", "bad"), ("Volume first:", "strong"), (f" {names}", "bad"))
    sheet = unfolded(Sheet(intro=(line, (("short", "warn"),))), 60, 24)
    lines = [text(list(found)) for found in sheet.intro]
    assert " ".join(lines).replace(NBSP, " ") == f"▼ Volume first: {names} short"
    assert all(cell_len(found) <= inner(60) for found in lines)
    assert sheet.intro[0][1] == ("Volume first: ", "strong")
    assert {tone for _, tone in sheet.intro[1]} == {"bad"}


def test_what_is_said_below_is_broken_where_all_of_it_is_seen_and_else_cut() -> None:
    notes: tuple[tuple[Piece, ...], ...] = (((" ", "muted"),),) * 3
    rows = tuple(Line(f"{place}", (Cell("row"),)) for place in range(5))
    sheet = Sheet(columns=(Column(key="a", title="a"),), lines=rows, notes=notes)
    said = ["one two three", "four five six seven"]
    assert below(sheet, said, 3, 16, 24) == ["one two three", "four five six", "seven"]
    assert below(sheet, said, 3, 16, 9) == ["", *said]
    assert below(sheet, said[:1], 3, 16, 24) == ["one two three", "", ""]
