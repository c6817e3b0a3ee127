"""What the story of a month needs of a source."""

from __future__ import annotations

import msgspec

from events.vocabulary import EventCorrected, EventVoided, NormSet, PlanSet
from projections.changes import SALES
from projections.order_book import BOOK_KINDS
from projections.question import Question
from projections.reports.bridge import BridgeReport, bridge
from projections.reports.corrections import Corrections, corrections_report
from projections.reports.course import Course, course
from projections.reports.plan_fact import PlanFact, plan_fact
from projections.reports.rhythm import Rhythm, rhythm
from projections.source import Cell, Source, Version
from projections.state import Settings
from projections.windows.bridge import load_bridge
from projections.windows.corrections import load_corrections
from projections.windows.course import load_course
from projections.windows.plan_fact import load_plan_fact
from projections.windows.rhythm import load_rhythm


class StoryWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The chapters that are reports, and the facts of the others as seen through the dials.

    `sellers` are the cells of the period by seller; `sales` and `repairs` lie in the period.
    """

    board: PlanFact
    course: Course
    rhythm: Rhythm
    corrections: Corrections
    bridge: BridgeReport
    deals: tuple[Version, ...]
    plans: tuple[Version, ...]
    sales: tuple[Version, ...]
    repairs: tuple[Version, ...]
    sellers: tuple[Cell, ...]


def load_story(source: Source, question: Question, settings: Settings) -> StoryWindow:
    """The window of the story."""
    dials, period = question.dials, question.period
    return StoryWindow(
        board=plan_fact(load_plan_fact(source, question, settings), question, settings),
        course=course(load_course(source, question, settings), question, settings),
        rhythm=rhythm(load_rhythm(source, question, settings), question, settings),
        corrections=corrections_report(
            load_corrections(source, question, settings), question, settings
        ),
        bridge=bridge(load_bridge(source, question, settings), question, settings),
        deals=tuple(source.facts(BOOK_KINDS, dials)),
        plans=tuple(source.facts((PlanSet, NormSet), dials)),
        sales=tuple(source.facts(SALES, dials, period)),
        repairs=tuple(source.facts((EventCorrected, EventVoided), dials, period)),
        sellers=tuple(source.cells((), period, dials, ("seller",), question.sellers)),
    )
