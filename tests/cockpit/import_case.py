"""A department of a test, and files brought into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from cockpit.importing import Outcome, run
from events.envelope import Draft, Event
from events.sqlite import SqliteLog
from events.trace import Trace
from events.vocabulary import DepartmentOpened, SellerHired, name_of
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition

NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
ORDERS = """
at = "{day}"
id = "{no}"
[[client]]
name = "{client}"
[[event]]
kind = "order_placed"
set = { amount = "{sum}" }
"""
"""A mapping of files of orders: their number, day, client and sum."""

F = TypeVar("F", bound=Fact)


class Case(msgspec.Struct, frozen=True):
    """A log with an opened department, and a folder for files."""

    log: SqliteLog
    folder: Path

    def file(self, name: str, content: str | bytes) -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def bring(
        self,
        content: str | bytes,
        mapping: str,
        *,
        name: str = "file.csv",
        map_name: str = "map.toml",
        dry_run: bool = False,
        rejects: Path | None = None,
    ) -> Outcome:
        """Import a file by a mapping."""
        file = self.file(name, content)
        rules = self.file(map_name, mapping)
        return run(self.log, file, rules, actor="head", dry_run=dry_run, rejects=rejects, now=NOW)

    def facts(self, kind: type[F]) -> list[F]:
        """Every event of a kind with its personal text, in the order of the log."""
        return [event.body for event in self.events(kind) if isinstance(event.body, kind)]

    def events(self, kind: type[Fact]) -> list[Event]:
        """The same with their envelopes."""
        return self.log.reveal(list(self.log.find(Trace(kinds=(name_of(kind),)))))

    def hire(self, *sellers: str) -> None:
        """Sellers who are there before the file is."""
        self.log.append(
            [
                Draft(body=SellerHired(seller=key, name=key.title()), occurred_at=NOW, actor="head")
                for key in sellers
            ]
        )


def open_case(
    folder: Path,
    *,
    zone: str = "Europe/Sofia",
    country: str = "BG",
    currency: str = "EUR",
    digits: int = 2,
    recognition: Recognition = "order",
) -> Iterator[Case]:
    """A new department in a folder."""
    with SqliteLog.create(folder / "sales.cockpit", clock=lambda: NOW) as log:
        opened = DepartmentOpened(
            name="Sales",
            country=country,
            currency=currency,
            minor_digits=digits,
            zone=zone,
            language="en",
            recognition=recognition,
        )
        log.append([Draft(body=opened, occurred_at=NOW, actor="head")])
        yield Case(log, folder)
