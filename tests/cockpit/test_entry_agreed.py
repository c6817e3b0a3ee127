"""From and to of a correction: read as the language writes numbers, kept the same for all."""

from __future__ import annotations

import pytest

from cockpit.entry.agreed import kept
from cockpit.errors import Refused
from cockpit.render.correcting import agreed_on
from cockpit.words import use


def read(text: str, metric: str) -> str:
    return kept(text, metric, unit="calls a day", currency="RUB", minor_digits=2)


@pytest.mark.parametrize(
    ("language", "metric", "typed", "expected"),
    [
        ("en", "call_made", "50", "50"),
        ("en", "call_made", " 5.50 ", "5.5"),
        ("en", "call_made", "1,250", "1250"),
        ("ru", "call_made", "5,6", "5.6"),
        ("ru", "quality:needs", "6,5", "6.5"),
        ("ru", "call_made>meeting_held", "37\u00a0%", "37%"),
        ("hu", "call_made>meeting_held", "37,5%", "37.5%"),
        ("bg", "call_made>meeting_held", "37", "37%"),
        ("ru", "revenue", "240к", "240000"),
        ("ru", "revenue", "0", "0"),
        ("ru", "revenue", "1\u00a0234,50", "1234.5"),
        ("en", "revenue", "12,345", "12345"),
        ("en", "margin", "\u22121,200", "-1200"),
        ("hu", "average_check", "1 234 500", "1234500"),
    ],
)
def test_a_figure_is_read_as_its_metric_is_counted(
    language: str, metric: str, typed: str, expected: str
) -> None:
    use(language)
    assert read(typed, metric) == expected


@pytest.mark.parametrize(
    ("metric", "typed", "said"),
    [
        ("call_made", "a few", "a few is no number: type calls a day, as in 12"),
        ("call_made", "-5", "as in 12"),
        ("call_made", "50 %", "as in 12"),
        ("call_made", "٣٤,٥٦٧", "as in 12"),
        ("call_made>meeting_held", "half of them", "type per cent, from 0 to 100"),
        ("call_made>meeting_held", "120 %", "type per cent, from 0 to 100"),
        ("revenue", "more", "more is not an amount: type 240k"),
    ],
)
def test_words_are_no_figure(metric: str, typed: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read(typed, metric)


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("ru", "37%", "37\u00a0%"),
        ("en", "37%", "37%"),
        ("bg", "5.5", "5,5"),
        ("hu", "1234500", "1\u00a0234\u00a0500"),
        ("en", "-1200", "\u22121,200"),
        ("ru", "около 50", "около 50"),
        ("ru", "20 %", "20 %"),
    ],
)
def test_what_is_kept_is_shown_in_the_language_of_the_reader(
    language: str, text: str, shown: str
) -> None:
    use(language)
    assert agreed_on(text) == shown
