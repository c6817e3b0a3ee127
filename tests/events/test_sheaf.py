"""Many drafts as columns are the same drafts, whatever is done to the columns."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from events.prepare import Prepared, prepare
from events.sheaf import Letter, Sheaf
from events.sqlite import SqliteLog
from events.sqlite.store import utc_now
from events.sqlite.verify import verify
from tests.events.samples import call, order

MANY = 1_100


@pytest.fixture(scope="module")
def alone() -> list[Prepared]:
    drafts = [*map(order, range(MANY)), *(call(n, note=f"note {n}") for n in range(20))]
    moments = [*[utc_now()] * MANY, *(utc_now() for _ in range(20))]
    return list(prepare(drafts, moments))


def test_a_sheaf_holds_each_draft_as_it_was(alone: list[Prepared]) -> None:
    sheaf = Sheaf.of(alone)
    assert len(sheaf) == len(alone)
    assert [*sheaf] == alone
    assert [sheaf[0], sheaf[-1]] == [alone[0], alone[-1]]
    assert [*sheaf.sealed] == [each for each in alone if each.secrets]
    assert len(sheaf.sealed) == 20
    with pytest.raises(IndexError):
        sheaf[len(alone)]


def test_parts_of_a_sheaf_are_put_together_in_any_order(alone: list[Prepared]) -> None:
    sheaf = Sheaf.of(alone)
    assert [*Sheaf.joined([sheaf[:7], sheaf[7:7], sheaf[7:]])] == alone
    assert [*sheaf[-3:]] == alone[-3:]
    assert [*sheaf.picked([5, 0, MANY])] == [alone[5], alone[0], alone[MANY]]
    assert [*Sheaf.of([])] == []


def test_a_sheaf_is_read_as_it_was_sent(alone: list[Prepared]) -> None:
    text = msgspec.msgpack.encode(Sheaf.of(alone).letter)
    assert [*Sheaf.read(msgspec.msgpack.decode(text, type=Letter))] == alone


def test_what_is_the_same_everywhere_is_sent_once(alone: list[Prepared]) -> None:
    orders = Sheaf.of(alone)[:MANY]
    _, columns, _ = orders.letter
    assert [len(columns[at]) for at in (1, 2, 3)] == [MANY, 1, 1]
    for some in (orders, orders[:1], orders[:0]):
        text = msgspec.msgpack.encode(some.letter)
        assert [*Sheaf.read(msgspec.msgpack.decode(text, type=Letter))] == [*some]


def test_links_made_ahead_are_sent_and_used_where_they_fit(
    alone: list[Prepared], tmp_path: Path
) -> None:
    part = Sheaf.of(alone)[:MANY]
    with SqliteLog.create(tmp_path / "log.db") as log:
        chain = part.chained(log.head())
        text = msgspec.msgpack.encode(Sheaf(part.table, chain).letter)
        read = Sheaf.read(msgspec.msgpack.decode(text, type=Letter))
        assert read.chain == chain
        log.keep(read)
        assert log.head() == chain.end
    assert verify(tmp_path / "log.db").sound
    with SqliteLog.create(tmp_path / "later.db") as log:
        # The log ends after the moment the links were made for, so they cannot be right.
        late = utc_now() + dt.timedelta(seconds=1)
        log.keep(prepare([order(MANY)], [late]))
        log.keep(Sheaf(part.table, part.chained(log.head())))
        recorded = {event.recorded for event in log.read()}
        assert recorded == {late}
    assert verify(tmp_path / "later.db").sound
