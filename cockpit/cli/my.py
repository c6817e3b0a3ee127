"""`cockpit my`: a seller's own plan, norms, corrections and tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction

import click

from cockpit import formats, labels
from cockpit.cli.base import Command, file_option
from cockpit.cli.common import opened
from cockpit.cli.completers import sellers
from cockpit.cli.correct import proposal
from cockpit.cli.talk import emit, tell
from cockpit.cli.writing import asker
from cockpit.department import Department
from cockpit.private import asking_seller
from cockpit.render import correcting, salary
from cockpit.render.cells import clean
from cockpit.words import mark, n, t
from events.vocabulary import OteSet
from projections.period import day_of, month_of
from projections.question import Dials, Question
from projections.reports.activity import Activity, ActivityRow
from projections.reports.pay import PayReport
from projections.reports.plan_fact import PlanFact, PlanFactRow
from projections.reports.proposal import Proposal
from projections.rounding import half_up


@click.command(
    cls=Command,
    help=mark(
        "Show a seller's own day: the plan and the line, the norms, corrections and tasks with "
        "their numbers, and what one more deal changes."
    ),
    epilog="my\nmy --as ivanov\nmy --json",
)
@click.option(
    "--as", "named", metavar="SELLER", shell_complete=sellers, help=mark("Whose day it is.")
)
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def command(named: str | None, as_json: bool) -> None:
    """Everything a seller needs to know in the morning."""
    with opened() as department:
        seller = department.acting_seller(named, asker())
        report = proposal(department, seller)
        row = _row(department, seller)
        today = _day(department, seller, department.now().date())
        words = _words(department, report)
        sheet = _sheet(department, seller)
        if as_json:
            emit({**_plain(seller, report, row, today, words), **_paid(sheet, seller)})
            return
        for line in _lines(department, report, row, today, words, _pays(sheet, seller)):
            tell(line)


def _row(department: Department, seller: str) -> PlanFactRow | None:
    """The seller's month."""
    question = Question(period=month_of(department.now().date()), dials=department.dials())
    report = department.desk.ask("plan-fact", question)
    assert isinstance(report, PlanFact)
    return next((row for row in report.rows if row.seller == seller), None)


def _day(department: Department, seller: str, day: dt.date) -> tuple[ActivityRow, ...]:
    """The seller's whole activities of a day, as it ends, against the norms that hold."""
    dials = Dials(as_of=day, mode="evening")
    question = Question(period=day_of(day), dials=dials, sellers=(seller,), per="day")
    report = department.desk.ask("activity", question)
    assert isinstance(report, Activity)
    return tuple(row for row in report.rows if row.is_whole and row.seller == seller)


def _sheet(department: Department, seller: str) -> PayReport | None:
    """The seller's pay preview; None where no scheme is set, or the pay of another is asked for."""
    if not department.desk.facts((OteSet,), department.dials()):
        return None
    if asking_seller(department) not in (None, seller):
        return None
    question = Question(
        period=month_of(department.now().date()), dials=department.dials(), sellers=(seller,)
    )
    report = department.desk.ask("pay", question)
    assert isinstance(report, PayReport)
    return report


def _pays(report: PayReport | None, seller: str) -> list[str]:
    """What the month pays so far, and what one more deal would."""
    row = None if report is None else next((r for r in report.rows if r.seller == seller), None)
    if report is None or row is None or row.pay is None:
        return []
    said = [t("pay so far {pay}", pay=formats.money(row.pay, report.minor_digits,
                                                    currency=report.currency))]  # fmt: skip
    return said if row.ahead is None else [*said, salary.one_more(row.ahead, report)]


def _paid(report: PayReport | None, seller: str) -> dict[str, object]:
    """The same for programs; nothing where no scheme is set."""
    row = None if report is None else next((r for r in report.rows if r.seller == seller), None)
    if report is None or row is None:
        return {}
    found = row.ahead
    return {
        "pay": row.pay,
        "one_more_deal_pays": None if found is None else half_up(found.now),
        "steps_of_the_scale": [
            {"from": float(leg.start), "deals": leg.deals, "opens": half_up(leg.opens),
             "per_deal": half_up(leg.per_deal)}
            for leg in (found.legs if found else ())
        ],
    }  # fmt: skip


def _words(department: Department, report: Proposal) -> dict[str, str]:
    """What corrections and tasks say, by the id of their event; nothing where it was erased."""
    ids = [*(each.event for each in report.open), *(each.event for each in report.tasks)]
    events = department.log.reveal(list(department.log.get(ids).values()))
    return {event.id: clean(str(getattr(event.body, "action", "") or "")) for event in events}


def _lines(
    department: Department,
    report: Proposal,
    row: PlanFactRow | None,
    today: tuple[ActivityRow, ...],
    words: dict[str, str],
    pays: Iterable[str],
) -> Iterator[str]:
    name = department.seller_names.get(report.seller, report.seller)
    day = department.now().date()
    yield f"{clean(name)} · {formats.weekday(day)} {formats.date(day)}"
    yield from _month(department, report, row)
    yield from pays
    counted = [
        f"{labels.activity(each.activity)} {formats.count(each.fact)}"
        + (f"/{_norm(each)}" if each.norm is not None else "")
        for each in today
    ]
    if counted:
        yield t("today: {counts}", counts=" · ".join(counted))
    yield from _off(department, report.seller, day)
    yield ""
    if not report.open and not report.tasks:
        yield t("nothing is agreed with you")
        return
    for state in report.open:
        due = _due(state.until, overdue=state.overdue(day))
        yield (
            f"{state.number:>3}  {correcting.summary(state)}, {due}: {words.get(state.event, '')}"
        )
    for task in report.tasks:
        due = _due(task.due, overdue=task.due < day)
        yield f"{task.number:>3}  {words.get(task.event, '')}, {due}"
    number = report.open[0].number if report.open else report.tasks[0].number
    yield t('done? Type cockpit done {number} "what came of it"', number=number)


def _due(until: dt.date, *, overdue: bool) -> str:
    """`until Fri 2026-11-27`, and whether that day is over."""
    day, late = f"{formats.weekday(until)} {formats.date(until)}", t("overdue")
    said = t("until {day}", day=day)
    return f"{said} ({late})" if overdue else said


def _off(department: Department, seller: str, day: dt.date) -> Iterator[str]:
    """On a day that is not worked, that it is not, and the norms of the next one that is."""
    if department.works(seller, day):
        return
    following = department.next_working_day(seller, day)
    if following is None:
        yield t("today is no working day for you, and none is in sight")
        return
    due = [row for row in _day(department, seller, following) if row.norm is not None]
    shown = f"{formats.weekday(following)} {formats.date(following)}"
    yield t(
        "today is no working day for you; norms of {day}: {norms}",
        day=shown,
        norms=" · ".join(f"{labels.activity(row.activity)} {_norm(row)}" for row in due)
        or t("none"),
    )


def _norm(row: ActivityRow) -> str:
    """A norm; one from the plan is no whole number."""
    whole = row.norm is None or row.norm.denominator == 1
    return formats.number(row.norm, 0 if whole else 1)


def _month(department: Department, report: Proposal, row: PlanFactRow | None) -> Iterator[str]:
    """Plan, fact and line, then what one more deal changes in the deviation."""
    if row is None or row.plan is None:
        yield t("no plan for this month")
        return
    digits, currency = report.minor_digits, report.currency

    def money(amount: Fraction | int | None) -> str:
        return formats.money(amount, digits, currency=currency)

    yield t(
        "plan {plan} · fact {fact} · line {line} · deviation {deviation}",
        plan=money(row.plan),
        fact=money(row.fact),
        line=money(row.line),
        deviation=money(row.deviation),
    )
    if report.check is not None and row.deviation is not None:
        yield t(
            "one more deal ({check}): deviation {deviation}",
            check=money(report.check),
            deviation=money(row.deviation + report.check),
        ) + _fewer(report)


def _fewer(report: Proposal) -> str:
    """`, then 4 deals to the line instead of 5`."""
    if not report.deals or report.deals_after is None:
        return ""
    return ", " + n(
        "then {count} deal to the line instead of {before}",
        "then {count} deals to the line instead of {before}",
        report.deals_after,
        count=formats.count(report.deals_after),
        before=formats.count(report.deals),
    )


def _plain(
    seller: str,
    report: Proposal,
    row: PlanFactRow | None,
    today: tuple[ActivityRow, ...],
    words: dict[str, str],
) -> dict[str, object]:
    """The same for programs; money in minor units, unknown is null."""

    def minor(name: str) -> int | None:
        value = getattr(row, name, None)
        return None if value is None else half_up(value)

    after = None
    if row is not None and row.deviation is not None and report.check is not None:
        after = half_up(row.deviation + report.check)
    return {
        "seller": seller,
        **{name: minor(name) for name in ("plan", "fact", "line", "deviation")},
        "check": None if report.check is None else half_up(report.check),
        "deviation_after_one_more_deal": after,
        "deals": report.deals,
        "deals_after_one_more": report.deals_after,
        "today": [
            {"activity": each.activity, "fact": each.fact,
             "norm": None if each.norm is None else float(each.norm)}
            for each in today
        ],
        "corrections": [
            {"number": it.number, "metric": it.metric, "before": it.before, "target": it.target,
             "until": it.until.isoformat(), "topic": it.topic, "action": words.get(it.event)}
            for it in report.open
        ],
        "tasks": [
            {"number": it.number, "due": it.due.isoformat(), "client": it.client,
             "action": words.get(it.event)}
            for it in report.tasks
        ],
    }  # fmt: skip
