"""A thousand random edits of a log behind its back: each is found, and its first event named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from events.sqlite import SqliteLog
from events.sqlite.verify import verify
from tests.events.samples import call, correction, order, salts, void
from tests.events.test_tampering import tamper

pytestmark = pytest.mark.unmeasured

LAST = 26
NOTED = range(11, 21)
"""The positions of the events with personal text."""

Edit = tuple[list[str], int | None]
"""Statements, and the event that is the first wrong one; None where the end is gone."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound log of orders, calls with notes, corrections and voids."""
    path = tmp_path_factory.mktemp("whole") / "log.db"
    with SqliteLog.create(path, salt=salts()) as log:
        orders = [order(number, amount=100 + number) for number in range(1, 11)]
        log.append(orders)
        log.append([call(number, note=f"note {number}") for number in range(1, 11)])
        log.append([correction(call(number), seconds=number) for number in range(1, 4)])
        log.append([void(each) for each in orders[:3]])
    assert verify(path).sound
    return path


def changed(dice: Random) -> Edit:
    """A column of one event says something else."""
    seq = dice.randint(1, LAST)
    column = dice.choice(
        ["id", "kind", "occurred_at", "recorded_at", "actor", "source", "body", "digest", "link"]
    )
    value = f"{column} || 'x'"
    if column == "body":
        value = "'{ ' || substr(body, 2)"
    if column == "recorded_at":
        value = "'2029' || substr(recorded_at, 5)" if dice.random() < 0.5 else "'1999-01-01'"
    if column in ("digest", "link"):
        place = dice.randint(1, 64)
        value = (
            f"substr({column}, 1, {place - 1}) || "
            f"CASE substr({column}, {place}, 1) WHEN '0' THEN '1' ELSE '0' END || "
            f"substr({column}, {place + 1})"
        )
    return [f"UPDATE event SET {column} = {value} WHERE seq = {seq}"], seq  # noqa: S608


def keyed(dice: Random) -> Edit:
    """A key that reports cut by is changed or taken away."""
    seq = dice.randint(1, LAST)
    column = dice.choice(["seller", "client", "deal", "external_id"])
    statement = f"UPDATE event SET {column} = 'forged{dice.random()}' WHERE seq = {seq}"  # noqa: S608
    return [statement], seq


def deleted(dice: Random) -> Edit:
    """Some neighbours are gone; the one after them, or the missing end, tells of it."""
    first = dice.randint(1, LAST)
    last = min(LAST, first + dice.randint(0, 3))
    statement = f"DELETE FROM event WHERE seq BETWEEN {first} AND {last}"  # noqa: S608
    return [statement], None if last == LAST else last + 1


def inserted(dice: Random) -> Edit:
    """An event is put in between, the later ones move on."""
    seq, model = dice.randint(1, LAST + 1), dice.randint(1, LAST)
    columns = "kind, version, occurred_at, recorded_at, actor, source, NULL, seller, client, deal"
    return [
        f"CREATE TEMP TABLE forged AS SELECT * FROM event WHERE seq = {model}",  # noqa: S608
        f"UPDATE event SET seq = -seq WHERE seq >= {seq}",  # noqa: S608
        "UPDATE event SET seq = 1 - seq WHERE seq < 0",
        f"INSERT INTO event SELECT {seq}, 'forged', {columns}, body, digest, link FROM forged",  # noqa: S608
    ], seq


def swapped(dice: Random) -> Edit:
    """Two events change places."""
    one, two = sorted(dice.sample(range(1, LAST + 1), 2))
    return [
        f"UPDATE event SET seq = 999 WHERE seq = {one}",  # noqa: S608
        f"UPDATE event SET seq = {one} WHERE seq = {two}",  # noqa: S608
        f"UPDATE event SET seq = {two} WHERE seq = 999",  # noqa: S608
    ], one


def retold(dice: Random) -> Edit:
    """Two events exchange their bodies."""
    one, two = sorted(dice.sample(range(1, 11), 2))
    return [
        f"CREATE TEMP TABLE kept AS SELECT seq, body FROM event WHERE seq IN ({one}, {two})",  # noqa: S608
        f"UPDATE event SET body = (SELECT body FROM kept WHERE seq = {two}) WHERE seq = {one}",  # noqa: S608
        f"UPDATE event SET body = (SELECT body FROM kept WHERE seq = {one}) WHERE seq = {two}",  # noqa: S608
    ], one


def personal(dice: Random) -> Edit:
    """Personal text is changed, taken away, salted anew, or filed under somebody else."""
    seq = dice.choice(NOTED)
    where = f"event_id = (SELECT id FROM event WHERE seq = {seq})"  # noqa: S608
    way = dice.choice(
        [
            f"UPDATE personal SET value = value || '{dice.random()}' WHERE {where}",  # noqa: S608
            f"UPDATE personal SET salt = '{dice.random()}' WHERE {where}",  # noqa: S608
            f"UPDATE personal SET subject = 'client:{dice.random()}' WHERE {where}",  # noqa: S608
            f"DELETE FROM personal WHERE {where}",  # noqa: S608
        ]
    )
    return [way], seq


WAYS: tuple[Callable[[Random], Edit], ...] = (
    changed, keyed, deleted, inserted, swapped, retold, personal,
)  # fmt: skip


def test_a_thousand_ways_are_found_and_their_first_events_named(
    whole: Path, tmp_path: Path
) -> None:
    dice = Random("a thousand ways")
    for number in range(1000):
        copy = tmp_path / f"{number}.db"
        for part in whole.parent.iterdir():
            shutil.copy(part, tmp_path / part.name.replace(whole.name, copy.name))
        statements, first = WAYS[number % len(WAYS)](dice)
        tamper(copy, *statements)
        verdict = verify(copy)
        assert not verdict.sound, statements
        assert verdict.flaws[0].seq == first, (statements, verdict.flaws)
        for part in tmp_path.glob(f"{copy.name}*"):
            part.unlink()
