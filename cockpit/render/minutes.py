"""The minutes of a stand-up as Markdown for the chat, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from cockpit import formats, labels
from cockpit.formats import face
from cockpit.render import json, markdown, talked
from cockpit.render.correcting import agreed_on, metric
from cockpit.render.lines import client_of
from cockpit.render.markdown import plain
from cockpit.render.plain import tree
from cockpit.render.talked import Said
from cockpit.topics import called
from cockpit.words import n, t
from projections.draw import Draw
from projections.report import Report
from projections.reports.minutes import AgreedRow, Minutes, SpokenOfRow, SpokenRow
from projections.windows.minutes import BOARDS


def render(
    report: Minutes,
    *,
    names: Mapping[str, str],
    said: Said,
    department: str,
    zone: str,
    draw: Draw | None = None,
) -> str:
    """Who was there, the time of each item, each board as it stood then, what was agreed.

    `draw` are the calls drawn for the week, as known when quality was talked about.
    """
    parts = [
        _head(report, names, department, zone),
        _times(report, names),
        *_boards(report, names, said, ZoneInfo(zone), draw),
        *_agreements(report, names, said),
        _left(report, names),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def document(report: Minutes, *, names: Mapping[str, str], said: Said) -> str:
    """The same under keys; seconds, minor units and ISO moments in no language."""
    apart = ("boards", "reached", "floor", "rows", "question", "columns", "aside", "basis", "trust",
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
            "reached": {item: moment.isoformat() for item, moment in report.reached.items()},
            "floor": dict(report.floor),
            **{
                name.replace("-", "_"): _board(report.boards.get(name), names)
                for reports in BOARDS.values()
                for name in reports
            },
            "words": {event: dict(texts) for event, texts in said.items()},
        }
    )


def _head(report: Minutes, names: Mapping[str, str], department: str, zone: str) -> list[str]:
    """Whose, when, how long, who was there."""
    day = f"{formats.weekday(report.day)} {formats.date(report.day)}"
    title = " · ".join((t("Stand-up"), department, day))
    said = [f"**{plain(title)}**", ""]
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
    sign = "▲ +" if spare < 0 else formats.MINUS if spare else ""
    against = f"{sign}{face(abs(spare))}"
    return plain(called), face(row.box), face(row.seconds), against


def _boards(
    report: Minutes, names: Mapping[str, str], said: Said, zone: ZoneInfo, draw: Draw | None
) -> Iterator[list[str]]:
    """Each board the stand-up went through, as it was known when it got the floor."""
    for item, moment in report.reached.items():
        title = f"{labels.value('item', item)}, {moment.astimezone(zone):%H:%M}"
        if item == "plan_fact":
            table = markdown.render(report.boards["plan-fact"], names=names)
            yield [f"**{plain(title)}**", "", table.rstrip()]
        elif item == "rhythm":
            yield _listed(title, list(talked.rhythm(report, names, said)))
        else:
            heard = talked.drawn(draw, names) if draw and item == "quality" else ""
            yield _listed(title, [*talked.board(item, report, names), *([heard] if heard else [])])


def _board(report: Report | None, names: Mapping[str, str]) -> dict[str, object] | None:
    return None if report is None else json.document(report, names)


def _agreements(report: Minutes, names: Mapping[str, str], said: Said) -> Iterator[list[str]]:
    """What was answered for, trained, talked through and agreed, each under its title."""
    begun = {row.key for row in report.reviewed}
    others = [row for row in report.answered if row.correction not in begun]
    yield _listed(t("Answered for"), [talked.answered(row, names, said) for row in others])
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
          metric=metric(row.metric), before=agreed_on(row.before),
          target=agreed_on(row.target), day=formats.date(row.until)),
        said.get(row.event, {}).get("action", ""),
        called(row.topic or ""),
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
    """What took longer than its box, then who lagged and left without a correction; both are said
    also where there is none.
    """
    over, left = t("▲ over time"), t("Lag and left without a correction")
    took = talked.over(report) or t("nothing")
    lines = [f"- **{over}**: {plain(took)}"]
    if report.ended is not None:
        listed = ", ".join(_name(seller, names) for seller in report.uncorrected) or t("nobody")
        lines.append(f"- **{left}**: {plain(listed)}")
    return lines


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    """Lines under a title; nothing without lines."""
    return [f"**{title}**", "", *(f"- {plain(line)}" for line in lines)] if lines else []


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _name(seller: str, names: Mapping[str, str]) -> str:
    return names.get(seller, seller)
