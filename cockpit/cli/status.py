"""Bare `cockpit`: the desk check on the screen, or how the department stands and what to type."""

from __future__ import annotations

import click

from cockpit import formats, labels
from cockpit.cli.base import given_file
from cockpit.cli.common import opened
from cockpit.cli.morning import screen, seen
from cockpit.cli.talk import say
from cockpit.department import Department
from cockpit.words import t
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.plan_fact import PlanFact


def show(context: click.Context) -> None:
    """The desk check where somebody can see it; else a line or two, and the next step on stderr."""
    path = given_file(context)
    if not path.exists():
        click.echo(t("there is no department yet at {path}", path=path))
        say(t("next: {command}", command="cockpit init"))
        return
    with opened() as department:
        if department.desk.settings() is None:
            click.echo(t("this log has no department yet: type cockpit init"))
            return
        looked_at = seen() and bool(department.seller_names)
        actor, zone = department.actor(), department.zone
        if not looked_at:
            _say(department)
    if looked_at:
        context.exit(screen(path, actor, zone, room="desk"))


def _say(department: Department) -> None:
    """How the month stands, and what to type next."""
    name, report = department.settings.name, _month(department)
    click.echo(f"{name} · {formats.month(report.question.period.first)} · {_said(report)}")
    say(t("next: {command}", command=_next(department, report)))


def _month(department: Department) -> PlanFact:
    """This month's plan-fact."""
    today = department.now().date()
    report = department.desk.ask(
        "plan-fact", Question(period=month_of(today), dials=Dials(as_of=today))
    )
    assert isinstance(report, PlanFact)
    return report


def _said(report: PlanFact) -> str:
    """Fact, plan and the side of the line."""
    total, digits = report.total, report.minor_digits
    fact = formats.money(total.fact, digits, currency=report.currency)
    if total.plan is None or total.deviation is None:
        return t("{fact} in, no plan yet", fact=fact)
    return t(
        "{fact} of {plan}, {deviation} {side}",
        fact=fact,
        plan=formats.money(total.plan, digits, currency=report.currency),
        deviation=formats.money(abs(total.deviation), digits, currency=report.currency),
        side=labels.standing(total.deviation),
    )


def _next(department: Department, report: PlanFact) -> str:
    """The command that brings the department further."""
    if not department.seller_names:
        return t('cockpit seller add ivanov "Ivan Ivanov"')
    if report.total.plan is None:
        return f"cockpit plan set {next(iter(department.seller_names))} 3m"
    return "cockpit standup"
