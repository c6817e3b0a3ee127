"""What every room that writes does: hands drafts to the log, takes back, opens forms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec
from textual import on

from cockpit import labels
from cockpit.render.cells import clean
from cockpit.tui.deeds import Deeds, Turned
from cockpit.tui.messages import Named, Unwritten, Written
from cockpit.tui.screens.looking import LookingScreen
from cockpit.tui.sections.base import Section
from cockpit.tui.setup import Setup
from cockpit.tui.view import Work
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t
from events.envelope import Draft
from events.vocabulary import name_of
from events.vocabulary.fact import Fact

if TYPE_CHECKING:
    from projections.reports.ramp import RampRow

UNWRITTEN: Final = 3
"""The exit code of a program whose disk refused."""


class WritingScreen(LookingScreen):
    """Owns the deeds of this terminal."""

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self.deeds = Deeds(setup.actor, setup.now)
        self._grown: RampRow | None = None
        self._filling: str | None = None
        self._unwritten: dict[str, Draft] = {}
        self._refusal = ""
        self._parting = False

    def keep(self, drafts: Sequence[Draft]) -> None:
        """Hand drafts to the log; those handed over together are taken back together.

        While a dial is not at "now" none are taken.
        """
        if drafts and not self.refuses():
            self.hand_over(self.deeds.stamp(drafts))

    def hand_over(self, drafts: Sequence[Draft]) -> None:
        """Hand drafts to the log as they are; nobody leaves before they are there."""
        self._unwritten |= {draft.id: draft for draft in drafts}
        self.follower.keep(drafts)

    @property
    def unwritten(self) -> Sequence[Draft]:
        """What was handed to the log and is not known to be there."""
        return tuple(self._unwritten.values())

    def leave(self) -> None:
        """Leave as soon as everything is in the log; a second time leaves all the same."""
        if self._parting and self._unwritten and self._refusal:
            self.app.exit(return_code=UNWRITTEN, message=self.lost(self._refusal))
        elif self._parting or not self._unwritten or self.follower.wait(0):
            super().leave()
        self._parting = True

    def lost(self, reason: str) -> str:
        """What to say where something is not in the log in the end."""
        return t("Not everything is in the log: {reason}", reason=reason)

    def standup(self) -> str | None:
        """The stand-up in which this is written; None outside of one."""
        return None

    def action_undo(self) -> None:
        """Take back what was written last, and say what it was."""
        if self.refuses():
            return
        turned = self.deeds.undo()
        if turned is None:
            self.notify(t("There is nothing to take back"), markup=False)
            return
        self._grown = None
        self._turn_back(turned, t("Taken back: {what}", what=self._told(turned.bodies)))

    def action_redo(self) -> None:
        """Bring back what was taken back last, and say what it was."""
        if self.refuses():
            return
        turned = self.deeds.redo()
        if turned is None:
            self.notify(t("There is nothing to bring back"), markup=False)
            return
        self._turn_back(turned, t("Brought back: {what}", what=self._told(turned.bodies)))

    def action_fill(self) -> None:
        """Have the form of the board that is seen opened, once the clients are known by name."""
        if self.refuses():
            return
        board = self.stage.board
        deals = self.view.dials if isinstance(board, Section) and board.DEALS else None
        self._filling = board.cursor
        self.follower.name(self.stage.trail[-1], deals)

    @on(Named)
    def _open_form(self, message: Named) -> None:
        """Open the form about the row it was asked for on, unless somebody went elsewhere since."""
        from cockpit.render.lines import with_clients

        board = self.stage.board
        if message.tag != self.stage.trail[-1] or not self.is_active:
            return
        if self._filling is not None:
            board.point(self._filling)
        drawn = self.drawn()
        known = msgspec.structs.replace(
            drawn,
            names=with_clients(drawn.names, self.clients(message.clients)),
            deals=message.deals,
        )
        form = board.form(known) if isinstance(board, Section) else None
        if form is None or not isinstance(board, Section):
            self.notify(t("There is nothing to fill in here"), markup=False)
            return
        self.app.push_screen(form, partial(self._fill, board))

    def action_turn_work(self, work: Work) -> None:
        """Growing norms asked for twice: what is to be decided of the one under the cursor."""
        from cockpit.ramping import decision
        from cockpit.render.ramping import said
        from cockpit.tui.sections.activity import ActivitySection

        board = self.stage.board
        section = board if isinstance(board, ActivitySection) else None
        if work == self.view.work == "ramp" and section and section.awaits(self.view):
            self.notify(t("One moment …"), markup=False)
            return
        row = section.growing() if section else None
        if work != "ramp" or self.view.work != work or row is None:
            super().action_turn_work(work)
            return
        fact = None if row == self._grown else decision(row, self.today())
        words = said(row, self.drawn().names)
        if fact is None:
            self.notify(words, markup=False)
            return
        self._grown = row
        self.keep([Draft(body=fact, occurred_at=self.setup.now(), actor=self.setup.actor)])
        self.notify(t("Written: {what}", what=words), markup=False)

    def _fill(self, section: Section, values: dict[str, str] | None) -> None:
        """Write what a form came to."""
        if values is None:
            return
        at = self.setup.now()
        facts = section.filled(values, self.standup())
        self.keep([Draft(body=fact, occurred_at=at, actor=self.setup.actor) for fact in facts])
        self.notify(t("Written: {what}", what=self._told(facts)), markup=False)

    def _turn_back(self, turned: Turned, words: str) -> None:
        self.hand_over(turned.drafts)
        self.notify(words, markup=False)

    def _told(self, facts: Sequence[Fact]) -> str:
        """What facts are, and whose."""
        return ", ".join(self._named(fact) for fact in facts)

    def _named(self, fact: Fact) -> str:
        """A fact by its kind and its seller."""
        seller = getattr(fact, "seller", None)
        kind = labels.kind(name_of(type(fact)))
        if not isinstance(seller, str):
            return kind
        return f"{kind}, {clean(self.drawn().names.get(seller, seller))}"

    @on(Written)
    def _hear_written(self, message: Written) -> None:
        """These are in the log; once nothing else is to be written, who wanted to leave may go."""
        for draft in message.drafts:
            self._unwritten.pop(draft.id, None)
        self._refusal = ""
        if self._parting and not self._unwritten:
            super().leave()

    @on(Unwritten)
    def _hear_unwritten(self, message: Unwritten) -> None:
        """A refusal is said once; drafts are sent again until the disk takes them.

        What the log refuses for good was not done.
        """
        if message.words != self._refusal:
            self.complain(message.words)
        self._refusal = message.words
        if not message.final:
            return
        self.deeds.drop(message.drafts)
        if not self._parting:
            for draft in message.drafts:
                self._unwritten.pop(draft.id, None)
