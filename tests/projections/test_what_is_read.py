"""What a question about deals touches: no body in the log, and of the model the year's rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import is_

import pytest

from events.log import Chunk
from events.sqlite.store import SqliteLog
from events.vocabulary import (
    DealLost,
    LeadReceived,
    MeetingHeld,
    PlanSet,
    ProposalSent,
    SellerHired,
    StandupStarted,
)
from projections.desk import Desk
from projections.model.pack import turns_of
from projections.period import month_of
from projections.question import Dials, Question
from projections.source import Turn
from tests.projections.random_logs import START, lived

TODAY = START.date()
QUESTION = Question(period=month_of(TODAY), dials=Dials(as_of=TODAY))
EACH = 4
"""How many facts there are of every deal."""


@contextmanager
def department(deals: int, old: int = 0) -> Iterator[Desk]:
    """A desk over so many deals that came to nothing, and as many as `old` of two years ago."""
    with lived() as life:
        life.put(SellerHired(seller="ann", name="Ann"), 24 * 60)
        life.put(PlanSet(month="2026-03", amount=100_000, seller="ann"), 24)
        for number in range(old + deals):
            deal, ago = f"d{number}", 24 * (20 if number >= old else 730)
            for body in (
                LeadReceived(deal=deal, seller="ann"),
                MeetingHeld(deal=deal, seller="ann", seconds=900),
                ProposalSent(deal=deal, seller="ann", amount=1_000),
                DealLost(deal=deal, seller="ann"),
            ):
                life.put(body, ago)
        with Desk(life.log, None) as desk:
            desk.catch_up()
            yield desk


@pytest.mark.parametrize("report", ["bridge", "desk-check", "catch-up", "open deals"])
def test_more_deals_make_no_more_of_the_log_be_read(
    report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked: list[int] = []
    pick = SqliteLog.pick

    def counted(log: SqliteLog, seqs: Sequence[int]) -> Iterator[Chunk]:
        picked.append(len(seqs))
        return pick(log, seqs)

    read_of: list[int] = []
    for deals in (3, 60):
        with department(deals) as desk:
            monkeypatch.setattr(SqliteLog, "pick", counted)
            picked.clear()
            if report == "open deals":
                assert len(desk.open_deals(QUESTION.dials)) == 0
            else:
                desk.ask(report, QUESTION)
            monkeypatch.undo()
            read_of.append(sum(picked))
    assert read_of[0] == read_of[1] < 60


def test_only_what_a_years_facts_say_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[Turn] = []

    def counted(body: bytes) -> list[Turn]:
        found = turns_of(body)
        unpacked.extend(found)
        return found

    monkeypatch.setattr("projections.model.read.turns_of", counted)
    with department(5, old=30) as desk:
        desk.ask("desk-check", QUESTION)
    # Once for the deals of the year, once for what was sold lately.
    assert len(unpacked) == 2 * 5 * EACH
    assert {turn.deal for turn in unpacked} == {f"d{number}" for number in range(30, 35)}
    assert min(turn.day for turn in unpacked) > (TODAY - dt.timedelta(days=365)).toordinal()


def test_facts_that_are_kept_hold_the_words_they_share_once() -> None:
    with department(3) as desk:
        bodies = [fact.body for fact in desk.facts((LeadReceived, MeetingHeld), QUESTION.dials)]
    leads = [body for body in bodies if isinstance(body, LeadReceived)]
    meetings = [body for body in bodies if isinstance(body, MeetingHeld)]
    assert len(leads) == len(meetings) == 3
    for lead, meeting in zip(leads, meetings, strict=True):
        assert meeting.deal is lead.deal
        assert meeting.seller is lead.seller


def test_stand_ups_that_are_kept_hold_the_sellers_they_share_once() -> None:
    with lived() as life:
        for number in range(2):
            life.put(StandupStarted(standup=f"s{number}", present=("ann", "bob")), 24 * number)
        with Desk(life.log, None) as desk:
            bodies = [fact.body for fact in desk.facts((StandupStarted,), QUESTION.dials)]
    one, two = (body.present for body in bodies if isinstance(body, StandupStarted))
    assert one == two == ("ann", "bob")
    assert all(map(is_, one, two))
