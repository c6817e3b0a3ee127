"""What the pay sheet of a month needs of a source (feature P10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from events.vocabulary.plans import Measure, MonthClosed
from projections.chain import Chain
from projections.closing import Closing, closings
from projections.dials import seen_day
from projections.fold.sales import SALE_KINDS
from projections.period import Period, month_of
from projections.question import Question
from projections.report import Trust
from projections.source import Source
from projections.state import Settings
from projections.trust import trust
from projections.windows.chains import HISTORY, chains_of
from projections.windows.pay_carried import Carry, carried
from projections.windows.pay_month import Books, MonthWindow, known, name_of


class PayWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`own` is the month as known now, `closed` as it was known at its close, where it is closed
    and the dials see further than that. `kinds` are the events that count as sales. `chains` are
    how sellers sold lately, by measure and seller; nobody's once the month is over.
    """

    own: MonthWindow
    seen: dt.date
    kinds: tuple[str, ...]
    chains: Mapping[Measure, Mapping[str, Chain]]
    carries: tuple[Carry, ...] = ()
    closing: Closing | None = None
    closed: MonthWindow | None = None
    trust: Trust = Trust()


def load_pay(source: Source, question: Question, settings: Settings) -> PayWindow:
    """The window of the pay sheet of the month the period ends in."""
    month, dials = month_of(question.period.last), question.dials
    books = Books(source, settings)
    own = books.month(month, dials)
    held = closings(source.facts((MonthClosed,), dials))
    closing = held.get(name_of(month))
    further = closing is not None and (dials.position is None or dials.position > closing.position)
    return PayWindow(
        own=own,
        seen=seen_day(dials, settings.zone),
        kinds=SALE_KINDS[settings.recognition],
        chains=_chains(source, question, settings, own),
        carries=carried(books, month, dials, held),
        closing=closing,
        closed=books.month(month, known(dials, closing.position)) if closing and further else None,
        trust=trust(
            source, month, dials, settings.zone, own.calendars.missing(month), own.calendars
        ),
    )


def _chains(
    source: Source, question: Question, settings: Settings, own: MonthWindow
) -> dict[Measure, dict[str, Chain]]:
    """How the sellers with a plan sold in the last days, for what one more deal pays."""
    seen = seen_day(question.dials, settings.zone)
    if seen > own.month.last:
        return {}
    lately = Period(seen - HISTORY + dt.timedelta(days=1), seen)
    found: dict[Measure, dict[str, Chain]] = {}
    for measure, planned in own.plans.items():
        sellers = planned.sellers.get(name_of(own.month))
        if sellers:
            asked = replace(question, measure=measure)
            found[measure] = chains_of(source, asked, settings, lately, sorted(sellers))
    return found
