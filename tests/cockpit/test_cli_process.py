"""The program as the shell sees it: exit codes, streams, signals, completion, a full disk."""

from __future__ import annotations

import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cockpit.cli.commands import Commands
from cockpit.words import LANGUAGES
from events.sqlite import SqliteLog
from tests.cockpit.import_case import ORDERS
from tests.cockpit.shell import INIT, Shell
from tests.test_arrows import DENIED

ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "LOGNAME": "ivanov"}
PROGRAM = (sys.executable, "-m", "cockpit")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department with one seller and one client."""
    path = tmp_path_factory.mktemp("process") / "north.db"
    for line in (INIT, "seller add ivanov Иванов --since yesterday", "client add Вектор"):
        assert started(path, *line.split()).returncode == 0
    return path


def started(
    file: Path,
    *arguments: str,
    environment: Mapping[str, str] = ENVIRONMENT,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """A command line run to its end in a process of its own."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**environment, "COCKPIT_FILE": str(file)},
        check=False,
        cwd=Path(__file__).parents[2],
        preexec_fn=before,
    )


def head(file: Path) -> int:
    with SqliteLog.open(file, writable=False) as log:
        return log.head().seq


def test_data_goes_to_stdout_and_talk_to_stderr(file: Path) -> None:
    done = started(file, "log", "call", "3m20", "Вектор")
    assert done.returncode == 0
    assert done.stdout.startswith("✓ call ")
    assert done.stderr.endswith(f'undo: cockpit void {head(file)} "why"\n')


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["log", "call", "3m20", "Газпром"], 2),
        (["log", "call", "--bogus"], 2),
        (["bogus"], 2),
        (["report", "plan-fact", "--file", "nowhere.db"], 2),
        (["verify", "--file", __file__], 4),
    ],
)
def test_a_failure_is_one_line_and_a_code(file: Path, arguments: list[str], code: int) -> None:
    before = head(file)
    done = started(file, *arguments)
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.startswith(("cockpit: ", "✗ "))
    assert done.stderr.count("\n") == 1
    assert head(file) == before


def test_on_a_full_disk_the_fact_is_not_there_and_the_next_one_is(file: Path) -> None:
    before = head(file)
    full = started(
        file,
        "log",
        "call",
        "3m20",
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
    )
    assert full.returncode == 3
    assert full.stderr.count("\n") == 1
    assert "full" in full.stderr or "disk" in full.stderr
    assert head(file) == before
    assert started(file, "log", "call", "3m20").returncode == 0
    assert head(file) == before + 1
    assert started(file, "verify").returncode == 0


def test_a_reader_that_goes_away_is_no_failure(file: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "export", "log", "-"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**ENVIRONMENT, "COCKPIT_FILE": str(file)},
    ) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.close()
        assert writer.stderr.read() == b""
    assert writer.returncode == 0


def heed_interruptions() -> None:
    """What a shell starts beside itself is born deaf to them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interruption_ends_with_130(file: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "never"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [*PROGRAM, "restore", str(pipe), "--file", str(tmp_path / "x.db")],
        stderr=subprocess.PIPE,
        env={**ENVIRONMENT, "COCKPIT_FILE": str(file)},
        preexec_fn=heed_interruptions,
    ) as reader:
        assert reader.stderr is not None
        with pipe.open("wb"):
            reader.send_signal(signal.SIGINT)
            assert b"Traceback" not in reader.stderr.read()
    assert reader.returncode == 130


def test_an_interrupted_import_says_what_came_in_and_the_same_command_adds_the_rest(
    tmp_path: Path,
) -> None:
    path, table, rules = (tmp_path / name for name in ("north.db", "orders.csv", "map.toml"))
    assert started(path, *shlex.split(INIT)).returncode == 0
    rows = (f"{n},2026-01-05,Client {n % 7},{n + 1}\n" for n in range(60_000))
    table.write_text("no,day,client,sum\n" + "".join(rows))
    rules.write_text(ORDERS)
    first, line = head(path), ["import", str(table), "--map", str(rules)]
    with subprocess.Popen(
        [*PROGRAM, *line],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**ENVIRONMENT, "COCKPIT_FILE": str(path)},
        preexec_fn=heed_interruptions,
    ) as importing:
        while head(path) == first and importing.poll() is None:
            pass
        importing.send_signal(signal.SIGINT)
        out, said = importing.communicate()
    assert (importing.returncode, out) == (130, "")
    came = head(path) - first
    assert 0 < came < 60_000
    assert said == (
        f"interrupted: {came:,} events came into the log; the same command again adds the rest\n"
    )
    assert "60,000 rows read" in started(path, *line).stdout
    with SqliteLog.open(path, writable=False) as log:
        assert len(log.positions(kinds=["order_placed"])) == 60_000


def loaded(file: Path, code: str) -> set[str]:
    """The modules a fresh process holds after some code."""
    script = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**ENVIRONMENT, "COCKPIT_FILE": str(file)},
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.startswith("✓ "), done
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "line",
    [
        "log call +79161234567 3m20 out Вектор yesterday 16:40 --note тест",
        "log proposal Вектор 240k",
        "log invoice Вектор 240k --due 30.12",
        "log paid №P1 1k",
        "log lead Вектор",
    ],
)
def test_logging_loads_nothing_it_does_not_need(file: Path, line: str) -> None:
    if "paid" in line:
        assert started(file, "log", "invoice", "№P1", "Вектор", "5k").returncode == 0
    modules = loaded(file, f"import cockpit.__main__ as c; assert c.run({line.split()!r}) == 0")
    packages = {name.split(".")[0] for name in modules}
    assert not modules & DENIED
    assert not packages & DENIED
    assert "click" not in packages


def test_logging_by_click_loads_none_of_the_heavy_ones_either(file: Path) -> None:
    line = ["--file", str(file), "log", "call", "3m20"]
    modules = loaded(file, f"import cockpit.__main__ as c; assert c.run({line!r}) == 0")
    assert "click" in modules
    assert not {name.split(".")[0] for name in modules} & DENIED


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("cockpit log pay", "payment"),
        ("cockpit log paid ", "Вектор"),
        ("cockpit log call Век", "Вектор"),
        ("cockpit log call --as iv", "ivanov"),
        ("cockpit seller leave Ива", "ivanov"),
        ("cockpit exp", "explain"),
        ("cockpit log зв", "звонок"),
    ],
)
def test_tab_offers_verbs_sellers_clients_and_invoices(
    file: Path, words: str, offered: str
) -> None:
    parts = words.split(" ")
    environment = {
        **ENVIRONMENT,
        "_COCKPIT_COMPLETE": "zsh_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(parts) - 1),
    }
    done = started(file, environment=environment)
    assert offered in done.stdout.splitlines()


def test_tab_offers_open_invoices(file: Path) -> None:
    assert started(file, "log", "invoice", "№A-77", "Вектор", "5k").returncode == 0
    environment = {
        **ENVIRONMENT,
        "_COCKPIT_COMPLETE": "bash_complete",
        "COMP_WORDS": "cockpit log paid A",
        "COMP_CWORD": "3",
    }
    assert "plain,A-77" in started(file, environment=environment).stdout.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_printed(file: Path, shell: str) -> None:
    done = started(file, "completion", shell)
    assert done.returncode == 0
    assert f"_COCKPIT_COMPLETE={shell}_complete" in done.stdout


def test_a_closed_output_stops_nothing(file: Path) -> None:
    def closed() -> None:
        os.close(1)

    before = head(file)
    assert started(file, "log", "call", "3m20", "Вектор", before=closed).returncode == 0
    assert head(file) == before + 1
    assert started(file, "report", "plan-fact", before=closed).returncode == 0


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_in_bash_a_completed_name_stays_one_word(file: Path, tmp_path: Path) -> None:
    assert started(file, "client", "add", "O'Neil & Sons").returncode == 0
    program = tmp_path / "cockpit"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(PROGRAM)} "$@"\n')
    program.chmod(0o755)
    pressed = (
        'source /dev/stdin <<< "$SCRIPT"; COMP_WORDS=(cockpit log call O); COMP_CWORD=3; '
        f'_cockpit_completion {program}; eval "set -- ${{COMPREPLY[0]}}"; printf "%s|" "$#" "$1"'
    )
    script = started(file, "completion", "bash").stdout
    done = subprocess.run(
        ["bash", "-c", pressed],
        capture_output=True,
        text=True,
        timeout=60,
        env={**ENVIRONMENT, "COCKPIT_FILE": str(file), "SCRIPT": script},
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (done.stdout, done.stderr) == ("1|O'Neil & Sons|", "")


def test_where_there_is_no_log_tab_offers_nothing(tmp_path: Path) -> None:
    environment = {
        **ENVIRONMENT,
        "_COCKPIT_COMPLETE": "zsh_complete",
        "COMP_WORDS": "cockpit log call X",
        "COMP_CWORD": "3",
    }
    done = started(tmp_path / "none.db", environment=environment)
    assert (done.stdout.strip(), done.stderr) == ("", "")


COMMANDS = [
    *Commands.late,
    *("seller add", "seller list", "seller leave", "seller role"),
    *("client add", "client list", "client forget", "absence add", "norm set"),
    *("plan set", "plan department", "plan show", "calendar show", "calendar off", "calendar work"),
    *("log call", "log звонок", "log payment", "log invoice"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_shows_examples_in_every_language(
    north: Shell, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("COCKPIT_LANGUAGE", language)
    for command in COMMANDS:
        shown = north.ok(f"{command} --help").out
        verb = command.replace("звонок", "call")
        assert f"cockpit {verb}" in shown, command
        assert "\n  cockpit " in shown, command


def test_help_is_in_the_language_of_the_department(shell: Shell) -> None:
    shell.ok(INIT.replace("--language en", "--language ru"))
    for line in ("--help", "log --help", "log call --help", "seller add --help"):
        shown = shell.ok(line).out
        words = [word for word in shown.split() if word.isalpha()]
        cyrillic = [word for word in words if any("а" <= c <= "я" for c in word.lower())]
        assert len(cyrillic) > len(words) / 3, shown
        assert shown.startswith("Использование: cockpit ")
    assert shell.refused("log call --bogus").startswith("Нет опции '--bogus'.")


WRITER = """
import sys
from cockpit.__main__ import run
who, count = sys.argv[1], int(sys.argv[2])
for place in range(count):
    assert run(["log", "call", f"{place + 1}s", "Вектор", "--id", f"{who}-{place}"]) == 0
"""


@pytest.mark.unmeasured
def test_five_hundred_calls_by_eight_processes_lose_nothing(file: Path) -> None:
    before, each = head(file), 63
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, f"w{number}", str(each)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**ENVIRONMENT, "COCKPIT_FILE": str(file)},
            cwd=Path(__file__).parents[2],
        )
        for number in range(8)
    ]
    failures = [writer.communicate()[1][-300:] for writer in writers if writer.wait(120)]
    for writer in writers:
        if writer.stderr is not None:
            writer.stderr.close()
    assert failures == []
    assert head(file) == before + 8 * each
    with SqliteLog.open(file, writable=False) as log:
        ids = {event.id for event in log.read(before)}
    assert ids == {f"w{number}-{place}" for number in range(8) for place in range(each)}
    assert started(file, "verify").returncode == 0
