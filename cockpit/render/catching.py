"""What is said below the catch-up report: the way back to the line, a sentence a seller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.words import n, t
from projections.reports.catch_up import CatchUp, CatchUpRow


def catching(report: CatchUp, names: Mapping[str, str]) -> list[str]:
    """The money and the three numbers of deals of each seller who lags, then what is too late."""
    said: list[str] = []
    for row in report.rows:
        if row.gap is not None and row.gap > 0:
            said.append(f"{_name(row, names)}: {'; '.join(_way(row, row.gap, report))}")
    return said + _late(report)


def _name(row: CatchUpRow, names: Mapping[str, str]) -> str:
    return clean(names.get(row.seller, row.seller))


def _money(amount: Fraction | int | None, report: CatchUp) -> str:
    """In whole currency units, for a sentence."""
    whole = None if amount is None else formats.major(amount, report.minor_digits)
    return formats.number(whole)


def _way(row: CatchUpRow, gap: Fraction, report: CatchUp) -> Iterator[str]:
    """What is missing now and the deals for it, then the other two goals."""
    credit = row.credit or Fraction()
    if credit:
        yield t(
            "behind {gap} − expected from deals in hand {credit} = {rest}",
            gap=_money(gap, report),
            credit=_money(credit, report),
            rest=_money(max(Fraction(), gap - credit), report),
        )
    else:
        yield t("behind {gap}", gap=_money(gap, report))
    if row.now is not None:
        yield _deals(row, row.now, report)
    if row.until and report.question.until is not None:
        yield n(
            "to be on the line on {day}: {count} deal, {money} a day",
            "to be on the line on {day}: {count} deals, {money} a day",
            row.until,
            count=formats.count(row.until),
            day=formats.day(report.question.until),
            money=_money(row.money_per_day, report),
        )
    if row.month:
        yield n("to finish the plan: {count} deal", "to finish the plan: {count} deals", row.month,
                count=formats.count(row.month))  # fmt: skip


def _deals(row: CatchUpRow, count: int, report: CatchUp) -> str:
    """`5 deals at 75 000, or 4 at 78 410` (requirement row 22)."""
    if not count:
        return t("no new deal is needed for that")
    check = _money(row.check, report)
    said = n("{count} deal at {check}", "{count} deals at {check}", count,
             count=formats.count(count), check=check)  # fmt: skip
    if row.check_for_fewer is None:
        return said
    fewer = _money(row.check_for_fewer, report)
    less = formats.count(count - 1)
    return t("{deals}, or {count} at {check}", deals=said, count=less, check=fewer)


def _late(report: CatchUp) -> list[str]:
    """What can no longer bring a sale before the period ends."""
    late = dict.fromkeys(row.activity for row in report.rows if row.late)
    if not late:
        return []
    steps = ", ".join(map(labels.activity, late))
    return [t("* too late for this period, counts for the next: {steps}", steps=steps)]
