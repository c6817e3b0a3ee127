"""The worker at the desk: whose turn it is among the jobs that wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.message import Message

from cockpit.department import open_department
from cockpit.tui.follow import Follower
from cockpit.tui.jobs import Department
from cockpit.tui.messages import Unwritten
from events.sqlite import SqliteLog
from events.sqlite.backup import backup
from tests.tui.waiting import PATIENCE
from tests.tui.world import TODAY, at, call


class Said(Message):
    """What a job says."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word


def saying(word: str, wait: threading.Event | None = None) -> Callable[[Department], Message]:
    def run(department: Department) -> Message:
        if wait is not None:
            assert wait.wait(PATIENCE)
        return Said(word)

    return run


def order_of(log_file: Path, put: Callable[[Follower], None]) -> list[str]:
    """In which order jobs were done that came while the worker was busy with another one."""
    heard: list[str] = []
    busy = threading.Event()
    done = threading.Event()

    def post(message: Message) -> None:
        if isinstance(message, Said):
            heard.append(message.word)
            if message.word == "last":
                done.set()

    follower = Follower(partial(open_department, log_file), lambda: at(TODAY, 10), TODAY)
    worker = threading.Thread(target=follower.run, args=(post,))
    worker.start()
    follower.work("busy", saying("busy", busy))
    put(follower)
    busy.set()
    assert done.wait(PATIENCE)
    follower.stop()
    worker.join(PATIENCE)
    return heard


def test_a_step_does_not_wait_behind_a_patient_job(log_file: Path) -> None:
    def put(follower: Follower) -> None:
        follower.work("story", saying("last"), patient=True)
        follower.work("step", saying("step"))
        follower.work("ledger", saying("ledger"))

    assert order_of(log_file, put) == ["busy", "step", "ledger", "last"]


def test_of_jobs_under_a_tag_only_the_newest_is_done(log_file: Path) -> None:
    def put(follower: Follower) -> None:
        for day in range(3):
            follower.work("step", saying(f"day {day}"))
            follower.work("ahead", saying("last"), patient=True)

    assert order_of(log_file, put) == ["busy", "day 2", "last"]


def kinds_of(log_file: Path, put: Callable[[Follower], None]) -> list[str]:
    """What a worker told that had all its jobs before it began, in order, until it stopped."""
    heard: list[str] = []

    def post(message: Message) -> None:
        heard.append(message.word if isinstance(message, Said) else type(message).__name__)

    follower = Follower(partial(open_department, log_file), lambda: at(TODAY, 10), TODAY)
    put(follower)
    follower.stop()
    follower.run(post)
    return heard


def test_what_is_to_be_written_waits_for_nothing_that_is_read(log_file: Path) -> None:
    heard: list[str] = []
    done = threading.Event()

    def post(message: Message) -> None:
        heard.append(message.word if isinstance(message, Said) else type(message).__name__)
        if heard[-1] == "read":
            done.set()

    follower = Follower(partial(open_department, log_file), lambda: at(TODAY, 10), TODAY)
    follower.work("read", saying("read"))
    follower.keep([call("ivanov", at(TODAY, 10))])
    worker = threading.Thread(target=follower.run, args=(post,))
    worker.start()
    assert done.wait(PATIENCE)
    follower.stop()
    worker.join(PATIENCE)
    assert heard.index("Written") < heard.index("read")


def test_a_worker_that_is_to_stop_writes_and_reads_nothing_more(log_file: Path) -> None:
    def put(follower: Follower) -> None:
        follower.work("one", saying("one"))
        follower.keep([call("ivanov", at(TODAY, 10))])
        follower.work("two", saying("two"))

    assert kinds_of(log_file, put) == ["Moved", "Written"]


def test_what_is_handed_over_to_two_workers_is_in_the_log_once(log_file: Path) -> None:
    made = call("ivanov", at(TODAY, 10))
    with SqliteLog.open(log_file, writable=False) as log:
        before = log.head().seq
    for _ in range(2):
        assert kinds_of(log_file, lambda follower: follower.keep([made])) == ["Moved", "Written"]
    with SqliteLog.open(log_file, writable=False) as log:
        assert log.head().seq == before + 1


def test_nothing_is_written_once_another_file_lies_in_the_place_of_the_log(
    log_file: Path, tmp_path: Path
) -> None:
    heard: list[Message] = []
    begun, told = threading.Event(), threading.Event()

    def post(message: Message) -> None:
        heard.append(message)
        if isinstance(message, Said):
            begun.set()
        if isinstance(message, Unwritten):
            told.set()

    with open_department(log_file) as department:
        backup(log_file, tmp_path / "copy.db")
        before = department.log.head().seq
    follower = Follower(partial(open_department, log_file), lambda: at(TODAY, 10), TODAY)
    worker = threading.Thread(target=follower.run, args=(post,))
    follower.work("opened", saying("opened"))
    worker.start()
    assert begun.wait(PATIENCE)
    log_file.rename(tmp_path / "moved.db")
    (tmp_path / "copy.db").rename(log_file)
    follower.keep([call("ivanov", at(TODAY, 10))])
    assert told.wait(PATIENCE)
    follower.stop()
    worker.join(PATIENCE)
    (refused,) = (message for message in heard if isinstance(message, Unwritten))
    assert refused.final
    assert "Another file" in refused.words
    for path in (log_file, tmp_path / "moved.db"):
        with SqliteLog.open(path, writable=False) as log:
            assert log.head().seq == before
