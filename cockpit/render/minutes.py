"""The minutes of a stand-up as Markdown for the chat, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from cockpit import formats, labels
from cockpit.formats import face
from cockpit.render import json, markdown
from cockpit.render.correcting import metric
from cockpit.render.lines import client_of
from cockpit.render.markdown import plain
from cockpit.render.paying import paying
from cockpit.render.plain import tree
from cockpit.topics import called
from cockpit.words import n, t
from projections.reports.minutes import AgreedRow, AnsweredRow, Minutes, SpokenOfRow, SpokenRow

Said = Mapping[str, Mapping[str, str]]
"""The personal texts of events, by id and field."""


def render(
    report: Minutes, *, names: Mapping[str, str], said: Said, department: str, zone: str
) -> str:
    """Who was there, the time of each item, the figures of that moment, what was agreed."""
    parts = [
        _head(report, names, department, zone),
        _times(report, names),
        _figures(report, names),
        *_agreements(report, names, said),
        _left(report, names),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def document(report: Minutes, *, names: Mapping[str, str], said: Said) -> str:
    """The same under keys; seconds, minor units and ISO moments in no language."""
    apart = ("plan_fact", "payments", "rows", "question", "columns", "aside", "basis", "trust",
             "total", "started", "ended", "currency", "minor_digits", "name")  # fmt: skip
    fields = {key: getattr(report, key) for key in report.__struct_fields__ if key not in apart}
    return json.encode(
        {
            "report": report.name,
            **{key: tree(value) for key, value in fields.items()},
            "started": report.started and report.started.isoformat(),
            "ended": report.ended and report.ended.isoformat(),
            "currency": report.currency,
            "minor_digits": report.minor_digits,
            "items": tree(report.rows),
            "plan_fact": report.plan_fact and json.document(report.plan_fact, names),
            "payments": report.payments and json.document(report.payments, names),
            "words": {event: dict(texts) for event, texts in said.items()},
        }
    )


def _head(report: Minutes, names: Mapping[str, str], department: str, zone: str) -> list[str]:
    """Whose, when, how long, who was there."""
    day = f"{formats.weekday(report.day)} {formats.date(report.day)}"
    said = [f"**{plain(' · '.join((t('Stand-up'), department, day)))}**", ""]
    if report.started is not None:
        local = ZoneInfo(zone)
        until = f"{report.ended.astimezone(local):%H:%M}" if report.ended else t("still going on")
        said.append(f"- {report.started.astimezone(local):%H:%M}–{until} · {_against(report)}")
    there = ", ".join(_name(seller, names) for seller in report.present)
    count = n("{count} present", "{count} present", len(report.present))
    said.append(f"- {count}: {plain(there)}")
    return said


def _against(report: Minutes) -> str:
    """The talk time against the boxes of what was talked about."""
    spare = report.box - report.talked
    took = t("{took} of {box}", took=face(report.talked), box=face(report.box))
    over = t("{time} over", time=face(-spare)) if spare < 0 else t("{time} to spare",
                                                                    time=face(spare))  # fmt: skip
    return f"{took}, {over}"


def _times(report: Minutes, names: Mapping[str, str]) -> list[str]:
    """A table of the items, and of the turns in them."""
    heads = (t("item"), t("box"), t("took"), t("against the box"))
    lines = [_row(heads), _row(("---", "---:", "---:", "---:"))]
    return [*lines, *(_row(_time(row, names)) for row in report.rows)]


def _time(row: SpokenRow, names: Mapping[str, str]) -> tuple[str, ...]:
    """A line of the table; over the box has its sign."""
    called = (
        labels.value("item", row.item) if row.seller is None else f"· {_name(row.seller, names)}"
    )
    spare = row.box - row.seconds
    against = f"▲ +{face(-spare)}" if spare < 0 else f"{formats.MINUS}{face(spare)}"
    return plain(called), face(row.box), face(row.seconds), against


def _figures(report: Minutes, names: Mapping[str, str]) -> list[str]:
    """Plan-fact and payments as they were known when they were talked about."""
    said: list[str] = []
    if report.plan_fact is not None:
        said.append(markdown.render(report.plan_fact, names=names).rstrip())
    if report.payments is not None:
        said += ["", f"**{plain(labels.report('payments'))}**", ""]
        said += [f"- {plain(line)}" for line in paying(report.payments, names)]
    return said


def _agreements(report: Minutes, names: Mapping[str, str], said: Said) -> Iterator[list[str]]:
    """What was answered for, trained, talked through and agreed, each under its title."""
    yield _listed(t("Answered for"), [_answered(row, names, said) for row in report.answered])
    trained = [
        t("{topic}, {time}, {count} present", topic=called(row.topic), time=face(row.seconds),
          count=len(row.sellers))
        for row in report.trained
    ]  # fmt: skip
    yield _listed(t("Micro-trainings"), trained)
    yield _listed(t("Hard cases"), [_case(row, names, said) for row in report.cases])
    yield _listed(t("Corrections agreed"), [_agreed(row, names, said) for row in report.agreed])


def _agreed(row: AgreedRow, names: Mapping[str, str], said: Said) -> str:
    """Who changes what, from what to what, until when, how."""
    parts = [
        t("{seller}: {metric} {before} → {target} until {day}", seller=_name(row.seller, names),
          metric=metric(row.metric), before=row.before, target=row.target,
          day=formats.date(row.until)),
        said.get(row.event, {}).get("action", ""),
        called(row.topic or ""),
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _answered(row: AnsweredRow, names: Mapping[str, str], said: Said) -> str:
    """What was said of a correction."""
    verdict = labels.value("verdict", row.verdict)
    if row.until is not None:
        verdict = f"{verdict} ({formats.date(row.until)})"
    parts = [
        t("{seller}: {metric} {before} → {target}: {verdict}", seller=_name(row.seller, names),
          metric=metric(row.metric), before=row.before, target=row.target, verdict=verdict),
        said.get(row.event, {}).get("note", ""),
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _case(row: SpokenOfRow, names: Mapping[str, str], said: Said) -> str:
    """Whose case, and its words."""
    about = [
        _name(row.seller, names) if row.seller else t("of the whole team"),
        client_of(row, names) or "",
        row.deal or "",
        said.get(row.event, {}).get("words", ""),
    ]
    return " · ".join(part for part in about if part)


def _left(report: Minutes, names: Mapping[str, str]) -> list[str]:
    """Who lagged and left without a correction; said also where it is nobody."""
    if report.ended is None:
        return []
    listed = ", ".join(_name(seller, names) for seller in report.uncorrected) or t("nobody")
    title = t("Lag and left without a correction")
    return [f"**{title}**: {plain(listed)}"]


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    """Lines under a title; nothing without lines."""
    return [f"**{title}**", "", *(f"- {plain(line)}" for line in lines)] if lines else []


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _name(seller: str, names: Mapping[str, str]) -> str:
    return names.get(seller, seller)
