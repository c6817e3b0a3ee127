"""A form over the room: fields one below the other, wrong ones say what to type instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from cockpit.render.cells import width
from cockpit.tui.actions import Room, bindings, footer
from cockpit.tui.widgets.keyline import KeyLine, entries
from cockpit.tui.widgets.pick import Pick
from cockpit.words import t

_LONGEST_TITLE = 24
_AROUND = 5
"""The lines of a form that are no fields: title, buttons, keys and the gaps between."""

Values = Mapping[str, str]
"""What stands in the fields, by their keys."""

Check = Callable[[Values], Values]
"""From values to what is wrong with them, in words by the key of the field."""

Follow = Callable[[str, Values], Values]
"""From the key of the choice that changed and all values to what other fields become."""

Hints = Callable[[Values], Values]
"""From all values to what stands below the fields whose hint hangs on a choice."""


class Field(msgspec.Struct, frozen=True):
    """A line of a form. With `choices` the value is one of them, `words` say how they are called;
    otherwise it is typed. `hint` stands below it. A `personal` value carries the class
    `-personal`, by which it can be hidden from an audience.
    """

    key: str
    title: str
    value: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""
    personal: bool = False
    words: Mapping[str, str] = msgspec.field(default_factory=dict)


class Row(Vertical):
    """A field with its title, and below it what is wrong with it, or else the hint."""

    def __init__(self, field: Field, title_width: int) -> None:
        """`title_width` is in cells, the same for every row of a form."""
        super().__init__(id=f"row-{field.key}")
        self.field = field
        self.box = _box(field)
        self._title = Static(field.title, markup=False, classes="title")
        self._title.styles.width = title_width
        self._said = Static(field.hint, markup=False, classes="said")
        self._said.styles.padding = (0, 0, 0, title_width)
        self._said.display = bool(field.hint)
        self._hint = field.hint

    def compose(self) -> ComposeResult:
        """Title and value in a line, words below."""
        with Horizontal(classes="line"):
            yield self._title
            yield self.box
        yield self._said

    def say(self, wrong: str) -> None:
        """Say what is wrong; nothing is."""
        self.set_class(bool(wrong), "-wrong")
        words = wrong or self._hint
        self._said.update(words)
        self._said.display = bool(words)

    def suggest(self, hint: str) -> None:
        """Another hint; what is wrong no longer is, since it was about another value."""
        self._hint = hint
        self.say("")


class Rows(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls with the field that has the cursor; the arrows belong to the form."""


class Form(ModalScreen[dict[str, str] | None]):
    """Returns the values by key once `check` finds nothing wrong with them, None on Esc.

    One without fields says that they are still to come, until it is filled.

    Nothing that was typed is lost by a refusal: the words stand below the field, and the cursor
    goes to the first of them.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("form")

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        check: Check = lambda values: {},
        *,
        follow: Follow | None = None,
        ready: bool = False,
        keymap: Values | None = None,
    ) -> None:
        """A form that is `ready` opens with the cursor on OK, so that Enter accepts it as it is.

        `follow` hears of every choice that changes and says what other fields become.
        """
        super().__init__()
        self.title = title
        self._fields = tuple(fields)
        self._rows: dict[str, Row] = {}
        self._check = check
        self._follow = follow
        self._hints: Hints = lambda values: {}
        self._starts_ready = ready
        self._keymap = keymap or {}
        self._mounted_once = False

    def compose(self) -> ComposeResult:
        """The title above, the fields between, the buttons and the keys docked below."""
        keyline = KeyLine(id="form-keys")
        keyline.show(entries(footer("pick", "form"), self._keymap))
        with Vertical(id="form"):
            yield Static(self.title or "", markup=False, id="form-title")
            with Rows(id="form-rows"):
                yield Static(t("One moment …"), id="form-wait")
            with Horizontal(id="form-buttons"):
                yield Button(t("OK"), id="form-ok", compact=True)
                yield Button(t("Back"), id="form-no", compact=True)
            yield keyline

    def on_mount(self) -> None:
        """The fields are there at once, unless they are still to come: then Enter does nothing."""
        self._mounted_once = True
        if self._fields:
            self._show()
        else:
            self.query_one("#form-ok").focus()

    def fill(
        self,
        fields: Sequence[Field],
        check: Check,
        *,
        follow: Follow | None = None,
        hints: Hints = lambda values: {},
        ready: bool = False,
    ) -> None:
        """Give a form that was opened without fields the ones it waited for."""
        self._hints = hints
        self._fields, self._check = tuple(fields), check
        self._follow, self._starts_ready = follow, ready
        if self._mounted_once:
            self._show()

    def _show(self) -> None:
        """Put the fields into the form, and the cursor where it belongs.

        Whoever went to the way back while they were still to come stays there.
        """
        fields = self._fields
        longest = max((width(field.title) for field in fields), default=0)
        room = min(_LONGEST_TITLE, longest) + 2
        self._rows = {field.key: Row(field, room) for field in fields}
        self.query_one("#form-wait").display = False
        self.query_one("#form-rows").mount(*self._rows.values())
        if self.focused is self.query_one("#form-no"):
            return
        first = next(iter(self._rows.values())).box
        (self.query_one("#form-ok") if self._starts_ready else first).focus()

    def on_resize(self, event: events.Resize) -> None:
        """The fields scroll between the title and the buttons, which always stay in sight."""
        rows = self.query_one("#form-rows")
        rows.styles.max_height = max(1, event.size.height * 9 // 10 - _AROUND)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields, without blanks around it."""
        return {key: row.box.value.strip() for key, row in self._rows.items()}

    def put(self, values: Values) -> None:
        """Replace what stands in some fields."""
        for key, value in values.items():
            self._rows[key].box.value = value

    def rooms(self) -> tuple[Room, ...]:
        """The rooms whose keys work now."""
        return ("pick", "form")

    def action_field(self, step: int) -> None:
        """Another field; around the ends."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    @on(Input.Submitted)
    def action_enter(self) -> None:
        """The next field, or accept in the last one."""
        rows = list(self._rows.values())
        if rows and self.focused is not rows[-1].box:
            self.focus_next()
        else:
            self.action_accept()

    @on(Button.Pressed, "#form-ok")
    def action_accept(self) -> None:
        """Give the values back, or say what is wrong with them."""
        if not self._rows:
            return
        values = self.values
        wrong = dict(self._check(values))
        for key, row in self._rows.items():
            row.say(wrong.get(key, ""))
        if not wrong:
            self.dismiss(values)
            return
        first = next((row for key, row in self._rows.items() if key in wrong), None)
        if first is not None:
            first.box.focus()

    @on(Button.Pressed, "#form-no")
    def action_back(self) -> None:
        """Give nothing back."""
        self.dismiss(None)

    @on(Pick.Changed)
    def _hear_choice(self, message: Pick.Changed) -> None:
        """Let other fields follow a choice."""
        key = next(key for key, row in self._rows.items() if row.box is message.pick)
        if self._follow is not None:
            self.put(self._follow(key, self.values))
        for named, words in self._hints(self.values).items():
            self._rows[named].suggest(words)


def _box(field: Field) -> Input | Pick:
    """What holds the value of a field."""
    if field.choices:
        return Pick(field.choices, field.words, field.value, id=f"field-{field.key}")
    classes = "-personal" if field.personal else None
    return Input(field.value, id=f"field-{field.key}", classes=classes, compact=True)
