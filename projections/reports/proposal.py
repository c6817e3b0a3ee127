"""What could be agreed with a seller: from what to what, until when (features P3 and P8).

The figures of catching up become targets: of an activity the norm and what comes on top of it a
day, of a conversion the share with which no more of the work before it would be needed, of the
check the one with which a deal fewer is enough.

A conversion begins with the share that the board of conversions has, in the reading by which the
effect of the correction is judged.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

import msgspec

from projections import catch_up as formulas
from projections.corrections import CorrectionState, TaskState, open_of
from projections.dials import due_day
from projections.formula import Unit
from projections.metrics import CHECK, QUALITY, unit_of
from projections.passages import reading_of
from projections.question import Question, Reading
from projections.report import Column, Report, Row
from projections.reports.catch_up import CatchUpRow, catch_up
from projections.reports.conversions import conversions
from projections.rounding import half_up
from projections.state import Settings
from projections.steps import Pair
from projections.windows.proposal import ProposalWindow

COLUMNS = (
    Column("metric", "text"),
    Column("before", "own"),
    Column("target", "own"),
)

STEP: Final = Fraction(1, 10)
"""A share is asked to grow by so much at once, as is a check."""

TWICE: Final = 2
"""A small share is asked to grow so many times at most: nobody brings 2 % to 12 % in a week."""

ENOUGH: Final = 3
"""So many working days at least a correction is given to be kept."""

_FULL_SCORE: Final = 10


class ShareRead(msgspec.Struct, frozen=True, kw_only=True):
    """A conversion of the period asked about in one reading: of `n` so many, `count`, went on."""

    reading: Reading
    count: int
    n: int
    share: Fraction | None


class ProposalRow(Row, frozen=True, kw_only=True):
    """A metric with the fact and the target, both in `unit`: counts and money per working day.

    `late` says that what is done of it now no longer counts in this period. `norm` is the norm
    of a day where there is one.

    A conversion has itself as it is `judged` and as the `board` shows it, and the share that
    catching up `reckoned` with, from which it begins where nothing of it is in the period yet;
    one outside the chain is not reckoned with. It has no target where everything goes on already.
    """

    metric: str
    before: Fraction | None
    target: Fraction | None
    unit: Unit
    late: bool = False
    norm: Fraction | None = None
    judged: ShareRead | None = None
    board: ShareRead | None = None
    reckoned: Fraction | None = None


class Proposal(Report, frozen=True, kw_only=True):
    """A row for every metric there is to agree on; `usual` is the one to begin with.

    `until` is the day to propose, a working one of `workdays`. `topics` are those in use, the
    most used first; `topic_of` is the one used most with a metric. `open` are the seller's open
    corrections, due first, `tasks` the tasks not done yet.

    One more deal of the average `check` makes of the `gap` to the line, in minor units, gap -
    check, and of the `deals` to return to it, those in hand apart, `deals_after`.
    """

    rows: tuple[ProposalRow, ...]
    seller: str
    usual: str
    until: dt.date
    workdays: tuple[dt.date, ...]
    topics: tuple[str, ...]
    topic_of: dict[str, str]
    open: tuple[CorrectionState, ...]
    tasks: tuple[TaskState, ...]
    check: Fraction | None
    gap: Fraction | None
    deals: int | None
    deals_after: int | None


def soonest(workdays: Sequence[dt.date]) -> dt.date | None:
    """The last working day of the first week that leaves enough of them; None without any."""
    weeks = [list(days) for _, days in groupby(workdays, key=lambda day: day.isocalendar()[:2])]
    gone = 0
    for days in weeks:
        gone += len(days)
        if gone >= ENOUGH:
            return days[-1]
    return workdays[-1] if workdays else None


def proposal(window: ProposalWindow, question: Question, settings: Settings) -> Proposal:
    """What to agree with the one seller the question names."""
    seller = question.sellers[0]
    until = question.until or soonest(window.workdays) or window.catch_up.opens
    horizon = min(until, question.period.last)
    ahead = msgspec.structs.replace(window.catch_up, until=horizon)
    asked = msgspec.structs.replace(question, until=horizon)
    report = catch_up(ahead, asked, settings)
    found = [row for row in report.rows if row.seller == seller]
    unit = 10**settings.minor_digits
    shares = _read(window, question, settings)
    rows = tuple(_rows(window, found, question, unit, shares))
    check, gap = (found[0].check, found[0].gap) if found else (None, None)
    credit = (found[0].credit if found else None) or Fraction()
    return Proposal(
        name="proposal",
        question=report.question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=rows,
        seller=seller,
        usual=_usual(rows, question),
        until=next((day for day in window.workdays if day >= until), until),
        workdays=window.workdays,
        topics=_topics(window),
        topic_of=_topic_of(window),
        open=open_of(window.states.values(), seller),
        tasks=tuple(
            sorted(
                (it for it in window.tasks.values() if it.seller == seller and it.done is None),
                key=lambda it: (it.due, it.number),
            )
        ),
        check=check,
        gap=gap,
        deals=formulas.deals(gap, credit, check) if gap is not None else None,
        deals_after=None
        if gap is None or check is None
        else formulas.deals(gap - check, credit, check),
    )


def aimed(row: ProposalRow, tried: Fraction) -> Fraction | None:
    """The target where catching up was tried with another share than the one it `reckoned` with.

    That is a share for the period. Read by cohort the share grows by as much, at least a point and
    to all at most, as it does where more than that goes on already. None where everything does.
    """
    if row.before is None or not row.reckoned:
        return row.target
    least = _next_point(row.before)
    if least > 1:
        return None
    if row.judged is not None and row.judged.reading == "period" and tried > row.before:
        return tried
    scaled = row.before * tried / row.reckoned
    return min(Fraction(1), max(scaled, least) if tried > row.reckoned else scaled)


Shares = dict[Pair, dict[Reading, ShareRead]]


def _read(window: ProposalWindow, question: Question, settings: Settings) -> Shares:
    """The conversions of the window as the board has them, in either reading."""
    found: Shares = {}
    readings: tuple[Reading, ...] = ("cohort", "period")
    for reading in readings:
        asked = msgspec.structs.replace(question, reading=reading, by="seller")
        for it in conversions(window.steps, asked, settings).totals:
            read = ShareRead(reading=reading, count=it.count, n=it.n, share=it.share)
            found.setdefault((it.step_from, it.step_to), {})[reading] = read
    return found


def _rows(
    window: ProposalWindow, found: list[CatchUpRow], question: Question, unit: int, shares: Shares
) -> Iterator[ProposalRow]:
    sale, steps = found[:1], list(reversed(found[1:]))
    for step in steps:
        yield _activity(window, step)
    for step, following in zip(steps, [*steps[1:], *sale], strict=False):
        yield _share(window, step, (step.activity, following.activity), question, shares)
    for pair in window.aside:
        if pair in question.pairs or shares[pair]["period"].n:
            yield _aside(window, pair, question, shares)
    for row in sale:
        yield _money(window, row, question)
        yield _check(row, unit)
    listed = {row.activity for row in found}
    for activity in sorted(set(window.counts) - listed):
        if activity.startswith(":") or activity in ("presentation_given", "lead_qualified"):
            yield _other(window, activity)
    for criterion, scores in sorted(window.scores.items()):
        mean = Fraction(sum(scores), len(scores))
        target = Fraction(min(_FULL_SCORE, math.floor(mean) + 1))
        yield _row(f"{QUALITY}{criterion}", mean, target)


def _activity(window: ProposalWindow, row: CatchUpRow) -> ProposalRow:
    """From what was done a day lately to the norm and what comes on top of it, whole; to the next
    whole number where more than that is done already.
    """
    before = _a_day(window, row.activity)
    more = (row.norm or Fraction()) + (row.per_day or Fraction())
    least = 0 if before is None else math.floor(before) + 1
    target = Fraction(max(math.ceil(more), least)) if more else _grown(before)
    made = _row(row.activity, before, target)
    return msgspec.structs.replace(made, late=row.late, norm=row.norm)


def _other(window: ProposalWindow, activity: str) -> ProposalRow:
    before = _a_day(window, activity)
    return _row(activity, before, _grown(before))


def _share(
    window: ProposalWindow, row: CatchUpRow, pair: Pair, question: Question, shares: Shares
) -> ProposalRow:
    """From the share as it is judged to one with which the base norm alone would bring the deals:
    c·(N + more)÷N, at least a point more, at most a tenth of all and twice as much at once.
    """
    judged = _judged(window, row.seller, pair, shares)
    share = row.share if judged.share is None else judged.share
    made = _row(">".join(pair), share, None if share is None else _raised(share, row))
    return msgspec.structs.replace(
        made, judged=judged, board=shares[pair][question.reading], reckoned=row.share
    )


def _aside(window: ProposalWindow, pair: Pair, question: Question, shares: Shares) -> ProposalRow:
    """From the share as it is judged to a tenth of all more; catching up does without it."""
    judged = _judged(window, question.sellers[0], pair, shares)
    share = judged.share
    made = _row(">".join(pair), share, None if share is None else _raised(share))
    return msgspec.structs.replace(made, judged=judged, board=shares[pair][question.reading])


def _judged(window: ProposalWindow, seller: str, pair: Pair, shares: Shares) -> ShareRead:
    """The share in the reading by which a correction agreed now would be judged."""
    both = (window.spans.before, window.spans.after)
    return shares[pair][reading_of(window.passages, window.daily, seller, pair, both)]


def _raised(share: Fraction, row: CatchUpRow | None = None) -> Fraction | None:
    """The share to aim at; None where everything goes on already."""
    least = _next_point(share)
    if least > 1:
        return None
    wanted = min(share + STEP, TWICE * share) if share else STEP
    if share and row is not None and row.norm and row.per_day:
        wanted = min(wanted, share * (row.norm + row.per_day) / row.norm)
    return min(Fraction(1), max(wanted, least))


def _next_point(share: Fraction) -> Fraction:
    """A point more than a share as it is printed."""
    return Fraction(half_up(share * 100) + 1, 100)


def _money(window: ProposalWindow, row: CatchUpRow, question: Question) -> ProposalRow:
    """From the money of a day so far to that of a day until the target day; no target where so
    much is sold already, or nothing has to be.
    """
    board = window.catch_up.board
    last = min(due_day(board.seen, question.dials.mode), question.period.last)
    days = board.calendars.working_days(row.seller, question.period.first, last)
    before = Fraction(board.sales.get(row.seller, 0), days) if days else None
    target = row.money_per_day
    ahead = target is not None and target <= max(0, before or 0)
    return _row(question.measure, before, None if ahead else target)


def _check(row: CatchUpRow, unit: int) -> ProposalRow:
    """From the average check to the one for a deal fewer, at most a tenth more."""
    check, fewer = row.check, row.check_for_fewer
    target = None
    if check is not None:
        most = Fraction(math.ceil(check * (1 + STEP) / unit) * unit)
        target = most if fewer is None or fewer <= check else min(most, Fraction(fewer))
    return _row(CHECK, check, target)


def _row(metric: str, before: Fraction | None, target: Fraction | None) -> ProposalRow:
    return ProposalRow(
        key=metric, metric=metric, before=before, target=target, unit=unit_of(metric)
    )


def _a_day(window: ProposalWindow, activity: str) -> Fraction | None:
    return Fraction(window.counts.get(activity, 0), window.days) if window.days else None


def _grown(before: Fraction | None) -> Fraction | None:
    """A tenth more, at least one more."""
    return None if before is None else Fraction(math.ceil(max(before * (1 + STEP), before + 1)))


def _usual(rows: tuple[ProposalRow, ...], question: Question) -> str:
    """Volume where it is below the norm (requirement row 9), else the first share in use."""
    for row in rows:
        below = row.norm is not None and (row.before or 0) < row.norm
        if row.unit == "count" and below and not row.late:
            return row.metric
    share = next((row.metric for row in rows if row.unit == "share" and row.target), None)
    return share or (rows[0].metric if rows else question.measure)


def _topics(window: ProposalWindow) -> tuple[str, ...]:
    used = Counter(state.topic for state in window.states.values() if state.topic)
    used.update(window.trained)
    return tuple(topic for topic, _ in sorted(used.items(), key=lambda each: (-each[1], each[0])))


def _topic_of(window: ProposalWindow) -> dict[str, str]:
    found: dict[str, Counter[str]] = {}
    for state in window.states.values():
        if state.topic:
            found.setdefault(state.metric, Counter())[state.topic] += 1
    return {metric: counts.most_common(1)[0][0] for metric, counts in found.items()}
