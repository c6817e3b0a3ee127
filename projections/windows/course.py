"""What the course of a period needs of a source."""

from __future__ import annotations

import datetime as dt

import msgspec

from projections.fold.sales import SALE_ACTIVITIES
from projections.measures import money
from projections.question import Question
from projections.source import Source
from projections.state import Settings
from projections.windows.plan_fact import PlanFactWindow, load_plan_fact


class CourseWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`board` is the window of plan-fact, `sold` the money of each day in the asked measure."""

    board: PlanFactWindow
    sold: dict[dt.date, int]


def load_course(source: Source, question: Question, settings: Settings) -> CourseWindow:
    """The window of the course."""
    cells = source.cells(
        SALE_ACTIVITIES[settings.recognition],
        question.period,
        question.dials,
        ("day",),
        question.sellers,
    )
    return CourseWindow(
        board=load_plan_fact(source, question, settings),
        sold={cell.day: money(cell, question.measure) for cell in cells if cell.day is not None},
    )
