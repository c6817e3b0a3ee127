"""Of writers who all saw the same head, exactly one gets to append after it."""

from __future__ import annotations

import threading
from pathlib import Path

from events.errors import Conflict
from events.sqlite import SqliteLog
from events.sqlite.verify import verify
from tests.events.samples import call

WRITERS = 16
ROUNDS = 20


def test_exactly_one_of_16_writers_wins_each_round_and_the_others_learn_the_head(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log.db"
    SqliteLog.create(path).close()
    won: list[int] = []
    refused: list[int] = []
    together = threading.Barrier(WRITERS, timeout=60)

    def write(writer: int) -> None:
        with SqliteLog.open(path) as log:
            for number in range(ROUNDS):
                together.wait()
                try:
                    log.append([call(number * WRITERS + writer)], expected=number)
                    won.append(number)
                except Conflict as refusal:
                    refused.append(refusal.seq)
                together.wait()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == list(range(ROUNDS))
    assert sorted(refused) == sorted(number + 1 for number in range(ROUNDS) for _ in range(15))
    assert verify(path).head.seq == ROUNDS
