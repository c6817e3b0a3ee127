"""What is said below the payment plan: the need of the day, whether it is covered, and when."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from cockpit import formats
from cockpit.words import t
from projections.reports.payments import Payments


def paying(report: Payments, _names: Mapping[str, str]) -> list[str]:
    """The cash to date, what the control list covers of the need, and the open money by day."""
    total = report.total
    said = [
        _dotted(_plan(report), *_cash(report)),
        _covers(report),
        _dotted(
            t("overdue {amount}", amount=_money(total.overdue, report)),
            t("due today {amount}", amount=_money(total.due_today, report)),
            t("promised today {amount}", amount=_money(total.promised_today, report)),
        ),
        _dotted(*_days(report)),
    ]
    if not report.relevant:
        said.insert(0, t("the usual sale takes one touch: its payments need no plan"))
    return said


def _plan(report: Payments) -> str:
    plan = _money(report.total.cash_plan, report)
    if report.cash_plan_source == "target":
        return t("cash plan to date {plan}", plan=plan)
    return t("agreed at the start for the days past {plan}", plan=plan)


def _cash(report: Payments) -> list[str]:
    total = report.total
    return [
        t("received {amount}", amount=_money(total.cash_fact, report)),
        t("needed today {amount}", amount=_money(total.need, report)),
    ]


def _covers(report: Payments) -> str:
    """What the control list makes of the need, in plain words."""
    total = report.total
    if not total.need:
        return t("nothing is needed today: the cash plan to date is reached")
    parts = {
        "listed": _money(total.listed, report),
        "covered": _money(total.covered, report),
        "need": _money(total.need, report),
    }
    if not total.short:
        return t("in control {listed}, expected {covered} of {need}: today's sum can come", **parts)
    return t(
        "in control {listed}, expected {covered} of {need}: "
        "today's sum cannot happen, {short} short. What is decided?",
        short=_money(total.short, report),
        **parts,
    )


def _days(report: Payments) -> list[str]:
    """The open money by the day agreed, overdue first."""
    schedule = report.schedule
    said = [t("before today {amount}", amount=_money(schedule.before, report))]
    said += [f"{formats.day(day.day)} {_money(day.amount, report)}" for day in schedule.days]
    if schedule.later:
        said.append(t("later {amount}", amount=_money(schedule.later, report)))
    if schedule.undated:
        said.append(t("without a day {amount}", amount=_money(schedule.undated, report)))
    return said


def _money(amount: Fraction | int, report: Payments) -> str:
    """In whole currency units, for a sentence."""
    return formats.number(formats.major(amount, report.minor_digits))


def _dotted(*parts: str) -> str:
    return " · ".join(parts)
