"""A terminal for programs under measurement: it answers as a modern one would, and takes notes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

SYNCHRONISED, RESIZE_IN_BAND = b"2026", b"2048"
ASKED_FOR_MODE = re.compile(rb"\x1b\[\?(\d+)\$p")
ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^][^\x1b]*\x1b\\|[ -/]*[0-~])"
)
UNTOUCHED = ("TEXTUAL", "COLUMNS", "LINES", "NO_COLOR", "COCKPIT")
PAUSE = 0.3
TICKS = os.sysconf("SC_CLK_TCK")


class Burst(msgspec.Struct, frozen=True):
    """What came back after a moment: bytes, and seconds until the last of them."""

    size: int
    seconds: float


class Terminal:
    """A program in a pseudo-terminal of so many columns and rows."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Start it at once; the clock of `first_paint` runs from here."""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(UNTOUCHED)}
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            argv,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})},
        )
        os.close(theirs)
        self._latest = self._started
        self.written = bytearray()

    def __enter__(self) -> Self:
        """The terminal itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program and let go of the terminal."""
        self._process.terminate()
        while self._process.poll() is None:
            self._read(0.05)
        os.close(self._ours)

    def first_paint(self, mark: str, patience: float = 30.0) -> tuple[float, float]:
        """Seconds of CPU and of the wall clock until a text could be read on the screen.

        Raises TimeoutError, with what was there instead, where it never could.
        """
        wanted = mark.encode()
        while wanted not in ESCAPES.sub(b"", self.written):
            if time.perf_counter() - self._started > patience or self._process.poll() is not None:
                seen = ESCAPES.sub(b" ", self.written).decode(errors="replace")
                raise TimeoutError(f"{mark!r} did not appear, but: {seen[-500:]}")
            self._read(0.02)
        return self.cpu(), time.perf_counter() - self._started

    def press(self, key: bytes, quiet: float = 0.12, patience: float = 5.0) -> Burst:
        """Press a key and wait until the screen has changed and been still for `quiet` seconds.

        Raises TimeoutError where nothing changes.
        """
        before, start = len(self.written), time.perf_counter()
        os.write(self._ours, key)
        if not self._read(patience):
            raise TimeoutError(f"nothing changed {patience:g} s after the key {key!r}")
        self.settle(quiet)
        return Burst(len(self.written) - before, self._latest - start)

    def settle(self, quiet: float) -> None:
        """Wait until nothing has been written for `quiet` seconds."""
        while self._read(quiet):
            pass

    def listen(self, seconds: float) -> list[int]:
        """The bytes of each burst in a stretch of time; a pause of `PAUSE` parts two bursts."""
        sizes: list[int] = []
        end, last = time.perf_counter() + seconds, 0.0
        while (left := end - time.perf_counter()) > 0:
            before = len(self.written)
            if not self._read(left):
                continue
            now = time.perf_counter()
            if now - last > PAUSE:
                sizes.append(0)
            sizes[-1] += len(self.written) - before
            last = now
        return sizes

    def cpu(self) -> float:
        """Seconds of CPU the program has taken so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident(self) -> int:
        """Bytes of memory the program holds now."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def _read(self, patience: float) -> bool:
        """Take what is there, answer what is asked; whether anything came."""
        if not select.select([self._ours], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._ours, 1 << 16)
        except OSError:
            return False
        self._latest = time.perf_counter()
        self.written += data
        for mode in ASKED_FOR_MODE.findall(data):
            known = b"2" if mode in (SYNCHRONISED, RESIZE_IN_BAND) else b"0"
            os.write(self._ours, b"\x1b[?%b;%b$y" % (mode, known))
        if b"\x1b[c" in data or b"\x1b[0c" in data:
            os.write(self._ours, b"\x1b[?62;22c")
        if b"\x1b[6n" in data:
            os.write(self._ours, b"\x1b[1;1R")
        return bool(data)
