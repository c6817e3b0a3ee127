"""The language everything is said in: a department's own, else the terminal's."""

from __future__ import annotations

import os

from cockpit import words


def speak(language: str | None) -> None:
    """Speak as `COCKPIT_LANGUAGE` says, else as the department does, else as the locale does."""
    chosen = os.environ.get("COCKPIT_LANGUAGE") or language or locale_language() or "en"
    if chosen != words.language():
        words.use(chosen)


def speak_for(path: str | os.PathLike[str]) -> None:
    """Speak the language of the department at a path, where there is one to be read."""
    language = None
    if not os.environ.get("COCKPIT_LANGUAGE") and os.path.exists(path):
        from events.errors import LogError
        from events.sqlite import SqliteLog
        from events.trace import Trace
        from events.vocabulary import DepartmentOpened

        try:
            with SqliteLog.open(path, writable=False) as log:
                opened = [e.body for e in log.find(Trace(kinds=("department_opened",)))]
            language = next(
                (b.language for b in opened[::-1] if isinstance(b, DepartmentOpened)), None
            )
        except LogError:
            language = None
    speak(language)


def locale_language() -> str | None:
    """The language the terminal is set to, None where it is set to none we speak."""
    settings = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next((setting for setting in settings if setting), "")[:2].lower()
    return code if code in words.LANGUAGES else None
