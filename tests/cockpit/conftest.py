"""Every test starts and ends in English; a department is ready at a shell where one is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from cockpit.words import use
from tests.cockpit.shell import INIT, NOW, Shell


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("en")


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Shell]:
    """A shell on a Wednesday morning in Moscow, where no log is yet."""
    path = tmp_path / "north.db"
    monkeypatch.setenv("COCKPIT_FILE", str(path))
    monkeypatch.setenv("LOGNAME", "head")
    for name in ("COCKPIT_SELLER", "COCKPIT_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    with time_machine.travel(NOW, tick=False):
        yield Shell(path, capsys)


@pytest.fixture
def north(shell: Shell) -> Shell:
    """A department with two sellers and four clients."""
    shell.ok(INIT)
    shell.ok("seller add ivanov 'Иванов Пётр' --team north --since 2026-01-12")
    shell.ok("seller add petrova 'Петрова Анна' --team south --since 2026-01-12")
    shell.ok("client add 'ООО Ромашка' --seller ivanov --channel site --segment retail --key c1")
    shell.ok("client add 'Ромашка-Сервис' --key c2")
    shell.ok("client add Вектор --territory Урал --key c3")
    shell.ok("client add 'Българска роза ЕООД' --key c4")
    return shell
