"""What the first paint does not wait for."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256

import pytest

from cockpit.tui.widgets.clock import Reading, _line

ENTERED = """
import sys
before = set(sys.modules)
import cockpit.tui.app, cockpit.tui.screens.{room}
print(*sorted(set(sys.modules) - before))
"""

SPARED = """
import sys
import cockpit.cli.standup, cockpit.tui
cockpit.tui._forgo_openssl()
import cockpit.tui.app
from events.seal import digest
found = digest(b"a fact")
print(found, *(name for name, module in sys.modules.items() if module))
"""


@pytest.mark.unmeasured
def test_the_screen_does_without_openssl_and_its_digests_are_the_same() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SPARED], capture_output=True, text=True, check=True
    )
    found, *loaded = told.stdout.split()
    assert "cockpit.tui.app" in loaded
    assert not {"_ssl", "_hashlib"} & set(loaded)
    assert found == sha256(b"a fact").hexdigest()


@pytest.mark.parametrize("room", ["standup", "desk"])
def test_a_room_is_seen_before_what_computes_figures_and_what_a_key_opens_are_loaded(
    room: str,
) -> None:
    code = ENTERED.format(room=room)
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = told.stdout.split()
    late = [
        name
        for name in loaded
        if (name.startswith("projections.reports.") and name.endswith((".compute", ".why")))
        or name.startswith(("cockpit.tui.pages.", "projections.windows."))
        or name in ("cockpit.tui.screens.form", "cockpit.tui.screens.help", "tomllib")
    ]
    assert late == []


def test_the_clock_is_blank_until_there_is_something_to_measure() -> None:
    for y in range(5):
        assert "".join(text for text, _ in _line(Reading(), y, 20)).strip() == ""
    assert "−1:30" in "".join(text for text, _ in _line(Reading(box=90, total=900), 0, 20))
