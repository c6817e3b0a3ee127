"""What is said of the effect of a correction."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import msgspec

from cockpit.render.correcting import effect
from projections.reports.corrections import CorrectionRow

ROW = CorrectionRow(
    key="anna 1",
    seller="anna",
    number="1",
    metric="invoice_issued>payment_received",
    before="20 %",
    target="30 %",
    until=dt.date(2026, 11, 20),
    state="open",
    unit="share",
    reading="period",
    agreed=dt.date(2026, 11, 16),
    settled=dt.date(2026, 11, 20),
    event="e",
)


def test_without_a_figure_before_and_after_only_why_it_is_too_early_is_said() -> None:
    assert effect(ROW, 2) == "too early (n=0)"


def test_one_figure_is_said_with_how_it_is_read() -> None:
    row = msgspec.structs.replace(ROW, was=Fraction(1, 4), n=4)
    assert effect(row, 2).startswith("too early (n=4), for the period: 25% → —")
