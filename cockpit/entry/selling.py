"""Facts of leads and deals: received, qualified, opened, moved on, won and lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cockpit.entry.deals import Deal
from cockpit.entry.scene import Scene
from cockpit.errors import Refused
from cockpit.words import t
from events.vocabulary import (
    DealLost,
    DealOpened,
    DealWon,
    LeadQualified,
    LeadReceived,
    StageEntered,
)
from events.vocabulary.fact import Fact


def lead(scene: Scene) -> LeadReceived:
    """Somebody showed interest; who it is may not be known yet."""
    fact = LeadReceived(
        deal=scene.new_deal(), seller=scene.seller, client=scene.client, note=scene.note
    )
    return scene.cut(fact)


def qualified(scene: Scene) -> LeadQualified:
    """The lead of a client is ready to buy."""
    deal = scene.known_deal
    fact = LeadQualified(
        deal=deal.deal, seller=scene.seller, client=_client(scene, deal), note=scene.note
    )
    return scene.cut(fact, deal=deal)


def opened(scene: Scene) -> DealOpened:
    """Work on a sale begins: on the client's lead where there is just one, else anew."""
    leads = [deal for deal in scene.deals if not deal.opened]
    known = leads[0] if len(leads) == 1 else None
    fact = DealOpened(
        deal=known.deal if known else scene.new_deal(),
        seller=scene.seller,
        client=_client(scene, known),
        amount=scene.typed.amount,
        note=scene.note,
    )
    return scene.cut(fact, deal=known)


def stage(scene: Scene) -> StageEntered:
    """A deal completes a step of the department's list: the first word names it."""
    if not scene.typed.rest:
        raise Refused(t("which stage? Name it first: {example}", example=scene.example))
    name = scene.typed.rest.pop(0).casefold()
    deal = scene.known_deal
    fact = StageEntered(
        deal=deal.deal,
        stage=name,
        seller=scene.seller,
        client=_client(scene, deal),
        note=scene.note,
    )
    return scene.cut(fact, deal=deal)


def won(scene: Scene) -> DealWon:
    """The client said yes; a sale nobody had opened a deal for gets one now."""
    deal = scene.known_deal if scene.deals else None
    amount = scene.typed.amount
    if amount is None and deal is not None:
        amount = deal.amount
    if amount is None and scene.department.settings.recognition == "won":
        amount = scene.amount
    fact = DealWon(
        deal=deal.deal if deal else scene.new_deal(),
        seller=scene.seller,
        client=_client(scene, deal),
        amount=amount,
        cost=scene.money(scene.extras.cost),
        direct=scene.money(scene.extras.direct),
        note=scene.note,
    )
    return scene.cut(fact, deal=deal)


def lost(scene: Scene) -> DealLost:
    """The client said no."""
    deal = scene.known_deal
    fact = DealLost(
        deal=deal.deal,
        reason=scene.typed.reason or "unknown",
        seller=scene.seller,
        client=_client(scene, deal),
        note=scene.note,
    )
    return scene.cut(fact, deal=deal)


def _client(scene: Scene, deal: Deal | None) -> str | None:
    """The client: the deal's own where one is known, else the one named."""
    return deal.client if deal is not None and deal.client is not None else scene.known_client


MAKERS: Final[Mapping[str, Callable[[Scene], Fact]]] = {
    "lead": lead,
    "qualified": qualified,
    "deal": opened,
    "stage": stage,
    "won": won,
    "lost": lost,
}
