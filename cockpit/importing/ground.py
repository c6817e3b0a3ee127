"""What an import stands on in the log: the department, who is known, and how drafts are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from cockpit.errors import Refused
from cockpit.importing.people import Directory, directory
from cockpit.importing.unit import Seal
from cockpit.words import t
from events.envelope import Draft, new_ids
from events.log import Log
from events.trace import Trace
from events.vocabulary import CalendarSet, DepartmentOpened, name_of
from events.vocabulary.fact import Fact


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """The department's rules, who is known, and how a body becomes a draft."""

    department: DepartmentOpened
    sellers: Directory
    clients: Directory
    seal: Seal


def ground_of(log: Log, *, actor: str, source: str, now: dt.datetime) -> Ground:
    """Read it from the log; raises Refused while no department is opened."""
    return Ground(
        department=_department(log),
        sellers=directory(log, "seller"),
        clients=directory(log, "client"),
        seal=_sealer(log, actor, source, now),
    )


def missing_calendars(log: Log, years: Iterable[int]) -> list[int]:
    """The years for which the department has no calendar."""
    known = {
        event.body.year
        for event in log.find(Trace(kinds=(name_of(CalendarSet),)))
        if isinstance(event.body, CalendarSet)
        and event.body.seller is None
        and event.body.team is None
    }
    return sorted(set(years) - known)


def _department(log: Log) -> DepartmentOpened:
    """The latest ground rules."""
    found = None
    for event in log.find(Trace(kinds=(name_of(DepartmentOpened),))):
        if isinstance(event.body, DepartmentOpened):
            found = event.body
    if found is None:
        raise Refused(t("this log has no department yet: type cockpit init"))
    return found


def _sealer(log: Log, actor: str, source: str, now: dt.datetime) -> Seal:
    """Makes drafts. A decision without a moment happens now, or when it was imported before."""
    before: dict[type[Fact], dict[str, dt.datetime]] = {}

    def moment_of(kind: type[Fact], external: str) -> dt.datetime:
        if kind not in before:
            before[kind] = {
                event.external_id: event.occurred
                for event in log.find(Trace(kinds=(name_of(kind),)))
                if event.source == source and event.external_id is not None
            }
        return before[kind].get(external, now)

    def seal(
        bodies: Sequence[Fact], moments: Sequence[dt.datetime | None], names: Sequence[str]
    ) -> list[Draft]:
        return [
            Draft(
                id=event_id,
                body=body,
                occurred_at=moment_of(type(body), external) if at is None else at,
                actor=actor,
                source=source,
                external_id=external,
            )
            for event_id, body, at, external in zip(
                new_ids(len(bodies)), bodies, moments, names, strict=True
            )
        ]

    return seal
