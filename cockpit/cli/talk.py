"""Where words go: data to stdout, talk to stderr. Nothing heavy is loaded for it."""

from __future__ import annotations

import sys

import msgspec


def say(text: str) -> None:
    """A line for people, apart from the data."""
    sys.stderr.write(f"{text}\n")


def tell(text: str) -> None:
    """A line of data."""
    sys.stdout.write(f"{text}\n")


def done(text: str) -> None:
    """What a command did, as its answer."""
    tell(f"✓ {text}")


def emit(value: object) -> None:
    """A value as JSON for programs."""
    tell(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


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
