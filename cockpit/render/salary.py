"""What is said below the pay sheets: what one more deal pays, what is missing, the checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.words import n, t
from projections.reports.pay import MOST_FIXED, Ahead, PayReport, PayRow


def salary(report: PayReport, names: Mapping[str, str]) -> list[str]:
    """A line for each seller ahead of a step, those without a sheet, the checks, the close."""
    said: list[str] = []
    for row in report.rows:
        name = clean(names.get(row.seller or "", row.seller or ""))
        if row.ahead is not None and row.pay is not None:
            said.append(f"{name}: {one_more(row.ahead, report)}")
        said += [f"{name}: {missing}" for missing in lacking(row, report)]
    return [*said, *_earlier(report, names), *_checks(report), *_closed(report, names)]


def one_more(found: Ahead, report: PayReport) -> str:
    """`one more deal (75 000) pays 0 now; 14 deals to 70 %: opens 38 500 at once, then …`."""
    said = t(
        "one more deal ({check}) pays {now} now",
        check=_money(found.check, report),
        now=_money(found.now, report),
    )
    return "; ".join(part for part in (said, ahead(found, report)) if part)


def ahead(found: Ahead, report: PayReport) -> str:
    """The steps still to come: `14 deals to 70 %: opens 38 500 at once, then 1 375 a deal`."""
    said = []
    for leg in found.legs:
        parts = {
            "start": formats.share(leg.start),
            "opens": _money(leg.opens, report),
            "each": _money(leg.per_deal, report),
        }
        deals = n("{count} deal to {start}", "{count} deals to {start}", leg.deals, **parts)
        if leg.opens and leg.per_deal:
            then = t("opens {opens} at once, then {each} a deal", **parts)
        elif leg.opens:
            then = t("opens {opens} at once", **parts)
        else:
            then = t("then {each} a deal", **parts)
        said.append(f"{deals}: {then}")
    return "; ".join(said)


def lacking(row: PayRow, report: PayReport) -> Iterator[str]:
    """What has to be set before the sheet is whole."""
    sheet = report.basis.sheets.get(row.seller or "")
    if sheet is None or row.pay is not None:
        return
    if not sheet.income.runs:
        yield t(
            "no total income is set: cockpit pay income 100k --seller {seller}", seller=row.seller
        )
        return
    if sheet.reached is None:
        yield t("no plan for this month: cockpit plan set {seller} 3m", seller=row.seller)
    if sheet.k is None and sheet.away:
        yield t(
            "no day of the month is worked, so no norm is due that a premium could be read from"
        )
    elif sheet.k is None:
        bare = [labels.activity(kpi.activity) for kpi in sheet.kpis if kpi.done is None]
        what = ", ".join(bare) or t("any activity of the premium")
        yield t("no norm for {what}: cockpit norm set", what=what)


def _earlier(report: PayReport, names: Mapping[str, str]) -> Iterator[str]:
    """`Ivanov, 2026-10: after close +1 200` for what the sheets have of earlier months."""
    for row in report.rows:
        own = [line for line in report.lines if line.seller == row.seller and line.month]
        if not report.lines and row.carried:
            name = clean(names.get(row.seller or "", row.seller or ""))
            amount = _money(row.carried, report, signed=True)
            yield t("{name}: of earlier months {amount}, see --parts", name=name, amount=amount)
        for line in own:
            yield f"{clean(names.get(row.seller or '', row.seller or ''))}, {carried(line, report)}"


def carried(line: PayRow, report: PayReport) -> str:
    """`2026-10: after close +1 200 (sales +40 000)`."""
    parts = {
        "month": line.month,
        "amount": _money(line.carried or 0, report, signed=True),
        "fact": _money(line.fact or 0, report, signed=True),
    }
    if line.kind == "refund":
        return t("{month}: refund {amount} (sales {fact})", **parts)
    return t("{month}: after close {amount} (sales {fact})", **parts)


def _checks(report: PayReport) -> Iterator[str]:
    """The scheme as a whole, judged once the month is over; nothing where sellers were named."""
    total = report.total
    if report.question.sellers or total.fixed_share is None or total.variable_share is None:
        return
    fixed, variable = formats.share(total.fixed_share), formats.share(total.variable_share)
    said = t("salary {fixed} of the pay, variable {variable}", fixed=fixed, variable=variable)
    over = report.basis.seen > report.question.period.last
    if over and total.fixed_share > MOST_FIXED:
        most = formats.share(MOST_FIXED)
        said += " " + t("▲ above {most}: salary as the base of motivation", most=most)
    yield said
    if total.rank is not None:
        said = t("rank correlation of pay and margin {rank}", rank=formats.number(total.rank, 2))
        yield f"{said} {_coffee(total.rank) if over else ''}".rstrip()
    if total.cost is not None:
        yield t("pay per unit of margin {cost}", cost=formats.number(total.cost, 2))


def _coffee(rank: Fraction) -> str:
    """A word where who brings more is not paid more."""
    return t("▼ coffee for everyone: who brings more is not paid more") if rank <= 0 else ""


def _closed(report: PayReport, names: Mapping[str, str]) -> Iterator[str]:
    """The close, and what came of the pay since."""
    closing = report.closing
    if closing is None:
        return
    said = [
        t(
            "closed on {day} at event {number}",
            day=formats.date(closing.day),
            number=closing.position,
        )
    ]
    moved = [row for row in report.rows if row.after_close]
    if moved:
        listed = ", ".join(
            f"{clean(names.get(row.seller or '', row.seller or ''))} "
            f"{_money(row.after_close or 0, report, signed=True)}"
            for row in moved
        )
        amount = _money(report.total.after_close or 0, report, signed=True)
        said.append(
            t("after close {amount}, in the next open sheet: {parts}", amount=amount, parts=listed)
        )
    yield " · ".join(said)


def _money(amount: Fraction | int, report: PayReport, *, signed: bool = False) -> str:
    return formats.number(formats.major(amount, report.minor_digits), signed=signed)
