"""Extend the frozen log with what was added to the vocabulary."""

from __future__ import annotations

import tempfile
from pathlib import Path

from events.restore import from_line, lines, restore, to_line
from events.sqlite import SqliteLog
from events.vocabulary import EventCorrected, EventVoided, name_of
from tests.events.golden import LOG
from tests.events.samples import call, clock, correction, draft, every_kind, salts, void


def main() -> None:
    """Restore what is frozen, append what is missing, and write the new lines behind."""
    frozen = LOG.read_text(encoding="utf-8").splitlines() if LOG.exists() else []
    shapes = {(line.kind, line.version) for line in map(from_line, frozen)}
    with (
        tempfile.TemporaryDirectory() as folder,
        SqliteLog.create(Path(folder) / "log.db", clock=clock(), salt=salts()) as log,
    ):
        restore(log, frozen)
        for number, body in enumerate(every_kind(), len(frozen)):
            if (name_of(type(body)), body.VERSION) not in shapes:
                log.append([draft(body, key=f"golden-{number:04}", external_id=str(number))])
        if (name_of(EventCorrected), EventCorrected.VERSION) not in shapes:
            log.append([call(1), correction(call(1), note="other words", seconds=61)])
        if (name_of(EventVoided), EventVoided.VERSION) not in shapes:
            log.append([void(call(1))])
        made = [to_line(line) for line in lines(log)]
    assert made[: len(frozen)] == frozen
    LOG.write_text("".join(f"{line}\n" for line in made), encoding="utf-8")


if __name__ == "__main__":
    main()
