"""Appending what follows from the log, and asking the person at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Final

from cockpit.cli.choices import Whole
from cockpit.cli.talk import say, watched
from cockpit.department import Ask, Department
from cockpit.errors import Refused
from cockpit.words import t
from events.envelope import Appended, Draft
from events.errors import Conflict

_MANY: Final = 20_000
_TRIES: Final = 20


def asker() -> Ask | None:
    """Lets the person at the terminal choose; None where nobody sits there."""
    return _choose if watched() else None


def append_alone(
    department: Department, make: Callable[[], Sequence[Draft]]
) -> tuple[Sequence[Draft], list[Appended]]:
    """Append what follows from the log as it stands: made anew whenever it moved in between."""
    for _ in range(_TRIES):
        position = department.log.head().seq
        department.refresh()
        drafts = make()
        try:
            return drafts, department.log.append(drafts, expected=position)
        except Conflict as conflict:
            if conflict.seq <= position:
                raise
    raise Refused(t("others keep writing at this very moment: try again"))


def _choose(query: str, candidates: list[tuple[str, str]]) -> str:
    """The key of the line a person picks."""
    say(t("{query} may be:", query=query))
    for place, (key, name) in enumerate(candidates, 1):
        say(f"  {place}  {name}  ({key})")
    import click

    chosen: int = click.prompt(t("which one"), type=Whole(1, len(candidates)), err=True)
    return candidates[chosen - 1][0]


def progress() -> Callable[[int, int], None] | None:
    """Shows how far the read model is being folded, where that takes a while and is watched."""
    if not sys.stderr.isatty():
        return None

    over = False

    def show(done: int, total: int) -> None:
        nonlocal over
        if total >= _MANY and not over:
            over = done >= total
            end = "\n" if over else ""
            share = min(100, 100 * done // total)
            sys.stderr.write("\r" + t("folding the log: {share} %", share=share) + end)

    return show
