"""A report as JSON, for programs.

    {"report", "as_of", "known_at", "position", "mode", "period", "measure", "currency",
     "minor_digits", "rows": [...], "total": {...}, "trust": {...}}

and the parts only this report has.

Money is in minor units; see `plain` for the other numbers. `known_at` is null for "now", an
unknown figure is null. Nothing depends on the language.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cockpit.render.lines import own, parts
from cockpit.render.plain import record, tree
from projections.report import Report
from projections.reports.plan_fact import PlanCheck

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def render(report: Report, *, names: Mapping[str, str]) -> str:
    """The whole report; `names` are the sellers' names by their keys."""
    return encode(document(report, names))


def document(report: Report, names: Mapping[str, str]) -> dict[str, object]:
    """The report as nested mappings and lists."""
    dials, period = report.question.dials, report.question.period
    apart = parts(report)
    return {
        "report": report.name,
        "as_of": dials.as_of.isoformat(),
        "known_at": None if dials.known_at is None else dials.known_at.isoformat(),
        "position": dials.position,
        "mode": dials.mode,
        "period": {"first": period.first.isoformat(), "last": period.last.isoformat()},
        "measure": report.question.measure,
        "currency": report.currency,
        "minor_digits": report.minor_digits,
        "rows": [record(row, report, names) for row in report.rows],
        "total": None if report.total is None else record(report.total, report, names),
        **{part: [record(row, report, names) for row in rows] for part, rows in apart.items()},
        **{key: _own(value) for key, value in own(report).items() if key not in apart},
        "trust": tree(report.trust),
    }


def encode(document: Mapping[str, object]) -> str:
    """JSON text, indented, ending in a line break; numbers keep the decimals they have."""
    return msgspec.json.format(_ENCODER.encode(document), indent=2).decode() + "\n"


def _own(value: object) -> object:
    """A value only this report has."""
    if isinstance(value, PlanCheck):
        return {**msgspec.structs.asdict(value), "difference": value.difference}
    return tree(value)
