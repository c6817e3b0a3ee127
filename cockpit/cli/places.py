"""Currencies and time zones as `init` takes them: checked, with the nearest ones suggested."""

from __future__ import annotations

import difflib
import os
import zoneinfo
from pathlib import Path

from cockpit.errors import Refused
from cockpit.words import LANGUAGES, t

_LOCALTIME = Path("/etc/localtime")


def checked_currency(text: str) -> tuple[str, int]:
    """An ISO code and its decimals; raises Refused for one that is none."""
    from babel.numbers import get_currency_precision

    code = text.strip().upper()
    if code not in _current_currencies():
        raise Refused(t("{text} is not a currency: type its ISO code, like EUR", text=text))
    return code, get_currency_precision(code)


def _current_currencies() -> set[str]:
    """The codes somebody pays with today: `RUR` was one."""
    from babel import Locale
    from babel.numbers import get_territory_currencies

    territories = Locale("en").territories
    return {code for place in territories for code in get_territory_currencies(str(place))}


def language_of(country: str) -> str:
    """The language most people of a country speak, English where that is none of ours."""
    from babel.languages import get_official_languages

    spoken = get_official_languages(country)
    return next((code for code in spoken if code in LANGUAGES), "en")


def checked_zone(text: str) -> str:
    """A name of the IANA database; raises Refused with the nearest ones."""
    known = zoneinfo.available_timezones()
    folded = {name.casefold(): name for name in known}
    wanted = text.strip().casefold().replace(" ", "_")
    if wanted in folded:
        return folded[wanted]
    cities = {name.rpartition("/")[2].casefold(): name for name in sorted(known)}
    if wanted in cities:
        return cities[wanted]
    near = difflib.get_close_matches(wanted, [*folded, *cities], 3, 0.6)
    listed = ", ".join({**cities, **folded}[name] for name in near) or "Europe/Budapest"
    raise Refused(t("{text} is not a time zone: try {near}", text=text, near=listed))


def zone_of(country: str) -> str | None:
    """The zone that is meant: the only one of the country, else this machine's if it lies there.

    None where that leaves a choice.
    """
    from babel.core import get_global

    known = zoneinfo.available_timezones()
    zones = [name for name, where in get_global("zone_territories").items() if where == country]
    there = sorted(set(zones) & known)
    here = _zone_of_machine()
    if here in there:
        return here
    return there[0] if len(there) == 1 else None


def _zone_of_machine() -> str | None:
    """The zone this machine is set to."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named:
        return named
    _, found, zone = str(_LOCALTIME.resolve()).partition("zoneinfo/")
    return zone if found else None
