"""The steps of a sale from the first interest to the last payment, as facts of the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cockpit.demo.deal import Deal
from cockpit.demo.dice import Dice
from cockpit.demo.keys import Keys, keys_of
from cockpit.demo.money import given_up, invoice_of, money_of
from cockpit.demo.nations import Nation
from cockpit.demo.steps import Step
from events.vocabulary import (
    AmountSet,
    CallMade,
    ClientRegistered,
    DealLost,
    DealOpened,
    DealParked,
    DealResumed,
    ExpectedDateSet,
    LeadQualified,
    LeadReceived,
    MeetingHeld,
    NextStepSet,
    OrderPlaced,
    PresentationGiven,
    ProposalSent,
    StepCompleted,
    TemperatureSet,
    UpsellMarked,
)


def steps_of(
    nation: Nation,
    deal: Deal,
    key: str,
    number: str | None,
    registered: ClientRegistered,
    dice: Dice,
) -> Iterator[Step]:
    """Everything that is written down about a deal; `number` is its invoice's."""
    keys = keys_of(deal, key)
    if deal.fresh:
        yield Step(deal.opened, registered)
    yield from (
        _ordered(nation, deal, keys, dice) if deal.repeat else _courted(nation, deal, keys, dice)
    )
    if deal.invoiced is not None and number is not None:
        yield invoice_of(deal, keys, number)
        contact = dice.pick(nation.contacts)
        yield from money_of(deal, keys, number, contact, dice)
    if deal.lost is not None:
        yield from _lost(nation, deal, keys, number, dice)


def _call(keys: Keys, dice: Dice, note: str | None = None, direction: str = "out") -> CallMade:
    return CallMade(
        **keys.who,
        direction="in" if direction == "in" else "out",
        seconds=dice.between(70, 900),
        reached=True,
        note=note,
        **keys.cuts,
    )


def _ordered(nation: Nation, deal: Deal, keys: Keys, dice: Dice) -> Iterator[Step]:
    """A client who has bought before rings up, mostly sees somebody, and orders what is offered."""
    yield Step(deal.opened, _call(keys, dice, direction="in"))
    if dice.chance(85):
        seconds = dice.between(15, 40) * 60
        yield Step(deal.opened, MeetingHeld(**keys.who, seconds=seconds, **keys.cuts))
    if dice.chance(95):
        offer = ProposalSent(**keys.who, amount=deal.amount, **keys.cuts)
        yield Step(deal.opened, offer, next_to=True)
    order = OrderPlaced(
        **keys.who,
        amount=deal.amount,
        cost=deal.cost,
        direct=deal.direct,
        **keys.cuts,
    )
    yield Step(deal.opened, order, next_to=True)
    if dice.chance(8):
        yield Step(deal.opened, UpsellMarked(**keys.who, amount=deal.amount // 8), next_to=True)


def _courted(nation: Nation, deal: Deal, keys: Keys, dice: Dice) -> Iterator[Step]:
    """A lead is won over step by step, as far as it goes."""
    who = keys.who
    yield Step(deal.opened, LeadReceived(**who, **keys.cuts), next_to=True)
    yield Step(deal.opened, _call(keys, dice, _sometimes(nation.call_notes, 15, dice)))
    label = TemperatureSet(**who, temperature=deal.temperature)
    yield Step(deal.opened, label, next_to=True)
    if deal.qualified is not None:
        answers = {"need": True, "budget": dice.chance(70), "decision": dice.chance(80)}
        yield Step(deal.qualified, LeadQualified(**who, answers=answers, **keys.cuts))
        guess = deal.amount * dice.between(80, 125) // 100
        yield Step(deal.qualified, DealOpened(**who, amount=guess, **keys.cuts), next_to=True)
    if deal.met is not None:
        yield from _met(nation, deal, keys, deal.met, dice)
    if deal.proposed is not None:
        yield from _proposed(nation, deal, keys, deal.proposed, dice)


def _met(nation: Nation, deal: Deal, keys: Keys, day: dt.date, dice: Dice) -> Iterator[Step]:
    who = keys.who
    note = _sometimes(nation.meeting_notes, 20, dice)
    seconds = dice.between(25, 90) * 60
    yield Step(day, MeetingHeld(**who, seconds=seconds, note=note, **keys.cuts))
    if dice.chance(30):
        yield Step(day, StepCompleted(**who, activity=nation.measurement, **keys.cuts))
    if dice.chance(45):
        yield Step(day, PresentationGiven(**who, **keys.cuts))
    if dice.chance(70):
        step = dice.pick(nation.next_steps)
        on = day + dt.timedelta(days=dice.between(1, 6))
        yield Step(day, NextStepSet(**who, step=step, on=on), next_to=True)


def _proposed(nation: Nation, deal: Deal, keys: Keys, day: dt.date, dice: Dice) -> Iterator[Step]:
    who = keys.who
    offered = deal.amount * dice.weighted(((100, 60), (104, 20), (109, 14), (96, 6))) // 100
    yield Step(day, ProposalSent(**who, amount=offered, **keys.cuts))
    due = deal.payments[0].day if deal.payments else day + dt.timedelta(days=20)
    expected = due - dt.timedelta(days=6 if deal.late else 0)
    yield Step(day, ExpectedDateSet(**who, on=expected), next_to=True)
    end = deal.invoiced or deal.lost
    if end is None or end <= day:
        return
    yield Step(end, _call(keys, dice, _sometimes(nation.call_notes, 25, dice)))
    if deal.late:
        yield Step(end, ExpectedDateSet(**who, on=due), next_to=True)
    if offered != deal.amount:
        yield Step(end, AmountSet(**who, amount=deal.amount), next_to=True)
    if deal.lost is not None and (end - day).days > 8 and dice.chance(25):
        until = day + dt.timedelta(days=7)
        parked = DealParked(**who, until=until, reason=dice.pick(nation.parked))
        yield Step(day, parked, next_to=True)
        yield Step(until, DealResumed(**who))


def _lost(nation: Nation, deal: Deal, keys: Keys, number: str | None, dice: Dice) -> Iterator[Step]:
    assert deal.lost is not None
    if number is not None:
        yield from given_up(deal, keys, number, nation.given_up, dice)
    lost = DealLost(
        **keys.who,
        reason=deal.reason,
        note=_sometimes(nation.loss_notes, 40, dice),
        **keys.cuts,
    )
    yield Step(deal.lost, lost)


def _sometimes(words: tuple[str, ...], percent: int, dice: Dice) -> str | None:
    return dice.pick(words) if dice.chance(percent) else None
