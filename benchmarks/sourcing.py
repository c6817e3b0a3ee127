"""The same facts kept and replayed by the library `eventsourcing`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import msgspec
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.data import Plan, log_of, say
from benchmarks.measure import family_time, in_turns, timed
from benchmarks.table import Line, compared
from events.sqlite import SqliteLog
from projections.desk import Desk

EVENTS = 100_000
PAGE = 1_000
SAVE = 500
CUTS = (
    "kind", "seller", "direction", "channel", "segment", "territory", "product", "group",
    "temperature",
)  # fmt: skip


class Diary(Aggregate):
    """A seller's facts."""

    def __init__(self, seller: str) -> None:
        """Nothing has happened yet."""
        self.seller = seller

    @event("Noted")
    def note(self, at: str, fact: dict[str, object]) -> None:
        """Something happened; what it adds up to is summed by whoever replays."""


class Diaries(Application[UUID]):
    """All sellers' facts in one SQLite file."""


def measure(plan: Plan) -> Iterator[Line]:
    """Rebuild of our read model on the disk against a replay that keeps its sums in memory."""
    path = log_of(plan, EVENTS)
    theirs = path.with_suffix(".eventsourcing")
    if not theirs.exists():
        say("telling the same facts to eventsourcing")
        rough = theirs.with_suffix(".rough")
        rough.unlink(missing_ok=True)
        _keep(path, rough)
        rough.rename(theirs)
    with (
        tempfile.TemporaryDirectory(dir=plan.cache) as folder,
        SqliteLog.open(path, writable=False) as log,
        Desk(log, Path(folder) / "replayed.model") as desk,
        closing(_application(theirs)) as app,
    ):
        tasks = [timed(desk.rebuild, family_time), timed(lambda: _replayed(app))]
        ours, peer = in_turns(tasks, plan.rounds)
    yield compared(
        f"replay of {plan.size(EVENTS):,} facts into sums, CPU",
        ours,
        peer,
        unit="s",
        against="eventsourcing",
    )


def _application(path: Path) -> Diaries:
    return Diaries(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})


def _keep(path: Path, theirs: Path) -> None:
    diaries: dict[str, Diary] = {}
    with SqliteLog.open(path, writable=False) as log, closing(_application(theirs)) as app:
        for number, each in enumerate(log.read(), start=1):
            seller = each.seller or "-"
            if seller not in diaries:
                diaries[seller] = Diary(seller)
            diaries[seller].note(each.occurred_at, msgspec.to_builtins(each.body))
            if number % SAVE == 0:
                app.save(*diaries.values())
        app.save(*diaries.values())


def _replayed(app: Diaries) -> dict[tuple[object, ...], list[int]]:
    """Number and amount by day, kind and the cuts of the facts; nothing is written."""
    sums: dict[tuple[object, ...], list[int]] = {}
    start = 1
    while notes := app.recorder.select_notifications(start=start, limit=PAGE):
        for note in notes:
            told = vars(app.mapper.to_domain_event(note))
            if "fact" in told:
                fact = told["fact"]
                cell = sums.setdefault((told["at"][:10], *map(fact.get, CUTS)), [0, 0])
                cell[0] += 1
                cell[1] += fact.get("amount") or 0
        start = notes[-1].id + 1
    return sums
