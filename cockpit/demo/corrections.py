"""Corrections: agreed at one stand-up, answered for at a later one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from cockpit.demo.cast import Person
from cockpit.demo.dice import Dice
from cockpit.demo.entry import Entry
from cockpit.demo.meeting import Meeting
from cockpit.demo.nations import Topic
from cockpit.demo.setting import Setting
from events.vocabulary import CorrectionAgreed, CorrectionReviewed
from events.vocabulary.meetings import ReviewVerdict

OPEN_AT_ONCE = 3
VERDICTS: tuple[tuple[ReviewVerdict, int], ...] = (("done", 55), ("not_done", 30), ("moved", 15))


class Open(msgspec.Struct, frozen=True):
    """A correction that was not looked at yet."""

    key: str
    seller: str
    until: dt.date


def reviewed(
    setting: Setting,
    meeting: Meeting,
    day: dt.date,
    here: tuple[str, ...],
    waiting: list[Open],
    dice: Dice,
) -> Iterator[Entry]:
    """Corrections that have come due are answered for by those who are there."""
    for correction in [each for each in waiting if each.until <= day and each.seller in here]:
        waiting.remove(correction)
        verdict = dice.weighted(VERDICTS)
        until = setting.step(day, 3) if verdict == "moved" else None
        body = CorrectionReviewed(
            correction=correction.key,
            seller=correction.seller,
            verdict=verdict,
            until=until,
        )
        yield meeting.say(body, 8)
        if until is not None:
            waiting.append(msgspec.structs.replace(correction, until=until))


def agreed(
    setting: Setting,
    meeting: Meeting,
    day: dt.date,
    lagging: Sequence[Person],
    waiting: list[Open],
    dice: Dice,
) -> Iterator[Entry]:
    """A correction for most who lag; on the last day for all of them."""
    last = day == setting.worked[-1]
    for person in lagging:
        mine = sum(1 for each in waiting if each.seller == person.key)
        if mine >= OPEN_AT_ONCE or not (last or dice.chance(38)):
            continue
        topic = dice.pick(setting.nation.topics)
        before, target = _from_to(person, topic, dice)
        until = setting.step(day, dice.between(2, 5))
        key = f"{meeting.key}-{person.key}"
        body = CorrectionAgreed(
            correction=key,
            seller=person.key,
            metric=topic.metric,
            before=before,
            target=target,
            until=until,
            action=topic.action,
            topic=topic.topic,
            standup=meeting.key,
        )
        yield meeting.say(body, 12)
        waiting.append(Open(key, person.key, until))


def _from_to(person: Person, topic: Topic, dice: Dice) -> tuple[str, str]:
    if ">" in topic.metric:
        share = dice.between(18, 40)
        return f"{share}%", f"{share + 10}%"
    count = person.character.calls if topic.metric == "call_made" else dice.between(1, 3)
    return str(count), str(count + max(1, count // 5))
