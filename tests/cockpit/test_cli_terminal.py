"""A person at a terminal is asked; nobody else is."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from events.sqlite import SqliteLog
from events.vocabulary import CallMade, DepartmentOpened
from tests.cockpit.shell import Shell

PROGRAM = (sys.executable, "-m", "cockpit")


def typed(file: Path, arguments: list[str], keys: str) -> tuple[int, str]:
    """Run a command line at a terminal of its own where keys are typed; its exit code and stdout.

    Input and stderr are the terminal, so that a question is asked there.
    """
    near, far = pty.openpty()
    try:
        with subprocess.Popen(
            [*PROGRAM, *arguments],
            stdin=far,
            stdout=subprocess.PIPE,
            stderr=far,
            env={
                "PATH": os.environ["PATH"],
                "COCKPIT_FILE": str(file),
                "LC_ALL": "C.UTF-8",
                "LOGNAME": "head",
            },
            cwd=Path(__file__).parents[2],
        ) as program:
            os.write(near, keys.encode())
            assert program.stdout is not None
            out = program.stdout.read().decode()
        return program.returncode, out
    finally:
        os.close(near)
        os.close(far)


@pytest.mark.parametrize(("keys", "client"), [("1\n", "c1"), ("7\n2\n", "c2")])
def test_where_a_name_may_be_several_the_person_chooses(
    north: Shell, keys: str, client: str
) -> None:
    code, out = typed(north.path, ["log", "call", "1m", "Ром", "--as", "ivanov"], keys)
    assert (code, out[:2]) == (0, "✓ ")
    body = north.events()[-1].body
    assert isinstance(body, CallMade)
    assert body.client == client


def test_who_thinks_better_of_it_adds_nothing(north: Shell) -> None:
    before = north.head()
    code, out = typed(north.path, ["log", "call", "1m", "Ром", "--as", "ivanov"], "\x04")
    assert (code, out) == (130, "")
    assert north.head() == before


def test_init_asks_what_is_missing_until_it_is_right(tmp_path: Path) -> None:
    path = tmp_path / "new" / "north.db"
    code, out = typed(path, ["init"], "Atlantis\nHU\nforint\nHUF\n\nÉszak\n")
    assert code == 0
    assert out.startswith("✓ Észak: HU, HUF, Europe/Budapest, ")
    with SqliteLog.open(path, writable=False) as log:
        body = next(iter(log.read())).body
    assert isinstance(body, DepartmentOpened)
    assert (body.name, body.country, body.language) == ("Észak", "HU", "hu")


def test_forgetting_asks_before_it_is_done(north: Shell) -> None:
    before = north.head()
    assert typed(north.path, ["client", "forget", "c3"], "n\n")[0] == 130
    assert north.head() == before
    assert typed(north.path, ["client", "forget", "c3"], "y\n")[0] == 0
    assert north.head() == before + 1
