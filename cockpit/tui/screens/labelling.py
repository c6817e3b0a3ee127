"""What every room does in jump mode: labels what is seen, and hears labels before other keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from cockpit.tui.actions import action_of, keys_of
from cockpit.tui.screens.tracing import TracingScreen
from cockpit.tui.setup import Setup
from cockpit.tui.widgets.keyline import Entry
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t

if TYPE_CHECKING:
    from cockpit.tui.jumping import Jump


class LabellingScreen(TracingScreen):
    """While labels are drawn every key is one of theirs, or leaves them and does nothing else."""

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self._jump: Jump | None = None

    def action_labels(self) -> None:
        """Label everything that is seen and can be gone to, the board with the shortest labels."""
        from cockpit.tui.jumping import Jump, seen

        opened_by = keys_of(action_of("jump.open"), self.setup.keymap)
        found = sorted(seen(self), key=lambda widget: self.stage not in widget.ancestors)
        self._jump = Jump(found, without=opened_by)
        if not self._jump.labels:
            self.notify(t("There is nothing to go to on this screen"), markup=False)
        self._name_labels()

    def on_key(self, event: events.Key) -> None:
        """A label goes there; the key that labels, Esc and any other key leave."""
        jump = self._jump
        if jump is None:
            return
        event.stop()
        reached = jump.press(event.key)
        if reached is not None:
            widget, go = reached
            (widget if widget.can_focus else self.stage).focus()
            go()
        self._name_labels()

    def on_click(self) -> None:
        """Whoever takes the mouse needs no labels."""
        self._leave_labels()

    def on_screen_suspend(self) -> None:
        """What comes to lie over the room hears the keys."""
        self._leave_labels()

    def _leave_labels(self) -> None:
        """Take the labels away."""
        if self._jump is not None:
            self._jump.leave()
            self._name_labels()

    def _name_labels(self) -> None:
        """The line at the bottom says what can be typed; without labels the keys again."""
        labels = self._jump.labels if self._jump is not None else ()
        if not labels:
            self._jump = None
            self.name_keys()
            return
        range_ = labels[0] if len(labels) == 1 else f"{labels[0]} … {labels[-1]}"
        self.keyline.show((Entry("Esc", t("Back"), "escape"), Entry(range_, t("Go to"), labels[0])))
