"""The worker at the desk: one thread that alone touches the log and the read model.

The screen hands it jobs and hears of the results by messages. Between jobs it looks at the log's
end, so that what another terminal writes is on the screen within a second.
"""

from __future__ import annotations

import datetime as dt
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Final
from zoneinfo import ZoneInfo

from textual.message import Message

from cockpit.department import signers
from cockpit.refusals import plainly
from cockpit.tui import deeds
from cockpit.tui.jobs import (
    Ask,
    Department,
    Explain,
    Find,
    Job,
    Keep,
    Look,
    Name,
    Stop,
    Work,
    turn,
)
from cockpit.tui.listing import Lister, clients_of
from cockpit.tui.lying import identity, replaced
from cockpit.tui.messages import (
    Accounted,
    Answered,
    Failed,
    Found,
    Moved,
    Named,
    News,
    Read,
    Unwritten,
    Written,
)
from events.envelope import Appended, Draft
from events.errors import Busy, LogError, Unwritable
from events.log import Log
from events.trace import Trace
from events.vocabulary import name_of
from events.vocabulary.fact import Fact
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.desk import Desk
from projections.dials import seen_day
from projections.dossier import dossier
from projections.formula import Explanation
from projections.meeting import STEPS
from projections.question import Dials
from projections.report import Report

_BEAT: Final = 0.25
_REST: Final = 1.0
_KINDS: Final[tuple[type[Fact], ...]] = (*STEPS, *deeds.KINDS)
_STEPS: Final = tuple(name_of(kind) for kind in _KINDS)


Opener = Callable[[], AbstractContextManager[Department]]
Post = Callable[[Message], object]


class Follower:
    """A queue of jobs with one worker behind it; every method but `run` may be called by anyone.

    Of jobs of a kind under the same tag only the newest is done. What is to be written has its
    turn before all that is read, and once the worker is to stop nothing is read any more.
    """

    def __init__(
        self, opener: Opener, now: Callable[[], dt.datetime], today: dt.date | None = None
    ) -> None:
        """`opener` is called in the worker's own thread, for a connection belongs to one.

        People are those of `today`, None follows the clock.
        """
        self._opener = opener
        self._now = now
        self._today = today
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._waiting: list[Job] = []
        self._outbox: list[Draft] = []
        self._head = 0
        self._file: tuple[int, int] | None = None
        self._lost = False
        self._lister = Lister()
        self._done = threading.Event()

    def ask(self, *asked: Ask) -> None:
        """Have reports computed; `Answered` comes for each."""
        for ask in asked:
            self._jobs.put(ask)

    def explain(self, tag: str, report: Report, figures: Sequence[tuple[str, str]]) -> None:
        """Have figures of a report explained; `Accounted` comes."""
        self._jobs.put(Explain(tag, report, tuple(figures)))

    def find(self, tag: str, explanation: Explanation, page: int = 0) -> None:
        """Have the events behind a figure listed; `Found` comes, and again with their sum."""
        self._jobs.put(Find(tag, explanation, page))

    def look(self, id_: str) -> None:
        """Have an event read in full; `Read` comes."""
        self._jobs.put(Look(id_))

    def work(
        self, tag: str, run: Callable[[Department], Message], *, patient: bool = False
    ) -> None:
        """Have something read in the worker's thread; the message it makes comes."""
        self._jobs.put(Work(tag, run, patient))

    def name(self, tag: str, deals: Dials | None = None) -> None:
        """Have the names of all clients read, and the open deals at `deals`; `Named` comes."""
        self._jobs.put(Name(tag, deals))

    def keep(self, drafts: Sequence[Draft]) -> None:
        """Have drafts appended; `Written` comes, or `Unwritten` for as long as the disk refuses.

        Drafts that were handed over before, also to another worker, are appended only once.
        """
        if drafts:
            self._jobs.put(Keep(tuple(drafts)))

    def stop(self) -> None:
        """End the worker once what was handed over before this has been written."""
        self._jobs.put(Stop())

    def wait(self, seconds: float) -> bool:
        """Whether the worker ended within so many seconds."""
        return self._done.wait(seconds)

    def run(self, post: Post) -> None:
        """Do the jobs until `stop`; this is the body of the worker's thread."""
        try:
            with self._opener() as department:
                self._head = department.log.head().seq
                self._file = identity(department.log)
                post(Moved(self._news(department)))
                self._work(department, post)
        except (LogError, OSError) as error:
            post(Failed(plainly(error)))
        finally:
            self._done.set()

    def _work(self, department: Department, post: Post) -> None:
        """Jobs as they come; a look at the log's end when there are none."""
        looked = time.monotonic()
        while True:
            job = self._next()
            if isinstance(job, Stop):
                self._flush(department, post)
                return
            if job is not None:
                self._do(job, department, post)
            if time.monotonic() - looked >= (_BEAT if not self._outbox else _REST):
                looked = time.monotonic()
                self._look(department, post)

    def _next(self) -> Job | None:
        """The job whose turn it is, of those that no later one has replaced; None after a beat."""
        try:
            self._waiting.append(self._jobs.get(block=not self._waiting, timeout=_BEAT))
            while not self._jobs.empty():
                self._waiting.append(self._jobs.get())
        except queue.Empty:
            if not self._waiting:
                return None
        job, self._waiting = turn(self._waiting)
        return job

    def _do(
        self,
        job: Ask | Explain | Find | Look | Work | Name | Keep,
        department: Department,
        post: Post,
    ) -> None:
        """One job; what goes wrong with it is said, and the next one has its turn."""
        try:
            match job:
                case Ask():
                    post(answer(job, department))
                case Explain():
                    why = _reasons(department.desk, job.report, job.figures)
                    post(Accounted(job.tag, job.report, why))
                case Name():
                    desk, names = department.desk, department.log.names("client")
                    post(Named(job.tag, names, desk.open_deals(job.deals) if job.deals else ()))
                case Find():
                    for listed in self._lister.pages(
                        job.explanation, job.page, department.log, department.desk.settings()
                    ):
                        post(Found(job.tag, listed))
                case Work():
                    post(job.run(department))
                case Look():
                    post(_read(job, department.log))
                case Keep():
                    self._outbox += job.drafts
                    self._flush(department, post)
        except (LogError, OSError) as error:
            post(Failed(plainly(error)))

    def _flush(self, department: Department, post: Post) -> None:
        """Append what waits; a doubtful draft is sent again, for that adds nothing."""
        if not self._outbox:
            return
        drafts = tuple(self._outbox)
        if identity(department.log) != self._file:
            self._outbox.clear()
            post(Unwritten(drafts, replaced(), final=True))
            return
        try:
            answers = department.log.append(drafts)
            if all(isinstance(draft.body, STEPS) for draft in drafts):
                self._pass_over(answers)
        except (Busy, Unwritable, OSError) as error:
            post(Unwritten(drafts, plainly(error), final=False))
        except LogError as error:
            self._outbox.clear()
            post(Unwritten(drafts, plainly(error), final=True))
        else:
            self._outbox.clear()
            post(Written(drafts))

    def _pass_over(self, answers: Sequence[Appended]) -> None:
        """Own steps of the clock move no figure: they are no news, if nothing came between."""
        seqs = [answer.seq for answer in answers]
        if seqs == list(range(self._head + 1, self._head + 1 + len(seqs))):
            self._head = seqs[-1]

    def _look(self, department: Department, post: Post) -> None:
        """Try again what was not written, and say so if the log has moved."""
        self._flush(department, post)
        said, self._lost = self._lost, identity(department.log) != self._file
        if self._lost:
            if not said:
                post(Failed(replaced()))
            return
        try:
            if (head := department.log.head().seq) == self._head:
                return
            department.desk.catch_up()
            self._head = head
            post(Moved(self._news(department)))
        except (LogError, OSError) as error:
            post(Failed(plainly(error)))

    def _news(self, department: Department) -> News:
        """The department as it is now, with today's steps of stand-ups and what was
        written beside them.
        """
        settings = department.desk.settings()
        zone = settings.zone if settings else "UTC"
        day = self._now().astimezone(ZoneInfo(zone)).date()
        dials = Dials(as_of=self._today or day)
        trace = Trace(kinds=_STEPS, first=day, last=day, zone=zone)
        return News(
            settings=settings,
            sellers=department.desk.sellers(dials) if settings else {},
            names=department.log.names("seller"),
            steps=list(department.log.find(trace)),
            away=frozenset(_away(department.desk, dials)) if settings else frozenset(),
        )


def answer(ask: Ask, department: Department) -> Answered:
    """A report with the names of its clients and the explanations that exist of those wanted."""
    log, report = department.log, department.desk.ask(ask.name, ask.question)
    why = _reasons(department.desk, report, ask.why(report) if ask.why else ())
    met = report.clients()
    names = log.names("client") if met else {}
    clients = {key: names[key] for key in met if key in names}
    return Answered(
        ask.tag, report, why, clients, _said(report, log), signers(log, report.signed())
    )


def _said(report: Report, log: Log) -> dict[str, dict[str, str]]:
    """The personal texts of the events that rows stand for, by id and field."""
    ids = [event for row in report.rows if isinstance(event := getattr(row, "event", None), str)]
    events = log.reveal(list(log.get(ids).values())) if ids else []
    return {
        event.id: {field: getattr(event.body, field) or "" for field in event.body.PERSONAL}
        for event in events
        if isinstance(event.body, Fact)
    }


def _away(desk: Desk, dials: Dials) -> set[str]:
    """The sellers who are absent on the day."""
    return Calendars(desk.facts(CALENDAR_KINDS, dials)).away(seen_day(dials, "UTC"))


def _reasons(
    desk: Desk, report: Report, figures: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], Explanation]:
    """The explanations there are of figures of a report."""
    found = {(key, figure): _why(desk, report, key, figure) for key, figure in figures}
    return {name: why for name, why in found.items() if why is not None}


def _read(look: Look, log: Log) -> Read:
    """An event with its neighbours; it is there, for it was listed."""
    found = dossier(log, log.get([look.id])[look.id])
    return Read(found, clients_of(log, [found.event]))


def _why(desk: Desk, report: Report, key: str, figure: str) -> Explanation | None:
    """The explanation of a figure; None where the report has no such figure."""
    try:
        return desk.why(report, key, figure)
    except KeyError:
        return None
