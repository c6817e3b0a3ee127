"""What is asked of a demo department."""

from __future__ import annotations

import datetime as dt

import msgspec

from cockpit.errors import Refused
from cockpit.words import t

_MOST_EVENTS = 10_000_000


class Spec(msgspec.Struct, frozen=True, kw_only=True):
    """The same spec makes the same department, byte for byte.

    The story ends on `today` at nine in the morning and goes back over `months` whole months
    before the month of `today`. With `events` there are exactly so many, calls filling up what
    the rest of the work leaves. Raises Refused where a number is out of range.
    """

    today: dt.date
    seed: int = 1
    sellers: int = 8
    months: int = 6
    events: int | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        """Refuse what no department could be."""
        if not 1 <= self.sellers <= 100:
            raise Refused(t("a demo has 1 to 100 sellers, not {count}", count=self.sellers))
        if not 1 <= self.months <= 120:
            raise Refused(t("a demo goes back 1 to 120 months, not {count}", count=self.months))
        if self.events is not None and not 1 <= self.events <= _MOST_EVENTS:
            raise Refused(
                t(
                    "a demo has 1 to {most} events, not {count}",
                    most=_MOST_EVENTS,
                    count=self.events,
                )
            )
