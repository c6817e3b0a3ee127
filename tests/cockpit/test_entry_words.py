"""The words of `cockpit log` are told apart in any order."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable
from itertools import permutations

import pytest

from cockpit.entry.verbs import VERBS, Verb, verb
from cockpit.entry.words import Frame, Typed, read
from cockpit.errors import Refused

TIME = dt.time(16, 40)
FRAME = Frame(currency="RUB", minor_digits=2, invoices={"17", "8"})


def typed(line: str) -> Typed:
    name, *words = shlex.split(line)
    known = verb(name)
    assert known is not None
    return read(words, known, FRAME)


def test_a_call_reads_as_in_the_feature() -> None:
    said = typed('call +7…1234 3m20 out "Ромашка" →meeting wed 15:00')
    assert (said.phone, said.length, said.direction) == ("+7…1234", 200, "out")
    assert said.rest == ["Ромашка"]
    assert said.then is not None
    assert (said.then.step, said.then.when.weekday) == ("meeting wed 15:00", 2)


def test_the_words_of_a_call_may_come_in_any_order() -> None:
    parts = ["+79161234567", "3m20", "in", "Ромашка"]
    for order in permutations(parts):
        said = typed(shlex.join(["call", *order]))
        assert (said.phone, said.length, said.direction, said.rest) == (
            "+79161234567",
            200,
            "in",
            ["Ромашка"],
        ), order


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ("call 3:20 Сигма вчера 16:40", lambda s: (s.length, s.moment.time) == (200, TIME)),
        ("call Сигма 3m20 16:40", lambda s: (s.length, s.moment.time) == (200, TIME)),
        ("meeting Сигма 16:40 45m", lambda s: (s.length, s.moment.time) == (2700, TIME)),
        ("call Школа 7 3m20", lambda s: s.rest == ["Школа", "7"]),
        ("call +36 30 123 4567 be 5p", lambda s: s.phone == "+36 30 123 4567"),
        ("proposal ООО Сигма 2k", lambda s: (s.amount, s.rest) == (200_000, ["ООО", "Сигма"])),
        ("proposal Ромашка 120 000", lambda s: s.amount == 12_000_000),
        ("order 1С-Рарус 5 тыс", lambda s: (s.amount, s.rest) == (500_000, ["1С-Рарус"])),
        ("paid 17 120k", lambda s: (s.invoice, s.amount) == ("17", 12_000_000)),
        ("paid 17 120 000", lambda s: (s.invoice, s.amount) == ("17", 12_000_000)),
        ("paid 120k №17", lambda s: (s.invoice, s.amount) == ("17", 12_000_000)),
        ("paid 99 120k", lambda s: (s.invoice, s.amount) == ("99", 12_000_000)),
        ("paid Ромашка 120k", lambda s: (s.invoice, s.rest) == (None, ["Ромашка"])),
        ("invoice 17 Ромашка 240k", lambda s: (s.number, s.amount) == ("17", 24_000_000)),
        ("invoice Ромашка 240 000", lambda s: (s.number, s.amount) == (None, 24_000_000)),
        ("invoice №A-9 Ромашка 5k", lambda s: (s.number, s.rest) == ("A-9", ["Ромашка"])),
        ("invoice A-9 Ромашка 5k", lambda s: (s.number, s.rest) == ("A-9", ["Ромашка"])),
        ("invoice 2026/17 Ромашка 5k", lambda s: (s.number, s.rest) == ("2026/17", ["Ромашка"])),
        ("invoice Салон-7 5k", lambda s: (s.number, s.amount) == ("Салон-7", 500_000)),
        ("invoice 5k Салон-7", lambda s: (s.number, s.rest) == (None, ["Салон-7"])),
        ("invoice 2026-11-15 Ромашка 5k", lambda s: (s.number, s.moment.day) == (None, 15)),
        ("paid INV-9 120", lambda s: (s.invoice, s.amount) == ("INV-9", 12_000)),
        ("paid №99 100", lambda s: (s.invoice, s.amount) == ("99", 10_000)),
        ("promise 17 120k fri", lambda s: (s.invoice, s.moment.weekday) == ("17", 4)),
        ("lost Ромашка цена", lambda s: (s.reason, s.rest) == ("price", ["Ромашка"])),
        ("won Ромашка 1.5m 15.11", lambda s: (s.amount, s.moment.day) == (150_000_000, 15)),
    ],
)  # fmt: skip
def test_each_word_finds_its_place(line: str, check: Callable[[Typed], bool]) -> None:
    said = typed(line)
    assert check(said), said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("call 3m20 2m Ромашка", "twice"),
        ("call in out Ромашка", "twice"),
        ("proposal Школа 7 240k", "twice"),
        ("call 200 Ромашка", "200s"),
        ("order Ромашка 12,5к0", "240k"),
        ("order Ромашка 0", "zero"),
        ("paid 99 100", "type №99 100, or 99100"),
        ("invoice 56 500 Ромашка", "type №56 500, or 56500"),
        ("call 3m20 then meeting", "which day"),
        ("call 3m20 →", "which day"),
    ],
)
def test_a_word_that_cannot_be_right_is_refused(line: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        typed(line)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("звонок", "call"),
        ("ЗВ", "call"),
        ("hívás", "call"),
        ("обаждане", "call"),
        ("встреча", "meeting"),
        ("találkozó", "meeting"),
        ("среща", "meeting"),
        ("кп", "proposal"),
        ("ajánlat", "proposal"),
        ("оферта", "proposal"),
        ("оплата", "payment"),
        ("befizetés", "payment"),
        ("плащане", "payment"),
        ("paid", "payment"),
    ],
)
def test_a_verb_is_known_in_four_languages(word: str, name: str) -> None:
    known = verb(word)
    assert known is not None
    assert known.name == name


def test_no_word_stands_for_two_verbs() -> None:
    words = [word.casefold() for each in VERBS for word in (each.name, *each.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("known", VERBS, ids=lambda known: known.name)
def test_the_example_of_a_verb_reads(known: Verb) -> None:
    words = [word for word in known.example.split() if not word.startswith("--")]
    assert read(words, known, FRAME) is not None
