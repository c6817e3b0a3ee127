"""Corrections in words: metrics, states, effects, and what is said below their report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.topics import called
from cockpit.words import mark, n, t
from projections.change import Kind
from projections.corrections import CorrectionState
from projections.formula import Unit
from projections.metrics import MONEY, criterion_of, kind_of, pair_of
from projections.reports.corrections import CorrectionRow, Corrections, Statistics

_STATES = {
    "open": mark("open"),
    "overdue": mark("overdue"),
    "done": mark("done"),
    "not_done": mark("not done"),
}

_KEPT: Final = re.compile(r"(?P<whole>-?[0-9]{1,15})(?:\.(?P<part>[0-9]{1,4}))?(?P<share>%?)")


def metric(name: str) -> str:
    """`calls`, `calls → meetings`, `revenue`, `average check`, `quality: needs`."""
    steps = pair_of(name)
    if steps:
        return clean(" → ".join(map(labels.activity, steps)))
    if name in MONEY:
        return labels.value("measure", name)
    criterion = criterion_of(name)
    if criterion:
        return clean(t("quality: {criterion}", criterion=criterion))
    return labels.figure("check") if name == "average_check" else clean(labels.activity(name))


def agreed_on(text: str) -> str:
    """From or to of a correction as the reader's language writes it; words of other logs as they
    are.
    """
    found = _KEPT.fullmatch(text)
    if found is None:
        return clean(text)
    part = found["part"] or ""
    value = Fraction(f"{found['whole']}.{part or 0}")
    write = formats.percent if found["share"] else formats.number
    return write(value, len(part))


def from_to(row: CorrectionState | CorrectionRow) -> str:
    """`50 → 70`."""
    return f"{agreed_on(row.before)} → {agreed_on(row.target)}"


def state(row: CorrectionRow) -> str:
    """`open`, `overdue`, `done`, `not done`, `left 29.10.`."""
    if row.state == "left":
        return t("left {day}", day=formats.day(row.left))
    return t(_STATES[row.state])


def summary(found: CorrectionState | CorrectionRow) -> str:
    """`calls 50 → 70`."""
    return f"{metric(found.metric)} {from_to(found)}"


def standing(found: CorrectionState, seen: dt.date) -> str:
    """How one stands on the day seen: when it is due, or what became of it."""
    if found.overdue(seen):
        return t(_STATES["overdue"])
    if found.open:
        return f"{formats.weekday(found.until)} {formats.day(found.until)}"
    done = found.answer is not None and found.answer.verdict == "done"
    said = _STATES["done"] if done else _STATES["not_done"]
    return t(said)


def waiting(found: Sequence[CorrectionState]) -> str:
    """How many of these wait for an answer."""
    return n(
        "{count} waits for an answer",
        "{count} wait for an answer",
        sum(each.open for each in found),
    )


def figure(value: Fraction | int | None, unit: Unit, minor_digits: int) -> str:
    """A figure in the unit of its metric: a count keeps a decimal where it has one."""
    if value is None:
        return formats.UNKNOWN
    match unit:
        case "money":
            return formats.number(formats.major(value, minor_digits))
        case "share":
            return formats.share(value)
    return formats.number(value, 0 if value.denominator == 1 else 1)


def change(row: CorrectionRow, minor_digits: int) -> str:
    """`×1.20`, `+12 %`, `+1 500`, or a dash."""
    return _changed(row.change, kind_of(row.metric), row.unit, minor_digits)


def outcome(row: CorrectionRow) -> str:
    """`moved`, `not moved`, `too early (n=6)` or `too early (3 of 5 days)`; never "proved"."""
    if row.outcome != "too_early":
        return _word(row.outcome)
    if row.settled is None:
        return t("too early ({done} of {days} days)", done=row.days_after, days=row.days)
    return t("too early (n={n})", n=row.n)


def interval(row: CorrectionRow, minor_digits: int) -> str:
    """`×1.20 (1.01 … 1.43), 95 %`; the change alone where it has no bounds."""
    said = _interval(row, minor_digits)
    return said if row.low is None else t("{interval}, 95 %", interval=said)


def verdict(row: CorrectionRow, minor_digits: int) -> str:
    """`moved ×1.22 (1.01 … 1.43)`; without an interval only why it is too early."""
    said = outcome(row)
    if row.outcome == "too_early":
        return said
    return f"{said} {_interval(row, minor_digits)}"


def effect(row: CorrectionRow, minor_digits: int) -> str:
    """`moved: 50 → 61 a day, ×1.22 (1.01 … 1.43), 95 %`; of a conversion with its reading.

    Where nothing happened before and after, only why it is too early.
    """
    if row.was is None and row.became is None:
        return outcome(row)
    was, became = (figure(value, row.unit, minor_digits) for value in (row.was, row.became))
    said = f"{was} → {became}"
    if kind_of(row.metric) in ("count", "money"):
        said = t("{change} a day", change=said)
    found = outcome(row)
    if row.reading is not None:
        found = f"{found}, {labels.value('reading', row.reading)}"
    return f"{found}: {said}, {interval(row, minor_digits)}"


def headlining(report: Corrections, names: Mapping[str, str]) -> Iterator[str]:
    """The statistics in a line, then who needs training."""
    if report.statistics.agreed:
        yield _statistics(report.statistics)
    for it in report.training:
        yield t(
            "Training needed: {seller}, {topic} ({times} times in ten stand-ups, not moved)",
            seller=_name(it.seller, names),
            topic=clean(called(it.topic)),
            times=it.times,
        )


def correcting(report: Corrections, names: Mapping[str, str]) -> list[str]:
    """Statistics, topics, training, who has none, and what was recorded too late."""
    said = [*headlining(report, names), *_topics(report)]
    lacking = [_name(it.seller, names) for it in report.sellers if it.uncorrected]
    if lacking:
        said.append(
            t("Behind the line without a correction: {sellers}", sellers=", ".join(lacking))
        )
    said += [_late(row, names) for row in report.rows if row.late]
    if report.rows:
        days = report.question.effect_days
        said.append(
            n(
                "effect: {count} working day before and from the day agreed on",
                "effect: {count} working days before and from the day agreed on",
                days,
            )
        )
    return said + _readings(report, names)


def _readings(report: Corrections, names: Mapping[str, str]) -> list[str]:
    """Which corrections of a conversion were read by cohort, and which could not be."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in report.rows:
        if row.reading is not None:
            found.setdefault(row.reading, {}).setdefault(row.seller, []).append(row.number)
    rows = {
        reading: "; ".join(f"{_name(seller, names)} {', '.join(its)}" for seller, its in by.items())
        for reading, by in found.items()
    }
    said = []
    if "cohort" in rows:
        said.append(t("conversions by cohort, the deals that entered and went on in those days: "
                      "{rows}", rows=rows["cohort"]))  # fmt: skip
    if "period" in rows:
        said.append(t("conversions for the period, as too few events name their deal or the sale "
                      "takes longer: {rows}", rows=rows["period"]))  # fmt: skip
    return said


def _interval(row: CorrectionRow, minor_digits: int) -> str:
    said = change(row, minor_digits)
    if row.low is None:
        return said
    low, high = _bound(row.low, row, minor_digits), _bound(row.high, row, minor_digits)
    return f"{said} ({low} … {high})"


def _bound(value: Fraction | None, row: CorrectionRow, minor_digits: int) -> str:
    """A bound of the change; that of a ratio may have no end."""
    if value is None:
        return "∞"
    kind = kind_of(row.metric)
    return (
        formats.number(value, 2)
        if kind == "count"
        else _changed(value, kind, row.unit, minor_digits)
    )


def _changed(value: Fraction | None, kind: Kind, unit: Unit, minor_digits: int) -> str:
    if value is None:
        return formats.UNKNOWN
    if kind == "count":
        return formats.ratio(value)
    if unit == "share":
        return formats.percent(value * 100, signed=True)
    if unit == "money":
        return formats.number(formats.major(value, minor_digits), signed=True)
    return formats.number(value, 1, signed=True)


def _word(outcome: str) -> str:
    return (
        t("moved")
        if outcome == "moved"
        else t("not moved")
        if outcome == "not_moved"
        else t("too early")
    )


def _name(seller: str, names: Mapping[str, str]) -> str:
    return clean(names.get(seller, seller))


def _statistics(it: Statistics) -> str:
    return t(
        "{agreed} agreed · done on time {in_time} of {answered} · "
        "with effect {moved} of {measured}",
        agreed=formats.count(it.agreed),
        in_time=it.in_time,
        answered=it.answered,
        moved=it.moved,
        measured=it.measured,
    )


def _topics(report: Corrections) -> Iterator[str]:
    for it in report.topics:
        if it.topic is not None:
            yield t(
                "topic {topic}: {agreed}, on time {in_time} of {answered}, "
                "with effect {moved} of {measured}",
                topic=clean(called(it.topic)),
                agreed=it.agreed,
                in_time=it.in_time,
                answered=it.answered,
                moved=it.moved,
                measured=it.measured,
            )


def _late(row: CorrectionRow, names: Mapping[str, str]) -> str:
    """What came to the log only afterwards, and what the effect was before."""
    said = n(
        "{seller} {number}: {count} event recorded after {day}, the effect then: {outcome}; "
        "see cockpit explain corrections {key} {number} late",
        "{seller} {number}: {count} events recorded after {day}, the effect then: {outcome}; "
        "see cockpit explain corrections {key} {number} late",
        row.late,
        seller=_name(row.seller, names),
        number=row.number,
        key=row.seller,
        day=formats.day(row.settled),
        outcome=_word(row.outcome_then or "too_early"),
    )
    return said
