"""`cockpit draw`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cockpit import formats
from cockpit.cli.base import Command, file_option
from cockpit.cli.common import day_of, opened, table
from cockpit.cli.completers import sellers
from cockpit.cli.talk import emit, say, tell
from cockpit.cli.writing import asker
from cockpit.department import Department
from cockpit.render.heading import period
from cockpit.words import mark, t
from projections.draw import Draw, Drawn


@click.command(
    cls=Command,
    help=mark(
        "Say which calls to listen to this week: two of each seller, drawn from the week before, "
        "long ones likelier than short ones. Everybody who asks in a week gets the same calls, "
        "for it is not the head who chooses."
    ),
    epilog="draw\ndraw ivanov\ndraw --week 2026-11-09",
)
@click.argument("seller", required=False, shell_complete=sellers)
@click.option("--week", metavar="DAY", help=mark("The week of this day; this one without it."))
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def command(seller: str | None, week: str | None, as_json: bool) -> None:
    """The draw, and what to type next."""
    with opened(writable=False) as department:
        key = department.seller(seller, asker()) if seller else None
        drawn = department.desk.draw(day_of(department, week))
        listed = {name: some for name, some in drawn.sellers.items() if key in (None, name)}
        if as_json:
            emit(_plain(drawn, listed))
            return
        if not any(listed.values()):
            made = period(drawn.made)
            say(t("no calls were made {period}: nothing to draw from", period=made))
            return
        tell(
            t(
                "to listen to in the week of {day}, of the calls made {period}",
                day=formats.date(drawn.week.first),
                period=period(drawn.made),
            )
        )
        _tell(department, listed)
        _say_next(listed)


def _tell(department: Department, listed: dict[str, tuple[Drawn, ...]]) -> None:
    """A line for each call; those rated already say by which card."""
    names, clients = department.seller_names, department.client_names
    rows = [
        [
            names.get(name, name),
            str(each.call.seq),
            f"{formats.weekday(each.call.at)} {formats.moment(each.call.at)}",
            formats.duration(each.call.seconds),
            clients.get(each.call.client or "", each.call.client or ""),
            " ".join(f"✓ #{seq}" for seq in each.cards) or "—",
        ]
        for name, each in _every(listed)
    ]
    heads = [t("seller"), t("call"), t("made"), t("length"), t("client"), t("card")]
    table(heads, rows)


def _every(listed: dict[str, tuple[Drawn, ...]]) -> Iterator[tuple[str, Drawn]]:
    for name, some in listed.items():
        for each in some:
            yield name, each


def _say_next(listed: dict[str, tuple[Drawn, ...]]) -> None:
    """The first call that waits, as it is typed."""
    for name, each in _every(listed):
        if not each.cards:
            said = f'cockpit card fill {name} --call {each.call.seq} … --note "…"'
            say(t("next: {command}", command=said))
            return
    say(t("all of them have a card: the week is done"))


def _plain(drawn: Draw, listed: dict[str, tuple[Drawn, ...]]) -> dict[str, object]:
    """The draw for programs."""
    return {
        "week": {"first": drawn.week.first.isoformat(), "last": drawn.week.last.isoformat()},
        "made": {"first": drawn.made.first.isoformat(), "last": drawn.made.last.isoformat()},
        "calls": [
            {
                "seller": name,
                "seq": each.call.seq,
                "id": each.call.id,
                "at": each.call.at.isoformat(),
                "seconds": each.call.seconds,
                "client": each.call.client,
                "cards": list(each.cards),
            }
            for name, each in _every(listed)
        ],
    }
