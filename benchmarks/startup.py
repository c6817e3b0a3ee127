"""What a seller waits for: one call logged, as a whole process."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.data import Plan, copy_of, log_of
from benchmarks.measure import cpu_of, in_turns, python
from benchmarks.table import Line, at_most

FLOOR = "import click, msgspec, sqlite3"
LIMIT = 1.5


def measure(plan: Plan) -> Iterator[Line]:
    """`cockpit log call` with a warm read model against the bare imports it needs."""
    for events, months in ((3_000, 1), (40_000, 6)):
        yield _measured(plan, log_of(plan, events, months=months), events)


def _measured(plan: Plan, whole: Path, events: int) -> Line:
    with tempfile.TemporaryDirectory(dir=plan.cache) as folder:
        log = copy_of(whole, Path(folder))
        env = {**os.environ, "COCKPIT_FILE": str(log), "COCKPIT_SELLER": "hart"}
        # Installed programs have their byte code; without it every run would compile ours anew.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        ours = python("-m", "cockpit", "log", "call", "3m20", "out")
        floor = python("-c", FLOOR)
        cpu_of(ours, env)
        tasks = [lambda: cpu_of(ours, env), lambda: cpu_of(floor, env)]
        logged, imports = in_turns(tasks, 1 if plan.short else 25)
    what = f"cockpit log call, {plan.size(events):,} events, whole process, CPU"
    return at_most(what, logged, imports, LIMIT, unit="s", against="imports")
