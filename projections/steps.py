"""Steps of a sale by name: kinds of events, and a trade's own steps and stages as `:name`."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from events.vocabulary import BY_NAME, StageEntered, StepCompleted, name_of
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from projections.chain import CHAINS

Pair = tuple[str, str]

STEPS: Final = (
    "lead_received",
    "lead_qualified",
    "deal_opened",
    "call_made",
    "meeting_held",
    "presentation_given",
    "proposal_sent",
    "order_placed",
    "invoice_issued",
    "payment_received",
    "deal_won",
    "deal_lost",
)
"""The steps every trade has."""


def kinds_of(step: str) -> tuple[type[Fact], ...]:
    """The kinds of events that can be a step; raises KeyError with the names there are."""
    if step.startswith(":") and len(step) > 1:
        return (StepCompleted, StageEntered)
    if step not in STEPS:
        raise KeyError(f"{step}: {', '.join(STEPS)}, :step")
    return (BY_NAME[step],)


def step_of(body: Fact) -> str:
    """The step an event is."""
    if isinstance(body, StepCompleted):
        return f":{body.activity}"
    if isinstance(body, StageEntered):
        return f":{body.stage}"
    return name_of(type(body))


def usual_pairs(recognition: Recognition, used: set[str]) -> tuple[Pair, ...]:
    """The chain of the sale over the steps in use, leads to sales, and proposals to won deals.

    Requirement rows 10, 58, 100 and 104.
    """
    chain = [step for step in CHAINS[recognition] if step in used]
    won = "deal_won" if "deal_won" in used else CHAINS[recognition][-1]
    wanted = [*pairwise(chain), ("lead_received", won), ("proposal_sent", won)]
    return tuple(dict.fromkeys(pair for pair in wanted if used.issuperset(pair)))
