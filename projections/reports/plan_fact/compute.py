"""From a window to the rows of plan-fact (feature P2, requirement rows 4-7, 28, 101)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from projections.dials import due_day
from projections.linear import Part, shares
from projections.period import Period, months_in
from projections.question import Question
from projections.reports.plan_fact.rows import (
    AFTER_CLOSE,
    COLUMNS,
    Basis,
    PlanCheck,
    PlanFact,
    PlanFactRow,
    Scope,
)
from projections.reports.plan_fact.sums import Subject, single, summed
from projections.state import Settings
from projections.windows.plan_fact import PlanFactWindow

Parts = tuple[Part, ...]


def plan_fact(window: PlanFactWindow, question: Question, settings: Settings) -> PlanFact:
    """Every seller with a plan, a sale or a working contract in the period, and their sums."""
    parts: dict[str, Parts] = {}
    rows = _seller_rows(window, question, parts)
    closed = _closed(window, question, settings)
    children: dict[str, tuple[PlanFactRow, ...]] = {}
    if not question.sellers:
        children = {
            team: (*members, *_team_rest(window, question, team, members, parts))
            for team, members in _by_team(window, question.period, rows).items()
        }
        rows += _nobodys(window, question, parts)
    teams = [summed(_group(window, question, "team", team), children[team]) for team in children]
    total = summed(_group(window, question, "department"), rows)
    return PlanFact(
        name="plan-fact",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        aside=AFTER_CLOSE if window.closing else (),
        rows=tuple(_after(row, closed) for row in rows),
        teams=tuple(_after(row, closed) for row in teams),
        total=_after(total, closed),
        closing=window.closing,
        check=_check(window, question.period),
        trust=window.trust,
        basis=Basis(
            zone=settings.zone,
            seen=window.seen,
            kinds=window.kinds,
            parts=parts,
            children={
                total.key: tuple(rows),
                **{f"team:{team}": members for team, members in children.items()},
            },
        ),
    )


Known = dict[str, PlanFactRow]


def _closed(window: PlanFactWindow, question: Question, settings: Settings) -> Known | None:
    """The rows as they were known at the close of the month; none of them where the dials see no
    further than that, None where it is not closed.
    """
    if window.closing is None:
        return None
    if window.closed is None:
        return {}
    then = plan_fact(window.closed, question, settings)
    return {row.key: row for row in (*then.rows, *then.teams, then.total)}


def _after(row: PlanFactRow, closed: Known | None) -> PlanFactRow:
    """The row with what came after the close of the month."""
    if closed is None:
        return row
    if not closed:
        return msgspec.structs.replace(row, after_close=0, plan_after_close=0)
    known = closed.get(row.key)
    return msgspec.structs.replace(
        row,
        after_close=row.fact - (known.fact if known else 0),
        plan_after_close=(row.plan or 0) - ((known.plan or 0) if known else 0),
    )


def _seller_rows(
    window: PlanFactWindow, question: Question, parts: dict[str, Parts]
) -> list[PlanFactRow]:
    """A row for each seller, who lags most first; those who left before the period ended last."""
    found: list[PlanFactRow] = []
    for seller in sorted(_sellers(window, question)):
        subject = _seller(window, question, seller)
        parts[subject.key] = _personal(window, question, seller)
        found.append(single(subject, parts[subject.key], window.sales.get(seller, 0)))
    return sorted(found, key=lambda row: (_gone(row, question.period), row.deviation or 0))


def _gone(row: PlanFactRow, period: Period) -> bool:
    return row.left is not None and row.left < period.last


def _personal(window: PlanFactWindow, question: Question, seller: str) -> Parts:
    return _parts(window, question, lambda month: window.plans.seller(month, seller), seller=seller)


def _sellers(window: PlanFactWindow, question: Question) -> set[str]:
    """Who was employed, has a plan or has sold in the period; of those asked for, if any are."""
    period = question.period
    found = {seller for seller in window.sales if seller is not None}
    for month in _months(period):
        found |= window.plans.sellers.get(month, {}).keys()
    for seller, person in window.calendars.people.items():
        if any(spell.meets(period.first, period.last) for spell in person.spells):
            found.add(seller)
    return found & set(question.sellers) if question.sellers else found


def _by_team(
    window: PlanFactWindow, period: Period, rows: Iterable[PlanFactRow]
) -> dict[str, tuple[PlanFactRow, ...]]:
    """The rows of each team's sellers, in the order of teams; a team may have a plan alone."""
    members: dict[str, list[PlanFactRow]] = {
        team: [] for month in _months(period) for team in window.plans.teams.get(month, {})
    }
    for row in rows:
        if row.team is not None:
            members.setdefault(row.team, []).append(row)
    return {team: tuple(members[team]) for team in sorted(members)}


def _team_rest(
    window: PlanFactWindow,
    question: Question,
    team: str,
    members: tuple[PlanFactRow, ...],
    parts: dict[str, Parts],
) -> list[PlanFactRow]:
    """What a team's own plan has beyond its sellers' plans, where it is not nothing."""
    sellers = {row.seller for row in members}

    def rest(month: str) -> int | None:
        own = window.plans.team(month, team)
        plans = window.plans.sellers.get(month, {})
        given = sum(amount for seller, amount in plans.items() if seller in sellers)
        return None if own is None else (own - given) or None

    subject = _group(window, question, "reserve", team)
    return _rest_row(subject, _parts(window, question, rest, team=team), parts)


def _nobodys(
    window: PlanFactWindow, question: Question, parts: dict[str, Parts]
) -> list[PlanFactRow]:
    """The sales without a seller, and the plan given to no seller, where there are any."""

    def rest(month: str) -> int | None:
        own = window.plans.department(month)
        if own is None:
            return window.plans.reserve(month)
        return (own - window.plans.personal(month)) or None

    found: list[PlanFactRow] = []
    if None in window.sales:
        found.append(single(_group(window, question, "unassigned"), (), window.sales[None]))
    reserve = _group(window, question, "reserve")
    return found + _rest_row(reserve, _parts(window, question, rest), parts)


def _rest_row(subject: Subject, rest: Parts, parts: dict[str, Parts]) -> list[PlanFactRow]:
    if not rest:
        return []
    parts[subject.key] = rest
    return [single(subject, rest, 0)]


def _parts(
    window: PlanFactWindow,
    question: Question,
    plan: Callable[[str], int | None],
    *,
    seller: str | None = None,
    team: str | None = None,
) -> Parts:
    """The months that have a plan, with the working days it is spread over."""
    due = due_day(window.seen, question.dials.mode)
    spread = shares(window.calendars, question.period, due, seller, team=team)
    plans = [(plan(share.month), share) for share in spread]
    return tuple(Part(amount, share) for amount, share in plans if amount is not None)


def _seller(window: PlanFactWindow, question: Question, seller: str) -> Subject:
    days, done = _days(window, question, seller, None)
    person = window.calendars.people.get(seller)
    spell = person.spell(question.period.last) if person is not None else None
    return Subject(
        key=f"seller:{seller}",
        scope="seller",
        days=days,
        done=done,
        seller=seller,
        team=person.team(min(window.seen, question.period.last)) if person is not None else None,
        hired=spell.first if spell is not None else None,
        left=spell.last if spell is not None else None,
        absences=window.calendars.absences(seller, question.period),
    )


def _group(
    window: PlanFactWindow, question: Question, scope: Scope, team: str | None = None
) -> Subject:
    days, done = _days(window, question, None, team)
    key = scope if team is None else f"{scope}:{team}"
    return Subject(key=key, scope=scope, days=days, done=done, team=team)


def _days(
    window: PlanFactWindow, question: Question, seller: str | None, team: str | None
) -> tuple[int, int]:
    """W and w of the period."""
    first, last = question.period.first, question.period.last
    until = min(last, due_day(window.seen, question.dials.mode))
    count = window.calendars.working_days
    return count(seller, first, last, team=team), count(seller, first, until, team=team)


def _check(window: PlanFactWindow, period: Period) -> PlanCheck:
    """Σ personal plans + reserve against the department's own plan (requirement row 28).

    Where only some months have an own plan, the others tie by themselves.
    """
    months, plans = _months(period), window.plans
    given = {month: plans.personal(month) + (plans.reserve(month) or 0) for month in months}
    own = {month: plans.department(month) for month in months}
    return PlanCheck(
        personal=sum(plans.personal(month) for month in months),
        reserve=sum(plans.reserve(month) or 0 for month in months),
        department=None
        if all(amount is None for amount in own.values())
        else sum(given[month] if amount is None else amount for month, amount in own.items()),
    )


def _months(period: Period) -> list[str]:
    return [f"{month.first:%Y-%m}" for month in months_in(period)]
