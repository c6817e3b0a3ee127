"""A card is set, filled and shown; calls are drawn; what cannot be is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.vocabulary import CallMade, CardFilled, CardTemplateSet
from tests.cockpit.shell import Shell

FULL = "greeting=8 needs=4 offer=7 objections=6 next_step=9"


@pytest.fixture
def carded(north: Shell) -> Shell:
    """The department with the usual card."""
    north.ok("card template --default")
    return north


def call(shell: Shell, line: str = "log call 5m Ромашка --as ivanov") -> int:
    """A call is logged; its number."""
    shell.ok(line)
    return shell.head()


def test_the_usual_card_is_set_and_shown(carded: Shell) -> None:
    body = carded.events()[-1].body
    assert isinstance(body, CardTemplateSet)
    assert (body.template, body.revision) == ("conversation", 1)
    assert {each.id: each.weight for each in body.criteria} == {
        "greeting": 1, "needs": 2, "offer": 1, "objections": 1, "next_step": 1,
    }  # fmt: skip
    assert all(each.text and each.guide for each in body.criteria)
    shown = carded.ok("card template").out
    assert shown.startswith("card conversation, revision 1\n")
    assert "needs       2       Asks before offering" in shown


@pytest.mark.parametrize(
    ("language", "name"), [("ru", "разговор"), ("hu", "beszélgetés"), ("bg", "разговор")]
)
def test_the_usual_card_is_called_as_it_is_spoken_of(
    carded: Shell, monkeypatch: pytest.MonkeyPatch, language: str, name: str
) -> None:
    monkeypatch.setenv("COCKPIT_LANGUAGE", language)
    shown = carded.ok("card template").out.splitlines()[0].casefold()
    assert name in shown
    assert "conversation" not in shown


def test_the_same_card_is_not_set_twice(carded: Shell) -> None:
    before = carded.head()
    assert "nothing added" in carded.ok("card template --default").err
    assert carded.head() == before


def test_a_changed_card_is_a_new_revision(carded: Shell) -> None:
    carded.ok("card template --put budget 'Asks for the budget' --weight budget 3 --drop greeting")
    body = carded.events()[-1].body
    assert isinstance(body, CardTemplateSet)
    assert body.revision == 2
    assert [each.id for each in body.criteria] == [
        "needs", "offer", "objections", "next_step", "budget",
    ]  # fmt: skip
    assert body.criteria[-1].weight == 3


def test_a_card_is_read_from_a_file(north: Shell, tmp_path: Path) -> None:
    path = tmp_path / "card.toml"
    path.write_text(
        'template = "chat"\n[[criteria]]\nid = "tone"\ntext = "Вежливо?"\nweight = 2\n'
        '[[criteria]]\nid = "answer"\ntext = "По делу?"\n',
        encoding="utf-8",
    )
    answer = north.ok(f"card template {path}")
    assert answer.out == "✓ card chat, revision 1: 2 criteria\n"
    assert "undo: cockpit void" in answer.err
    north.ok('card fill ivanov --chat 7 8 --note "ответил за минуту"')


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("criteria = [", "card.toml"),
        ("[[criteria]]\nid = 'a'\ntext = 'b'\nwieght = 2", "wieght"),
        ("[[criteria]]\nid = 'a'\ntext = ''", "needs its question"),
        ("[[criteria]]\nid = 'a b'\ntext = 'c'", "no id"),
        ("[[criteria]]\nid = 'a'\ntext = 'c'\n[[criteria]]\nid = 'a'\ntext = 'd'", "twice"),
        ("[[criteria]]\nid = 'a'\ntext = 'c'\nweight = 0", "1 to 100"),
        ("criteria = []", "at least"),
    ],
)
def test_a_file_that_is_no_card_is_refused(
    north: Shell, tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "card.toml"
    path.write_text(text, encoding="utf-8")
    assert says in north.refused(f"card template {path}")


def test_a_card_is_filled_from_a_call(carded: Shell) -> None:
    number = call(carded)
    made = carded.events(number - 1)[0]
    assert isinstance(made.body, CallMade)
    answer = carded.ok(f'card fill иванов --call {number} {FULL} --note "бюджет не спросил"')
    assert answer.out == (
        "✓ Иванов Пётр: 6.3 of 10, lowest “Asks before offering” 4, 1 card in all\n"
    )
    body = carded.events()[-1].body
    assert body == CardFilled(
        seller="ivanov",
        template="conversation",
        revision=1,
        evidence="call",
        scores={"greeting": 8, "needs": 4, "offer": 7, "objections": 6, "next_step": 9},
        note="бюджет не спросил",
        client="c1",
        call=made.id,
    )


@pytest.mark.parametrize(
    "scores",
    [
        "8 4 7 6 9",
        "8,4,7,6,9",
        "8/10 4/10 7/10 6/10 9/10",
        "next=9 greet=8 needs:4 offer=7 obj=6",
        "needs=4, greeting=8, offer=7, objections=6, next_step=9",
    ],
)
def test_scores_are_taken_as_people_type_them(carded: Shell, scores: str) -> None:
    body = carded.logged(f'card fill ivanov --live {scores} --note "sat beside"')
    assert isinstance(body, CardFilled)
    assert body.evidence == "live"
    assert body.scores == {
        "greeting": 8, "needs": 4, "offer": 7, "objections": 6, "next_step": 9,
    }  # fmt: skip


def test_what_did_not_come_up_is_left_out(carded: Shell) -> None:
    body = carded.logged('card fill ivanov --chat 8 4 - - 9 --note "letters of Monday"')
    assert isinstance(body, CardFilled)
    assert body.scores == {"greeting": 8, "needs": 4, "next_step": 9}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"card fill nobody --live {FULL} --note x", "ivanov, petrova"),
        (f"card fill ivanov {FULL} --note x", "--call NUMBER"),
        (f"card fill ivanov --live --chat {FULL} --note x", "--live"),
        (f"card fill ivanov --live {FULL}", "--note"),
        (f"card fill ivanov --live {FULL} --note ' '", "--note"),
        ("card fill ivanov --live needs=4 --note x", "greeting, offer, objections, next_step"),
        ("card fill ivanov --live 8 4 --note x", "5 criteria"),
        ("card fill ivanov --live 8 4 7 6 11 --note x", "0 to 10"),
        ("card fill ivanov --live 8 4 7 6 good --note x", "0 to 10"),
        ("card fill ivanov --live - - - - - --note x", "says nothing"),
        (f"card fill ivanov --live {FULL} luck=3 --note x", "there is no criterion luck"),
        ("card fill ivanov --live needs=4 8 7 --note x", "not both"),
        (f"card fill ivanov --call 99999 {FULL} --note x", "there is no event 99999"),
        (f"card fill ivanov --call 1 {FULL} --note x", "is no call"),
        (f"card fill ivanov --live {FULL} --note x --name chat", "type one of conversation"),
        ("card template --default --drop needs", "one of them at a time"),
        ("card template --drop luck", "type one of greeting"),
        ("card template --weight needs heavy", "needs=2"),
        ("card template nowhere.toml", "nowhere.toml"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_added(
    carded: Shell, line: str, says: str
) -> None:
    assert says in carded.refused(line)


def test_a_card_before_any_template_says_what_to_type(north: Shell) -> None:
    assert "card template --default" in north.refused("card template")
    assert "card template --default" in north.refused('card fill ivanov --live 7 --note "x"')


def test_a_call_of_somebody_else_is_refused_by_name(carded: Shell) -> None:
    number = call(carded)
    said = carded.refused(f"card fill petrova --call {number} {FULL} --note x")
    assert said == (
        f"call {number} is Иванов Пётр's: type cockpit card fill ivanov --call {number}"
    )


def test_a_voided_call_cannot_be_rated(carded: Shell) -> None:
    number = call(carded)
    carded.ok(f'void {number} "twice"')
    assert "void" in carded.refused(f"card fill ivanov --call {number} {FULL} --note x")


def test_two_people_may_rate_one_call_and_one_person_once(
    carded: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = call(carded)
    carded.ok(f"card fill ivanov --call {number} 8 8 8 8 8 --note x")
    first = carded.head()
    again = carded.refused(f"card fill ivanov --call {number} 5 5 5 5 5 --note x")
    assert f"cockpit void {first}" in again
    monkeypatch.setenv("LOGNAME", "owner")
    answer = carded.ok(f"card fill ivanov --call {number} 8 5 8 8 8 --note y")
    assert f"card {first} rated the same call 8.0" in answer.err
    shown = " ".join(carded.ok("report quality").out.split())
    assert "one call rated 8.0 by head and 7.0 by owner" in shown
    assert "“Asks before offering”: 8 and 5" in shown
    carded.ok(f'void {carded.head()} "mine"')
    carded.ok(f"card fill ivanov --call {number} 7 7 7 7 7 --note z")


def test_cards_are_shown_with_their_notes_the_newest_first(carded: Shell) -> None:
    carded.ok('card fill ivanov --live 8 4 7 6 9 --note "первая"')
    carded.ok('card fill ivanov --chat 9 9 9 9 9 --note "вторая"')
    shown = carded.ok("card show ivanov").out
    assert shown.index("вторая") < shown.index("первая")
    assert "6.3 of 10 · rated by head" in shown
    assert "greeting 8  needs 4" in shown
    assert "первая" not in carded.ok("card show ivanov --last 1").out
    assert "no card of Петрова Анна yet" in carded.ok("card show petrova").err


def test_the_report_is_printed_and_explained(carded: Shell) -> None:
    carded.ok('card fill ivanov --live 8 4 7 6 9 --note "x"')
    carded.ok('card fill petrova --live 9 9 9 9 9 --note "x"')
    text = carded.ok("report quality").out
    assert "Иванов Пётр" in text
    data = carded.ok("report quality --json --seller ivanov").data
    assert isinstance(rows := data["rows"], list)
    assert [(row["seller"], row["mean"], row["weakest"]) for row in rows] == [
        ("ivanov", 6.33, "needs"),
    ]
    assert "needs" in carded.ok("report quality --csv").out
    assert "| Иванов Пётр | all | 1 | 6.3 |" in carded.ok("report quality --markdown").out
    why = carded.ok("explain quality ivanov mean").out
    assert "= 6.33" in " ".join(why.split())
    assert "1 event" in why
    whole = " ".join(carded.ok("explain quality department needs mean").out.split())
    assert "M = S÷n = 13 ÷ 2 = 6.50" in whole


def test_the_draw_is_the_same_all_week_and_ticks_what_is_rated(carded: Shell) -> None:
    numbers = [
        call(carded, f"log call 5m --as ivanov --at '2026-11-{day} 12:00' --reason offline")
        for day in range(9, 14)
    ]
    drawn = carded.ok("draw --json").data["calls"]
    assert isinstance(drawn, list)
    assert len(drawn) == 2
    assert {each["seq"] for each in drawn} <= set(numbers)
    first = drawn[0]["seq"]
    said = carded.ok("draw")
    assert f"next: cockpit card fill ivanov --call {first}" in said.err
    carded.ok(f"card fill ivanov --call {first} 8 4 7 6 9 --note x")
    card = carded.head()
    after = carded.ok("draw")
    assert f"✓ #{card}" in after.out
    assert f"--call {drawn[1]['seq']}" in after.err
    again = carded.ok("draw --json").data["calls"]
    assert isinstance(again, list)
    assert [each["seq"] for each in again] == [each["seq"] for each in drawn]


def test_a_week_without_calls_says_so(carded: Shell) -> None:
    assert "nothing to draw from" in carded.ok("draw").err
