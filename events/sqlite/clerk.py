"""A process beside this one that keeps what is prepared here, so that both work at once.

It appends as every other writer does: each batch waits for its turn in the queue.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, Final

import msgspec

from events import errors
from events.envelope import Head
from events.errors import LogError, Unwritable
from events.prepare import Prepared
from events.sheaf import Letter, Sheaf
from events.sqlite.store import SqliteLog

if TYPE_CHECKING:
    import subprocess

_LENGTH: Final = 8
"""Bytes in front of a message that say how long it is."""


class Refusal(msgspec.Struct, frozen=True, tag=True):
    """Why the log did not take a batch, or a part of it: the error's name, and what it says."""

    error: str
    template: str
    values: dict[str, str | int | Refusal]


class Kept(msgspec.Struct, frozen=True, tag=True):
    """A batch that is in the log; of each event whether it came there just now; the log's end."""

    new: list[bool]
    head: Head


_PAGES: Final = 4_000
"""Pages between two check-points. Batch after batch changes the same pages of the indexes, and at
the engine's own thousand each of them would go into the file every time.
"""

_REPLY: Final = msgspec.msgpack.Decoder(Kept | Refusal)


class Clerk:
    """Keeps the batches it is given, one after the other.

    While it keeps one, the next may lie before it already, linked to where the log will end then.
    """

    def __init__(self, process: subprocess.Popen[bytes], head: Head) -> None:
        """The process waits for its first batch; `clerk` starts one. The log ends at `head`."""
        self._process = process
        self._attempt = 0
        self._ends: deque[Head | None] = deque()
        self._next: Head | None = head
        self._sending: Thread | None = None
        self.pid = process.pid

    def ready(self, batch: Sequence[Prepared]) -> Sheaf:
        """A batch with all that can be done to it before its turn."""
        sheaf = Sheaf.of(batch)
        if self._next is None:
            return sheaf
        chain = sheaf.chained(self._next)
        self._next = chain.end
        return Sheaf(sheaf.table, chain)

    def hand(self, batch: Sequence[Prepared]) -> None:
        """Give it a batch, at most one before the answer to the one before was taken."""
        sheaf = Sheaf.of(batch)
        self._ends.append(sheaf.chain.end if sheaf.chain is not None else None)
        text = msgspec.msgpack.encode((self._attempt, sheaf.letter))
        self.rest()
        # A batch is longer than a pipe, and its reader has another one at hand.
        self._sending = Thread(target=self._write, args=(text,))
        self._sending.start()

    def rest(self) -> None:
        """Wait until all of what was handed over is on its way."""
        if self._sending is not None:
            self._sending.join()

    def answer(self) -> list[bool]:
        """Of each event of the first batch not answered yet, whether it is new.

        Raises what `events.log.Log.keep` does; a batch behind it is as good as never handed then.
        """
        reply, end = self._reply(), self._ends.popleft()
        if isinstance(reply, Kept):
            # Somebody else appended, or something was known: what follows gets other links.
            if reply.head != end:
                self._next = None
            return reply.new
        while self._ends:
            self._ends.popleft()
            # Where the process has ended with its refusal, that says more.
            with suppress(Unwritable):
                self._reply()
        self._attempt, self._next = self._attempt + 1, None
        raise _refused(reply)

    def _write(self, text: bytes) -> None:
        # Where it has ended, its answer says why.
        with suppress(OSError):
            _send(_opened(self._process.stdin), text)

    def _reply(self) -> Kept | Refusal:
        try:
            reply: Kept | Refusal = _REPLY.decode(_receive(_opened(self._process.stdout)))
        except (OSError, EOFError) as error:
            raise Unwritable("the process that writes to the log has ended; try again") from error
        return reply


@contextmanager
def clerk(path: Path, head: Head) -> Iterator[Clerk | None]:
    """A clerk for the log at a path that ends at `head`; None where there is no second process.

    On leaving, what was handed over is kept to its end.
    """
    if not sys.executable:
        yield None
        return
    import subprocess

    pipe = subprocess.PIPE
    # Whatever lies in the current folder is none of its modules.
    argv = [sys.executable, "-P", "-m", __name__, str(path)]
    try:
        # In a group of its own an interrupt from the terminal does not tear a batch of it.
        process = subprocess.Popen(
            argv, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, process_group=0
        )
    except OSError:
        yield None
        return
    helper = Clerk(process, head)
    try:
        yield helper
    finally:
        helper.rest()
        for end in (process.stdin, process.stdout):
            with suppress(OSError):
                _opened(end).close()
        process.wait()


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("the process has no pipe")
    return pipe


def _send(pipe: IO[bytes], text: bytes) -> None:
    pipe.write(len(text).to_bytes(_LENGTH) + text)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """The next message; raises EOFError where none comes any more."""
    length = int.from_bytes(pipe.read(_LENGTH))
    text = pipe.read(length)
    if not length or len(text) < length:
        raise EOFError
    return text


def _serve(log: SqliteLog) -> None:
    """Keep what comes in until nothing does any more; raises EOFError then."""
    decoder = msgspec.msgpack.Decoder(tuple[int, Letter])
    refused: tuple[int, Refusal] | None = None
    with log.reading as connection:
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES}")
    while True:
        attempt, letter = decoder.decode(_receive(sys.stdin.buffer))
        if refused is not None and refused[0] == attempt:
            # What lies behind a batch that was refused was made in the belief that it is kept.
            _answer(refused[1])
            continue
        try:
            answers = log.keep(Sheaf.read(letter))
            reply: Kept | Refusal = Kept([answer.new for answer in answers], log.head())
        except LogError as error:
            reply = _refusal(error)
            refused = attempt, reply
        _answer(reply)


def _answer(reply: Kept | Refusal) -> None:
    _send(sys.stdout.buffer, msgspec.msgpack.encode(reply))


def _refusal(error: LogError) -> Refusal:
    values = {name: _sent(value) for name, value in error.values.items()}
    return Refusal(type(error).__name__, error.template, values)


def _sent(value: object) -> str | int | Refusal:
    if isinstance(value, LogError):
        return _refusal(value)
    return value if isinstance(value, int) else str(value)


def _refused(refusal: Refusal) -> LogError:
    """The error a refusal was made of."""
    values = {
        name: _refused(value) if isinstance(value, Refusal) else value
        for name, value in refusal.values.items()
    }
    error: LogError = getattr(errors, refusal.error)(refusal.template, **values)
    return error


def main() -> None:
    """The clerk: batches come in, answers go out, until nobody has one any more."""
    gc.disable()
    with suppress(EOFError, BrokenPipeError):
        try:
            with SqliteLog.open(Path(sys.argv[1])) as log:
                _serve(log)
        except LogError as error:
            _answer(_refusal(error))
    # Somebody waits for the end of this process, and nothing here needs tidying up any more.
    os._exit(0)


if __name__ == "__main__":
    main()
