"""The face of activities (feature P4): sellers down, activities across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import Final

from cockpit import formats, labels
from cockpit.render import heading, notes
from cockpit.render.cells import clean
from cockpit.render.cells import width as cells_of
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import title
from cockpit.tui.actions import key_of as key_of_action
from cockpit.tui.frame import inner
from cockpit.tui.sections.base import WIDE, Drawn, cycle, nobody
from cockpit.tui.sections.plan_fact import deviation_tone
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet
from cockpit.words import mark, n, t
from events.vocabulary.plans import NormSource
from projections.counts import VOLUME
from projections.reports.activity import Activity, ActivityRow
from projections.rounding import half_up
from projections.steps import STEPS

SOURCES: Final[dict[NormSource, str]] = {
    "hand": mark("h by hand"),
    "plan": mark("p from the plan"),
    "best": mark("b own best"),
    "sector": mark("s sector"),
}
"""The letter of a source stands first in its words."""

_EXACT_BELOW: Final = 10
"""A norm from the plan is no whole number; below ten its decimal matters."""


def foot_lines(width: int) -> int:
    """How many lines are kept for what is said of the row under the cursor."""
    return 2 if width >= WIDE else 3


def sheet(report: Activity, drawn: Drawn, width: int) -> Sheet:
    """Whole activities; the parts of those under the cursor stand below."""
    rows = [row for row in report.rows if row.is_whole]
    whole = {row.activity: row for row in report.department if row.is_whole}
    activities = in_order({row.activity for row in rows} | set(whole))
    due = {row.activity for row in (*rows, *whole.values()) if row.norm is not None}
    by_seller: dict[str | None, dict[str, ActivityRow]] = {}
    for row in rows:
        by_seller.setdefault(row.seller, {})[row.activity] = row
    if not any(row.fact for row in by_seller.get(None, {}).values()):
        by_seller.pop(None, None)
    wide = width >= WIDE

    def across(found: dict[str, ActivityRow]) -> Iterable[Cell]:
        return (cell(found.get(name), full=True, wide=wide) for name in activities)

    lines = [
        Line(key_of(seller), (Cell(_name(found, drawn)), *across(found)))
        for seller, found in by_seller.items()
    ]
    total = (Cell(labels.scope("department").upper()), *across(whole))
    period = heading.period(report.question.period)
    judged = report.question.norm
    source = (
        ""
        if judged is None
        else (", " + t("judged by: {source}", source=labels.value("norm_source", judged)))
    )
    return Sheet(
        title=f"{labels.report('activity').capitalize()}, {period}{source}",
        aside=cycle("per.switch", [labels.value("per", per) for per in ("day", "week", "month")],
                    labels.value("per", report.question.per), drawn.keymap),
        intro=(*_volume(rows, drawn, width), *_growing(report, drawn)),
        columns=(
            Column(key="seller", title=labels.header("seller"), align="left", elastic=True),
            *(Column(key=name, title=labels.activity(name),
                     rank=place + 1 if name in due else place + 1 + len(activities))
              for place, name in enumerate(activities)),
        ),
        lines=tuple(lines),
        totals=(Line("department", total),),
        notes=(((_trust(report, drawn), "muted"),), ((_legend(rows), "muted"),),
               *((((" ", "muted"),),) * foot_lines(width))),
        empty=nobody() if not drawn.names else nothing(),
    )  # fmt: skip


def cell(row: ActivityRow | None, *, full: bool = False, wide: bool = False) -> Cell:
    """`43/70 ▼`; the fact alone where nothing is due, a dash where nothing was done either.

    `full` adds the letter of the source and marks the first red line, `wide` the deviation.
    """
    if row is None or (row.norm is None and not row.fact):
        return Cell(formats.UNKNOWN, "muted")
    if row.norm is None or row.deviation is None:
        return Cell(f"{formats.count(row.fact)}  ")
    digits = 0 if row.norm.denominator == 1 or row.norm >= _EXACT_BELOW else 1
    seen = half_up(row.deviation * 10**digits)
    sign = "▼" if seen < 0 else "▲" if seen > 0 else "="
    text = f"{formats.count(row.fact)}/{formats.number(row.norm, digits)}"
    if full:
        text += letter(row.norm_source)
        sign += "!" if row.first_red else " "
    if wide:
        text += f" {formats.number(row.deviation, digits, signed=True)}"
    return Cell(f"{text} {sign}", deviation_tone(seen))


def letter(source: NormSource | None) -> str:
    """The letter of a source; a sum of several has none."""
    return " " if source is None else t(SOURCES[source])[0]


def parts(report: Activity, key: str) -> list[str]:
    """What the first red activity of a seller, else the volume, is made of: by book, by direction.

    Each with its norm where it has one.
    """
    own = [row for row in report.rows if key_of(row.seller) == key]
    whole = [row for row in own if row.is_whole]
    row = next((row for row in whole if row.first_red), None) or next(
        (row for row in whole if row.activity == VOLUME), None
    )
    if row is None:
        return []
    some = [part for part in own if part.activity == row.activity]
    name, fact = labels.activity(row.activity), formats.count(row.fact)
    if row.norm is None:
        away = [t("away")] if row.seller in report.basis.away else []
        return [", ".join([f"{name} {fact}", *away]), _split(some)]
    said = t("{activity} {fact} of {norm}", activity=name, fact=fact, norm=_count(row.norm))
    if row.norm_source is not None:
        said += f", {labels.value('norm_source', row.norm_source)}"
    if row.first_red:
        said = f"! {said}"
    return [f"{said}, {formats.percent(row.percent)}", _split(some)]


def figures(row: ActivityRow) -> tuple[tuple[str, str], ...]:
    """What a row can be asked about, with its words: what was done, and what is due and why."""
    name = labels.activity(row.activity)
    done = ("fact", name)
    if row.norm is None:
        return (done,)
    source = labels.value("norm_source", row.norm_source or "")
    return done, ("norm", f"{name}, {labels.figure('norm')} {source}".rstrip())


def nothing() -> str:
    """What to type where nobody has logged anything."""
    return t("Nothing was logged in this time. Sellers log what they do:") + (
        "\n\n  cockpit log call 3m20"
    )


def in_order(activities: Iterable[str]) -> list[str]:
    """Along the sale, the trade's own steps after it."""
    place = {name: index for index, name in enumerate(STEPS)}
    return sorted(activities, key=lambda name: (place.get(name, len(STEPS)), name))


def key_of(seller: str | None) -> str:
    """A seller's row has the same key on every board, so that the cursor stays with the person."""
    return "unassigned" if seller is None else f"seller:{seller}"


def _volume(rows: Sequence[ActivityRow], drawn: Drawn, width: int) -> tuple[tuple[Piece, ...], ...]:
    """Who makes too few contacts, said first, for nothing else matters then (requirement row 9)."""
    few = [row for row in rows if row.first_red and row.activity == VOLUME and row.seller]
    if not few:
        return ()
    few.sort(key=lambda row: row.percent or Fraction())
    said = [f"{clean(drawn.names.get(row.seller or '', row.seller or ''))} "
            f"{formats.percent(row.percent)}" for row in few]  # fmt: skip
    first = t("Volume first:")
    room = inner(width) - cells_of(f"▼ {first} ")
    named = next(
        (text for text in map(partial(_begun, said), range(len(said), 1, -1))
         if cells_of(text) <= room), _begun(said, 1)
    )  # fmt: skip
    return ((("▼ ", "bad"), (first, "strong"), (f" {named}", "bad")),)


def _begun(said: Sequence[str], count: int) -> str:
    """The first of a list, and how many more there are: the board below has them all."""
    more = len(said) - count
    return ", ".join(said[:count]) + (" " + t("and {count} more", count=more) if more else "")


def _growing(report: Activity, drawn: Drawn) -> tuple[tuple[Piece, ...], ...]:
    """How many growing norms wait for a decision, and the key that leads to them."""
    asks, due = report.ramps_asking, report.ramps_due
    if not asks and not due:
        return ()
    said = [n("{count} to decide", "{count} to decide", asks)] * bool(asks)
    said += [n("{count} due this week", "{count} due this week", due)] * bool(due)
    key = key_of_action("ramp.open", drawn.keymap)
    words = t("Growing norms: {said} ({key})", said=", ".join(said), key=key)
    return (((words, "warn"),),)


def _trust(report: Activity, drawn: Drawn) -> str:
    """How far to trust the counts, and what they leave out."""
    said = notes.trust(report.trust, drawn.names)
    if report.brief:
        brief = n(
            "{count} call < {seconds} s not counted",
            "{count} calls < {seconds} s not counted",
            report.brief,
            seconds=report.brief_seconds,
        )
        said = f"{brief} · {said}"
    return said


def _legend(rows: Sequence[ActivityRow]) -> str:
    """The signs, and the letters of the sources that occur."""
    used = {row.norm_source for row in rows}
    letters = [t(words) for source, words in SOURCES.items() if source in used]
    said = [t("fact/norm due, ▼ below it, ▲ above it"), t("! first red line"), *letters]
    return " · ".join(said)


def _split(rows: Sequence[ActivityRow]) -> str:
    """`new 20 of 30 (incoming 5, outgoing 15) · existing 23 …`."""
    said = []
    for row in rows:
        if row.book is None or row.direction is not None:
            continue
        ways = [way for way in rows if way.book == row.book and way.direction is not None]
        told = ", ".join(f"{labels.value('direction', way.direction or '')} {_due(way)}"
                         for way in ways)  # fmt: skip
        name = f"{labels.value('book', row.book)} {_due(row)}"
        said.append(f"{name} ({told})" if told else name)
    if not said:
        said = [f"{labels.value('direction', row.direction)} {_due(row)}"
                for row in rows if row.direction is not None and row.book is None]  # fmt: skip
    return " · ".join(said)


def _due(row: ActivityRow) -> str:
    fact = formats.count(row.fact)
    return fact if row.norm is None else f"{fact}/{_count(row.norm)}"


def _count(norm: Fraction | None) -> str:
    exact = norm is not None and norm.denominator != 1 and norm < _EXACT_BELOW
    return formats.number(norm, 1 if exact else 0)


def _name(found: dict[str, ActivityRow], drawn: Drawn) -> str:
    """Whose row it is."""
    return title(Printed(next(iter(found.values()))), drawn.names)
