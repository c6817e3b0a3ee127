"""What the log and the desk refuse, in the reader's language."""

from __future__ import annotations

from typing import Final

from cockpit.words import t
from events.errors import Busy, Damaged, LogError, Unwritable

_KINDS: Final = frozenset({"kind", "named_kind"})
"""Values that name a kind of event."""


def told(error: LogError) -> str:
    """The sentence a person reads; fields are called what one types to set them."""
    return t(error.template, **{name: _said(name, it) for name, it in error.values.items()})


def plainly(error: LogError | OSError) -> str:
    """What is wrong and what to do about it, for who is in a meeting."""
    match error:
        case Busy():
            return t("The log is busy; trying again")
        case Damaged():
            return t("The log is damaged: leave and run cockpit verify")
        case Unwritable():
            return t("The disk refused: {reason}", reason=told(error))
        case LogError():
            return told(error)
    return t("The disk refused: {reason}", reason=error.strerror or str(error))


def _said(name: str, value: object) -> object:
    if isinstance(value, LogError):
        return told(value)
    if name in _KINDS:
        from cockpit import labels

        return labels.kind(str(value))
    return value
