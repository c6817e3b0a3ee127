"""What a slip of the keyboard is answered with: the word that was probably meant."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cockpit.cli.talk import program
from tests.cockpit.shell import Shell


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("report plan-fct", "plan-fct is none of them, type plan-fact."),
        ("export plan-fct x.csv", "plan-fct is none of them, type plan-fact."),
        ("explain plan-fct ivanov fact", "plan-fct is none of them, type plan-fact."),
        ("standup --theme darkk", "darkk is none of them, type dark."),
        ("completion xyz", "xyz is none of them, type bash, zsh, fish."),
        ("norm set call twenty", "twenty is no whole number, type 20."),
        ("done one", "one is no whole number, type 20."),
        ("stanup", "No such command 'stanup'. Did you mean standup?"),
        ("seller lst", "No such command 'lst'. Did you mean list?"),
        ("report plan-fact --mont 2026-04", "No such option '--mont'. Did you mean --month"),
    ],
)
def test_the_word_that_was_probably_meant_is_said(north: Shell, line: str, said: str) -> None:
    assert said in north.refused(line)


def test_a_number_out_of_bounds_is_refused_with_them(north: Shell) -> None:
    assert "99 is not in the range 1<=x<=30" in north.refused("report corrections --days 99")


def test_what_to_type_next_can_be_typed_where_the_shell_does_not_find_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [".venv/bin/cockpit", "demo"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program() == ".venv/bin/cockpit"
    (tmp_path / "cockpit").touch(mode=0o755)
    assert program() == "cockpit"
