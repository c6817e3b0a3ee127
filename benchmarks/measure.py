"""Clocks: side by side, in turns, medians, and CPU time so that neighbours do not count."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

Task = Callable[[], object]
Clock = Callable[[], float]


def in_turns(tasks: Sequence[Callable[[], float]], rounds: int) -> list[float]:
    """The median of what each task returns, all tasks taking turns `rounds` times."""
    found: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for place, task in enumerate(tasks):
            found[place].append(task())
    return [median(values) for values in found]


def waited_and_worked(tasks: Sequence[Task], rounds: int) -> list[tuple[float, float]]:
    """For each task two medians: the seconds until it was done, and those of CPU it took in all
    processes; all tasks take turns `rounds` times.
    """
    waited: list[list[float]] = [[] for _ in tasks]
    worked: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for place, task in enumerate(tasks):
            start, cpu = time.perf_counter(), family_time()
            task()
            waited[place].append(time.perf_counter() - start)
            worked[place].append(family_time() - cpu)
    return list(zip(map(median, waited), map(median, worked), strict=True))


def timed(task: Task, clock: Clock = time.process_time) -> Callable[[], float]:
    """The same task, answering with the seconds it took by a clock."""

    def run() -> float:
        start = clock()
        task()
        return clock() - start

    return run


def family_time() -> float:
    """Seconds of CPU, user and system, of this process and of all it has waited for."""
    own, others = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def cpu_of(argv: Sequence[str], env: Mapping[str, str] | None = None) -> float:
    """Seconds of CPU, user and system, that a whole process takes; it must succeed."""
    with subprocess.Popen(
        argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said = process.stderr.read() if process.stderr else b""
    if process.returncode:
        raise RuntimeError(f"{' '.join(argv)} said: {said.decode(errors='replace')[-400:]}")
    return usage.ru_utime + usage.ru_stime


def python(*arguments: str) -> list[str]:
    """A command line of the interpreter that runs this."""
    return [sys.executable, *arguments]


def share(values: Sequence[float], percent: int) -> float:
    """The value that so many per cent of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
