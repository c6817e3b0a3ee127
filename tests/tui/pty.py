"""A terminal for a program to run in; it answers as one, and knows what it shows."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.cells import cell_len

PATIENCE = 30.0
_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_SYNCHRONIZED = b"2026"
_ESCAPE = re.compile(
    r"\x1b\[(?P<parameters>[0-9:;<=>?]*)[ -/]*(?P<final>[@-~])|\x1b[P\]^_].*?(?:\x07|\x1b\\)|\x1b.",
    re.DOTALL,
)


class Glass:
    """What a terminal of a size shows after some output; colours are not kept."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.cells = [[" "] * columns for _ in range(rows)]
        self._x = self._y = 0

    def feed(self, text: str) -> None:
        """Print output."""
        place = 0
        for found in _ESCAPE.finditer(text):
            self._print(text[place : found.start()])
            place = found.end()
            if found["final"] == "H":
                row, _, column = found["parameters"].partition(";")
                self._y, self._x = int(row or 1) - 1, int(column or 1) - 1
            elif found["final"] == "J":
                self.cells = [[" "] * self.columns for _ in self.cells]
        self._print(text[place:])

    def _print(self, text: str) -> None:
        for character in text:
            if character == "\r":
                self._x = 0
            elif character == "\n":
                self._y += 1
            elif cell_len(character) and self._y < len(self.cells) and self._x < self.columns:
                self.cells[self._y][self._x] = character
                if cell_len(character) == 2 and self._x + 1 < self.columns:
                    self.cells[self._y][self._x + 1] = ""
                self._x += cell_len(character)

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join("".join(row).rstrip() for row in self.cells)


class Terminal:
    """A program in a terminal of its own; use it as a context."""

    def __init__(
        self,
        arguments: list[str],
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._arguments = arguments
        self._size = (rows, columns)
        self._environment = dict(environment or {})
        self.output = b""
        self.status: int | None = None

    def __enter__(self) -> Self:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        surroundings = {
            **kept,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            **self._environment,
        }
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            try:
                self._resize(0)
                os.execve(self._arguments[0], self._arguments, surroundings)
            finally:
                os._exit(127)
        self._resize(self._file)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self._reap()
        if self._file >= 0:
            os.close(self._file)

    def _resize(self, file: int) -> None:
        fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", *self._size, 0, 0))

    def read(self, seconds: float) -> bytes | None:
        """What came within so many seconds, None when the program is gone."""
        ready, _, _ = select.select([self._file], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self._file, 1 << 16)
        except OSError:
            return None
        self.output += data
        for query in _QUERY.finditer(data):
            known = b"2" if query[1] == _SYNCHRONIZED else b"0"
            os.write(self._file, b"\x1b[?" + query[1] + b";" + known + b"$y")
        return data or None

    def until(self, condition: Callable[[str], bool], description: str) -> str:
        """Read until what is shown meets a condition; the screen as text."""
        end = time.monotonic() + PATIENCE
        while not condition(self.shown):
            if time.monotonic() > end or self.read(0.05) is None:
                raise AssertionError(f"never came: {description}\n{self.shown}")
        return self.shown

    def shows(self, text: str) -> str:
        """Read until a text is shown."""
        return self.until(lambda screen: text in screen, repr(text))

    def quiet(self, seconds: float) -> bytes:
        """Everything that comes until nothing has come for so many seconds."""
        gathered = b""
        while data := self.read(seconds):
            gathered += data
        return gathered

    def press(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._file, keys.encode() if isinstance(keys, str) else keys)

    def hang_up(self) -> None:
        """Pull the plug: the terminal is gone, and the program is told by SIGHUP."""
        os.close(self._file)
        self._file = -1
        self._reap()

    def kill(self) -> None:
        """End the program without asking."""
        os.kill(self.pid, signal.SIGKILL)
        self._reap()

    def leave(self) -> int:
        """Read until the program has ended; its exit status, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while self.read(0.05) is not None:
            if time.monotonic() > end:
                raise AssertionError(f"does not end\n{self.shown}")
        self._reap()
        assert self.status is not None
        return self.status

    @property
    def shown(self) -> str:
        """What the terminal shows now."""
        rows, columns = self._size
        glass = Glass(columns, rows)
        glass.feed(self.output.decode(errors="replace"))
        return glass.text

    def _reap(self) -> None:
        _, waited = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(waited)


def python(module: str, *arguments: str | Path) -> list[str]:
    """The command line of one of our modules."""
    return [sys.executable, "-m", module, *map(str, arguments)]
