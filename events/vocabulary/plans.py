"""Plans, norms and the schemes that pay for them. Money is in minor units."""

import datetime as dt
from typing import ClassVar, Literal

import msgspec

from events.vocabulary.fact import Fact, Whole

Measure = Literal["revenue", "margin", "profit"]
Book = Literal["new", "existing"]
Direction = Literal["in", "out"]
Per = Literal["day", "week", "month"]
NormSource = Literal["hand", "plan", "best", "sector"]
ScaleForm = Literal["linear", "steps"]


class PlanSet(Fact, frozen=True, kw_only=True):
    """The plan of a month (`2026-04`); the latest one for the same scope and measure holds.

    Without seller, team, client or segment it is the department's. `reserve` is the part of the
    department's plan that was deliberately given to nobody.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason",)

    month: str
    measure: Measure = "revenue"
    amount: Whole
    seller: str | None = None
    team: str | None = None
    client: str | None = None
    segment: str | None = None
    reserve: bool = False
    reason: str | None = None


class NormSet(Fact, frozen=True, kw_only=True):
    """How much of an activity is due from `since` on; zero takes the norm away."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason",)

    activity: str
    count: Whole
    per: Per = "day"
    since: dt.date
    seller: str | None = None
    team: str | None = None
    role: str | None = None
    book: Book | None = None
    direction: Direction | None = None
    norm_source: NormSource = "hand"
    reason: str | None = None


class RampStarted(Fact, frozen=True, kw_only=True):
    """A norm begins to grow towards a goal by so many basis points a week."""

    activity: str
    goal: Whole
    weekly_bp: Whole = 1000
    seller: str | None = None


class RampHeld(Fact, frozen=True, kw_only=True):
    """A growing norm stays where it is for a week."""

    activity: str
    seller: str | None = None
    because: Literal["attainment", "quality", "hand"]


class ScaleStep(msgspec.Struct, frozen=True, kw_only=True):
    """From this attainment on (basis points) each basis point of plan pays so much."""

    from_bp: Whole
    rate_bp: Whole


class ScaleSet(Fact, frozen=True, kw_only=True):
    """The bonus scale of a role, or of everybody, from a day on, and the plan it is read by.

    A `linear` one opens with all that lies below its first step; in `steps` the step reached pays
    its rate of the whole bonus. `cap_bp` is the most of the bonus that is paid.
    """

    role: str | None = None
    since: dt.date
    steps: tuple[ScaleStep, ...]
    cap_bp: Whole | None = None
    measure: Measure = "revenue"
    form: ScaleForm = "linear"


class OteSet(Fact, frozen=True, kw_only=True):
    """The total income at 100 % of a seller, or of a role, with its parts in basis points."""

    seller: str | None = None
    since: dt.date
    amount: Whole
    salary_bp: Whole = 3000
    premium_bp: Whole = 1500
    bonus_bp: Whole = 5500
    role: str | None = None


class KpiWeight(msgspec.Struct, frozen=True, kw_only=True):
    """How much an activity, or a part of one, weighs in the premium against the others."""

    activity: str
    weight: Whole
    book: Book | None = None
    direction: Direction | None = None


class KpiSet(Fact, frozen=True, kw_only=True):
    """What the premium of a role, or of everybody, is paid for, from a day on."""

    role: str | None = None
    since: dt.date
    weights: tuple[KpiWeight, ...]


class BenchmarkEntered(Fact, frozen=True, kw_only=True):
    """A reference value from outside, with its origin; of one direction where it names one."""

    activity: str
    count: Whole
    per: Per = "day"
    direction: Direction | None = None
    origin: str


class FixedCostsSet(Fact, frozen=True, kw_only=True):
    """What the department costs in a month whatever it sells."""

    month: str
    amount: Whole


class MonthClosed(Fact, frozen=True, kw_only=True):
    """A month is closed at a position of the log; later facts about it are shown apart."""

    month: str
    position: Whole
    link: str
    totals: dict[str, Whole] = msgspec.field(default_factory=dict)
