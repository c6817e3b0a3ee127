"""The log in one SQLite file that many processes read and write."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from events.envelope import Appended, Draft, Event, Head
from events.log import Chunk, Stretch
from events.moments import in_utc
from events.prepare import Prepared, prepare, prepare_one
from events.seal import fresh_salt
from events.sqlite import finding, personal, stored
from events.sqlite.access import Reading, Writing
from events.sqlite.engine import Connect, Connection, StrPath, connect
from events.sqlite.opening import lay_out, open_up
from events.sqlite.queue import Queue
from events.sqlite.witness import Witness
from events.sqlite.writing import grow
from events.trace import Trace

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE: Final = 10.0
"""Seconds a writer waits for its turn."""

_PAGE: Final = 1000

_PICK: Final = 256
"""Events read in one go where single ones are asked for: both they and what is kept take room."""


def utc_now() -> dt.datetime:
    """The clock of the log."""
    return dt.datetime.now(dt.UTC)


class SqliteLog:
    """`events.log.Log` over a SQLite file. May be shared by threads.

    `reading`, `writing` and `witness` are for the other parts of the engine.
    """

    def __init__(
        self,
        path: StrPath,
        connection: Connection,
        *,
        patience: float,
        clock: Callable[[], dt.datetime],
        salt: Callable[[], str],
    ) -> None:
        """Takes an open connection; `create` and `open` are the ways in."""
        self._path = os.fspath(path)
        self._clock = clock
        self._salt = salt
        self._queue = Queue(path)
        self.reading = Reading(path, connection, patience)
        self.writing = Writing(self.reading, self._queue)
        self.witness = Witness(path)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        patience: float = PATIENCE,
        clock: Callable[[], dt.datetime] = utc_now,
        salt: Callable[[], str] = fresh_salt,
        connect: Connect = connect,
    ) -> Self:
        """A new empty log at a path where nothing lies yet; raises Unsuitable, Unwritable.

        Only a simulated log brings its own clock, which is read once a draft, and its own salts.
        """
        lay_out(path, connect, patience)
        return cls.open(path, patience=patience, clock=clock, salt=salt, connect=connect)

    @classmethod
    def open(
        cls,
        path: StrPath,
        *,
        writable: bool = True,
        patience: float = PATIENCE,
        clock: Callable[[], dt.datetime] = utc_now,
        salt: Callable[[], str] = fresh_salt,
        connect: Connect = connect,
    ) -> Self:
        """The log at a path. Raises Missing, Damaged, Unsuitable, Unwritable, Busy."""
        connection = open_up(path, connect, writable, patience)
        return cls(path, connection, patience=patience, clock=clock, salt=salt)

    @property
    def path(self) -> Path:
        """Where the log lies."""
        from pathlib import Path

        return Path(self._path)

    def close(self) -> None:
        """Let go of the file."""
        with self.reading as connection:
            connection.close()
            self._queue.close()
            self.witness.close()

    def __enter__(self) -> Self:
        """The log itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def append(self, drafts: Sequence[Draft], *, expected: int | None = None) -> list[Appended]:
        """As `events.log.Log.append`."""
        if len(drafts) == 1:
            batch: Sequence[Prepared] = [prepare_one(drafts[0], self._clock(), self._salt)]
        else:
            batch = self.prepare(drafts)
        return self.keep(batch, expected=expected)

    def prepare(self, drafts: Sequence[Draft]) -> Sequence[Prepared]:
        """As `events.log.Log.prepare`."""
        clock = self._clock
        # For the real clock the drafts of a batch all come at once.
        moments = [utc_now()] * len(drafts) if clock is utc_now else [clock() for _ in drafts]
        return prepare(drafts, moments, self._salt)

    def keep(self, batch: Sequence[Prepared], *, expected: int | None = None) -> list[Appended]:
        """As `events.log.Log.keep`: when it returns, the events survive a power cut."""
        if not batch:
            return []
        with (writing := self.writing) as connection:
            outcome = grow(connection, batch, expected, writing.end)
            self.witness.remember(outcome.end.head)
            writing.left = outcome.end
        return outcome.answers

    def read(self, after: int = 0, upto: int | None = None) -> Iterator[Event]:
        """As `events.log.Log.read`."""
        end = self._end(upto)
        while True:
            with self.reading as connection:
                rows = stored.page(connection, after, end, _PAGE)
            if not rows:
                return
            after = rows[-1][0]
            yield from stored.to_events(rows)

    def chunks(self, after: int = 0, upto: int | None = None, size: int = 4096) -> Iterator[Chunk]:
        """As `events.log.Log.chunks`."""
        end = self._end(upto)
        while True:
            with self.reading as connection:
                chunk = stored.chunk(connection, after, end, size)
            if chunk is None:
                return
            after = chunk.seqs[-1]
            yield chunk

    def pick(self, seqs: Sequence[int]) -> Iterator[Chunk]:
        """As `events.log.Log.pick`."""
        for start in range(0, len(seqs), _PICK):
            with self.reading as connection:
                chunk = stored.at(connection, seqs[start : start + _PICK])
            if chunk is not None:
                yield chunk

    def stretches(
        self, after: int = 0, upto: int | None = None, size: int = 2048
    ) -> Iterator[Stretch]:
        """As `events.log.Log.stretches`."""
        end = self._end(upto)
        while True:
            with self.reading as connection:
                stretch = stored.stretch(connection, after, end, size)
            if stretch is None:
                return
            after += len(stretch.bodies)
            yield stretch

    def positions(
        self,
        *,
        kinds: Sequence[str] = (),
        clients: Sequence[str] = (),
        deals: Sequence[str] = (),
        upto: int | None = None,
    ) -> list[int]:
        """As `events.log.Log.positions`."""
        end = self._end(upto)
        with self.reading as connection:
            return stored.positions(connection, kinds, clients, deals, end)

    def moments(self, first: str, last: str, upto: int | None = None) -> list[tuple[int, str]]:
        """As `events.log.Log.moments`."""
        end = self._end(upto)
        with self.reading as connection:
            return stored.moments(connection, first, last, end)

    def find(self, trace: Trace) -> Iterator[Event]:
        """As `events.log.Log.find`."""
        end = self._end(trace.upto)
        with self.reading as connection:
            found = finding.find(connection, trace, end)
        yield from found

    def get(self, ids: Sequence[str]) -> dict[str, Event]:
        """As `events.log.Log.get`."""
        with self.reading as connection:
            return {event.id: event for event in stored.by_id(connection, ids)}

    def head(self) -> Head:
        """As `events.log.Log.head`."""
        with self.reading as connection:
            return stored.last(connection).head

    def known_upto(self, recorded_at: str) -> int:
        """As `events.log.Log.known_upto`; the moment may be in any offset."""
        text = in_utc(dt.datetime.fromisoformat(recorded_at))
        with self.reading as connection:
            return stored.known_upto(connection, text)

    def reveal(self, events: Sequence[Event]) -> list[Event]:
        """As `events.log.Log.reveal`."""
        with self.reading as connection:
            return personal.reveal(connection, events)

    def names(self, kind: str) -> dict[str, str]:
        """As `events.log.Log.names`."""
        end = self._end(None)
        with self.reading as connection:
            return personal.names(connection, kind, end)

    @property
    def now(self) -> dt.datetime:
        """The log's own clock."""
        return self._clock()

    def _end(self, upto: int | None) -> int:
        head = self.head().seq
        return head if upto is None else min(upto, head)
