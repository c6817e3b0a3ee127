"""Repairs of repairs of repairs: however long the chain, it is followed to its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.envelope import Draft
from events.errors import Invalid
from events.restore import restore
from events.sqlite import SqliteLog
from events.sqlite.erasing import erase
from events.sqlite.verify import verify
from events.trace import Trace
from events.vocabulary import ClientRegistered, EventCorrected, EventVoided, name_of
from tests.events.golden import LOG
from tests.events.samples import call, correction, draft, void

LONG = 1200


@pytest.mark.unmeasured
@pytest.mark.parametrize(("length", "there"), [(LONG, True), (LONG + 1, False)])
def test_a_long_chain_of_voids_is_decided_by_its_end(
    tmp_path: Path, length: int, there: bool
) -> None:
    registered = draft(ClientRegistered(client="k1", name="Romashka"))
    chain = [registered]
    for _ in range(length):
        chain.append(void(chain[-1]))
    with SqliteLog.create(tmp_path / "log.db") as log:
        log.append(chain)
        assert ("k1" in log.names("client")) == there
        assert len(list(log.find(Trace(clients=("k1",))))) == length + 1
        assert erase(log, "client:k1", actor="head").new
    assert verify(tmp_path / "log.db").flaws == ()


def test_a_correction_may_be_corrected_and_must_fit_too(tmp_path: Path) -> None:
    fix = correction(call(1), seconds=5)
    with SqliteLog.create(tmp_path / "log.db") as log:
        log.append([call(1), fix, corrected(fix, reason="what was really wrong")])
        with pytest.raises(Invalid, match="has no field seconds"):
            log.append([corrected(fix, seconds=6)])
        assert [e.seq for e in log.find(Trace(clients=("c1",)))] == [1, 2, 3]


def corrected(target: Draft, **fields: str | int) -> Draft:
    kind = name_of(type(target.body))
    body = EventCorrected(target=target.id, target_kind=kind, fields={**fields}, reason="said so")
    return draft(body)


def test_an_event_of_the_future_can_be_voided_but_not_corrected(tmp_path: Path) -> None:
    kind = "hologram_shown"
    with SqliteLog.create(tmp_path / "log.db") as log:
        restore(log, LOG.read_text(encoding="utf-8").splitlines())
        dimmer = EventCorrected(
            target="future-0", target_kind=kind, fields={"lumens": 1}, reason="too bright"
        )
        with pytest.raises(Invalid, match="does not know hologram_shown"):
            log.append([draft(dimmer)])
        log.append([draft(EventVoided(target="future-0", target_kind=kind, reason="a mirage"))])
    assert verify(tmp_path / "log.db").flaws == ()


def test_an_event_of_a_future_version_is_not_corrected_by_this_program(tmp_path: Path) -> None:
    body = EventCorrected(
        target="future-3", target_kind="call_made", fields={"seconds": 1}, reason="too long"
    )
    with SqliteLog.create(tmp_path / "log.db") as log:
        restore(log, LOG.read_text(encoding="utf-8").splitlines())
        with pytest.raises(Invalid, match="newer program"):
            log.append([draft(body)])
