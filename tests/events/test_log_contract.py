"""Every engine keeps the promises of `events.log`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from events.log import Log
from events.sqlite import SqliteLog
from tests.events.contract_finding import FindingContract
from tests.events.contract_refusals import RefusalContract
from tests.events.listlog import ListLog


class TestSqliteLog(FindingContract, RefusalContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> Iterator[None]:
        self.folder = tmp_path
        self.logs: list[SqliteLog] = []
        yield
        for log in self.logs:
            log.close()

    def make(self, clock: Callable[[], dt.datetime], salt: Callable[[], str]) -> Log:
        log = SqliteLog.create(self.folder / f"{len(self.logs)}.db", clock=clock, salt=salt)
        self.logs.append(log)
        return log


class TestListLog(FindingContract, RefusalContract):
    def make(self, clock: Callable[[], dt.datetime], salt: Callable[[], str]) -> Log:
        return ListLog(clock, salt)
