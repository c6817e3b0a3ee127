"""Our themes can be read by everybody: WCAG AA in colour, and again when colour is taken away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

import cockpit.tui
from cockpit.tui.themes import GROUNDS, HIGH_CONTRAST, INKS, THEMES, choose

AA = 4.5


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(119, 119, 119), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_every_word_stands_out_in_colour_and_in_grey(theme: Theme, ground: str, ink: str) -> None:
    colours = theme.to_color_system().generate() | theme.variables
    text, behind = Color.parse(colours[ink]), Color.parse(colours[ground])
    assert contrast(text, behind) >= AA
    assert contrast(text.monochrome, behind.monochrome) >= AA


def test_the_high_contrast_theme_is_aaa() -> None:
    theme = next(theme for theme in THEMES if "high-contrast" in theme.name)
    colours = theme.to_color_system().generate() | theme.variables
    for ink in INKS:
        assert contrast(Color.parse(colours[ink]), Color.parse(colours["background"])) >= 7


def test_colours_in_numbers_stand_in_themes_only() -> None:
    folder = Path(cockpit.tui.__file__).parent
    hexes = re.compile(r"#[0-9a-fA-F]{3,8}\b")
    sources = [*folder.rglob("*.py"), *folder.rglob("*.tcss")]
    painted = [
        f"{path.name}: {match}"
        for path in sources
        if path.name != "themes.py"
        for match in hexes.findall(path.read_text())
        if len(match) in (4, 5, 7, 9)
    ]
    assert painted == []


def test_sixteen_colours_keep_text_and_ground_apart() -> None:
    colours = HIGH_CONTRAST.to_color_system().generate() | HIGH_CONTRAST.variables

    def number(name: str) -> int | None:
        return Color.parse(colours[name]).rich_color.downgrade(ColorSystem.STANDARD).number

    assert {number(ground) for ground in GROUNDS} == {0, 4}
    assert {number(ink) for ink in INKS} == {9, 10, 11, 15}


def test_sixteen_colours_get_the_theme_made_of_few() -> None:
    assert choose(None, few=True) == "cockpit-high-contrast"
    assert choose("light", few=True) == "cockpit-light"


@pytest.mark.parametrize(
    ("asked", "colourless", "expected"),
    [
        (None, False, "cockpit-dark"),
        ("light", False, "cockpit-light"),
        ("high-contrast", True, "cockpit-high-contrast"),
        ("ansi-dark", True, "cockpit-high-contrast"),
        ("ansi-dark", False, "cockpit-dark"),
        (None, True, "cockpit-dark"),
    ],
)
def test_a_theme_of_the_terminal_gives_way_without_colour(
    asked: str | None, colourless: bool, expected: str
) -> None:
    assert choose(asked, colourless=colourless) == expected
