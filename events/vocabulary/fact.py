"""What every kind of event has in common.

The vocabulary is written without postponed annotations: msgspec would have to evaluate each of
them when a kind is read for the first time, which costs a short command more than reading.
"""

import re
from typing import Annotated, ClassVar, Final

import msgspec

LARGEST: Final = 10**15
"""No count, sum of minor units or length is larger: so many of them still add up in 64 bits."""

Whole = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
"""A whole number that may be added up; a body with one beyond the bounds is not read as ours."""

Seconds = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
"""How long something took."""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def snake(name: str) -> str:
    """`CallMade` on the page is `call_made` on the disk."""
    return _HUMP.sub("_", name).lower()


class Fact(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag=snake,
    gc=False,
):
    """Something that happened. Subclasses are the trade's words for it, in the past tense.

    `VERSION` grows when the shape of a kind changes; an upcaster then lifts the older shapes.
    `PERSONAL` names the fields that hold names of people, phones, mail addresses or free text:
    they live in the erasable side table, and the chained body holds a salted digest of each.
    Facts are read by the hundred thousand and hold no cycles, so the collector passes them over.
    """

    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[tuple[str, ...]] = ()


class Cuts(Fact, frozen=True, kw_only=True):
    """The dimensions reports cut by, as they were when the fact was written down."""

    channel: str | None = None
    segment: str | None = None
    territory: str | None = None
    product: str | None = None
    group: str | None = None
    temperature: str | None = None
