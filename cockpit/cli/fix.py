"""`cockpit fix EVENT field=value "why"`."""

from __future__ import annotations

import click

from cockpit import labels
from cockpit.cli.base import Command, file_option
from cockpit.cli.common import opened, undo
from cockpit.cli.repairing import correction
from cockpit.cli.talk import done
from cockpit.cli.writing import append_alone, asker
from cockpit.entry.targets import event_of, fields_of
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.envelope import Draft


@click.command(
    cls=Command,
    help=mark(
        "Correct an EVENT, named by its number or id: field=value, as many as needed, then why. "
        "Nothing is edited; a correction is written beside it."
    ),
    epilog='fix 1234 amount=120k "typo"\nfix 1234 length=3m20 at="yesterday 16:40" "mistyped"\n'
    'fix 1234 client=Ромашка "wrong client"',
)
@click.argument("event")
@click.argument("words", nargs=-1, required=True)
@file_option
def command(event: str, words: tuple[str, ...]) -> None:
    """The pairs are corrections, the other words the reason."""
    pairs = [word for word in words if "=" in word]
    reason = " ".join(word for word in words if "=" not in word).strip()
    if not pairs:
        raise Refused(
            t('what is right instead? Type cockpit fix {event} amount=120k "typo"', event=event)
        )
    if not reason:
        raise Refused(t('why? Add the reason at the end: "typo"'))
    with opened() as department:
        target = event_of(department.log, event)

        def make() -> list[Draft]:
            fields = fields_of(department, target, pairs, asker())
            return [correction(department, target, fields, reason)]

        _, answers = append_alone(department, make)
    done(t("{kind} {number} corrected", kind=labels.kind(target.kind), number=target.seq))
    undo(answers[0])
