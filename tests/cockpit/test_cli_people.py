"""Sellers and clients are entered once, found by name, and can leave or be forgotten."""

from __future__ import annotations

import shlex

import pytest

from events.vocabulary import ClientRegistered, RoleSet, SellerHired, SellerLeft
from tests.cockpit.shell import Shell

SELLERS = """key      name          team   role  since       left
ivanov   Иванов Пётр   north        2026-01-12
petrova  Петрова Анна  south        2026-01-12
"""

CLIENTS = """key  name                 seller  segment  territory
c4   Българска роза ЕООД
c3   Вектор                                Урал
c1   ООО Ромашка          ivanov  retail
c2   Ромашка-Сервис
"""


def test_sellers_are_listed(north: Shell) -> None:
    assert north.ok("seller list").out == SELLERS


HOSTILE = ["\x1b[2J\x1b[31mred", "\u202eturned", "two\nlines", "bell\x07", "cr\rover"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_cannot_move_the_cursor_wherever_it_is_printed(north: Shell, name: str) -> None:
    answers = [
        north.ok(f"client add {shlex.quote(name)} --key odd"),
        north.ok("client list"),
        north.ok("log call 1m --client odd --as ivanov"),
    ]
    said = "".join(answer.out + answer.err for answer in answers)
    told = north.refused(f"log call 1m --as {shlex.quote(name)}")
    told += north.refused(f"report plan-fact --month {shlex.quote(name)}")
    assert not set("\x1b\u202e\x07\r") & set(said + told)


def test_a_name_as_long_as_a_book_is_told_in_a_line(north: Shell) -> None:
    assert len(north.refused(f"report plan-fact --month {'9' * 100_000}")) < 500


def test_a_seller_is_hired_on_the_day_that_was_said(north: Shell) -> None:
    body = north.logged("seller add sidorov 'Сидоров Иван' --team north --role closer")
    assert body == SellerHired(seller="sidorov", name="Сидоров Иван", team="north", role="closer")
    north.logged("seller add kuz Кузнецов --since 01.11")
    assert north.events()[-1].occurred_at == "2026-11-01T12:00:00+03:00"


def test_a_seller_leaves_and_may_come_back(north: Shell) -> None:
    assert north.logged("seller leave петрова 17.11") == SellerLeft(seller="petrova")
    assert "2026-11-17" in north.ok("seller list").out
    assert "left" in north.refused("seller leave petrova")
    assert isinstance(north.logged("seller add petrova 'Петрова Анна'"), SellerHired)


def test_a_role_is_set(north: Shell) -> None:
    assert north.logged("seller role иванов closer --team south") == RoleSet(
        seller="ivanov", role="closer", team="south"
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("seller add ivanov Другой", "another key"),
        ("seller add 'a b' Имя", "letters and digits"),
        ("seller add smith ' '", "needs a name"),
        ("seller add smith Смит --since 2027-01-01", "ahead"),
        ("seller leave Сидоров", "ivanov, petrova"),
        ("seller role ivanov", "closer"),
        ("client add 'ромашка ооо'", "--another"),
        ("client add Новый --key c1", "another key"),
        ("client add Новый --seller Никто", "ivanov, petrova"),
        ("client forget Газпром", "client add"),
        ("client forget Ромашка-Сервис", "--yes"),
    ],
)
def test_what_cannot_be_is_refused(north: Shell, line: str, says: str) -> None:
    assert says in north.refused(line)


def test_clients_are_listed_by_name(north: Shell) -> None:
    assert north.ok("client list").out == CLIENTS
    assert north.ok("client list РОМ").out.count("\n") == 3


def test_a_client_gets_a_key_that_says_nothing_of_the_name(north: Shell) -> None:
    answer = north.ok("client add 'Сигма плюс' --grade A --phone +79161234567")
    body = north.events()[-1].body
    assert isinstance(body, ClientRegistered)
    assert body.client == f"c{north.head()}"
    assert (body.grade, body.phone) == ("A", "+79161234567")
    assert answer.out == f"✓ Сигма плюс is client {body.client}\n"


def test_two_clients_may_share_a_name_when_that_is_meant(north: Shell) -> None:
    north.ok("client add Вектор --another")
    assert "may be several" in north.refused("log call 1m Вектор --as ivanov")


def test_a_forgotten_client_leaves_no_trace_of_the_name(north: Shell) -> None:
    north.ok("log call 3m20 Вектор --as ivanov --note 'просил Вектора'")
    north.ok("client forget Вектор --yes")
    for file in north.path.parent.iterdir():
        assert "Вектор".encode() not in file.read_bytes(), file
    north.ok("verify")
    assert "c3" in north.ok("client list").out
    assert north.ok("report activity --json").data["rows"]


def test_who_types_is_written_down(north: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_SELLER", "Петрова")
    north.ok("log call 1m --as ivanov")
    event = north.events()[-1]
    assert (event.actor, event.seller) == ("petrova", "ivanov")
    north.ok("log call 1m")
    assert north.events()[-1].seller == "petrova"
    monkeypatch.setenv("COCKPIT_SELLER", "somebody else")
    assert "ivanov, petrova" in north.refused("log call 1m")
    north.ok("client add Сигма")
    assert north.events()[-1].actor == "head"


def test_a_name_is_kept_in_one_line_without_what_moves_a_cursor(north: Shell) -> None:
    north.ok("client add '  Red\n\x1b[31m  Rose '")
    assert "Red [31m Rose" in north.ok("client list Red").out
    north.ok("seller add zed 'Zed\tZ'")
    assert "Zed Z" in north.ok("seller list").out
    assert "at most 200 letters" in north.refused(f"client add {'x' * 201}")


def test_what_the_terminal_could_not_decode_is_refused(north: Shell) -> None:
    says = "set the locale to UTF-8"
    assert says in north.refused("log call 3m Вектор --note \udcff --as ivanov")
    assert says in north.refused("client add a\udcffb")
