"""What the help of every command shows as an example runs as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cockpit.shell import Shell

BEFORE = (
    "log call 3m20 out Ромашка-Сервис --as ivanov",
    "log invoice 17 Ромашка-Сервис 900k --as ivanov",
    "log deal Ромашка-Сервис 100k --as ivanov",
    "card template --default",
    "norm set call 40",
    *["correct ivanov --metric call --from 50 --to 70 --until fri 'calls before noon'"] * 3,
)
"""What there has to be for the examples to speak of."""

LACKING = re.compile(
    r"there is a (seller ivanov|client c\d .*) already"
    r"|this norm does not grow|this source has no figure"
    r"|our-card\.toml: No such file|File '\w+\.toml' does not exist"
    r"|that month is not closed|no stand-up was held|which row is"
    r"|the folder of /media/stick/.* is not there|1234:5f3a… is no head|from what\?"
    r"|ООО Ромашка has no open deal|there is an invoice 17 already|3 is answered for"
)
"""How an example is refused that speaks of what this department does not have."""

ASKING = ("init", "demo", "standup", "completion", "seller leave", "client forget")
"""What asks at a terminal, opens a screen, or takes away what the others speak of."""


def examples(shell: Shell) -> Iterator[str]:
    """Every example, each once."""

    def below(commands: object) -> Iterator[str]:
        assert isinstance(commands, list)
        for each in commands:
            yield from each["examples"]
            yield from below(each.get("commands", []))

    found = dict.fromkeys(below(shell.ok("--spec").data["commands"]))
    return (line.removeprefix("cockpit ").partition(" >")[0] for line in found)


def test_every_example_of_the_help_runs_as_it_stands_there(
    north: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in BEFORE:
        north.ok(line)
    kinds = {event.kind: str(event.seq) for event in north.events()}
    wrong = []
    tried = 0
    for line in examples(north):
        if line.startswith(ASKING):
            continue
        kind = "invoice_issued" if "amount=" in line else "call_made"
        own = line.startswith(("log ", "my", "done "))
        monkeypatch.setenv("COCKPIT_SELLER", "ivanov" if own else "")
        answer = north(re.sub(r"\b1234\b(?!:)", kinds[kind], line))
        tried += 1
        if answer.code and not LACKING.search(answer.err):
            wrong.append((line, answer.err))
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > 100


def test_no_help_tells_of_a_bound_that_is_none(shell: Shell) -> None:
    told = {name: shell.ok(f"{name} --help").out for name in ("demo", "init", "done", "norm ramp")}
    assert "--sellers NUMBER          How many sellers.\n" in told["demo"]
    assert "[x>=0]" in told["demo"]
    assert [name for name, text in told.items() if "None" in text] == []
    assert "type 20" in shell("demo --sellers many").err
