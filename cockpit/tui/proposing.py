"""The forms of corrections: agreeing one, and answering for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from cockpit import agreeing, formats, labels
from cockpit.entry import moments
from cockpit.errors import Refused
from cockpit.render import correcting
from cockpit.topics import built_in, called
from cockpit.tui.screens.form import Field
from cockpit.words import t
from projections.reports.corrections import CorrectionRow
from projections.reports.proposal import Proposal

VERDICTS = ("done", "not_done", "moved")


def metric_for(report: Proposal, wanted: str | None) -> str:
    """The metric to begin with: the one wanted, else the first of its kind, else the usual one.

    `wanted` is a metric, or the unit of one: `count` or `share`.
    """
    metrics = [row.metric for row in report.rows]
    if wanted in metrics:
        return wanted
    if any(row.metric == report.usual and row.unit == wanted for row in report.rows):
        return report.usual
    return next((row.metric for row in report.rows if row.unit == wanted), report.usual)


def fields(
    report: Proposal, metric: str, tried: Mapping[str, str] = MappingProxyType({})
) -> tuple[Field, ...]:
    """Everything a correction is made of, filled in from the way back to the line; what is
    `tried` on the page takes the place of what is proposed.
    """
    metrics = tuple(dict.fromkeys([row.metric for row in report.rows] + [metric]))
    until = {"until": formats.date(report.until)}
    offered = {**agreeing.proposed(report, metric), **until, **tried}
    if "target" in tried:
        offered["action"] = agreeing.action(metric, tried["target"])
    known = [topic.id for topic in built_in()]
    topics = tuple(dict.fromkeys([agreeing.NO_TOPIC, *report.topics, *known]))
    return (
        Field("metric", labels.figure("metric"), metric, choices=metrics,
              words={name: correcting.metric(name) for name in metrics}),
        Field("before", labels.figure("before"), offered["before"]),
        Field("target", labels.figure("target"), offered["target"]),
        Field("until", t("until"), offered["until"], hint=t("a working day")),
        Field("action", t("action in words"), offered["action"], personal=True),
        Field("topic", labels.figure("topic"), offered["topic"],
              choices=topics, words={name: called(name) for name in topics}),
    )  # fmt: skip


def follow(report: Proposal, key: str, values: Mapping[str, str]) -> dict[str, str]:
    """With another metric the proposal is another one."""
    return agreeing.proposed(report, values["metric"]) if key == "metric" else {}


def answer_fields(row: CorrectionRow, words: str, until: dt.date) -> tuple[Field, ...]:
    """What came of a correction; `until` is the day to move it to."""
    said = {name: labels.value("verdict", name) for name in VERDICTS}
    return (
        Field("verdict", t("what came of it"), VERDICTS[0], choices=VERDICTS, words=said,
              hint=words),
        Field("until", t("moved to"), formats.date(until), hint=t("only where it is moved")),
        Field("note", t("note"), personal=True),
    )  # fmt: skip


def answer_wrong(values: Mapping[str, str], now: dt.datetime) -> dict[str, str]:
    """What is wrong with an answer: only the day can be, and only where it counts."""
    if values["verdict"] != "moved":
        return {}
    try:
        moments.ahead(moments.parse(values["until"]), now)
    except Refused as refused:
        return {"until": str(refused)}
    return {}
