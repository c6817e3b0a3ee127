"""Lengths mean the same however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit import words
from cockpit.entry import durations
from cockpit.errors import Refused
from cockpit.formats import duration

UNITS = [("h", "m", "s"), ("ч", "м", "с"), ("ó", "p", "mp"), ("час", "мин", "сек")]


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("3m20", 200),
        ("200s", 200),
        ("3:20", 200),
        ("3м20", 200),
        ("3m20s", 200),
        ("3'20\"", 200),
        ("5 min", 300),
        ("5мин", 300),
        ("1h05", 3900),
        ("1ó 5p", 3900),
        ("1:03:20", 3800),
        ("90m", 5400),
        ("0s", 0),
    ],
)
def test_a_length_reads_as_sellers_mean_it(typed: str, seconds: int) -> None:
    assert durations.parse(typed) == seconds


@pytest.mark.parametrize("typed", ["200", "20s3m", "3m3m", "1h90m", "3:60", "m", "", "3x", "3 20"])
def test_what_is_no_length_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match="3m20"):
        durations.parse(typed)


@given(st.integers(1, 86_399), st.sampled_from(UNITS), st.sampled_from(["", " "]))
def test_lengths_with_units_read_back(seconds: int, units: tuple[str, str, str], gap: str) -> None:
    parts = (seconds // 3600, seconds % 3600 // 60, seconds % 60)
    typed = gap.join(f"{part}{unit}" for part, unit in zip(parts, units, strict=True) if part)
    assert durations.parse(typed) == seconds


@given(st.integers(0, 5999))
def test_minutes_and_seconds_with_a_colon_read_back(seconds: int) -> None:
    typed = f"{seconds // 60}:{seconds % 60:02d}"
    assert durations.parse(typed) == seconds
    assert durations.read(typed, colons=False) is None


@given(st.integers(0, 86_399), st.sampled_from(words.LANGUAGES))
def test_a_length_as_the_program_prints_it_reads_back(seconds: int, language: str) -> None:
    words.use(language)
    printed = duration(seconds)
    exact = seconds if seconds < 3600 else seconds // 60 * 60
    assert durations.parse(printed) == exact
