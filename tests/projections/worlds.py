"""Departments for the tests of reports."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.vocabulary import PlanSet, SellerHired
from events.vocabulary.fact import Fact
from events.vocabulary.people import BRIEF, Recognition
from projections.report import Row
from projections.state import Settings
from tests.projections.listed import ZONE

LONG_AGO = dt.date(2020, 1, 9)


def settings(recognition: Recognition = "payment", brief_seconds: int = BRIEF) -> Settings:
    return Settings(
        name="Department",
        country="RU",
        currency="RUB",
        minor_digits=2,
        zone=ZONE,
        language="en",
        recognition=recognition,
        late_days=3,
        brief_seconds=brief_seconds,
    )


def hired(*sellers: str, team: str | None = None) -> list[tuple[dt.date, Fact]]:
    return [(LONG_AGO, SellerHired(seller=one, name=one, team=team)) for one in sellers]


def plan(
    amount: int, seller: str | None = None, month: str = "2024-04", **more: str | bool
) -> tuple[dt.date, Fact]:
    fields = {"month": month, "amount": amount, "seller": seller, **more}
    return LONG_AGO, msgspec.convert({"kind": "plan_set", **fields}, PlanSet)


def of(row: Row, names: str) -> tuple[object, ...]:
    """Some figures of a row."""
    return tuple(getattr(row, name) for name in names.split())
