"""The themes of the screen, and the only place with colours in numbers.

Whatever says how somebody stands (`text-success`, `text-warning`, `text-error`, `text-muted`, and
the text itself) keeps a contrast of 4.5 : 1 on every ground it is drawn on, in colour and in grey.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

from cockpit.words import mark

DARK: Final = Theme(
    name="cockpit-dark",
    dark=True,
    primary="#5aa9e6",
    secondary="#3d6f9e",
    accent="#8ecdf5",
    foreground="#e3e8ed",
    background="#11161b",
    surface="#181f26",
    panel="#1f2831",
    success="#7fd491",
    warning="#f0c45c",
    error="#ff9b91",
    variables={
        "text-success": "#7fd491",
        "text-warning": "#f0c45c",
        "text-error": "#ff9b91",
        "text-muted": "#a3b0bc",
        "ground-cursor": "#264259",
        "ground-total": "#232d37",
        "ground-past": "#4d3a0a",
    },
)

LIGHT: Final = Theme(
    name="cockpit-light",
    dark=False,
    primary="#0b5a94",
    secondary="#4b7ea6",
    accent="#0b5a94",
    foreground="#1b232b",
    background="#fbfcfd",
    surface="#f1f4f7",
    panel="#e4eaef",
    success="#0d652c",
    warning="#7a4c00",
    error="#a81919",
    variables={
        "text-success": "#0d652c",
        "text-warning": "#7a4c00",
        "text-error": "#a81919",
        "text-muted": "#4d5964",
        "ground-cursor": "#cfe3f4",
        "ground-total": "#e4eaef",
        "ground-past": "#f8e3ad",
    },
)

HIGH_CONTRAST: Final = Theme(
    name="cockpit-high-contrast",
    dark=True,
    primary="#ffffff",
    secondary="#c8c8c8",
    accent="#ffff66",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#7dff9b",
    warning="#ffe14d",
    error="#ff8888",
    variables={
        "text-success": "#7dff9b",
        "text-warning": "#ffe14d",
        "text-error": "#ff8888",
        "text-muted": "#dcdcdc",
        "ground-cursor": "#0000aa",
        "ground-total": "#161616",
        "ground-past": "#0000aa",
    },
)

COLOUR_BLIND: Final = Theme(
    name="cockpit-colour-blind",
    dark=True,
    primary="#8cc8ff",
    secondary="#3d6f9e",
    accent="#8cc8ff",
    foreground="#e8edf2",
    background="#10151b",
    surface="#171e26",
    panel="#1e2731",
    success="#7cc0ff",
    warning="#f7ec8c",
    error="#ff9a4d",
    variables={
        "text-success": "#7cc0ff",
        "text-warning": "#f7ec8c",
        "text-error": "#ff9a4d",
        "text-muted": "#a6b2be",
        "ground-cursor": "#2b3f52",
        "ground-total": "#232d37",
        "ground-past": "#45400d",
    },
)
"""Good is blue and bad is orange, which the common kinds of colour blindness keep apart."""

THEMES: Final = (DARK, LIGHT, HIGH_CONTRAST, COLOUR_BLIND)

NAMES: Final = {
    DARK.name: mark("dark"),
    LIGHT.name: mark("light"),
    HIGH_CONTRAST.name: mark("high contrast"),
    COLOUR_BLIND.name: mark("safe for the colour-blind"),
}

INKS: Final = ("foreground", "text-success", "text-warning", "text-error", "text-muted")
GROUNDS: Final = (
    "background", "surface", "panel", "ground-cursor", "ground-total", "ground-past",
)  # fmt: skip


def choose(asked: str | None, *, colourless: bool = False, few: bool = False) -> str:
    """The name of the theme to use: `dark`, `light`, `high-contrast` and `colour-blind` are
    short for ours.

    With the `few` colours of a 16-colour terminal the soft grounds of the others cannot be told
    from the text on them. Any other theme under NO_COLOR is replaced by high contrast, for one
    that leaves its colours to the terminal turns black on black there.
    """
    names = {theme.name.removeprefix("cockpit-"): theme.name for theme in THEMES}
    if asked is None:
        return HIGH_CONTRAST.name if few else DARK.name
    if asked in names or asked in names.values():
        return names.get(asked, asked)
    return HIGH_CONTRAST.name if colourless or few else DARK.name


def following(theme: str) -> str:
    """The name of the theme after this one, around the end."""
    names = [each.name for each in THEMES]
    return names[(names.index(theme) + 1) % len(names)] if theme in names else names[0]
