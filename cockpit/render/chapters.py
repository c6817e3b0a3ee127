"""The story of a month as a director reads it: chapters of lines, the same for every medium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from cockpit import formats, labels
from cockpit.render import bridging, correcting, notes
from cockpit.render.cells import clean
from cockpit.render.chapter import Chapter
from cockpit.render.closed import closed
from cockpit.render.lines import Line, word
from cockpit.render.meeting import MOST_DAYS, rhythm_line
from cockpit.render.slipped import slipped
from cockpit.words import n, t
from events.envelope import Event, Head
from events.seal import is_sealed
from events.vocabulary import OteSet
from projections import trust_why
from projections.reports.story import PlanChange, Story
from projections.rounding import half_up

_ALL: Final = "department"
_MOST: Final = 20


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


def _result(told: Told) -> Chapter:
    """Who made the plan: plan, fact, per cent, and what came after the close."""
    board = told.story.board
    late = closed(board, told.names)
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
        opens=[row.key if row.seller else f"board:{row.key}" for row in (*board.rows, board.total)],
        remarks=[*late, notes.trust(board.trust, told.names)],
        behind=[*(f"board:{_ALL}" for _ in late), trust_why.NAME],
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
    moved = slipped(told.story.book.slips)
    return Chapter(
        title=t("order book"),
        heads=["", labels.figure("amount"), t("deals")],
        right=[False, True, True],
        rows=rows,
        opens=[f"book:{row.key}" for row in told.story.rows],
        remarks=[said for said, _ in moved],
        behind=[opens for _, opens in moved],
    )


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
        opens=[f"course:{row.key}" for row in course.rows],
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
    behind = [f"rhythm:{_ALL}"] * len(remarks)
    return Chapter(title=t("stand-ups"), remarks=remarks, behind=behind)


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
            correcting.from_to(row),
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
        opens=[f"corrections:{row.key}" for row in agreed],
        remarks=[] if rows else [t("none was agreed")],
    )  # fmt: skip


def _late(told: Told) -> Chapter:
    """Late and back-dated entries with their share, by seller; and the sales among them."""
    story = told.story
    late = [row for row in story.late if row.late]
    rows = [
        [told.who(row.seller), formats.count(row.events), formats.count(row.late),
         formats.share(notes.part(row.late, row.events))]
        for row in late
    ]  # fmt: skip
    sales = [told.events[id_] for id_ in story.late_sales if id_ in told.events]
    remarks = [
        n("{what}, {day}, recorded {count} day later by {who}",
          "{what}, {day}, recorded {count} days later by {who}",
          (event.recorded - event.occurred).days, what=_entry(event, told),
          day=formats.day(event.occurred.astimezone(_zone(told)).date()), who=told.who(event.actor))
        for event in sales[:_MOST]
    ]  # fmt: skip
    if len(sales) > _MOST:
        remarks.append(t("and {count} more", count=formats.count(len(sales) - _MOST)))
    return Chapter(
        title=t("recorded late"),
        heads=[labels.figure("seller"), t("events"), t("over 24 h late"), t("share")],
        right=[False, True, True, True],
        rows=rows,
        opens=[f"late:{row.seller or 'unassigned'}" for row in late],
        remarks=remarks or ([] if rows else [t("nothing")]),
        behind=[f"event:{event.id}" for event in sales[:_MOST]],
    )


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
        opens=[f"bridge:{row.key}" for row in bridge.department],
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
    """`payment 75 000, Petrova (#1234)`; what somebody earns is no part of the story."""
    amount = None if isinstance(event.body, OteSet) else getattr(event.body, "amount", None)
    said = f" {told.money(amount)}" if isinstance(amount, int) else ""
    return f"{labels.kind(event.kind)}{said}, {told.who(event.seller)} (#{event.seq})"


def _zone(told: Told) -> ZoneInfo:
    return ZoneInfo(told.zone)
