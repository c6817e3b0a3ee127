"""An import killed while indexes are made in bulk leaves a log that it completes the next time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unmeasured


def check(folder: Path, kills: int, seed: str) -> None:
    """Most imports must have been met in the middle, and nothing of those may be there."""
    command = [sys.executable, "-m", "tests.cockpit.import_killing", str(folder), str(kills), seed]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout.splitlines()[-1])
    assert kills // 2 < counts["killed"]
    assert counts["kept"] <= kills - counts["killed"] + kills // 10


def test_an_import_killed_20_times_while_indexes_are_made_is_completed(tmp_path: Path) -> None:
    check(tmp_path, 20, "suite")


@pytest.mark.torture
def test_an_import_killed_1000_times_while_indexes_are_made_is_completed(tmp_path: Path) -> None:
    check(tmp_path, 1000, "torture")
