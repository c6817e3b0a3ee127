"""What programs are told of the program: its commands, its version, its exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from cockpit.cli.commands import Commands
from cockpit.cli.failing import Code
from tests.cockpit.shell import Shell

SCRIPTS = Path(__file__).parents[2] / "docs" / "scripts.md"
Tree = dict[str, object]


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """A person without a log."""
    monkeypatch.setenv("COCKPIT_FILE", str(tmp_path / "none.db"))
    return Shell(tmp_path / "none.db", capsys)


def below(command: Tree) -> Iterator[Tree]:
    """The commands below one, those below them included."""
    commands = command.get("commands", [])
    assert isinstance(commands, list)
    for each in commands:
        yield each
        yield from below(each)


def test_the_spec_has_every_command_with_its_options(shell: Shell) -> None:
    found = {str(each["name"]): each for each in below(shell.ok("--spec").data)}
    assert {f"cockpit {name}" for name in Commands.late} <= set(found)
    options = found["cockpit log call"]["options"]
    assert isinstance(options, list)
    named = {name: option for option in options for name in option["names"]}
    assert {"--as", "--at", "--id", "--json", "--reached", "--not-reached"} <= set(named)
    assert named["--temperature"]["choices"] == ["hot", "warm", "cold"]
    assert (named["--json"]["flag"], named["--at"]["flag"]) == (True, False)


def test_every_example_of_the_spec_begins_with_one_of_its_commands(shell: Shell) -> None:
    data = shell.ok("--spec").data
    named = {str(each["name"]) for each in below(data)}
    for command in below(data):
        examples = command["examples"]
        assert isinstance(examples, list)
        for line in examples:
            word = line.split()[1]
            assert f"cockpit {word}" in named or word.startswith("-"), line


def test_the_spec_says_how_the_program_ends(shell: Shell) -> None:
    data = shell.ok("--spec").data
    assert data["exit_codes"] == {code.name.lower(): code.value for code in Code}
    assert data["version"] == version("standup-cockpit")


def test_the_page_for_scripts_has_every_exit_code(shell: Shell) -> None:
    listed = re.findall(r"^\| (\d+) \|", SCRIPTS.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(code) for code in listed] == [code.value for code in Code]


def test_the_version_is_the_only_answer(shell: Shell) -> None:
    answer = shell.ok("--version")
    assert (answer.out, answer.err) == (f"cockpit {version('standup-cockpit')}\n", "")


def test_the_doctor_says_what_decides_about_colours(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COLORTERM", raising=False)
    data = shell.ok("doctor --json").data
    assert (data["NO_COLOR"], data["colours"]) == ("1", "-")
    for key in ("terminal", "size", "tmux", "locale", "log", "textual"):
        assert data[key], json.dumps(data)
