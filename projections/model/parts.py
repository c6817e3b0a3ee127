"""A large fold in two halves, the second of them in a process of its own.

The halves are the same whether or not there is a second process, so the model is too: each gives
its own numbers to texts, odd ones and even ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final

import msgspec

from events.log import Log
from projections.model.bulk import Context, fold, no_garbage
from projections.model.cells import Numbers
from projections.model.pack import Interner, PageRows, Pairs, page_rows
from projections.model.pages import Page

if TYPE_CHECKING:
    import subprocess

LARGE: Final = 100_000
"""Events from which on a second process is worth its start."""


class Order(msgspec.Struct, frozen=True):
    """What the second process is to do: which log, what is known, and which pages."""

    path: str
    context: Context
    pages: list[Page]


class Half(msgspec.Struct, frozen=True):
    """Some pages packed, with the numbers that were given to texts."""

    rows: list[PageRows]
    sellers: list[tuple[int, str]]
    cuts: list[tuple[int, str]]


class Packer:
    """Folds pages and packs them with every second number from `start` on."""

    def __init__(self, log: Log, context: Context, start: int) -> None:
        """What the pages do to pages of other packers stays in `context.changes`."""
        self._log = log
        self._context = context
        self._numbers = Numbers()
        self.sellers, self.cuts = Interner(start, 2), Interner(start, 2)
        self._pairs = Pairs(self._numbers, self.sellers, self.cuts)

    def rows(self, pages: list[Page]) -> Iterator[PageRows]:
        """The pages one by one."""
        for folded in fold(self._log, self._context, pages, self._numbers):
            yield page_rows(folded, self._pairs)

    def half(self, pages: list[Page]) -> Half:
        """The pages at once."""
        rows = list(self.rows(pages))
        return Half(rows, self.sellers.fresh, self.cuts.fresh)


class Helper:
    """Works on the second half while the caller works on the first."""

    def __init__(self, process: subprocess.Popen[bytes], path: str) -> None:
        """The process waits for its order."""
        self._process = process
        self._path = path

    def start(self, context: Context, pages: list[Page]) -> None:
        """Hand over what there is to do."""
        pipe = _opened(self._process.stdin)
        pipe.write(msgspec.msgpack.encode(Order(self._path, context, pages)))
        pipe.close()

    def half(self) -> Half:
        """What came of it; raises OSError or msgspec.DecodeError where nothing did."""
        return msgspec.msgpack.decode(_opened(self._process.stdout).read(), type=Half)


@contextmanager
def helper(log: Log, events: int) -> Iterator[Helper | None]:
    """A second process for a large log that lies in a file; None where there is none to be had."""
    path = getattr(log, "path", None)
    if events < LARGE or path is None or not sys.executable:
        yield None
        return
    import subprocess

    argv = [sys.executable, "-m", __name__]
    try:
        process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        yield None
        return
    try:
        yield Helper(process, str(path))
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                _opened(pipe).close()
        process.wait()


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("the second process has no pipe")
    return pipe


def main() -> None:
    """The second process: an order comes in, half a model goes out."""
    from pathlib import Path

    from events.sqlite.store import SqliteLog

    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    with no_garbage(), SqliteLog.open(Path(order.path), writable=False) as log:
        half = Packer(log, order.context, 2).half(order.pages)
    sys.stdout.buffer.write(msgspec.msgpack.encode(half))


if __name__ == "__main__":
    main()
