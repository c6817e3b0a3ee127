"""One thread at a time on a connection, and one writer at a time on a log."""

from __future__ import annotations

from _thread import RLock
from types import TracebackType

from events.errors import Busy
from events.sqlite.engine import Connection, StrPath, sqlite3
from events.sqlite.faults import TROUBLE, meaning
from events.sqlite.queue import Queue
from events.sqlite.stored import End


class Reading:
    """Enters with the connection for this thread alone; leaves errors explained."""

    def __init__(self, path: StrPath, connection: Connection, patience: float) -> None:
        """`patience` is how many seconds a thread waits for another one."""
        self._path = path
        self._connection = connection
        self._patience = patience
        self._mutex = RLock()

    def __enter__(self) -> Connection:
        """Raises Busy where another thread does not come to an end."""
        acquire = self._mutex.acquire
        if not (acquire(False) or acquire(timeout=self._patience)):
            raise Busy(
                "another thread has been using {path} for too long; try again", path=self._path
            )
        return self._connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Says errors of the engine and the system in the log's own words."""
        self._mutex.release()
        if error is None or isinstance(error, sqlite3.ProgrammingError):
            return
        if isinstance(error, TROUBLE):
            raise meaning(error, self._path) from error


class Writing:
    """Enters with the connection once it is this writer's turn."""

    def __init__(self, reading: Reading, queue: Queue, patience: float) -> None:
        """`patience` is how many seconds a writer waits for the others."""
        self._reading = reading
        self._queue = queue
        self._patience = patience
        self._left: End | None = None
        self.end: End | None = None

    def __enter__(self) -> Connection:
        """Raises Busy where the turn does not come, Unwritable where there is no queue.

        `end` is where the log ended when this writer left it, None if another one came since.
        """
        connection = self._reading.__enter__()
        try:
            alone = self._queue.enter(self._patience)
            self.end, self._left = self._left if alone else None, None
        except BaseException as error:
            self._reading.__exit__(type(error), error, error.__traceback__)
            raise
        return connection

    def leave_at(self, end: End) -> None:
        """Remember where the log ends, as the last thing of a turn."""
        self._left = end

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Lets the next writer in."""
        self._queue.leave()
        self._reading.__exit__(kind, error, trace)


class Transaction:
    """Everything or nothing; the writer's lock is taken at the start, so reading is not late."""

    def __init__(self, connection: Connection) -> None:
        """The connection must be in autocommit."""
        self._connection = connection

    def __enter__(self) -> None:
        """Wait for SQLite's own lock, which only other programs may hold."""
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit, or roll back what did not come to an end."""
        try:
            if error is None:
                self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
