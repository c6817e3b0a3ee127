"""One event in full: what stands of it, what repaired it, and what it is chained to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.sqlite import SqliteLog
from projections.dossier import dossier
from tests.events.samples import call, correction, salts, void


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    with SqliteLog.create(tmp_path / "log.db", salt=salts()) as log:
        log.append([call(number, note=f"note {number}") for number in range(1, 5)])
        yield log


def test_an_event_lies_between_its_neighbours_in_the_chain(log: SqliteLog) -> None:
    first, second, third, last = log.read()
    found = dossier(log, second)
    assert found.before == first
    assert found.after == third
    assert dossier(log, first).before is None
    assert dossier(log, last).after is None
    assert getattr(found.event.body, "note", None) == "note 2"


def test_what_corrected_it_is_named_and_what_it_says_now(log: SqliteLog) -> None:
    fix = correction(call(2), seconds=3, note="other")
    log.append([fix])
    found = dossier(log, log.get([call(2).id])[call(2).id])
    assert [repair.id for repair in found.repairs] == [fix.id]
    assert found.changed == {"seconds": 3, "note": "other"}
    assert not found.void
    repair = dossier(log, found.repairs[0])
    assert repair.target is not None
    assert repair.target.id == call(2).id


def test_a_void_and_a_void_of_the_void_are_told(log: SqliteLog) -> None:
    gone = void(call(3))
    log.append([gone])
    event = log.get([call(3).id])[call(3).id]
    assert dossier(log, event).void
    log.append([void(gone)])
    found = dossier(log, event)
    assert not found.void
    assert len(found.repairs) == 2
    assert found.changed == {}


def test_a_moved_event_says_when_it_happened_now(log: SqliteLog) -> None:
    moved = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC).isoformat()
    log.append([correction(call(1), occurred_at=moved)])
    assert dossier(log, next(log.read())).changed == {"occurred_at": moved}
