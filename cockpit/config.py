"""The configuration: one TOML file of what a head wants otherwise than it is.

Defaults give way to the file, the file to the environment, the environment to what is typed.
What changes over time and matters to an audit (plans, norms, roles) is not here but in the log.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

import msgspec

from cockpit.errors import Refused
from cockpit.tui.agenda import BOXES, Item, ItemId, arranged
from cockpit.words import mark, t

FILE_NAME: Final = "config.toml"

Seconds = Annotated[int, msgspec.Meta(ge=1, le=7200)]
Theme = Literal["dark", "light", "high-contrast", "colour-blind"]
Order = Literal["deviation", "rotating"]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every table of the file is: an unknown key in it is a mistake."""


class Agenda(Part, frozen=True, kw_only=True):
    """What is talked about: which items come first, which are off, how long each takes."""

    order: tuple[ItemId, ...] = ()
    off: tuple[ItemId, ...] = ()
    seconds: dict[ItemId, Seconds] = msgspec.field(default_factory=dict)


class Turns(Part, frozen=True, kw_only=True):
    """Items that go seller by seller: the box of a seller, that of the head between two, whose
    turn comes first. Without seconds for the head there is no slot between sellers.
    """

    seller: Seconds = 60
    head: Annotated[int, msgspec.Meta(ge=0, le=7200)] = 15
    order: Order = "deviation"


class Config(Part, frozen=True, kw_only=True):
    """The whole file.

    `share` opens the screen ready to be shown to others. `plain_signs` draws with the signs of a
    typewriter alone, and `mouse` listens to one. `topics` is a file of topics of
    technique, relative to this one. `conversions` are the pairs of steps whose conversions are
    shown, in words as they are typed; none are those of the usual chain. `keys` gives keys by the
    id of their action (docs/keys.md).
    """

    theme: Theme | None = None
    share: bool = False
    plain_signs: bool = False
    mouse: bool = True
    topics: str | None = None
    conversions: tuple[tuple[str, str], ...] = ()
    agenda: Agenda = Agenda()
    turns: Turns = Turns()
    keys: dict[str, str] = msgspec.field(default_factory=dict)

    def items(self) -> tuple[Item, ...]:
        """The agenda as the screen takes it."""
        return arranged(self.agenda.order, self.agenda.off, self.agenda.seconds)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of steps as reports take them; raises Refused for a word that is no step."""
        if not self.conversions:
            return ()
        from cockpit.entry.steps import step_meant

        return tuple((step_meant(one), step_meant(two)) for one, two in self.conversions)


def path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the file is: `COCKPIT_CONFIG`, else the platform's place."""
    named = environment.get("COCKPIT_CONFIG")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("cockpit")) / FILE_NAME


def load(environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration from the file, if there is one, and the environment.

    Raises Refused naming the file, the key, and what was probably meant.
    """
    place = path(environment)
    try:
        text = place.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if environment.get("COCKPIT_CONFIG"):
            raise Refused(t("{path}: there is no such file", path=place)) from error
        return _overlaid(Config(), environment)
    except UnicodeDecodeError as error:
        raise Refused(t("{path}: this is not UTF-8 text", path=place)) from error
    return _overlaid(parse(text, place), environment)


def parse(text: str, place: Path) -> Config:
    """The configuration a file says. Raises Refused as `load` does."""
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(t("{path}: this is not TOML: {reason}", path=place, reason=error)) from error
    for wrong in _unknown(data, Config, ""):
        raise Refused(f"{place}: {wrong}")
    try:
        config = msgspec.convert(data, Config)
    except msgspec.ValidationError as error:
        raise Refused(f"{place}: {_misfit(str(error))}") from error
    for wrong in _senseless(config):
        raise Refused(f"{place}: {wrong}")
    return config


def topics_path(config: Config, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file of topics, None where none is named."""
    if config.topics is None:
        return None
    return path(environment).parent / Path(config.topics).expanduser()


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that was probably meant, or all of them where none comes near."""
    near = difflib.get_close_matches(word, known, 1, 0.5)
    return near[0] if near else ", ".join(known)


def toml(config: Config) -> str:
    """The configuration as TOML, every value written out."""
    whole = msgspec.structs.replace(
        config,
        agenda=Agenda(
            order=_ids(item.id for item in arranged(config.agenda.order)),
            off=config.agenda.off,
            seconds={**BOXES, **config.agenda.seconds},
        ),
    )
    return "\n".join(_lines(msgspec.to_builtins(whole), "")).strip() + "\n"


def _ids(names: Iterator[str]) -> tuple[ItemId, ...]:
    return msgspec.convert(tuple(names), tuple[ItemId, ...])


def _lines(table: Mapping[str, object], name: str) -> Iterator[str]:
    """A table's own values, then the tables in it; what is not set is left out."""
    inner = {key: value for key, value in table.items() if isinstance(value, dict)}
    plain = {key: value for key, value in table.items() if key not in inner and value is not None}
    if name:
        yield from ("", f"[{name}]")
    for key, value in plain.items():
        yield f"{_key(key)} = {_value(value)}"
    for key, value in inner.items():
        yield from _lines(value, f"{name}.{_key(key)}" if name else _key(key))


def _value(value: object) -> str:
    """A truth, a number or a text, which TOML writes as JSON does, or a list of them."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return msgspec.json.encode(value).decode()


def _key(key: str) -> str:
    """A key as TOML wants it."""
    bare = key.replace("_", "").replace("-", "")
    return key if bare.isalnum() and bare.isascii() else f'"{key}"'


def _unknown(data: Mapping[str, object], part: type[Part], above: str) -> Iterator[str]:
    """Keys that mean nothing, with what was probably meant."""
    fields = {field.name: field.type for field in msgspec.structs.fields(part)}
    for key, value in data.items():
        named = f"{above}{key}"
        if key not in fields:
            yield t("there is no key {key}; did you mean {near}?",
                    key=named, near=nearest(key, list(fields)))  # fmt: skip
            continue
        inner = fields[key]
        if isinstance(value, dict) and isinstance(inner, type) and issubclass(inner, Part):
            yield from _unknown(value, inner, f"{named}.")
    if part is Agenda:
        yield from _unknown_items(data)


def _unknown_items(data: Mapping[str, object]) -> Iterator[str]:
    """Items of the agenda that there are not."""
    for key in ("order", "off", "seconds"):
        named = data.get(key)
        for item in named if isinstance(named, list | dict) else ():
            if isinstance(item, str) and item not in BOXES:
                yield t("agenda.{key}: there is no item {item}; did you mean {near}?",
                        key=key, item=item, near=nearest(item, get_args(ItemId)))  # fmt: skip


def _senseless(config: Config) -> Iterator[str]:
    """What fits its type and still cannot be."""
    if not config.items():
        yield t("agenda.off switches every item off; leave one")
    twice = {item for item in config.agenda.order if config.agenda.order.count(item) > 1}
    for item in sorted(twice):
        yield t("agenda.order names {item} twice", item=item)
    try:
        pairs = config.pairs()
    except Refused as error:
        yield f"conversions: {error}"
        return
    for place, pair in enumerate(pairs):
        if pair[0] == pair[1] or pair in pairs[:place]:
            one, two = config.conversions[place]
            yield t("conversions: {one}, {two} says nothing new; leave it out", one=one, two=two)


def _misfit(error: str) -> str:
    """A value that does not fit its key, in words: msgspec says `what - at $.key`."""
    reason, _, where = error.partition(" - at `$.")
    key = where.rstrip("`") or t("the file")
    if key.startswith("conversions"):
        return t("conversions has to be a list of pairs of steps: type {example}",
                 example='[["call", "meeting"], ["proposal", "won"]]')  # fmt: skip
    quoted = reason.split("`")[1::2]
    wanted = _WANTED.get(quoted[0] if quoted else "")
    if wanted is None:
        value = reason.partition("'")[2].rstrip("'")
        if key not in _CHOICES:
            return t("{key} cannot be {value}", key=key, value=value)
        return _beyond(key, value, _CHOICES[key])
    bound = reason.split("`")[2].partition(",")[0].strip()
    return t("{key} has to be {wanted}", key=key, wanted=f"{t(wanted)} {bound}".strip())


_CHOICES: Final = {"theme": get_args(Theme), "turns.order": get_args(Order)}
"""Keys whose value is one of some words."""

_WANTED: Final = {
    "int": mark("a whole number"),
    "str": mark("a text"),
    "bool": mark("true or false"),
    "array": mark("a list"),
    "object": mark("a table"),
}
"""What msgspec misses, in words."""


def _overlaid(config: Config, environment: Mapping[str, str]) -> Config:
    """The configuration with what the environment says instead. Raises Refused."""
    said: dict[str, object] = {}
    if theme := environment.get("COCKPIT_THEME"):
        said["theme"] = theme
    if topics := environment.get("COCKPIT_TOPICS"):
        said["topics"] = str(Path(topics).absolute())
    if share := environment.get("COCKPIT_SHARE"):
        said["share"] = share
    try:
        found = msgspec.convert({**msgspec.to_builtins(config), **said}, Config, strict=False)
    except msgspec.ValidationError as error:
        _, _, where = str(error).partition(" - at `$.")
        name = f"COCKPIT_{where.rstrip('`').upper()}"
        choices = {"COCKPIT_THEME": get_args(Theme), "COCKPIT_SHARE": ("true", "false")}
        said_of = _beyond(name, environment.get(name, ""), choices.get(name, ()))
        raise Refused(said_of) from error
    return found


def _beyond(name: str, value: str, choices: Sequence[str]) -> str:
    """A value that is none of those there are."""
    return t("{name} cannot be {value}: choose among {choices}",
             name=name, value=value, choices=", ".join(choices))  # fmt: skip
