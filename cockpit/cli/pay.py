"""`cockpit pay income|scale|kpi|show`."""

from __future__ import annotations

import datetime as dt

import click

from cockpit import formats
from cockpit.calendar_source import ensure_calendars
from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.choices import Choice, Whole
from cockpit.cli.common import NAME, amount_of, append, opened
from cockpit.cli.completers import sellers
from cockpit.cli.talk import done, say, tell
from cockpit.cli.writing import asker
from cockpit.department import Department
from cockpit.entry import moments, months
from cockpit.entry.paying_for import shares, steps, weights
from cockpit.errors import Refused
from cockpit.private import asking_seller, head_only
from cockpit.render import scheming
from cockpit.words import mark, t
from events.vocabulary import KpiSet, OteSet, ScaleSet
from events.vocabulary.plans import Measure
from projections.scales import WHOLE_BP, scale_of
from projections.schemes import SCHEME_KINDS, Schemes

_since = click.option(
    "--since", metavar="DAY", help=mark("The first day it holds; the first of this month without.")
)
_role = click.option("--role", type=NAME, metavar="NAME", help=mark("For a role."))


@click.group(
    cls=Group,
    help=mark("What is paid for what: income, scale, kpi, show. The sheets are in report pay."),
    epilog="pay income 100k --seller ivanov\npay scale 70=100 100=120\n"
    "pay kpi call=30 meeting=20 proposal=50\npay show\nreport pay",
)
@file_option
def command() -> None:
    """Pay schemes, each from a day on; what is over keeps the scheme it had."""


@command.command(
    "income",
    cls=Command,
    help=mark(
        "Set the total income of a month with everything at 100 %: of a seller, of a role, or of "
        "everybody. --parts are salary, premium and bonus. An income of 0 takes it away."
    ),
    epilog="pay income 100k --seller ivanov\npay income 120k --role closer --parts 20/20/60\n"
    "pay income 90k --since 2026-12-01",
)
@click.argument("amount")
@click.option("--seller", metavar="SELLER", shell_complete=sellers, help=mark("For one seller."))
@_role
@click.option(
    "--parts", default="30/15/55", show_default=True, help=mark("Salary/premium/bonus of 100.")
)
@_since
@file_option
def income(
    amount: str, seller: str | None, role: str | None, parts: str, since: str | None
) -> None:
    """A later one of the same seller or role replaces it from its day on."""
    if seller is not None and role is not None:
        raise Refused(t("an income is of a seller or of a role: name one of them"))
    salary, premium, bonus = shares(parts)
    with opened() as department:
        head_only(department)
        key = department.seller(seller, asker()) if seller else None
        day = _first(department, since)
        minor = 0 if amount.strip() == "0" else amount_of(department, amount)
        body = OteSet(seller=key, role=role, since=day, amount=minor, salary_bp=salary,
                      premium_bp=premium, bonus_bp=bonus)  # fmt: skip
        append(department, *ensure_calendars(department, [day.year]), body)
        settings = department.settings
        whose = _whose(department, key or role)
        shown = formats.money(minor, settings.minor_digits, currency=settings.currency)
        done(t("{whose}: {income} at 100 %, since {day}", whose=whose, income=shown,
               day=formats.date(day)))  # fmt: skip


@command.command(
    "scale",
    cls=Command,
    help=mark(
        "Set what the bonus pays: from which per cent of the plan on each further one pays how "
        "much. Reaching the first step opens all that lies below it. With --steps the step "
        "reached pays its rate of the whole bonus."
    ),
    epilog="pay scale 70=100 100=120\npay scale 70=100 100=120 --cap 150 --measure margin\n"
    "pay scale --steps 70=50 90=80 100=100 --role closer --since 2026-12-01",
)
@click.argument("stages", metavar="PERCENT=RATE...", nargs=-1, required=True)
@click.option("--steps", "stepped", is_flag=True, help=mark("The step reached pays its rate."))
@click.option("--cap", type=Whole(min=1), metavar="PERCENT", help=mark("The most of the bonus."))
@click.option(
    "--measure",
    type=Choice(["revenue", "margin", "profit"]),
    default="revenue",
    help=mark("Which plan it is read by: revenue, margin or profit."),
)
@_role
@_since
@file_option
def scale(
    stages: tuple[str, ...],
    stepped: bool,
    cap: int | None,
    measure: Measure,
    role: str | None,
    since: str | None,
) -> None:
    """A month is judged by the scale that holds on its first day."""
    made = steps(stages)
    with opened() as department:
        head_only(department)
        body = ScaleSet(
            role=role,
            since=_first(department, since),
            steps=made,
            cap_bp=None if cap is None else cap * WHOLE_BP // 100,
            measure=measure,
            form="steps" if stepped else "linear",
        )
        append(department, body)
        done(f"{_whose(department, role)}: {scheming.scale(scale_of(body))}")
        _from(body.since)


@command.command(
    "kpi",
    cls=Command,
    help=mark(
        "Set what the premium is paid for, and how much each weighs against the others. Each "
        "counts up to its norm of the month, so that calls cannot buy off meetings. regularity is "
        "how many of the sales expected of the seller's clients came in time."
    ),
    epilog="pay kpi call=30 meeting=20 presentation=30 proposal=20\n"
    "pay kpi call:existing=50 regularity=50 --role farmer\npay kpi measurement=100",
)
@click.argument("weighed", metavar="ACTIVITY=WEIGHT...", nargs=-1, required=True)
@_role
@_since
@file_option
def kpi(weighed: tuple[str, ...], role: str | None, since: str | None) -> None:
    """A month is judged by the weights that hold on its first day."""
    made = weights(weighed)
    with opened() as department:
        head_only(department)
        body = KpiSet(role=role, since=_first(department, since), weights=made)
        append(department, body)
        done(f"{_whose(department, role)}: {scheming.premium(made)}")
        _from(body.since)


@command.command(
    "show",
    cls=Command,
    help=mark("Show the schemes of a month: incomes with their parts, the scale, the weights."),
    epilog="pay show\npay show --month 2026-12",
)
@click.option(
    "--month", metavar="MONTH", help=mark("The month, like 2026-04; this month without it.")
)
@file_option
def show(month: str | None) -> None:
    """A seller sees the own scheme alone."""
    with opened() as department:
        today = department.now().date()
        day = months.parse(month, today).first if month else today.replace(day=1)
        facts = department.desk.facts(SCHEME_KINDS, department.dials())
        people = department.desk.sellers(department.dials())
        asker_ = asking_seller(department)
        for line in scheming.lines(
            Schemes(facts),
            {key: each for key, each in people.items() if asker_ in (None, key)},
            day,
            department.seller_names,
            department.settings,
        ):
            tell(line)


def _first(department: Department, text: str | None) -> dt.date:
    """The day typed, else the first of this month; what it reaches back to is said."""
    today = department.now().date()
    day = moments.parse_day(text, today) if text else today.replace(day=1)
    closed = [name for name in department.desk.closings() if name >= f"{day:%Y-%m}"]
    if closed:
        say(t("{months} is closed: what this changes there stands in the next sheet",
              months=", ".join(sorted(closed))))  # fmt: skip
    return day


def _from(day: dt.date) -> None:
    """The first month that is judged by it."""
    month = day if day.day == 1 else (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    say(t("holds for sheets from {month} on", month=formats.month(month)))


def _whose(department: Department, key: str | None) -> str:
    return department.seller_names.get(key, key) if key else t("everybody")
