"""What the proposal of a correction needs of a source (features P3 and P8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import msgspec

from events.vocabulary import MicroTrainingHeld
from projections.corrections import CORRECTION_KINDS, CorrectionState, TaskState, corrections, tasks
from projections.dials import due_day
from projections.passages import Counts, Passages, load_passages
from projections.period import Period
from projections.question import Question
from projections.source import Source
from projections.state import Settings
from projections.steps import Pair
from projections.windows.catch_up import CatchUpWindow, load_catch_up
from projections.windows.conversions import ConversionsWindow, load_conversions, usual
from projections.windows.corrections import Stretches, cards, daily, stretches

_REACH: Final = dt.timedelta(days=45)
_AHEAD: Final = dt.timedelta(days=31)


class ProposalWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The window of catching up, and of the one seller: what was done over the last `days`.

    `counts` are by activity over that stretch, `scores` those of single cards by criterion over
    the last month. `states` are all corrections, `trained` the topics of micro-trainings.
    `workdays` are the seller's working days from the first not yet due, a month ahead.

    `steps` is the window of the conversions over the period asked about: those of the seller's
    chain and those `aside` of it, which the board has too or the question names. `spans` are the
    days by which a correction agreed on the day seen is judged, `daily` what was done in them and
    `passages` the deals of the conversions in them.
    """

    catch_up: CatchUpWindow
    counts: Mapping[str, int]
    days: int
    scores: Mapping[str, tuple[int, ...]]
    states: Mapping[str, CorrectionState]
    tasks: Mapping[str, TaskState]
    trained: tuple[str, ...]
    workdays: tuple[dt.date, ...]
    aside: tuple[Pair, ...]
    steps: ConversionsWindow
    spans: Stretches
    daily: Counts
    passages: Passages


def load_proposal(source: Source, question: Question, settings: Settings) -> ProposalWindow:
    """The window of the one seller the question names."""
    window = load_catch_up(source, question, settings)
    seller, calendars = question.sellers[0], window.board.calendars
    due = due_day(window.board.seen, question.dials.mode)
    worked = calendars.working_dates(seller, due - _REACH, due)[-question.effect_days :]
    stretch = Period(worked[0] if worked else due, due)
    cells = source.cells((), stretch, question.dials, ("activity",), (seller,))
    agreed = source.facts(CORRECTION_KINDS, question.dials)
    held = [version.body for version in source.facts((MicroTrainingHeld,), question.dials)]
    chain = window.chains.get(seller)
    pairs = tuple((step.step_from, step.step_to) for step in chain.steps) if chain else ()
    named = dict.fromkeys((*usual(source, question, settings), *question.pairs))
    aside = tuple(pair for pair in named if pair not in pairs)
    every = (*pairs, *aside)
    spans = stretches(calendars, seller, window.board.seen, question.effect_days, due)
    whole = Period(spans.before.first, max(spans.before.last, spans.after.last))
    asked = msgspec.structs.replace(question, pairs=every, reading="cohort", by="seller")
    return ProposalWindow(
        catch_up=window,
        counts={cell.activity: cell.n for cell in cells if cell.activity},
        days=len(worked),
        scores=_scores(source, question, seller, window.board.seen),
        states=corrections(agreed),
        tasks=tasks(agreed),
        trained=tuple(body.topic for body in held if isinstance(body, MicroTrainingHeld)),
        workdays=calendars.working_dates(seller, window.opens, window.opens + _AHEAD),
        aside=aside,
        steps=load_conversions(source, asked, settings),
        spans=spans,
        daily=daily(source, whole, question.dials, (seller,)),
        passages=load_passages(source, every, question.dials, whole, (seller,)),
    )


def _scores(
    source: Source, question: Question, seller: str, seen: dt.date
) -> dict[str, tuple[int, ...]]:
    """Cards of the day seen count too: they are filled before the meeting."""
    found: dict[str, list[int]] = {}
    for _, scores in cards(source, question.dials, Period(seen - _REACH, seen)).get(seller, ()):
        for criterion, score in scores.items():
            found.setdefault(criterion, []).append(score)
    return {criterion: tuple(each) for criterion, each in found.items()}
