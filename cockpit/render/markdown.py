"""A report as Markdown, for the chat after the stand-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cockpit.render.cells import clean
from cockpit.render.heading import heading
from cockpit.render.lines import essential
from cockpit.render.notes import notes
from cockpit.render.sheet import scales, sheet
from cockpit.words import t
from projections.report import Report

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def render(report: Report, *, names: Mapping[str, str], department: str = "") -> str:
    """A bold head, a pipe table in whole currency units, and the notes as a list."""
    scale = scales(report)[0]
    table = sheet(report, names, essential(report), scale)
    said = [f"**{plain(' · '.join(heading(report, department, scale.power)))}**", ""]
    if table.cells:
        said += [_row(table.heads), _row(["---:" if right else "---" for right in table.right])]
        said += [_row(map(plain, cells)) for cells in table.cells]
    else:
        said.append(t("nothing to show"))
    said += ["", *(f"- {plain(note)}" for note in notes(report, names))]
    return "\n".join(said) + "\n"


def _row(cells: Iterable[str]) -> str:
    """One line of a pipe table."""
    return f"| {' | '.join(cells)} |"


def plain(text: str) -> str:
    """The text so that Markdown takes none of it for its own signs; a line break is one of them."""
    return _SPECIAL.sub(r"\\\1", clean(text))
