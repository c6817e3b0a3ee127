"""Facts of a seller's day: calls, meetings, presentations, proposals, the trade's own steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cockpit.entry.scene import Scene
from cockpit.errors import Refused
from cockpit.words import t
from events.vocabulary import (
    CallMade,
    MeetingHeld,
    PresentationGiven,
    ProposalSent,
    StepCompleted,
)
from events.vocabulary.fact import Fact


def call(scene: Scene) -> CallMade:
    """A call; with whom may stay unsaid."""
    typed, extras = scene.typed, scene.extras
    fact = CallMade(
        seller=scene.seller,
        client=scene.client,
        deal=scene.deal_key,
        direction=typed.direction or "out",
        seconds=typed.length,
        result=extras.result,
        reached=extras.reached,
        phone=typed.phone,
        note=scene.note,
    )
    return scene.cut(fact, deal=scene.deal)


def meeting(scene: Scene) -> MeetingHeld:
    """A meeting with a client."""
    fact = MeetingHeld(
        seller=scene.seller,
        client=scene.known_client,
        deal=scene.deal_key,
        seconds=scene.typed.length,
        note=scene.note,
    )
    return scene.cut(fact, deal=scene.deal)


def presentation(scene: Scene) -> PresentationGiven:
    """A presentation to a client."""
    fact = PresentationGiven(
        seller=scene.seller, client=scene.known_client, deal=scene.deal_key, note=scene.note
    )
    return scene.cut(fact, deal=scene.deal)


def proposal(scene: Scene) -> ProposalSent:
    """A priced offer; its price may stay unsaid."""
    fact = ProposalSent(
        seller=scene.seller,
        client=scene.known_client,
        deal=scene.deal_key,
        amount=scene.typed.amount,
        note=scene.note,
    )
    return scene.cut(fact, deal=scene.deal)


def step(scene: Scene) -> StepCompleted:
    """A step of the trade: the first word names it, the others the client."""
    if not scene.typed.rest:
        raise Refused(t("which step? Name it first: {example}", example=scene.example))
    activity = scene.typed.rest.pop(0).casefold()
    fact = StepCompleted(
        activity=activity,
        seller=scene.seller,
        client=scene.client,
        deal=scene.deal_key,
        note=scene.note,
    )
    return scene.cut(fact, deal=scene.deal)


MAKERS: Final[Mapping[str, Callable[[Scene], Fact]]] = {
    "call": call,
    "meeting": meeting,
    "presentation": presentation,
    "proposal": proposal,
    "step": step,
}
