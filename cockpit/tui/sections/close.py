"""The end of the stand-up (feature P7): what each item took against its box."""

from __future__ import annotations

from collections.abc import Sequence

from cockpit.tui.sections.base import Section
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.widgets.agenda import Entry
from cockpit.tui.widgets.clock import face
from cockpit.words import n, t


class CloseSection(Section):
    """The board of the meeting itself; it asks for no report."""

    def review(self, entries: Sequence[Entry], present: int) -> None:
        """Draw what the items have taken so far; `present` is how many sellers are there."""
        self.draw(sheet(entries, present))


def sheet(entries: Sequence[Entry], present: int) -> Sheet:
    """A line for each item; one that was not reached has a dash."""
    lines = [Line(entry.id, (Cell(entry.name), *_times(entry)), opens=False) for entry in entries]
    took = sum(entry.took or 0 for entry in entries)
    whole = Entry(id="", name="", box=sum(entry.box for entry in entries), took=took)
    total = Line("total", (Cell(t("In all")), *_times(whole)), opens=False)
    return Sheet(
        title=t("Close"),
        aside=((n("{count} seller present", "{count} sellers present", present), "muted"),),
        columns=(
            Column(key="item", title=t("item"), align="left", elastic=True),
            Column(key="box", title=t("box")),
            Column(key="took", title=t("took")),
            Column(key="over", title=t("against the box"), width=10),
        ),
        lines=tuple(lines),
        totals=(total,),
        notes=(((t("The end is in the log as soon as you leave with q."), "muted"),),),
    )


def _times(entry: Entry) -> tuple[Cell, Cell, Cell]:
    """Box, time taken, and the difference with its sign."""
    if entry.took is None:
        return Cell(face(entry.box)), Cell("—", "muted"), Cell("—", "muted")
    spare = entry.box - entry.took
    if spare < 0:
        against = Cell(t("▲ {time} over", time=face(-spare)), "bad")
    else:
        against = Cell(t("{time} to spare", time=face(spare)), "good")
    return Cell(face(entry.box)), Cell(face(entry.took)), against
