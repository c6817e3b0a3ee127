"""Which log is meant, and where its read model lies."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

FILE_NAME = "cockpit.db"


def default_file(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> str:
    """Where a platform keeps what programs write for a user, as platformdirs has it too.

    That package is not asked, since loading it would cost more than logging a call.
    """
    if system == "darwin":
        folder = os.path.expanduser("~/Library/Application Support")
        return os.path.join(folder, "cockpit", FILE_NAME)
    shared = environment.get("XDG_DATA_HOME", "").strip()
    folder = shared or os.path.expanduser("~/.local/share")
    return os.path.join(folder, "cockpit", FILE_NAME)


def locate(given: str | None = None) -> str:
    """The log that is meant: the one given, else `COCKPIT_FILE`, else the platform's place."""
    named = given or os.environ.get("COCKPIT_FILE")
    return os.path.expanduser(named) if named else default_file()


def model_of(path: str | os.PathLike[str]) -> str:
    """The read model's file, beside its log."""
    return f"{os.fspath(path)}.model"
