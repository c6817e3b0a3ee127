"""The hard cases that were talked through (requirement row 74)."""

from __future__ import annotations

import datetime as dt

from events.vocabulary import CaseDiscussed
from projections.question import Question
from projections.report import Column, Report, Row
from projections.source import Version
from projections.state import Settings
from projections.windows.cases import CasesWindow

COLUMNS = (
    Column("day", "date"),
    Column("seller", "text"),
    Column("client", "text"),
    Column("deal", "text"),
)


class CaseRow(Row, frozen=True, kw_only=True):
    """A case; the log reveals its words, which are personal, under the id `event`."""

    event: str
    seq: int
    day: dt.date
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    standup: str | None = None


class Cases(Report, frozen=True, kw_only=True):
    """Every case of the year up to the day seen, the newest first."""

    rows: tuple[CaseRow, ...]
    seen: dt.date


def cases(window: CasesWindow, question: Question, settings: Settings) -> Cases:
    """The cases of the sellers asked for, of all where none are."""
    found = [
        _row(version, version.body)
        for version in window.facts
        if isinstance(version.body, CaseDiscussed)
        if not question.sellers or version.body.seller in question.sellers
    ]
    return Cases(
        name="cases",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(sorted(found, key=lambda row: (row.day, row.seq), reverse=True)),
        seen=window.seen,
    )


def _row(version: Version, body: CaseDiscussed) -> CaseRow:
    return CaseRow(
        key=f"case:{version.id}",
        event=version.id,
        seq=version.seq,
        day=version.day,
        seller=body.seller,
        client=body.client,
        deal=body.deal,
        standup=body.standup,
    )
