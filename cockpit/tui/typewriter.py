"""A screen drawn with letters and the signs of a typewriter alone, whatever draws on it."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("▸▶›»", ">"),
        **dict.fromkeys("◂◀‹«", "<"),
        **dict.fromkeys("▼↓", "v"),
        **dict.fromkeys("▲↑", "^"),
        **dict.fromkeys("─╌–—−", "-"),
        **dict.fromkeys("│┊┆", "|"),
        **dict.fromkeys("█▓■●", "#"),
        **dict.fromkeys("━▇▆▅", "="),
        **dict.fromkeys("▄▃", "-"),
        **dict.fromkeys("▂▁", "_"),
        **dict.fromkeys("▔▀", "-"),
        **dict.fromkeys("▌▐▎▍▋▊▉▏", "|"),
        **dict.fromkeys("░▒", ":"),
        **dict.fromkeys("✓√", "+"),
        **dict.fromkeys("·•∙", "."),
        "→": ">", "←": "<", "×": "x", "÷": "/", "…": "~", "✗": "!", "⚠": "!", "Σ": "S", "Δ": "D",
        "∞": "8", "≥": ">", "≤": "<", "≈": "~", "≠": "!", "±": "~", "‖": "|", "⏸": "|", "◆": "*",
        "“": '"', "”": '"', "„": '"', "\u00a0": " ",
        "🔎": "> ",
    }
)  # fmt: skip
"""A sign of the same width and much the same meaning."""


class Typewriter(LineFilter):
    """Puts plain signs in the place of all others, on the way to the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, sign by sign as wide as before."""
        return [
            Segment(text.translate(_SIGNS), style, control) for text, style, control in segments
        ]
