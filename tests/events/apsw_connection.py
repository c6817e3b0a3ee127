"""The log's connection over apsw, whose file system can be a made-up one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import apsw

from events.sqlite.engine import Connect, Connection, Cursor, StrPath, Value
from events.sqlite.engine import sqlite3 as engine


def connector(vfs: str) -> Connect:
    """Opens files through a file system registered with apsw under this name."""

    def connect(path: StrPath, writable: bool, patience: float) -> Connection:
        return ApswConnection(str(path), writable, patience, vfs)

    return connect


class ApswConnection:
    """`events.sqlite.engine.Connection`, complaining as the usual engine does."""

    def __init__(self, path: str, writable: bool, patience: float, vfs: str) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE if writable else apsw.SQLITE_OPEN_READONLY
        self.inner = self._said(lambda: apsw.Connection(path, flags=flags, vfs=vfs))
        self.inner.set_busy_timeout(int(patience * 1000))

    @staticmethod
    def _said(action: Callable[[], Any]) -> Any:
        try:
            return action()
        except apsw.ConstraintError as error:
            raise _translated(engine.IntegrityError, error) from error
        except apsw.Error as error:
            raise _translated(engine.OperationalError, error) from error

    @property
    def in_transaction(self) -> bool:
        return bool(self.inner.in_transaction)

    def execute(self, sql: str, parameters: Sequence[Value] = (), /) -> Cursor:
        cursor: Cursor = self._said(lambda: self.inner.execute(sql, tuple(parameters)))
        return cursor

    def executemany(self, sql: str, parameters: Sequence[Sequence[Value]], /) -> object:
        return self._said(lambda: self.inner.executemany(sql, parameters))

    def backup(
        self,
        target: ApswConnection,
        *,
        pages: int = -1,
        progress: Callable[[int, int, int], None] | None = None,
        sleep: float = 0.25,
    ) -> None:
        with target.inner.backup("main", self.inner, "main") as copying:
            while not copying.done:
                self._said(lambda: copying.step(pages))

    def close(self) -> None:
        self._said(self.inner.close)


def _translated(kind: type[engine.Error], error: apsw.Error) -> engine.Error:
    said = kind(str(error))
    said.sqlite_errorcode = getattr(error, "extendedresult", 1)
    return said
