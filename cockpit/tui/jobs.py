"""What the worker at the desk can be asked to do, and whose turn it is among what waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from textual.message import Message

from events.envelope import Draft
from events.log import Log
from projections.desk import Desk
from projections.formula import Explanation
from projections.question import Dials, Question
from projections.report import Report


class Department(Protocol):
    """What the screen needs of an open department."""

    @property
    def log(self) -> Log:
        """The log."""
        ...

    @property
    def desk(self) -> Desk:
        """The reports on it."""
        ...


class Ask(msgspec.Struct, frozen=True):
    """A report to compute.

    `why` names the figures of the report, by row key and column, to be explained as well. A
    `patient` one lets everything else go first.
    """

    tag: str
    name: str
    question: Question
    why: Callable[[Report], Sequence[tuple[str, str]]] | None = None
    patient: bool = False


class Explain(msgspec.Struct, frozen=True):
    """Figures of a report to explain, by row key and column."""

    tag: str
    report: Report
    figures: tuple[tuple[str, str], ...]


class Find(msgspec.Struct, frozen=True):
    """The events behind a figure to list, a page of them."""

    tag: str
    explanation: Explanation
    page: int = 0


class Look(msgspec.Struct, frozen=True):
    """An event to read in full, by its id."""

    id: str


class Work(msgspec.Struct, frozen=True):
    """Anything else to read, told in the message it makes.

    A `patient` one lets everything else go first.
    """

    tag: str
    run: Callable[[Department], Message]
    patient: bool = False


class Name(msgspec.Struct, frozen=True):
    """The names of all clients to be read, and the open deals at some dials, None for neither."""

    tag: str
    deals: Dials | None


class Keep(msgspec.Struct, frozen=True):
    """Drafts to append."""

    drafts: tuple[Draft, ...]


class Stop(msgspec.Struct, frozen=True):
    """The last job."""


Job = Ask | Explain | Find | Look | Work | Name | Keep | Stop


def turn(waiting: Sequence[Job]) -> tuple[Job, list[Job]]:
    """The job whose turn it is, and those that wait on; there is at least one.

    What is to be written goes before what is only looked at: it could be lost.
    """
    jobs = _wanted(waiting)
    job = jobs.pop(min(range(len(jobs)), key=lambda place: _rank(jobs[place])))
    return job, jobs


def _rank(job: Job) -> int:
    """The lower, the sooner."""
    if isinstance(job, Keep):
        return 0
    return 2 if isinstance(job, Ask | Work) and job.patient else 1


def _wanted(jobs: Sequence[Job]) -> list[Job]:
    """Those that no later one has replaced; of the last ones only what is to be written."""
    if any(isinstance(job, Stop) for job in jobs):
        return [job for job in jobs if isinstance(job, Keep | Stop)]
    newest = {_slot(job): job for job in jobs}
    return [job for job in jobs if isinstance(job, Keep) or newest[_slot(job)] is job]


def _slot(job: Job) -> tuple[type[Job], str]:
    """What a job is asked for; only the newest answer to it would be seen."""
    return type(job), "" if isinstance(job, Look | Keep | Stop) else job.tag
