"""What is said of a growing norm: its step, or why it is held."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.words import n, t
from projections.ramps import SHORT_RISE
from projections.reports.ramp import RampReport, RampRow


def ramping(report: RampReport, names: Mapping[str, str]) -> list[str]:
    """A line for each growing norm, how its steps are taken, and which weeks they are judged by."""
    weeks = report.basis.weeks
    judged = t("judged by the two weeks from {first} to {last}, and so is the data",
               first=formats.date(weeks.first), last=formats.date(weeks.last))  # fmt: skip
    if not report.rows:
        begin = t("no norm grows: cockpit norm ramp call 71 --seller ivanov begins one")
        return [begin, judged]
    found = [said(row, names) for row in report.rows]
    if any(row.ramp_state in ("grows", "holds") for row in report.rows):
        found.append(t("cockpit norm step decides what is due this week"))
    return [*found, judged]


def said(row: RampRow, names: Mapping[str, str]) -> str:
    """Whose norm of what, from where to where, and why."""
    whose, what = clean(names.get(row.seller, row.seller)), labels.activity(row.activity)
    return f"{whose}, {what}: {_verdict(row)}{_doubled(row)}"


def _doubled(row: RampRow) -> str:
    """How far the work has grown since the ramp began, ×1.4 of ×2 (requirement row 136)."""
    if row.times is None or row.times_wanted is None:
        return ""
    now, wanted = (formats.number(each, 1) for each in (row.times, row.times_wanted))
    return t("; work is ×{now} of what it was, ×{wanted} is the goal", now=now, wanted=wanted)


def _verdict(row: RampRow) -> str:
    norm, goal = formats.count(row.norm), formats.count(row.goal)
    match row.ramp_state:
        case "grows":
            return t(
                "▲ {norm} → {next} of {goal}, attained {share}",
                norm=norm,
                next=formats.count(row.next),
                goal=goal,
                share=formats.percent(row.attained),
            )
        case "holds":
            return t("= held at {norm} of {goal}: {why}", norm=norm, goal=goal, why=why(row))
        case "waits":
            return t("= {norm} of {goal}, the next step is due on Monday", norm=norm, goal=goal)
    return n(
        "? held for {count} week at {norm} of {goal}: set it, or begin anew with another goal",
        "? held for {count} weeks at {norm} of {goal}: set it, or begin anew with another goal",
        row.holds,
        norm=norm,
        goal=goal,
    )


def why(row: RampRow) -> str:
    """What keeps a norm from growing, with its figures."""
    if row.because == "attainment":
        share = formats.percent(row.attained)
        return t("attained {share} in two weeks, 90% are needed", share=share)
    shorter = row.short_share is not None and row.short_share_before is not None
    if shorter and (row.short_share or 0) - (row.short_share_before or 0) > SHORT_RISE:
        before, now = formats.share(row.short_share_before), formats.share(row.short_share)
        return t("calls under a minute {before} → {now}", before=before, now=now)
    before, now = formats.number(row.card_mean_before, 1), formats.number(row.card_mean, 1)
    return t("mean of the cards {before} → {now}", before=before, now=now)
