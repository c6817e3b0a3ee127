"""What every section is: a board that can be handed a report and told to draw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

import msgspec

from cockpit import labels
from cockpit.render.cells import clean
from cockpit.topics import Topic
from cockpit.tui.actions import key_of
from cockpit.tui.changed import marked
from cockpit.tui.sheet import Piece, Sheet
from cockpit.tui.view import View
from cockpit.tui.widgets.board import Board
from cockpit.words import t
from events.vocabulary.fact import Fact
from projections import trust_why
from projections.catalogue import explain
from projections.question import Question
from projections.report import Part, Report, Row

if TYPE_CHECKING:
    from cockpit.tui.screens.form import Form
    from projections.open_deals import OpenDeal

WIDE = 80
"""From so many cells on a board has room for more than the essential."""


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """What a section draws from: the names of sellers and clients, the view, the user's keymap,
    the department's own topics.

    `said` are the personal texts of the events that rows stand for, by the event's id and field,
    `deals` the open ones where a form chooses among them.
    """

    names: Mapping[str, str]
    view: View
    keymap: Mapping[str, str]
    topics: tuple[Topic, ...] = ()
    said: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)
    deals: tuple[OpenDeal, ...] = ()


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What a row opens: a figure of a report, or several to choose from, by row key and column.

    `title` says whose they are, `words` what each of several is, in the same order.
    """

    title: str
    report: Report
    figures: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()


class Section(Board):
    """A board of the agenda; without a `REPORT` to ask for it draws what the screen hands it.

    A `brief` one says nothing below its totals. `before` is an earlier report: what is new or
    says something else against it is marked.
    """

    REPORT: ClassVar[str | None] = None
    FIGURE: ClassVar[str | None] = None
    """The figure of a row that stands for it when its formula is asked for."""
    ABOUT: ClassVar[str | None] = None
    """The metric a correction from this board is about, or the unit of one."""
    DEALS: ClassVar[bool] = False
    """Whether the form of this board chooses among open deals."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self.brief = False
        self.before: Report | None = None
        self._given: tuple[Report, Drawn] | None = None
        self._beside: dict[str, Report] = {}
        self.sheet = Sheet(empty=t("One moment …"))

    def asks_for(self, view: View) -> str | None:
        """Which report to ask for under a view."""
        return self.REPORT

    def question(self, view: View) -> Question:
        """What to ask for under a view."""
        raise NotImplementedError

    def beside(self, view: View) -> Mapping[str, tuple[str, Question]]:
        """Other reports that the board draws from once they are there, by a name for each."""
        return {}

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet for a board of `width` cells."""
        raise NotImplementedError

    def nothing_to_say(self, report: Report) -> str | None:
        """Why this report needs no time in the meeting, in a sentence; None where it does."""
        return None

    def form(self, drawn: Drawn) -> Form | None:
        """The form that belongs to this board, as filled in as can be; None without one."""
        return None

    def filled(self, values: Mapping[str, str], standup: str | None) -> Sequence[Fact]:
        """What an accepted form writes, in the stand-up that is going on."""
        raise NotImplementedError

    def opening(self, key: str) -> Opening | None:
        """What Enter on a row opens, where that is not the page of a seller."""
        return None

    def explained(self) -> str:
        """The formula of the row under the cursor; "" where the report has none."""
        if self._given is None or self.FIGURE is None or self.cursor is None:
            return ""
        try:
            return formula_of(self._given[0], self.cursor, self.FIGURE)
        except KeyError:
            return ""

    def subject(self, key: str) -> tuple[str, str | None] | None:
        """Whose the row is, by its key or by what the report says."""
        found = super().subject(key)
        if found is None and self.given is not None:
            rows = (row for row in self.given.rows if row.key == key)
            seller = next((getattr(row, "seller", None) for row in rows), None)
            found = (seller, None) if isinstance(seller, str) else None
        return found and (found[0], self.ABOUT)

    @property
    def given(self) -> Report | None:
        """The report that is drawn."""
        return self._given[0] if self._given else None

    def show(self, report: Report, drawn: Drawn) -> None:
        """Draw a report."""
        self._given = report, drawn
        self.redraw()

    def show_beside(self, name: str, report: Report) -> None:
        """Draw anew with another report of `beside`."""
        self._beside[name] = report
        self.redraw()

    def look(self, view: View) -> None:
        """Draw the same report under another view, until a new one comes."""
        if self._given is not None:
            report, drawn = self._given
            self._given = report, msgspec.structs.replace(drawn, view=view)
            self.redraw()

    def on_resize(self) -> None:
        """Draw the same report for the new width; `Board` then takes note of it."""
        if self.size != self._fitted:
            self.redraw()

    def redraw(self) -> None:
        """The sheet anew, once there is a report and a width to draw it for."""
        if not self.size.width:
            self.outdate()
        if self._given is None or not self.size.width:
            return
        sheet = self.compose_sheet(*self._given, self.size.width)
        if self.before is not None:
            earlier = self.compose_sheet(self.before, self._given[1], self.size.width)
            sheet = marked(sheet, earlier)
        if self.brief:
            sheet = msgspec.structs.replace(sheet, notes=())
        self.draw(sheet)


def opened(report: Report, part: tuple[Part, Row], names: Mapping[str, str]) -> Opening:
    """What a row opens that stands in a part of a report."""
    from cockpit.render import parted

    within, row = part
    figures = parted.figures(within, row)
    return Opening(
        title=parted.named(report, within, row, names),
        report=report,
        figures=tuple((within.key(row), figure) for figure in figures),
        words=tuple(labels.figure(figure) for figure in figures),
    )


def trusted(report: Report, names: Mapping[str, str]) -> Opening:
    """What the trust line of any report opens: its figures, and each seller's silent days."""
    from cockpit.render import parted

    line = trust_why.part(report)
    pairs = [(row, figure) for row in line.rows for figure in parted.figures(line, row)]
    return Opening(
        title=t("How far to trust the data"),
        report=report,
        figures=tuple((line.key(row), figure) for row, figure in pairs),
        words=tuple(_whose(row, figure, names) for row, figure in pairs),
    )


def _whose(row: Row, figure: str, names: Mapping[str, str]) -> str:
    """A figure, and of whom it is where that is a seller."""
    seller = getattr(row, "seller", None)
    said = labels.figure(figure)
    return said if seller is None else f"{clean(names.get(seller, seller))}, {said}"


def formula_of(report: Report, key: str, figure: str) -> str:
    """The formula of a figure with the numbers put in. Raises KeyError where there is none."""
    from cockpit.render.explain import formula

    return formula(explain(report, key, figure), report)


def choices(pairs: Mapping[str, str], current: str, keymap: Mapping[str, str]) -> tuple[Piece, ...]:
    """`r revenue  m margin`: what the keys of these actions choose, the current one marked.

    `pairs` maps ids of actions to the words of their choice.
    """
    return tuple(
        _choice(f"{key_of(name, keymap)} {word}", chosen=word == current)
        for name, word in pairs.items()
    )


def cycle(
    action: str, words: Sequence[str], current: str, keymap: Mapping[str, str]
) -> tuple[Piece, ...]:
    """`d ›day  week  month`: what one key walks through."""
    walk = (_choice(word, chosen=word == current) for word in words)
    return ((key_of(action, keymap), "muted"), *walk)


def _choice(text: str, *, chosen: bool) -> Piece:
    """A choice with its mark."""
    return (f" ›{text}", "strong") if chosen else (f"  {text}", "muted")


def nobody(view: View | None = None) -> str:
    """What to type where there is no seller yet; in the past, that there was nobody then."""
    if view is not None and view.past:
        return t("Nobody sold here then, as far as was known.")
    return (
        t("No sellers yet. Add the first one:") + '\n\n  cockpit seller add petrova "Anna Petrova"'
    )
