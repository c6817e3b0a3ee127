"""What every room that shows figures does: asks the worker at the desk, draws what comes."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from textual import on, work
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from cockpit.tui.follow import Follower
from cockpit.tui.jobs import Ask
from cockpit.tui.messages import Answered, Failed, Moved, News
from cockpit.tui.sections.base import Drawn, Section
from cockpit.tui.setup import Setup
from cockpit.tui.sharing import veiled_names
from cockpit.tui.sheet import Sheet
from cockpit.tui.view import View, at
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t
from projections.question import Question

_BESIDE: Final = "+"
"""Stands in a tag between a section and what else it draws from."""

_LAST: Final = 2
"""Seconds the worker has to write when the terminal is gone."""


class AskingScreen(Screen[None]):
    """Owns the view and the worker; a subclass composes `stage`."""

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """`setup` is shared by all rooms, `stage` is the middle of this one."""
        super().__init__()
        self.setup = setup
        self.stage = stage
        self.follower = Follower(setup.opener, setup.now, setup.today)
        self.news: News | None = None
        today = setup.today or setup.now().date()
        self.view = at(View(share=setup.share, today=today, pairs=setup.pairs), setup.past)
        self._fresh: dict[str, tuple[str, Question]] = {}
        self._later: set[str] = set()
        self._shown: dict[str, Answered] = {}
        self._due: set[str] | None = None
        self._ahead = False
        self._listed: frozenset[str] = frozenset()
        self.silent = False
        """Whether the board says something else than its report."""

    def on_mount(self) -> None:
        """Set the worker to work once the room is drawn: both at a time would only be slower."""
        self.call_later(self.follow)

    def on_unmount(self) -> None:
        """Let the worker go."""
        self.follower.stop()

    def hang_up(self) -> None:
        """The terminal is gone: what was handed over is still written, then all ends."""
        self.follower.stop()
        self.follower.wait(_LAST)

    @work(thread=True, group="follow", exit_on_error=False)
    def follow(self) -> None:
        """The worker at the desk; it only posts messages."""
        self.follower.run(self.post_message)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that breaks down is told of, in words."""
        if event.state is WorkerState.ERROR:
            self.complain(t("The figures stand still: {error}", error=event.worker.error))

    @on(Moved)
    def _hear_news(self, message: Moved) -> None:
        """People, names and ground rules as they are now; figures of before are no longer fresh."""
        self.news = message.news
        self.view = msgspec.structs.replace(self.view, today=self.today())
        self._fresh.clear()
        self.refreshed()
        self.ask()
        if self._due is None:
            self._due = set(self._fresh)
        if self._ahead or not self._due:
            self.asked()

    @on(Answered)
    def _hear_answer(self, message: Answered) -> None:
        """A report for a section, or for whatever else asked under another tag."""
        self._later.discard(message.tag)
        listed = message.report.listed()
        if listed is not None:
            self._listed = listed
        self.answered(message)
        name, _, beside = message.tag.partition(_BESIDE)
        section = self.stage.of(name) if self.stage.holds(name) else None
        if isinstance(section, Section) and not self.silent:
            if beside:
                section.show_beside(beside, message.report)
            else:
                self._shown[name] = message
                section.show(message.report, self.named(message))
        self._due = self._due and self._due - {message.tag}
        self._begin_ahead()

    @on(Failed)
    def _hear_failure(self, message: Failed) -> None:
        """What could not be read is said; what stands on the screen stays."""
        self._fresh.clear()
        board = self.stage.board
        if not board.sheet.lines:
            board.draw(Sheet(title=t("Nothing to show"), empty=message.words))
        self.complain(message.words)
        self._due = set()
        self._begin_ahead()

    def _begin_ahead(self) -> None:
        """What can wait for the first board has its turn once that is whole and painted."""
        if not self._ahead and not self._due:
            self._ahead = True
            self.stage.board.call_after_refresh(self._go_ahead)

    def _go_ahead(self) -> None:
        """What there is by now is no garbage; looking through it would take longer than a key."""
        gc.freeze()
        gc.enable()
        if self.news is not None:
            self.asked()
        self.ask_ahead()

    def refreshed(self) -> None:
        """A room that shows more of the department than its boards draws it here."""

    def asked(self) -> None:
        """What can wait until the figures have been asked for, a room does here."""

    def answered(self, message: Answered) -> None:
        """A room that does more with a report than drawing it on its section does so here."""

    def today(self) -> dt.date:
        """The business day looked at."""
        return self.setup.today or self.setup.now().astimezone(self.zone).date()

    @property
    def zone(self) -> ZoneInfo | None:
        """The department's zone, once it is known."""
        settings = self.news.settings if self.news else None
        return ZoneInfo(settings.zone) if settings else None

    def drawn(self) -> Drawn:
        """What boards draw from besides their report."""
        names = self.news.names if self.news else {}
        return Drawn(
            names=names,
            view=self.view,
            keymap=self.setup.keymap,
            topics=self.setup.topics,
        )

    def named(self, message: Answered) -> Drawn:
        """The same with the names of the clients a report speaks of, and what its events say."""
        from cockpit.render.lines import with_clients

        drawn = self.drawn()
        names = with_clients(drawn.names, self.clients(message.clients))
        names.update(message.signers)
        return msgspec.structs.replace(drawn, names=names, said=message.said)

    def clients(self, names: Mapping[str, str]) -> Mapping[str, str]:
        """The names of clients as this screen may show them."""
        return veiled_names(names, self._listed) if self.view.share else names

    def explained(self) -> str:
        """The formula of the figure under the cursor; "" for none."""
        return self.stage.board.explained()

    def ask(self) -> None:
        """Ask for what is seen, unless it is known already."""
        board = self.stage.board
        if isinstance(board, Section):
            self._ask_for(board)

    def ask_ahead(self) -> None:
        """Ask for what may be seen next, so that it is there by then.

        Boards that are not there yet are made one by one, for a key may come between two.
        """
        if not self.stage.is_attached:
            return
        for board in self.stage.boards:
            if isinstance(board, Section):
                self._ask_for(board, ahead=True)
        if self.stage.furnish():
            self.call_after_refresh(self.ask_ahead)

    def look(self, view: View) -> None:
        """Look at the figures in another way; what is asked the same as before is not asked."""
        self.view = view
        for board in self.stage.boards:
            if isinstance(board, Section):
                board.look(view)
        self.ask()
        self.ask_ahead()

    def complain(self, words: str) -> None:
        """Say what went wrong, once, over whatever is seen."""
        self.notify(words, severity="error", markup=False)

    def _ask_for(self, section: Section, *, ahead: bool = False) -> None:
        """The report of a section; what was asked ahead and is seen now waits no longer."""
        name, report = section.id or "", section.asks_for(self.view)
        if not (self.news and self.news.settings and report):
            return
        wanted = {name: (report, section.question(self.view))}
        for beside, asked in section.beside(self.view).items():
            wanted[f"{name}{_BESIDE}{beside}"] = asked
        for tag, ask in wanted.items():
            if self._fresh.get(tag) != ask or (tag in self._later and not ahead):
                self._fresh[tag] = ask
                (self._later.add if ahead else self._later.discard)(tag)
                self.follower.ask(Ask(tag, *ask, patient=ahead))
