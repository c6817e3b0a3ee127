"""What is counted, by the word a person uses for it."""

from __future__ import annotations

from typing import Final

from cockpit.entry.verbs import VERBS, verb
from cockpit.errors import Refused
from cockpit.words import t
from events.log import Log
from events.trace import Trace
from events.vocabulary import StageEntered, StepCompleted, name_of
from projections.steps import STEPS, step_of

_KINDS: Final = {
    "call": "call_made",
    "meeting": "meeting_held",
    "presentation": "presentation_given",
    "proposal": "proposal_sent",
    "lead": "lead_received",
    "qualified": "lead_qualified",
    "deal": "deal_opened",
    "stage": "stage_entered",
    "won": "deal_won",
    "lost": "deal_lost",
    "order": "order_placed",
    "invoice": "invoice_issued",
    "promise": "payment_promised",
    "payment": "payment_received",
}


def activity_of(word: str) -> str:
    """The activity a word means: `call` is `call_made`; a word that is no verb is the trade's own
    step, as in `:measurement`.
    """
    folded = word.casefold()
    if folded in _KINDS.values():
        return folded
    known = verb(folded) or verb(folded.removesuffix("s"))
    kind = _KINDS.get(known.name) if known is not None else None
    return kind or f":{folded.removeprefix(':')}"


def activity_meant(word: str) -> str:
    """The activity a word means, where nothing is there yet to find it in.

    Raises Refused for a word that is nearly a verb and not said to be a step by its colon.
    """
    from difflib import get_close_matches

    if not word.strip(": "):
        raise Refused(t("a step needs a name: type one like :measurement"))
    found = activity_of(word)
    if not found.startswith(":") or word.startswith(":"):
        return found
    verbs = [name for each in VERBS if each.name in _KINDS for name in (each.name, *each.aliases)]
    whole = [name for name in verbs if len(name) > 2]
    near = get_close_matches(word.casefold(), whole, n=1, cutoff=0.75)
    if near:
        raise Refused(
            t(
                "there is no activity {word}: type {near}, or :{word} for a step of your own",
                word=word,
                near=near[0],
            )
        )
    return found


def step_meant(word: str) -> str:
    """The step of a sale a word means, where nothing is there yet to find it in.

    Raises Refused as `activity_meant` does, and for an activity that is no step.
    """
    found = activity_meant(word)
    if found in STEPS or found.startswith(":"):
        return found
    named = ", ".join(step_words())
    raise Refused(t("there is no step {word}: type one of {steps}", word=word, steps=named))


def step_words() -> list[str]:
    """The words for the steps every trade has, as they are typed."""
    return [word for word, kind in _KINDS.items() if kind in STEPS]


def own_steps(log: Log) -> set[str]:
    """The trade's own steps and stages that were ever logged, as in `:measurement`."""
    kinds = (name_of(StepCompleted), name_of(StageEntered))
    bodies = (event.body for event in log.find(Trace(kinds=kinds)))
    return {step_of(body) for body in bodies if isinstance(body, StepCompleted | StageEntered)}
