"""Months as people type them: `2026-04`, `04.2026`, `4`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from cockpit.entry.moments import check_year
from cockpit.errors import Refused
from cockpit.words import t
from projections.period import Period, month_of

_FORMS: Final = (
    re.compile(r"(?P<year>\d{4})[-.](?P<month>\d{1,2})\.?"),
    re.compile(r"(?P<month>\d{1,2})[.-](?P<year>\d{4})"),
    re.compile(r"(?P<month>\d{1,2})"),
)


def parse(text: str | None, today: dt.date) -> Period:
    """The month meant, this one without a text; raises Refused with what to type instead."""
    if text is None:
        return month_of(today)
    for form in _FORMS:
        found = form.fullmatch(text.strip())
        if found and 1 <= int(found["month"]) <= 12:
            year = int(found["year"]) if "year" in form.groupindex else today.year
            check_year(year)
            return month_of(dt.date(year, int(found["month"]), 1))
    raise Refused(t("{text} is not a month: type 2026-04", text=text))
