"""`cockpit plan set|department|show`."""

from __future__ import annotations

import datetime as dt

import click

from cockpit import formats
from cockpit.calendar_source import ensure_calendars
from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.choices import Choice
from cockpit.cli.common import amount_of, append, opened, table
from cockpit.cli.completers import sellers
from cockpit.cli.talk import done, emit, say
from cockpit.cli.writing import asker
from cockpit.department import Department
from cockpit.entry import months
from cockpit.words import mark, t
from events.vocabulary import PlanSet
from events.vocabulary.plans import Measure
from projections.period import Period
from projections.question import Dials, Question
from projections.reports.plan_fact import PlanFact

_FAR = 400

_month = click.option(
    "--month", metavar="MONTH", help=mark("The month, like 2026-04; this month without it.")
)
_measure = click.option(
    "--measure",
    type=Choice(["revenue", "margin", "profit"]),
    default="revenue",
    help=mark("What is planned: revenue, margin or profit."),
)
_reason = click.option("--reason", metavar="WORDS", help=mark("Why the plan is this."))


@click.group(
    cls=Group,
    help=mark("Plans of a month: set, department, show."),
    epilog="plan set ivanov 3m\nplan show",
)
@file_option
def command() -> None:
    """Personal plans, the department's own plan, and whether they tie."""


@command.command(
    "set",
    cls=Command,
    help=mark("Set a seller's plan of a month; a later one replaces it."),
    epilog="plan set ivanov 3m\nplan set ivanov 900k --month 2026-05 --measure margin",
)
@click.argument("seller", shell_complete=sellers)
@click.argument("amount")
@_month
@_measure
@_reason
@file_option
def set_(seller: str, amount: str, month: str | None, measure: Measure, reason: str | None) -> None:
    """A personal plan."""
    with opened() as department:
        key = department.seller(seller, asker())
        whole = _month_meant(department, month)
        plan = PlanSet(
            month=f"{whole.first:%Y-%m}",
            measure=measure,
            amount=_planned(department, amount),
            seller=key,
            reason=reason,
        )
        _settle(department, whole, [plan])
        name = department.seller_names[key]
        done(f"{name}: {_shown(department, plan.amount)}, {formats.month(whole.first)}")
        _say_whether_it_ties(department, whole, measure)


@command.command(
    "department",
    cls=Command,
    help=mark("Set the department's own plan, or with --reserve the part given to nobody."),
    epilog="plan department 7.2m\nplan department --reserve 200k",
)
@click.argument("amount", required=False)
@click.option(
    "--reserve", metavar="AMOUNT", help=mark("The part of the plan given to nobody on purpose.")
)
@_month
@_measure
@_reason
@file_option
def department_(
    amount: str | None, reserve: str | None, month: str | None, measure: Measure, reason: str | None
) -> None:
    """The plan of all together."""
    if amount is None and reserve is None:
        raise click.UsageError(t("type the amount, or --reserve with one"))
    with opened() as department:
        whole = _month_meant(department, month)
        said = [(text, kept) for text, kept in ((amount, False), (reserve, True)) if text]
        plans = [
            PlanSet(
                month=f"{whole.first:%Y-%m}",
                measure=measure,
                amount=_planned(department, text),
                reserve=kept,
                reason=reason,
            )
            for text, kept in said
        ]
        _settle(department, whole, plans)
        for plan in plans:
            what = t("reserve") if plan.reserve else t("department")
            done(f"{what}: {_shown(department, plan.amount)}, {formats.month(whole.first)}")
        _say_whether_it_ties(department, whole, measure)


@command.command(
    cls=Command,
    help=mark("Show the plans of a month and whether they tie."),
    epilog="plan show --month 2026-04",
)
@_month
@_measure
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def show(month: str | None, measure: Measure, as_json: bool) -> None:
    """Who has which plan."""
    with opened() as department:
        whole = months.parse(month, department.now().date())
        report = _report(department, whole, measure)
        names = department.seller_names
        if as_json:
            plans = {row.seller: row.plan for row in report.rows if row.seller is not None}
            check = report.check
            emit(
                {
                    "month": f"{whole.first:%Y-%m}",
                    "measure": measure,
                    "sellers": plans,
                    "reserve": check.reserve,
                    "department": check.department,
                    "difference": check.difference,
                }
            )
            return
        rows = [
            [row.seller, names.get(row.seller, ""), _shown(department, row.plan)]
            for row in report.rows
            if row.seller is not None
        ]
        table([t("key"), t("name"), t("plan")], rows)
        _say_whether_it_ties(department, whole, measure)


def _month_meant(department: Department, text: str | None) -> Period:
    """The month, with a word of warning where it is over or far ahead."""
    today = department.now().date()
    whole = months.parse(text, today)
    if whole.last < today:
        said = formats.month(whole.first)
        say(t("{month} is over: this changes its line and deviations afterwards", month=said))
    if whole.first > today + dt.timedelta(days=_FAR):
        say(t("{month} is far ahead: is the year right?", month=formats.month(whole.first)))
    return whole


def _planned(department: Department, text: str) -> int:
    """A plan in minor units; a plain 0 takes the plan away."""
    return 0 if text.strip() == "0" else amount_of(department, text)


def _settle(department: Department, whole: Period, plans: list[PlanSet]) -> None:
    """Append plans, and the working calendar of their year where there is none."""
    append(department, *ensure_calendars(department, [whole.first.year]), *plans)
    department.refresh()


def _report(department: Department, whole: Period, measure: Measure) -> PlanFact:
    """The plan-fact of a month, for its plans and their check."""
    dials = Dials(as_of=department.now().date())
    report = department.desk.ask("plan-fact", Question(period=whole, dials=dials, measure=measure))
    assert isinstance(report, PlanFact)
    return report


def _say_whether_it_ties(department: Department, whole: Period, measure: Measure) -> None:
    """Personal plans and the reserve against the department's own plan (requirement row 28)."""
    check = _report(department, whole, measure).check
    personal = _shown(department, check.personal + check.reserve)
    if check.difference is None:
        say(
            t("personal plans sum to {personal}; the department has no own plan", personal=personal)
        )
    elif check.difference == 0:
        say(t("personal plans and the reserve tie to the department's plan"))
    else:
        difference = _shown(department, abs(check.difference))
        own = _shown(department, check.department)
        message = (
            t(
                "✗ {personal} is handed out, {difference} more than the department's {own}",
                personal=personal,
                difference=difference,
                own=own,
            )
            if check.difference > 0
            else t(
                "✗ {personal} is handed out, {difference} less than the department's {own}",
                personal=personal,
                difference=difference,
                own=own,
            )
        )
        say(message)


def _shown(department: Department, amount: int | None) -> str:
    """An amount as people read it."""
    settings = department.settings
    return formats.money(amount, settings.minor_digits, currency=settings.currency)
