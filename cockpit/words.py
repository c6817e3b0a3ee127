"""Every word a person reads goes through here: gettext catalogues, English as the source."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("en", "ru", "hu", "bg")

_LOCALE = os.path.join(os.path.dirname(__file__), "locale")
_catalogue: NullTranslations | None = None
_language = "en"


def use(language: str) -> None:
    """Speak a language from now on; one that has no catalogue speaks English."""
    global _catalogue, _language
    _catalogue = None
    if language != "en":
        import gettext

        _catalogue = gettext.translation("messages", _LOCALE, [language], fallback=True)
    _language = language if language in LANGUAGES else "en"


def language() -> str:
    """The language spoken now."""
    return _language


def mark(message: str, /) -> str:
    """The message as it is: a word of a table, for the catalogues to know; `t` speaks it later."""
    return message


def t(message: str, /, **values: object) -> str:
    """A message in the spoken language, its `{names}` filled in afterwards."""
    text = _catalogue.gettext(message) if _catalogue is not None and message else message
    return text.format(**values) if values else text


def n(one: str, many: str, count: int, /, **values: object) -> str:
    """A message with a number in it, in the plural form the language asks for.

    `{count}` is the number, unless `values` bring it already formatted.
    """
    if _catalogue is None:
        text = one if count == 1 else many
    else:
        text = _catalogue.ngettext(one, many, count)
    return text.format(**{"count": count, **values})
