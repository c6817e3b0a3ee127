"""An audit outlives what it tells of (pitfall T17): nothing takes away who said what and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.sqlite import SqliteLog
from events.sqlite.engine import sqlite3 as engine
from events.sqlite.verify import verify
from projections.dossier import dossier
from tests.events.samples import correction, order, salts, void


def test_a_withdrawn_event_keeps_what_it_said_who_repaired_it_when_and_to_what(
    tmp_path: Path,
) -> None:
    """T17: old and new values and their moments stay, also once the event counts no more."""
    first = order(1, amount=100)
    fixes = [correction(first, amount=amount, reason=f"to {amount}") for amount in (200, 300)]
    with SqliteLog.create(tmp_path / "log.db", salt=salts()) as log:
        log.append([first])
        for fix in fixes:
            log.append([fix])
        log.append([void(first)])
        found = dossier(log, log.get([first.id])[first.id])
    assert found.void
    assert getattr(found.event.body, "amount", None) == 100
    assert [getattr(event.body, "fields", None) for event in found.repairs] == [
        {"amount": 200},
        {"amount": 300},
        None,
    ]
    assert [getattr(event.body, "reason", None) for event in found.repairs] == [
        "to 200",
        "to 300",
        "never happened",
    ]
    moments = [event.recorded for event in found.repairs]
    assert moments == sorted(moments)
    assert all(event.actor for event in found.repairs)


@pytest.mark.parametrize("statement", ["DELETE FROM event", "UPDATE event SET actor = 'x'"])
def test_no_program_beside_ours_takes_an_audit_away(tmp_path: Path, statement: str) -> None:
    """T17: deleting a record deletes its history elsewhere; here the file itself refuses."""
    path = tmp_path / "log.db"
    first = order(1)
    with SqliteLog.create(path, salt=salts()) as log:
        log.append([first, correction(first, amount=5)])
        head = log.head()
    connection = engine.connect(path)
    with pytest.raises(engine.DatabaseError, match="never"):
        connection.execute(statement)
    connection.close()
    assert verify(path).sound
    with SqliteLog.open(path) as log:
        assert log.head() == head
