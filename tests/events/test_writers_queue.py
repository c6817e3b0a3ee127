"""The queue before the log: a dead holder is no obstacle, a stopped one is named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest

from events.errors import Busy
from events.sqlite import SqliteLog
from events.sqlite.engine import Connection, Cursor, StrPath, Value, connect, sqlite3
from events.sqlite.verify import verify
from tests.events.samples import call

HOLD = """
import sys
from pathlib import Path
from events.sqlite import SqliteLog
with SqliteLog.open(Path(sys.argv[1])) as log, log.writing:
    print("holding", flush=True)
    sys.stdin.readline()
"""

APPEND = """
import sys
from pathlib import Path
from events.sqlite import SqliteLog
from tests.events.samples import call
with SqliteLog.open(Path(sys.argv[1])) as log:
    log.append([call(1)])
"""


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the writers' turn and does not give it back."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=pipe, stdout=pipe, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "log.db"
    SqliteLog.create(path).close()
    return path


def test_a_stopped_holder_is_named_after_the_agreed_wait(path: Path) -> None:
    with holder(path) as other, SqliteLog.open(path, patience=0.2) as log:
        os.kill(other.pid, signal.SIGSTOP)
        with pytest.raises(Busy, match=f"process {other.pid} has been writing for 0.2 s"):
            log.append([call(1)])
        assert log.head().seq == 0


def test_a_killed_holder_lets_the_next_writer_in(path: Path) -> None:
    with holder(path) as other, SqliteLog.open(path, patience=30) as log:
        waiting = threading.Thread(target=log.append, args=([call(1)],))
        waiting.start()
        other.kill()
        waiting.join(30)
        assert log.head().seq == 1
    assert verify(path).sound


def test_who_just_wrote_does_not_pass_who_waits(path: Path) -> None:
    """He who waits is stopped, so that he could never be the quicker one."""
    with SqliteLog.open(path, patience=0.2) as log:
        with log.writing:
            waiter = subprocess.Popen([sys.executable, "-c", APPEND, str(path)])
            while f"!{waiter.pid}" not in Path(f"{path}.lock").read_text():
                assert waiter.poll() is None
            os.kill(waiter.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, waiter.pid, os.WSTOPPED | os.WNOWAIT)
        with pytest.raises(Busy, match=f"process {waiter.pid} has been writing for 0.2 s"):
            log.append([call(2)])
        os.kill(waiter.pid, signal.SIGCONT)
        assert waiter.wait(30) == 0
        log.append([call(3)])
        assert [event.body for event in log.read()] == [call(1).body, call(3).body]


def test_a_killed_waiter_lets_the_next_writer_in(path: Path) -> None:
    with SqliteLog.open(path) as log:
        with log.writing:
            waiter = subprocess.Popen([sys.executable, "-c", APPEND, str(path)])
            while f"!{waiter.pid}" not in Path(f"{path}.lock").read_text():
                assert waiter.poll() is None
            waiter.kill()
            waiter.wait(30)
        log.append([call(2)])
        assert "!" not in Path(f"{path}.lock").read_text()
        log.append([call(3)])
        assert log.head().seq == 2


def test_who_gave_up_waiting_does_not_stand_in_the_way_later(path: Path) -> None:
    with SqliteLog.open(path, patience=0.2) as impatient, SqliteLog.open(path) as patient:
        with holder(path):
            for _ in range(3):
                with pytest.raises(Busy):
                    impatient.append([call(1)])
        patient.append([call(2)])
        impatient.append([call(1)])
        patient.append([call(3)])
    assert verify(path).head.seq == 3


def test_who_is_interrupted_while_waiting_leaves_the_line(path: Path) -> None:
    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with SqliteLog.open(path) as log:
            with holder(path):
                signal.setitimer(signal.ITIMER_REAL, 0.2)
                with pytest.raises(KeyboardInterrupt):
                    log.append([call(1)])
            with SqliteLog.open(path) as other:
                other.append([call(2)])
            log.append([call(3)])
    finally:
        signal.signal(signal.SIGALRM, before)
    assert verify(path).head.seq == 2


def test_a_program_that_locks_the_file_itself_makes_the_log_busy(path: Path) -> None:
    with SqliteLog.open(path) as other, SqliteLog.open(path, patience=0.1) as log:
        with other.reading as connection:
            connection.execute("BEGIN IMMEDIATE")
            with pytest.raises(Busy, match="another program"):
                log.append([call(1)])
            connection.execute("ROLLBACK")
        log.append([call(1)])


class Intruded:
    """A connection in the middle of whose transactions somebody else tries to write."""

    def __init__(self, inner: Connection, intrude: Callable[[], None]) -> None:
        self._inner = inner
        self._intrude = intrude

    @property
    def in_transaction(self) -> bool:
        return self._inner.in_transaction

    def execute(self, sql: str, parameters: Sequence[Value] = (), /) -> Cursor:
        answer = self._inner.execute(sql, parameters)
        if self.in_transaction and sql.startswith("SELECT"):
            self._intrude()
        return answer

    def executemany(self, sql: str, parameters: Sequence[Sequence[Value]], /) -> object:
        return self._inner.executemany(sql, parameters)

    def backup(self, target: Self, **_: object) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self._inner.close()


def test_nobody_writes_between_the_look_at_the_head_and_the_commit(path: Path) -> None:
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    tries: list[str] = []

    def intrude() -> None:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO forgotten VALUES (?)", (str(len(tries)),))
        tries.append("refused")

    def through(path: StrPath, writable: bool, patience: float) -> Connection:
        return Intruded(connect(path, writable, patience), intrude)

    with SqliteLog.open(path, connect=through) as log:
        log.append([call(1)])
        log.append([call(1), call(2)])
    other.close()
    assert len(tries) > 2


def test_threads_share_a_log_one_at_a_time(path: Path) -> None:
    with SqliteLog.open(path) as log:

        def write(thread: int) -> None:
            for number in range(20):
                log.append([call(thread * 100 + number)])
                assert len(list(log.read())) <= log.head().seq

        threads = [threading.Thread(target=write, args=(thread,)) for thread in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert log.head().seq == 80
    assert verify(path).sound


def test_a_thread_that_holds_the_log_too_long_makes_it_busy_for_the_others(path: Path) -> None:
    with SqliteLog.open(path, patience=0.1) as log:
        said: list[str] = []

        def read() -> None:
            with pytest.raises(Busy, match="another thread"):
                log.head()
            said.append("busy")

        with log.reading:
            other = threading.Thread(target=read)
            other.start()
            other.join()
        assert said == ["busy"]
