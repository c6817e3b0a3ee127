"""The one door to the read model: ask a question, get a report; ask why, get its events.

What a single method needs is loaded when it is called: logging a fact waits for all the rest.
"""

from __future__ import annotations

import datetime as dt
from _thread import RLock
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from events.errors import Missing
from events.log import Log
from events.vocabulary import MonthClosed
from events.vocabulary.fact import Fact
from projections.catalogue import REPORTS, explain
from projections.model.keeper import Keeper
from projections.people import PEOPLE_KINDS
from projections.question import Dials, Question
from projections.report import Report
from projections.source import Source, Version
from projections.state import ClientState, InvoiceState, SellerState, Settings

__all__ = ["ClientState", "Desk", "InvoiceState", "SellerState", "Settings"]

if TYPE_CHECKING:
    from events.sqlite.engine import StrPath
    from projections.cards import Card, Template
    from projections.changes import Changes
    from projections.closing import Closing
    from projections.draw import Draw
    from projections.formula import Explanation
    from projections.open_deals import OpenDeal

T = TypeVar("T")


def _unopened() -> Missing:
    return Missing("this log has no department yet; open one with cockpit init")


class Desk:
    """A log and its read model, caught up on demand. May be shared by threads.

    Raises `events.errors` as the log does. A read model that is missing, of another version or
    not of this log is rebuilt without asking; `progress` hears of it (done, total).
    """

    def __init__(
        self,
        log: Log,
        model: StrPath | None,
        *,
        progress: Callable[[int, int], None] | None = None,
        private: bool = False,
    ) -> None:
        """`model` is the read model's file, None keeps it in memory.

        A `private` desk works on a copy of it in memory and never writes the file.
        """
        self._mutex = RLock()
        self._log = log
        self._keeper = Keeper(log, model, progress, private=private)

    def close(self) -> None:
        """Let go of the read model; the log stays open."""
        with self._mutex:
            self._keeper.close()

    def __enter__(self) -> Self:
        """The desk itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def moved(self) -> bool:
        """Whether the log has gained anything since the desk last looked; cheap enough to poll."""
        with self._mutex:
            return self._keeper.moved()

    def catch_up(self) -> int:
        """Fold what the log has gained; returns how many events that was."""
        with self._mutex:
            return self._keeper.catch_up()

    def rebuild(self) -> int:
        """Throw the read model away and fold the whole log again; returns the events folded."""
        with self._mutex:
            return self._keeper.rebuild()

    def settings(self) -> Settings | None:
        """The ground rules now; None while the department is not opened."""
        with self._mutex:
            self._keeper.catch_up()
            return self._keeper.settings

    def sellers(self, dials: Dials) -> dict[str, SellerState]:
        """Every seller ever hired as of the dials, by key, leavers included."""
        from projections.fold import states

        return states.sellers(self._read(lambda source: source.facts(PEOPLE_KINDS, dials)))

    def clients(self, dials: Dials) -> dict[str, ClientState]:
        """Every registered client by key."""
        from projections.fold import states

        return states.clients(self._read(lambda source: source.facts(states.CLIENT_KINDS, dials)))

    def invoices(self, dials: Dials) -> dict[str, InvoiceState]:
        """Every invoice by its number, settled ones included."""
        from projections.fold import states

        return states.invoices(self._read(lambda source: source.facts(states.INVOICE_KINDS, dials)))

    def facts(self, kinds: Sequence[type[Fact]], dials: Dials) -> list[Version]:
        """Facts of some kinds as known at the dials, in the order of the log."""
        return self._read(lambda source: source.facts(kinds, dials))

    def templates(self, dials: Dials) -> tuple[Template, ...]:
        """Every revision of the score cards, in the order they were set."""
        from projections.cards import TEMPLATE_KINDS, templates

        return templates(self._read(lambda source: source.facts(TEMPLATE_KINDS, dials)))

    def cards(self, dials: Dials) -> tuple[Card, ...]:
        """Every filled score card, oldest first."""
        from projections.cards import CARD_KINDS, cards

        known = self.templates(dials)
        return cards(self._read(lambda source: source.facts(CARD_KINDS, dials)), known)

    def open_deals(self, dials: Dials) -> tuple[OpenDeal, ...]:
        """The deals that are worked on, the newest first; none while no department is opened."""
        from projections.open_deals import open_deals

        settings = self.settings()
        if settings is None:
            return ()
        return self._read(lambda source: open_deals(source.turns(dials), settings.recognition))

    def draw(self, day: dt.date, upto: int | None = None) -> Draw:
        """The calls to be listened to in the week of a day; see `projections.draw`.

        What stands behind the position `upto` is not known.

        Raises events.errors.Missing while the department is not opened.
        """
        from projections.windows.draw import load_draw

        settings = self.settings()
        if settings is None:
            raise _unopened()
        known = Dials(as_of=dt.date.max, position=upto)
        return load_draw(self._log, self.cards(known), settings.zone, day, upto)

    def ask(self, report: str, question: Question) -> Report:
        """Compute a report by name; raises KeyError for a name that is none.

        Raises events.errors.Missing while the department is not opened.
        """
        compute = REPORTS[report]
        with self._mutex:
            settings = self.settings()
            if settings is None:
                raise _unopened()
            return self._keeper.read(lambda source: compute(source, question, settings))

    def closings(self) -> dict[str, Closing]:
        """The months that were closed, by name (`2026-10`)."""
        from projections.closing import closings

        everything = Dials(as_of=dt.date.max)
        return closings(self._read(lambda source: source.facts((MonthClosed,), everything)))

    def compare(self, question: Question, then: Dials, now: Dials) -> Changes:
        """What moved plan-fact of the question's period from one pair of dials to another.

        Raises events.errors.Missing while the department is not opened.
        """
        from projections.changes import changes

        with self._mutex:
            settings = self.settings()
            if settings is None:
                raise _unopened()
            return self._keeper.read(lambda source: changes(source, question, then, now, settings))

    def why(self, report: Report, key: str, figure: str) -> Explanation:
        """The formula and the trace of one figure of a computed report.

        The trace ends where both dials of the report do.
        """
        from projections.evidence import narrowed

        return narrowed(self._log, self._explained(report, key, figure), report.question.dials)

    def _explained(self, report: Report, key: str, figure: str) -> Explanation:
        """By the report itself; what every report has is explained here."""
        from projections import trust_why

        part, _, row = key.partition(":")
        if part != trust_why.NAME:
            return explain(report, key, figure)
        settings = self._keeper.settings
        return trust_why.explain(report, row, figure, settings.zone if settings else "UTC")

    def known_upto(self, dials: Dials) -> int | None:
        """The last position known at the dials; None is the whole log."""
        from projections.evidence import known_upto

        return known_upto(self._log, dials)

    def _read(self, ask: Callable[[Source], T]) -> T:
        with self._mutex:
            self._keeper.catch_up()
            return self._keeper.read(ask)
