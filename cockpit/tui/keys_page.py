"""The manual's page of keys, written from the registry: `python -m cockpit.tui.keys_page`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cockpit.tui.actions import ACTIONS, Action, Room, keys_of, of
from cockpit.tui.keys import shown, twin

PAGE: Final = Path(__file__).parents[2] / "docs" / "keys.md"

_ROOMS: Final[dict[Room, str]] = {
    "desk": "The desk check",
    "standup": "The stand-up",
    "figures": "Figures, in the desk check and the stand-up",
    "stretch": "What activities are counted over",
    "dials": "The two dials: what had happened, what was known",
    "replay": "Replaying a month",
    "jump": "Going somewhere, in every room",
    "row": "Rows",
    "board": "Boards",
    "agree": "A row of a seller",
    "seller": "A seller's page",
    "deeper": "One level deeper: a seller's page, the events behind a figure, an event",
    "help": "Help",
    "form": "Forms",
    "pick": "A field with choices",
    "leaving": "The question before the end",
    "app": "Everywhere",
}

_HEAD: Final = """# Keys

Every letter also works from the same physical key on a Cyrillic (ЙЦУКЕН) layout. The line at the
bottom of the screen names the most important keys, `?` or F1 shows all of them, and `g` finds
every action, seller and item by its name, `j` labels what is seen with letters that go there.
Everything can be clicked as well.

The [configuration](config.md) gives an action other keys by its id, several of them separated by
commas:

```toml
[keys]
"clock.pause" = "z"
```
"""


def page() -> str:
    """The whole page, in English."""
    parts = [_HEAD]
    for room, title in _ROOMS.items():
        parts.append(f"## {title}\n\n| keys | what | id |\n| --- | --- | --- |")
        parts += [_row(action) for action in of(room)]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _row(action: Action) -> str:
    """A line of a table."""
    return f"| {_keys(action)} | {action.tooltip} | `{action.id}` |"


def _keys(action: Action) -> str:
    """The keys of an action, each with what a Cyrillic keyboard has in its place."""
    named = []
    for key in keys_of(action, {}):
        other = None if "+" in key else twin(key)
        beside = f" ({shown(other)})" if other else ""
        named.append(f"{shown(key)}{beside}")
    return ", ".join(named)


def main() -> None:
    """Write the page."""
    missing = {action.room for action in ACTIONS} - set(_ROOMS)
    if missing:
        raise SystemExit(f"no title for {', '.join(sorted(missing))}")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
