"""Whatever a terminal sends is read, or passed over; nothing of it ends the screen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseDown, Paste, Resize

from cockpit.tui.keyboard import Reader
from tests.tui.pty import Terminal
from tests.tui.test_terminal import file_clock, running, terminal

__all__ = ["file_clock", "terminal"]

Open = Callable[..., Terminal]


def pressed(data: str, reader: XTermParser | None = None) -> list[tuple[str, str | None]]:
    """The keys in what a terminal sends, with what they type."""
    read = (reader or Reader()).feed(data)
    return [(each.key, each.character) for each in read if isinstance(each, Key)]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("\x1b[1100::109u", ("m", "ь")),
        ("\x1b[1090::110;;1090u", ("n", "т")),
        ("\x1b[1090:1058:110;2;1058u", ("N", "Т")),
        ("\x1b[1100:1068:109;2u", ("M", "Ь")),
        ("\x1b[1099:1067:115;5u", ("ctrl+s", None)),
        ("\x1b[1103::113;1:2;1103u", ("q", "я")),
        ("\x1b[109:77;2;77u", ("M", "M")),
        ("\x1b[97::113u", ("a", "a")),
        ("\x1b[1073::44;;1073u", ("б", "б")),
        ("\x1b[109u", ("m", "m")),
        ("\x1b[32u", ("space", " ")),
        ("\x1b[13u", ("enter", "\r")),
        ("\x1b[49;2u", ("shift+1", None)),
        ("\x1b[1;1:1A", ("up", None)),
        ("\x1b[3;1:2~", ("delete", None)),
    ],
)
def test_a_key_with_all_its_names_goes_by_the_latin_one_and_types_itself(
    sent: str, expected: tuple[str, str | None]
) -> None:
    assert pressed(sent) == [expected]


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[109;1:3u",
        "\x1b[1100::109;1:3u",
        "\x1b[1;1:3A",
        "\x1b[3;1:3~",
        "\x1b[99999999999u",
        "\x1b[55296u",
        "\x1b[?62;22c",
        "\x1b[>0;276;0c",
        "\x1b[8;24;80t",
    ],
)
def test_a_released_key_and_an_answer_nobody_asked_for_press_nothing(sent: str) -> None:
    reader = Reader()
    assert pressed(sent, reader) == []
    assert pressed("q", reader) == [("q", "q")]


@pytest.mark.parametrize("sent", ["\x1b[;55296u", "\x1b[97;;55296u", "\x1b[97;;99999999999u"])
def test_text_that_cannot_be_written_is_typed_by_no_key(sent: str) -> None:
    assert all((typed or "").isprintable() for _, typed in pressed(sent))


def test_every_sequence_read_before_is_read_as_before() -> None:
    for sequence in ANSI_SEQUENCES_KEYS:
        assert pressed(sequence) == pressed(sequence, XTermParser()), repr(sequence)


def test_a_window_of_no_size_is_passed_over_and_one_without_pixels_has_its_mouse() -> None:
    reader = Reader()
    assert list(reader.feed("\x1b[48;0;0;0;0t\x1b[48;99999;99999;9;9t")) == []
    resized, clicked = reader.feed("\x1b[48;24;80;0;0t\x1b[<0;5;6M")
    assert isinstance(resized, Resize)
    assert resized.size == (80, 24)
    assert isinstance(clicked, MouseDown)
    assert (clicked.x, clicked.y) == (4, 5)


@given(st.lists(st.integers(6, 40), max_size=6))
def test_what_is_pasted_loses_its_colours_and_presses_no_key(cuts: list[int]) -> None:
    sent = "\x1b[200~\x1b[1;31mred\x1b[0m q\x1bb\0\n\ttill\x1b[201~q"
    reader, told = Reader(), []
    for start, end in pairwise([0, *sorted(cuts), len(sent)]):
        told += list(reader.feed(sent[start:end]))
    words = [each.text if isinstance(each, Paste) else str(each) for each in told]
    assert words == ["red qb\n\ttill", str(Key("q", "q"))]


_PIECES = st.sampled_from(
    [*"\x1b[;:?u~AMmtROqж013\0", "\x1b[", "\x1b[<", "200~", "201~", "$y"]
    + [str(code) for code in (48, 109, 1100, 2026, 2048, 0xD800, 99999999999)]
)


@given(st.lists(_PIECES | st.characters(), min_size=1, max_size=30).map("".join).filter(bool))
def test_after_any_bytes_a_key_is_still_a_key(data: str) -> None:
    reader = Reader()
    for event in reader.feed(data):
        assert not isinstance(event, Key) or (event.character or "").encode() is not None
    end = "\x1b[201~" * 2 + "." * 40
    assert pressed(end + "q", reader)[-1:] == [("q", "q")]


def test_the_screen_goes_on_after_whatever_was_sent(terminal: Open) -> None:
    with terminal() as screen:
        running(screen)
        for strange in (
            b"\x1b[1100::109;1:3u",
            b"\x1b[109;1:3u\x1b[99999999999u\x1b[;;:55296u",
            b"\xff\xfe\xd0",
            b"\x1b[48;0;0;0;0t\x1b[?62;22c",
            b"\x1b[200~\x1b[31mred\x1b[0m\x00\xff\x1b[201~",
        ):
            screen.press(strange)
        screen.press(b"\x1b[1100::109u")
        screen.shows("›m margin")
