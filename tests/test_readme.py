"""What the README tells a newcomer to type works as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!http)([^)#]+)\)")


def commands(page: str) -> list[str]:
    """Every line after a `$` in the console blocks of a page."""
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def run(line: str, home: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(line)
    assert words[0] == "cockpit", line
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    environment.pop("COCKPIT_FILE", None)
    return subprocess.run(
        [sys.executable, "-m", "cockpit", *words[1:]],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )


@pytest.mark.unmeasured
def test_a_newcomer_can_type_the_readme_from_top_to_bottom(tmp_path: Path) -> None:
    typed = [line for line in commands("README.md") if line.startswith("cockpit ")]
    assert len(typed) > 15
    said: dict[str, str] = {}
    for line in typed:
        done = run(line, tmp_path)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        said[line] = done.stdout + done.stderr
    board = said["cockpit report plan-fact"]
    assert "Anna Kovács" in board
    assert "1,200" in board
    assert "Rose Ltd" in said["cockpit explain plan-fact anna fact"]
    assert (tmp_path / "data" / "cockpit" / "cockpit.db").exists()
    assert (tmp_path / "cockpit-backup.db").exists()


def test_the_two_commands_are_targets_of_make() -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    made = [line for line in commands("README.md") if line.startswith("make ")]
    assert made == ["make demo", "make test"]
    assert all(re.search(rf"^{line.split()[1]}:", targets, re.MULTILINE) for line in made)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/over-ssh.md"])
def test_no_link_of_a_page_leads_nowhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in LINK.findall(text):
        assert ((ROOT / page).parent / target).exists(), target
