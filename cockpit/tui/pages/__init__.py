"""What lies below the boards of a room: each page is loaded when it is made."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cockpit.tui.widgets.board import Board

PAGES: Final[dict[str, str]] = {
    "seller": "SellerPage",
    "bridge": "BridgePage",
    "figures": "FiguresPage",
    "figure": "FigurePage",
    "event": "EventPage",
    "story": "StoryPage",
}
"""The class of each page, by its name, which its module has as well."""


def made(name: str) -> Board:
    """A new page of a name, which is also its id. Raises KeyError where there is none."""
    module = import_module(f"cockpit.tui.pages.{name}")
    kind: type[Board] = getattr(module, PAGES[name])
    return kind(id=name)
