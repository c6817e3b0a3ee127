"""`cockpit config`: where the configuration is, what it comes to, what it may hold."""

from __future__ import annotations

import click

from cockpit import config
from cockpit.cli.base import Command, Group
from cockpit.cli.talk import done, emit, say, tell
from cockpit.errors import Refused
from cockpit.words import mark, t


@click.group(
    cls=Group,
    help=mark("The configuration: path, show, check, schema."),
    epilog="config path\nconfig show\nconfig show > mine.toml\nconfig check",
)
def command() -> None:
    """Nothing by itself."""


@command.command(cls=Command, help=mark("Where the file is, or would be."))
def path() -> None:
    """The path alone on stdout."""
    place = config.path()
    tell(str(place))
    if not place.exists():
        say(t("not there yet; cockpit config show prints one to begin with"))


@command.command(cls=Command, help=mark("What holds now: defaults, file and environment together."))
def show() -> None:
    """As TOML that can be the file."""
    tell(config.toml(config.load()).rstrip("\n"))


@command.command(cls=Command, help=mark("Look for mistakes in the file."))
def check() -> None:
    """Everything that is wrong, or that nothing is."""
    from cockpit.topics import own_topics
    from cockpit.tui.actions import complaints

    found = config.load()
    own_topics(found)
    said = complaints(found.keys)
    if said:
        raise Refused(f"{config.path()}: {'; '.join(said)}")
    if not config.path().exists():
        done(t("{path}: not there, the defaults hold", path=config.path()))
        return
    done(t("{path}: nothing wrong", path=config.path()))


@command.command(cls=Command, help=mark("The JSON Schema of the file, for editors."))
def schema() -> None:
    """Made from the type the file is read into."""
    import msgspec

    emit(msgspec.json.schema(config.Config))
