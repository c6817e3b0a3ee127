"""The boards a stand-up went through, in a few lines each, for its minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cockpit import formats, labels
from cockpit.render import correcting
from cockpit.render.bridging import lost
from cockpit.render.cells import clean
from cockpit.render.heading import period
from cockpit.render.meeting import rhythm_line
from cockpit.render.norming import first_red
from cockpit.render.paying import paying
from cockpit.render.sheet import STANDINGS
from cockpit.words import t
from projections.draw import Draw, Drawn
from projections.report import Report
from projections.reports.activity import Activity
from projections.reports.bridge import BridgeReport
from projections.reports.conversions import ConversionRow, Conversions
from projections.reports.corrections import CorrectionRow
from projections.reports.minutes import AnsweredRow, Minutes
from projections.reports.payments import Payments
from projections.reports.quality import Quality, QualityRow
from projections.reports.rhythm import Rhythm

Names = Mapping[str, str]
Said = Mapping[str, Mapping[str, str]]
"""The personal texts of events, by id and field."""


def rhythm(report: Minutes, names: Names, said: Said) -> Iterator[str]:
    """The rhythm in a line, then what was agreed last: what was said of it, and its effect."""
    held = report.boards.get("rhythm")
    if isinstance(held, Rhythm):
        yield rhythm_line(held)
    answers = {row.correction: row for row in report.answered}
    for row in report.reviewed:
        yield _reviewed(row, answers.get(row.key), report.minor_digits, names, said)


def answered(row: AnsweredRow, names: Names, said: Said) -> str:
    """What was said of a correction that the stand-up did not begin with."""
    return _dotted(_stood(row, _verdict(row), names), said.get(row.event, {}).get("note", ""))


def board(item: str, report: Minutes, names: Names) -> list[str]:
    """The lines of an item whose board is told in lines; none for any other."""
    tell = _TOLD.get(item)
    return list(tell(report.boards, names)) if tell else []


def drawn(draw: Draw, names: Names) -> str:
    """The numbers of the calls drawn for the week, by seller; who was heard has the card behind."""
    said = "; ".join(
        f"{_name(seller, names)} {', '.join(map(_heard, some))}"
        for seller, some in draw.sellers.items()
        if some
    )
    if not said:
        return ""
    title = t(
        "to listen to in the week of {day}, of the calls made {period}",
        day=formats.date(draw.week.first),
        period=period(draw.made),
    )
    return f"{title}: {said}"


def over(report: Minutes) -> str:
    """The items that took longer than their box, and by how much; empty where none did."""
    return ", ".join(
        f"{labels.value('item', row.item)} +{formats.face(row.seconds - row.box)}"
        for row in report.over
    )


def _heard(call: Drawn) -> str:
    """`#4711`, `#4711 ✓ #4902` once there is a card."""
    return " ".join((f"#{call.call.seq}", *(f"✓ #{card}" for card in call.cards)))


def _reviewed(
    row: CorrectionRow, answer: AnsweredRow | None, digits: int, names: Names, said: Said
) -> str:
    """A correction the stand-up began with: how it stood, what was answered, what it changed."""
    stood = correcting.state(row) if answer is None else _verdict(answer)
    note = said.get(answer.event, {}).get("note", "") if answer is not None else ""
    return _dotted(_stood(row, stood, names), note, correcting.effect(row, digits))


def _stood(row: CorrectionRow | AnsweredRow, verdict: str, names: Names) -> str:
    """`Ivanov: calls 50 → 70: done`."""
    return t(
        "{seller}: {metric} {before} → {target}: {verdict}", seller=_name(row.seller, names),
        metric=correcting.metric(row.metric), before=correcting.agreed_on(row.before),
        target=correcting.agreed_on(row.target), verdict=verdict,
    )  # fmt: skip


def _verdict(row: AnsweredRow) -> str:
    """The answer, with the day it was moved to."""
    verdict = labels.value("verdict", row.verdict)
    return verdict if row.until is None else f"{verdict} ({formats.date(row.until)})"


def _activity(boards: Mapping[str, Report], names: Names) -> Iterator[str]:
    """The first red line of each seller on the day that was worked last."""
    report = boards.get("activity")
    if not isinstance(report, Activity):
        return
    red = [first_red(row, names) for row in report.rows if row.first_red and row.seller]
    day = period(report.question.period)
    nothing = t("nothing sags: every indicator is on its line or norm")
    yield day if red else f"{day}: {nothing}"
    yield from red


def _conversions(boards: Mapping[str, Report], names: Names) -> Iterator[str]:
    """Each step of all together, who differs from it beyond chance, and where money was lost."""
    report, bridge = boards.get("conversions"), boards.get("bridge")
    if not isinstance(report, Conversions):
        return
    yield from (f"{_pair(row)}: {_share(row)}" for row in report.totals if row.n)
    for row in report.rows:
        if row.standing is not None and row.cut:
            sign = STANDINGS[row.standing]
            yield f"{sign} {_name(row.cut, names)}, {_pair(row)}: {_share(row)}"
    if isinstance(bridge, BridgeReport) and any(row.n for row in report.totals):
        yield from lost(bridge, None, names)


def _pair(row: ConversionRow) -> str:
    return clean(f"{labels.activity(row.step_from)} → {labels.activity(row.step_to)}")


def _share(row: ConversionRow) -> str:
    """`12% of 50 (8–17)`; too few to compare are starred."""
    share = ("*" if row.small else "") + formats.share(row.share)
    said = t("{share} of {n}", share=share, n=formats.count(row.n))
    if row.low is None or row.high is None:
        return said
    low, high = (formats.number(value * 100) for value in (row.low, row.high))
    return f"{said} ({low}–{high})"


def _quality(boards: Mapping[str, Report], names: Names) -> Iterator[str]:
    """The mean of the cards of the month, and what each seller is weakest at."""
    report = boards.get("quality")
    if not isinstance(report, Quality):
        return
    whole = report.total
    cards = f"{labels.header('cards')} {formats.count(whole.cards)}"
    yield _dotted(cards, f"{labels.header('mean')} {formats.number(whole.mean, 1)}")
    yield from (_weakest(row, report, names) for row in report.rows if row.weakest and row.seller)


def _weakest(row: QualityRow, report: Quality, names: Names) -> str:
    """`Ivanov: “needs” 4.1`."""
    criterion = clean(report.text(row.weakest or ""))
    mean = formats.number(row.weakest_mean, 1)
    return f"{_name(row.seller or '', names)}: “{criterion}” {mean}"


def _payments(boards: Mapping[str, Report], names: Names) -> Iterator[str]:
    report = boards.get("payments")
    if isinstance(report, Payments):
        yield from paying(report, names)


_TOLD: Final[Mapping[str, Callable[[Mapping[str, Report], Names], Iterator[str]]]] = {
    "activity": _activity,
    "conversions": _conversions,
    "quality": _quality,
    "payments": _payments,
}
"""The boards that are told in lines, by their item."""


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _name(seller: str, names: Names) -> str:
    return clean(names.get(seller, seller))
