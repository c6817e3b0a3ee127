"""The head closes each month that is over; one payment of the newest turns up after that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from cockpit.demo.cast import Person
from cockpit.demo.characters import STAR
from cockpit.demo.entry import Entry, soon
from cockpit.demo.setting import HEAD, Setting, next_month
from events.seal import NO_LINK
from events.vocabulary import InvoiceIssued, MonthClosed, PaymentReceived

AFTER = 2
"""A month is closed so many working days after the first one of the next month."""
CLOSED = 16 * 60 + 20
FOUND = 17 * 60 + 5


def closings_of(setting: Setting) -> Iterator[Entry]:
    """A close for each month that was closed until now, the oldest first.

    Position, link and totals are those of the log it is appended to: `cockpit.demo.writing` fills
    them in.
    """
    for month in setting.months[:-1]:
        at = setting.at(_day(setting, month), CLOSED)
        if at < setting.now:
            yield soon(at, HEAD, MonthClosed(month=month, position=0, link=NO_LINK))


def with_late_payment(
    setting: Setting, people: Sequence[Person], entries: Sequence[Entry]
) -> list[Entry]:
    """The same entries, a payment of the newest closed month recorded after its close.

    It is the last of the star, whose pay moves with every payment, else of anybody; and it paid
    a whole invoice, so that nothing else that was said builds on its being known.
    """
    found = list(entries)
    closed = [each.body.month for each in entries if isinstance(each.body, MonthClosed)]
    if not closed:
        return found
    star = next(person.key for person in people if person.character is STAR)
    whole = {(e.body.invoice, e.body.amount) for e in entries if isinstance(e.body, InvoiceIssued)}
    paid = [
        (body.seller == star, entry.occurred, place, body)
        for place, entry in enumerate(entries)
        if isinstance(body := entry.body, PaymentReceived)
        and (body.invoice, body.amount) in whole
        and f"{entry.occurred:%Y-%m}" == closed[-1]
    ]
    if paid:
        _, occurred, place, body = max(paid, key=lambda each: each[:3])
        late = msgspec.structs.replace(body, note=setting.nation.late_payment)
        found[place] = Entry(setting.at(_day(setting, closed[-1]), FOUND), occurred, HEAD, late)
    return found


def _day(setting: Setting, month: str) -> dt.date:
    """The day a month is closed."""
    return setting.step(next_month(dt.date.fromisoformat(f"{month}-01")), AFTER)
