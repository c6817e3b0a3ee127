"""Where in a mapping something is wrong, said so that it can be found and put right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NoReturn

import msgspec

from cockpit.errors import Refused
from cockpit.words import t


class Place(msgspec.Struct, frozen=True):
    """A key of a mapping file, as in `event[2].set.amount`, counted from 1."""

    file: str
    key: str = ""

    def at(self, key: str | int) -> Place:
        """A key or the n-th entry below this one."""
        if isinstance(key, int):
            return Place(self.file, f"{self.key}[{key}]")
        return Place(self.file, f"{self.key}.{key}" if self.key else key)

    def refuse(self, problem: str) -> NoReturn:
        """Raise Refused with the file and the key in front of what is wrong."""
        problem = " ".join(problem.split())
        if not self.key:
            raise Refused(t("{file}: {problem}", file=self.file, problem=problem))
        raise Refused(t("{file}: {key}: {problem}", file=self.file, key=self.key, problem=problem))

    def unknown(self, name: str, known: Iterable[str], what: str) -> NoReturn:
        """Raise Refused for a name that is not there, with the nearest one that is."""
        self.refuse(what + hint(name, known))


def hint(name: str, known: Iterable[str]) -> str:
    """` - did you mean …?`, or the first few names where nothing is near."""
    names = [each for each in dict.fromkeys(known) if each.strip()]
    folded = {each.casefold().strip(): each for each in reversed(names)}
    near = difflib.get_close_matches(name.casefold().strip(), list(folded), 1, 0.6)
    if near:
        return t(" - did you mean {name}?", name=folded[near[0]])
    if not names:
        return ""
    few = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return t(" - known are {names}", names=few)
