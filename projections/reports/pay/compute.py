"""From a window to the pay sheets of a month (feature P10, requirement rows 32-36, 111, 112)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from msgspec.structs import replace

from events.vocabulary.plans import Measure
from projections.correlation import by_rank
from projections.question import Question
from projections.reports.pay.ahead import Ahead, ahead
from projections.reports.pay.rows import (
    AFTER_CLOSE,
    CHECKS,
    COLUMNS,
    PART,
    Basis,
    PayReport,
    PayRow,
)
from projections.reports.pay.sheets import PaySheet, pay_sheet
from projections.returns import NOTHING, plus, worth
from projections.state import Settings
from projections.windows.pay import PayWindow
from projections.windows.pay_carried import Carry
from projections.windows.pay_month import name_of

FEWEST_RANKED = 3
"""Of fewer sellers an order by pay says nothing."""

MOST_FIXED = Fraction(3, 10)
"""More salary than this in the pay, and it is the base of the motivation (requirement row 33)."""

Turned = dict[str, tuple[int, int]]


def pay(window: PayWindow, question: Question, settings: Settings) -> PayReport:
    """A sheet for everybody employed in the month or with a line of an earlier one."""
    sheets: dict[str, PaySheet] = {}
    turned: Turned = {}
    rows: list[PayRow] = []
    lines: list[PayRow] = []
    for seller in _sellers(window, question):
        sheet, carried = pay_sheet(window.own, seller), list(_carried(window, seller, turned))
        if carried or _employed(window, seller):
            sheets[seller] = sheet
            lines += [*_premiums(seller, sheet), *carried]
            rows.append(_row(window, seller, sheet, carried))
    return PayReport(
        name="pay",
        question=replace(question, period=window.own.month, measure=_measure(window)),
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=(COLUMNS[0], PART, *COLUMNS[1:]),
        aside=(*(AFTER_CLOSE if window.closing else ()), *CHECKS),
        rows=tuple(rows),
        lines=tuple(lines),
        total=_total(rows),
        closing=window.closing,
        trust=window.trust,
        basis=Basis(
            zone=settings.zone,
            seen=window.seen,
            kinds=window.kinds,
            sheets=sheets,
            turned=turned,
            regular=window.own.regular,
            aside={
                seller: worth(window.own.aside.get(seller, NOTHING), sheet.scale.measure)
                for seller, sheet in sheets.items()
            },
        ),
    )


def _measure(window: PayWindow) -> Measure:
    """The plan that counts for whoever has no scale of the role's own."""
    return window.own.schemes.scale(None, window.own.month.first).measure


def _sellers(window: PayWindow, question: Question) -> list[str]:
    """Everybody ever hired, of those asked for."""
    found = set(window.own.calendars.people)
    return sorted(found & set(question.sellers) if question.sellers else found)


def _employed(window: PayWindow, seller: str) -> bool:
    month, person = window.own.month, window.own.calendars.people[seller]
    return any(spell.meets(month.first, month.last) for spell in person.spells)


def _row(window: PayWindow, seller: str, sheet: PaySheet, lines: Iterable[PayRow]) -> PayRow:
    """Who is gone has nothing but what earlier months bring or take."""
    carried = sum(line.carried or 0 for line in lines)
    known = sheet.known or not _employed(window, seller)
    found = _ahead(window, seller, sheet)
    return PayRow(
        key=f"seller:{seller}",
        seller=seller,
        role=sheet.role,
        ote=sheet.income.ote if sheet.income.runs else None,
        fixed=sheet.fixed,
        k=sheet.k,
        premium=sheet.premium,
        plan=sheet.plan,
        fact=sheet.fact,
        percent=None if sheet.reached is None else sheet.reached * 100,
        g=sheet.g,
        bonus=sheet.bonus,
        carried=carried,
        pay=sheet.settled + carried if known else None,
        one_more=None if found is None else found.now,
        ahead=found,
        margin=worth(window.own.sold.get(seller, NOTHING), "margin"),
        after_close=_after_close(window, seller, sheet),
    )


def _ahead(window: PayWindow, seller: str, sheet: PaySheet) -> Ahead | None:
    chain = window.chains.get(sheet.scale.measure, {}).get(seller)
    return None if chain is None else ahead(sheet, chain.check.value)


def _after_close(window: PayWindow, seller: str, sheet: PaySheet) -> int | None:
    """What came of the pay since the month was closed; the next open sheet pays it."""
    if window.closing is None:
        return None
    return 0 if window.closed is None else sheet.settled - pay_sheet(window.closed, seller).settled


def _premiums(seller: str, sheet: PaySheet) -> Iterator[PayRow]:
    """What the premium pays for each activity."""
    for kpi, amount in zip(sheet.kpis, sheet.premiums, strict=False):
        part = ":".join((kpi.activity, kpi.book or "*", kpi.direction or "*"))
        yield PayRow(
            key=f"{seller}|premium|{part}",
            seller=seller,
            kind="premium",
            part="premium",
            activity=kpi.activity,
            book=kpi.book,
            direction=kpi.direction,
            k=kpi.done,
            premium=amount,
        )


def _carried(window: PayWindow, seller: str, turned: Turned) -> Iterator[PayRow]:
    """What an earlier month changes: once for all that was recorded of it, then by refund."""
    for carry in window.carries:
        yield from _after(carry, seller, turned)
        yield from _refunds(carry, seller, turned)


def _after(carry: Carry, seller: str, turned: Turned) -> Iterator[PayRow]:
    month = name_of(carry.now.month)
    then = pay_sheet(carry.then, seller, carry.back_then.get(seller, NOTHING))
    now = pay_sheet(carry.now, seller, carry.back.get(seller, NOTHING))
    if (now.settled, now.fact) == (then.settled, then.fact):
        return
    key = f"{seller}|after_close|{month}"
    turned[key] = then.settled, now.settled
    yield PayRow(
        key=key,
        seller=seller,
        kind="after_close",
        part="after_close",
        month=month,
        after=carry.after,
        upto=carry.upto,
        fact=now.fact - then.fact,
        carried=now.settled - then.settled,
    )


def _refunds(carry: Carry, seller: str, turned: Turned) -> Iterator[PayRow]:
    month, back = name_of(carry.now.month), carry.back.get(seller, NOTHING)
    before = pay_sheet(carry.now, seller, back)
    for each in carry.fresh:
        if each.seller != seller:
            continue
        back = plus(back, each.money)
        now = pay_sheet(carry.now, seller, back)
        key = f"{seller}|refund|{month}|{each.id}|{each.sale}"
        turned[key] = before.settled, now.settled
        yield PayRow(
            key=key,
            seller=seller,
            kind="refund",
            part="refund",
            month=month,
            event=each.id,
            sale=each.sale,
            fact=now.fact - before.fact,
            carried=now.settled - before.settled,
        )
        before = now


def _total(rows: list[PayRow]) -> PayRow:
    """The sums of what is known, and the checks of the scheme over the sheets that are whole."""
    whole = [row for row in rows if row.pay is not None]
    paid = sum(row.pay or 0 for row in whole)
    earned = sum(row.margin or 0 for row in whole)
    fixed = Fraction(sum(row.fixed or 0 for row in whole), paid) if paid > 0 else None
    ranked = [(row.pay or 0, row.margin or 0) for row in whole]
    return PayRow(
        key="department",
        seller=None,
        scope="department",
        ote=_sum(rows, "ote"),
        fixed=_whole_sum(rows, "fixed"),
        premium=_whole_sum(rows, "premium"),
        plan=_whole_sum(rows, "plan"),
        fact=_whole_sum(rows, "fact"),
        bonus=_whole_sum(rows, "bonus"),
        carried=_whole_sum(rows, "carried"),
        pay=_whole_sum(rows, "pay"),
        margin=_whole_sum(rows, "margin"),
        after_close=_whole_sum(rows, "after_close"),
        fixed_share=fixed,
        variable_share=None if fixed is None else 1 - fixed,
        rank=by_rank(ranked) if len(ranked) >= FEWEST_RANKED else None,
        cost=Fraction(paid, earned) if earned > 0 else None,
    )


def _sum(rows: Iterable[PayRow], name: str) -> Fraction | None:
    known = [value for row in rows if (value := getattr(row, name)) is not None]
    return sum(known, Fraction()) if known else None


def _whole_sum(rows: Iterable[PayRow], name: str) -> int | None:
    found = _sum(rows, name)
    return None if found is None else int(found)
