"""What came between two moments: every event that moved plan-fact, and by how much (feature P9).

The facts as seen at one pair of dials against those at another: what is there now and was not, is
gone, or says something else. Their effects on the fact add up to the difference of the two facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from events.vocabulary import (
    AbsenceSet,
    CalendarSet,
    CreditNoteIssued,
    DealWon,
    InvoiceIssued,
    OrderPlaced,
    PaymentReceived,
    PlanSet,
    SellerHired,
    SellerLeft,
    name_of,
)
from events.vocabulary.fact import Fact
from events.vocabulary.money import CostSet
from events.vocabulary.plans import Measure
from projections.fold.sales import recognised
from projections.measures import money
from projections.question import Dials, Question
from projections.reports.plan_fact.compute import plan_fact
from projections.reports.plan_fact.rows import PlanFactRow
from projections.source import Cell, Source, Version
from projections.state import Settings
from projections.windows.plan_fact import load_plan_fact

State = Literal["new", "changed", "gone"]

SALES: Final[tuple[type[Fact], ...]] = (
    PaymentReceived, OrderPlaced, InvoiceIssued, DealWon, CreditNoteIssued, CostSet,
)  # fmt: skip
DAYS: Final[tuple[type[Fact], ...]] = (CalendarSet, AbsenceSet, SellerHired, SellerLeft)
"""What moves the line by moving working days; plan and fact stay."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """An event between two moments. `fact` and `plan` are what it adds, in minor units.

    `plan` is against what was set before for the same scope, None for what is no plan; `line` says
    that it moves working days.
    """

    id: str
    seq: int
    day: dt.date
    kind: str
    seller: str | None
    state: State
    fact: int = 0
    plan: int | None = None
    line: bool = False


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """The department's plan-fact before and after, and the events between in the log's order."""

    before: PlanFactRow
    after: PlanFactRow
    events: tuple[Change, ...]


def changes(
    source: Source, question: Question, then: Dials, now: Dials, settings: Settings
) -> Changes:
    """What moved plan-fact of the question's period from one pair of dials to another."""
    boards = []
    for dials in (then, now):
        asked = msgspec.structs.replace(question, dials=dials)
        boards.append(plan_fact(load_plan_fact(source, asked, settings), asked, settings).total)
    found = [
        *_sales(source, question, then, now, settings),
        *_plans(source, question, then, now),
        *_days(source, then, now),
    ]
    if question.sellers:
        found = [change for change in found if change.seller in (None, *question.sellers)]
    return Changes(
        before=boards[0],
        after=boards[1],
        events=tuple(sorted(found, key=lambda change: change.seq)),
    )


def _sales(
    source: Source, question: Question, then: Dials, now: Dials, settings: Settings
) -> list[Change]:
    """Money that came, went or says another amount, day or seller."""
    one = {v.id: v for v in source.facts(SALES, then, question.period)}
    two = {v.id: v for v in source.facts(SALES, now, question.period)}
    wanted = set(question.sellers)

    def worth(version: Version | None) -> int:
        if version is None or (wanted and _seller(version) not in wanted):
            return 0
        said = recognised(version.body, settings.recognition)
        if said is None:
            return 0
        amount, cost, direct = said
        return money(Cell(amount=amount, cost=cost, direct=direct), question.measure)

    found: list[Change] = []
    for id_ in {**one, **two}:
        before, after = one.get(id_), two.get(id_)
        shown = after or before
        if shown is None or before == after or not (worth(before) or worth(after)):
            continue
        found.append(_change(shown, _state(before, after), fact=worth(after) - worth(before)))
    return found


def _plans(source: Source, question: Question, then: Dials, now: Dials) -> Iterable[Change]:
    """Plans set between, each against the one it replaced; what was withdrawn is gone."""
    month, measure = question.period.month, question.measure
    one = {v.id: v for v in source.facts((PlanSet,), then)}
    held: dict[tuple[str | None, ...], int] = {}
    for version in source.facts((PlanSet,), now):
        body = version.body
        if not isinstance(body, PlanSet) or not _concerns(body, month, measure):
            continue
        scope = (body.seller, body.team, str(body.reserve))
        before = one.pop(version.id, None)
        if before != version:
            gained = body.amount - held.get(scope, 0)
            yield _change(version, _state(before, version), plan=gained)
        held[scope] = body.amount
    for version in one.values():
        body = version.body
        if isinstance(body, PlanSet) and _concerns(body, month, measure):
            yield _change(version, "gone", plan=-body.amount)


def _days(source: Source, then: Dials, now: Dials) -> Iterable[Change]:
    """What moved working days."""
    one = {v.id: v for v in source.facts(DAYS, then)}
    two = {v.id: v for v in source.facts(DAYS, now)}
    for id_ in {**one, **two}:
        before, after = one.get(id_), two.get(id_)
        shown = after or before
        if shown is not None and before != after:
            yield _change(shown, _state(before, after), line=True)


def _concerns(body: PlanSet, month: str | None, measure: Measure) -> bool:
    """Whether a plan is one plan-fact of this month counts."""
    scoped = body.client is not None or body.segment is not None
    return body.month == month and body.measure == measure and not scoped


def _state(before: Version | None, after: Version | None) -> State:
    if before is None:
        return "new"
    return "changed" if after is not None else "gone"


def _seller(version: Version) -> str | None:
    seller: str | None = getattr(version.body, "seller", None)
    return seller


def _change(
    version: Version,
    state: State,
    *,
    fact: int = 0,
    plan: int | None = None,
    line: bool = False,
) -> Change:
    return Change(
        id=version.id,
        seq=version.seq,
        day=version.day,
        kind=name_of(type(version.body)),
        seller=_seller(version),
        state=state,
        fact=fact,
        plan=plan,
        line=line,
    )
