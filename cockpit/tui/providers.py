"""The command palette: every action, every item of the agenda, every seller."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

import msgspec
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen
from textual.types import IgnoreReturnCallbackType

from cockpit.tui.actions import Action
from cockpit.tui.keys import shown
from cockpit.words import language, t


class Place(msgspec.Struct, frozen=True):
    """Somewhere the palette can go: how it is called, and the action of the screen that goes."""

    words: str
    call: str


@runtime_checkable
class Findable(Protocol):
    """A screen that tells the palette what is on it."""

    def places(self) -> Iterator[Place]:
        """Items and sellers."""
        ...

    def doable(self) -> Iterator[tuple[Action, str]]:
        """The actions that can be taken now, and the first key of each."""
        ...


class Commands(Provider):
    """What the screen below the palette can do."""

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for words, help_text, run in self._commands():
            yield DiscoveryHit(words, run, help=help_text)

    async def search(self, query: str) -> Hits:
        """What matches, best first."""
        matcher = self.matcher(query)
        for words, help_text, run in self._commands():
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, matcher.highlight(words), run, help=help_text)

    def _commands(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        """Words, explanation and deed of every command."""
        screen = self.screen
        if not isinstance(screen, Findable):
            return
        for place in screen.places():
            yield place.words, "", self._run(screen, place.call)
        for action, key in screen.doable():
            words = f"{t(action.group)}: {t(action.title)}"
            said = f"{shown(key, language())}  {t(action.tooltip)}"
            yield words, said, self._run(screen, action.call)

    def _run(self, screen: Screen[object], call: str) -> IgnoreReturnCallbackType:
        """The deed of an action, on the widget that has the cursor or else on the screen."""

        async def run() -> None:
            await self.app.run_action(call, default_namespace=screen.focused or screen)

        return run
