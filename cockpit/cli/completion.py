"""`cockpit completion bash|zsh|fish`."""

from __future__ import annotations

import click

from cockpit.cli.base import Command
from cockpit.cli.choices import Choice
from cockpit.words import mark


@click.command(
    cls=Command,
    help=mark("Print the script that makes the shell complete verbs, sellers, clients, invoices."),
    epilog="completion bash >> ~/.bashrc\ncompletion zsh >> ~/.zshrc\n"
    "completion fish > ~/.config/fish/completions/cockpit.fish",
)
@click.argument("shell", type=Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """The script as click makes it."""
    from click.shell_completion import get_completion_class

    from cockpit.cli.commands import COMPLETING, NAME, cockpit

    script = get_completion_class(shell)
    if script is not None:
        source = script(cockpit, {}, NAME, COMPLETING).source()
        # A name with a space or an apostrophe has to stay one word of the shell.
        click.echo(source.replace("COMPREPLY+=($value)", 'COMPREPLY+=("$(printf %q "$value")")'))
