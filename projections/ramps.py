"""Norms that grow week by week, and when they may (feature P4, requirement row 135).

A step is a `NormSet` from its day on, a week without one a `RampHeld`: both are in the log, so a
past day keeps the norm it was judged by, whatever is learned later.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Final, Literal

import msgspec

from events.vocabulary.plans import NormSet, RampHeld, RampStarted
from projections.period import week_of
from projections.source import Version

RAMP_KINDS = (RampStarted, RampHeld, NormSet)

Because = Literal["attainment", "quality"]

ENOUGH: Final = Fraction(90)
"""The attainment, in per cent of the norm of the last two weeks, from which a norm may grow."""

CARDS_DROP: Final = Fraction(3, 10)
SHORT_RISE: Final = Fraction(1, 10)
"""How much lower the cards and how much higher the share of calls under a minute may be."""

ASK: Final = 2
"""After so many weeks held in a row the head is asked."""


class Ramp(msgspec.Struct, frozen=True, kw_only=True):
    """A norm on its way to a goal; `decided` is the Monday of the last week decided on."""

    seller: str
    activity: str
    goal: int
    weekly_bp: int
    began: dt.date
    decided: dt.date
    holds: int = 0


class Signs(msgspec.Struct, frozen=True, kw_only=True):
    """What a step is decided by: the last two weeks, and the two before the ramp began.

    `attained` is in per cent, rates are what was done per working day, cards are weighted means of
    scores from 0 to 10, `short` is the share of measured calls under a minute. None where nothing
    is known.
    """

    attained: Fraction | None = None
    rate_before: Fraction | None = None
    rate: Fraction | None = None
    cards_before: Fraction | None = None
    cards: Fraction | None = None
    short_before: Fraction | None = None
    short: Fraction | None = None


def ramps(facts: Iterable[Version], sellers: Iterable[str]) -> tuple[Ramp, ...]:
    """The ramps going on, for facts of `RAMP_KINDS` in the order of the log.

    A ramp of nobody in particular is one for each of `sellers`. Any norm a seller is given for the
    whole activity is a step of it, one of zero ends it; a later start changes goal and pace.
    """
    everybody = tuple(sellers)
    found: dict[tuple[str, str], Ramp] = {}
    for version in facts:
        body, monday = version.body, week_of(version.day).first
        if isinstance(body, RampStarted):
            for seller in everybody if body.seller is None else (body.seller,):
                found[seller, body.activity] = Ramp(
                    seller=seller,
                    activity=body.activity,
                    goal=body.goal,
                    weekly_bp=body.weekly_bp,
                    began=version.day,
                    decided=monday,
                )
        elif isinstance(body, RampHeld):
            for seller in everybody if body.seller is None else (body.seller,):
                _held(found, (seller, body.activity), monday)
        elif isinstance(body, NormSet) and body.book is None and body.direction is None:
            _stepped(found, body, monday)
    return tuple(found[key] for key in sorted(found))


def due(ramp: Ramp, day: dt.date) -> bool:
    """Whether the week of a day is still to be decided on, and not by the head."""
    return ramp.holds < ASK and ramp.decided < week_of(day).first


def grown(norm: Fraction, goal: int, weekly_bp: int) -> int:
    """N(w+1) = min(goal, ⌈N(w)·(1+r)⌉)."""
    return min(goal, math.ceil(norm * Fraction(10_000 + weekly_bp, 10_000)))


def because(signs: Signs) -> Because | None:
    """Why a norm has to be held this week; None where it may grow."""
    if signs.attained is None or signs.attained < ENOUGH:
        return "attainment"
    if _beyond(signs.cards_before, signs.cards, CARDS_DROP):
        return "quality"
    return "quality" if _beyond(signs.short, signs.short_before, SHORT_RISE) else None


def _beyond(more: Fraction | None, less: Fraction | None, margin: Fraction) -> bool:
    return more is not None and less is not None and more - less > margin


def _held(found: dict[tuple[str, str], Ramp], key: tuple[str, str], monday: dt.date) -> None:
    ramp = found.get(key)
    if ramp is not None:
        found[key] = msgspec.structs.replace(ramp, holds=ramp.holds + 1, decided=monday)


def _stepped(found: dict[tuple[str, str], Ramp], norm: NormSet, monday: dt.date) -> None:
    key = norm.seller or "", norm.activity
    ramp = found.get(key)
    if ramp is None:
        return
    if norm.count == 0 or (norm.per == "day" and norm.count >= ramp.goal):
        del found[key]
        return
    found[key] = msgspec.structs.replace(ramp, holds=0, decided=monday)
