"""A log's read model, kept up with the log whatever happens to its file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from typing import Final, TypeVar

import msgspec

from events.log import Log
from events.sqlite.engine import Connection, StrPath, sqlite3
from projections.fold.basis import basis_of
from projections.fold.rules import rules
from projections.model.bulk import no_garbage
from projections.model.file import CORRUPT, build_file, build_memory, code_of, copied, opened
from projections.model.fill import Progress, advance, position_of
from projections.model.memory import Memory
from projections.model.read import ModelSource

_READONLY: Final = 8
"""SQLite's code for a file that may not be written, or that another one was put in the place of."""

T = TypeVar("T")


class Keeper:
    """Holds the connection to the model; not to be used by two threads at once."""

    def __init__(
        self, log: Log, path: StrPath | None, progress: Progress | None, *, private: bool = False
    ) -> None:
        """Opens the model at `path`, or builds it there; None keeps it in memory.

        A `private` one is a copy in memory of the one at `path`, which is never written.
        """
        self._log = log
        self._path = path
        self._private = private
        self._progress = progress
        self.settings = rules(log)
        self._basis = basis_of(self.settings)
        self._asked: ModelSource | None = None
        self._memory = Memory()
        self._connection = self._opened()
        self._seen = position_of(self._connection)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def moved(self) -> bool:
        """Whether the log has gained anything since the last catch-up."""
        return self._log.head().seq != self._seen

    def catch_up(self) -> int:
        """Fold what the log has gained; returns how many events that was."""
        if not self.moved():
            return 0
        before = self._seen
        self.settings = rules(self._log)
        if basis_of(self.settings) != self._basis:
            self.rebuild()
        else:
            self._mended(self._advanced)
        self._seen = position_of(self._connection)
        return self._seen - before

    def rebuild(self) -> int:
        """Fold the whole log again; returns how many events that was."""
        self.settings = rules(self._log)
        self._basis = basis_of(self.settings)
        self._swap(self._built())
        self._seen = position_of(self._connection)
        return self._seen

    def read(self, ask: Callable[[ModelSource], T]) -> T:
        """The answer to a question, all of it from one state of the model."""

        def answered() -> T:
            self._connection.execute("BEGIN")
            answer = ask(self._source())
            self._connection.execute("COMMIT")
            return answer

        with no_garbage():
            return self._mended(answered)

    def _source(self) -> ModelSource:
        """What was found out for one question serves the next, as long as nothing changed."""
        source = self._asked
        if source is None or source.position != position_of(self._connection):
            source = self._asked = ModelSource(
                self._connection, self._log, self._basis, self._memory
            )
        return source

    def _advanced(self) -> None:
        """Position and deltas change in one transaction, and only one process writes them."""
        self._connection.execute("BEGIN IMMEDIATE")
        advance(self._connection, self._log, self._basis, self._log.head())
        self._connection.execute("COMMIT")

    def _mended(self, work: Callable[[], T]) -> T:
        """Do it, and if the model's file does not let it be done, mend that and do it again."""
        for mend in (self._mend, self._carry_on_in_memory):
            try:
                return work()
            except (sqlite3.DatabaseError, msgspec.DecodeError) as error:
                self._roll_back()
                mend(error)
            except BaseException:
                self._roll_back()
                raise
        return work()

    def _mend(self, error: Exception) -> None:
        if code_of(error) in CORRUPT:
            self._swap(self._built())
        elif code_of(error) == _READONLY:
            self._swap(self._opened())
        else:
            self._carry_on_in_memory(error)

    def _carry_on_in_memory(self, error: Exception) -> None:
        try:
            memory = copied(self._connection)
        except sqlite3.DatabaseError:
            memory = self._in_memory()
        self._swap(memory)

    def _opened(self) -> Connection:
        if self._path is not None:
            try:
                found = opened(self._path, self._log, self._basis)
                if found is not None and self._private:
                    with closing(found):
                        return copied(found)
                return found or self._built()
            except sqlite3.DatabaseError:
                pass
        return self._in_memory()

    def _built(self) -> Connection:
        if self._path is not None and not self._private:
            with suppress(sqlite3.DatabaseError, OSError):
                build_file(self._path, self._log, self._basis, self._log.head(), self._progress)
                connection = opened(self._path, self._log, self._basis)
                if connection is not None:
                    return connection
        return self._in_memory()

    def _in_memory(self) -> Connection:
        return build_memory(self._log, self._basis, self._log.head(), self._progress)

    def _swap(self, connection: Connection) -> None:
        self._connection.close()
        self._connection = connection
        self._asked, self._memory = None, Memory()

    def _roll_back(self) -> None:
        with suppress(sqlite3.DatabaseError):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
