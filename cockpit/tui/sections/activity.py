"""Activities against their norms (feature P4): sellers down, activities across."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from cockpit import formats, labels
from cockpit.render import heading, notes
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import title
from cockpit.tui.sections.base import Drawn, Section, cycle, nobody
from cockpit.tui.sections.plan_fact import deviation_tone
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.view import View, stretch
from cockpit.words import t
from projections.question import Question
from projections.report import Report
from projections.reports.activity import Activity, ActivityRow

FUNNEL: Final = (
    "lead_received",
    "lead_qualified",
    "call_made",
    "meeting_held",
    "presentation_given",
    "proposal_sent",
    "order_placed",
    "invoice_issued",
    "payment_received",
    "deal_won",
)
"""Activities in the order of the sale; a trade's own steps follow by name."""


_EXACT_BELOW: Final = 10
"""A norm from the plan is no whole number; below ten its decimal matters."""


class ActivitySection(Section):
    """The board of what sellers did against what was due."""

    REPORT: ClassVar[str | None] = "activity"

    def question(self, view: View) -> Question:
        """The day, week or month chosen."""
        return stretch(view)

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Activity):
            raise TypeError(report.name)
        return sheet(report, drawn)


def sheet(report: Activity, drawn: Drawn) -> Sheet:
    """Whole activities only; their parts are on the seller's page."""
    rows = [row for row in report.rows if _is_whole(row)]
    whole = {row.activity: row for row in report.department if _is_whole(row)}
    activities = in_order({row.activity for row in rows} | set(whole))
    due = {row.activity for row in (*rows, *whole.values()) if row.norm is not None}
    by_seller: dict[str | None, dict[str, ActivityRow]] = {}
    for row in rows:
        by_seller.setdefault(row.seller, {})[row.activity] = row
    if not any(row.fact for row in by_seller.get(None, {}).values()):
        by_seller.pop(None, None)
    lines = [
        Line(
            _key(seller),
            (Cell(_name(found, drawn)), *(cell(found.get(name)) for name in activities)),
            seller is not None,
        )
        for seller, found in by_seller.items()
    ]
    total = (Cell(labels.scope("department").upper()), *(cell(whole.get(n)) for n in activities))
    period = heading.period(report.question.period)
    return Sheet(
        title=f"{labels.report('activity').capitalize()}, {period}",
        aside=cycle("per.switch", [labels.value("per", per) for per in ("day", "week", "month")],
                    labels.value("per", report.question.per), drawn.keymap),
        columns=(
            Column(key="seller", title=labels.header("seller"), align="left", elastic=True),
            *(Column(key=name, title=labels.activity(name),
                     rank=place + 1 if name in due else place + 1 + len(activities))
              for place, name in enumerate(activities)),
        ),
        lines=tuple(lines),
        totals=(Line("department", total, opens=False),),
        notes=(((t("fact/norm due, ▼ below it, ▲ above it"), "muted"),),
               ((notes.trust(report.trust, drawn.names), "muted"),)),
        empty=nobody() if not drawn.names else nothing(),
    )  # fmt: skip


def cell(row: ActivityRow | None) -> Cell:
    """`43/70 ▼`; the fact alone where nothing is due, a dash where nothing was done either."""
    if row is None or (row.norm is None and not row.fact):
        return Cell(formats.UNKNOWN, "muted")
    if row.norm is None or row.deviation is None:
        return Cell(f"{formats.count(row.fact)}  ")
    sign = "▼" if row.deviation < 0 else "▲" if row.deviation > 0 else "="
    whole = row.norm.denominator == 1 or row.norm >= _EXACT_BELOW
    text = f"{formats.count(row.fact)}/{formats.number(row.norm, 0 if whole else 1)} {sign}"
    return Cell(text, deviation_tone(row.deviation))


def nothing() -> str:
    """What to type where nobody has logged anything."""
    return t("Nothing was logged in this time. Sellers log what they do:") + (
        "\n\n  cockpit log call 3m20"
    )


def in_order(activities: Iterable[str]) -> list[str]:
    """Along the sale, the trade's own steps after it."""
    place = {name: index for index, name in enumerate(FUNNEL)}
    return sorted(activities, key=lambda name: (place.get(name, len(FUNNEL)), name))


def _is_whole(row: ActivityRow) -> bool:
    """Whether a row is an activity and not a part of one."""
    return row.book is None and row.direction is None


def _key(seller: str | None) -> str:
    """A seller's row has the same key on every board, so that the cursor stays with the person."""
    return "unassigned" if seller is None else f"seller:{seller}"


def _name(found: dict[str, ActivityRow], drawn: Drawn) -> str:
    """Whose row it is."""
    return title(Printed(next(iter(found.values()))), drawn.names)
