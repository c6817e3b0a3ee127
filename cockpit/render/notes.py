"""What has to be said below a report before its figures are believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING, Final

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.render.lines import Line, title
from cockpit.words import mark, n, t
from projections.report import Report, Trust

if TYPE_CHECKING:
    from projections.reports.conversions import Conversions
    from projections.reports.plan_fact import PlanCheck, PlanFact, PlanFactRow

_OWN: Final[dict[str, tuple[str, str]]] = {
    "rhythm": ("meeting", "rhythm_lines"),
    "plan-fact": ("notes", "planned"),
    "forecast": ("forecasting", "forecasting"),
    "conversions": ("notes", "unfinished"),
    "catch-up": ("catching", "catching"),
    "bridge": ("bridging", "bridging"),
    "payments": ("paying", "paying"),
    "corrections": ("correcting", "correcting"),
    "desk-check": ("checking", "checking"),
    "activity": ("norming", "doing"),
    "norms": ("norming", "norming"),
    "ramp": ("ramping", "ramping"),
    "calls": ("talking", "talking"),
    "quality": ("carding", "carding"),
    "pay": ("salary", "salary"),
}
"""Where the notes of a report are written, module and function, by the report's name; loaded when
such a report is shown, for the first board does not wait for the others."""


_LEAST: Final = Fraction(1, 200)
"""Less than this would be rounded to nought."""

STANDS: Final = mark("▼ ▲ below or above all together beyond chance")
"""What the signs before a share mean."""


def notes(report: Report, names: Mapping[str, str]) -> list[str]:
    """One line each: whose month is shorter, whether plans tie, how far to trust the data."""
    return [*own(report, names), trust(report.trust, names)]


def own(report: Report, names: Mapping[str, str]) -> list[str]:
    """What is said of reports of this name alone."""
    place = _OWN.get(report.name)
    if place is None:
        return []
    module, function = place
    tell: Callable[[Report, Mapping[str, str]], list[str]] = getattr(
        import_module(f"cockpit.render.{module}"), function
    )
    return tell(report, names)


def planned(report: PlanFact, names: Mapping[str, str]) -> list[str]:
    """Whose month is shorter, whether plans tie, and how the closed month stands."""
    from cockpit.render.closed import closed

    shorter = [note for row in report.rows if (note := _shorter(row, report, names))]
    return [*shorter, checksum(report.check, report.minor_digits), *closed(report, names)]


def unfinished(report: Conversions, _names: Mapping[str, str]) -> list[str]:
    """What keeps shares from being compared: small numbers, deals still open, entries of none."""
    said: list[str] = []
    if any(row.small for row in (*report.rows, *report.totals)):
        said.append(t("* too few to compare"))
    if any(row.standing for row in report.rows):
        said.append(t(STANDS))
    for row in report.totals:
        steps = f"{labels.activity(row.step_from)} → {labels.activity(row.step_to)}"
        parts: list[str] = []
        if row.pending:
            parts.append(t("still open: {count}", count=formats.count(row.pending)))
        if row.loose:
            parts.append(t("without a deal: {count}", count=formats.count(row.loose)))
        if parts:
            said.append(f"{steps}: {', '.join(parts)}")
    return said


def checksum(check: PlanCheck, minor_digits: int) -> str:
    """Personal plans and the reserve against the department's plan."""
    difference = check.difference
    if difference is None:
        return t("Σ personal plans and reserve are the department's plan")
    if difference == 0:
        return t("Σ personal plans and reserve = the department's plan ✓")
    amount = formats.money(abs(difference), minor_digits)
    if difference > 0:
        return t(
            "✗ Σ personal plans and reserve are {amount} above the department's", amount=amount
        )
    return t("✗ Σ personal plans and reserve are {amount} below the department's", amount=amount)


def trust(trust: Trust, names: Mapping[str, str]) -> str:
    """What is late, unmeasured, unknown or missing among the events behind the report."""
    said = [n("{count} event", "{count} events", trust.events, count=formats.count(trust.events))]
    if trust.events:
        late = _part(trust.late, trust.events)
        said.append(t("{share} recorded over 24 h late", share=late))
    if trust.calls:
        unmeasured = _part(trust.unmeasured, trust.calls)
        said.append(t("{share} of calls without length", share=unmeasured))
    if trust.unknown:
        said.append(
            n("{count} event of an unknown kind", "{count} events of unknown kinds", trust.unknown)
        )
    if trust.silent:
        listed = ", ".join(
            f"{clean(names.get(one.seller, one.seller))} {len(one.days)}" for one in trust.silent
        )
        said.append(t("working days without any event: {sellers}", sellers=listed))
    for year in trust.calendar_missing:
        said.append(t("no working calendar for {year}", year=year))
    return " · ".join(said)


def _part(some: int, whole: int) -> str:
    """What part of the whole some are: a few of many are not none."""
    share = part(some, whole)
    return f"<{formats.share(2 * _LEAST)}" if 0 < share < _LEAST else formats.share(share)


def part(some: int, whole: int) -> Fraction:
    """What part of the whole some are."""
    return Fraction(some, whole)


def _shorter(row: PlanFactRow, report: PlanFact, names: Mapping[str, str]) -> str:
    """Why a seller's month has other working days than the department's; empty if it has not."""
    first, last = report.question.period.first, report.question.period.last
    said: list[str] = []
    if row.hired is not None and first < row.hired <= last:
        said.append(t("since {day}", day=formats.day(row.hired)))
    if row.left is not None and row.left <= last:
        said.append(t("last day {day}", day=formats.date(row.left)))
    for start, end in row.absences:
        if start == end:
            said.append(t("away on {day}", day=formats.day(start)))
        else:
            said.append(t("away {first}–{last}", first=formats.day(start), last=formats.day(end)))
    if not said:
        return ""
    days = n("{count} working day", "{count} working days", row.days)
    return f"{title(Line(row), names)}: {', '.join(said)} → {days}"
