"""Our themes can be read by everybody: WCAG AA in colour, and again when colour is taken away."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

import cockpit.tui
from cockpit.tui.themes import COLOUR_BLIND, GROUNDS, HIGH_CONTRAST, INKS, THEMES, choose, following

AA = 4.5


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
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


DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
TRITANOPIA = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
"""What is left of linear light (Machado, Oliveira, Fernandes 2009, severity 1)."""

Kind = tuple[tuple[float, float, float], ...]


def linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def seen_by(kind: Kind, color: Color) -> tuple[float, float, float]:
    """Linear light as somebody of that kind sees it."""
    light = [linear(channel) for channel in color.rgb]
    red, green, blue = (min(1.0, max(0.0, sum(map(float.__mul__, row, light)))) for row in kind)
    return red, green, blue


def lab(light: tuple[float, float, float]) -> tuple[float, float, float]:
    """CIELAB (D65) of linear sRGB light."""
    red, green, blue = light
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (
        value ** (1 / 3) if value > 216 / 24389 else value * 841 / 108 + 4 / 29 for value in xyz
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("kind", [DEUTERANOPIA, PROTANOPIA, TRITANOPIA])
def test_the_colour_blind_tell_good_from_bad(kind: Kind) -> None:
    good, bad = (
        Color.parse(COLOUR_BLIND.variables[f"text-{name}"]) for name in ("success", "error")
    )
    assert math.dist(lab(seen_by(kind, good)), lab(seen_by(kind, bad))) > 40


def test_every_theme_has_its_turn() -> None:
    names = [theme.name for theme in THEMES]
    walked = [names[0]]
    while (after := following(walked[-1])) != names[0]:
        walked.append(after)
    assert walked == names


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
