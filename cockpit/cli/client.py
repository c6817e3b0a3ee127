"""`cockpit client add|list|forget`."""

from __future__ import annotations

import click
import msgspec

from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.choices import Choice
from cockpit.cli.common import NAME, named, opened, table
from cockpit.cli.completers import clients, sellers
from cockpit.cli.talk import done, emit, say
from cockpit.cli.writing import append_alone, asker
from cockpit.department import Department
from cockpit.entry.names import plain
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.envelope import Draft
from events.vocabulary import ClientRegistered

_FIELDS = ("channel", "segment", "territory", "group", "grade", "contact", "phone", "email", "note")


@click.group(
    cls=Group,
    help=mark("Clients: add, list, forget."),
    epilog='client add "ООО Ромашка"\nclient list',
)
@file_option
def command() -> None:
    """Everything about clients."""


@command.command(
    cls=Command,
    help=mark("Register a client, so that facts can name it."),
    epilog='client add "ООО Ромашка" --seller ivanov --channel site --segment retail',
)
@click.argument("name")
@click.option("--key", metavar="KEY", help=mark("Your own key; one is made without it."))
@click.option(
    "--seller", metavar="SELLER", shell_complete=sellers, help=mark("Whose client it is.")
)
@click.option("--channel", type=NAME, metavar="NAME", help=mark("Where the client came from."))
@click.option("--segment", type=NAME, metavar="NAME", help=mark("The client's segment."))
@click.option("--territory", type=NAME, metavar="NAME", help=mark("The territory."))
@click.option("--group", metavar="NAME", help=mark("The target audience."))
@click.option("--grade", type=Choice(["A", "B", "C"]), help=mark("How much it matters."))
@click.option("--contact", metavar="NAME", help=mark("Who to talk to."))
@click.option("--phone", metavar="NUMBER", help=mark("The telephone."))
@click.option("--email", metavar="ADDRESS", help=mark("The mail address."))
@click.option("--note", metavar="WORDS", help=mark("Free words about it."))
@click.option("--another", is_flag=True, help=mark("It is another client of the same name."))
@file_option
def add(
    name: str, key: str | None, seller: str | None, another: bool, **fields: str | None
) -> None:
    """A client under a key that says nothing of the name."""
    name = named(name)
    with opened() as department:

        def make() -> list[Draft]:
            _check_new(department, name, key, another)
            own = department.seller(seller, asker()) if seller else None
            body = msgspec.convert(
                {
                    "kind": "client_registered",
                    "client": key or _next_key(department),
                    "name": name,
                    "seller": own,
                    **fields,
                },
                ClientRegistered,
            )
            return [Draft(body=body, occurred_at=department.now(), actor=department.actor())]

        drafts, _ = append_alone(department, make)
    body = drafts[0].body
    known = body.client if isinstance(body, ClientRegistered) else ""
    done(t("{name} is client {key}", name=name, key=known))


@command.command(
    "list",
    cls=Command,
    help=mark("List the clients, those whose name begins with QUERY where it is given."),
    epilog="client list\nclient list ром",
)
@click.argument("query", default="")
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def list_(query: str, as_json: bool) -> None:
    """Clients by name."""
    with opened(writable=False) as department:
        start, names = plain(query), department.client_names
        known = department.desk.clients(department.dials())
    shown = sorted(
        (
            (names.get(key, ""), state)
            for key, state in known.items()
            if plain(names.get(key, "")).startswith(start)
        ),
        key=lambda pair: pair[0].casefold(),
    )
    if as_json:
        emit([{"name": name or None, **msgspec.to_builtins(state)} for name, state in shown])
        return
    table(
        [t("key"), t("name"), t("seller"), t("segment"), t("territory")],
        [
            [state.client, name, state.seller or "", state.segment or "", state.territory or ""]
            for name, state in shown
        ],
    )


@command.command(
    cls=Command,
    help=mark("Erase a client's name, phone, mail and notes for good; the sums stay."),
    epilog="client forget Ромашка --yes",
)
@click.argument("client", shell_complete=clients)
@click.option("--yes", is_flag=True, help=mark("Do it without asking."))
@file_option
def forget(client: str, yes: bool) -> None:
    """The law's right to be forgotten."""
    from events.sqlite.erasing import erase

    with opened() as department:
        key = department.client(client, asker())
        name = department.client_names[key]
        if not yes:
            if asker() is None:
                raise Refused(t("this cannot be undone: add --yes to erase {name}", name=name))
            click.confirm(
                t("erase all personal text of {name}, for good?", name=name), abort=True, err=True
            )
        erase(department.log, f"client:{key}", actor=department.actor())
    done(t("the personal text of client {key} is erased; its figures stay", key=key))
    say(t("earlier backups still hold it: cockpit backup again and remove them"))


def _check_new(department: Department, name: str, key: str | None, another: bool) -> None:
    """Raises Refused for a key that is taken, and for a name that is one letter's case away."""
    if not plain(name):
        raise Refused(t("a client needs a name"))
    if key is not None and key in department.desk.clients(department.dials()):
        raise Refused(t("there is a client {key} already: type another key", key=key))
    same = [each for each, known in department.client_names.items() if plain(known) == plain(name)]
    if same and not another:
        raise Refused(
            t(
                "there is a client {key} {name} already: add --another if this is a different one",
                key=same[0],
                name=department.client_names[same[0]],
            )
        )


def _next_key(department: Department) -> str:
    """A short key nobody has: the place of the registration in the log."""
    taken = department.desk.clients(department.dials())
    key = f"c{department.log.head().seq + 1}"
    while key in taken:
        key += "x"
    return key
