"""Reports to print, computed by hand from the worked example of the plan-fact board.

Ivanov: T = 3 000 000, W = 22, w = 10, F = 1 050 000. Sidorov is away for three working days.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

from projections.linear import Part, Share
from projections.period import month_of, week_of
from projections.plans import Plans
from projections.question import Dials, Question
from projections.report import Report, Trust
from projections.reports import activity, conversions, plan_fact
from projections.reports.activity import Activity, ActivityRow
from projections.reports.conversions import ConversionRow, Conversions
from projections.reports.plan_fact import PlanCheck, PlanFact, PlanFactRow, Scope

GOLDEN = Path(__file__).parent / "golden"
MONDAY = dt.date(2024, 4, 15)
NAMES = {"ivanov": "Иванов", "petrova": "Петрова", "sidorov": "Сидоров"}
DEPARTMENT = "Север"


def golden(name: str) -> str:
    """The bytes a format must give, line ends untouched."""
    return (GOLDEN / name).read_bytes().decode()


def board_row(
    key: str,
    plan: int | None,
    fact: int,
    *,
    scope: Scope = "seller",
    days: int = 22,
    absences: tuple[tuple[dt.date, dt.date], ...] = (),
) -> PlanFactRow:
    """A row on the tenth of its working days; amounts in minor units."""
    done = 10
    seller = key.removeprefix("seller:") if scope == "seller" else None
    if plan is None:
        return PlanFactRow(
            key=key,
            seller=seller,
            scope=scope,
            plan=None,
            fact=fact,
            deviation=Fraction(fact),
            days=days,
            days_done=done,
        )
    line, forecast = Fraction(plan * done, days), Fraction(fact * days, done)
    required = Fraction(plan - fact, days - done)
    return PlanFactRow(
        key=key,
        seller=seller,
        scope=scope,
        plan=plan,
        fact=fact,
        percent=Fraction(fact * 100, plan),
        line=line,
        deviation=fact - line,
        deviation_percent=(fact - line) * 100 / line,
        required_per_day=required,
        pace=required * done / fact if fact else None,
        forecast=forecast,
        forecast_percent=forecast * 100 / plan,
        days=days,
        days_done=done,
        absences=absences,
    )


def board(
    *rows: PlanFactRow,
    total: PlanFactRow | None = None,
    check: PlanCheck | None = None,
    dials: Dials | None = None,
    currency: str = "RUB",
) -> PlanFact:
    """Plan-fact of April 2024 on the morning of Monday the 15th."""
    return PlanFact(
        name="plan-fact",
        question=Question(period=month_of(MONDAY), dials=dials or Dials(as_of=MONDAY)),
        currency=currency,
        minor_digits=2,
        columns=plan_fact.COLUMNS,
        rows=rows or WORKED,
        teams=(),
        total=total or board_row("department", 720_000_000, 307_500_000, scope="department"),
        check=check or PlanCheck(personal=720_000_000, reserve=0, department=720_000_000),
        trust=Trust(events=1234, late=120, calls=400, unmeasured=12),
        basis=plan_fact.Basis(
            zone="Europe/Moscow",
            seen=MONDAY,
            kinds=("payment_received", "credit_note_issued", "cost_set"),
            parts={"seller:ivanov": (Part(300_000_000, Share("2024-04", 22, 22, 10)),)},
            children={"department": rows or WORKED},
        ),
    )


WORKED = (
    board_row("seller:ivanov", 300_000_000, 105_000_000),
    board_row("seller:petrova", 240_000_000, 126_000_000),
    board_row(
        "seller:sidorov",
        180_000_000,
        72_000_000,
        days=19,
        absences=((dt.date(2024, 4, 22), dt.date(2024, 4, 24)),),
    ),
    board_row("unassigned", None, 4_500_000, scope="unassigned"),
)


def activities() -> Activity:
    """Calls of a week against a norm of 70 a day, whole and by book and direction."""
    day = (MONDAY, 64, Fraction(70))
    return Activity(
        name="activity",
        question=Question(
            period=week_of(MONDAY), dials=Dials(as_of=MONDAY, mode="evening"), per="week"
        ),
        currency="RUB",
        minor_digits=2,
        brief_seconds=30,
        columns=activity.COLUMNS,
        rows=(
            ActivityRow(
                key="ivanov|call_made|*|*",
                seller="ivanov",
                activity="call_made",
                fact=64,
                norm=Fraction(70),
                deviation=Fraction(-6),
                percent=Fraction(6400, 70),
                norm_source="hand",
                by_day=(day,),
            ),
            ActivityRow(
                key="ivanov|call_made|new|out",
                seller="ivanov",
                activity="call_made",
                book="new",
                direction="out",
                fact=40,
                norm=Fraction(75, 2),
                deviation=Fraction(5, 2),
                percent=Fraction(8000, 75),
                norm_source="plan",
            ),
            ActivityRow(key="-|:measurement|*|*", seller=None, activity=":замер", fact=2),
        ),
        department=(
            ActivityRow(
                key="*|call_made|*|*",
                seller=None,
                activity="call_made",
                fact=64,
                norm=Fraction(70),
                deviation=Fraction(-6),
                percent=Fraction(6400, 70),
            ),
        ),
        basis=activity.Basis(
            zone="Europe/Moscow",
            seen=MONDAY,
            plans=Plans({}, {}, {}, {}),
            chains={},
            working_days={},
            runs={},
            away=frozenset(),
        ),
        trust=Trust(events=106, calls=104, unknown=1, calendar_missing=(2025,)),
    )


def funnel() -> Conversions:
    """Calls to meetings and meetings to proposals, by channel; Wilson's bounds of 18 of 40."""
    return Conversions(
        name="conversions",
        question=Question(
            period=month_of(MONDAY),
            dials=Dials(
                as_of=MONDAY,
                known_at=dt.datetime(2024, 4, 20, 18, 0, tzinfo=dt.timezone(dt.timedelta(hours=3))),
            ),
            by="channel",
        ),
        currency="RUB",
        minor_digits=2,
        columns=conversions.COLUMNS,
        rows=(
            ConversionRow(
                key="meeting_held>proposal_sent|web",
                step_from="meeting_held",
                step_to="proposal_sent",
                cut="web",
                n=40,
                count=18,
                share=Fraction(18, 40),
                low=Fraction(3072, 10000),
                high=Fraction(6017, 10000),
            ),
            ConversionRow(
                key="meeting_held>proposal_sent|-",
                step_from="meeting_held",
                step_to="proposal_sent",
                cut="",
                n=3,
                count=1,
                share=Fraction(1, 3),
                low=Fraction(615, 10000),
                high=Fraction(7923, 10000),
                small=True,
            ),
        ),
        totals=(
            ConversionRow(
                key="meeting_held>proposal_sent|*",
                step_from="meeting_held",
                step_to="proposal_sent",
                cut=None,
                n=43,
                count=19,
                share=Fraction(19, 43),
                low=Fraction(3043, 10000),
                high=Fraction(5895, 10000),
                pending=12,
                loose=2,
            ),
        ),
        basis=conversions.Basis(zone="Europe/Moscow", seen=MONDAY, entered={}, reached={}),
        trust=Trust(events=62),
    )


REPORTS: dict[str, Report] = {
    "plan-fact": board(),
    "activity": activities(),
    "conversions": funnel(),
}
