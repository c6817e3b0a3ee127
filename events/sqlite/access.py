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
        if not self._mutex.acquire(False):
            self._wait()
        return self._connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Says errors of the engine and the system in the log's own words."""
        self._mutex.release()
        if error is not None:
            self._explain(error)

    def _wait(self) -> None:
        if not self._mutex.acquire(timeout=self._patience):
            raise Busy(
                "another thread has been using {path} for too long; try again", path=self._path
            )

    def _explain(self, error: BaseException) -> None:
        if isinstance(error, TROUBLE) and not isinstance(error, sqlite3.ProgrammingError):
            raise meaning(error, self._path) from error


class Writing(Reading):
    """Enters with the connection once it is this writer's turn.

    `left` is to be set, as the last thing of a turn, to where the log ends then. In the next turn
    `end` is that, or None if another writer came since.
    """

    def __init__(self, reading: Reading, queue: Queue) -> None:
        """Takes turns with the reading threads of this process, and with writers everywhere."""
        self._path = reading._path
        self._connection = reading._connection
        self._patience = reading._patience
        self._mutex = reading._mutex
        self._queue = queue
        self.left: End | None = None
        self.end: End | None = None

    def __enter__(self) -> Connection:
        """Raises Busy where the turn does not come, Unwritable where there is no queue."""
        if not self._mutex.acquire(False):
            self._wait()
        try:
            alone = self._queue.enter(self._patience)
        except BaseException as error:
            super().__exit__(type(error), error, error.__traceback__)
            raise
        self.end, self.left = self.left if alone else None, None
        return self._connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Lets the next writer in."""
        self._queue.leave()
        self._mutex.release()
        if error is not None:
            self._explain(error)


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
