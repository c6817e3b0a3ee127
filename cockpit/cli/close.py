"""`cockpit close MONTH`."""

from __future__ import annotations

from typing import Final

import click

from cockpit import formats
from cockpit.cli.base import Command, file_option
from cockpit.cli.common import opened
from cockpit.cli.talk import done, emit
from cockpit.department import Department
from cockpit.entry import months
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.envelope import Draft
from events.errors import Conflict
from events.vocabulary import MonthClosed
from projections.month_end import month_closed
from projections.period import Period

_TRIES: Final = 20


@click.command(
    cls=Command,
    help=mark(
        "Close a month that is over: its totals and the end of the log go into the log. What is "
        "recorded about it later is shown apart. Keep the printed head outside of this machine."
    ),
    epilog="close 2026-10",
)
@click.argument("month")
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def command(month: str, as_json: bool) -> None:
    """The month must be over, and not closed yet."""
    with opened() as department:
        today = department.now().date()
        period = months.parse(month, today)
        name = period.month or month
        if period.last >= today:
            raise Refused(t("{month} is not over yet: close it once it is", month=name))
        held = department.desk.closings().get(name)
        if held is not None:
            raise Refused(
                t(
                    "{month} was closed on {day} at event {number}; it stays closed",
                    month=name,
                    day=formats.date(held.day),
                    number=held.position,
                )
            )
        closed = _close(department, period)
        head = department.log.head()
        settings = department.settings
    said = f"{head.seq}:{head.link}"
    if as_json:
        emit({"month": name, "position": closed.position, "link": closed.link,
              "totals": closed.totals, "head": said})  # fmt: skip
        return
    fact = formats.money(
        closed.totals["revenue"], settings.minor_digits, currency=settings.currency
    )
    done(
        t(
            "{month} closed at event {number}: {fact}",
            month=name,
            number=closed.position,
            fact=fact,
        )
    )
    click.echo(t("head {head}", head=said))


def _close(department: Department, period: Period) -> MonthClosed:
    """Append the close, on exactly the log its totals were computed from."""
    for _ in range(_TRIES):
        department.refresh()
        head = department.log.head()
        body = month_closed(department.desk, head, period)
        draft = Draft(body=body, occurred_at=department.now(), actor=department.actor())
        try:
            department.log.append([draft], expected=head.seq)
        except Conflict:
            continue
        return body
    raise Refused(t("others are logging all the time: try again in a moment"))
