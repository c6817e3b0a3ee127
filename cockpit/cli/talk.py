"""Where words go: data to stdout, talk to stderr. Nothing heavy is loaded for it."""

from __future__ import annotations

import sys
from typing import Final

import msgspec

_FAMILIAR: Final = dict.fromkeys(map(ord, "\n\u00a0\u202f"), " ")
"""Not printable by Python's book, and harmless: line ends, and the spaces inside amounts."""


def say(text: str) -> None:
    """A line for people, apart from the data."""
    sys.stderr.write(f"{harmless(text)}\n")


def tell(text: str) -> None:
    """A line of data."""
    sys.stdout.write(f"{harmless(text)}\n")


def harmless(text: str) -> str:
    """A text without the signs by which a name could move the cursor or turn the line around."""
    if text.translate(_FAMILIAR).isprintable():
        return text
    from cockpit.render.cells import clean

    return "\n".join(map(clean, text.split("\n")))


def done(text: str) -> None:
    """What a command did, as its answer."""
    tell(f"✓ {text}")


def emit(value: object) -> None:
    """A value as JSON for programs."""
    sys.stdout.write(f"{msgspec.json.format(msgspec.json.encode(value), indent=2).decode()}\n")


def watched() -> bool:
    """Whether a person sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def terminal_width() -> int:
    """The width of the terminal; 100 where there is none."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def program() -> str:
    """What to type for this program here: its name where the shell finds it, else its path."""
    import shutil

    name = "cockpit"
    called = sys.argv[0]
    return name if shutil.which(name) or not called.endswith(f"/{name}") else called
