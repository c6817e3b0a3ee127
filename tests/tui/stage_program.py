"""The stand-up as a program whose clock lies in a file: `stage_program LOG CLOCK`."""

from __future__ import annotations

import datetime as dt
import sys
from functools import partial
from pathlib import Path

from cockpit.config import load
from cockpit.department import open_department
from cockpit.tui import run


def main(log: str, clock: str) -> int:
    """Run on a log; the clock is read anew each time."""

    def now() -> dt.datetime:
        return dt.datetime.fromisoformat(Path(clock).read_text())

    opener = partial(open_department, Path(log))
    return run(opener, actor="head", now=now, config=load())


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
