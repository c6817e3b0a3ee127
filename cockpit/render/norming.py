"""What is said below the report of norms: which ones are not to be believed, and benchmarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.words import n, t
from projections.counts import VOLUME
from projections.reports.activity import Activity, ActivityRow
from projections.reports.norms import NormRow, NormsReport


def norming(report: NormsReport, names: Mapping[str, str]) -> list[str]:
    """Warnings, then where each benchmark is from."""
    said = warnings(report.rows, names)
    origins = {(row.activity, row.direction): row.origin for row in report.rows if row.origin}
    for (activity, direction), origin in origins.items():
        name = labels.activity(activity)
        if direction is not None:
            name = f"{name}, {labels.value('direction', direction)}"
        said.append(t("benchmark of {activity}: {origin}", activity=name, origin=clean(origin)))
    return said


def doing(report: Activity, names: Mapping[str, str]) -> list[str]:
    """The first red line of each seller, and what was left out."""
    said = [first_red(row, names) for row in report.rows if row.first_red and row.seller]
    if report.brief:
        said.append(
            n(
                "{count} call under {seconds} s is not counted",
                "{count} calls under {seconds} s are not counted",
                report.brief,
                seconds=report.brief_seconds,
                count=formats.count(report.brief),
            )
        )
    return said


def first_red(row: ActivityRow, names: Mapping[str, str]) -> str:
    """What is below its norm first along the sale: volume, where that is the first step itself."""
    seller = clean(names.get(row.seller or "", row.seller or ""))
    what, share = labels.activity(row.activity), formats.percent(row.percent)
    if row.activity == VOLUME:
        return t("▼ {seller}: volume first, {activity} at {share} of the norm",
                 seller=seller, activity=what, share=share)  # fmt: skip
    return t("▼ {seller}: volume holds, first below the norm are {activity} at {share}",
             seller=seller, activity=what, share=share)  # fmt: skip


def warnings(rows: Iterable[NormRow], names: Mapping[str, str]) -> list[str]:
    """A line for each norm that is above what was ever done, or above what the hours allow."""
    return [_warning(row, kind, names) for row in rows for kind in row.warned]


def _warning(row: NormRow, kind: str, names: Mapping[str, str]) -> str:
    whose = clean(names.get(row.seller, row.seller))
    what, norm = labels.activity(row.activity), formats.count(row.norm)
    if kind == "rate" and row.rate is not None:
        return t(
            "⚠ {seller}, {activity}: {norm} a day is more than 1.25 × the best month, "
            "{month} with {rate} a day",
            seller=whose,
            activity=what,
            norm=norm,
            month=formats.month(row.rate.month),
            rate=formats.number(row.best_month, 1),
        )
    seconds = (row.norm or 0) * (row.mean_seconds or 0)
    return t(
        "⚠ {seller}, {activity}: {norm} × {length} take {time}, above {share} of an 8 h day",
        share=formats.percent(70),
        seller=whose,
        activity=what,
        norm=norm,
        length=formats.duration(row.mean_seconds),
        time=formats.duration(seconds),
    )
