"""What is said below the desk check: what is not listed, and the money of today."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from cockpit import formats
from cockpit.render import correcting
from cockpit.render.cells import clean
from cockpit.render.lines import client_of
from cockpit.render.ramping import said as growing
from cockpit.words import n, t
from projections.reports.desk_check import DeskCheck
from projections.reports.payments import PaymentRow


def checking(report: DeskCheck, names: Mapping[str, str]) -> list[str]:
    """The lines beyond those listed, norms to decide on, yesterday's corrections, the sums of the
    day, and the claims behind them."""
    said: list[str] = []
    if not report.rows:
        said.append(t("nothing sags: every indicator is on its line or norm"))
    if report.more:
        said.append(unlisted(report))
    said += [growing(row, names) for row in report.asks]
    said += _agreed(report, names)
    if report.today is None:
        return said
    total = report.today.total
    said.append(
        t(
            "expected today {today}, overdue {overdue}, needed {need}",
            today=_money(total.due_today + total.promised_today, report),
            overdue=_money(total.overdue, report),
            need=_money(total.need, report),
        )
    )
    return said + [claim(row, report, names) for row in report.today.claims]


def _agreed(report: DeskCheck, names: Mapping[str, str]) -> list[str]:
    """Yesterday's corrections: how many wait, then whose each is, and how it stands."""
    if not report.agreed:
        return []
    title = t("Yesterday's corrections")
    return [
        f"{title}: {correcting.waiting(report.agreed)}",
        *(
            " · ".join(
                (
                    clean(names.get(found.seller, found.seller)),
                    correcting.summary(found),
                    correcting.standing(found, report.seen),
                )
            )
            for found in report.agreed
        ),
    ]


def unlisted(report: DeskCheck) -> str:
    """How many sags are not listed, and what they cost together."""
    return n(
        "{count} more sags, {amount} together",
        "{count} more sag, {amount} together",
        report.more,
        amount=_money(report.others, report),
    )


def claim(row: PaymentRow, report: DeskCheck, names: Mapping[str, str]) -> str:
    """One claim: who owes how much, whose client it is, since when or until when."""
    client = clean(client_of(row, names) or formats.UNKNOWN)
    seller = clean(names.get(row.seller or "", row.seller or formats.UNKNOWN))
    day = row.promised or row.due
    said = [client, _money(row.open, report), seller]
    if day is not None:
        said.append(formats.day(day))
    if row.broken:
        said.append(n("{count} promise broken", "{count} promises broken", row.broken))
    return " · ".join(said)


def _money(amount: Fraction | int, report: DeskCheck) -> str:
    """In whole currency units, for a sentence."""
    return formats.number(formats.major(amount, report.minor_digits))
