"""`cockpit void EVENT "why"`."""

from __future__ import annotations

import click

from cockpit import labels
from cockpit.cli.base import Command, file_option
from cockpit.cli.common import opened, undo
from cockpit.cli.repairing import withdrawal
from cockpit.cli.talk import done
from cockpit.entry.targets import event_of
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.errors import Invalid


@click.command(
    cls=Command,
    help=mark(
        "Withdraw an EVENT, named by its number or id, and say why. It stays in the log and "
        "counts no more; voiding the void takes that back."
    ),
    epilog='void 1234 "logged twice"',
)
@click.argument("event")
@click.argument("reason", nargs=-1)
@file_option
def command(event: str, reason: tuple[str, ...]) -> None:
    """The words after the event are the reason."""
    why = " ".join(reason).strip()
    if not why:
        raise Refused(t('why? Type cockpit void {event} "logged twice"', event=event))
    with opened() as department:
        target = event_of(department.log, event)
        try:
            answers = department.log.append([withdrawal(department, target, why)])
        except Invalid as error:
            raise Refused(
                t(
                    "{kind} {number} is voided already: there is nothing to do",
                    kind=labels.kind(target.kind),
                    number=target.seq,
                )
            ) from error
    done(t("{kind} {number} voided", kind=labels.kind(target.kind), number=target.seq))
    undo(answers[0])
