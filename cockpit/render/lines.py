"""What every format prints of a report: which lines, which columns, in whose name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from cockpit import formats, labels
from cockpit.formats import UNKNOWN
from cockpit.render import correcting
from cockpit.render.cells import clean
from cockpit.words import t
from projections.formula import Unit
from projections.report import Column, Report, Row
from projections.reports.corrections import CorrectionRow
from projections.reports.quality.rows import Quality

_SPARE: Final = {
    "plan-fact": ("days", "days_done", "deviation_percent", "forecast_percent"),
    "activity": ("norm_source",),
    "ramp": (
        "card_mean_before", "short_share_before", "card_mean", "short_share", "times_wanted",
        "times",
    ),
    "calls": ("unmeasured", "brief", "under_3_share", "reached_share"),
    "norms": ("mean_seconds", "best_month"),
    "payments": ("due", "reliability"),
    "desk-check": ("age",),
    "bridge": ("planned", "actual"),
    "catch-up": (
        "credit_month", "gap_month", "gap_until", "check_for_fewer", "money_per_day", "check",
        "credit", "gap",
    ),
    "corrections": ("late", "change", "was", "became", "until", "target", "before"),
    "quality": ("by_chat", "by_live", "by_call"),
    "pay": ("plan", "fact", "ote", "g", "percent", "k", "carried"),
}  # fmt: skip
"""Columns a report is still itself without, in the order they go where there is no room."""

_PARTS: Final = frozenset({"book", "direction", "criterion", "part"})
"""What a row is a part by: a row without one speaks of all of them."""

_COMMON: Final = frozenset(Report.__struct_fields__)

_CORRECTING: Final[Mapping[str, Callable[[CorrectionRow], str]]] = {
    "metric": lambda row: correcting.metric(row.metric),
    "state": correcting.state,
    "before": lambda row: correcting.agreed_on(row.before),
    "target": lambda row: correcting.agreed_on(row.target),
}
"""The words of a correction."""

CLIENT: Final = "client:"
"""Goes before a client's key among the names, for a seller may have the same key."""


class Line(msgspec.Struct, frozen=True):
    """A row and the part of the report it stands in: `rows`, `total`, or a part of its own."""

    row: Row
    part: str = "rows"

    @property
    def sums_up(self) -> bool:
        """Whether the line speaks of others that are listed too."""
        return self.part != "rows"


def lines(report: Report) -> list[Line]:
    """Every line of a report: its rows, the parts only this report has, and the total."""
    found = [Line(row) for row in report.rows]
    for part, rows in parts(report).items():
        found += [Line(row, part) for row in rows]
    if report.total is not None:
        found.append(Line(report.total, "total"))
    return found


def shown(report: Report) -> list[Line]:
    """The lines people are shown: the criteria of a single seller, of several those of all."""
    found = lines(report)
    if report.name == "pay":
        return sorted(
            found, key=lambda line: (line.part == "total", seller_of(line.row, report) or "")
        )
    if not isinstance(report, Quality) or len(report.rows) < 2:
        return found
    return [
        line
        for line in found
        if line.part != "criteria" or getattr(line.row, "seller", None) is None
    ]


def parts(report: Report) -> dict[str, tuple[Row, ...]]:
    """The rows a report keeps apart from `rows`, by the name it gives them: `teams`, `totals` …

    Rows of another report beside it, which have other figures, are no lines of this one.
    """
    figures = [column.key for column in report.columns]
    return {
        name: value
        for name, value in own(report).items()
        if isinstance(value, tuple)
        and all(isinstance(row, Row) and all(hasattr(row, key) for key in figures) for row in value)
    }


def own(report: Report) -> dict[str, object]:
    """What a report has beyond the common shape."""
    names = report.__struct_fields__
    return {name: getattr(report, name) for name in names if name not in _COMMON}


def unit_of(column: Column, row: Row) -> Unit:
    """What a figure of a row is counted in; one can differ from the others of its row."""
    if column.unit != "own":
        return column.unit
    return getattr(row, f"{column.key}_unit", getattr(row, "unit", "text"))


def spare(report: Report) -> list[Column]:
    """The columns that go where there is no room, the first to go first."""
    columns = {column.key: column for column in report.columns}
    return [columns[key] for key in _SPARE.get(report.name, ()) if key in columns]


def essential(report: Report) -> list[Column]:
    """The columns a report is not itself without, in their order."""
    gone = spare(report)
    return [column for column in report.columns if column not in gone]


def leading(report: Report) -> list[Column]:
    """All columns, the essential ones first."""
    first = essential(report)
    return first + [column for column in report.columns if column not in first]


def seller_of(row: Row, report: Report) -> str | None:
    """The key of the seller a row speaks of, if it speaks of one."""
    own = getattr(row, "seller", None)
    if own is None and report.question.by == "seller":
        own = getattr(row, "cut", None)
    return own if isinstance(own, str) else None


def with_clients(names: Mapping[str, str], clients: Mapping[str, str]) -> dict[str, str]:
    """The sellers' names by their keys, and those of clients that rows can speak of."""
    return {**names, **{f"{CLIENT}{key}": name for key, name in clients.items()}}


def client_of(row: Row, names: Mapping[str, str]) -> str | None:
    """The name of the client a row speaks of, if it speaks of one; the key where it has none."""
    client = getattr(row, "client", None)
    return names.get(f"{CLIENT}{client}", client) if isinstance(client, str) else None


def title(line: Line, names: Mapping[str, str]) -> str:
    """Whom a line speaks of, as people say it."""
    seller = getattr(line.row, "seller", None)
    if isinstance(seller, str):
        return clean(names.get(seller, seller))
    scope = getattr(line.row, "scope", None)
    if scope == "team":
        return clean(str(getattr(line.row, "team", None) or labels.scope("team")))
    if isinstance(scope, str) and scope != "seller":
        return _summed(labels.scope(scope), scope == "department")
    return _summed(labels.scope("department" if line.sums_up else "unassigned"), line.sums_up)


def word(line: Line, key: str, report: Report, names: Mapping[str, str]) -> str:
    """What a text column says in a line."""
    if key == "seller":
        return title(line, names)
    value = getattr(line.row, key)
    if isinstance(line.row, CorrectionRow) and key == "outcome":
        return correcting.verdict(line.row, report.minor_digits)
    if isinstance(line.row, CorrectionRow) and key in _CORRECTING:
        return _CORRECTING[key](line.row)
    if key == "part" and value is not None:
        return _sheet_line(line.row, str(value))
    if key == "client":
        return t("all") if line.sums_up else clean(client_of(line.row, names) or UNKNOWN)
    if key == "invoice" and value is not None:
        return clean(line.row.key)
    if key == "cut":
        return _cut(line, value, report, names)
    if key == "factor":
        return _factor(line.row, str(value), report)
    if key == "source" and value is not None:
        return _source(line.row, str(value))
    if value is None:
        return t("all") if key in _PARTS else UNKNOWN
    return clean(_valued(report, key, str(value)))


def _sheet_line(row: Row, part: str) -> str:
    """A line of a pay sheet: the activity a premium is for, or the month something comes from."""
    activity, month = getattr(row, "activity", None), getattr(row, "month", None)
    narrow = [
        labels.value(name, value)
        for name in ("book", "direction")
        if (value := getattr(row, name, None)) is not None
    ]
    what = ", ".join((labels.activity(activity), *narrow)) if activity else str(month)
    return clean(f"{labels.value('part', part)}: {what}")


def _valued(report: Report, key: str, value: str) -> str:
    """The word for a value: a criterion is the department's own, a step is an activity."""
    if isinstance(report, Quality) and key in ("criterion", "weakest"):
        return report.text(value)
    if key in ("step_from", "step_to"):
        return labels.activity(value)
    return labels.value(key, value)


def _factor(row: Row, factor: str, report: Report) -> str:
    """Volume goes by what is counted, a conversion by its two steps.

    In the desk check what no factor explains is the measure itself.
    """
    if factor == "rest" and report.name == "desk-check":
        return labels.value("measure", report.question.measure)
    one, two = getattr(row, "step_from", None), getattr(row, "step_to", None)
    if factor in ("volume", "activity"):
        return clean(labels.activity(str(one)))
    if factor == "conversion":
        return clean(f"{labels.activity(str(one))} → {labels.activity(str(two))}")
    return labels.value("factor", factor)


def _source(row: Row, source: str) -> str:
    """Whose cases a figure is of, and how many there are."""
    reached, entered = getattr(row, "reached", None), getattr(row, "entered", None)
    of = str(reached) if entered is None else t("{k} of {n}", k=reached, n=entered)
    return t("own {of}", of=of) if source == "own" else t("mixed, own {of}", of=of)


def _cut(line: Line, value: str | None, report: Report, names: Mapping[str, str]) -> str:
    """The value a line is cut by: None in a sum is all of them, an empty one is not known."""
    by = report.question.by
    if value is None and line.sums_up:
        return t("all")
    if not value:
        return labels.scope("unassigned") if by == "seller" else UNKNOWN
    if by == "week":
        return formats.date(dt.date.fromisoformat(value))
    return clean(names.get(value, value) if by == "seller" else labels.value(by, value))


def _summed(text: str, whole: bool) -> str:
    """The department stands out by capitals, not by colour."""
    return text.upper() if whole else text
