"""An export of the log makes an identical log, wherever the reading of it was interrupted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import restore as module
from events.errors import Conflict, Damaged
from events.restore import from_line, lines, restore, to_line
from events.sqlite import SqliteLog
from events.sqlite.engine import sqlite3 as engine
from events.sqlite.verify import verify
from tests.events import golden
from tests.events.samples import bodies, call, clock, correction, draft, every_kind, order, void

TABLES = ("SELECT * FROM event ORDER BY seq", "SELECT * FROM personal ORDER BY 1, 2")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "log.db"
    with SqliteLog.create(path, clock=clock(step=0.7)) as log:
        log.append([draft(body) for body in every_kind()])
        log.append([order(number) for number in range(20)])
        log.append([call(number, note=f"talked about {number}") for number in range(20)])
        log.append([correction(call(3), note="else"), void(call(4))])
    return path


def exported(path: Path) -> list[str]:
    with SqliteLog.open(path, writable=False) as log:
        return [to_line(line) for line in lines(log)]


def tables(path: Path) -> list[list[tuple[object, ...]]]:
    connection = engine.connect(path)
    try:
        return [connection.execute(query).fetchall() for query in TABLES]
    finally:
        connection.close()


def test_a_restored_log_is_identical_to_the_last_link_and_the_last_salt(path: Path) -> None:
    copy = path.with_name("copy.db")
    with SqliteLog.create(copy) as log:
        assert restore(log, exported(path)) == log.head() == verify(path).head
    assert tables(copy) == tables(path)
    assert exported(copy) == exported(path)
    assert verify(copy).flaws == ()


def test_a_restored_log_knows_its_facts_and_goes_on(path: Path) -> None:
    with SqliteLog.create(path.with_name("copy.db")) as log:
        restore(log, exported(path))
        assert not log.append([order(3)])[0].new
        assert log.append([order(99)])[0].new
    assert verify(path.with_name("copy.db")).sound


def test_wherever_it_was_interrupted_running_it_again_completes_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 3)
    whole = exported(path)
    copy = path.with_name("copy.db")

    def interrupted(stop: int) -> Iterator[str]:
        yield from islice(whole, stop)
        raise KeyboardInterrupt

    with SqliteLog.create(copy) as log:
        for stop in range(len(whole)):
            before = log.head().seq
            with pytest.raises(KeyboardInterrupt):
                restore(log, interrupted(stop))
            assert before <= log.head().seq <= stop
        restore(log, whole)
    assert tables(copy) == tables(path)


def test_restoring_twice_adds_nothing(path: Path) -> None:
    with SqliteLog.create(path.with_name("copy.db")) as log:
        assert restore(log, exported(path)) == restore(log, exported(path))


def test_a_line_is_readable_json_with_its_personal_text(path: Path) -> None:
    line = json.loads(exported(path)[-3])
    assert line["kind"] == "call_made"
    assert line["body"]["seconds"] == 19
    assert line["personal"][0]["value"] == "talked about 19"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"actor": "forger"}, "changed"),
        ({"recorded_at": "2020-01-01T00:00:00.000000Z"}, "changed"),
        ({"seq": 99}, "missing"),
        ({"link": "0" * 64}, "changed"),
        ({"body": {"kind": "order_placed", "amount": 7}}, "changed"),
        ({"personal": [{"field": "note", "subject": "x", "salt": "0", "value": "v"}]}, "changed"),
        ({"digest": "0" * 64}, "changed"),
        ({"digest": 5}, "line 73"),
    ],
)
def test_a_changed_line_is_refused_and_what_came_before_stays_good(
    path: Path, change: dict[str, object], word: str
) -> None:
    whole = exported(path)
    place = next(i for i, line in enumerate(whole) if '"external_id":"2"' in line)
    whole[place] = json.dumps({**json.loads(whole[place]), **change}, separators=(",", ":"))
    with SqliteLog.create(path.with_name("copy.db")) as log:
        with pytest.raises(Damaged, match=word):
            restore(log, whole)
        restore(log, exported(path))
        assert log.head() == verify(path).head


def test_a_missing_line_is_refused(path: Path) -> None:
    whole = exported(path)
    copy = path.with_name("copy.db")
    with SqliteLog.create(copy) as log, pytest.raises(Damaged, match="event 6 is missing"):
        restore(log, whole[:5] + whole[6:])


def test_lines_that_are_no_events_are_refused_by_their_number(path: Path) -> None:
    copy = path.with_name("copy.db")
    with SqliteLog.create(copy) as log, pytest.raises(Damaged, match="line 3 is no event"):
        restore(log, [*exported(path)[:2], "{}", "[]"])


def test_an_export_of_another_log_is_refused(path: Path) -> None:
    with SqliteLog.create(path.with_name("other.db")) as log:
        log.append([call(1)])
        with pytest.raises(Conflict, match="restore into a new log") as refusal:
            restore(log, exported(path))
        assert refusal.value.seq == 1
        assert log.head().seq == 1


def test_kinds_of_the_future_survive_export_and_restore(path: Path) -> None:
    frozen = golden.LOG.read_text(encoding="utf-8").splitlines()
    with SqliteLog.create(path.with_name("copy.db")) as log:
        restore(log, frozen)
        assert [to_line(line) for line in lines(log)] == frozen


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(bodies(), min_size=1, max_size=4))
def test_any_event_goes_through_a_line_and_back_unchanged(
    tmp_path_factory: pytest.TempPathFactory, some: list[msgspec.Struct]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with SqliteLog.create(folder / "a.db") as log, SqliteLog.create(folder / "b.db") as copy:
        log.append([draft(body) for body in some])  # type: ignore[arg-type]
        made = list(lines(log))
        assert [from_line(to_line(line)) for line in made] == made
        restore(copy, [to_line(line) for line in made])
        assert list(copy.read()) == list(log.read())
