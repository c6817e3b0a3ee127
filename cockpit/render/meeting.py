"""The words of stand-ups: their rhythm in a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from cockpit import formats, labels
from cockpit.words import n, t
from projections.reports.rhythm import Rhythm
from projections.rounding import half_up

MOST_DAYS: Final = 5


def rhythm_lines(report: Rhythm, _names: Mapping[str, str]) -> list[str]:
    """The one line there is to say below the rhythm."""
    return [rhythm_line(report)]


def rhythm_line(report: Rhythm) -> str:
    """Held on so many working days, how many of them in a row until now, how long on average,
    what took longest, which were missed (requirement 1).
    """
    total = report.total
    if not total.held and not total.days:
        return t("no working day has passed yet")
    said = [n("held on {held} of {count} working day", "held on {held} of {count} working days",
              total.days, held=total.held)]  # fmt: skip
    if total.streak > 1:
        said.append(n("{count} in a row", "{count} in a row", total.streak))
    if total.seconds is not None:
        said.append(t("mean {time}", time=formats.face(half_up(total.seconds))))
    if total.item is not None and total.longest is not None:
        said.append(t("longest: {item}, {time}", item=labels.value("item", total.item),
                      time=formats.face(half_up(total.longest))))  # fmt: skip
    if total.present is not None:
        said.append(t("{count} present on average", count=formats.number(total.present, 1)))
    if total.missed:
        said.append(t("missed {days}", days=listed(total.missed)))
    return " · ".join(said)


def listed(days: Sequence[dt.date]) -> str:
    """The first days of a list, and how many more there are."""
    named = ", ".join(formats.day(day) for day in days[:MOST_DAYS])
    more = len(days) - MOST_DAYS
    return t("{days} and {count} more", days=named, count=more) if more > 0 else named
