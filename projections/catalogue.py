"""The reports by name; a report's own modules are loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeAlias

from projections.question import Question
from projections.report import Part, Report
from projections.source import Source
from projections.state import Settings

if TYPE_CHECKING:
    from projections.formula import Explanation

Compute: TypeAlias = Callable[[Source, Question, Settings], Report]
"""From a source to a report."""

Explain: TypeAlias = "Callable[[Report, str, str], Explanation]"
"""From a report, the key of a row and a figure of it."""


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


def _cases(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.cases import cases
    from projections.windows.cases import load_cases

    return cases(load_cases(source, question, settings), question, settings)


def _corrections(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.corrections import corrections_report
    from projections.windows.corrections import load_corrections

    return corrections_report(load_corrections(source, question, settings), question, settings)


def _desk_check(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.desk_check import desk_check
    from projections.windows.desk_check import load_desk_check

    return desk_check(load_desk_check(source, question, settings), question, settings)


def _proposal(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.proposal import proposal
    from projections.windows.proposal import load_proposal

    return proposal(load_proposal(source, question, settings), question, settings)


def _lagging(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.lagging import lagging
    from projections.windows.lagging import load_lagging

    return lagging(load_lagging(source, question, settings), question, settings)


def _rhythm(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.rhythm import rhythm
    from projections.windows.rhythm import load_rhythm

    return rhythm(load_rhythm(source, question, settings), question, settings)


def _minutes(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.minutes import minutes
    from projections.windows.minutes import load_minutes

    return minutes(load_minutes(source, question, settings), question, settings)


def _norms(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.norms import norms
    from projections.windows.norms import load_norms

    return norms(load_norms(source, question, settings), question, settings)


def _quality(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.quality import quality
    from projections.windows.quality import load_quality

    return quality(load_quality(source, question, settings), question, settings)


def _ramp(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.ramp import ramp
    from projections.windows.ramp import load_ramp

    return ramp(load_ramp(source, question, settings), question, settings)


def _calls(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.calls import calls
    from projections.windows.calls import load_calls

    return calls(load_calls(source, question, settings), question, settings)


def _course(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.course import course
    from projections.windows.course import load_course

    return course(load_course(source, question, settings), question, settings)


def _story(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.story import story
    from projections.windows.story import load_story

    return story(load_story(source, question, settings), question, settings)


def _forecast(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.forecast import forecast
    from projections.windows.forecast import load_forecast

    return forecast(load_forecast(source, question, settings), question, settings)


def _pay(source: Source, question: Question, settings: Settings) -> Report:
    from projections.reports.pay import pay
    from projections.windows.pay import load_pay

    return pay(load_pay(source, question, settings), question, settings)


REPORTS: Final[dict[str, Compute]] = {
    "plan-fact": _plan_fact,
    "activity": _activity,
    "conversions": _conversions,
    "payments": _payments,
    "effect": _effect,
    "catch-up": _catch_up,
    "bridge": _bridge,
    "story": _story,
    "forecast": _forecast,
    "rhythm": _rhythm,
    "minutes": _minutes,
    "cases": _cases,
    "corrections": _corrections,
    "proposal": _proposal,
    "course": _course,
    "desk-check": _desk_check,
    "lagging": _lagging,
    "norms": _norms,
    "ramp": _ramp,
    "calls": _calls,
    "quality": _quality,
    "pay": _pay,
}


def explain(report: Report, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure; raises KeyError where there is none.

    A report explains itself in the package of its name.
    """
    package = import_module(f"projections.reports.{report.name.replace('-', '_')}")
    own: Explain | None = getattr(package, "explain", None)
    if own is None:
        raise KeyError(report.name)
    return own(report, key, figure)


def parts(report: Report) -> tuple[Part, ...]:
    """What of a report opens besides its rows: its chapters, and of any report how far to trust it.

    A figure that the report has under the same name is not offered twice.
    """
    from projections import trust_why

    package = import_module(f"projections.reports.{report.name.replace('-', '_')}")
    own: Callable[[Report], tuple[Part, ...]] | None = getattr(package, "parts", None)
    found = () if own is None else own(report)
    columns = (*report.columns, *report.aside, *(one for part in found for one in part.columns))
    return (*found, trust_why.part(report, (column.key for column in columns)))
