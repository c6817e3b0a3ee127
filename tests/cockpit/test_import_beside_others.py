"""A large file comes in beside sellers who log, by two processes, and neither is seen after."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cockpit.importing import Outcome, sinks, writing
from events.sqlite.verify import verify
from events.vocabulary import CallMade, ClientRegistered, OrderPlaced
from tests.cockpit.import_case import NOW, ORDERS, Case, open_case
from tests.events.samples import draft

ROWS = 65_536
HEADER = "no,day,client,sum\n"


def rows(count: int, amount: int = 1) -> list[str]:
    return [f"{n},2026-0{1 + n % 9}-05,Client {n % 97},{amount + n % 7}\n" for n in range(count)]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    yield from open_case(tmp_path)


def brought(folder: Path, contents: list[str]) -> tuple[list[Outcome], list[object], list[object]]:
    """What imports one after the other come to, and what is in the log then."""
    folder.mkdir()
    for case in open_case(folder):
        outcomes = [case.bring(content, ORDERS) for content in contents]
        assert verify(case.log.path).sound
        orders = [
            (e.external_id, e.occurred_at, e.body.amount)  # type: ignore[union-attr]
            for e in case.events(OrderPlaced)
        ]
        names = [
            (e.seq, e.body.name)  # type: ignore[union-attr]
            for e in case.events(ClientRegistered)
        ]
    return outcomes, list(orders), list(names)


def test_it_makes_no_difference_which_process_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused rows among them: by the vocabulary, by the log, and one that names a new client."""
    monkeypatch.setattr(writing, "BATCH", 64)
    good = rows(500)
    torn = good[:]
    torn[7] = "7,2026-01-05,Client 7,0\n"
    torn[300] = "300,2027-01-05,Nobody,5\n"
    changed = [*good[:450], *rows(520, amount=2)[450:]]
    contents = [HEADER + "".join(each) for each in (torn, changed, changed)]
    here = brought(tmp_path / "here", contents)
    monkeypatch.setattr(sinks, "LARGE", 1)
    there = brought(tmp_path / "there", contents)
    assert there == here
    assert [outcome.skipped for outcome in here[0]] == [2, 50, 50]
    assert here[0][2].appended == {}


def test_clients_of_a_refused_batch_are_there_for_the_one_that_lay_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the second batch one row says something else than the log; the third names its clients."""
    monkeypatch.setattr(writing, "BATCH", 64)
    good = rows(300)
    contents = [HEADER + "100,2026-03-05,Client 3,900\n", HEADER + "".join(good)]
    here = brought(tmp_path / "here", contents)
    monkeypatch.setattr(sinks, "LARGE", 1)
    there = brought(tmp_path / "there", contents)
    assert there == here
    outcomes, orders, names = there
    assert [reject.line for reject in outcomes[1].rejects] == [102]
    assert len(orders) == len(good)
    assert len(names) == 97


IMPORT = """
import sys
from pathlib import Path
from cockpit.importing import run
from events.sqlite import SqliteLog

with SqliteLog.open(Path(sys.argv[1])) as log:
    print(run(log, Path(sys.argv[2]), Path(sys.argv[3]), actor="head").skipped)
"""


@pytest.mark.unmeasured
def test_sellers_have_a_turn_after_every_batch_while_65_536_rows_come_in(case: Case) -> None:
    table = case.file("file.csv", HEADER + "".join(rows(ROWS)))
    arguments = [str(case.log.path), str(table), str(case.file("map.toml", ORDERS))]
    logged = 0
    with subprocess.Popen(
        [sys.executable, "-c", IMPORT, *arguments], stdout=subprocess.PIPE, text=True
    ) as program:
        while program.poll() is None:
            case.log.append([draft(CallMade(seconds=logged), at=NOW)])
            logged += 1
        said, _ = program.communicate()
    assert (program.returncode, said) == (0, "0\n")
    assert len(case.events(OrderPlaced)) == ROWS
    between = [event.seq for event in case.events(CallMade)]
    gaps = [later - earlier for earlier, later in itertools.pairwise(between)]
    assert len(between) == logged > 20
    assert 1000 < max(gaps) <= writing.BATCH + 1
    assert verify(case.log.path).sound
