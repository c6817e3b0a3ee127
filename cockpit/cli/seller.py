"""`cockpit seller add|list|leave|role`."""

from __future__ import annotations

import re

import click

from cockpit import formats
from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.common import NAME, append, moment_of, named, opened, table
from cockpit.cli.completers import sellers
from cockpit.cli.talk import done, emit
from cockpit.cli.writing import asker
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.vocabulary import RoleSet, SellerHired, SellerLeft
from projections.state import SellerState

_KEY = re.compile(r"[\w.-]+")


@click.group(
    cls=Group,
    help=mark("Who sells: add, list, leave, role."),
    epilog='seller add ivanov "Иванов Пётр" --team north\nseller list',
)
@file_option
def command() -> None:
    """Everything about the people of the department."""


@command.command(
    cls=Command,
    help=mark("Add a seller: a short KEY for typing, and the NAME for the screen."),
    epilog='seller add ivanov "Иванов Пётр" --team north --since 01.11',
)
@click.argument("key")
@click.argument("name")
@click.option("--team", type=NAME, metavar="NAME", help=mark("The team."))
@click.option("--role", type=NAME, metavar="NAME", help=mark("The role, like closer or farmer."))
@click.option("--territory", type=NAME, metavar="NAME", help=mark("The territory."))
@click.option("--channel", type=NAME, metavar="NAME", help=mark("The channel."))
@click.option("--since", metavar="DAY", help=mark("The first working day; today without it."))
@file_option
def add(
    key: str,
    name: str,
    team: str | None,
    role: str | None,
    territory: str | None,
    channel: str | None,
    since: str | None,
) -> None:
    """Hire somebody, or hire somebody who had left again."""
    key = key.casefold()
    if not _KEY.fullmatch(key):
        raise Refused(t("{key} is no key: type letters and digits, like ivanov", key=key))
    name = named(name)
    if not name:
        raise Refused(t("a seller needs a name"))
    with opened() as department:
        known = department.desk.sellers(department.dials()).get(key)
        if known is not None and known.left is None:
            raise Refused(t("there is a seller {key} already: type another key", key=key))
        hired = SellerHired(
            seller=key,
            name=name,
            team=team,
            role=role,
            territory=territory,
            channel=channel,
        )
        append(department, hired, at=moment_of(department, since))
    done(t("{name} sells here now, as {key}", name=name, key=key))


@command.command(
    "list", cls=Command, help=mark("List the sellers, those who left too."), epilog="seller list"
)
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def list_(as_json: bool) -> None:
    """Everybody ever hired."""
    with opened(writable=False) as department:
        names = department.seller_names
        known = department.desk.sellers(department.dials()).values()
        if as_json:
            emit([{"name": names.get(each.seller), **_plain(each)} for each in known])
            return
        rows = [
            [
                each.seller,
                names.get(each.seller, ""),
                each.team or "",
                each.role or "",
                formats.date(each.hired),
                formats.date(each.left) if each.left else "",
            ]
            for each in known
        ]
    table([t("key"), t("name"), t("team"), t("role"), t("since"), t("left")], rows)


@command.command(
    cls=Command,
    help=mark("A seller leaves; the sales stay where they were made."),
    epilog="seller leave ivanov 15.11",
)
@click.argument("seller", shell_complete=sellers)
@click.argument("day", required=False)
@click.option("--note", metavar="WORDS", help=mark("Free words about it."))
@file_option
def leave(seller: str, day: str | None, note: str | None) -> None:
    """The last working day of somebody."""
    with opened() as department:
        key = department.seller(seller, asker())
        known = department.desk.sellers(department.dials()).get(key)
        if known is not None and known.left is not None:
            raise Refused(
                t("{seller} has left on {day} already", seller=key, day=formats.date(known.left))
            )
        moment = moment_of(department, day)
        append(department, SellerLeft(seller=key, note=note), at=moment)
        name = department.seller_names[key]
    done(t("{name} leaves; last working day {day}", name=name, day=formats.date(moment.date())))


@command.command(
    cls=Command,
    help=mark("Give a seller another role or team from a day on."),
    epilog="seller role ivanov closer --team south",
)
@click.argument("seller", shell_complete=sellers)
@click.argument("role", type=NAME, required=False)
@click.option("--team", type=NAME, metavar="NAME", help=mark("The team."))
@click.option("--since", metavar="DAY", help=mark("The first day of it; today without it."))
@file_option
def role(seller: str, role: str | None, team: str | None, since: str | None) -> None:
    """A role, a team, or both."""
    if role is None and team is None:
        raise Refused(t("which role? Type cockpit seller role ivanov closer, or add --team"))
    with opened() as department:
        key = department.seller(seller, asker())
        append(
            department,
            RoleSet(seller=key, role=role, team=team),
            at=moment_of(department, since),
        )
        name = department.seller_names[key]
    done(" · ".join(filter(None, (name, role, team))))


def _plain(seller: SellerState) -> dict[str, str | None]:
    """What is known of a seller, for programs."""
    return {
        "seller": seller.seller,
        "team": seller.team,
        "role": seller.role,
        "hired": seller.hired.isoformat(),
        "left": seller.left.isoformat() if seller.left else None,
    }
