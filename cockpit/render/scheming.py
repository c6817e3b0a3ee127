"""What a pay scheme says, in words: the parts of an income, the scale, the weights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.words import t
from events.vocabulary import KpiWeight, OteSet
from projections.scales import WHOLE_BP, Scale
from projections.schemes import QUALITATIVE, Schemes
from projections.state import SellerState, Settings


def lines(
    schemes: Schemes,
    people: Mapping[str, SellerState],
    day: dt.date,
    names: Mapping[str, str],
    settings: Settings,
) -> Iterator[str]:
    """A line for each seller of the month that begins on `day`, then for each role."""
    yield formats.month(day)
    for key, person in people.items():
        found = schemes.ote(key, person.role, max(day, person.hired))
        said = t("no total income is set") if found is None else ote(found, settings)
        yield f"{clean(names.get(key, key))}: {said}"
    for role in sorted({person.role for person in people.values()}, key=lambda role: role or ""):
        whose = clean(role) if role else t("everybody")
        yield f"{whose}: {scale(schemes.scale(role, day))}"
        yield f"{whose}: {premium(schemes.weights(role, day))}"


def ote(body: OteSet, settings: Settings) -> str:
    """`100 000 at 100 %: salary 30 %, premium 15 %, bonus 55 %`."""
    salary, kpi, bonus = (
        formats.share(Fraction(part, WHOLE_BP))
        for part in (body.salary_bp, body.premium_bp, body.bonus_bp)
    )
    return t(
        "{income} at 100 %: salary {salary}, premium {premium}, bonus {bonus}",
        income=formats.money(body.amount, settings.minor_digits, currency=settings.currency),
        salary=salary,
        premium=kpi,
        bonus=bonus,
    )


def scale(found: Scale) -> str:
    """`bonus by revenue: from 70 % ×1, from 100 % ×1.2 on the excess, at most 150 %`."""
    steps = ", ".join(
        t("from {start} {rate}", start=formats.share(step.start), rate=_rate(found, step.rate))
        for step in found.steps
    )
    measure = labels.value("measure", found.measure)
    said = t("bonus by {measure}: {steps}", measure=measure, steps=steps)
    if found.cap is None:
        return said
    most = t("at most {cap} of the bonus", cap=formats.share(found.cap))
    return f"{said}, {most}"


def premium(weighed: Sequence[KpiWeight]) -> str:
    """`premium for calls 30 %, meetings 20 %`; without weights for the usual four alike."""
    if not weighed:
        named = ", ".join(labels.activity(name) for name in QUALITATIVE)
        return t("premium alike for what has a norm of {activities}", activities=named)
    whole = sum(each.weight for each in weighed)
    parts = [f"{_kpi(each)} {formats.share(Fraction(each.weight, whole))}" for each in weighed]
    return t("premium for {activities}", activities=", ".join(parts))


def _kpi(each: KpiWeight) -> str:
    """An activity with the part of it that is meant."""
    parts = (("book", each.book), ("direction", each.direction))
    narrow = [labels.value(name, value) for name, value in parts if value]
    return (
        f"{labels.activity(each.activity)} ({', '.join(narrow)})"
        if narrow
        else labels.activity(each.activity)
    )


def _rate(found: Scale, rate: Fraction) -> str:
    """A rate of each further per cent is a multiple, that of a step a share of the bonus."""
    return formats.share(rate) if found.form == "steps" else formats.ratio(rate)
