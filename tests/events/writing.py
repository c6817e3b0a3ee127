"""One of many writers, or the poller that follows them; run as a module by the tests.

`write LOG NAME SECONDS`: appends single calls until the time is over and prints when each append
began and ended, by the clock that all processes share. `poll LOG`: follows the log until a line
comes on standard input, and prints the ids it met in order. Both say `ready` first and then wait
for a line; a writer says `over` when its time is, and waits again.
"""

from __future__ import annotations

import json
import select
import sys
import time
from pathlib import Path

from events.sqlite import SqliteLog
from events.vocabulary import CallMade
from tests.events.samples import draft


def write(path: Path, name: str, seconds: float) -> None:
    """Append as fast as the others allow."""
    took: list[tuple[float, float]] = []
    with SqliteLog.open(path) as log:
        log.head()
        _say_and_wait("ready")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            start = time.monotonic()
            log.append([draft(CallMade(seller=name), key=f"{name}-{len(took)}")])
            took.append((start, time.monotonic()))
        # Fifty programs that end at once would take the machine from those still writing.
        _say_and_wait("over")
    print(json.dumps(took))


def poll(path: Path) -> None:
    """Read whatever is new, again and again, never looking back."""
    met: list[str] = []
    position = 0
    with SqliteLog.open(path, writable=False) as log:
        _say_and_wait("ready")
        over = False
        while not over:
            over = bool(select.select([sys.stdin], [], [], 0.001)[0])
            for chunk in log.chunks(position):
                met.extend(chunk.ids)
                position = chunk.seqs[-1]
    print(json.dumps(met))


def _say_and_wait(word: str) -> None:
    print(word, flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
    else:
        poll(Path(sys.argv[2]))
