"""The events behind what a pay sheet makes up for: refunds, and facts told after a close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from events.trace import Trace
from projections.period import Period, month_of
from projections.regularity import REGULARITY
from projections.reports.pay.rows import PayReport, PayRow
from projections.reports.pay.sheets import Kpi, PaySheet


def turned_traces(report: PayReport, row: PayRow) -> tuple[Trace, ...]:
    """What came after the close of each month that the sheet makes up for."""
    return tuple(
        carried_trace(report, line)
        for line in report.lines
        if line.kind not in ("premium", "refund") and row.seller in (None, line.seller)
    )


def carried_trace(report: PayReport, row: PayRow) -> Trace:
    """A refund with the sale it undoes, or what the log took between two closes."""
    basis = report.basis
    if row.kind == "refund":
        return Trace(
            ids=tuple(each for each in (row.event, row.sale) if each is not None), zone=basis.zone
        )
    month = _month(row.month or "")
    sheet = basis.sheets.get(row.seller or "")
    return Trace(
        kinds=(*basis.kinds, *done_kinds(sheet)),
        sellers=(row.seller or "",),
        first=month.first,
        last=month.last,
        zone=basis.zone,
        after=row.after or 0,
        upto=row.upto,
    )


def _month(name: str) -> Period:
    return month_of(dt.date.fromisoformat(f"{name}-01"))


def done_kinds(sheet: PaySheet | None) -> tuple[str, ...]:
    """The kinds of the deeds a sheet pays a premium for."""
    return deed_kinds(sheet.kpis) if sheet else ()


def deed_kinds(kpis: Iterable[Kpi]) -> tuple[str, ...]:
    """The kinds of the deeds a premium is paid for."""
    named = (kpi.activity for kpi in kpis if kpi.activity != REGULARITY)
    return tuple(dict.fromkeys(deed_kind(activity) for activity in named))


def deed_kind(activity: str) -> str:
    """A trade's own step is one kind of event for all of them."""
    return "step_completed" if activity.startswith(":") else activity.partition(":")[0]
