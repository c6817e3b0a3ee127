"""What holds for every test: a property is judged by what it says, never by how long it took.

Coverage says what the tests that name their case go through. Properties, pictures and tests marked
`unmeasured` go there again with random lives, in many sizes, with real data or many processes;
with coverage they take twice as long.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@contextmanager
def unmeasured() -> Iterator[None]:
    """No coverage is kept of what is done here, nor of the processes that are started."""
    measuring = Coverage.current()
    if measuring is None:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        measuring.stop()
        try:
            yield
        finally:
            measuring.start()


def _measured(item: pytest.Item) -> bool:
    """Whether what a test goes through counts; hypothesis marks its own."""
    marks = ("unmeasured", "hypothesis")
    drawn = "snap_compare" in getattr(item, "fixturenames", ())
    return not drawn and not any(map(item.get_closest_marker, marks))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    if _measured(item):
        return (yield)
    with unmeasured():
        return (yield)
