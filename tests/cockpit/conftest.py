"""Every test starts and ends in English; a shell in a department is there for the asking."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from cockpit.__main__ import run
from cockpit.words import use
from tests.cockpit.room import Room
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
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """The department, and its log where the command line looks for it."""
    made = Room(tmp_path / "sales.db")
    monkeypatch.setenv("COCKPIT_FILE", str(made.path))
    monkeypatch.delenv("COCKPIT_LANGUAGE", raising=False)
    yield made
    made.log.close()


NORTH = (
    INIT,
    "seller add ivanov 'Иванов Пётр' --team north --since 2026-01-12",
    "seller add petrova 'Петрова Анна' --team south --since 2026-01-12",
    "client add 'ООО Ромашка' --seller ivanov --channel site --segment retail --key c1",
    "client add 'Ромашка-Сервис' --key c2",
    "client add Вектор --territory Урал --key c3",
    "client add 'Българска роза ЕООД' --key c4",
)


@pytest.fixture(scope="session")
def _north(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a department that was opened once, to be copied from."""
    path = tmp_path_factory.mktemp("template") / "north.db"
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(NOW, tick=False):
        patch.setenv("COCKPIT_FILE", str(path))
        patch.setenv("LOGNAME", "head")
        patch.delenv("COCKPIT_SELLER", raising=False)
        for line in NORTH:
            assert run(shlex.split(line)) == 0
    return path.parent


@pytest.fixture
def north(shell: Shell, _north: Path) -> Shell:
    """A department with two sellers and four clients."""
    shutil.copytree(_north, shell.path.parent, dirs_exist_ok=True)
    return shell
