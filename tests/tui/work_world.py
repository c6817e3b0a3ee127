"""The known department with calls of every length, a benchmark and norms that grow."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import BenchmarkEntered, CallMade, NormSet, RampStarted
from events.vocabulary.fact import Fact
from tests.tui.world import at

FRIDAY = dt.date(2024, 4, 12)
BEGAN = dt.date(2024, 4, 2)


def work(path: Path) -> Path:
    """Add to the log: Sidorov dials and does not talk, the norms of two grow."""
    drafts = [
        *(_call("sidorov", second, seconds=20, client="old") for second in range(50)),
        *(_call("sidorov", second, seconds=45, direction="in") for second in range(12)),
        *(_call("petrova", second, seconds=120, reached=True) for second in range(4)),
        *(_call("petrova", second, seconds=40, direction="in") for second in range(2)),
        _draft(BenchmarkEntered(activity="call_made", count=12, origin="a survey"), BEGAN),
        *(
            _draft(fact, BEGAN)
            for seller in ("petrova", "ivanov")
            for fact in (
                NormSet(activity="call_made", count=8, since=BEGAN, seller=seller),
                RampStarted(activity="call_made", goal=14, seller=seller),
            )
        ),
    ]
    _append(path, drafts)
    return path


def log_one(path: Path, fact: Fact) -> None:
    """Add one fact of the first days to the log."""
    _append(path, [_draft(fact, BEGAN)])


def _append(path: Path, drafts: list[Draft]) -> None:
    moment = dt.datetime(2024, 4, 15, 9, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    with SqliteLog.open(path, clock=lambda: moment, salt=lambda: "00" * 16) as log:
        log.append(drafts)


def _draft(body: Fact, day: dt.date) -> Draft:
    return Draft(body=body, occurred_at=at(day, 9), actor="head")


def _call(seller: str, place: int, **more: object) -> Draft:
    body = CallMade(seller=seller, **more)  # type: ignore[arg-type]
    return Draft(body=body, occurred_at=at(FRIDAY, 12, place), actor=seller)
