"""Somebody who runs stand-ups in the department of the worked example, and prints their minutes."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path

import pytest
import time_machine

from cockpit.__main__ import run
from cockpit.department import open_department
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import ItemEnded, ItemStarted, StandupClosed, StandupStarted
from events.vocabulary.fact import Fact
from projections.period import month_of
from projections.question import Dials, Question
from tests.tui.world import TODAY, at, build


class Room:
    """Somebody who runs stand-ups in the department of the worked example."""

    def __init__(self, path: Path) -> None:
        build(path)
        self.path = path
        self.now = at(TODAY, 9)
        self.log = SqliteLog.open(path, clock=lambda: self.now)

    def write(self, *facts: Fact, when: dt.datetime | None = None) -> list[str]:
        """Log facts of a moment, recorded at that moment."""
        self.now = when or self.now
        drafts = [Draft(body=fact, occurred_at=self.now, actor="head") for fact in facts]
        return [answer.id for answer in self.log.append(drafts)]

    def backdated(self, day: dt.date, *facts: Fact) -> None:
        """Log facts of the morning of a day, recorded now."""
        self.log.append([Draft(body=fact, occurred_at=at(day, 9), actor="head") for fact in facts])

    def after(self, seconds: int, *facts: Fact) -> list[str]:
        """Log facts so many seconds later."""
        self.now += dt.timedelta(seconds=seconds)
        return self.write(*facts)

    def meet(self, name: str, when: dt.datetime, plan: int, talks: int) -> None:
        """A short stand-up: plan-fact, then corrections, with so many seconds each."""
        self.write(
            StandupStarted(standup=name, present=("ivanov", "petrova")),
            ItemStarted(standup=name, item="plan_fact", seconds=90),
            when=when,
        )
        self.after(plan, ItemEnded(standup=name, item="plan_fact", seconds=plan),
                   ItemStarted(standup=name, item="corrections", seconds=390))  # fmt: skip
        self.after(talks, ItemEnded(standup=name, item="corrections", seconds=talks),
                   StandupClosed(standup=name, seconds=plan + talks,
                                 uncorrected=("sidorov",)))  # fmt: skip

    def report(self, name: str, day: dt.date = TODAY) -> object:
        """A report of the month of a day, seen on that day."""
        question = Question(period=month_of(day), dials=Dials(as_of=day))
        with open_department(self.path) as department:
            return department.desk.ask(name, question)


def printed(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """What a command line comes to on the day of the example."""
    with time_machine.travel(at(TODAY, 12), tick=False):
        code = run(shlex.split(line))
    caught = capsys.readouterr()
    return code, caught.out, caught.err
