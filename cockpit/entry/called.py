"""The call a card is filled from, and who rated it already."""

from __future__ import annotations

from cockpit import labels
from cockpit.department import Department
from cockpit.entry.deals import withdrawn
from cockpit.entry.targets import event_of
from cockpit.errors import Refused
from cockpit.words import t
from events.envelope import Event
from events.trace import Trace
from events.vocabulary import CallMade, CardFilled, name_of
from projections.draw import Call, calls


def call_of(department: Department, text: str, seller: str) -> Call:
    """The call of a number or id as it stands now.

    Raises Refused where there is none, where it is void, and where it is another seller's.
    """
    event = event_of(department.log, text)
    if event.kind != name_of(CallMade):
        raise Refused(
            t(
                "{number} is no call but: {kind}. cockpit draw lists calls to listen to",
                number=event.seq,
                kind=labels.kind(event.kind),
            )
        )
    found = _standing(department, event)
    if found is None:
        raise Refused(t("call {number} is void or nobody's: take another", number=event.seq))
    if found.seller != seller:
        raise Refused(
            t(
                "call {number} is {name}'s: type cockpit card fill {key} --call {number}",
                number=event.seq,
                name=department.seller_names.get(found.seller, found.seller),
                key=found.seller,
            )
        )
    return found


def refuse_again(department: Department, call: Call, rater: str) -> None:
    """Two people may rate a call, one person once: raises Refused for the second time."""
    trace = Trace(kinds=(name_of(CardFilled),), sellers=(call.seller,), fields=(("call", call.id),))
    found = list(department.log.find(trace))
    gone = withdrawn(found)
    for event in found:
        if event.kind == name_of(CardFilled) and event.actor == rater and event.id not in gone:
            raise Refused(
                t(
                    'you rated call {number} already: cockpit void {card} "why" takes that back',
                    number=call.seq,
                    card=event.seq,
                )
            )


def _standing(department: Department, event: Event) -> Call | None:
    """The call with its repairs applied, wherever they moved it."""
    day = event.occurred.astimezone(department.zone).date()
    trace = Trace(
        kinds=(event.kind,), sellers=(event.seller or "",), first=day, last=day,
        zone=department.settings.zone,
    )  # fmt: skip
    found = calls(department.log.find(trace), department.settings.zone)
    return next((call for call in found if call.id == event.id), None)
