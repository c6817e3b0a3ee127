"""The client that is meant is found, and nobody is ever guessed in silence."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.entry.names import LEGAL_FORMS, find, latin, plain

CLIENTS = {
    "c1": "ООО «Ромашка»",
    "c2": "Ромашка-Сервис АО",
    "c3": "Българска роза ЕООД",
    "c4": "Árvíztűrő Kft.",
    "c5": "Вектор",
    "c6": "Сигма",
    "c7": "Ёлка",
    "c8": "Delta Trade Ltd",
}

WORDS = st.text("абвгдежзиклмнопрстуфхцчшщыэюяabcdefghijklmnop", min_size=4, max_size=9)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("c5", "c5"),
        ("C5", "c5"),
        ("ромашка", "c1"),
        ("Ромашка ООО", "c1"),
        ("ООО РОМАШКА", "c1"),
        ("ромашка серв", "c2"),
        ("romashka", "c1"),
        ("Balgarska roza", "c3"),
        ("роза", "c3"),
        ("arvizturo", "c4"),
        ("Árvíztűrő", "c4"),
        ("елка", "c7"),
        ("вктор", "c5"),
        ("сигама", "c6"),
        ("dleta trade", "c8"),
    ],
)
def test_a_clear_winner_is_found(typed: str, key: str) -> None:
    assert find(typed, CLIENTS).key == key


@pytest.mark.parametrize(
    ("typed", "close"),
    [
        ("ром", {"c1", "c2"}),
        ("Ромашка Урал", {"c1", "c2"}),
        ("Вентор", {"c5"}),
    ],
)
def test_what_may_be_several_is_a_question(typed: str, close: set[str]) -> None:
    found = find(typed, CLIENTS)
    assert found.key is None
    assert set(found.close) == close


@pytest.mark.parametrize("typed", ["", "ООО", "zzz", "Газпром", "«»"])
def test_what_is_like_nobody_finds_nobody(typed: str) -> None:
    found = find(typed, CLIENTS)
    assert (found.key, found.close) == (None, ())


def test_two_clients_of_one_name_are_a_question() -> None:
    found = find("Заря", {"c1": "ООО Заря", "c2": "Заря АО"})
    assert found.key is None
    assert set(found.close) == {"c1", "c2"}


@given(
    WORDS,
    st.sampled_from(sorted(LEGAL_FORMS)),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["NFC", "NFD"]),
)
def test_case_accents_and_legal_forms_do_not_matter(
    word: str, form: str, case: object, shape: str
) -> None:
    assert callable(case)
    typed = unicodedata.normalize("NFD" if shape == "NFD" else "NFC", case(word))
    names = {"c1": f"{form.upper()} «{word}»", "c2": "Совсем другое имя"}
    assert find(typed, names).key == "c1"


@given(WORDS)
def test_a_name_is_found_by_its_latin_spelling(word: str) -> None:
    names = {"c1": word, "c2": "совсем другое имя"}
    assert find(latin(plain(word)), names).key == "c1"


@given(st.text(max_size=15), st.dictionaries(st.sampled_from("abcdef"), st.text(max_size=15)))
def test_a_found_key_is_one_of_the_names(typed: str, names: dict[str, str]) -> None:
    found = find(typed, names)
    assert found.key is None or found.key in names
    assert set(found.close) <= set(names)
    assert found.key is None or not found.close
