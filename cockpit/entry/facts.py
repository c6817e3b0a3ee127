"""From the words of `cockpit log` to the events it appends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cockpit.entry import moments
from cockpit.entry.scene import Scene
from cockpit.entry.words import Then
from cockpit.errors import Refused
from cockpit.words import n
from events.envelope import Draft, new_id
from events.vocabulary import NextStepSet, TaskSet
from events.vocabulary.fact import Fact

Maker = Callable[[Scene], Fact]

WORK: Final = frozenset({"call", "meeting", "presentation", "proposal", "step"})
"""Verbs whose fact is the same whatever else the log holds; the others are appended alone, so
that nothing comes in between reading and writing."""

SELLING: Final = frozenset({"lead", "qualified", "deal", "stage", "won", "lost"})


def _maker(name: str) -> Maker:
    """The function that makes a verb's fact; only the modules of its kind are loaded."""
    if name in WORK:
        from cockpit.entry import activities

        return activities.MAKERS[name]
    if name in SELLING:
        from cockpit.entry import selling

        return selling.MAKERS[name]
    from cockpit.entry import paying

    return paying.MAKERS[name]


def drafts(scene: Scene, given_id: str | None = None) -> list[Draft]:
    """The events a call of `cockpit log` makes: the fact, and what was agreed to come next.

    Raises Refused with what to type instead.
    """
    fact = _maker(scene.verb.name)(scene)
    _check_lateness(scene)
    actor = scene.department.actor()
    own = given_id or new_id()
    made = [Draft(body=fact, occurred_at=scene.moment, actor=actor, id=own)]
    if scene.typed.then is not None:
        body = _agreed(scene, scene.typed.then, fact, own)
        made.append(Draft(body=body, occurred_at=scene.moment, actor=actor, id=f"{own}.then"))
    return made


def _agreed(scene: Scene, then: Then, fact: Fact, own: str) -> NextStepSet | TaskSet:
    """What comes next: a step of the deal, or a task of the seller where there is no deal."""
    deal: str | None = getattr(fact, "deal", None)
    day = moments.ahead(then.when, scene.now.date())
    if deal is not None:
        return NextStepSet(
            deal=deal, step=then.step, on=day, seller=scene.seller, client=scene.client
        )
    return TaskSet(task=own, seller=scene.seller, action=then.step, due=day, client=scene.client)


def _check_lateness(scene: Scene) -> None:
    """Raises Refused for what happened too long ago to be logged without a word why."""
    allowed = scene.department.settings.late_days
    days = (scene.now.date() - scene.moment.astimezone(scene.now.tzinfo).date()).days
    if days > allowed and not scene.extras.reason:
        raise Refused(
            n(
                'that was {count} day ago: say why so late with --reason "..."',
                'that was {count} days ago: say why so late with --reason "..."',
                days,
            )
        )
