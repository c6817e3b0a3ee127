"""Which events are facts of things, to be looked at one by one and not only summed."""

from __future__ import annotations

from typing import Final

from events.vocabulary import (
    AbsenceSet,
    CalendarSet,
    CallMade,
    ClientPlanSet,
    FixedCostsSet,
    KpiSet,
    MeetingHeld,
    MonthClosed,
    NormSet,
    OteSet,
    PlanSet,
    PresentationGiven,
    ProposalSent,
    ScaleSet,
    StepCompleted,
)
from events.vocabulary.fact import Fact

TIMELESS: Final[frozenset[type[Fact]]] = frozenset(
    {
        AbsenceSet,
        CalendarSet,
        ClientPlanSet,
        FixedCostsSet,
        KpiSet,
        MonthClosed,
        NormSet,
        OteSet,
        PlanSet,
        ScaleSet,
    }
)
"""Kinds that speak of other days than their own; they count from when they were recorded."""

ONLY_WITH_DEAL: Final[frozenset[type]] = frozenset(
    {CallMade, MeetingHeld, PresentationGiven, ProposalSent, StepCompleted}
)
"""Activities, which are things only where they move a deal."""


def is_thing(body: object) -> bool:
    """Whether an event can be asked for as a fact."""
    if type(body) in ONLY_WITH_DEAL:
        return getattr(body, "deal", None) is not None
    return isinstance(body, Fact)


def deal_of(body: object) -> str:
    """The deal an event names, "" for none."""
    deal: str | None = getattr(body, "deal", None)
    return deal or ""
