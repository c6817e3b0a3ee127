"""Every word is in the catalogue, in every language, in the right plural, with its placeholders."""

from __future__ import annotations

import ast
import gettext
import re
import string
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

import cockpit
from cockpit import words
from cockpit.terms import TERMS
from cockpit.words import LANGUAGES, n, t, use

ROOM = Path(cockpit.__file__).parent
LOCALE = ROOM / "locale"
TRANSLATED = [language for language in LANGUAGES if language != "en"]
KEY = re.compile(r"(?:^|[:·,;] |with )([a-zA-Z])(?= [a-z]|[.;]|$)")
NO_KEYS = {"a", "A", "I", "n", "r", "b own best", "h by hand", "p from the plan", "s sector"}
"""Words of one letter, the signs of statistics, and the letters of a norm's source."""
NOT_A_SELLER = re.compile(r"manager|менеджер|menedzser|мениджър", re.IGNORECASE)


class Entry(msgspec.Struct, frozen=True):
    """A message with its forms in English and in a language."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    fuzzy: bool


def _read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


@cache
def _catalogue(language: str) -> Catalog:
    return _read(LOCALE / language / "LC_MESSAGES" / "messages.po", language)


def _entries(catalogue: Catalog) -> list[Entry]:
    return [
        Entry(_tuple(message.id), _tuple(message.string or ""), message.fuzzy)
        for message in catalogue
        if message.id
    ]


def _tuple(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@cache
def _of_the_code() -> set[tuple[str, ...]]:
    """What the calls in the code say, found with the keywords `make words` uses."""
    makefile = (ROOM.parent / "Makefile").read_text(encoding="utf-8")
    keywords = DEFAULT_KEYWORDS | parse_keywords(re.findall(r" -k (\S+)", makefile))
    rooms = re.findall(r"messages\.pot (cockpit .+)", makefile)[0].split()
    return {
        _tuple(message)
        for room in rooms
        for _, _, message, *_ in extract_from_dir(ROOM.parent / room, keywords=keywords)
    }


def test_a_sentence_takes_its_keys_from_the_registry_so_that_each_layout_reads_its_own() -> None:
    told = {text for ids in _of_the_code() for text in ids} - NO_KEYS
    assert {text for text in told if set(KEY.findall(text)) - NO_KEYS} == set()


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield f"{path.relative_to(ROOM)}:{node.lineno}", node


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_has_exactly_the_messages_of_the_code(language: str) -> None:
    assert {entry.ids for entry in _entries(_catalogue(language))} == _of_the_code()


def test_the_template_has_exactly_the_messages_of_the_code() -> None:
    assert {entry.ids for entry in _entries(_read(LOCALE / "messages.pot"))} == _of_the_code()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_in_all_its_forms(language: str) -> None:
    catalogue = _catalogue(language)
    entries = _entries(catalogue)
    assert [entry.ids for entry in entries if not all(entry.texts)] == []
    forms = {len(entry.texts) for entry in entries if len(entry.ids) > 1}
    assert forms == {catalogue.num_plurals}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess_or_a_leftover(language: str) -> None:
    catalogue = _catalogue(language)
    assert [entry.ids for entry in _entries(catalogue) if entry.fuzzy] == []
    assert not catalogue.obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_placeholders_of_the_message(language: str) -> None:
    for entry in _entries(_catalogue(language)):
        for text in filter(None, entry.texts):
            assert _names(text) == _names(entry.ids[-1]), entry.ids


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_words_are_those_of_the_catalogue(language: str) -> None:
    """Where this fails, the catalogues have changed since `make test` last compiled them."""
    compiled = gettext.translation("messages", LOCALE, [language])
    said = {
        entry.ids: compiled.gettext(entry.ids[0])
        if len(entry.ids) == 1
        else compiled.ngettext(entry.ids[0], entry.ids[1], 5)
        for entry in _entries(_catalogue(language))
    }
    written = {entry.ids: entry.texts[-1] for entry in _entries(_catalogue(language))}
    assert said == written


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["1 working day", *(f"{k} working days" for k in (2, 5, 11, 21))]),
        (
            "ru",
            [
                "1 рабочий день",
                "2 рабочих дня",
                "5 рабочих дней",
                "11 рабочих дней",
                "21 рабочий день",
            ],
        ),
        ("hu", [f"{k} munkanap" for k in (1, 2, 5, 11, 21)]),
        ("bg", ["1 работен ден", *(f"{k} работни дни" for k in (2, 5, 11, 21))]),
    ],
)
def test_plurals_follow_the_number(language: str, expected: list[str]) -> None:
    use(language)
    counts = (1, 2, 5, 11, 21)
    assert [n("{count} working day", "{count} working days", k) for k in counts] == expected


@pytest.mark.parametrize("language", ["ru", "bg"])
def test_plural_forms_are_those_of_cldr(language: str) -> None:
    speak = gettext.translation("messages", LOCALE, [language]).ngettext
    cldr = Locale.parse(language).plural_form
    forms: dict[str, set[str]] = {}
    for count in range(1000):
        said = speak("{count} working day", "{count} working days", count)
        forms.setdefault(said, set()).add(cldr(count))
    assert len(forms) == _catalogue(language).num_plurals
    assert all(len(names) == 1 for names in forms.values())


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_term_of_the_trade_has_its_word(language: str) -> None:
    known = {entry.ids[0]: entry.texts[0] for entry in _entries(_catalogue(language))}
    assert [term for term in TERMS if not known.get(term)] == []
    assert len({term.casefold() for term in TERMS}) == len(TERMS)


@pytest.mark.parametrize(
    ("english", "russian", "hungarian", "bulgarian"),
    [
        ("stand-up", "планёрка", "napi eligazítás", "оперативка"),
        ("request to pay", "счёт", "díjbekérő", "проформа фактура"),
        ("lead", "лид", "érdeklődő", "лийд"),
        ("stage", "этап", "szakasz", "етап"),
        ("conversion", "конверсия", "konverzió", "конверсия"),
        ("control list", "кого проконтролировать", "ellenőrzendő ügyfelek", "за контрол днес"),
    ],
)
def test_terms_are_the_ones_the_trade_uses(
    english: str, russian: str, hungarian: str, bulgarian: str
) -> None:
    for language, expected in (("ru", russian), ("hu", hungarian), ("bg", bulgarian)):
        use(language)
        assert t(english) == expected


def test_a_seller_is_never_called_a_manager() -> None:
    entries = [entry for language in TRANSLATED for entry in _entries(_catalogue(language))]
    said = [text for entry in entries for text in entry.texts]
    said += [text for ids in _of_the_code() for text in ids]
    assert [text for text in said if NOT_A_SELLER.search(text)] == []


def test_words_are_written_where_extraction_sees_them() -> None:
    """A message glued from parts, or chosen inside the call, never reaches the catalogue."""
    hidden: list[str] = []
    for place, call in _calls():
        said = call.args[: {"t": 1, "mark": 1, "n": 2}.get(getattr(call.func, "id", ""), 0)]
        for argument in said:
            inner = [node for node in ast.walk(argument) if isinstance(node, ast.Constant)]
            texts = [node for node in inner if isinstance(node.value, str)]
            looked_up = isinstance(argument, ast.Subscript)
            if texts and not isinstance(argument, ast.Constant) and not looked_up:
                hidden.append(place)
    assert hidden == []


def test_a_language_without_catalogue_speaks_english() -> None:
    use("xx")
    assert (words.language(), t("plan")) == ("en", "plan")


def test_names_are_filled_in_after_translation() -> None:
    use("ru")
    assert t("known at {moment}", moment="{plan}") == "по данным на {plan}"
    assert t("") == ""


def test_a_number_may_come_formatted() -> None:
    use("ru")
    assert n("{count} event", "{count} events", 1234, count="1 234") == "1 234 события"
