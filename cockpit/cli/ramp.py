"""`cockpit norm ramp|step|hold`: norms that grow towards a goal."""

from __future__ import annotations

import datetime as dt
import math

import click

from cockpit import labels
from cockpit.calendar_source import ensure_calendars
from cockpit.cli.base import Command, file_option
from cockpit.cli.choices import Whole
from cockpit.cli.common import append, opened
from cockpit.cli.completers import sellers
from cockpit.cli.norming import norms_of
from cockpit.cli.talk import done, say, tell
from cockpit.cli.writing import asker
from cockpit.department import Department
from cockpit.entry.steps import activity_meant
from cockpit.errors import Refused
from cockpit.ramping import decision
from cockpit.words import mark, t
from events.vocabulary import NormSet, RampHeld, RampStarted
from events.vocabulary.fact import Fact
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.norms import NormRow
from projections.reports.ramp import RampReport


@click.command(
    cls=Command,
    help=mark(
        "Let the norm of an ACTIVITY grow to GOAL a day, a step a week, as long as it is attained "
        "and quality holds. It begins with the norm that holds today."
    ),
    epilog="norm ramp call 71 --seller ivanov\nnorm ramp call 71 --weekly 5",
)
@click.argument("activity")
@click.argument("goal", type=Whole(min=1))
@click.option("--seller", metavar="SELLER", shell_complete=sellers, help=mark("For one seller."))
@click.option(
    "--weekly",
    type=Whole(1, 100),
    default=10,
    help=mark("By how many per cent a week; 10 without it."),
)
@file_option
def ramp(activity: str, goal: int, seller: str | None, weekly: int) -> None:
    """A ramp for one seller, or one for each who works here."""
    name = activity_meant(activity)
    with opened() as department:
        today = department.now().date()
        key = department.seller(seller, asker()) if seller else None
        rows = [
            row
            for row in norms_of(department, today, *([key] if key else [])).rows
            if row.activity == name and row.book is None and row.direction is None
        ]
        facts = [fact for row in rows for fact in _begun(row, goal, weekly, today)]
        if not facts:
            raise Refused(
                t(
                    "there is no norm below {goal} to begin with: cockpit norm set {activity} 40",
                    goal=goal,
                    activity=activity,
                )
            )
        append(department, *ensure_calendars(department, [today.year]), *facts)
        for fact in facts:
            if isinstance(fact, NormSet):
                whose = department.seller_names.get(fact.seller or "", fact.seller or "")
                what = labels.activity(name)
                done(f"{whose}, {what}: {fact.count} → {goal}, +{weekly} %")
        say(t("each Monday: cockpit norm step"))


@click.command(
    cls=Command,
    help=mark(
        "Decide on every growing norm for this week: the next step where the last two weeks were "
        "attained and quality held, else a week on hold. Nothing is decided twice."
    ),
    epilog="norm step",
)
@click.option("--dry-run", is_flag=True, help=mark("Only say what would be decided."))
@file_option
def step(*, dry_run: bool) -> None:
    """Steps and holds that are due, and where the head has to decide."""
    from cockpit.render.ramping import said

    with opened() as department:
        report = ramps_of(department)
        today = department.now().date()
        facts = [fact for row in report.rows if (fact := decision(row, today)) is not None]
        if facts and not dry_run:
            append(department, *facts)
        for row in report.rows:
            tell(said(row, department.seller_names))
        if not report.rows:
            say(t("no norm grows: cockpit norm ramp call 71 --seller ivanov begins one"))


@click.command(
    cls=Command,
    help=mark("Hold the growing norm of an ACTIVITY for this week."),
    epilog="norm hold call --seller ivanov",
)
@click.argument("activity")
@click.option(
    "--seller", metavar="SELLER", required=True, shell_complete=sellers, help=mark("Whose it is.")
)
@file_option
def hold(activity: str, seller: str) -> None:
    """The head's own decision for a week."""
    name = activity_meant(activity)
    with opened() as department:
        key = department.seller(seller, asker())
        rows = [
            row for row in ramps_of(department).rows if (row.seller, row.activity) == (key, name)
        ]
        if not rows:
            raise Refused(t("this norm does not grow: cockpit report ramp shows those that do"))
        append(department, RampHeld(activity=name, seller=key, because="hand"))
        whose = department.seller_names.get(key, key)
        done(t("{seller}, {activity}: held for this week", seller=whose,
               activity=labels.activity(name)))  # fmt: skip


def ramps_of(department: Department) -> RampReport:
    """Every growing norm as of today."""
    today = department.now().date()
    question = Question(period=month_of(today), dials=Dials(as_of=today))
    report = department.desk.ask("ramp", question)
    assert isinstance(report, RampReport)
    return report


def _begun(row: NormRow, goal: int, weekly: int, day: dt.date) -> list[Fact]:
    """The norm that holds is fixed, for one from the plan would move by itself; then it grows."""
    if row.norm is None or row.norm >= goal:
        return []
    count = math.ceil(row.norm)
    source = row.norm_source or "hand"
    return [
        NormSet(
            activity=row.activity, count=count, since=day, seller=row.seller, norm_source=source
        ),
        RampStarted(activity=row.activity, goal=goal, weekly_bp=100 * weekly, seller=row.seller),
    ]
