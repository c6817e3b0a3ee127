"""A process beside this one that keeps what is prepared here, so that both work at once.

It appends as every other writer does: each batch waits for its turn in the queue.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import msgspec

from events import errors
from events.errors import LogError, Unwritable
from events.prepare import Prepared
from events.sheaf import Letter, Sheaf
from events.sqlite.store import SqliteLog

if TYPE_CHECKING:
    import subprocess

_LENGTH: Final = 8
"""Bytes in front of a message that say how long it is."""


class Refusal(msgspec.Struct, frozen=True, tag=True):
    """A batch the log did not take, or why: the name of the error, and what it says."""

    error: str
    template: str
    values: dict[str, str | int | Refusal]


class Kept(msgspec.Struct, frozen=True, tag=True):
    """A batch that is in the log; of each of its events whether it came there just now."""

    new: list[bool]


_PAGES: Final = 4_000
"""Pages between two check-points. Batch after batch changes the same pages of the indexes, and at
the engine's own thousand each of them would go into the file every time.
"""

_REPLY: Final = msgspec.msgpack.Decoder(Kept | Refusal)


class Clerk:
    """Keeps one batch at a time."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """The process waits for its first batch; `clerk` starts one."""
        self._process = process
        self.pid = process.pid

    def hand(self, batch: Sequence[Prepared]) -> None:
        """Give it a batch, after the answer to the one before was taken."""
        # Where it has ended, its answer says why.
        with suppress(BrokenPipeError):
            _send(_opened(self._process.stdin), Sheaf.of(batch).letter)

    def answer(self) -> list[bool]:
        """Of each event of the batch whether it is new; raises what `events.log.Log.keep` does."""
        try:
            reply = _REPLY.decode(_receive(_opened(self._process.stdout)))
        except (OSError, EOFError) as error:
            raise Unwritable("the process that writes to the log has ended; try again") from error
        if isinstance(reply, Kept):
            return reply.new
        raise _refused(reply)


@contextmanager
def clerk(path: Path) -> Iterator[Clerk | None]:
    """A clerk for the log at a path; None where no second process is to be had.

    On leaving, a batch that was handed over is kept to its end.
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
    try:
        yield Clerk(process)
    finally:
        for end in (process.stdin, process.stdout):
            with suppress(OSError):
                _opened(end).close()
        process.wait()


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("the process has no pipe")
    return pipe


def _send(pipe: IO[bytes], message: object) -> None:
    text = msgspec.msgpack.encode(message)
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
    decoder = msgspec.msgpack.Decoder(Letter)
    with log.reading as connection:
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES}")
    while True:
        batch = Sheaf.read(decoder.decode(_receive(sys.stdin.buffer)))
        try:
            reply: Kept | Refusal = Kept([answer.new for answer in log.keep(batch)])
        except LogError as error:
            reply = _refusal(error)
        _send(sys.stdout.buffer, reply)


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
            _send(sys.stdout.buffer, _refusal(error))
    # Somebody waits for the end of this process, and nothing here needs tidying up any more.
    os._exit(0)


if __name__ == "__main__":
    main()
