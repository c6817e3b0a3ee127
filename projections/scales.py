"""The bonus scale g: what of the bonus a share of the plan pays (feature P10, row 35)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import msgspec

from events.vocabulary.plans import Measure, ScaleForm, ScaleSet

WHOLE_BP: Final = 10_000


class Step(msgspec.Struct, frozen=True):
    """From this share of the plan on each further share pays `rate` times itself."""

    start: Fraction
    rate: Fraction


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """`steps` by their start; see `events.vocabulary.ScaleSet` for the two forms and the cap."""

    steps: tuple[Step, ...]
    cap: Fraction | None = None
    measure: Measure = "revenue"
    form: ScaleForm = "linear"


DEFAULT: Final = Scale(
    steps=(Step(Fraction(7, 10), Fraction(1)), Step(Fraction(1), Fraction(6, 5))),
)
"""Below 70 % of the plan nothing, up to 100 % its share, above it 1.2 times the excess."""


def scale_of(body: ScaleSet) -> Scale:
    """The scale an event sets."""
    steps = (
        Step(Fraction(step.from_bp, WHOLE_BP), Fraction(step.rate_bp, WHOLE_BP))
        for step in body.steps
    )
    return Scale(
        steps=tuple(sorted(steps, key=lambda step: step.start)),
        cap=None if body.cap_bp is None else Fraction(body.cap_bp, WHOLE_BP),
        measure=body.measure,
        form=body.form,
    )


def paid_share(scale: Scale, reached: Fraction) -> Fraction:
    """g: the share of the bonus paid where so much of the plan is reached; none below the scale."""
    found = Fraction()
    for place, step in enumerate(scale.steps):
        if reached < step.start:
            break
        if scale.form == "steps":
            found = step.rate
            continue
        ends = scale.steps[place + 1].start if place + 1 < len(scale.steps) else reached
        begins = step.start if place else Fraction()
        found += step.rate * (min(reached, ends) - begins)
    return found if scale.cap is None else min(found, scale.cap)


def opening(scale: Scale, step: Step) -> Fraction:
    """What of the bonus reaching a step opens at once."""
    before = [each for each in scale.steps if each.start < step.start]
    if not before:
        return paid_share(scale, step.start)
    if scale.form == "linear":
        return Fraction()
    return paid_share(scale, step.start) - paid_share(scale, before[-1].start)


def slope(scale: Scale, step: Step) -> Fraction:
    """What of the bonus each further share of the plan pays from a step on, until the next."""
    capped = scale.cap is not None and paid_share(scale, step.start) >= scale.cap
    return Fraction() if scale.form == "steps" or capped else step.rate
