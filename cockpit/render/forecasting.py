"""What is said below the forecast ledger: whom to trust, how even sales are, when the plus is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.render.slipped import slipped
from cockpit.words import t
from projections.reports.forecast import Evenness, Forecast
from projections.rounding import half_up

_METHODS = ("run_rate", "pipeline", "word")

Said = tuple[str, str | None]
"""A line, and what of the report stands behind it."""


def forecasting(report: Forecast, names: Mapping[str, str]) -> list[str]:
    """Lines for people."""
    return [text for text, _ in said(report, names)]


def said(report: Forecast, names: Mapping[str, str]) -> list[Said]:
    """The same with what each of them opens."""
    return [
        *_trusted(report),
        *((_even(it, names), f"even:{it.seller or 'department'}")
          for it in report.evenness if it.attainment),
        *((text, "break-even:department") for text in _break_even(report)),
        *slipped(report.slips),
    ]  # fmt: skip


def _trusted(report: Forecast) -> Iterator[Said]:
    """The method that was nearest on each day, by the department's row."""
    for row in report.rows:
        errors = {
            method: abs(error)
            for method in _METHODS
            if (error := getattr(row, f"{method}_error")) is not None
        }
        if row.seller is None and errors:
            best = min(errors, key=lambda method: errors[method])
            said = t(
                "{days} working days before the end: nearest was the {method}, off by {error}",
                days=row.before_end,
                method=labels.figure(best),
                error=formats.percent(errors[best]),
            )
            yield said, row.key


def _even(it: Evenness, names: Mapping[str, str]) -> str:
    """Hit rate, mean and variation across months; distance and last third inside this one."""
    who = clean(names.get(it.seller or "", it.seller or labels.scope("department")))
    return t(
        "{who}: plan reached in {hits} of {months} months, mean {mean}, variation {cv}; this "
        "month up to {distance} off the diagonal, {third} in the last third",
        who=who,
        hits=it.hits,
        months=len(it.attainment),
        mean=formats.share(it.mean),
        cv=_two(it.cv),
        distance=formats.share(it.distance),
        third=formats.share(it.last_third),
    )


def _two(value: Fraction | None) -> str:
    return formats.UNKNOWN if value is None else formats.number(value, 2)


def _break_even(report: Forecast) -> Iterator[str]:
    found = report.break_even
    if found is None:
        return
    amount = formats.number(formats.major(half_up(found.revenue), report.minor_digits))
    if found.day is None:
        yield t("the plus begins at {amount}: not this month at this pace", amount=amount)
    else:
        yield t("the plus begins at {amount}: at this pace on {day}",
                amount=amount, day=formats.day(found.day))  # fmt: skip
