"""The options of `cockpit log`, for click and for the short way past it alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from cockpit.entry.deals import CUTS
from cockpit.entry.verbs import Verb
from cockpit.words import mark


class Option(msgspec.Struct, frozen=True):
    """An option: the name its value goes by, how it is typed, what it takes, and its help.

    `opposite` is the flag that says the contrary of a switch.
    """

    name: str
    flag: str
    help: str
    takes: Literal["text", "texts", "nothing", "switch"] = "text"
    metavar: str = "WORDS"
    choices: tuple[str, ...] = ()
    opposite: str = ""


_ALL: Final = (
    Option(
        "seller",
        "--as",
        mark("Whose work it is; without it COCKPIT_SELLER, else your login name."),
        metavar="SELLER",
    ),
    Option(
        "at", "--at", mark("When it happened: yesterday 16:40, 15.11, 2026-11-15."), metavar="WHEN"
    ),
    Option("reason", "--reason", mark("Why it is logged so late.")),
    Option("note", "--note", mark("Free words about it.")),
    Option(
        "client", "--client", mark("The client, where words are mistaken for it."), metavar="NAME"
    ),
    Option("deal", "--deal", mark("The deal, where a client has several."), metavar="KEY"),
    Option("id", "--id", mark("Your own id: sending it again adds nothing."), metavar="ID"),
    Option("file", "--file", mark("The log; without it COCKPIT_FILE, else the platform's place.")),
    Option("json", "--json", mark("Answer in JSON."), "nothing"),
    Option("channel", "--channel", mark("Where the client came from."), metavar="NAME"),
    Option("segment", "--segment", mark("The client's segment."), metavar="NAME"),
    Option("territory", "--territory", mark("The territory."), metavar="NAME"),
    Option("product", "--product", mark("What is sold."), metavar="NAME"),
    Option("group", "--group", mark("The target audience."), metavar="NAME"),
    Option(
        "temperature",
        "--temperature",
        mark("How warm the lead is."),
        choices=("hot", "warm", "cold"),
    ),
    Option("result", "--result", mark("What came of it, in a word."), metavar="WORD"),
    Option(
        "reached",
        "--reached",
        mark("Whether the decision maker was on the line."),
        "switch",
        opposite="--not-reached",
    ),
    Option("cost", "--cost", mark("Cost of the goods sold."), metavar="AMOUNT"),
    Option("direct", "--direct", mark("Other costs of this very sale."), metavar="AMOUNT"),
    Option(
        "due",
        "--due",
        mark("When it is to be paid; several with amounts are instalments."),
        "texts",
        metavar="DAY[=AMOUNT]",
    ),
    Option("said_by", "--said-by", mark("Who promised."), metavar="NAME"),
    Option("overpaid", "--overpaid", mark("The client really paid more than was open."), "nothing"),
    Option("refund", "--refund", mark("Money that had come in goes back."), "nothing"),
)

_BY_NAME: Final = {option.name: option for option in _ALL}

_COMMON: Final = ("seller", "at", "reason", "note", "client", "deal", "id", "file", "json", *CUTS)

_OWN: Final = {
    "call": ("result", "reached"),
    "won": ("cost", "direct"),
    "order": ("cost", "direct"),
    "invoice": ("cost", "direct", "due"),
    "promise": ("said_by",),
    "payment": ("overpaid",),
    "credit-note": ("cost", "direct", "refund"),
    "cost": ("direct",),
}


def options_of(verb: Verb) -> list[Option]:
    """The options a verb has."""
    return [_BY_NAME[name] for name in (*_COMMON, *_OWN.get(verb.name, ()))]


Values = dict[str, object]


def split(arguments: Sequence[str], verb: Verb) -> tuple[list[str], Values] | None:
    """The words and the values of the options among the arguments of a verb.

    None where something is not plain (help, a mistyped option, a value missing): click knows
    how to answer that.
    """
    known = {flag: it for it in options_of(verb) for flag in (it.flag, it.opposite) if flag}
    words: list[str] = []
    values: Values = {}
    left = list(arguments)
    while left:
        argument = left.pop(0)
        if argument == "--":
            return [*words, *left], values
        if not argument.startswith("-") or argument == "-":
            words.append(argument)
            continue
        flag, given, value = argument.partition("=")
        option = known.get(flag)
        takes = option is not None and option.takes.startswith("text")
        if option is None or (given and not takes) or (takes and not given and not left):
            return None
        if not takes:
            values[option.name] = flag != option.opposite
            continue
        text = value if given else left.pop(0)
        if option.choices and text not in option.choices:
            return None
        before = values.get(option.name, ())
        values[option.name] = (
            (*before, text) if option.takes == "texts" and isinstance(before, tuple) else text
        )
    return words, values
