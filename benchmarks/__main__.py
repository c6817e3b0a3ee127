"""`python -m benchmarks`: one table of everything that has a budget or a peer."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import (
    append,
    catching_up,
    desk_check,
    importing,
    ledger,
    month,
    opening,
    paying,
    rebuild,
    screen,
    sourcing,
    startup,
)
from benchmarks.data import Plan, cache_folder, say
from benchmarks.table import Line, cells, failed, rendered

LINES: dict[str, Callable[[Plan], Iterator[Line]]] = {
    "log": startup.measure,
    "append": append.measure,
    "rebuild": rebuild.measure,
    "open": opening.measure,
    "catch-up": catching_up.measure,
    "month": month.measure,
    "replay": month.replay,
    "payments": paying.measure,
    "desk-check": desk_check.measure,
    "screen": screen.measure,
    "import": importing.measure,
    "eventsourcing": sourcing.measure,
    "hledger": ledger.measure,
}


def main(arguments: Sequence[str] | None = None) -> bool:
    """Measure what was asked for, everything without `--only`; whether a part failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=LINES, help="may be given again")
    parser.add_argument("--short", action="store_true", help="a little of everything in seconds")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="where data sets stay")
    asked = parser.parse_args(arguments)
    plan = Plan(short=asked.short, cache=asked.cache)
    plan.cache.mkdir(parents=True, exist_ok=True)
    lines = [line for name in asked.only or LINES for line in _measured(name, plan)]
    print(f"load of the machine: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores\n")
    print(rendered(lines))
    return any(line.verdict == "failed" for line in lines)


def _measured(name: str, plan: Plan) -> Iterator[Line]:
    """The lines of a part; one that breaks off says why and stops no other."""
    say(f"measuring {name}")
    try:
        for line in LINES[name](plan):
            say("  ".join(cells(line)))
            yield line
    except (RuntimeError, OSError) as error:
        yield failed(name, str(error))


if __name__ == "__main__":
    sys.exit(main())
