"""Whatever is done to the log, it equals a plain Python list after every step."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from events.envelope import Appended, Draft
from events.errors import Conflict, Invalid, LogError
from events.sqlite import SqliteLog
from events.sqlite.verify import verify
from events.trace import Trace
from events.vocabulary import BY_NAME, EventCorrected, EventVoided, MonthClosed
from tests.events.listlog import ListLog
from tests.events.samples import LATER, NOON, bodies, draft, salts

pytestmark = pytest.mark.unmeasured

# What is asked here is not durability, so thousands of logs need not wait for a disk.
IN_MEMORY = next((str(place) for place in [Path("/dev/shm")] if place.is_dir()), None)

DAYS = st.integers(-40, 0).map(lambda days: NOON + dt.timedelta(days=days))
IDS = st.integers(0, 30).map(lambda number: f"id-{number}")
ORIGINS = st.one_of(st.none(), st.integers(0, 6).map(str))
SELLERS = st.sampled_from(["anna", "boris", "c1", ""])


def drafts() -> st.SearchStrategy[Draft]:
    """Drafts whose ids and origins meet again now and then."""
    return st.builds(
        lambda body, at, key, origin: draft(body, at=at, key=key, external_id=origin),
        bodies(),
        DAYS,
        IDS,
        ORIGINS,
    )


class Machine(RuleBasedStateMachine):
    """The same drafts go to a file and to a list, under the same clock and salts."""

    @initialize()
    def create(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=IN_MEMORY))
        self.path = self.folder / "log.db"
        self.now = LATER
        self.real = SqliteLog.create(self.path, clock=self.clock, salt=salts())
        self.model = ListLog(self.clock, salts())
        self.number = 100

    def clock(self) -> dt.datetime:
        return self.now

    def teardown(self) -> None:
        if hasattr(self, "real"):
            self.real.close()
            assert [flaw.seq for flaw in verify(self.path).flaws] == self.falsely_closed()
            shutil.rmtree(self.folder)

    def falsely_closed(self) -> list[int]:
        """The positions that closes of months name with links that are not theirs."""
        events = self.model.events
        return [
            event.body.position
            for event in events
            if isinstance(event.body, MonthClosed)
            and 0 < event.body.position < event.seq
            and events[event.body.position - 1].link != event.body.link
        ]

    def both(self, batch: list[Draft], expected: int | None = None) -> None:
        """Append to both; they must agree on the answer or on the refusal."""
        wanted = _outcome(self.model, batch, expected)
        assert _outcome(self.real, batch, expected) == wanted

    @rule(batch=st.lists(drafts(), min_size=1, max_size=5))
    def append(self, batch: list[Draft]) -> None:
        self.both(batch)

    @rule(batch=st.lists(drafts(), min_size=1, max_size=2), off=st.sampled_from([0, 0, -1, 1]))
    def append_at_a_position(self, batch: list[Draft], off: int) -> None:
        self.both(batch, self.model.head().seq + off)

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        if self.model.drafts:
            known = st.sampled_from(self.model.drafts)
            self.both(data.draw(st.lists(known, min_size=1, max_size=4)))

    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        if self.model.events:
            target = data.draw(st.sampled_from(self.model.events))
            body = EventVoided(target=target.id, target_kind=target.kind, reason="gone")
            self.both([self.fresh(body)])

    @rule(data=st.data(), seller=SELLERS, at=DAYS)
    def correct(self, data: st.DataObject, seller: str, at: dt.datetime) -> None:
        if self.model.events:
            target = data.draw(st.sampled_from(self.model.events))
            fields: dict[str, str | int | bool | None] = {"occurred_at": at.isoformat()}
            if "seller" in BY_NAME[target.kind].__struct_fields__:
                fields["seller"] = seller
            if "name" in BY_NAME[target.kind].__struct_fields__:
                fields["name"] = "New Name"
            body = EventCorrected(
                target=target.id, target_kind=target.kind, fields=fields, reason="typed wrong"
            )
            self.both([self.fresh(body)])

    def fresh(self, body: EventCorrected | EventVoided) -> Draft:
        self.number += 1
        return draft(body, key=f"id-{self.number}")

    @rule(seconds=st.integers(-5000, 50_000))
    def turn_the_clock(self, seconds: int) -> None:
        self.now += dt.timedelta(seconds=seconds)

    @rule()
    def reopen(self) -> None:
        self.real.close()
        self.real = SqliteLog.open(self.path, clock=self.clock, salt=self.real._salt)

    @rule(
        sellers=st.lists(SELLERS, max_size=2).map(tuple),
        kinds=st.lists(st.sampled_from(sorted(BY_NAME)), max_size=30).map(tuple),
        first=st.one_of(st.none(), DAYS),
        back=st.integers(0, 3),
    )
    def find(
        self,
        sellers: tuple[str, ...],
        kinds: tuple[str, ...],
        first: dt.datetime | None,
        back: int,
    ) -> None:
        trace = Trace(
            sellers=sellers,
            kinds=kinds,
            first=first.date() if first else None,
            zone="Europe/Moscow",
            upto=max(0, self.model.head().seq - back),
        )
        assert list(self.real.find(trace)) == list(self.model.find(trace))

    @rule(seconds=st.integers(-5000, 5000))
    def known_at(self, seconds: int) -> None:
        moment = (self.now + dt.timedelta(seconds=seconds)).isoformat()
        seq = self.real.known_upto(moment)
        assert seq == self.model.known_upto(moment)
        assert list(self.real.read(upto=seq)) == list(self.model.read(upto=seq))

    @invariant()
    def file_equals_list(self) -> None:
        if hasattr(self, "real"):
            events = list(self.real.read())
            assert events == self.model.events
            assert self.real.head() == self.model.head()
            assert self.real.reveal(events) == self.model.reveal(events)
            assert self.real.names("client") == self.model.names("client")
            assert self.real.names("seller") == self.model.names("seller")


def _outcome(
    log: SqliteLog | ListLog, batch: list[Draft], expected: int | None
) -> list[Appended] | tuple[type[LogError], int | None]:
    try:
        return log.append(batch, expected=expected)
    except Conflict as refusal:
        return Conflict, refusal.seq
    except Invalid:
        return Invalid, None


def lives(count: int) -> settings:
    """So many lives of a log, the same ones in every run."""
    return settings(
        max_examples=count,
        stateful_step_count=10,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


TestSqliteLogEqualsAList = Machine.TestCase
TestSqliteLogEqualsAList.settings = lives(500)


@pytest.mark.torture
def test_a_log_of_many_lives_equals_a_list() -> None:
    run_state_machine_as_test(Machine, settings=lives(1000))
