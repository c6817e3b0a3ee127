"""A person can be forgotten: their text is nowhere any more, and the chain still verifies."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.errors import Busy, Invalid
from events.restore import lines, restore, to_line
from events.sqlite import SqliteLog
from events.sqlite.backup import backup
from events.sqlite.erasing import erase, erase_in_copy
from events.sqlite.verify import verify
from events.vocabulary import (
    CallMade,
    ClientForgotten,
    ClientRegistered,
    OrderPlaced,
    SellerHired,
    SellerLeft,
)
from tests.events.samples import call, correction, draft, void

NAME = "Innokentij Nezabudka"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log in which one client is spoken of in every way there is."""
    path = tmp_path / "log.db"
    registered = draft(ClientRegistered(client="k1", name=NAME, phone=f"{NAME} +7", seller="anna"))
    met = draft(CallMade(seller="anna", client="k1", note=f"{NAME} asks"))
    mistaken = draft(CallMade(seller="anna", client="k2", note=f"this was {NAME}"))
    with SqliteLog.create(path) as log:
        log.append([draft(SellerHired(seller="anna", name="Anna"))])
        log.append([registered, met, mistaken])
        log.append([draft(ClientRegistered(client="k2", name="Somebody Else"))])
        renamed = correction(registered, name=f"{NAME} junior", reason=f"{NAME} married")
        log.append([renamed, correction(mistaken, client="k1", reason=f"it was {NAME}")])
        log.append([void(met, reason=f"{NAME} never called"), void(renamed, reason=f"no, {NAME}")])
        log.append([draft(OrderPlaced(client="k1", seller="anna", amount=500))])
        log.append([call(n, client="k2", note="somebody else's words") for n in range(50)])
    return path


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def test_the_text_of_a_forgotten_client_is_in_no_file_and_nothing_else_is_gone(path: Path) -> None:
    with SqliteLog.open(path) as log:
        before = list(log.read())
        assert NAME.encode() in on_disk(path.parent)
        answer = erase(log, "client:k1", actor="head")
        assert NAME.encode() not in on_disk(path.parent)
        *same, told = log.read()
        assert same == before
        assert told.seq == answer.seq
        assert told.body == ClientForgotten(client="k1", fields=9)
        assert log.names("client") == {"k2": "Somebody Else"}
        shown = log.reveal(same)
        assert shown[1].body == ClientRegistered(client="k1", name="", phone="", seller="anna")
        assert isinstance(shown[-1].body, CallMade)
        assert shown[-1].body.note == "somebody else's words"
    verdict = verify(path)
    assert verdict.flaws == ()
    assert verdict.erased == 9
    assert NAME.encode() not in on_disk(path.parent)


def test_forgetting_twice_says_so_once(path: Path) -> None:
    with SqliteLog.open(path) as log:
        first = erase(log, "client:k1", actor="head")
        again = erase(log, "client:k1", actor="head")
        assert (again.seq, again.new) == (first.seq, False)
        assert log.head().seq == first.seq


def test_what_is_said_after_forgetting_can_be_forgotten_again(path: Path) -> None:
    with SqliteLog.open(path) as log:
        erase(log, "client:k1", actor="head")
        log.append([draft(CallMade(client="k1", note=f"{NAME} is back"))])
        assert erase(log, "client:k1", actor="head").new
    assert NAME.encode() not in on_disk(path.parent)
    assert verify(path).flaws == ()


def test_a_seller_who_left_can_be_forgotten_without_the_clients(path: Path) -> None:
    with SqliteLog.open(path) as log:
        log.append([draft(SellerLeft(seller="anna", note="Anna went home"))])
        erase(log, "seller:anna", actor="head")
        assert log.names("seller") == {}
        assert log.names("client")["k1"] == NAME
        assert list(log.read())[-1].body == ClientForgotten(seller="anna", fields=2)
    assert b"Anna went home" not in on_disk(path.parent)
    assert verify(path).sound


@pytest.mark.parametrize("subject", ["k1", "client:", "seller:nobody", "client:k9", "department"])
def test_nobody_cannot_be_forgotten(path: Path, subject: str) -> None:
    with SqliteLog.open(path) as log:
        before = log.head()
        with pytest.raises(Invalid):
            erase(log, subject, actor="head")
        assert log.head() == before


def test_an_imported_fact_about_a_forgotten_client_met_again_adds_nothing(path: Path) -> None:
    met = draft(CallMade(client="k1", note=f"{NAME} asks"), source="phone", external_id="1")
    with SqliteLog.open(path) as log:
        log.append([met])
        erase(log, "client:k1", actor="head")
        (answer,) = log.append([met])
        assert not answer.new
    assert NAME.encode() not in on_disk(path.parent)


def test_a_reader_that_holds_on_to_the_text_is_told_of_and_asking_again_finishes(
    path: Path,
) -> None:
    with SqliteLog.open(path, patience=0.1) as log, SqliteLog.open(path) as reader:
        with reader.reading as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM personal").fetchone()
            with pytest.raises(Busy, match="close it and ask again"):
                erase(log, "client:k1", actor="head")
            connection.execute("COMMIT")
        seq = log.head().seq
        assert not erase(log, "client:k1", actor="head").new
        assert log.head().seq == seq
    assert NAME.encode() not in on_disk(path.parent)


def test_forgetting_reaches_copies_and_exports(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    backup(path, old / "copy.db")
    with SqliteLog.open(path) as log:
        erase(log, "client:k1", actor="head")
        assert NAME not in "".join(to_line(line) for line in lines(log))
        backup(path, old / "new.db")
        assert NAME.encode() not in (old / "new.db").read_bytes()
        before = verify(old / "copy.db").head
        assert erase_in_copy(old / "copy.db", log) == 9
        assert NAME.encode() not in on_disk(old)
        assert erase_in_copy(old / "copy.db", log) == 0
    verdict = verify(old / "copy.db")
    assert verdict.flaws == ()
    assert verdict.head == before


def test_a_log_restored_from_an_export_after_forgetting_verifies(path: Path) -> None:
    with SqliteLog.open(path) as log, SqliteLog.create(path.with_name("new.db")) as new:
        erase(log, "client:k1", actor="head")
        restore(new, [to_line(line) for line in lines(log)])
        assert list(new.read()) == list(log.read())
    assert verify(path.with_name("new.db")).flaws == ()
