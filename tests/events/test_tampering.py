"""Whoever changes the file behind the log's back is found out, and the first event named."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.envelope import Head
from events.errors import Damaged
from events.restore import restore
from events.seal import digest_of, link_of
from events.sqlite import SqliteLog
from events.sqlite.engine import sqlite3 as engine
from events.sqlite.schema import OBJECTS
from events.sqlite.verify import verify
from events.sqlite.witness import beside
from tests.events.golden import LOG
from tests.events.samples import call, correction, draft, order, salts, void


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log of twenty events, its write-ahead log gone into the file."""
    path = tmp_path / "log.db"
    with SqliteLog.create(path, salt=salts()) as log:
        log.append([order(number) for number in range(1, 11)])
        log.append([call(number, note=f"note {number}") for number in range(1, 11)])
    return path


def tamper(path: Path, *statements: str) -> None:
    """Run statements in a file whose triggers were taken away and put back."""
    connection = engine.connect(path, isolation_level=None)
    for name in OBJECTS:
        if name.startswith(("event_is", "event_comes", "personal_is")):
            connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for name, sql in OBJECTS.items():
        if name.startswith(("event_is", "event_comes", "personal_is")):
            connection.execute(sql)
    connection.close()


def first(path: Path, expected: Head | None = None) -> tuple[int | None, str]:
    verdict = verify(path, expected)
    assert not verdict.sound
    return verdict.flaws[0].seq, verdict.flaws[0].what


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = 'x' WHERE seq = 3",
        "DELETE FROM event WHERE seq = 3",
        "INSERT INTO event SELECT 99, 'other', kind, version, occurred_at, recorded_at, actor,"
        " source, NULL, seller, client, deal, body, digest, link FROM event WHERE seq = 1",
        "UPDATE personal SET value = 'x'",
    ],
)
def test_the_file_itself_refuses_to_be_edited(path: Path, statement: str) -> None:
    """Pitfall K8: no event is ever deleted, and a purge is itself refused."""
    connection = engine.connect(path, isolation_level=None)
    with pytest.raises(engine.IntegrityError, match=r"never changed|never deleted|comes right"):
        connection.execute(statement)
    connection.close()
    assert verify(path).sound


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("body", "replace(body, '\"amount\":100', '\"amount\":900')"),
        ("occurred_at", "'2026-03-02T13:00:00+03:00'"),
        ("actor", "'boris'"),
        ("seller", "'anna'"),
        ("external_id", "'other'"),
        ("source", "'other'"),
        ("kind", "'deal_won'"),
        ("version", "2"),
        ("client", "NULL"),
        ("deal", "'d'"),
        ("id", "'other'"),
        ("digest", "replace(digest, substr(digest, 1, 1), 'x')"),
    ],
)
def test_an_edited_column_is_named_by_its_event(path: Path, column: str, value: str) -> None:
    tamper(path, f"UPDATE event SET {column} = {value} WHERE seq = 5")  # noqa: S608
    seq, what = first(path)
    assert (seq, what) == (5, "its content is not what was written")


def test_an_edited_moment_of_recording_breaks_the_chain_there(path: Path) -> None:
    tamper(path, "UPDATE event SET recorded_at = '2030' || substr(recorded_at, 5) WHERE seq = 5")
    assert first(path) == (5, "it does not continue the chain of the events before it")


def test_a_moment_of_recording_before_its_neighbour_is_named(path: Path) -> None:
    tamper(path, "UPDATE event SET recorded_at = '2020' || substr(recorded_at, 5) WHERE seq = 5")
    assert first(path)[0] == 5
    assert "before the event in front of it" in first(path)[1]


def test_a_deleted_row_is_named_by_its_successor(path: Path) -> None:
    tamper(path, "DELETE FROM event WHERE seq = 7")
    assert first(path) == (8, "it follows event 6; what lay between is gone")


def test_a_deleted_first_row_is_noticed(path: Path) -> None:
    tamper(path, "DELETE FROM event WHERE seq = 1")
    assert first(path)[0] == 2


def test_two_swapped_events_are_named_by_the_first_of_them(path: Path) -> None:
    tamper(
        path,
        "UPDATE event SET seq = 99 WHERE seq = 4",
        "UPDATE event SET seq = 4 WHERE seq = 5",
        "UPDATE event SET seq = 5 WHERE seq = 99",
    )
    assert first(path) == (4, "it does not continue the chain of the events before it")


def test_a_changed_amount_with_a_new_digest_still_breaks_the_chain(path: Path) -> None:
    tamper(path, "UPDATE event SET body = replace(body, ':100', ':900') WHERE seq = 5")
    rechain(path, 5, links=False)
    assert first(path) == (5, "it does not continue the chain of the events before it")


def test_a_rewritten_and_rechained_tail_is_caught_by_the_witness(path: Path) -> None:
    tamper(path, "UPDATE event SET body = replace(body, ':100', ':900') WHERE seq = 5")
    rechain(path, 5, links=True)
    assert first(path) == (20, "it is not the one that had been written")
    with pytest.raises(Damaged, match="rewritten"):
        SqliteLog.open(path)


def test_a_rewritten_tail_is_caught_by_a_printed_head_where_the_witness_was_removed(
    path: Path,
) -> None:
    printed = verify(path).head
    tamper(path, "UPDATE event SET body = replace(body, ':100', ':900') WHERE seq = 5")
    rechain(path, 5, links=True)
    Path(beside(path)).unlink()
    assert verify(path).sound
    assert first(path, printed) == (20, "it is not the one that had been written")


def test_a_cut_tail_is_caught_by_the_witness_and_by_a_printed_head(path: Path) -> None:
    printed = verify(path).head
    tamper(path, "DELETE FROM event WHERE seq > 12")
    said = "the log ends at event 12, but event 20 had been written"
    assert first(path) == (None, said)
    with pytest.raises(Damaged, match="ends at event 12, but event 20"):
        SqliteLog.open(path)
    Path(beside(path)).unlink()
    assert first(path, printed) == (None, said)


def test_changed_personal_text_is_named(path: Path) -> None:
    tamper(path, "UPDATE personal SET value = 'kind words' WHERE event_id = 'call-00000003'")
    assert first(path) == (13, "the personal text of note is not what was written")


def test_personal_text_that_nobody_was_forgotten_for_may_not_be_gone(path: Path) -> None:
    tamper(path, "DELETE FROM personal WHERE event_id = 'call-00000003'")
    assert first(path) == (13, "the personal text of note is gone, though nobody was forgotten")


@pytest.mark.parametrize("number", [3, 13])
def test_personal_text_that_an_event_never_had_is_named(path: Path, number: int) -> None:
    query = f"SELECT id, 'phone', 'client:c1', 'salt', '+7' FROM event WHERE seq = {number}"  # noqa: S608
    tamper(path, f"INSERT INTO personal {query}")
    kind = {3: "there is personal text of phone, which it never had",
            13: "the personal text of phone is not what was written"}  # fmt: skip
    assert first(path) == (number, kind[number])


def test_changed_personal_text_of_an_unknown_kind_is_named(path: Path) -> None:
    with SqliteLog.create(path.with_name("golden.db")) as log:
        restore(log, LOG.read_text(encoding="utf-8").splitlines())
    tamper(log.path, "UPDATE personal SET value = 'Other' WHERE field = 'dreamer'")
    assert first(log.path) == (74, "the personal text of dreamer is not what was written")


def test_a_body_that_names_another_seller_than_its_column_is_named(path: Path) -> None:
    tamper(path, "UPDATE event SET seller = 'anna' WHERE seq = 20")
    tamper(path, "UPDATE event SET client = 'k9' WHERE seq = 20")
    rechain(path, 20, links=True)
    Path(beside(path)).unlink()
    assert first(path) == (20, "its column client is not what its body says")


def test_personal_text_filed_under_somebody_else_is_named(path: Path) -> None:
    tamper(path, "UPDATE personal SET subject = 'client:x' WHERE event_id = 'call-00000003'")
    assert first(path) == (13, "the personal text of note is filed under client:x")


def test_personal_text_of_no_event_is_noticed(path: Path) -> None:
    tamper(path, "INSERT INTO personal VALUES ('nobody', 'note', 'client:c1', 'salt', 'text')")
    assert "belongs to no event" in first(path)[1]


@pytest.mark.parametrize("name", OBJECTS)
def test_a_missing_trigger_index_or_table_is_named(path: Path, name: str) -> None:
    connection = engine.connect(path, isolation_level=None)
    kind = OBJECTS[name].split("CREATE ")[1].removeprefix("UNIQUE ").split()[0]
    connection.execute(f"DROP {kind} {name}")
    connection.close()
    assert f"{name} is missing in the file" in [flaw.what for flaw in verify(path).flaws]


def test_a_table_that_does_not_belong_there_is_named(path: Path) -> None:
    connection = engine.connect(path, isolation_level=None)
    connection.execute("ANALYZE")
    assert verify(path).sound
    connection.execute("CREATE TABLE shadow (seq INTEGER)")
    connection.close()
    assert first(path) == (None, "shadow does not belong in the file")


def test_a_weakened_trigger_is_named(path: Path) -> None:
    connection = engine.connect(path, isolation_level=None)
    connection.execute("DROP TRIGGER event_is_never_deleted")
    connection.execute(
        "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event WHEN 0 BEGIN SELECT 1; END"
    )
    connection.close()
    assert first(path) == (None, "event_is_never_deleted was changed in the file")


def test_a_column_that_holds_what_it_cannot_is_named(path: Path) -> None:
    connection = engine.connect(path, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')')")
    connection.close()
    tamper(path, "UPDATE event SET body = x'00ff' WHERE seq = 5")
    flaws = [(flaw.seq, flaw.what) for flaw in verify(path).flaws]
    assert (None, "event was changed in the file") in flaws
    assert (5, "its columns do not hold what they should") in flaws


def test_a_flaw_is_told_in_one_line_that_names_the_event(path: Path) -> None:
    tamper(path, "UPDATE event SET actor = 'boris' WHERE seq = 13")
    told = [str(flaw) for flaw in verify(path, Head(99, "0" * 64)).flaws]
    assert told == [
        "event 13 (call-00000003): its content is not what was written",
        "the log ends at event 20, but event 99 had been written",
    ]


def test_all_flaws_are_told_up_to_a_number_that_helps(path: Path) -> None:
    tamper(path, "UPDATE event SET actor = 'boris' WHERE seq IN (3, 9, 15)")
    assert [flaw.seq for flaw in verify(path).flaws] == [3, 9, 15]
    tamper(path, "UPDATE event SET actor = 'boris'")
    assert len(verify(path).flaws) == 20


def test_repairs_are_ordinary_events_and_verify(path: Path) -> None:
    with SqliteLog.open(path) as log:
        log.append([correction(call(1), note="other words"), void(call(2))])
        log.append([draft(call(3).body, key="again")])
    assert verify(path).flaws == ()


def rechain(path: Path, start: int, *, links: bool) -> None:
    """Compute digests anew from an event on, and links too: what a patient forger does."""
    connection = engine.connect(path, isolation_level=None)
    rows = connection.execute(
        "SELECT seq, recorded_at, id, kind, version, occurred_at, actor, source, external_id,"
        " seller, client, deal, body FROM event WHERE seq >= ? ORDER BY seq",
        (start,),
    ).fetchall()
    query = "SELECT link FROM event WHERE seq = ?"
    (link,) = connection.execute(query, (start - 1,)).fetchone()
    connection.close()
    statements = []
    for seq, recorded_at, *content, body in rows:
        digest = digest_of(tuple(content), body.encode())
        link = link_of(link, seq, recorded_at, digest)
        change = f"digest = '{digest}'" + (f", link = '{link}'" if links else "")
        statements.append(f"UPDATE event SET {change} WHERE seq = {seq}")  # noqa: S608
    tamper(path, *statements)
