"""The reports by name; a report's own modules are loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from projections.formula import Explanation
from projections.question import Question
from projections.report import Report
from projections.source import Source
from projections.state import Settings

Compute: TypeAlias = Callable[[Source, Question, Settings], Report]
"""From a source to a report."""


def _plan_fact(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.plan_fact import plan_fact
    from projections.windows.plan_fact import load_plan_fact

    return plan_fact(load_plan_fact(source, question, settings), question, settings)


def _activity(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.activity import activity
    from projections.windows.activity import load_activity

    return activity(load_activity(source, question, settings), question, settings)


def _conversions(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.conversions import conversions
    from projections.windows.conversions import load_conversions

    return conversions(load_conversions(source, question, settings), question, settings)


def _catch_up(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.catch_up import catch_up
    from projections.windows.catch_up import load_catch_up

    return catch_up(load_catch_up(source, question, settings), question, settings)


def _effect(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.effect import effect
    from projections.windows.effect import load_effect

    return effect(load_effect(source, question, settings), question, settings)


def _payments(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.payments import payments
    from projections.windows.payments import load_payments

    return payments(load_payments(source, question, settings), question, settings)


def _bridge(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.bridge import bridge
    from projections.windows.bridge import load_bridge

    return bridge(load_bridge(source, question, settings), question, settings)


def _desk_check(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.desk_check import desk_check
    from projections.windows.desk_check import load_desk_check

    return desk_check(load_desk_check(source, question, settings), question, settings)


def _course(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.course import course
    from projections.windows.course import load_course

    return course(load_course(source, question, settings), question, settings)


REPORTS: Final[dict[str, Compute]] = {
    "plan-fact": _plan_fact,
    "activity": _activity,
    "conversions": _conversions,
    "payments": _payments,
    "effect": _effect,
    "catch-up": _catch_up,
    "bridge": _bridge,
    "course": _course,
    "desk-check": _desk_check,
}


def explain(report: Report, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure; raises KeyError where there is none."""
    from projections.reports import (
        activity,
        bridge,
        catch_up,
        conversions,
        course,
        desk_check,
        payments,
        plan_fact,
    )

    if isinstance(report, plan_fact.PlanFact):
        return plan_fact.explain(report, key, figure)
    if isinstance(report, activity.Activity):
        return activity.explain(report, key, figure)
    if isinstance(report, conversions.Conversions):
        return conversions.explain(report, key, figure)
    if isinstance(report, catch_up.CatchUp):
        return catch_up.explain(report, key, figure)
    if isinstance(report, payments.Payments):
        return payments.explain(report, key, figure)
    if isinstance(report, course.Course):
        return course.explain(report, key, figure)
    if isinstance(report, bridge.BridgeReport):
        return bridge.explain(report, key, figure)
    if isinstance(report, desk_check.DeskCheck):
        return desk_check.explain(report, key, figure)
    raise KeyError(report.name)
