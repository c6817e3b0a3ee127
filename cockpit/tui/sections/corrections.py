"""One correction for everyone who lags (feature P8): sellers, who lags most first."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit import formats
from cockpit.render.cells import clean
from cockpit.render.correcting import headlining
from cockpit.tui.actions import key_of
from cockpit.tui.sections.agreed import KEY, AgreedSection, space
from cockpit.tui.sections.base import WIDE, Drawn
from cockpit.tui.sections.plan_fact import deviation_tone
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet
from cockpit.words import t
from projections.report import Report
from projections.reports.corrections import Corrections, Standing


class CorrectionsSection(AgreedSection):
    """The board of what is agreed with whom, and with whom nothing is."""

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Corrections):
            raise TypeError(report.name)
        notes, wide = headlining(report, drawn.names), width >= WIDE
        head = t("deviation, until")
        effect = [Column(key="effect", title=t("effect so far"), align="left")] if wide else []
        return Sheet(
            title=t("Corrections"),
            aside=_held(report),
            columns=(
                Column(key="seller", title=t("seller, agreed"), align="left", elastic=True),
                Column(key="state", title=head if wide else head.replace(" ", "\n", 1)),
                *effect,
            ),
            lines=tuple(
                line
                for standing in report.sellers
                for line in self._lines(standing, report, drawn, wide=wide)
            ),
            notes=(*space(width), *(((note, "muted"),) for note in notes)),
            empty=t("Nobody has a plan yet. Type: cockpit plan set SELLER AMOUNT"),
        )  # fmt: skip

    def _lines(
        self, standing: Standing, report: Corrections, drawn: Drawn, *, wide: bool
    ) -> Iterator[Line]:
        """A seller with the first open correction, further ones below."""
        own = [
            row
            for row in report.rows
            if row.seller == standing.seller and row.state in ("open", "overdue")
        ]
        name = Cell(clean(drawn.names.get(standing.seller, standing.seller)), "strong")
        yield Line(f"seller:{standing.seller}", (name, _deviation(standing, report)))
        for row in own:
            what = Cell(f"  {row.number}  {self.what(row)}")
            effect = [self.effect(row, report)] if wide else []
            yield Line(f"{KEY}{row.key}", (what, self.state(row, wide=wide), *effect))
        if standing.uncorrected:
            key = key_of("correction.agree", drawn.keymap)
            said = Cell("  " + t("no correction: {key} agrees one", key=key), "bad")
            yield Line(f"none:{standing.seller}", (said, Cell("")), opens=False)
        elif standing.away and not own:
            said = Cell("  " + t("away"), "muted")
            yield Line(f"away:{standing.seller}", (said, Cell("")), opens=False)


def _held(report: Corrections) -> tuple[Piece, ...]:
    """The last stand-up, from which yesterday's corrections are."""
    if report.last_standup is None:
        return ()
    said = t("last stand-up {day}", day=formats.date(report.last_standup))
    return ((said, "muted"),)


def _deviation(standing: Standing, report: Corrections) -> Cell:
    """How far from the line, in whole units of the currency, with signs for both."""
    if standing.deviation is None:
        return Cell(formats.UNKNOWN, "muted")
    amount = formats.major(standing.deviation, report.minor_digits)
    said = f"{formats.deviation(amount)} {formats.symbol(report.currency)}"
    return Cell(said, deviation_tone(standing.deviation))
