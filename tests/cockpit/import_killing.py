"""Kills imports with SIGKILL while they take indexes apart and make them anew.

Run as a module: FOLDER KILLS SEED. Every import is a fork on a log of its own; SQLite itself calls
the killer after some steps of its machine, so it strikes inside of a statement. After each kill
the log must verify, and the same import must complete it. The last line printed is a JSON object
with the counts; an assertion that fails ends the run.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cockpit.importing import Outcome, run
from events.sqlite import SqliteLog
from events.sqlite.engine import Connect, connect
from events.sqlite.verify import verify
from events.trace import Trace
from tests.cockpit.import_case import NOW, ORDERS, open_case

ROWS = 700
CHANGES = 14
"""How often a long batch drops or makes an index or a trigger."""


class Mortal:
    """A connection whose n-th change of the layout, or what comes after it, is its last."""

    def __init__(self, inner: Any, change: int, steps: int) -> None:
        self._inner, self._left, self._steps = inner, change, steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Any:
        if sql.startswith(("DROP", "CREATE")):
            self._left -= 1
            if self._left == 0:
                self._inner.set_progress_handler(_die, self._steps)
        return self._inner.execute(sql, parameters)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def mortal(change: int, steps: int) -> Connect:
    return lambda path, writable, patience: Mortal(connect(path, writable, patience), change, steps)


def bring(log: SqliteLog, folder: Path) -> Outcome:
    return run(log, folder / "file.csv", folder / "map.toml", actor="head", now=NOW)


def killed(path: Path, folder: Path, dice: random.Random) -> bool:
    """Import in a fork that is to die; whether it did before it came to its end."""
    change, steps = dice.randint(1, CHANGES), int(10 ** dice.uniform(0, 4))
    child = os.fork()
    if child == 0:
        with SqliteLog.open(path, connect=mortal(change, steps)) as log:
            bring(log, folder)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or status == 0
    return os.WIFSIGNALED(status)


def settle(path: Path, folder: Path) -> bool:
    """Check what a killed import left and complete it; whether it had left anything."""
    verdict = verify(path)
    assert verdict.sound, verdict.flaws
    with SqliteLog.open(path, clock=lambda: NOW) as log:
        before = log.head().seq
        outcome = bring(log, folder)
        assert outcome.skipped == 0
        assert outcome.known + outcome.appended.get("order_placed", 0) == ROWS
        orders = list(log.find(Trace(kinds=("order_placed",))))
        assert [event.external_id for event in orders] == [f"{n}:order_placed" for n in range(ROWS)]
        assert bring(log, folder).appended == {}
    assert verify(path).sound
    return before > 1


def main(folder: Path, kills: int, seed: str) -> None:
    dice = random.Random(seed)
    rows = (f"{n},2026-01-05,Client {n % 7},{n + 1}\n" for n in range(ROWS))
    (folder / "file.csv").write_text("no,day,client,sum\n" + "".join(rows))
    (folder / "map.toml").write_text(ORDERS)
    (folder / "empty").mkdir()
    for case in open_case(folder / "empty"):
        empty = case.log.path
    counts = {"killed": 0, "kept": 0}
    for _ in range(kills):
        shutil.copytree(folder / "empty", folder / "log")
        path = folder / "log" / empty.name
        counts["killed"] += killed(path, folder, dice)
        counts["kept"] += settle(path, folder)
        shutil.rmtree(folder / "log")
    print(json.dumps(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
