"""The quality of the conversation (feature P12): how each seller talks, and the topic of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from cockpit import formats, labels
from cockpit.render import notes
from cockpit.render.cells import clean, fit
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import title
from cockpit.topics import Topic, library, topic_for
from cockpit.tui.actions import key_of
from cockpit.tui.card_form import card_form, card_of
from cockpit.tui.frame import below, inner
from cockpit.tui.screens.form import Form
from cockpit.tui.sections.base import WIDE, Drawn, Opening, Section, nobody
from cockpit.tui.sections.plan_fact import deviation_tone
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet
from cockpit.tui.view import View, month
from cockpit.words import t
from events.vocabulary.fact import Fact
from projections.cards import Template
from projections.draw import Draw
from projections.draw import Drawn as Heard
from projections.metrics import QUALITY
from projections.question import Question
from projections.report import Report
from projections.reports.quality import Quality, QualityRow

_NAMED: Final = 14
"""The cells that a name or a criterion has before there is room for anything else."""

_ROOMY: Final = 150
"""From so many cells on the reminder stands in the row itself."""


_TOLD: Final = 2
"""The last notes are about the seller under the cursor: the reminder, then a call to hear."""

_NARROW: Final = 3
"""The same where the reminder takes two lines."""


class QualitySection(Section):
    """The board of the score cards."""

    REPORT: ClassVar[str | None] = "quality"
    FIGURE: ClassVar[str | None] = "mean"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._heard: Draw | None = None
        self._filling: tuple[str, Template, tuple[Heard, ...]] | None = None

    def question(self, view: View) -> Question:
        """The month of today; neither a measure nor a reading changes it."""
        whole = month(view)
        return Question(period=whole.period, dials=whole.dials)

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Quality):
            raise TypeError(report.name)
        return sheet(report, drawn, inner(width))

    def nothing_to_say(self, report: Report) -> str | None:
        """Without a card there is no evidence to speak of."""
        if isinstance(report, Quality) and not any(row.recent for row in report.rows):
            return t("no card was filled yet: cockpit draw says which calls to hear")
        return None

    def take(self, heard: Draw) -> None:
        """The calls drawn for this week, for the form to offer."""
        self._heard = heard
        self.redraw()

    def subject(self, key: str) -> tuple[str, str | None] | None:
        """A correction from here is about the weakest criterion."""
        row = self._of(key)
        if row is None or row.seller is None:
            return None
        return row.seller, f"{QUALITY}{row.weakest}" if row.weakest else None

    def opening(self, key: str) -> Opening | None:
        """A seller opens the cards of the period."""
        shown = self._shown()
        row = self._of(key)
        if shown is None or row is None:
            return None
        title = _name(row, shown[1])
        return Opening(title=title, report=shown[0], figures=((row.key, "cards"),))

    def form(self, drawn: Drawn) -> Form | None:
        """A card about the seller under the cursor, the drawn call first."""
        shown, row = self._shown(), self._of(self.cursor)
        if shown is None or row is None or row.seller is None:
            return None
        template = shown[0].basis.template
        if template is None:
            return None
        waiting = self._waiting(row.seller)
        self._filling = row.seller, template, waiting
        return card_form(_name(row, drawn), template, waiting, drawn.keymap)

    def filled(self, values: Mapping[str, str], standup: str | None) -> Sequence[Fact]:
        """The card that was filled in, by what the form offered when it was opened."""
        return [] if self._filling is None else [card_of(*self._filling, values)]

    def topic(self) -> tuple[Topic, str] | None:
        """The topic of the seller under the cursor, and the seller; None where no card says one."""
        shown, row = self._shown(), self._of(self.cursor)
        if shown is None or row is None or row.seller is None:
            return None
        topic = topic_of(row, *shown)
        return (topic, row.seller) if topic else None

    def footnotes(self) -> tuple[tuple[Piece, ...], ...]:
        """What there is to say of the seller under the cursor, always as many lines."""
        shown, row = self._shown(), self._of(self.cursor)
        if shown is None or not self.sheet.lines:
            return self.sheet.notes
        width = inner(self.size.width)
        most = _told_lines(width)
        said = below(self.sheet, self._told(row, *shown) if row else (), most, *self.size)
        told: list[tuple[Piece, ...]] = [((fit(text, width), "strong"),) for text in said]
        return (*self.sheet.notes[:-most], *told)

    def _told(self, row: QualityRow, report: Quality, drawn: Drawn) -> tuple[str, str]:
        """The reminder of the day, then the call that waits to be heard."""
        topic = topic_of(row, report, drawn)
        said = f"{topic.name}: {topic.sentence}" if topic else t("no card yet, so no topic")
        waiting = self._waiting(row.seller or "")
        if not waiting:
            return said, ""
        call = waiting[0].call
        moment = f"{formats.weekday(call.at)} {formats.moment(call.at)}"
        heard = t("{key} fills a card: call {number}, {moment}, {length}",
                  key=key_of("board.fill", drawn.keymap), number=call.seq, moment=moment,
                  length=formats.duration(call.seconds))  # fmt: skip
        return said, heard

    def _waiting(self, seller: str) -> tuple[Heard, ...]:
        """The drawn calls of a seller that nobody rated yet, as the report knows."""
        shown = self._shown()
        if self._heard is None or shown is None:
            return ()
        rated = {card.call for card in shown[0].basis.cards}
        some = self._heard.sellers.get(seller, ())
        return tuple(each for each in some if not each.cards and each.call.id not in rated)

    def _shown(self) -> tuple[Quality, Drawn] | None:
        """What the board is drawn from."""
        if self._given is None or not isinstance(self._given[0], Quality):
            return None
        return self._given[0], self._given[1]

    def _of(self, key: str | None) -> QualityRow | None:
        """The row of a seller."""
        shown = self._shown()
        return next((row for row in shown[0].rows if row.key == key), None) if shown else None


def _told_lines(width: int) -> int:
    """How many lines are kept for the seller under the cursor."""
    return _TOLD if width >= inner(WIDE) else _NARROW


def topic_of(row: QualityRow, report: Quality, drawn: Drawn) -> Topic | None:
    """The topic of a seller's weakest criterion."""
    found = next((each for each in report.questions if each.id == row.weakest), None)
    return topic_for(found, library(drawn.topics)) if found else None


def sheet(report: Quality, drawn: Drawn, width: int) -> Sheet:
    """Sellers down, the weakest first; mean, trend, the weakest criterion and its topic across."""
    rows = report.rows if report.template is not None else ()
    return Sheet(
        title=labels.report("quality").capitalize(),
        aside=((_aside(report), "muted"),),
        columns=(
            Column(
                key="seller",
                title=labels.header("seller"),
                align="left",
                elastic=True,
                width=_NAMED,
            ),
            Column(key="mean", title=labels.header("mean"), width=4),
            Column(key="trend", title=labels.header("trend"), align="apart", rank=2, width=6),
            Column(key="cards", title=labels.header("cards"), rank=3),
            Column(
                key="weakest",
                title=labels.header("weakest"),
                align="left",
                elastic=True,
                width=_NAMED,
            ),
            Column(key="weakest_mean", title=labels.header("weakest_mean"), rank=1),
            Column(key="topic", title=t("topic of today"), align="left", rank=4, elastic=True),
        ),
        lines=tuple(_line(row, report, drawn, width) for row in rows),
        totals=(_line(report.total, report, drawn, width),) if rows else (),
        notes=tuple(
            ((text, "muted"),) for text in (*_notes(report, drawn), *[""] * _told_lines(width))
        ),
        empty=_begin() if report.template is None else nobody(),
    )


def _line(row: QualityRow, report: Quality, drawn: Drawn, width: int) -> Line:
    topic = topic_of(row, report, drawn) if row.seller is not None else None
    said = f"{topic.name}: {topic.sentence}" if topic and width >= _ROOMY else None
    weakest = clean(report.text(row.weakest)) if row.weakest else formats.UNKNOWN
    known = row.mean is not None
    cells = (
        Cell(_name(row, drawn)),
        Cell(formats.number(row.mean, 1), "plain" if known else "muted"),
        Cell(formats.deviation(row.trend, 1), deviation_tone(row.trend)),
        Cell(formats.count(row.cards), "plain" if row.cards else "muted"),
        Cell(weakest, "plain" if row.weakest else "muted"),
        Cell(formats.number(row.weakest_mean, 1)),
        Cell(clean(said or (topic.name if topic else ""))),
    )
    return Line(row.key, cells, opens=row.seller is not None)


def _name(row: QualityRow, drawn: Drawn) -> str:
    part = "rows" if row.seller is not None else "total"
    return title(Printed(row, part), drawn.names)


def _aside(report: Quality) -> str:
    """Which card is asked."""
    if report.template is None:
        return ""
    called = clean(labels.value("template", report.template))
    return t("card “{template}”, revision {revision}", template=called, revision=report.revision)


def _notes(report: Quality, drawn: Drawn) -> Sequence[str]:
    """Who was not heard and who rates how."""
    return notes.notes(report, drawn.names)[1:]


def _begin() -> str:
    """What to type where no card is set."""
    return t("No score card yet. Begin with the usual one:") + (
        "\n\n  cockpit card template --default"
    )
