"""The program's way in: `cockpit` and `python -m cockpit`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from cockpit.cli.quick import logged


def main() -> NoReturn:
    """Run what the command line says, and leave with its exit code.

    Logging a fact neither collects garbage nor tears the interpreter down: together that would
    take a fifth of its time.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # The caller closed it; what would be said goes nowhere, and what is done is done.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    gc.disable()
    code = _told(lambda: logged(sys.argv[1:]))
    if code is not None:
        sys.stderr.flush()
        os._exit(code)
    sys.exit(_by_click(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command line; every failure is one line on stderr and an exit code."""
    code = _told(lambda: logged(arguments))
    return _by_click(arguments) if code is None else code


def _by_click(arguments: Sequence[str]) -> int:
    """Everything that is not plainly a fact to log."""

    def work() -> bool:
        from cockpit.cli.commands import run_by_click

        # What has been loaded until here stays: there was no garbage to look for among it.
        gc.enable()
        run_by_click(arguments)
        return True

    return _told(work) or 0


def _told(work: Callable[[], bool]) -> int | None:
    """The exit code of some work, its failure told on stderr; None where it was none to do."""
    try:
        if not work():
            return None
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Exception, KeyboardInterrupt) as error:
        from cockpit.cli.failing import code_of

        return code_of(error)
    return 0


if __name__ == "__main__":
    main()
