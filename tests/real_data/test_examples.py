"""The commands of the examples' README do what they say, typed as they stand there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.real_data.conftest import EXAMPLES, ROOT, folder_of

pytestmark = pytest.mark.unmeasured

BLOCKS = re.findall(r"```sh\n(.*?)```", (EXAMPLES / "README.md").read_text("utf-8"), re.DOTALL)
TOLD = {
    "adventureworks": ("12,875,000", "3,516,971", "37,011"),
    "bank": ("20,483", "4,076"),
    "olist": ("organic_search", "2,296", "271"),
}


@pytest.mark.parametrize("block", BLOCKS, ids=TOLD)
def test_the_commands_of_an_example_work(tmp_path: Path, block: str) -> None:
    data = folder_of(re.findall(r"--map examples/(\w+)/", block)[0]).parent
    first, *commands = block.strip().splitlines()
    name = first.removeprefix("export COCKPIT_FILE=").removesuffix(".cockpit")
    environment = {
        **os.environ,
        "COCKPIT_FILE": str(tmp_path / f"{name}.cockpit"),
        "COCKPIT_LANGUAGE": "en",
        "COLUMNS": "120",
    }
    printed = ""
    for command in commands:
        program, *words = shlex.split(command.replace("$DATA", str(data)))
        assert program == "cockpit"
        done = subprocess.run(
            [sys.executable, "-m", "cockpit", *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "skipped" not in done.stdout
        printed += done.stdout
    for word in TOLD[name]:
        assert word in printed
