"""The short way to `cockpit log`: without click, whose loading alone takes half the time allowed.

Only what is plain goes this way; help, mistakes and completion are left to click.
"""

from __future__ import annotations

from collections.abc import Sequence


def logged(arguments: Sequence[str]) -> bool:
    """Log a fact where the arguments plainly say one; False where click has to look at them."""
    if len(arguments) < 3 or arguments[0] != "log":
        return False
    from cockpit.entry.options import split
    from cockpit.entry.verbs import verb
    from cockpit.entry.words import composed

    known = verb(composed(arguments[1]))
    said = split(arguments[2:], known) if known is not None else None
    if known is None or said is None:
        return False
    from cockpit.cli.logged import log
    from cockpit.log_file import locate

    words, values = said
    file = values.pop("file", None)
    log(locate(file if isinstance(file, str) else None), known, words, values)
    return True
