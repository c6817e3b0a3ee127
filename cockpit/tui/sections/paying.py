"""What the board of payments says in words and shows by day."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

import msgspec

from cockpit import formats
from cockpit.render.cells import clean, wrap
from cockpit.render.sheet import Scale
from cockpit.tui import picture
from cockpit.tui.sheet import Piece, Tone
from cockpit.words import mark, n, t
from projections.promises import Promise
from projections.reports.payments import Day, PaymentRow, Payments

Said = tuple[Piece, ...]

_OUTCOMES: Final = {
    "kept": mark("{day} kept"),
    "broken": mark("{day} broken"),
    "pending": mark("{day} awaited"),
    "lapsed": mark("{day} lapsed"),
}


class Amounts(msgspec.Struct, frozen=True):
    """How the board writes money: minor units in the scale of its title."""

    minor_digits: int
    scale: Scale

    def of(self, minor: Fraction | int) -> str:
        """An amount."""
        return formats.number(
            formats.major(minor, self.minor_digits, self.scale.power), self.scale.digits
        )


def day_words(report: Payments, amounts: Amounts, width: int) -> tuple[Said, ...]:
    """The cash to date, whether the need of the day is covered, and what is agreed for it."""
    total = report.total
    planned = amounts.of(total.cash_plan)
    cash = _dotted(
        t("cash plan to date {plan}", plan=planned)
        if report.cash_plan_source == "target"
        else t("agreed at the start for the days past {plan}", plan=planned),
        t("received {amount}", amount=amounts.of(total.cash_fact)),
        t("needed today {amount}", amount=amounts.of(total.need)),
    )
    rest = _dotted(
        t("overdue {amount}", amount=amounts.of(total.overdue)),
        t("due today {amount}", amount=amounts.of(total.due_today)),
        t("promised today {amount}", amount=amounts.of(total.promised_today)),
    )
    words, tone = verdict(report, amounts)
    return (
        *_lines(cash, "plain", width),
        *_lines(words, tone, width),
        *_lines(rest, "muted", width),
    )


def verdict(report: Payments, amounts: Amounts) -> tuple[str, Tone]:
    """Whether the control list covers what is needed today, in plain words."""
    total = report.total
    if not total.need:
        return t("= nothing is needed today: the cash plan to date is reached"), "good"
    parts = {"covered": amounts.of(total.covered), "need": amounts.of(total.need)}
    if not total.short:
        count = sum(row.control for row in report.rows)
        return n("▲ today closes: {count} line in control brings {covered} of {need}",
                 "▲ today closes: {count} lines in control bring {covered} of {need}",
                 count, **parts), "good"  # fmt: skip
    return t("▼ today does NOT close by {short}: decide · "
             "in control {listed}, of which {covered} is to be expected",
             short=amounts.of(total.short), listed=amounts.of(total.listed),
             covered=parts["covered"]), "bad"  # fmt: skip


def agreed(row: PaymentRow, seen: dt.date) -> str:
    """By which word the money is to come: promised, broken, due, or no day at all."""
    if row.promised is not None:
        if row.promised < seen:
            return t("broke {day}", day=formats.day(row.promised))
        if row.when == "overdue":
            return t("late, part {day}", day=formats.day(row.promised))
        if row.promised == seen:
            return t("promised today")
        return t("promised {day}", day=formats.day(row.promised))
    if row.due is None:
        return t("no day")
    if row.due == seen:
        return t("due today")
    return t("due {day}", day=formats.day(row.due))


def history(row: PaymentRow, report: Payments) -> str:
    """The invoice, what was paid or credited of it, and every promise with what came of it."""
    claim = report.basis.claims[row.key]
    said = [t("no. {invoice} of {day}", invoice=clean(row.key), day=formats.day(row.issued))]
    for words, amount in (
        (mark("paid {amount}"), claim.paid),
        (mark("credited {amount}"), claim.credited),
        (mark("written off {amount}"), claim.written_off),
    ):
        if amount:
            said.append(t(words, amount=formats.money(amount, report.minor_digits)))
    said += [_promise(one) for one in row.promises] or [t("no promise")]
    return _dotted(*said)


def by_day(report: Payments, amounts: Amounts, width: int, *, height: int) -> tuple[Said, ...]:
    """The open money by the day agreed: the overdue in front, then every day of the period."""
    schedule = report.schedule
    days = {day.day: day for day in schedule.days}
    last = max([report.question.period.last, *days])
    span = range((last - report.basis.seen).days + 1)
    dates = [report.basis.seen + dt.timedelta(days=place) for place in span]
    bars = [_bar(t("late"), schedule.before, amounts, "bad"), _bar("", 0, amounts, "plain")]
    bars += [_bar(str(date.day), _sum(days.get(date)), amounts, "plain") for date in dates]
    if schedule.later or schedule.undated:
        bars.append(_bar("", 0, amounts, "plain"))
    if schedule.later:
        bars.append(_bar(t("later"), schedule.later, amounts, "muted"))
    if schedule.undated:
        bars.append(_bar(t("no day"), schedule.undated, amounts, "muted"))
    return picture.columns(bars, width, height)


def _sum(day: Day | None) -> int:
    """What is agreed for a day."""
    return day.amount if day else 0


def _bar(label: str, value: int, amounts: Amounts, tone: Tone) -> picture.Column:
    """A column; a day without money has no figure."""
    return picture.Column(
        label=label, value=value, figure=amounts.of(value) if value else "", tone=tone
    )


def _promise(promise: Promise) -> str:
    """The day of a promise and what came of it."""
    return t(_OUTCOMES[promise.outcome], day=formats.day(promise.due))


def _dotted(*parts: str) -> str:
    """Parts of a line."""
    return " · ".join(parts)


def _lines(text: str, tone: Tone, width: int) -> tuple[Said, ...]:
    """A sentence in as many lines as it takes."""
    return tuple(((line, tone),) for line in wrap(text, width))
