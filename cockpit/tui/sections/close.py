"""The end of the stand-up (feature P7): who has no correction, what each item took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cockpit import formats, labels
from cockpit.formats import face
from cockpit.render.cells import clean, wrap
from cockpit.tui.actions import key_of
from cockpit.tui.frame import inner
from cockpit.tui.sections.base import WIDE, Drawn, Section
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.widgets.agenda import Entry
from cockpit.words import n, t
from projections.reports.lagging import Lagging, LaggingRow

END: Final = "end"
"""The key of the row that ends the stand-up."""


class CloseSection(Section):
    """The board of the meeting itself; it asks for no report."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._known = False

    def review(
        self,
        entries: Sequence[Entry],
        present: int,
        report: Lagging | None,
        drawn: Drawn,
    ) -> None:
        """Draw what the items have taken so far and who has no correction yet; `present` is how
        many sellers are there. Once who lags is known, the cursor begins there.
        """
        if report is not None and not self._known:
            self._known, self._cursor = True, None
        self.draw(sheet(entries, present, report, drawn, self.size.width or WIDE))


def sheet(
    entries: Sequence[Entry], present: int, report: Lagging | None, drawn: Drawn, width: int = WIDE
) -> Sheet:
    """Who lags without a correction, the way out, then a line for each item; one that was not
    reached has a dash.
    """
    times = [Line(entry.id, (Cell(entry.name), *_times(entry)), opens=False) for entry in entries]
    boxes = sum(entry.box for entry in entries if entry.nothing is None)
    took = sum(entry.took or 0 for entry in entries)
    leave = key_of("standup.leave", drawn.keymap)
    end = t("The end is in the log as soon as you leave with {key}.", key=leave)
    whole = Entry(id="", name="", box=boxes, took=took)
    words = (t("item"), t("box"), t("took"), t("against the box"))
    heads = Line("heads", tuple(Cell(each, "muted") for each in words), opens=False)
    total = Line("total", (Cell(t("In all")), *_times(whole)), opens=False)
    return Sheet(
        title=t("Close"),
        aside=((n("{count} seller present", "{count} sellers present", present), "muted"),),
        columns=(
            Column(key="item", title="", align="left", elastic=True),
            Column(key="box", title=""),
            Column(key="took", title=""),
            Column(key="over", title="", width=10),
        ),
        lines=(*_uncorrected(report, drawn), heads, *times),
        totals=(total,),
        notes=tuple(((line, "muted"),) for line in wrap(end, inner(width))),
    )


def uncorrected(count: int) -> str:
    """How many leave without a correction."""
    return n("{count} seller lags and has no correction today",
             "{count} sellers lag and have no correction today", count)  # fmt: skip


def behind(row: LaggingRow, report: Lagging) -> Cell:
    """What a seller is behind by: money of the month, or the activity below its norm."""
    if row.deviation is None:
        return Cell(
            t("▼ {activity} below the norm", activity=labels.activity(row.red or "")), "bad"
        )
    amount = formats.major(row.deviation, report.minor_digits)
    return Cell(f"{formats.deviation(amount, 0)} {formats.symbol(report.currency)}", "bad")


def _uncorrected(report: Lagging | None, drawn: Drawn) -> list[Line]:
    """Who lags and has no correction, and the row that ends the stand-up."""
    rows = [row for row in report.rows if not row.corrected] if report is not None else []
    blank = Line("blank", (Cell(""),), opens=False)
    end = Line(END, (Cell("› " + t("End the stand-up"), "strong"),))
    if not rows:
        return [end, blank]
    how = t("Enter opens the page, {key} agrees a correction",
            key=key_of("correction.agree", drawn.keymap))  # fmt: skip
    return [
        Line("uncorrected", (Cell(uncorrected(len(rows)), "bad"),), opens=False),
        *(_seller(row, report, drawn.names) for row in rows if report is not None),
        Line("how", (Cell(f"  {how}", "muted"),), opens=False),
        end,
        blank,
    ]


def _seller(row: LaggingRow, report: Lagging, names: Mapping[str, str]) -> Line:
    """A line that opens the seller's page."""
    name = clean(names.get(row.seller, row.seller))
    return Line(row.key, (Cell(f"  {name}"), Cell(""), Cell(""), behind(row, report)))


def _times(entry: Entry) -> tuple[Cell, Cell, Cell]:
    """Box, time taken, and the difference with its sign; or why an item was collapsed."""
    if entry.took is None:
        said = entry.nothing or "—"
        return Cell(face(entry.box)), Cell("—", "muted"), Cell(said, "muted")
    spare = entry.box - entry.took
    if spare < 0:
        against = Cell(t("▲ {time} over", time=face(-spare)), "bad")
    else:
        against = Cell(t("{time} to spare", time=face(spare)), "good")
    return Cell(face(entry.box)), Cell(face(entry.took)), against
