"""Sending again what may have got lost on the way is always safe, from wherever it is sent."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from events.envelope import Draft
from events.errors import Conflict
from events.sqlite import SqliteLog
from events.sqlite.verify import verify
from events.trace import Trace
from events.vocabulary import ClientRegistered, EventCorrected, EventVoided, OrderPlaced
from events.vocabulary.repairs import Scalar
from tests.events.samples import call, draft, order

SENDERS = 4
FACTS = 60

SEND = """
import json, random, sys
from pathlib import Path
from events.sqlite import SqliteLog
from tests.events.samples import call, order
dice = random.Random(sys.argv[2])
facts = [call(n, note=f"note {n}") if n % 2 else order(n) for n in range(int(sys.argv[3]))]
pile = [fact for fact in facts for _ in range(dice.randint(1, 5))]
dice.shuffle(pile)
seen = {}
with SqliteLog.open(Path(sys.argv[1])) as log:
    while pile:
        batch, pile = pile[: dice.choice([1, 1, 2, 7])], pile[7:]
        for fact, answer in zip(batch, log.append(batch)):
            key = fact.external_id or fact.id
            assert seen.setdefault(key, answer.seq) == answer.seq
    for fact in facts:
        (answer,) = log.append([fact])
        assert seen.setdefault(fact.external_id or fact.id, answer.seq) == answer.seq
print(json.dumps(seen))
"""


@pytest.mark.unmeasured
def test_facts_sent_again_and_again_from_many_processes_are_there_once(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    SqliteLog.create(path).close()
    senders = [
        subprocess.Popen(
            [sys.executable, "-c", SEND, str(path), str(sender), str(FACTS)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for sender in range(SENDERS)
    ]
    places = []
    for sender in senders:
        out, _ = sender.communicate(timeout=120)
        assert sender.returncode == 0
        places.append(json.loads(out))
    assert all(one == places[0] for one in places)
    assert sorted(places[0].values()) == list(range(1, FACTS + 1))
    verdict = verify(path)
    assert (verdict.sound, verdict.head.seq) == (True, FACTS)


@pytest.mark.parametrize("size", [1, 40, 400])
def test_a_large_batch_sent_again_with_something_new_adds_only_that(
    tmp_path: Path, size: int
) -> None:
    facts = [call(n, note=f"note {n}") if n % 2 else order(n) for n in range(size)]
    with SqliteLog.create(tmp_path / "log.db") as log:
        first = log.append(facts)
        again = log.append([*facts, call(10_001), *facts])
        places = [a.seq for a in first]
        assert [a.seq for a in again] == [*places, size + 1, *places]
        assert [a.seq for a in again if a.new] == [size + 1]
        assert log.head().seq == size + 1
    assert verify(tmp_path / "log.db").flaws == ()


@pytest.mark.parametrize("size", [1, 400])
def test_one_conflict_refuses_the_whole_batch_however_large(tmp_path: Path, size: int) -> None:
    with SqliteLog.create(tmp_path / "log.db") as log:
        log.append([call(size - 1)])
        batch = [*(call(n) for n in range(size - 1)), call(size - 1, result="other")]
        with pytest.raises(Conflict, match="event 1, which says something else") as refusal:
            log.append(batch)
        assert (refusal.value.seq, log.head().seq) == (1, 1)


def test_a_client_imported_again_is_known_by_the_sealed_name(tmp_path: Path) -> None:
    def imported(name: str) -> Draft:
        body = ClientRegistered(client="k1", name=name)
        return draft(body, source="shop", external_id="client 1")

    with SqliteLog.create(tmp_path / "log.db") as log:
        log.append([imported("Romashka")])
        assert not log.append([imported("Romashka")])[0].new
        with pytest.raises(Conflict, match="correct it with cockpit fix 1"):
            log.append([imported("Romashka Ltd")])


def test_what_was_corrected_is_known_as_it_was_said_first_and_as_it_is_said_now(
    tmp_path: Path,
) -> None:
    """Who corrects the log and the file it came from is not told to correct it once more."""

    def imported(amount: int, note: str, hour: int = 9) -> Draft:
        body = OrderPlaced(amount=amount, note=note)
        at = dt.datetime(2026, 3, 2, hour, tzinfo=dt.UTC)
        return draft(body, at=at, source="shop", external_id="order 1")

    def fix(**fields: Scalar) -> Draft:
        return draft(
            EventCorrected(target=first.id, target_kind=first.kind, fields=fields, reason="typo")
        )

    with SqliteLog.create(tmp_path / "log.db") as log:
        log.append([imported(100, "Rose")])
        (first,) = log.find(Trace())
        log.append([fix(amount=120)])
        assert not log.append([imported(120, "Rose")])[0].new
        assert not log.append([imported(100, "Rose")])[0].new
        log.append([fix(note="Oak", occurred_at="2026-03-02T11:00:00+00:00")])
        assert not log.append([imported(120, "Oak", 11)])[0].new
        for wrong in (imported(120, "Rose"), imported(120, "Oak"), imported(130, "Oak", 11)):
            with pytest.raises(Conflict, match="which says something else"):
                log.append([wrong])
        last = log.head().seq
        (moved,) = [event for event in log.find(Trace()) if event.seq == last]
        log.append([draft(EventVoided(target=moved.id, target_kind=moved.kind, reason="no"))])
        assert not log.append([imported(120, "Rose")])[0].new
        with pytest.raises(Conflict, match="which says something else"):
            log.append([imported(120, "Oak", 11)])
