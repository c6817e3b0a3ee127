"""A demo department as a log on the disk."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import deque
from collections.abc import Callable
from pathlib import Path

from cockpit.demo.accounts import Accounts
from cockpit.demo.setting import setting_of
from cockpit.demo.spec import Spec
from cockpit.demo.stream import generate
from events.errors import Unwritable
from events.sqlite import SqliteLog
from events.vocabulary import MonthClosed

Progress = Callable[[int, int | None], None]
"""Hears how many events are written, and of how many where that is known."""


def build(path: Path, spec: Spec, progress: Progress | None = None) -> int:
    """Write a demo department into a new log at `path`; returns the number of events.

    The log's clock shows the moments of the story, so that its history looks lived in, and the
    salts come from the story too: the same spec makes the same log. Nothing lies at `path` until
    all of it is there. Raises Refused for a spec that cannot be, and `events.errors` as the log
    does.
    """
    if path.exists():
        raise Unwritable("{path} exists already; give another name", path=path)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        rough = Path(folder) / path.name
        count = _written(rough, spec, progress)
        for part in sorted(rough.parent.iterdir(), reverse=True):
            part.rename(path.parent / part.name)
    return count


def _written(path: Path, spec: Spec, progress: Progress | None) -> int:
    moments: deque[dt.datetime] = deque()
    chance = setting_of(spec).dice("salts").share
    done = 0
    with (
        SqliteLog.create(
            path, clock=moments.popleft, salt=lambda: f"{int(chance() * (1 << 53)):032x}"
        ) as log,
        tempfile.TemporaryDirectory(dir=path.parent) as folder,
        Accounts(Path(folder) / path.name) as accounts,
    ):
        for batch in generate(spec):
            moments.extend(record.at for record in batch)
            drafts = [record.draft for record in batch]
            first = drafts[0].body
            if isinstance(first, MonthClosed):
                drafts[0] = accounts.closed(drafts[0], first, log.head())
            prepared = log.prepare(drafts)
            log.keep(prepared)
            accounts.keep(drafts, prepared)
            done += len(batch)
            if progress is not None:
                progress(done, spec.events)
    return done
