"""A writer may die at any moment: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unmeasured


def killed(path: Path, kills: int, seed: str) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.events.killing", str(path), str(kills), seed]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    counts: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counts


def check(counts: dict[str, int], kills: int) -> None:
    """The run must have met what it is about: acknowledged appends, and cut ones."""
    assert counts["acknowledged"] > kills
    assert counts["completed"] + counts["unheard"] > kills // 20


def test_nothing_acknowledged_is_lost_and_no_batch_is_torn_by_300_kills(tmp_path: Path) -> None:
    check(killed(tmp_path / "log.db", 300, "suite"), 300)


@pytest.mark.torture
def test_nothing_acknowledged_is_lost_and_no_batch_is_torn_by_1000_kills(tmp_path: Path) -> None:
    check(killed(tmp_path / "log.db", 1000, "torture"), 1000)
