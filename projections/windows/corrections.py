"""What the report of corrections needs of a source (feature P8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from events.vocabulary import CardFilled, CostSet, CreditNoteIssued, StandupStarted
from events.vocabulary.fact import Fact
from projections.calendars import Calendars
from projections.corrections import CORRECTION_KINDS, CorrectionState, corrections
from projections.dials import due_day
from projections.fold.sales import SALE_KIND, recognised
from projections.metrics import CHECK, MONEY, criterion_of, pair_of
from projections.passages import NONE, Passages, Touched, entered, kinds_in, touched
from projections.period import Period
from projections.question import Dials, Question
from projections.reviewing import STANDUP_KINDS, Held, held
from projections.source import Source
from projections.state import Settings
from projections.windows.plan_fact import PlanFactWindow, load_plan_fact

STANDUPS: Final = 10
"""So many stand-ups back a topic that does not move is looked for (requirement row 15)."""

_REACH: Final = dt.timedelta(days=60)
"""Within so many days a seller's few working days are looked for; who is away longer has fewer."""


class Stretches(msgspec.Struct, frozen=True, kw_only=True):
    """The working days a correction is measured by, and whether the second ones are over.

    Every event from the first to the last day of a stretch counts, those of days off too.
    """

    before: Period
    after: Period
    days_before: int
    days_after: int
    over: bool


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """What sellers did, day by day, as known at some moment.

    `counts` by seller and activity. `sales` are amount, cost and direct costs of single events
    in minor units, `cards` the scores of single cards by criterion; both by seller. `passages` are
    those of the conversions.
    """

    counts: Mapping[tuple[str, str], tuple[tuple[dt.date, int], ...]]
    sales: Mapping[str, tuple[tuple[dt.date, tuple[int, int, int]], ...]]
    cards: Mapping[str, tuple[tuple[dt.date, Mapping[str, int]], ...]]
    passages: Passages = NONE


class CorrectionsWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`states` are the corrections that are listed or may lead to training, by key.

    `standups` are the days of stand-ups up to the day seen, the last ones; `last` is the last
    stand-up before it. `now` is what is known at the dials, `then` what was known at the end of
    each day on which an effect was first complete. `board` is the window of plan-fact over the
    same question.
    """

    board: PlanFactWindow
    states: Mapping[str, CorrectionState]
    standups: tuple[dt.date, ...]
    last: Held | None
    stretches: Mapping[str, Stretches]
    now: Tally
    then: Mapping[dt.date, Tally]


def load_corrections(source: Source, question: Question, settings: Settings) -> CorrectionsWindow:
    """The window of the report; it sees no further than the dials do."""
    board = load_plan_fact(source, question, settings)
    steps = source.facts(STANDUP_KINDS, question.dials)
    days = {version.day for version in steps if isinstance(version.body, StandupStarted)}
    standups = tuple(sorted(days))[-STANDUPS - 1 :]
    states = {
        key: state
        for key, state in corrections(source.facts(CORRECTION_KINDS, question.dials)).items()
        if _concerns(state, question, standups)
    }
    due = due_day(board.seen, question.dials.mode)
    found = {
        key: stretches(board.calendars, state.seller, state.agreed, question.effect_days, due)
        for key, state in states.items()
    }
    closes: dict[dt.date, list[CorrectionState]] = {}
    for key, one in found.items():
        if one.over:
            closes.setdefault(one.after.last, []).append(states[key])
    now, *then = _Needs(source, settings, states.values(), found).tallies(
        [
            (question.dials, states.values()),
            *(
                (_then(question.dials, day, settings.zone), its)
                for day, its in sorted(closes.items())
            ),
        ]
    )
    return CorrectionsWindow(
        board=board,
        states=states,
        standups=standups,
        last=held(steps, board.seen),
        stretches=found,
        now=now,
        then=dict(zip(sorted(closes), then, strict=True)),
    )


def stretches(
    calendars: Calendars, seller: str, agreed: dt.date, days: int, due: dt.date
) -> Stretches:
    """The seller's working days just before the agreement, and from its very day on.

    A correction is agreed in the morning, so its day is the first that can show it. `due` is the
    last day that counts.
    """
    one = dt.timedelta(days=1)
    eve = agreed - one
    before = calendars.working_dates(seller, agreed - _REACH, eve)[-days:]
    after = calendars.working_dates(seller, agreed, agreed + _REACH)[:days]
    passed = [day for day in after if day <= due]
    return Stretches(
        before=Period(before[0] if before else eve, eve),
        after=Period(agreed, passed[-1] if passed else eve),
        days_before=len(before),
        days_after=len(passed),
        over=len(after) == days == len(passed),
    )


def _concerns(state: CorrectionState, question: Question, standups: tuple[dt.date, ...]) -> bool:
    """Open, agreed or answered for in the period, or agreed in the last stand-ups."""
    if question.sellers and state.seller not in question.sellers:
        return False
    period = question.period
    days = [state.agreed, *(review.day for review in state.reviews)]
    within = any(period.first <= day <= period.last for day in days)
    return state.open or within or bool(standups and state.agreed >= standups[0])


def _then(dials: Dials, day: dt.date, zone: str) -> Dials:
    """The dials at the end of a day, as far as they may be seen at all."""
    end = dt.datetime.combine(day, dt.time.max, ZoneInfo(zone))
    known = end if dials.known_at is None else min(end, dials.known_at)
    return Dials(as_of=dials.as_of, known_at=known, position=dials.position, mode=dials.mode)


def cards(
    source: Source, dials: Dials, period: Period
) -> dict[str, tuple[tuple[dt.date, Mapping[str, int]], ...]]:
    """The scores of single cards with their days, by seller."""
    found: dict[str, list[tuple[dt.date, Mapping[str, int]]]] = {}
    for version in source.facts((CardFilled,), dials, period):
        if isinstance(version.body, CardFilled):
            card = (version.day, version.body.scores)
            found.setdefault(version.body.seller, []).append(card)
    return {seller: tuple(each) for seller, each in found.items()}


def daily(
    source: Source,
    span: Period,
    dials: Dials,
    sellers: Sequence[str],
    activities: Sequence[str] = (),
) -> dict[tuple[str, str], tuple[tuple[dt.date, int], ...]]:
    """How often each of the sellers did what on which day of a span; no activities mean all."""
    counts: dict[tuple[str, str], list[tuple[dt.date, int]]] = {}
    for cell in source.cells(activities, span, dials, ("day", "seller", "activity"), sellers):
        if cell.seller and cell.activity and cell.day:
            counts.setdefault((cell.seller, cell.activity), []).append((cell.day, cell.n))
    return {key: tuple(days) for key, days in counts.items()}


def _whole(spans: Collection[Stretches]) -> Period | None:
    """From the first day of some stretches to the last; None of none."""
    if not spans:
        return None
    return Period(min(one.before.first for one in spans), max(one.after.last for one in spans))


def _counted(metric: str) -> tuple[str, ...]:
    """The activities of which every event counts for a metric."""
    if metric in (*MONEY, CHECK) or criterion_of(metric):
        return ()
    return pair_of(metric) or (metric,)


class _Needs:
    """Reads what some corrections are measured by, and no more."""

    def __init__(
        self,
        source: Source,
        settings: Settings,
        states: Collection[CorrectionState],
        found: Mapping[str, Stretches],
    ) -> None:
        self._source = source
        self._recognition = settings.recognition
        self._found = found
        self._sellers = sorted({state.seller for state in states})
        metrics = {state.metric for state in states}
        self._steps = sorted({step for metric in metrics for step in _counted(metric)})
        self._kinds = kinds_in(step for metric in metrics for step in pair_of(metric) or ())

    def tallies(self, moments: Sequence[tuple[Dials, Collection[CorrectionState]]]) -> list[Tally]:
        """What is known at some moments of some corrections.

        A deal that any of the moments knows as one of these sellers' is read at all of them: what
        is known otherwise since is told deal by deal.
        """
        met = [self._touched(dials, its) for dials, its in moments]
        deals = set().union(*(each.deals_of(self._sellers) for each in met if each is not None))
        return [
            self._tally(dials, its, each, deals)
            for (dials, its), each in zip(moments, met, strict=True)
        ]

    def _tally(
        self,
        dials: Dials,
        its: Iterable[CorrectionState],
        met: Touched | None,
        deals: Collection[str],
    ) -> Tally:
        span = self._span(its)
        if span is None:
            return Tally(counts={}, sales={}, cards={})
        metrics = {state.metric for state in its}
        sells = not metrics.isdisjoint((*MONEY, CHECK))
        scores = any(criterion_of(metric) for metric in metrics)
        # The steps of all corrections, for what is read of a day once serves every moment.
        steps = self._steps if any(map(_counted, metrics)) else ()
        return Tally(
            counts=daily(self._source, span, dials, self._sellers, steps) if steps else {},
            sales=self._sales(dials, span) if sells else {},
            cards=cards(self._source, dials, span) if scores else {},
            passages=NONE if met is None else entered(self._source, met, deals, self._kinds),
        )

    def _span(self, its: Iterable[CorrectionState]) -> Period | None:
        return _whole([self._found[state.correction] for state in its])

    def _touched(self, dials: Dials, its: Iterable[CorrectionState]) -> Touched | None:
        """The deals in the steps of the conversions among some corrections; None without any."""
        converting = [state for state in its if pair_of(state.metric)]
        span = self._span(converting)
        pairs = [pair for state in converting if (pair := pair_of(state.metric))]
        return touched(self._source, pairs, dials, span) if span is not None else None

    def _sales(
        self, dials: Dials, span: Period
    ) -> dict[str, tuple[tuple[dt.date, tuple[int, int, int]], ...]]:
        kinds: tuple[type[Fact], ...] = (SALE_KIND[self._recognition], CreditNoteIssued, CostSet)
        found: dict[str, list[tuple[dt.date, tuple[int, int, int]]]] = {}
        for version in self._source.facts(kinds, dials, span):
            money = recognised(version.body, self._recognition)
            seller = getattr(version.body, "seller", None)
            if money is not None and isinstance(seller, str):
                found.setdefault(seller, []).append((version.day, money))
        return {seller: tuple(each) for seller, each in found.items()}
