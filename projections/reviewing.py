"""What a stand-up begins with: the corrections agreed before, and what is due (feature P8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

import msgspec

from events.vocabulary import StandupClosed, StandupStarted
from events.vocabulary.fact import Fact
from projections.corrections import CorrectionState, corrections
from projections.source import Version

STANDUP_KINDS: Final[tuple[type[Fact], ...]] = (StandupStarted, StandupClosed)


class Held(msgspec.Struct, frozen=True):
    """The last stand-up before a day: its own day, and the place of its end in the log."""

    day: dt.date
    ended: int


def held(facts: Iterable[Version], seen: dt.date) -> Held | None:
    """The last stand-up before the day seen, from `STANDUP_KINDS`; None where there was none.

    One that was never closed ended with its beginning.
    """
    steps = [
        (version.day, version.seq)
        for version in facts
        if isinstance(version.body, STANDUP_KINDS) and version.day < seen
    ]
    return Held(*max(steps)) if steps else None


def to_review(state: CorrectionState, seen: dt.date, last: Held | None) -> bool:
    """Whether the stand-up of the day seen begins with it.

    Agreed in the last stand-up or due by now and still open, or answered for since that stand-up
    ended. What is agreed today waits for tomorrow.
    """
    if state.agreed >= seen:
        return False
    answer = state.answer
    if state.settled and answer is not None:
        return answer.day == seen or (last is not None and answer.seq > last.ended)
    if not state.open:
        return False
    spoken_today = answer is not None and answer.day == seen
    return spoken_today or state.until <= seen or (last is not None and state.agreed >= last.day)


def reviewed(
    agreed: Iterable[Version], steps: Iterable[Version], seen: dt.date
) -> tuple[CorrectionState, ...]:
    """What the day seen begins with, from `CORRECTION_KINDS` and `STANDUP_KINDS`: what still waits
    first, then by the day due.
    """
    last = held(steps, seen)
    found = [state for state in corrections(agreed).values() if to_review(state, seen, last)]
    return tuple(sorted(found, key=lambda state: (state.settled, state.until, state.seq)))
