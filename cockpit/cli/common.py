"""What most commands do: open the log, read what was typed, append, and show rows."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from cockpit.cli.base import given_file
from cockpit.cli.talk import say, tell
from cockpit.cli.writing import progress
from cockpit.department import Department, open_department
from cockpit.entry import moments
from cockpit.errors import Refused
from cockpit.words import t
from events.envelope import Appended, Draft
from events.vocabulary.fact import Fact

_LONGEST_NAME = 200
_BESIDE = (".model", ".head", ".lock", ".next", "-wal", "-shm", "-journal")


@contextmanager
def opened(*, writable: bool = True, private: bool = False) -> Iterator[Department]:
    """The department this call is about; a `private` one leaves the read model's file alone."""
    path = given_file(click.get_current_context())
    with open_department(
        path, writable=writable and not private, private=private, progress=progress()
    ) as department:
        yield department


def undo(appended: Appended) -> None:
    """How to take back what was just appended."""
    say(t('undo: cockpit void {number} "why"', number=appended.seq))


def amount_of(department: Department, text: str) -> int:
    """An amount as typed, in minor units of the department's currency."""
    from cockpit.entry import amounts

    settings = department.settings
    return amounts.parse(text, currency=settings.currency, minor_digits=settings.minor_digits)


def day_of(department: Department, text: str | None) -> dt.date:
    """A day as typed, today without one."""
    today = department.now().date()
    return moments.parse_day(text, today) if text else today


def moment_of(department: Department, text: str | None) -> dt.datetime:
    """A moment gone by as typed, now without one. Raises Refused for one ahead."""
    now = department.now()
    return moments.past(moments.parse(text), now) if text else now


def append(department: Department, *facts: Fact, at: dt.datetime | None = None) -> list[Appended]:
    """Append facts of one moment, now if none is given, as the person at the keyboard."""
    moment, actor = at or department.now(), department.actor()
    return department.log.append(
        [Draft(body=fact, occurred_at=moment, actor=actor) for fact in facts]
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under their heads, as wide as their widest cells."""
    lines([heads, *rows])


def lines(rows: Sequence[Sequence[str]]) -> None:
    """Rows with their cells below each other."""
    from cockpit.render.cells import clean, fit, width

    shown = [list(map(clean, row)) for row in rows]
    sizes = [max(map(width, cells)) for cells in zip(*shown, strict=True)]
    for row in shown:
        tell("  ".join(map(fit, row, sizes)).rstrip())


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar on a terminal, nothing anywhere else; told what is done, and of how much."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden) as shown:

        def move(done: int, total: int | None) -> None:
            shown.length = max(total or done, done, 1)
            shown.update(done - shown.pos)

        yield move


def named(text: str) -> str:
    """A name as it is kept: in one line, without what moves a cursor.

    Raises Refused for one that is too long, UnicodeEncodeError for what could not be decoded.
    """
    from cockpit.render.cells import clean

    text.encode()
    name = " ".join(clean(text).split())
    if len(name) > _LONGEST_NAME:
        raise Refused(
            t("a name has at most {count} letters: put the rest into --note", count=_LONGEST_NAME)
        )
    return name


def refuse_over(target: Path, *read: Path) -> None:
    """Raises Refused where a file to be written is the log, lies beside it, or is itself read."""
    log = given_file(click.get_current_context())
    beside = [log.with_name(log.name + ending) for ending in _BESIDE]
    for kept in (log, *beside, *read):
        same = kept.exists() and target.exists() and target.samefile(kept)
        if same or target.resolve() == kept.resolve():
            raise Refused(t("{path} would be lost by this: name another file", path=target))


class _Name(click.ParamType[str | None]):
    """A name that is given with an option, as it is kept."""

    name = "name"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | None:
        """Nothing where the name is empty; raises as `named` does."""
        return named(value) or None


NAME: Final = _Name()
"""The type of options that say what a team, a role or a segment is called."""
