"""A person at the command line of a department, for tests."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from pathlib import Path

import msgspec
import pytest

from cockpit.__main__ import run
from events.envelope import Event
from events.sqlite import SqliteLog
from events.vocabulary.fact import Fact

NOW = dt.datetime(2026, 11, 18, 7, 30, tzinfo=dt.UTC)
"""Wednesday, half past ten in Moscow."""

INIT = "init --name Север --country RU --currency RUB --zone Europe/Moscow --language en"


class Answer(msgspec.Struct, frozen=True):
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, object]:
        """The JSON on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


class Shell:
    """Runs command lines in this process against one log."""

    def __init__(self, path: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capture = capture

    def __call__(self, line: str) -> Answer:
        """Run a command line as it is typed; nothing else may be waiting in the capture."""
        self._capture.readouterr()
        code = run(shlex.split(line))
        caught = self._capture.readouterr()
        return Answer(code, caught.out, caught.err)

    def ok(self, line: str) -> Answer:
        """Run a command line that has to succeed."""
        answer = self(line)
        assert answer.code == 0, answer
        return answer

    def refused(self, line: str) -> str:
        """Run a command line that has to be refused in one line, with nothing appended."""
        before = self.head() if self.path.exists() else 0
        answer = self(line)
        assert answer.code == 2, answer
        assert answer.out == ""
        assert answer.err.startswith("cockpit: ")
        assert answer.err.count("\n") == 1, answer.err
        assert (self.head() if self.path.exists() else 0) == before
        return answer.err.removeprefix("cockpit: ").removesuffix("\n")

    def head(self) -> int:
        """The position of the last event."""
        with SqliteLog.open(self.path, writable=False) as log:
            return log.head().seq

    def events(self, after: int = 0) -> list[Event]:
        """The events after a position, personal text in plain."""
        with SqliteLog.open(self.path, writable=False) as log:
            return log.reveal(list(log.read(after)))

    def logged(self, line: str) -> Fact:
        """The body of the one event a command line appends."""
        before = self.head()
        self.ok(line)
        events = self.events(before)
        assert len(events) == 1, events
        body = events[0].body
        assert isinstance(body, Fact)
        return body
