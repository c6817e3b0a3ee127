"""One module a report, named by the question it answers.

A report's package holds its rows. What computes and what explains them is loaded when it is first
named: who draws rows need not wait for either.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module


def later(package: str, **homes: str) -> Callable[[str], object]:
    """The `__getattr__` of a package whose names are loaded late: each from its module in it."""

    def found(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return found
