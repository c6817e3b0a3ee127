"""`cockpit log VERB …`: three seconds per fact."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

from cockpit.cli.base import Command, Group, file_option, given_file
from cockpit.cli.choices import Choice
from cockpit.cli.completers import sellers
from cockpit.cli.logged import log
from cockpit.entry.options import Option, options_of
from cockpit.entry.verbs import VERBS, Verb, verb
from cockpit.words import mark

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_HELPS = {
    "call": mark("A call: +PHONE, length 3m20, in or out, client, when; in any order."),
    "meeting": mark("A meeting with a client."),
    "presentation": mark("A presentation to a client."),
    "proposal": mark("A priced offer that went to a client."),
    "step": mark("A step of your trade, like a measurement: STEP CLIENT."),
    "lead": mark("Somebody showed interest."),
    "qualified": mark("A lead turned out to be ready to buy."),
    "deal": mark("Work on a sale begins."),
    "stage": mark("A deal completed a stage: STAGE CLIENT."),
    "won": mark("The client said yes."),
    "lost": mark("The client said no; a reason like price, competitor, timing."),
    "order": mark("A client ordered."),
    "invoice": mark("A request to pay: NUMBER CLIENT AMOUNT."),
    "promise": mark("The client named a day: INVOICE AMOUNT DAY."),
    "payment": mark("Money came in: INVOICE AMOUNT."),
    "credit-note": mark("Less is asked for, or with --refund money goes back."),
    "write-off": mark("An open sum is given up: INVOICE AMOUNT."),
    "cost": mark("What a sale cost became known: INVOICE AMOUNT."),
}


class LogGroup(Group):
    """The verbs, each under its names in four languages, built when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs by their English names."""
        return [known.name for known in VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb under any of its names."""
        known = verb(unicodedata.normalize("NFC", cmd_name))
        return _command(known) if known is not None else None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs, or where none begins so their names in the other languages."""
        from click.shell_completion import CompletionItem

        begun = incomplete.casefold()
        aliases = (word for each in VERBS for word in each.aliases if word.startswith(begun))
        return super().shell_complete(ctx, incomplete) or [CompletionItem(word) for word in aliases]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but knowing the verbs that are near a mistyped one."""
        word = args[0]
        if verb(word) is None and not word.startswith("-") and not ctx.resilient_parsing:
            known = [name for each in VERBS for name in (each.name, *each.aliases)]
            raise click.NoSuchCommand(word, possibilities=known, ctx=ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=LogGroup,
    help=mark("Log a fact. Words come in any order; the answer says what it changed."),
    epilog="log call +79161234567 3m20 out Ромашка\n"
    "log call Ромашка 3m20 yesterday 16:40\n"
    "log call Ромашка 3m20 then meeting wed 15:00\n"
    "log proposal Ромашка 240k\n"
    "log paid 17 120k",
)
@file_option
def command() -> None:
    """Every verb is a command of its own."""


def _command(known: Verb) -> click.Command:
    """The command of a verb with the options that concern it."""

    def run(words: tuple[str, ...], **values: object) -> None:
        context = click.get_current_context()
        log(given_file(context), known, words, values)

    def offer(
        context: click.Context, parameter: click.Parameter, begun: str
    ) -> list[CompletionItem]:
        from cockpit.cli.completers import words_of

        return words_of(known, context, parameter, begun)

    options = [_option(option) for option in options_of(known) if option.name != "file"]
    made = Command(
        known.name,
        params=[click.Argument(["words"], nargs=-1, shell_complete=offer), *options],
        callback=run,
        help=_HELPS[known.name],
        epilog=f"log {known.name} {known.example}",
    )
    return file_option(made)


def _option(option: Option) -> click.Option:
    """An option of the table as click has it."""
    flag = f"{option.flag}/{option.opposite}" if option.opposite else option.flag
    return click.Option(
        [flag, option.name],
        help=option.help,
        is_flag=option.takes in ("nothing", "switch"),
        default=None,
        multiple=option.takes == "texts",
        metavar=option.metavar if option.takes.startswith("text") and not option.choices else None,
        type=Choice(option.choices) if option.choices else None,
        shell_complete=sellers if option.name == "seller" else None,
    )
