"""What the head writes down around the sales: department, people, calendars, norms, absences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from cockpit.demo.cast import Person
from cockpit.demo.characters import STAR
from cockpit.demo.clients import Portfolio
from cockpit.demo.entry import Entry, soon
from cockpit.demo.setting import HEAD, Setting, last_upto
from events.vocabulary import (
    AbsenceSet,
    BenchmarkEntered,
    CallMade,
    CardTemplateSet,
    Criterion,
    DepartmentOpened,
    Fact,
    FixedCostsSet,
    HandedOver,
    KpiSet,
    KpiWeight,
    MeetingHeld,
    NormSet,
    OteSet,
    ProposalSent,
    ScaleSet,
    ScaleStep,
    SellerHired,
    SellerLeft,
    name_of,
)
from events.vocabulary.plans import Book, Per

CALL, MEETING, PROPOSAL = name_of(CallMade), name_of(MeetingHeld), name_of(ProposalSent)
TEMPLATE = "conversation"
CALL_NORM = 24
RAISED_NORM = 26
INCOME = 8
"""Per cent of an ordinary plan that whoever reaches it earns with it."""
OPENING = 15 * 60


def frame_of(setting: Setting, people: Sequence[Person]) -> Iterator[Entry]:
    """Everything but plans, sales, calls and meetings."""
    yield from _opening(setting)
    for person in people:
        yield from _person(setting, person)
        yield from _norms(setting, person)
        yield from _absences(setting, person)
    for month in setting.months:
        first = setting.days_of(month)[0]
        costs = FixedCostsSet(month=month, amount=setting.nation.fixed_costs)
        yield soon(setting.at(first, 9 * 60 + 40), HEAD, costs)


def _opening(setting: Setting) -> Iterator[Entry]:
    nation, day = setting.nation, setting.opened
    department = DepartmentOpened(
        name=nation.department,
        country=nation.country,
        currency=nation.currency,
        minor_digits=nation.minor_digits,
        zone=nation.zone,
        language=nation.language,
    )
    yield soon(setting.at(day, OPENING), HEAD, department)
    for place, calendar in enumerate(setting.calendars):
        yield soon(setting.at(day, OPENING + 1 + place), HEAD, calendar)
    criteria = tuple(
        Criterion(id=key, text=text, weight=2 if key == "needs" else 1, guide=guide)
        for key, text, guide in nation.criteria
    )
    template = CardTemplateSet(template=TEMPLATE, revision=1, criteria=criteria)
    yield soon(setting.at(day, OPENING + 20), HEAD, template)
    benchmark = BenchmarkEntered(activity=CALL, count=40, origin=nation.benchmark)
    yield soon(setting.at(day, OPENING + 22), HEAD, benchmark)
    for place, scheme in enumerate(_pay(setting)):
        yield soon(setting.at(day, OPENING + 23 + place), HEAD, scheme)


def _pay(setting: Setting) -> tuple[Fact, ...]:
    """One scheme for everybody from the first month on: the usual parts and the usual scale."""
    nation, since = setting.nation, setting.opened.replace(day=1)
    income = nation.plan_unit * INCOME // 100 // nation.plan_step * nation.plan_step
    steps = (ScaleStep(from_bp=7_000, rate_bp=10_000), ScaleStep(from_bp=10_000, rate_bp=12_000))
    weights = tuple(
        KpiWeight(activity=activity, weight=weight)
        for activity, weight in ((CALL, 30), (MEETING, 30), (PROPOSAL, 40))
    )
    return (
        OteSet(since=since, amount=income),
        ScaleSet(since=since, steps=steps),
        KpiSet(since=since, weights=weights),
    )


def _person(setting: Setting, person: Person) -> Iterator[Entry]:
    minute = OPENING + 5 if person.hired == setting.opened else 8 * 60 + 10
    hired = SellerHired(
        seller=person.key, name=person.name, team=person.team, territory=person.territory
    )
    yield soon(setting.at(person.hired, minute), HEAD, hired)
    if person.left is not None:
        left = SellerLeft(seller=person.key, note=setting.nation.left)
        yield soon(setting.at(person.left, 17 * 60 + 15), HEAD, left)


def _norms(setting: Setting, person: Person) -> Iterator[Entry]:
    """By hand for some from the first day, one of them raised in mid-story; none for others."""
    if not person.character.norms:
        return
    at = setting.at(setting.opened, 16 * 60 + 30)
    since = setting.days[1]
    yield _norm(at, person, CALL, CALL_NORM, "day", since)
    yield _norm(at, person, MEETING, 4, "week", since)
    yield _norm(at, person, PROPOSAL, 12, "month", since)
    if person.character is STAR:
        yield _norm(at, person, CALL, 10, "day", since, book="existing")
    middle = setting.days[len(setting.worked) // 2]
    monday = middle - dt.timedelta(days=middle.weekday())
    if monday > since:
        raised = setting.at(last_upto(setting.days, monday - dt.timedelta(days=1)), 16 * 60 + 40)
        reason = setting.nation.norm_raised
        yield _norm(raised, person, CALL, RAISED_NORM, "day", monday, reason=reason)


def _norm(
    at: dt.datetime,
    person: Person,
    activity: str,
    count: int,
    per: Per,
    since: dt.date,
    book: Book | None = None,
    reason: str | None = None,
) -> Entry:
    norm = NormSet(
        activity=activity,
        count=count,
        per=per,
        since=since,
        seller=person.key,
        book=book,
        reason=reason,
    )
    return soon(at, HEAD, norm)


def _absences(setting: Setting, person: Person) -> Iterator[Entry]:
    """Leave is written down a week before, illness on the morning itself."""
    for absence in person.absences:
        body = AbsenceSet(
            seller=person.key, first=absence.first, last=absence.last, reason=absence.reason
        )
        ahead = 0 if absence.reason == "sick" else -5
        day = max(setting.step(absence.first, ahead), setting.days[1])
        yield soon(setting.at(day, 9 * 60 + 25 if ahead else 8 * 60 + 45), HEAD, body)


def handed_over(setting: Setting, people: Sequence[tuple[Person, Portfolio]]) -> Iterator[Entry]:
    """The clients of whoever left go to the star on the last day."""
    taker = people[0][0]
    for person, portfolio in people:
        if person.left is None or taker is person:
            continue
        clients = portfolio.clients[: portfolio.known(person.left)]
        for place, client in enumerate(clients):
            at = setting.at(person.left, 17 * 60 + 30 + place / 6)
            body: Fact = HandedOver(seller=person.key, to=taker.key, client=client.key)
            yield soon(at, HEAD, body)
