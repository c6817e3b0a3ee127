"""What options take, with refusals in the spoken language that say what to type instead."""

from __future__ import annotations

import click

from cockpit.words import t


class Choice(click.Choice[str]):
    """One of some words; for another the nearest is named, or all where none comes near."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """The end of the line about a word that is none of them."""
        from difflib import get_close_matches

        known = [str(choice) for choice in self.choices]
        near = get_close_matches(str(value), known, 1, 0.5) or known
        return t("{value} is none of them, type {words}", value=value, words=", ".join(near))


class Number(click.ParamType[int]):
    """A whole number."""

    name = "number"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The number; raises BadParameter for what is none."""
        try:
            return int(str(value))
        except ValueError:
            self.fail(t("{value} is no whole number, type 20", value=value), param, ctx)


class Whole(click.IntRange):
    """A whole number between bounds, or from or up to one."""

    name = Number.name

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The number; raises BadParameter for what is none, or beyond a bound."""
        return int(super().convert(Number().convert(value, param, ctx), param, ctx))
