"""What every room does with the choices of how figures are seen: measure, reading, who looks on."""

from __future__ import annotations

from typing import Final

import msgspec

from cockpit.tui.screens.asking import AskingScreen
from cockpit.tui.sections import name
from cockpit.tui.sections.base import Section
from cockpit.tui.sharing import SHARED
from cockpit.tui.view import Choosable, Work, following, other_norm, other_work
from cockpit.words import t
from events.vocabulary.plans import Measure

_WORK: Final = "activity"
_BOARDS: Final[dict[Choosable, str]] = {
    "per": _WORK,
    "reading": "conversions",
    "by": "conversions",
    "weekly": "conversions",
}
"""The only board on which a choice is seen; the others are seen on several."""


class ChoosingScreen(AskingScreen):
    """Looks at the same figures in another way."""

    def action_share(self) -> None:
        """Show only what others may see, or all again."""
        self.veil(share=not self.view.share)
        words = t("Others may look on now") if self.view.share else t("Nothing is veiled any more")
        self.notify(words, markup=False)

    def veil(self, *, share: bool) -> None:
        """Show only what others may see, or all; whatever was opened is left."""
        self.view = msgspec.structs.replace(self.view, share=share)
        self.app.set_class(share, SHARED)
        self.stage.turn(self.stage.trail[0])
        self.rename()
        self.look(self.view)

    def rename(self) -> None:
        """Draw what was answered with the names that may be seen now, and ask for it anew."""
        self._fresh.clear()
        for key, message in self._shown.items():
            section = self.stage.of(key)
            if isinstance(section, Section):
                section.show(message.report, self.named(message))

    def action_measure(self, measure: Measure) -> None:
        """Count in another measure."""
        self.look(msgspec.structs.replace(self.view, measure=measure))

    def action_switch(self, choice: Choosable) -> None:
        """The next value of a choice: morning or evening, day, week or month, the reading …"""
        self.look(following(choice, self.view))
        if choice in _BOARDS:
            self._point_to(_BOARDS[choice])

    def action_turn_work(self, work: Work) -> None:
        """Another face of the board of work, or activities judged by another source."""
        self.look(other_norm(self.view) if work == "norms" else other_work(self.view, work))
        self._point_to(_WORK)

    def _point_to(self, section: str) -> None:
        """Where a choice changes nothing that is seen, say on which board it does."""
        seen = self.stage.trail[-1]
        if seen != section and isinstance(self.stage.board, Section):
            self.notify(t("That is seen on another board: {board}", board=name(section)),
                        markup=False)  # fmt: skip
