"""The frozen log: every shape of every event ever released, and some that are not known yet.

`python -m tests.events.golden` adds a line for each kind that has none at its present version.
Lines that are there are never touched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

LOG: Final = Path(__file__).parent / "log.jsonl"
