"""Why the data trust line says what it says, of any report (feature P1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from events.trace import Trace
from projections.calendars import PEOPLE
from projections.dials import seen_day
from projections.explaining import asked
from projections.formula import Explanation, Term
from projections.report import Column, Part, Report, Row, Silence

NAME: Final = "trust"
ALL: Final = "department"

_COLUMNS: Final = (
    Column("events", "count"),
    Column("late_share", "share"),
    Column("unmeasured_share", "share"),
    Column("unknown", "count"),
    Column("silent", "days"),
)
_UNITS: Final = {column.key: column.unit for column in _COLUMNS}


class TrustRow(Row, frozen=True, kw_only=True):
    """What the trust line says of all events, or `silent`, the working days without any event of a
    seller's. Shares are None where there is nothing to divide by.
    """

    seller: str | None
    scope: str = "seller"
    events: int | None = None
    late_share: Fraction | None = None
    unmeasured_share: Fraction | None = None
    unknown: int | None = None
    silent: int | None = None


def part(report: Report, taken: Iterable[str] = ()) -> Part:
    """The trust line as rows, without the figures that the report has already under these names."""
    found = frozenset(taken)
    return Part(
        name=NAME,
        columns=tuple(column for column in _COLUMNS if column.key not in found),
        rows=tuple(_rows(report)),
    )


def explain(report: Report, row: str, figure: str, zone: str) -> Explanation:
    """The formula and the events of a figure of the trust line.

    Raises KeyError with the rows or the figures there are.
    """
    found = asked(_rows(report), row, figure, _UNITS)
    if getattr(found, figure) is None:
        raise KeyError(f"{figure}: {row}")
    silence = next((one for one in report.trust.silent if one.seller == row), None)
    return _silent(silence, zone) if silence else _counted(report, found, figure, zone)


def _rows(report: Report) -> Iterator[TrustRow]:
    """All events, then each seller who was silent."""
    trust = report.trust
    yield TrustRow(
        key=ALL,
        seller=None,
        scope=ALL,
        events=trust.events,
        late_share=Fraction(trust.late, trust.events) if trust.events else None,
        unmeasured_share=Fraction(trust.unmeasured, trust.calls) if trust.calls else None,
        unknown=trust.unknown or None,
    )
    for one in trust.silent:
        yield TrustRow(key=one.seller, seller=one.seller, silent=len(one.days))


def _counted(report: Report, row: TrustRow, figure: str, zone: str) -> Explanation:
    """The events of the period, or those of them that are late, unmeasured or unknown."""
    trust = report.trust
    period = trust.period or report.question.period
    shares = {"late_share": (trust.late, trust.events),
              "unmeasured_share": (trust.unmeasured, trust.calls)}  # fmt: skip
    kinds = {"unmeasured_share": ("call_made",), "unknown": trust.unknown_kinds}
    some, whole = shares.get(figure, (None, None))
    terms = (Term("k", some, "count"), Term("n", whole, "count")) if figure in shares else ()
    counted = figure == "events" and not trust.unknown
    return Explanation(
        figure=figure,
        unit=_UNITS[figure],
        value=getattr(row, figure),
        expression="k÷n" if terms else "",
        terms=terms,
        trace=Trace(
            kinds=kinds.get(figure, ()),
            fields=(("seconds", None),) if figure == "unmeasured_share" else (),
            first=period.first,
            last=min(period.last, seen_day(report.question.dials, zone)),
            zone=zone,
        ),
        events_sum="count" if counted else None,
        recorded_late=figure == "late_share",
    )


def _silent(found: Silence, zone: str) -> Explanation:
    """Why the days are working days, and what was logged on the days before and after them."""
    whose = ("", found.seller)
    return Explanation(
        figure="silent",
        unit="days",
        value=len(found.days),
        expression="w-d",
        terms=(
            Term("w", found.due, "days"),
            Term("d", found.due - len(found.days), "days"),
        ),
        days=found.days,
        trace=Trace(kinds=PEOPLE, sellers=whose, zone=zone),
        also=tuple(
            Trace(sellers=(found.seller,), first=first, last=last, zone=zone)
            for first, last in found.around
        ),
    )
