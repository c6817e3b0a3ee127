"""What was measured, as lines of one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

Verdict = Literal["ok", "over", "", "skipped", "failed"]
HEADINGS = ("line", "ours", "peer or limit", "ratio", "budget", "verdict")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One measurement; `ratio` is ours over the peer's unless `budget` says otherwise."""

    what: str
    ours: str
    peer: str
    ratio: float | None = None
    budget: str = ""
    verdict: Verdict = ""


def at_most(what: str, ours: float, peer: float, limit: float, *, unit: str, against: str) -> Line:
    """A line whose budget is a greatest ratio of two medians in the same unit."""
    ratio = ours / peer
    return Line(
        what=what,
        ours=amount(ours, unit),
        peer=f"{amount(peer, unit)} {against}",
        ratio=ratio,
        budget=f"<= {limit:g} x",
        verdict="ok" if ratio <= limit else "over",
    )


def within(what: str, ours: float, limit: float, *, unit: str) -> Line:
    """A line whose budget is a number of its own."""
    return Line(
        what=what,
        ours=amount(ours, unit),
        peer=f"{amount(limit, unit)} limit",
        ratio=ours / limit,
        budget=f"<= {amount(limit, unit)}",
        verdict="ok" if ours <= limit else "over",
    )


def compared(what: str, ours: float, peer: float, *, unit: str, against: str) -> Line:
    """A line without a budget: a peer to look at."""
    return Line(
        what=what,
        ours=amount(ours, unit),
        peer=f"{amount(peer, unit)} {against}",
        ratio=ours / peer,
    )


def skipped(what: str, why: str) -> Line:
    """A line that could not be measured here."""
    return Line(what=what, ours="-", peer=why, verdict="skipped")


def amount(value: float, unit: str) -> str:
    """Three figures that count, with the unit; seconds below one as milliseconds."""
    if unit == "s" and value < 1:
        value, unit = value * 1000, "ms"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def failed(what: str, why: str) -> Line:
    """A part that broke off."""
    return Line(what=what, ours="-", peer=" ".join(why.split())[-200:], verdict="failed")


def rendered(lines: Sequence[Line]) -> str:
    """The lines under their headings, columns padded to the widest entry."""
    rows = [HEADINGS, *(cells(line) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    printed = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([printed[0], "-" * len(printed[0]), *printed[1:]])


def cells(line: Line) -> tuple[str, ...]:
    """What stands in the columns of a line."""
    ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
    return line.what, line.ours, line.peer, ratio, line.budget, line.verdict
