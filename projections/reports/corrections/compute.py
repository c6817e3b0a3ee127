"""From a window to the corrections and their effect by replay (feature P8)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from projections import change
from projections.change import Change, Outcome
from projections.corrections import CorrectionState, open_of
from projections.dials import due_day
from projections.metrics import CHECK, MONEY, criterion_of, pair_of, unit_of
from projections.passages import cohort, reading_of, turned
from projections.period import Period
from projections.question import Question, Reading
from projections.reports.corrections.rows import (
    COLUMNS,
    Basis,
    Cases,
    CorrectionRow,
    Corrections,
    Standing,
    State,
    Statistics,
    TopicRow,
    Training,
)
from projections.reports.plan_fact import plan_fact
from projections.reviewing import to_review
from projections.state import Settings
from projections.windows.corrections import STANDUPS, CorrectionsWindow, Stretches, Tally

TIMES: Final = 3
"""So often a topic comes up without moving before it needs training (requirement row 15)."""

Values = tuple[list[int], list[int]]
"""The single amounts or scores of the two stretches."""


def corrections_report(
    window: CorrectionsWindow, question: Question, settings: Settings
) -> Corrections:
    """Every correction of the window with its effect; those of the period make the statistics."""
    seen = window.board.seen
    sellers = _standings(window, question, settings)
    place = {standing.seller: index for index, standing in enumerate(sellers)}
    rows = {key: _row(window, question, state) for key, state in window.states.items()}
    ordered = sorted(rows.values(), key=lambda row: (
        place.get(row.seller, len(place)), row.state not in ("open", "overdue"),
        row.until, row.agreed,
    ))  # fmt: skip
    period = question.period
    agreed = [row for row in ordered if period.first <= row.agreed <= period.last]
    due = due_day(seen, question.dials.mode)
    return Corrections(
        name="corrections",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(ordered),
        sellers=sellers,
        statistics=Statistics(agreed=len(agreed), **_went(window, agreed, due)),
        topics=_topics(window, agreed, due),
        training=_training(window, ordered),
        last_standup=None if window.last is None else window.last.day,
        trust=window.board.trust,
        basis=Basis(
            zone=settings.zone,
            recognition=settings.recognition,
            stretches=window.stretches,
            cases={key: _cases(window.now, state, spans, rows[key].reading)
                   for key, state, spans in _each(window)},
            turned={key: tuple(dict.fromkeys(deal for deal, _ in _turned(
                        window.now, window.then[spans.after.last], state, spans)))
                    for key, state, spans in _each(window) if spans.over},
        ),
    )  # fmt: skip


def _each(window: CorrectionsWindow) -> Iterator[tuple[str, CorrectionState, Stretches]]:
    """Every correction with its stretches."""
    for key, state in window.states.items():
        yield key, state, window.stretches[key]


def _standings(
    window: CorrectionsWindow, question: Question, settings: Settings
) -> tuple[Standing, ...]:
    """The sellers of plan-fact as it ranks them, then others who have a correction."""
    board = plan_fact(window.board, question, settings)
    found = {
        row.seller: row.deviation if row.plan is not None else None
        for row in board.rows
        if row.seller is not None and (row.left is None or row.left >= window.board.seen)
    }
    away = {row.seller for row in board.rows if not row.here(window.board.seen)}
    others = sorted({state.seller for state in window.states.values() if state.open} - set(found))
    deviations = {**found, **dict.fromkeys(others)}
    return tuple(
        Standing(
            seller=seller,
            deviation=deviation,
            open=len(open_of(window.states.values(), seller)),
            away=seller in away,
        )
        for seller, deviation in deviations.items()
    )


def _row(window: CorrectionsWindow, question: Question, state: CorrectionState) -> CorrectionRow:
    spans = window.stretches[state.correction]
    reading = _reading(window.now, state, spans)
    now = _change(window.now, state, spans, reading)
    then = window.then.get(spans.after.last) if spans.over else None
    answer = state.answer
    return CorrectionRow(
        key=state.correction,
        seller=state.seller,
        number=str(state.number),
        metric=state.metric,
        before=state.before,
        target=state.target,
        until=state.until,
        state=_state(state, window.board.seen),
        was=now.was,
        became=now.became,
        change=now.change,
        outcome=now.outcome(over=spans.over),
        late=0 if then is None else _late(window.now, then, state, spans),
        unit=unit_of(state.metric),
        change_unit="ratio" if now.kind == "count" else unit_of(state.metric),
        low=now.low,
        high=now.high,
        n=now.n,
        reading=reading,
        days_before=spans.days_before,
        days_after=spans.days_after,
        days=question.effect_days,
        outcome_then=None if then is None else _outcome(then, state, spans),
        settled=spans.after.last if spans.over else None,
        topic=state.topic,
        agreed=state.agreed,
        answered=answer.day if answer else None,
        in_time=state.in_time,
        left=state.left,
        review=to_review(state, window.board.seen, window.last),
        event=state.event,
        answer=answer.event if answer else None,
    )


def _state(state: CorrectionState, seen: dt.date) -> State:
    if state.open:
        return "overdue" if state.overdue(seen) else "open"
    if not state.settled:
        return "left"
    answer = state.answer
    return "done" if answer is not None and answer.verdict == "done" else "not_done"


def _reading(tally: Tally, state: CorrectionState, spans: Stretches) -> Reading | None:
    """How the conversion is read, both stretches alike; None for any other metric."""
    pair = pair_of(state.metric)
    if pair is None:
        return None
    both = (spans.before, spans.after)
    return reading_of(tally.passages, tally.counts, state.seller, pair, both)


def _change(
    tally: Tally, state: CorrectionState, spans: Stretches, reading: Reading | None
) -> Change:
    """The metric in the two stretches, compared as its kind is."""
    metric, (before, after) = state.metric, (spans.before, spans.after)
    first, second = _cases(tally, state, spans, reading)
    if pair_of(metric):
        return change.shares((first.count, first.entered), (second.count, second.entered))
    if metric in MONEY or metric == CHECK or criterion_of(metric):
        one, two = _values(tally, state, before), _values(tally, state, after)
        if metric in MONEY:
            return change.amounts(one, two, spans.days_before, spans.days_after)
        return change.means(one, two)
    return change.counts(first.count, second.count, spans.days_before, spans.days_after)


def _outcome(tally: Tally, state: CorrectionState, spans: Stretches) -> Outcome:
    """What became of it by what was known at some moment, read as it was read then."""
    return _change(tally, state, spans, _reading(tally, state, spans)).outcome()


def _cases(
    tally: Tally, state: CorrectionState, spans: Stretches, reading: Reading | None
) -> tuple[Cases, Cases]:
    """What was counted in each stretch."""
    return (
        _of_stretch(tally, state, spans.before, reading),
        _of_stretch(tally, state, spans.after, reading),
    )


def _of_stretch(
    tally: Tally, state: CorrectionState, period: Period, reading: Reading | None
) -> Cases:
    steps = pair_of(state.metric)
    if steps and reading == "cohort":
        entered, reached = cohort(tally.passages, state.seller, steps, period)
        return Cases(count=len(reached), entered=len(entered), deals=entered)
    if steps:
        one, two = steps
        return Cases(
            count=_count(tally, state.seller, two, period),
            entered=_count(tally, state.seller, one, period),
        )
    if state.metric in MONEY or state.metric == CHECK or criterion_of(state.metric):
        values = _values(tally, state, period)
        return Cases(count=len(values), sum=sum(values))
    return Cases(count=_count(tally, state.seller, state.metric, period))


def _count(tally: Tally, seller: str, activity: str, period: Period) -> int:
    days = tally.counts.get((seller, activity), ())
    return sum(n for day, n in days if period.first <= day <= period.last)


def _values(tally: Tally, state: CorrectionState, period: Period) -> list[int]:
    """The amounts of single sales in the metric's measure, or the scores of single cards."""
    criterion = criterion_of(state.metric)
    if criterion:
        return [
            scores[criterion]
            for day, scores in tally.cards.get(state.seller, ())
            if criterion in scores and period.first <= day <= period.last
        ]
    sales = tally.sales.get(state.seller, ())
    inside = [money for day, money in sales if period.first <= day <= period.last]
    if state.metric == CHECK:
        return [amount for amount, _, _ in inside if amount > 0]
    taken = {"revenue": (0, 0), "margin": (1, 0), "profit": (1, 1)}[state.metric]
    return [amount - cost * taken[0] - direct * taken[1] for amount, cost, direct in inside]


def _late(now: Tally, then: Tally, state: CorrectionState, spans: Stretches) -> int:
    """How many events that it is measured by are known since, or known otherwise."""
    readings = {_reading(tally, state, spans) for tally in (now, then)}
    entries = len(_turned(now, then, state, spans)) if "cohort" in readings else 0
    return entries if readings == {"cohort"} else max(entries, _moved(now, then, state, spans))


def _moved(now: Tally, then: Tally, state: CorrectionState, spans: Stretches) -> int:
    """How many events came into the stretches or went out of them since."""
    steps = pair_of(state.metric) or (state.metric,)
    whole = Period(spans.before.first, spans.after.last)
    if unit_of(state.metric) == "money" or criterion_of(state.metric):
        one = Counter(_values(now, state, whole))
        two = Counter(_values(then, state, whole))
        return sum(((one - two) + (two - one)).values())
    return sum(
        abs(_count(now, state.seller, step, day) - _count(then, state.seller, step, day))
        for step in steps
        for day in _days(whole)
    )


def _turned(
    now: Tally, then: Tally, state: CorrectionState, spans: Stretches
) -> tuple[tuple[str, str], ...]:
    """The first entries of deals that are known otherwise since."""
    pair, both = pair_of(state.metric), (spans.before, spans.after)
    return turned(now.passages, then.passages, state.seller, pair, both) if pair else ()


def _days(period: Period) -> Iterable[Period]:
    count = (period.last - period.first).days + 1
    days = (period.first + dt.timedelta(days=place) for place in range(count))
    return [Period(day, day) for day in days]


def _went(
    window: CorrectionsWindow, rows: Sequence[CorrectionRow], due: dt.date
) -> Mapping[str, int]:
    """How many came to their end, in time, and of how many with an effect that moved.

    Whoever left before the day it was promised for has not failed it.
    """
    promised = {row.key: window.states[row.key].promised for row in rows}
    ended = [
        row
        for row in rows
        if row.answered is not None or promised[row.key] <= min(due, row.left or due)
    ]
    measured = [row for row in rows if row.outcome != "too_early"]
    return {
        "answered": len(ended),
        "in_time": sum(row.in_time for row in ended),
        "measured": len(measured),
        "moved": sum(row.outcome == "moved" for row in measured),
    }


def _topics(
    window: CorrectionsWindow, rows: Sequence[CorrectionRow], due: dt.date
) -> tuple[TopicRow, ...]:
    """The same by topic, those that came up most first."""
    found: dict[str | None, list[CorrectionRow]] = {}
    for row in rows:
        found.setdefault(row.topic, []).append(row)
    ranked = sorted(found.items(), key=lambda each: (-len(each[1]), each[0] or "~"))
    return tuple(
        TopicRow(topic=topic, agreed=len(its), **_went(window, its, due)) for topic, its in ranked
    )


def _training(window: CorrectionsWindow, rows: Sequence[CorrectionRow]) -> tuple[Training, ...]:
    """A topic three times in ten stand-ups without having moved once (requirement row 15)."""
    recent = window.standups[-STANDUPS:]
    found: dict[tuple[str, str], list[CorrectionRow]] = {}
    for row in rows:
        if row.topic is not None and recent and row.agreed >= recent[0]:
            found.setdefault((row.seller, row.topic), []).append(row)
    return tuple(
        Training(seller=seller, topic=topic, times=len(its))
        for (seller, topic), its in found.items()
        if len(its) >= TIMES and not any(row.outcome == "moved" for row in its)
    )
