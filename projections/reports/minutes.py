"""The minutes of a stand-up (feature P7): what was talked about, for how long, and agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from events.vocabulary import CaseDiscussed, MicroTrainingHeld
from projections.corrections import CorrectionState, Review
from projections.meeting import Meeting, Place
from projections.question import Question
from projections.report import Report, Row
from projections.reports.corrections import CorrectionRow, Corrections
from projections.reports.rhythm.compute import spoken
from projections.state import Settings
from projections.windows.minutes import MinutesWindow

_SECOND = dt.timedelta(seconds=1)


class SpokenRow(Row, frozen=True, kw_only=True):
    """An item, or the turn of a seller in one: its box and the talk time, in seconds."""

    item: str
    seller: str | None = None
    box: int
    seconds: int


class AgreedRow(Row, frozen=True, kw_only=True):
    """A correction agreed in the stand-up; the log reveals its words under the id `event`."""

    event: str
    seller: str
    metric: str
    before: str
    target: str
    until: dt.date
    topic: str | None = None


class AnsweredRow(Row, frozen=True, kw_only=True):
    """What was said of an earlier correction on the day; `event` is that of the answer."""

    event: str
    correction: str
    seller: str
    metric: str
    before: str
    target: str
    verdict: str
    until: dt.date | None = None


class TrainedRow(Row, frozen=True, kw_only=True):
    """A micro-training: its topic, its length in seconds, who took part."""

    topic: str
    seconds: int
    sellers: tuple[str, ...]


class SpokenOfRow(Row, frozen=True, kw_only=True):
    """A hard case; the log reveals its words under the id `event`."""

    event: str
    seller: str | None = None
    client: str | None = None
    deal: str | None = None


class Minutes(Report, frozen=True, kw_only=True):
    """`rows` are the items in the order they had the floor, each followed by its turns.

    `standup` is None where no stand-up was held in the period. `ended` is None while it goes on;
    `talked` is its talk time, `box` that of the items had. `reached` are the moments and
    `floor` the positions in the log at which they first had the floor, `boards` the reports they
    went through, by name, each as known there.
    `uncorrected` lagged and left without a correction.
    """

    day: dt.date
    rows: tuple[SpokenRow, ...] = ()
    standup: str | None = None
    started: dt.datetime | None = None
    ended: dt.datetime | None = None
    talked: int = 0
    box: int = 0
    present: tuple[str, ...] = ()
    agreed: tuple[AgreedRow, ...] = ()
    answered: tuple[AnsweredRow, ...] = ()
    trained: tuple[TrainedRow, ...] = ()
    cases: tuple[SpokenOfRow, ...] = ()
    uncorrected: tuple[str, ...] = ()
    reached: Mapping[str, dt.datetime] = msgspec.field(default_factory=dict)
    floor: Mapping[str, int] = msgspec.field(default_factory=dict)
    boards: Mapping[str, Report] = msgspec.field(default_factory=dict)

    @property
    def over(self) -> tuple[SpokenRow, ...]:
        """The items that took longer than their box."""
        return tuple(row for row in self.rows if row.seller is None and row.seconds > row.box)

    @property
    def reviewed(self) -> tuple[CorrectionRow, ...]:
        """The corrections the stand-up began with, as they stood then."""
        found = self.boards.get("corrections")
        return found.to_review if isinstance(found, Corrections) else ()

    def clients(self) -> set[str]:
        """The keys of the clients the minutes speak of."""
        return {row.client for row in self.cases if row.client is not None}

    def events(self) -> list[str]:
        """The ids of the events whose words the minutes quote."""
        quoted: tuple[AgreedRow | AnsweredRow | SpokenOfRow, ...]
        quoted = (*self.agreed, *self.answered, *self.cases)
        return [row.event for row in quoted]


def minutes(window: MinutesWindow, question: Question, settings: Settings) -> Minutes:
    """The minutes of the last stand-up of the period."""
    empty = Minutes(
        name="minutes",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=(),
        day=window.day,
    )
    meeting = window.meeting
    return empty if meeting is None else _told(empty, window, meeting)


def _told(empty: Minutes, window: MinutesWindow, meeting: Meeting) -> Minutes:
    rows = tuple(_rows(meeting))
    return Minutes(
        name=empty.name,
        question=empty.question,
        currency=empty.currency,
        minor_digits=empty.minor_digits,
        columns=empty.columns,
        day=window.day,
        rows=rows,
        standup=meeting.standup,
        started=meeting.started,
        ended=meeting.ended,
        talked=spoken(meeting),
        box=sum(row.box for row in rows if row.seller is None),
        present=meeting.present,
        agreed=tuple(_agreed(state) for state in window.corrections if _here(state, window)),
        answered=tuple(
            _answered(state, review)
            for state in window.corrections
            for review in state.reviews
            if review.day == window.day
        ),
        trained=_trained(window),
        cases=_cases(window),
        uncorrected=meeting.uncorrected,
        reached=meeting.reached,
        floor=window.floor,
        boards=window.boards,
    )


def _rows(meeting: Meeting) -> list[SpokenRow]:
    """Items in the order they had the floor, turns below them."""
    found: list[SpokenRow] = []
    for item in meeting.reached:
        took = meeting.on(item, meeting.counted) // _SECOND
        box = meeting.boxes.get(Place(item), 0)
        found.append(SpokenRow(key=item, item=item, box=box, seconds=took))
        for seller in meeting.had(item):
            place = Place(item, seller)
            turn = meeting.turn(place, meeting.counted) // _SECOND
            key = f"{item}/{seller}"
            box = meeting.boxes[place]
            found.append(SpokenRow(key=key, item=item, seller=seller, box=box, seconds=turn))
    return found


def _here(state: CorrectionState, window: MinutesWindow) -> bool:
    """Whether a correction was agreed in the stand-up, or outside of any on its day."""
    name = window.meeting.standup if window.meeting else None
    return state.agreed == window.day and state.standup in (None, name)


def _agreed(state: CorrectionState) -> AgreedRow:
    return AgreedRow(
        key=state.correction,
        event=state.event,
        seller=state.seller,
        metric=state.metric,
        before=state.before,
        target=state.target,
        until=state.promised,
        topic=state.topic,
    )


def _answered(state: CorrectionState, review: Review) -> AnsweredRow:
    return AnsweredRow(
        key=review.event,
        event=review.event,
        correction=state.correction,
        seller=state.seller,
        metric=state.metric,
        before=state.before,
        target=state.target,
        verdict=review.verdict,
        until=review.until,
    )


def _trained(window: MinutesWindow) -> tuple[TrainedRow, ...]:
    bodies = [(version.id, version.body) for version in window.trainings]
    return tuple(
        TrainedRow(key=key, topic=body.topic, seconds=body.seconds, sellers=body.sellers)
        for key, body in bodies
        if isinstance(body, MicroTrainingHeld)
    )


def _cases(window: MinutesWindow) -> tuple[SpokenOfRow, ...]:
    bodies = [(version.id, version.body) for version in window.cases]
    return tuple(
        SpokenOfRow(key=key, event=key, seller=body.seller, client=body.client, deal=body.deal)
        for key, body in bodies
        if isinstance(body, CaseDiscussed)
    )
