"""`cockpit training TOPIC SELLER …`."""

from __future__ import annotations

import click

from cockpit import formats
from cockpit.cli.base import Command, file_option
from cockpit.cli.common import append, moment_of, opened, undo
from cockpit.cli.completers import sellers as known_sellers
from cockpit.cli.talk import done
from cockpit.cli.topic import topics
from cockpit.cli.writing import asker
from cockpit.department import Department
from cockpit.entry import durations
from cockpit.errors import Refused
from cockpit.topics import SECONDS, topic_of
from cockpit.words import mark, t
from events.vocabulary import MicroTrainingHeld


@click.command(
    cls=Command,
    help=mark("Log two minutes of training on a TOPIC with one or more SELLERs."),
    epilog="training needs ivanov petrova\ntraining price --all --length 3m",
)
@click.argument("topic")
@click.argument("sellers", nargs=-1, metavar="[SELLER]...", shell_complete=known_sellers)
@click.option("--all", "everybody", is_flag=True, help=mark("With everybody who works today."))
@click.option("--length", metavar="LENGTH", help=mark("How long it took; two minutes without it."))
@click.option("--at", metavar="WHEN", help=mark("When it was held; now without it."))
@file_option
def command(
    topic: str, sellers: tuple[str, ...], everybody: bool, length: str | None, at: str | None
) -> None:
    """Who was there, on what, and how long."""
    found = topic_of(topic, topics())
    seconds = durations.parse(length) if length else SECONDS
    with opened() as department:
        keys = _present(department, sellers, everybody)
        body = MicroTrainingHeld(topic=found.id, seconds=seconds, sellers=keys)
        (answer,) = append(department, body, at=moment_of(department, at))
        names = ", ".join(department.seller_names.get(key, key) for key in keys)
    done(f"{found.name}, {formats.duration(seconds)}: {names}")
    undo(answer)


def _present(department: Department, named: tuple[str, ...], everybody: bool) -> tuple[str, ...]:
    """The sellers named, or all who work here today. Raises Refused for both and for none."""
    if bool(named) == everybody:
        known = ", ".join(department.seller_names)
        raise Refused(t("with whom? Name sellers ({keys}), or add --all", keys=known))
    if not everybody:
        return tuple(dict.fromkeys(department.seller(each, asker()) for each in named))
    today = department.now().date()
    return tuple(
        key
        for key, each in department.desk.sellers(department.dials()).items()
        if each.hired <= today and (each.left is None or today <= each.left)
    )
