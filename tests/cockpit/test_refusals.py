"""What the log refuses is told in the language of the person it is told to."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import cockpit
from cockpit.refusals import told
from cockpit.words import t, use
from events import errors
from events.errors import Conflict, Damaged, Invalid, LogError, Missing, Unwritable
from tests.cockpit.import_case import open_case
from tests.cockpit.shell import Shell

HOUSE = Path(cockpit.__file__).parent.parent
ROOMS = ("cockpit", "events", "projections")
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, LogError)
}


def refusals() -> Iterator[tuple[str, ast.Call]]:
    """Where an error of the log is made by its name."""
    for room in ROOMS:
        for path in sorted((HOUSE / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                    if name in KINDS:
                        yield f"{path.relative_to(HOUSE)}:{node.lineno}", node


@pytest.mark.unmeasured
def test_every_refusal_is_written_where_extraction_sees_it() -> None:
    made = dict(refusals())
    hidden = [
        place
        for place, call in made.items()
        if not (
            call.args
            and isinstance(call.args[0], ast.Constant)
            and isinstance(call.args[0].value, str)
        )
    ]
    assert hidden == []
    assert len(made) > 60


@pytest.mark.unmeasured
def test_every_refusal_brings_the_values_of_its_template() -> None:
    wrong = []
    for place, call in refusals():
        template = call.args[0]
        assert isinstance(template, ast.Constant)
        named = {name for _, name, _, _ in string.Formatter().parse(str(template.value)) if name}
        brought = {keyword.arg for keyword in call.keywords}
        # Of a conflict it is always told where it is, whether the sentence says so or not.
        if not named <= brought <= named | {"seq"}:
            wrong.append(place)
    assert wrong == []


def test_the_catalogues_are_made_of_every_kind_of_refusal() -> None:
    makefile = (HOUSE / "Makefile").read_text(encoding="utf-8")
    assert KINDS - {"LogError"} <= set(re.findall(r" -k (\w+)", makefile))


def test_a_refusal_reads_as_english_by_itself() -> None:
    assert str(Invalid("the cost is 0; give what it cost")) == "the cost is 0; give what it cost"
    conflict = Conflict("the id {id} belongs to event {seq}", id="{seq}", seq=5)
    assert str(conflict) == "the id {seq} belongs to event 5"
    assert conflict.seq == 5


def test_a_refusal_in_a_refusal_and_the_kind_of_an_event_are_told_as_well() -> None:
    inner = Invalid("{field} cannot be empty; give another value", field="seller")
    outer = Invalid("{kind} cannot be so: {reason}", kind="payment_received", reason=inner)
    assert str(outer) == (
        "payment_received cannot be so: seller cannot be empty; give another value"
    )
    assert told(outer) == "payment cannot be so: seller cannot be empty; give another value"
    use("ru")
    assert told(inner) == t("{field} cannot be empty; give another value", field="seller")
    assert told(outer) == t("{kind} cannot be so: {reason}", kind="оплата", reason=told(inner))


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (
            "report plan-fact --file gone.db",
            Missing("there is no log at {path}; make one with cockpit init", path="gone.db"),
        ),
        (
            "report plan-fact --file empty.db",
            Damaged("{path} is not a log; name the file that cockpit init made", path="empty.db"),
        ),
        (
            "backup there.db",
            Unwritable("{path} exists already; give another name", path="there.db"),
        ),
        (
            "restore holed.jsonl --file new.db",
            Damaged("event {seq} is missing in the export; export the log again", seq=3),
        ),
    ],
)
def test_a_russian_is_refused_in_russian(
    north: Shell, monkeypatch: pytest.MonkeyPatch, line: str, error: LogError
) -> None:
    monkeypatch.chdir(north.path.parent)
    north.ok("export log all.jsonl")
    lines = Path("all.jsonl").read_text(encoding="utf-8").splitlines()
    Path("holed.jsonl").write_text("\n".join([*lines[:2], *lines[3:]]), encoding="utf-8")
    Path("empty.db").touch()
    Path("there.db").touch()
    monkeypatch.setenv("COCKPIT_LANGUAGE", "ru")
    answer = north(line)
    assert answer.code != 0
    assert re.search("[а-я]", told(error))
    assert answer.err == f"cockpit: {told(error)}\n"


def test_a_row_the_log_refuses_is_rejected_in_russian(tmp_path: Path) -> None:
    mapping = """
        id = "{row.line}"
        at = "2026-01-05"
        [[event]]
        kind = "order_placed"
        set = { amount = "{sum}" }
    """
    rejects = tmp_path / "rejects.csv"
    use("ru")
    for case in open_case(tmp_path):
        assert case.bring("sum\n0\n", mapping, rejects=rejects).skipped == 1
    reason = told(Invalid("the amount is 0; an order without money and cost says nothing"))
    assert re.search("[а-я]", reason)
    assert reason in rejects.read_text(encoding="utf-8-sig")


def test_a_russian_hears_in_russian_what_verify_finds(
    north: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    (head,) = (line.split()[-1] for line in north.ok("head").out.splitlines()[:1])
    monkeypatch.setenv("COCKPIT_LANGUAGE", "ru")
    seq, _, link = head.partition(":")
    answer = north(f"verify --head {seq}:{link[::-1]}")
    assert answer.code == 4
    flaw = Damaged("it is not the one that had been written")
    assert re.search("[а-я]", told(flaw))
    said = Damaged("event {seq}: {what}", seq=int(seq), what=flaw)
    assert answer.err == f"✗ {told(said)}\n"
