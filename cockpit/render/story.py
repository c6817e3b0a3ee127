"""The story of a month printed: for a terminal, for the chat, for programs."""

from __future__ import annotations

import msgspec

from cockpit.render import json as documents
from cockpit.render.cells import fit, wrap
from cockpit.render.chapter import aligned
from cockpit.render.chapters import Told, chapters
from cockpit.render.heading import heading
from cockpit.render.markdown import plain
from cockpit.words import t
from projections.reports.story import PlanChange, Story


def wanted(story: Story) -> list[str]:
    """The ids of the events whose authors, moments and reasons the story tells."""
    return [
        *(change.id for change in story.changes),
        *(repair.id for repair in story.repairs),
        *(repair.target for repair in story.repairs),
        *story.late_sales,
    ]


def title(told: Told) -> str:
    """Whose story of which month, seen from when."""
    return " · ".join(heading(told.story, told.department, 0))


def text(told: Told, columns: int = 100) -> str:
    """The story as lines for a terminal."""
    said = wrap(title(told), columns)
    for chapter in chapters(told):
        said += ["", chapter.title.upper()]
        said += [fit(line, columns).rstrip() for line in aligned(chapter)]
        for remark in chapter.remarks:
            said += wrap(remark, columns)
    return "\n".join([*said, "", _head(told)]) + "\n"


def markdown(told: Told) -> str:
    """The story for the chat or a document."""
    said = [f"# {plain(title(told))}"]
    for chapter in chapters(told):
        said += ["", f"## {plain(chapter.title)}", ""]
        if chapter.rows:
            said.append(f"| {' | '.join(chapter.heads)} |")
            said.append(f"| {' | '.join('---:' if right else '---' for right in chapter.right)} |")
            said += [f"| {' | '.join(map(plain, row))} |" for row in chapter.rows]
            said.append("")
        said += [f"- {plain(remark)}" for remark in chapter.remarks]
    return "\n".join([*said, "", f"`{_head(told)}`"]) + "\n"


def json(told: Told) -> str:
    """The story for programs: its rows, and every chapter that is a report as that report."""
    story = told.story
    parts = {
        part.name: documents.document(part, told.names)
        for part in (story.board, story.course, story.rhythm, story.corrections, story.bridge)
    }
    whole = msgspec.structs.replace(story)
    return documents.encode(
        {
            "report": "story",
            "month": story.question.period.month,
            "currency": story.currency,
            "minor_digits": story.minor_digits,
            "order_book": [msgspec.structs.asdict(row) for row in whole.rows],
            "moves": msgspec.to_builtins(story.book.moves),
            "slips": story.book.slips,
            "changes": [_record(change, told) for change in story.changes],
            "late": msgspec.to_builtins(story.late),
            "late_sales": list(story.late_sales),
            "repairs": msgspec.to_builtins(story.repairs),
            "head": {"seq": told.head.seq, "link": told.head.link},
            **parts,
        }
    )


def _head(told: Told) -> str:
    return t("head {head}", head=f"{told.head.seq}:{told.head.link}")


def _record(change: PlanChange, told: Told) -> dict[str, object]:
    event = told.events.get(change.id)
    return {
        **msgspec.to_builtins(change),
        "recorded_at": event.recorded_at if event else None,
        "actor": event.actor if event else None,
        "reason": getattr(event.body, "reason", None) if event else None,
    }
