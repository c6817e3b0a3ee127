"""What every room does where a correction can be agreed from any figure, and answered for."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on

from cockpit.errors import Refused
from cockpit.render.cells import clean
from cockpit.tui.actions import Room
from cockpit.tui.jobs import Ask
from cockpit.tui.messages import Answered
from cockpit.tui.screens.writing import WritingScreen
from cockpit.tui.setup import Setup
from cockpit.tui.view import month
from cockpit.tui.widgets.board import Board
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t
from events.envelope import Draft
from events.vocabulary import CorrectionReviewed
from events.vocabulary.meetings import ReviewVerdict

if TYPE_CHECKING:
    from cockpit.tui.screens.form import Form
    from projections.reports.corrections import CorrectionRow
    from projections.reports.proposal import Proposal

_SELLER: Final = "seller"
_PROPOSAL: Final = "proposal"
_MEANT: Final[dict[str, ReviewVerdict]] = {
    "done": "done",
    "not_done": "not_done",
    "moved": "moved",
}


class CorrectingScreen(WritingScreen):
    """Opens the form at once and fills it in when the proposal has come."""

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self._form: Form | None = None
        self._asked = ""
        self._wanted: str | None = None
        self._offered: dict[str, str] = {}
        self._share: Fraction | None = None
        self._proposal: Proposal | None = None

    def rooms(self) -> tuple[Room, ...]:
        """A correction is agreed where rows are about somebody, and not about events."""
        found = super().rooms()
        about_people = self.stage.board.ABOUT_PEOPLE
        return (*found[:1], "agree", *found[1:]) if about_people else found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """See `rooms`."""
        match action:
            case "correct":
                return "agree" in self.rooms()
            case "what_if" | "as_it_is":
                return self.stage.trail[-1] == _SELLER
        return super().check_action(action, parameters)

    def answered(self, message: Answered) -> None:
        """A proposal fills the form that waits for it, and no other one opened since."""
        super().answered(message)
        if not message.tag.startswith(f"{_PROPOSAL}/"):
            return
        from projections.reports.proposal import Proposal

        if isinstance(message.report, Proposal) and message.tag == self._asked:
            self._propose(message.report)

    def action_correct(self) -> None:
        """Agree a correction about what is under the cursor."""
        from cockpit.tui.screens.form import Form

        if self.refuses():
            return
        board = self.stage.board
        subject = board.subject(board.cursor or "")
        if subject is None:
            self.notify(t("Put the cursor on a seller or on a seller's figure"), markup=False)
            return
        seller, self._wanted = subject
        on_page = self.stage.trail[-1] == _SELLER
        self._offered = self.seller_page.offered(board.cursor or "") if on_page else {}
        self._share = self.seller_page.tried_share(board.cursor or "") if on_page else None
        name = self._whose(seller)
        self._form = Form(t("Correction: {name}", name=name), (), keymap=self.setup.keymap)
        self.app.push_screen(self._form, partial(self._agree, seller))
        self._asked = f"{_PROPOSAL}/{seller}/{self.view.measure}/{self.view.reading}"
        self.follower.ask(Ask(self._asked, _PROPOSAL, month(self.view, seller)))

    def action_what_if(self, step: int) -> None:
        """Try the figure under the cursor of a seller's page higher or lower."""
        if self.stage.trail[-1] == _SELLER and self.seller_page.what_if(step):
            self.ask_for_catching(self.seller_page.seller)

    def action_as_it_is(self) -> None:
        """Show the facts again."""
        if self.stage.trail[-1] == _SELLER and self.seller_page.as_it_is():
            self.ask_for_catching(self.seller_page.seller)

    def _propose(self, report: Proposal) -> None:
        """Fill in the form, or say why there is to be no further correction."""
        from cockpit import agreeing
        from cockpit.tui import proposing

        form, self._form = self._form, None
        if form is None or form not in self.app.screen_stack:
            return
        if agreeing.too_many(report.open):
            form.dismiss(None)
            self.complain(agreeing.refused(self._whose(report.seller), report.open))
            return
        self._proposal = report
        metric = proposing.metric_for(report, self._offered.get("metric", self._wanted))
        form.fill(
            proposing.fields(report, metric, self._offered, self._share),
            lambda values: agreeing.wrong(values, report, self.today()),
            follow=partial(proposing.follow, report),
            hints=partial(proposing.hints, report),
            ready=True,
        )

    def _agree(self, seller: str, values: dict[str, str] | None) -> None:
        """Log what the form came to, and say it."""
        from cockpit import agreeing

        report, self._proposal = self._proposal, None
        if values is None or report is None:
            return
        now = self.setup.now()
        until = agreeing.until_day(values["until"], self.today())
        try:
            settled = agreeing.settled(values, report)
            draft = agreeing.agreement(settled, seller=seller, until=until, now=now,
                                       actor=self.setup.actor, standup=self.standup())  # fmt: skip
        except Refused as refused:
            self.complain(str(refused))
            return
        self.keep([draft])
        words = f"{self._whose(seller)}: {agreeing.said(settled, until)}"
        self.notify(t("Agreed: {what}", what=words), markup=False)

    @on(Board.Opened)
    def _answer_for(self, message: Board.Opened) -> None:
        """Enter on a correction asks what came of it."""
        from cockpit.render import correcting
        from cockpit.tui import proposing
        from cockpit.tui.screens.form import Form
        from cockpit.tui.sections.agreed import AgreedSection

        board = message.board
        if not isinstance(board, AgreedSection):
            return
        row = board.correction(message.key)
        if row is None or self.refuses():
            return
        if row.state in ("done", "not_done"):
            self.notify(t("This is answered for: {state}", state=correcting.state(row)),
                        markup=False)  # fmt: skip
            return
        fields = proposing.answer_fields(row, board.words_of(row), self._tomorrow())
        form = Form(
            f"{self._whose(row.seller)}: {board.what(row)}",
            fields,
            lambda values: proposing.answer_wrong(values, self.today()),
            ready=True,
            keymap=self.setup.keymap,
        )
        self.app.push_screen(form, partial(self._review, row))

    def _review(self, row: CorrectionRow, values: dict[str, str] | None) -> None:
        """Log the answer."""
        from cockpit import agreeing

        if values is None:
            return
        now = self.setup.now()
        verdict = _MEANT[values["verdict"]]
        until = agreeing.until_day(values["until"], self.today()) if verdict == "moved" else None
        body = CorrectionReviewed(correction=row.key, seller=row.seller, verdict=verdict,
                                  until=until, note=values["note"] or None)  # fmt: skip
        self.keep([Draft(body=body, occurred_at=now, actor=self.setup.actor)])

    def _tomorrow(self) -> dt.date:
        """The next weekday, to propose it where a correction is moved."""
        day = self.today() + dt.timedelta(days=1)
        while day.weekday() > 4:
            day += dt.timedelta(days=1)
        return day

    def _whose(self, seller: str) -> str:
        """The name of a seller."""
        return clean(self.drawn().names.get(seller, seller))
