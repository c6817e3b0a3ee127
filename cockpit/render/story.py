"""The story of a month as a director reads it: chapters of lines, the same for every medium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from cockpit import formats, labels
from cockpit.render import bridging, correcting, notes
from cockpit.render import json as documents
from cockpit.render.cells import clean, fit, width, wrap
from cockpit.render.closed import closed
from cockpit.render.heading import heading
from cockpit.render.lines import Line, word
from cockpit.render.markdown import plain
from cockpit.render.meeting import MOST_DAYS, rhythm_line
from cockpit.words import t
from events.envelope import Event, Head
from events.seal import is_sealed
from projections.reports.story import PlanChange, Story
from projections.rounding import half_up


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """A title with rows of cells under their heads, and remarks below.

    `right` says which columns are figures; `opens` is for each row what
    stands behind it: `event:` and an id, `seller:` and a key, `book:` and a line; or None.
    """

    title: str
    heads: Sequence[str] = ()
    right: Sequence[bool] = ()
    rows: Sequence[Sequence[str]] = ()
    opens: Sequence[str | None] = ()
    remarks: Sequence[str] = ()


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A story with what its words need: names by key, the events it names, the head to keep."""

    story: Story
    department: str
    names: Mapping[str, str]
    events: Mapping[str, Event]
    zone: str
    head: Head

    def money(self, amount: int, *, signed: bool = False) -> str:
        """An amount in whole units."""
        return formats.number(formats.major(amount, self.story.minor_digits), signed=signed)

    def who(self, key: str | None) -> str:
        """A person by name."""
        return clean(self.names.get(key or "", key or labels.scope("unassigned")))


def wanted(story: Story) -> list[str]:
    """The ids of the events whose authors, moments and reasons the story tells."""
    return [
        *(change.id for change in story.changes),
        *(repair.id for repair in story.repairs),
        *(repair.target for repair in story.repairs),
        *story.late_sales,
    ]


def chapters(told: Told) -> list[Chapter]:
    """The story from the first chapter to the last."""
    return [
        _result(told),
        _book(told),
        _course(told),
        _changes(told),
        _rhythm(told),
        _corrections(told),
        _late(told),
        _repairs(told),
        _bridge(told),
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


def aligned(chapter: Chapter, gap: str = "  ") -> list[str]:
    """The rows with their cells below each other."""
    if not chapter.rows:
        return []
    rows = [list(chapter.heads), *chapter.rows]
    sizes = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    return [
        gap.join(
            fit(cell, size, right=right)
            for cell, size, right in zip(row, sizes, chapter.right, strict=True)
        ).rstrip()
        for row in rows
    ]


def _head(told: Told) -> str:
    return t("head {head}", head=f"{told.head.seq}:{told.head.link}")


def _result(told: Told) -> Chapter:
    """Who made the plan: plan, fact, per cent, and what came after the close."""
    board = told.story.board
    rows = [
        [
            word(Line(row, part), "seller", board, told.names),
            formats.UNKNOWN if row.plan is None else told.money(row.plan),
            told.money(row.fact),
            formats.percent(row.percent),
            formats.UNKNOWN if row.deviation is None
            else told.money(half_up(row.deviation), signed=True),
        ]
        for part, listed in (("rows", board.rows), ("total", (board.total,)))
        for row in listed
    ]  # fmt: skip
    return Chapter(
        title=labels.report("plan-fact"),
        heads=[labels.header(key) for key in ("seller", "plan", "fact", "percent", "deviation")],
        right=[False, True, True, True, True],
        rows=rows,
        opens=[row.key if row.seller else None for row in (*board.rows, board.total)],
        remarks=[*closed(board, told.names), notes.trust(board.trust, told.names)],
    )


def _book(told: Told) -> Chapter:
    """Opening + new + won + lost + amounts + dates = closing."""
    rows = [
        [
            labels.value("book_line", row.line),
            told.money(row.amount, signed=row.line not in ("opening", "closing")),
            formats.count(row.deals),
        ]
        for row in told.story.rows
    ]
    slips = {deal: count for deal, count in told.story.book.slips.items() if count >= _FICTION}
    remarks = [
        t("{deals}: moved {count} times or more, the date is fiction",
          deals=", ".join(sorted(slips)[:10]), count=_FICTION)
    ] if slips else []  # fmt: skip
    return Chapter(
        title=t("order book"),
        heads=["", labels.figure("amount"), t("deals")],
        right=[False, True, True],
        rows=rows,
        opens=[f"book:{row.key}" for row in told.story.rows],
        remarks=remarks,
    )


_FICTION = 3


def _course(told: Told) -> Chapter:
    """Revenue by day against the line, with what changed on that day beside it."""
    course = told.story.course
    said: dict[str, list[str]] = {}
    for change in told.story.changes:
        said.setdefault(change.day.isoformat(), []).append(_what(change, told))
    rows = [
        [
            f"{formats.weekday(row.day)} {formats.day(row.day)}",
            formats.UNKNOWN if row.sold is None else told.money(row.sold),
            formats.UNKNOWN if row.fact is None else told.money(row.fact),
            formats.UNKNOWN if row.line is None else told.money(half_up(row.line)),
            formats.UNKNOWN if row.deviation is None
            else told.money(half_up(row.deviation), signed=True),
            ", ".join(said.get(row.key, ())),
        ]
        for row in course.rows
    ]  # fmt: skip
    return Chapter(
        title=labels.report("course"),
        heads=[labels.figure("day"), *(labels.header(key) for key in
               ("sold", "fact", "line", "deviation")), t("changed on the day")],
        right=[False, True, True, True, True, False],
        rows=rows,
        opens=[None] * len(rows),
    )  # fmt: skip


def _changes(told: Told) -> Chapter:
    """Plans and norms: what, from what to what, when recorded, by whom, why."""
    rows = [[*_when_who(change.id, told), _what(change, told), _why(change.id, told)]
            for change in told.story.changes]  # fmt: skip
    return Chapter(
        title=t("plans and norms"),
        heads=[t("recorded"), t("by"), t("what"), t("why")],
        right=[False] * 4,
        rows=rows,
        opens=[f"event:{change.id}" for change in told.story.changes],
        remarks=[] if rows else [t("nothing was set or changed")],
    )


def _rhythm(told: Told) -> Chapter:
    """Stand-ups held and missed."""
    total = told.story.rhythm.total
    remarks = [rhythm_line(told.story.rhythm)]
    if len(total.missed) > MOST_DAYS:
        days = ", ".join(formats.day(day) for day in total.missed)
        remarks.append(t("missed: {days}", days=days))
    return Chapter(title=t("stand-ups"), remarks=remarks)


def _corrections(told: Told) -> Chapter:
    """What was agreed in the month, and what it changed."""
    period = told.story.question.period
    agreed = sorted(
        (row for row in told.story.corrections.rows if period.first <= row.agreed <= period.last),
        key=lambda row: row.agreed,
    )
    digits = told.story.minor_digits
    rows = [
        [
            formats.day(row.agreed),
            told.who(row.seller),
            correcting.metric(row.metric),
            f"{clean(row.before)} → {clean(row.target)}",
            correcting.state(row),
            correcting.effect(row, digits),
        ]
        for row in agreed
    ]
    return Chapter(
        title=labels.report("corrections"),
        heads=[t("agreed"), labels.figure("seller"), t("metric"), t("from → to"), t("state"),
               t("effect")],
        right=[False] * 6,
        rows=rows,
        opens=[f"event:{row.event}" for row in agreed],
        remarks=[] if rows else [t("none was agreed")],
    )  # fmt: skip


def _late(told: Told) -> Chapter:
    """Late and back-dated entries with their share, by seller; and the sales among them."""
    story = told.story
    rows = [
        [told.who(row.seller), formats.count(row.events), formats.count(row.late),
         formats.share(notes.part(row.late, row.events))]
        for row in story.late if row.late
    ]  # fmt: skip
    sales = [told.events[id_] for id_ in story.late_sales if id_ in told.events]
    remarks = [
        t("{what}, {day}, recorded {days} days later by {who}",
          what=_entry(event, told), day=formats.day(event.occurred.astimezone(_zone(told)).date()),
          days=(event.recorded - event.occurred).days, who=told.who(event.actor))
        for event in sales[:_MOST]
    ]  # fmt: skip
    if len(sales) > _MOST:
        remarks.append(t("and {count} more", count=formats.count(len(sales) - _MOST)))
    return Chapter(
        title=t("recorded late"),
        heads=[labels.figure("seller"), t("events"), t("over 24 h late"), t("share")],
        right=[False, True, True, True],
        rows=rows,
        opens=[None] * len(rows),
        remarks=remarks or ([] if rows else [t("nothing")]),
    )


_MOST = 20


def _repairs(told: Told) -> Chapter:
    """Corrections and voids of entries: which, by whom, why."""
    rows = [
        [
            *_when_who(repair.id, told),
            labels.kind(repair.kind),
            _entry(told.events[repair.target], told) if repair.target in told.events
            else labels.kind(repair.target_kind),
            _why(repair.id, told),
        ]
        for repair in told.story.repairs
    ]  # fmt: skip
    return Chapter(
        title=t("entries corrected and withdrawn"),
        heads=[t("recorded"), t("by"), t("how"), t("what"), t("why")],
        right=[False] * 5,
        rows=rows,
        opens=[f"event:{repair.id}" for repair in told.story.repairs],
        remarks=[] if rows else [t("none")],
    )


def _bridge(told: Told) -> Chapter:
    """What made the difference: the effects add up to the deviation."""
    bridge = told.story.bridge
    rows = [
        [word(Line(row, "department"), "factor", bridge, told.names),
         told.money(row.effect, signed=True)]
        for row in bridge.department
    ]  # fmt: skip
    return Chapter(
        title=labels.report("bridge"),
        heads=[labels.figure("factor"), labels.figure("effect")],
        right=[False, True],
        rows=rows,
        opens=[None] * len(rows),
        remarks=bridging.bridging(bridge, told.names),
    )


def _what(change: PlanChange, told: Told) -> str:
    """`plan Petrova 2 600 000 → 2 400 000`, or a norm of an activity."""
    whose = told.who(change.who) if change.scope == "seller" else labels.scope(change.scope)
    if change.activity is None:
        head, write = labels.figure("plan"), told.money
        after = write(change.after)
        before = None if change.before is None else write(change.before)
    else:
        head = f"{labels.figure('norm')} {labels.activity(change.activity)}"
        after = formats.count(change.after)
        before = None if change.before is None else formats.count(change.before)
    moved = after if before is None else f"{before} → {after}"
    return clean(f"{head} {whose} {moved}")


def _when_who(event: str, told: Told) -> Iterator[str]:
    """When an event was recorded, and who logged it."""
    found = told.events.get(event)
    if found is None:
        yield from (formats.UNKNOWN, formats.UNKNOWN)
        return
    yield formats.moment(found.recorded.astimezone(_zone(told)))
    yield told.who(found.actor)


def _why(event: str, told: Told) -> str:
    """The reason somebody gave."""
    reason = getattr(told.events[event].body, "reason", None) if event in told.events else None
    if not isinstance(reason, str) or is_sealed(reason):
        return formats.UNKNOWN
    return clean(reason)


def _entry(event: Event, told: Told) -> str:
    """`payment 75 000, Petrova (#1234)`."""
    amount = getattr(event.body, "amount", None)
    said = f" {told.money(amount)}" if isinstance(amount, int) else ""
    return f"{labels.kind(event.kind)}{said}, {told.who(event.seller)} (#{event.seq})"


def _record(change: PlanChange, told: Told) -> dict[str, object]:
    event = told.events.get(change.id)
    return {
        **msgspec.to_builtins(change),
        "recorded_at": event.recorded_at if event else None,
        "actor": event.actor if event else None,
        "reason": getattr(event.body, "reason", None) if event else None,
    }


def _zone(told: Told) -> ZoneInfo:
    return ZoneInfo(told.zone)
