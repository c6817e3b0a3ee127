"""The answer of `cockpit log`: one line that says what the fact changed."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from cockpit import formats, labels
from cockpit.cli.talk import done, emit, say
from cockpit.department import Department
from cockpit.words import n, t
from events.envelope import Appended, Draft
from events.vocabulary import StepCompleted, name_of
from events.vocabulary.fact import Fact
from projections.period import day_of
from projections.question import Question
from projections.reports.activity import ActivityRow
from projections.reports.effect import Effect
from projections.rounding import half_up

_OTHERS = 2


def answer(department: Department, draft: Draft, appended: Appended, *, as_json: bool) -> None:
    """The effect on stdout, what exactly was understood and how to undo it on stderr."""
    seller: str | None = getattr(draft.body, "seller", None)
    day = draft.occurred_at.astimezone(department.zone).date()
    found = _effect(department, seller, day) if seller else None
    if as_json:
        emit(_plain(draft, appended, found))
        return
    parts = [*_counts(department, draft.body, found, day), *_standing(department, seller, found)]
    done(" · ".join(parts))
    said = " · ".join([*_understood(department, draft, day)])
    number = appended.seq
    if not appended.new:
        say(t("{number} was there already: nothing added", number=number))
    say(t('{number}: {said} · undo: cockpit void {number} "why"', number=number, said=said))


def _effect(department: Department, seller: str, day: dt.date) -> Effect:
    """The seller's day of the fact, and where the seller's month stands today."""
    question = Question(period=day_of(day), dials=department.dials(), sellers=(seller,))
    report = department.desk.ask("effect", question)
    assert isinstance(report, Effect)
    return report


def _counts(department: Department, fact: Fact, found: Effect | None, day: dt.date) -> list[str]:
    """The fact's own activity on its day, its amount, and other activities that are due."""
    name = f":{fact.activity}" if isinstance(fact, StepCompleted) else name_of(type(fact))
    rows = found.rows if found is not None else ()
    own = next((row for row in rows if row.activity == name), None)
    today = day == department.now().date()
    when = t("today") if today else formats.date(day)
    said = [f"{_counted(own)} {when}" if own else _name(name)]
    amount = getattr(fact, "amount", None)
    if isinstance(amount, int):
        said.append(_money(department, amount))
    said += [_left(department, fact)] if hasattr(fact, "invoice") and fact.invoice else []
    others = [row for row in rows if row.norm is not None and row.activity != name]
    return said + [_counted(row) for row in others[:_OTHERS]]


def _counted(row: ActivityRow) -> str:
    """`call 43/70`, or `call 43` where no norm is due."""
    norm = f"/{formats.count(row.norm)}" if row.norm is not None else ""
    return f"{_name(row.activity)} {formats.count(row.fact)}{norm}"


def _name(activity: str) -> str:
    """An activity in the singular; a trade's own by its own name."""
    return activity.removeprefix(":") if activity.startswith(":") else labels.kind(activity)


def _money(department: Department, amount: int | Fraction) -> str:
    """An amount as people read it."""
    settings = department.settings
    return formats.money(amount, settings.minor_digits, currency=settings.currency)


def _left(department: Department, fact: Fact) -> str:
    """What is open of the fact's invoice now."""
    number = str(getattr(fact, "invoice", ""))
    owed = department.desk.invoices(department.dials()).get(number)
    if owed is None or owed.open <= 0:
        return t("invoice {number} is settled", number=number)
    return t("invoice {number}: {open} open", number=number, open=_money(department, owed.open))


def _standing(department: Department, seller: str | None, found: Effect | None) -> list[str]:
    """Where the month stands against the line, to the seller or about the seller."""
    if seller is None or found is None or found.deviation is None:
        return []
    own = department.actor() == seller
    name = department.seller_names.get(seller, seller)
    if found.deviation >= 0:
        if own:
            return [t("you are on the line")]
        return [t("{name} is on the line", name=name)]
    if found.deals is None:
        gap = _money(department, -found.deviation)
        if own:
            return [t("you are {gap} behind the line", gap=gap)]
        return [t("{name} is {gap} behind the line", name=name, gap=gap)]
    if own:
        return [
            n(
                "you are {count} deal behind the line",
                "you are {count} deals behind the line",
                found.deals,
            )
        ]
    return [
        n(
            "{name} is {count} deal behind the line",
            "{name} is {count} deals behind the line",
            found.deals,
            name=name,
        )
    ]


def _understood(department: Department, draft: Draft, day: dt.date) -> list[str]:
    """Who, whom, how long and when, as they were taken from the words."""
    fact = draft.body
    said: list[str] = []
    client: str | None = getattr(fact, "client", None)
    if client is not None:
        said.append(department.client_names.get(client, client))
    deal: str | None = getattr(fact, "deal", None)
    if deal is not None:
        said.append(t("deal {deal}", deal=deal))
    seconds: int | None = getattr(fact, "seconds", None)
    if seconds is not None:
        said.append(formats.duration(seconds))
    direction: str | None = getattr(fact, "direction", None)
    if direction is not None:
        said.append(labels.value("direction", direction))
    due: dt.date | None = getattr(fact, "due", None)
    if due is not None:
        said.append(t("by {day}", day=formats.date(due)))
    if day != department.now().date():
        said.append(formats.moment(draft.occurred_at))
    return said or [labels.kind(name_of(type(fact)))]


def _plain(draft: Draft, appended: Appended, found: Effect | None) -> dict[str, object]:
    """The answer for programs; money in minor units, unknown is null."""
    return {
        "seq": appended.seq,
        "id": appended.id,
        "new": appended.new,
        "kind": name_of(type(draft.body)),
        "occurred_at": draft.occurred_at.isoformat(),
        "effect": None if found is None else _plain_effect(found),
    }


def _plain_effect(found: Effect) -> dict[str, object]:
    """The effect for programs."""
    return {
        "activities": [
            {
                "activity": row.activity,
                "fact": row.fact,
                "norm": None if row.norm is None else float(row.norm),
            }
            for row in found.rows
        ],
        "deviation": None if found.deviation is None else half_up(found.deviation),
        "deals": found.deals,
    }
