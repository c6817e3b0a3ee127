"""What comes from the keyboard, whatever a terminal sends: no bytes end the screen."""

from __future__ import annotations

import os
import re
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable
from typing import Final

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Resize
from textual.keys import Keys
from textual.message import Message

from cockpit.tui.dressed import Dressed

_KEY: Final = re.compile(r"\x1b\[(?P<codes>[\d:;]*)(?P<end>[u~ABCDEFHPQRS])")
_REPORT: Final = re.compile(r"\x1b\[[0-9:;=>?]*[ -/]*[@A-LN-Zn-x\\^_`a-lz{|}~]")
"""A sequence that is whole, but for those of the mouse (`M`, `m`) and of modes (`y`)."""

_PASTED: Final = "\x1b[200~", "\x1b[201~"
_BOUND: Final = re.compile(r"(\x1b\[20[01]~)")
_CONTROL: Final = re.compile(r"\x1b\[[0-9:;=>?]*[ -/]*[@-~]|[\x00-\x08\x0e-\x1f\x7f-\x9f]")

_LONGEST: Final = 16
"""Characters of a sequence that may come in two parts within a paste."""

_RELEASED: Final = 3
_SHIFT: Final = 0b1
_LOCKS: Final = 0b11000000
_SOON: Final = 0.1
"""Seconds after which a screen that ends before it hears anything is looked for."""

_LARGEST: Final = 2000
"""Cells a side: a window that tells of more is none."""


class Reader(XTermParser):
    """Textual's reader, taught all of the kitty protocol a terminal may send unasked."""

    def __init__(self) -> None:
        """Nothing is being pasted yet."""
        super().__init__()
        self._pasting = False
        self._held = ""

    def feed(self, data: str) -> Iterable[Message]:
        """The messages in what was typed; a window of no size is passed over."""
        told = self._bare(data)
        for message in super().feed(told) if told else ():
            if not isinstance(message, Resize) or _is_window(message):
                yield message

    def _bare(self, data: str) -> str:
        """What was typed, and what was pasted without its colours: they would press keys."""
        parts = _BOUND.split(self._held + data)
        self._held = ""
        for place, part in enumerate(parts):
            if part in _PASTED:
                self._pasting = part == _PASTED[0]
            elif self._pasting:
                if place == len(parts) - 1:
                    _, escape, begun = part[-_LONGEST:].rpartition("\x1b")
                    self._held = escape and escape + begun
                parts[place] = _CONTROL.sub("", part.removesuffix(self._held))
        return "".join(parts)

    def parse_mouse_code(self, code: str) -> Message | None:
        """A move of the mouse, in cells where the window has not said how many pixels it has."""
        pixels, cells = self.terminal_pixel_size, self.terminal_size
        self.mouse_pixels &= bool(pixels and cells and all(pixels) and all(cells))
        return super().parse_mouse_code(code)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        """The keys of a sequence, none while it is not whole; one nobody knows does nothing."""
        found = _KEY.fullmatch(sequence)
        if found and not alt:
            yield from self._pressed(found["codes"], found["end"])
            return
        known = list(super()._sequence_to_key_events(sequence, alt))
        if not known and _REPORT.fullmatch(sequence):
            known = [Key(Keys.Ignore, sequence)]
        yield from known

    def _pressed(self, codes: str, end: str) -> Iterable[Key]:
        """`code:shifted:base;held:kind;text`, each of them optional but in this order.

        A letter of another alphabet whose key has a Latin one goes by the Latin name, and still
        types itself.
        """
        fields = [_numbers(field) for field in codes.split(";")] + [[], [], []]
        code, shifted, base = (*fields[0], 0, 0, 0)[:3]
        held, kind = (*fields[1], 0, 0)[:2]
        typed = "".join(map(chr, filter(_is_sign, fields[2])))
        if kind == _RELEASED or not _is_sign(code) or (codes and end == "u" and not code):
            yield Key(Keys.Ignore, codes)
            return
        if not typed and end == "u":
            typed = _typed(code, shifted, max(held - 1, 0))
        name = typed
        if _is_sign(base) and "a" <= chr(base) <= "z" and not chr(code).isascii():
            name = chr(base).upper() if typed.isupper() else chr(base) if typed else ""
            code = base
        texts = ":".join(str(ord(letter)) for letter in name)
        plain = f"\x1b[{code or ''};{held or ''};{texts}{end}" if codes else f"\x1b[{end}"
        for event in super()._sequence_to_key_events(plain):
            yield Key(event.key, typed) if name != typed else event


def _numbers(field: str) -> list[int]:
    return [int(part or 0) for part in field.split(":")]


def _is_sign(code: int) -> bool:
    """Whether it is a character that can be written."""
    return 0 <= code < 0x110000 and not 0xD800 <= code < 0xE000


def _typed(code: int, shifted: int, held: int) -> str:
    """What a key types of which no text is told; nothing where that cannot be known."""
    if held & ~(_SHIFT | _LOCKS):
        return ""
    letter = chr(code)
    if held & _SHIFT:
        letter = chr(shifted) if _is_sign(shifted) and shifted else letter.upper()
        if letter == chr(code) and not letter.isspace():
            return ""
    return letter if letter.isprintable() and len(letter) == 1 else ""


def _is_window(message: Resize) -> bool:
    return all(0 < side <= _LARGEST for side in message.size)


class Keyboard(LinuxDriver):
    """Textual's driver, reading with our reader; bytes that are no text become `�`."""

    def __init__(
        self,
        app: App[None],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """What is typed before the app hears anything waits in the terminal."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._hears = app.hears if isinstance(app, Dressed) else None

    def run_input_thread(self) -> None:
        """Read until the screen ends."""
        while self._hears is not None and not self._hears.wait(_SOON):
            if self.exit_event.is_set():
                return
        reader = Reader()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    text = decode(os.read(self.fileno, 4096))
                    for message in reader.feed(text) if text else ():
                        self.process_message(message)
                for message in reader.tick():
                    self.process_message(message)
