"""The rows a report opens besides its own: what they are called, what they can explain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from cockpit import formats, labels
from cockpit.render import correcting
from cockpit.render.cells import clean
from cockpit.render.lines import Line, title, word
from cockpit.words import t
from projections import trust_why
from projections.catalogue import parts
from projections.report import Part, Report, Row
from projections.reports.corrections import CorrectionRow


def found(report: Report, key: str) -> tuple[Part, Row] | None:
    """The row that the whole report knows by a key, with the part it stands in."""
    for part in parts(report):
        for row in part.rows:
            if part.key(row) == key:
                return part, row
    return None


def figures(part: Part, row: Row) -> tuple[str, ...]:
    """What of a row can be explained: its figures as far as they are known."""
    return tuple(
        column.key
        for column in part.columns
        if column.unit != "text" and getattr(row, column.key, None) is not None
    )


def named(report: Report, part: Part, row: Row, names: Mapping[str, str]) -> str:
    """`course of the month, Mon 12.10.`: the part and whom or what the row speaks of."""
    return f"{_title(part.name)}, {_subject(report, row, names)}"


def _title(name: str) -> str:
    """What a part is called."""
    match name:
        case "book":
            return t("order book")
        case "board":
            return labels.report("plan-fact")
        case "rhythm":
            return t("stand-ups")
        case "late":
            return t("recorded late")
        case "slips":
            return labels.value("book_line", "dates")
        case "even":
            return t("how evenly sales come")
        case trust_why.NAME:
            return t("how far to trust the data")
        case "break-even":
            return t("where the plus begins")
    return labels.report(name)


def _subject(report: Report, row: Row, names: Mapping[str, str]) -> str:
    """Whom or what a row speaks of."""
    day = getattr(row, "day", None)
    if isinstance(day, dt.date):
        return f"{formats.weekday(day)} {formats.day(day)}"
    if isinstance(row, CorrectionRow):
        return f"{title(Line(row), names)}, {correcting.metric(row.metric)}"
    for name, said in (("factor", None), ("line", "book_line"), ("deal", "deal")):
        value = getattr(row, name, None)
        if isinstance(value, str):
            what = labels.value(said, value) if said else word(Line(row), name, report, names)
            whose = getattr(row, "seller", None)
            return clean(what) if whose is None else f"{title(Line(row), names)}, {clean(what)}"
    total = row.key == "department"
    return title(Line(row, "total" if total else "rows"), names)
