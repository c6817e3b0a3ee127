"""What a report speaks of, said above it: whose, which stretch, seen when, known when."""

from __future__ import annotations

import datetime as dt

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.words import n, t
from projections.period import Period
from projections.question import Dials
from projections.report import Report


def heading(report: Report, department: str, power: int) -> list[str]:
    """The parts of the head line; `power` is the power of ten amounts are shown in."""
    question = report.question
    said = [labels.report(report.name), clean(department), period(question.period)]
    said += dials(question.dials)
    said.append(passed(report))
    if report.name == "catch-up" and question.until is not None:
        day = f"{formats.weekday(question.until)} {formats.date(question.until)}"
        said.append(t("until {day}", day=day))
    if report.name == "conversions":
        said.append(labels.value("reading", question.reading))
    if any(column.unit == "money" for column in report.columns):
        unit = formats.unit(report.currency, power)
        measure = labels.value("measure", question.measure)
        said.append(unit if report.name == "payments" else f"{measure}, {unit}")
    return [part for part in said if part]


def period(period: Period) -> str:
    """A month by its name, any other stretch by its days."""
    if period.month is not None:
        return formats.month(period.first)
    if period.first == period.last:
        return formats.date(period.first)
    return f"{formats.date(period.first)} – {formats.date(period.last)}"


def dials(dials: Dials) -> list[str]:
    """The day and the mode, and what was known only where that is not "now"."""
    seen = dials.as_of
    shown = formats.moment(seen) if isinstance(seen, dt.datetime) else formats.date(seen)
    day = f"{formats.weekday(seen)} {shown}"
    said = [t("as of {day}, {mode}", day=day, mode=labels.value("mode", dials.mode))]
    if dials.known_at is not None:
        said.append(t("known at {moment}", moment=formats.moment(dials.known_at)))
    if dials.position is not None:
        said.append(t("known up to event {number}", number=dials.position))
    return said


def passed(report: Report) -> str:
    """How far the period has gone in the department's working days, where the report knows."""
    done = getattr(report.total, "days_done", None)
    days = getattr(report.total, "days", None)
    if not isinstance(done, int) or not isinstance(days, int):
        return ""
    return n("{done} of {count} working day", "{done} of {count} working days", days, done=done)
