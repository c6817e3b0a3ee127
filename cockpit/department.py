"""A log that is opened, with its read model, its language and its names."""

from __future__ import annotations

import datetime as dt
import os
import pwd
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from cockpit.entry.names import find
from cockpit.errors import Refused
from cockpit.log_file import model_of
from cockpit.speaking import speak
from cockpit.words import t
from events.log import Log
from events.sqlite import SqliteLog
from events.sqlite.engine import Connect, StrPath, connect
from projections.desk import Desk, Settings
from projections.question import Dials

if TYPE_CHECKING:
    from projections.calendars import Calendars

_DAY: Final = dt.timedelta(days=1)
_IN_SIGHT: Final = dt.timedelta(days=60)
"""So far ahead a working day is looked for."""

Ask = Callable[[str, list[tuple[str, str]]], str]
"""Lets a person pick among keys with names: the query, the candidates, the key picked."""


def signers(log: Log, ids: Sequence[str]) -> dict[str, str]:
    """Who logged some events, by their ids: a seller by name, anybody else by login."""
    names = log.names("seller") if ids else {}
    return {key: names.get(it.actor, it.actor) for key, it in log.get(ids).items()}


class Department:
    """An opened log with its read model, caught up, as a person at a keyboard meets it."""

    def __init__(self, log: SqliteLog, desk: Desk) -> None:
        """Both stay the caller's to close; `open_department` does all of it."""
        self.log = log
        self.desk = desk

    @cached_property
    def settings(self) -> Settings:
        """The ground rules. Raises Refused while the department is not opened."""
        settings = self.desk.settings()
        if settings is None:
            raise Refused(t("this log has no department yet: type cockpit init"))
        return settings

    @cached_property
    def zone(self) -> ZoneInfo:
        """The department's time zone."""
        return ZoneInfo(self.settings.zone)

    def now(self) -> dt.datetime:
        """This moment in the department's zone, to the second."""
        return dt.datetime.now(self.zone).replace(microsecond=0)

    def dials(self) -> Dials:
        """Everything known, as of today."""
        return Dials(as_of=self.now().date())

    def works(self, seller: str | None, day: dt.date) -> bool:
        """Whether a seller, or for None the department, works on a day."""
        return self._calendars.is_working(seller, day)

    def next_working_day(self, seller: str | None, day: dt.date) -> dt.date | None:
        """The first day after this one that is worked; None where none is in sight."""
        days = self._calendars.working_dates(seller, day + _DAY, day + _IN_SIGHT)
        return days[0] if days else None

    @property
    def _calendars(self) -> Calendars:
        from projections.calendars import CALENDAR_KINDS, Calendars

        return Calendars(self.desk.facts(CALENDAR_KINDS, self.dials()))

    @cached_property
    def seller_names(self) -> dict[str, str]:
        """The name of every seller by key, but for those whose name was erased."""
        return self.log.names("seller")

    @cached_property
    def client_names(self) -> dict[str, str]:
        """The name of every client by key, but for those whose name was erased."""
        return self.log.names("client")

    def refresh(self) -> None:
        """Take in what others appended since."""
        self.desk.catch_up()
        for name in ("settings", "zone", "seller_names", "client_names"):
            self.__dict__.pop(name, None)

    def seller(self, query: str, ask: Ask | None = None) -> str:
        """The key of the seller meant. Raises Refused with those that come close."""
        names = self.seller_names
        if not names:
            raise Refused(t('nobody sells here yet: type cockpit seller add ivanov "Ivan Ivanov"'))
        unknown = t("there is no seller {query}: type {keys}", query=query, keys=_few(names))
        return _picked(query, names, ask, unknown)

    def client(self, query: str, ask: Ask | None = None) -> str:
        """The key of the client meant. Raises Refused with those that come close."""
        unknown = t('there is no client {query}: type cockpit client add "{query}"', query=query)
        return _picked(query, self.client_names, ask, unknown)

    def actor(self) -> str:
        """Who is at the keyboard: the seller `COCKPIT_SELLER` names, else the login name."""
        named = os.environ.get("COCKPIT_SELLER")
        return (find(named, self.seller_names).key if named else None) or login()

    def acting_seller(self, named: str | None, ask: Ask | None = None) -> str:
        """Whose work it is: the one named, else the one at the keyboard, else the only one.

        Raises Refused where that leaves several.
        """
        said = named or os.environ.get("COCKPIT_SELLER")
        if said:
            return self.seller(said, ask)
        if login() in self.seller_names:
            return login()
        if len(self.seller_names) != 1:
            return self.seller("", ask) if not self.seller_names else self._unsaid()
        return next(iter(self.seller_names))

    def _unsaid(self) -> str:
        keys = _few(self.seller_names)
        raise Refused(
            t("whose is it? Add --as with one of {keys}, or set COCKPIT_SELLER", keys=keys)
        )


@contextmanager
def open_department(
    path: StrPath,
    *,
    writable: bool = True,
    private: bool = False,
    progress: Callable[[int, int], None] | None = None,
    connect: Connect = connect,
) -> Iterator[Department]:
    """The log at a path, caught up and speaking its language; raises `events.errors`.

    A `private` one works on a copy of the read model in memory and leaves its file alone.
    """
    with (
        SqliteLog.open(path, writable=writable, connect=connect) as log,
        Desk(log, model_of(path), progress=progress, private=private) as desk,
    ):
        settings = desk.settings()
        if settings is not None:
            speak(settings.language)
        yield Department(log, desk)


def login() -> str:
    """The name the person is logged in to the machine with."""
    named = os.environ.get("LOGNAME") or os.environ.get("USER")
    return named or pwd.getpwuid(os.getuid()).pw_name


def _picked(query: str, names: Mapping[str, str], ask: Ask | None, unknown: str) -> str:
    """The key a query means: the winner, or the one picked by hand. Raises Refused."""
    found = find(query, names)
    if found.key is not None:
        return found.key
    if not found.close:
        raise Refused(unknown)
    if ask is not None:
        return ask(query, [(key, names[key]) for key in found.close])
    listed = ", ".join(f"{key} {names[key]}" for key in found.close)
    if len(found.close) == 1:
        raise Refused(
            t(
                "nobody is called {query}: if {listed} is meant, type {key}",
                query=query,
                listed=listed,
                key=found.close[0],
            )
        )
    raise Refused(
        t("{query} may be several: {listed}; type the key in front", query=query, listed=listed)
    )


def _few(names: Mapping[str, str]) -> str:
    """The first keys of a list."""
    keys = list(names)
    return ", ".join(keys[:8]) + (" …" if len(keys) > 8 else "")
