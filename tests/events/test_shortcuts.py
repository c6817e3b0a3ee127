"""What makes appending quick is never seen in the log: remembered ends, indexes made at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import msgspec
import pytest

from events.errors import Conflict, Invalid
from events.prepare import prepare
from events.sqlite import SqliteLog, schema
from events.sqlite.engine import Connection, Cursor, Value, connect
from events.sqlite.store import utc_now
from events.sqlite.verify import verify
from events.sqlite.writing import INSERT_EVENT, grow
from tests.events.samples import call, order

MANY = 600


def made(path: Path) -> dict[str, str]:
    with closing(connect(path, False, 1)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
        )
        return dict(rows.fetchall())


def test_two_logs_of_one_process_take_turns_without_losing_the_end(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as one, SqliteLog.open(path) as other:
        turns = [one, one, other, one, other, other, other, one]
        answers = [log.append([call(n)])[0].seq for n, log in enumerate(turns)]
    assert answers == list(range(1, len(turns) + 1))
    assert verify(path).sound


def test_an_end_that_moved_behind_the_queue_is_looked_up_anew(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log, closing(connect(path, True, 1)) as past:
        log.append([call(1)])
        grow(past, prepare([call(2)], [utc_now()]), None)
        assert [answer.seq for answer in log.append([call(3)])] == [3]
    assert verify(path).sound


class Overtaken:
    """A connection before whose first insert somebody else's event gets into the log."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inner = connect(path, True, 1)
        self._overtaken = False

    def execute(self, sql: str, parameters: Sequence[Value] = (), /) -> Cursor:
        if sql == INSERT_EVENT and not self._overtaken:
            self._overtaken = True
            with closing(connect(self._path, True, 1)) as faster:
                grow(faster, prepare([call(2)], [utc_now()]), None)
        return self._inner.execute(sql, parameters)

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


def test_who_is_overtaken_between_looking_at_the_end_and_writing_comes_next(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log:
        log.append([call(1)])
        slow = cast("Connection", Overtaken(path))
        with closing(slow):
            outcome = grow(slow, prepare([call(3)], [utc_now()]), None)
        assert [answer.seq for answer in outcome.answers] == [3]
        assert [event.seq for event in log.read()] == [1, 2, 3]
    assert verify(path).sound


def test_who_is_overtaken_does_not_get_past_the_expected_position(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log:
        log.append([call(1)])
        slow = cast("Connection", Overtaken(path))
        with closing(slow), pytest.raises(Conflict, match="the log is at 2, not at 1"):
            grow(slow, prepare([call(3)], [utc_now()]), 1)
        assert log.head().seq == 2


def test_a_refused_append_is_not_taken_for_the_end(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log:
        log.append([call(1), call(2)])
        with pytest.raises(Conflict):
            log.append([call(3)], expected=1)
        with pytest.raises(Conflict):
            log.append([call(1, seconds=7)])
        assert [answer.seq for answer in log.append([call(3)], expected=2)] == [3]
    assert verify(path).sound


@pytest.mark.parametrize("before", [0, MANY // 3, MANY])
def test_a_long_batch_leaves_every_index_and_trigger_as_it_was(tmp_path: Path, before: int) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log:
        if before:
            log.append([order(-n) for n in range(1, before + 1)])
        log.append([order(n) for n in range(MANY)])
        assert not any(answer.new for answer in log.append([order(n) for n in range(MANY)]))
    assert made(path) == schema.OBJECTS
    verdict = verify(path)
    assert verdict.sound
    assert verdict.head.seq == before + MANY


@pytest.mark.parametrize("at", [0, 17, MANY - 1])
def test_a_long_batch_with_one_that_cannot_be_leaves_nothing_behind(
    tmp_path: Path, at: int
) -> None:
    path = tmp_path / "log.db"
    drafts = [order(n) for n in range(MANY)]
    with SqliteLog.create(path) as log:
        log.append([call(1)])
        wrong = [*drafts[:at], order(at, amount="12"), *drafts[at + 1 :]]  # type: ignore[arg-type]
        with pytest.raises(Invalid, match="order_placed cannot be so: amount cannot be '12'"):
            log.append(wrong)
        twice = [*drafts[:at], order(at), order(at, amount=7), *drafts[at + 1 :]]
        with pytest.raises(Conflict, match="which says something else"):
            log.append(twice)
        assert log.head().seq == 1
    assert verify(path).sound


def test_a_draft_is_kept_the_same_alone_and_among_many() -> None:
    moment = utc_now()
    drafts = [*(order(n) for n in range(MANY)), *(call(n) for n in range(MANY))]
    together = prepare(drafts, [moment] * len(drafts))
    alone = [prepare([draft], [moment])[0] for draft in drafts]
    assert [*together] == alone


@pytest.mark.parametrize(
    "zone",
    [
        dt.UTC,
        dt.timezone(dt.timedelta(hours=-3, minutes=-30)),
        dt.timezone(dt.timedelta(seconds=9017)),
        ZoneInfo("Europe/Amsterdam"),
    ],
)
@pytest.mark.parametrize("moment", [dt.datetime(1901, 5, 2), dt.datetime(2026, 5, 2, 1, 2, 3, 45)])  # noqa: DTZ001
def test_moments_among_many_are_written_as_each_alone_would_be(
    moment: dt.datetime, zone: dt.tzinfo
) -> None:
    drafts = [
        msgspec.structs.replace(order(n), occurred_at=moment.replace(minute=n % 60, tzinfo=zone))
        for n in range(MANY)
    ]
    prepared = prepare(drafts, [utc_now()] * MANY)
    assert [each.columns[3] for each in prepared] == [d.occurred_at.isoformat() for d in drafts]
