"""`cockpit replay` where there is no terminal: the month as text, and what it refuses."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cockpit.log_file import model_of
from tests.cockpit.shell import Shell


def test_without_a_terminal_the_days_are_printed_and_the_read_model_stays_as_it_is(
    north: Shell,
) -> None:
    north.ok("plan set ivanov 300k")
    north.ok("log invoice 17 Вектор 100k --as ivanov")
    north.ok("log paid 17 60k --as ivanov")
    north.ok("report plan-fact")
    north.ok("log call 3m20 out Вектор --as ivanov")
    before = hashlib.sha256(Path(model_of(north.path)).read_bytes()).hexdigest()
    said = north.ok("replay 2026-11").out
    assert "60,000" in said.replace("\u00a0", " ")
    assert hashlib.sha256(Path(model_of(north.path)).read_bytes()).hexdigest() == before


def test_a_month_to_come_and_a_day_outside_are_refused(north: Shell) -> None:
    assert "nothing to replay" in north.refused("replay 2026-12")
    assert "outside the month" in north.refused("replay 2026-10 --as-of 2026-11-02")
