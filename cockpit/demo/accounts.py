"""A second, small log with nothing but plans and money, for what the close of a month says.

Most of a demo is calls; to fold them all for a few totals would cost as much as writing them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from events.envelope import Draft, Head
from events.prepare import Prepared
from events.sqlite import SqliteLog
from events.vocabulary import (
    BY_NAME,
    EventCorrected,
    EventVoided,
    Fact,
    MonthClosed,
    PaymentReceived,
    PlanSet,
    SellerHired,
)
from projections.desk import Desk
from projections.month_end import month_closed
from projections.period import month_of

_ABOUT: Final = frozenset(kind.__module__ for kind in (PaymentReceived, PlanSet, SellerHired))
"""Where the kinds are that a plan or the money of a month depends on."""


class Accounts:
    """Keeps what counts of the events of a log, and says what the close of a month there says."""

    def __init__(self, path: Path) -> None:
        """A new small log at `path`."""
        self._log = SqliteLog.create(path)
        self._desk = Desk(self._log, None)

    def __enter__(self) -> Self:
        """The accounts themselves."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the files."""
        self._desk.close()
        self._log.close()

    def keep(self, drafts: Sequence[Draft], prepared: Sequence[Prepared]) -> None:
        """Take in what counts of some drafts, each beside the form it was kept in."""
        pairs = zip(drafts, prepared, strict=True)
        self._log.keep([kept for draft, kept in pairs if _counts(draft.body)])

    def closed(self, draft: Draft, body: MonthClosed, head: Head) -> Draft:
        """The draft of a close with what it says on a log that ends at `head`."""
        period = month_of(dt.date.fromisoformat(f"{body.month}-01"))
        said = month_closed(self._desk, head, period)
        return Draft(body=said, occurred_at=draft.occurred_at, actor=draft.actor, id=draft.id)


def _counts(body: Fact) -> bool:
    kind = type(body)
    if isinstance(body, EventCorrected | EventVoided):
        kind = BY_NAME[body.target_kind]
    return kind.__module__ in _ABOUT
