"""Bare `cockpit`: the desk check on the screen, or how the department stands and what to type."""

from __future__ import annotations

import click

from cockpit import formats, labels
from cockpit.cli.base import given_file
from cockpit.cli.common import opened
from cockpit.cli.dials import day_given, past_given
from cockpit.cli.morning import screen, seen
from cockpit.cli.talk import say
from cockpit.department import Department
from cockpit.render import heading
from cockpit.words import t
from projections.dials import seen_day
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.plan_fact import PlanFact


def show(
    context: click.Context,
    today: str | None = None,
    as_of: str | None = None,
    known_at: str | None = None,
) -> None:
    """The desk check where somebody can see it; else a line or two, and the next step on stderr.

    The days are as they were typed; with `as_of` or `known_at` it is the past that is looked at.
    """
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
        actor, day, zone = department.actor(), day_given(department, today), department.zone
        past = past_given(department, day or department.now().date(), as_of, known_at)
        if not looked_at:
            _say(department, past or Dials(as_of=day or department.now().date()), past=bool(past))
    if looked_at:
        context.exit(screen(path, actor, zone, day, room="desk", past=past))


def _say(department: Department, dials: Dials, *, past: bool) -> None:
    """How the month stands, and what to type next; of the past, when it is of."""
    name, report = department.settings.name, _month(department, dials)
    said = f"{name} · {formats.month(report.question.period.first)} · {_said(report)}"
    click.echo(" · ".join([said, *(heading.dials(report.question.dials) if past else ())]))
    replay = f"cockpit replay {report.question.period.month}"
    say(t("next: {command}", command=replay if past else _next(department, report)))


def _month(department: Department, dials: Dials) -> PlanFact:
    """Plan-fact of the month that is seen."""
    period = month_of(seen_day(dials, department.settings.zone))
    report = department.desk.ask("plan-fact", Question(period=period, dials=dials))
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
