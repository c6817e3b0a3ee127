"""What `cockpit log` cannot take is refused in one line that says what to type instead."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.vocabulary import CallMade, PaymentReceived
from tests.cockpit.shell import INIT, Shell
from tests.events.nobody import reachable, somebody_else

WHO = "--as ivanov"
LONG = "9" * 5000


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("log call 3m20 Ромашка", "--as with one of ivanov, petrova"),
        ("log call 3m20 --as Сидоров", "there is no seller Сидоров: type ivanov, petrova"),
        (f"log call 3m20 Газпром {WHO}", 'type cockpit client add "Газпром"'),
        (f"log call 3m20 Ром {WHO}", "c1 ООО Ромашка, c2 Ромашка-Сервис"),
        (f"log meeting {WHO}", "Name the client: cockpit log meeting"),
        (f"log call 3m20 tomorrow {WHO}", "still ahead"),
        (f"log call 3m20 --at 19.11 {WHO}", "still ahead"),
        (f"log call 3m20 --at soon {WHO}", "yesterday 16:40"),
        (f"log call 3m20 14.11 {WHO}", "4 days ago: say why so late with --reason"),
        (f"log order Вектор 0 {WHO}", "zero"),
        (f"log order Вектор 12,5к0 {WHO}", "240k"),
        (f"log order Вектор {WHO}", "Type the amount: cockpit log order"),
        ("log paid 99 120k", "there is no invoice 99; open are: 17 Вектор ₽1,000"),
        ("log paid 120k", "which invoice"),
        ("log paid Ромашка-Сервис 120k", "which invoice"),
        ("log paid 17 1000,01", "₽1,000 open, not ₽1,000.01: add --overpaid"),
        ("log paid 17", "how much"),
        (f"log lead {WHO} --temperature tepid", "Try cockpit log lead --help"),
        (f"log call 3m20 --bogus {WHO}", "Try cockpit log call --help"),
        (f"log call 3m20 {WHO} --note", "--note"),
        ("log cal 3m20", "Did you mean 'call'"),
        ("lgo call 3m20", "Did you mean 'log'"),
        (f"log order Вектор 99999999999999999 {WHO}", "more than a log can hold"),
        (f"log order Вектор {LONG} {WHO}", "more than a log can hold"),
        (f"log call Вектор {LONG}:10 {WHO}", "neither a time of day nor a length"),
        (f"log call Вектор 10:{LONG} {WHO}", "neither a time of day nor a length"),
        (f"log call Вектор --at {LONG}.10 {WHO}", "2026-11-15"),
        (f"log order Вектор -500 {WHO}", "without the minus"),
        (f"log call Вектор 99h {WHO}", "99h is longer than a day"),
        (f"log call Вектор yesterday 25:99 {WHO}", "25:99 is neither a time of day nor a length"),
        (f"log call 3m20 Вектр-сервис {WHO}", "if c3 Вектор is meant, type c3"),
        ("log", "cockpit log what? Type one of call, meeting"),
        (f"log qualified Вектор {WHO}", 'cockpit log deal "Вектор"'),
        (f"log step {WHO}", "which step"),
    ],
)
def test_it_says_what_to_type_instead(north: Shell, line: str, says: str) -> None:
    north.ok("log invoice 17 Вектор 1000 --as ivanov")
    assert says in north.refused(line)


def test_without_a_department_it_says_how_to_open_one(shell: Shell) -> None:
    assert "cockpit init" in shell.refused("log call 3m20")


def test_without_sellers_it_says_how_to_add_one(shell: Shell) -> None:
    shell.ok(INIT)
    assert "cockpit seller add" in shell.refused("log call 3m20")


def test_an_overpayment_is_taken_when_it_is_meant(north: Shell) -> None:
    north.ok("log invoice 17 Вектор 1000 --cost 400 --as ivanov")
    body = north.logged("log paid 17 1000,01 --overpaid")
    assert isinstance(body, PaymentReceived)
    assert (body.amount, body.cost, body.overpaid) == (100_001, 40_000, True)


def test_what_is_late_is_taken_with_a_reason(north: Shell) -> None:
    body = north.logged(f"log call 3m20 14.11 --reason 'была без связи' {WHO}")
    assert body == CallMade(seller="ivanov", seconds=200, note="была без связи")
    assert north.logged(f"log call 3m20 15.11 {WHO}") == CallMade(seller="ivanov", seconds=200)


def test_the_same_id_adds_nothing(north: Shell) -> None:
    first = north.ok(f"log call 3m20 Вектор --id pbx-1 --json {WHO}").data
    again = north.ok(f"log call 3m20 Вектор --id pbx-1 --json {WHO}").data
    assert (first["new"], again["new"]) == (True, False)
    assert (again["seq"], again["id"]) == (first["seq"], "pbx-1")
    assert "says something else" in north.refused(f"log call 5m Вектор --id pbx-1 {WHO}")
    assert "says something else" in north.refused(f"log order Вектор 5k --id pbx-1 {WHO}")


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that somebody else can reach."""
    yield from reachable()


def test_a_log_that_may_only_be_read_is_told_apart(north: Shell, shared: Path) -> None:
    for part in north.path.parent.iterdir():
        if part.is_file():
            shutil.copy(part, shared)
    there = shared / north.path.name
    there.chmod(0o444)
    shared.chmod(0o555)
    with somebody_else():
        answer = north(f"log call 3m20 {WHO} --file {there}")
    assert answer.code == 3
    assert answer.err.count("\n") == 1
    assert "make the file and its folder writable" in answer.err


def test_a_damaged_log_is_told_apart(north: Shell) -> None:
    data = bytearray(north.path.read_bytes())
    data[:16] = b"no longer a log!"
    north.path.write_bytes(data)
    answer = north(f"log call 3m20 {WHO}")
    assert answer.code == 4
    assert answer.err.startswith("cockpit: ")
    assert answer.err.count("\n") == 1


def test_a_log_file_that_is_none_is_told_apart(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("hello")
    answer = shell(f"log call 3m20 --file {tmp_path / 'notes.db'}")
    assert answer.code == 4
    assert answer.err.count("\n") == 1


def test_no_amount_closes_the_log_for_those_that_come_after(north: Shell) -> None:
    north.ok(f"log order Вектор 9999999999999 {WHO}")
    north.refused(f"log order Вектор 99999999999999 {WHO}")
    north.ok("report plan-fact --json")
    assert north.ok("verify").code == 0
