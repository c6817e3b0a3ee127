"""The forms of corrections: agreeing one, and answering for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from cockpit import agreeing, formats, labels
from cockpit.entry import moments
from cockpit.errors import Refused
from cockpit.render import correcting
from cockpit.topics import built_in, called
from cockpit.tui.screens.form import Field
from cockpit.words import t
from projections.reports.corrections import CorrectionRow
from projections.reports.proposal import Proposal, aimed

VERDICTS = ("done", "not_done", "moved")


def metric_for(report: Proposal, wanted: str | None) -> str:
    """The metric to begin with: the one wanted, else the first of its kind, else the usual one.

    `wanted` is a metric, or the unit of one: `count` or `share`.
    """
    usual, metrics = report.usual, [row.metric for row in report.rows]
    if wanted in metrics:
        return wanted
    if any(row.metric == usual and row.unit == wanted for row in report.rows):
        return usual
    found = [row for row in report.rows if row.unit == wanted]
    return next((row.metric for row in found if row.target), found[0].metric if found else usual)


def fields(
    report: Proposal,
    metric: str,
    tried: Mapping[str, str] = MappingProxyType({}),
    share: Fraction | None = None,
) -> tuple[Field, ...]:
    """Everything a correction is made of, filled in from the way back to the line; what is
    `tried` on the page, and the `share` tried of a conversion, take the place of what is proposed.
    """
    if share is not None:
        row = next(row for row in report.rows if row.metric == metric)
        tried = {**tried, "target": agreeing.value(aimed(row, share), row.unit, report)}
    metrics = tuple(dict.fromkeys([row.metric for row in report.rows] + [metric]))
    until = {"until": formats.date(report.until)}
    offered = {**agreeing.proposed(report, metric), **until, **tried}
    if "target" in tried:
        offered["action"] = agreeing.action(metric, tried["target"])
    below = _hints(report, metric)
    known = [topic.id for topic in built_in()]
    topics = tuple(dict.fromkeys([agreeing.NO_TOPIC, *report.topics, *known]))
    return (
        Field("metric", labels.figure("metric"), metric, choices=metrics,
              words={name: correcting.metric(name) for name in metrics}),
        Field("before", labels.figure("before"), offered["before"], hint=below["before"]),
        Field("target", labels.figure("target"), offered["target"], hint=below["target"]),
        Field("until", t("until"), offered["until"], hint=t("a working day")),
        Field("action", t("action in words"), offered["action"], personal=True),
        Field("topic", labels.figure("topic"), offered["topic"],
              choices=topics, words={name: called(name) for name in topics}),
    )  # fmt: skip


def follow(report: Proposal, key: str, values: Mapping[str, str]) -> dict[str, str]:
    """With another metric the proposal is another one."""
    return agreeing.proposed(report, values["metric"]) if key == "metric" else {}


def hints(report: Proposal, values: Mapping[str, str]) -> dict[str, str]:
    """What stands below the fields that begin with another figure for another metric."""
    return _hints(report, values["metric"])


def _hints(report: Proposal, metric: str) -> dict[str, str]:
    """The unit, how a conversion is read, why there is nothing to propose where all goes on."""
    unit = agreeing.unit(metric, report)
    said = {"before": agreeing.reading(report, metric), "target": agreeing.whole(report, metric)}
    return {key: " · ".join(filter(None, (unit, words))) for key, words in said.items()}


def answer_fields(row: CorrectionRow, words: str, until: dt.date) -> tuple[Field, ...]:
    """What came of a correction; `until` is the day to move it to."""
    said = {name: labels.value("verdict", name) for name in VERDICTS}
    return (
        Field("verdict", t("what came of it"), VERDICTS[0], choices=VERDICTS, words=said,
              hint=words),
        Field("until", t("moved to"), formats.date(until), hint=t("only where it is moved")),
        Field("note", t("note"), personal=True),
    )  # fmt: skip


def answer_wrong(values: Mapping[str, str], today: dt.date) -> dict[str, str]:
    """What is wrong with an answer: only the day can be, and only where it counts."""
    if values["verdict"] != "moved":
        return {}
    try:
        moments.ahead(moments.parse(values["until"]), today)
    except Refused as refused:
        return {"until": str(refused)}
    return {}
