"""How well people talk with clients, and what clients say of it."""

from typing import ClassVar, Literal

import msgspec

from events.vocabulary.fact import Fact, Whole

Evidence = Literal["call", "live", "chat"]


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One question of a card: its id stays when the words change."""

    id: str
    text: str
    weight: Whole = 1
    guide: str = ""


class CardTemplateSet(Fact, frozen=True, kw_only=True):
    """A version of the score card; earlier cards keep the version they were filled with."""

    template: str
    revision: Whole
    criteria: tuple[Criterion, ...]


class CardFilled(Fact, frozen=True, kw_only=True):
    """A conversation was scored from 0 to 10 by criterion, with the evidence noted."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    seller: str
    template: str
    revision: Whole
    evidence: Evidence
    scores: dict[str, Whole]
    note: str
    client: str | None = None
    deal: str | None = None
    call: str | None = None


class SatisfactionScored(Fact, frozen=True, kw_only=True):
    """A client answered how satisfied they are, 0 to 10."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    client: str
    score: Whole
    seller: str | None = None
    note: str | None = None


class ComplaintOpened(Fact, frozen=True, kw_only=True):
    """A client complained."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    complaint: str
    client: str
    seller: str | None = None
    note: str | None = None


class ComplaintClosed(Fact, frozen=True, kw_only=True):
    """A complaint was settled."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    complaint: str
    client: str | None = None
    seller: str | None = None
    note: str | None = None


class SurveyAnswered(Fact, frozen=True, kw_only=True):
    """A client answered one question of a survey, in a code and in words."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("words",)

    client: str
    question: str
    code: str | None = None
    amount: Whole | None = None
    words: str | None = None
    seller: str | None = None
