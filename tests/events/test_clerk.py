"""A clerk keeps batches as the log itself would: same answers, same refusals, nothing by halves."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from events.errors import Conflict, Invalid, Missing, Unwritable
from events.prepare import Prepared
from events.sqlite import SqliteLog
from events.sqlite.clerk import Clerk, clerk
from events.sqlite.verify import verify
from events.vocabulary import CallMade, EventVoided
from tests.events.samples import call, draft, order

MANY = 600


def keep(helper: Clerk, batch: Sequence[Prepared]) -> list[bool]:
    helper.hand(batch)
    return helper.answer()


def opened(found: Clerk | None) -> Clerk:
    assert found is not None
    return found


def test_what_a_clerk_keeps_is_what_the_log_would_have_kept(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    noted = draft(CallMade(seller="anna", note="asks for a discount"), key="noted")
    with SqliteLog.create(path) as log:
        log.append([call(0)])
        with clerk(path, log.head()) as found:
            helper = opened(found)
            first = [noted, *(call(n) for n in range(MANY))]
            assert keep(helper, log.prepare(first)) == [True, False, *[True] * (MANY - 1)]
            second = [noted, *(call(n) for n in range(MANY - 9, MANY + 9))]
            assert keep(helper, log.prepare(second)) == [False, *[False] * 9, *[True] * 9]
        assert log.append([call(MANY * 2)])[0].seq == MANY + 9 + 2
        (event,) = log.reveal(list(log.get(["noted"]).values()))
        assert isinstance(event.body, CallMade)
        assert event.body.note == "asks for a discount"
    assert verify(path).sound


def test_a_clerk_refuses_what_the_log_refuses_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log, clerk(path, log.head()) as found:
        helper = opened(found)
        log.append([order(1)])
        with pytest.raises(Conflict, match="already event 1") as refused:
            keep(helper, log.prepare([order(2), order(1, amount=7)]))
        assert refused.value.seq == 1
        assert refused.value.template.startswith("{source} {number} is already event {seq}")
        assert refused.value.values["seq"] == 1
        void = EventVoided(target="nobody", target_kind="call_made", reason="wrong")
        with pytest.raises(Invalid, match="there is no event nobody"):
            keep(helper, log.prepare([order(2), draft(void)]))
        assert keep(helper, log.prepare([order(2), order(1)])) == [True, False]
        assert log.head().seq == 2


def test_a_clerk_says_why_it_cannot_begin(tmp_path: Path) -> None:
    with (
        SqliteLog.create(tmp_path / "log.db") as log,
        clerk(tmp_path / "gone.db", log.head()) as found,
    ):
        helper = opened(found)
        helper.hand(log.prepare([call(n) for n in range(MANY)]))
        helper.hand(log.prepare([call(MANY)]))
        with pytest.raises(Missing, match="there is no log at"):
            helper.answer()


def test_a_clerk_takes_no_module_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.py").write_text("raise SystemExit")
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log, clerk(path, log.head()) as found:
        assert keep(opened(found), log.prepare([call(1)])) == [True]


def test_a_clerk_that_was_killed_is_missed(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log, clerk(path, log.head()) as found:
        helper = opened(found)
        keep(helper, log.prepare([call(1)]))
        os.kill(helper.pid, signal.SIGKILL)
        with pytest.raises(Unwritable, match="has ended"):
            keep(helper, log.prepare([call(2)]))
    assert verify(path).sound


def ended(pid: int) -> bool:
    """Whether a process that nobody waits for comes to its end."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        select.select([], [], [], 0.01)
    return False


LEFT_ALONE = """
import os, signal, sys
from pathlib import Path
from events.sqlite import SqliteLog
from events.sqlite.clerk import clerk
from tests.events.samples import call

path = Path(sys.argv[1])
with SqliteLog.open(path) as log, clerk(path, log.head()) as helper:
    print(helper.pid, flush=True)
    helper.hand(log.prepare([call(n) for n in range(20_000)]))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_clerk_left_alone_keeps_its_batch_whole_and_ends(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    SqliteLog.create(path).close()
    done = subprocess.run(
        [sys.executable, "-c", LEFT_ALONE, str(path)], stdout=subprocess.PIPE, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert ended(int(done.stdout))
    with SqliteLog.open(path) as log:
        assert log.head().seq in (0, 20_000)
    assert verify(path).sound


def test_a_batch_behind_a_refused_one_is_as_good_as_never_handed(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log, clerk(path, log.head()) as found:
        helper = opened(found)
        log.append([order(1)])
        helper.hand(helper.ready(log.prepare([order(2), order(1, amount=7)])))
        helper.hand(helper.ready(log.prepare([order(3)])))
        with pytest.raises(Conflict, match="already event 1"):
            helper.answer()
        assert log.head().seq == 1
        assert keep(helper, helper.ready(log.prepare([order(3)]))) == [True]
        assert log.head().seq == 2
    assert verify(path).sound


def test_batches_linked_ahead_hold_also_where_others_append_in_between(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log:
        log.append([order(0)])
        with clerk(path, log.head()) as found:
            helper = opened(found)
            parts = [log.prepare([call(n) for n in range(at, at + MANY)]) for at in (0, MANY)]
            ahead = [helper.ready(part) for part in parts]
            assert keep(helper, ahead[0]) == [True] * MANY
            log.append([order(1)])
            assert keep(helper, ahead[1]) == [True] * MANY
            assert keep(helper, helper.ready(log.prepare([order(2), order(0)]))) == [True, False]
        assert log.head().seq == 2 * MANY + 3
    assert verify(path).sound
