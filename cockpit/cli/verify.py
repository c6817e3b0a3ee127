"""`cockpit verify`."""

from __future__ import annotations

import click

from cockpit import formats
from cockpit.cli.base import Command, file_option, given_file
from cockpit.cli.talk import emit, say
from cockpit.entry.whole import whole
from cockpit.errors import Refused
from cockpit.refusals import told
from cockpit.words import mark, n, t
from events.envelope import Head

_DAMAGED = 4


@click.command(
    cls=Command,
    help=mark(
        "Prove that nothing in the log was changed or lost: every event, every link, every "
        "personal field. Exit code 4 and the first broken event where something was."
    ),
    epilog="verify\nverify --head 1234:5f3a…",
)
@click.option(
    "--head",
    metavar="NUMBER:LINK",
    help=mark("A head noted earlier, as printed here; the log must still hold it."),
)
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
@click.pass_context
def command(context: click.Context, head: str | None, as_json: bool) -> None:
    """Read the whole log and recompute its chain."""
    from events.sqlite.verify import verify

    path = given_file(context)
    if not path.exists():
        raise Refused(t("there is no log at {path}: type cockpit init", path=path))
    verdict = verify(path, expected_head=_head(head))
    if as_json:
        emit(
            {
                "file": str(verdict.path),
                "sound": verdict.sound,
                "events": verdict.head.seq,
                "head": verdict.head.link,
                "erased": verdict.erased,
                "unknown": verdict.unknown,
                "flaws": [
                    {"seq": flaw.seq, "event_id": flaw.event_id, "what": flaw.what}
                    for flaw in verdict.flaws
                ],
            }
        )
    elif verdict.sound:
        count = formats.count(verdict.head.seq)
        click.echo(
            n(
                "✓ {shown} event, nothing changed, nothing lost",
                "✓ {shown} events, nothing changed, nothing lost",
                verdict.head.seq,
                shown=count,
            )
        )
        click.echo(t("head {head}", head=f"{verdict.head.seq}:{verdict.head.link}"))
    else:
        for flaw in verdict.flaws:
            say(f"✗ {told(flaw.said)}")
    if not verdict.sound:
        context.exit(_DAMAGED)


def _head(text: str | None) -> Head | None:
    """The head a person noted."""
    if text is None:
        return None
    number, _, link = text.partition(":")
    position = whole(number)
    if position is None or len(link) != len(Head(0, "0" * 64).link):
        raise click.UsageError(t("{text} is no head: type it as verify printed it", text=text))
    return Head(position, link)
