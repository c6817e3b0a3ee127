"""The code keeps the shape a stranger can read: no file, class or function outgrows its reader."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unmeasured

HOUSE = Path(__file__).parents[1]
ROOMS = ("events", "projections", "cockpit", "benchmarks")
FILE, CLASS, FUNCTION, METHODS = 400, 300, 60, 25
Function = ast.FunctionDef | ast.AsyncFunctionDef
Sources = dict[Path, tuple[str, list[ast.AST]]]


@pytest.fixture(scope="module")
def sources() -> Sources:
    """Every module of the program: its text, and all its nodes."""
    paths = [path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py"))]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    return {path: (text, nodes(text)) for path, text in texts.items()}


def nodes(text: str) -> list[ast.AST]:
    """The nodes of a module."""
    return list(ast.walk(ast.parse(text)))


def grown(path: Path, text: str, nodes: list[ast.AST]) -> Iterator[str]:
    """What is too long in a module, and by how much."""
    if (lines := text.count("\n")) > FILE:
        yield f"{path}: {lines} lines"
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(each, Function) for each in node.body)
            if length(node) > CLASS or methods > METHODS:
                yield f"{path}: class {node.name}, {length(node)} lines, {methods} methods"
        elif isinstance(node, Function) and length(node) > FUNCTION:
            yield f"{path}: {node.name}, {length(node)} lines"


def length(node: ast.ClassDef | Function) -> int:
    """The lines of a class or function, its decorators apart."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_class_or_function_outgrows_its_reader(sources: Sources) -> None:
    found = [each for path, source in sources.items() for each in grown(path, *source)]
    assert found == []


def test_functions_are_short_as_a_rule(sources: Sources) -> None:
    lengths = sorted(
        length(node)
        for _, nodes in sources.values()
        for node in nodes
        if isinstance(node, Function)
    )
    assert len(lengths) > 1000
    assert lengths[len(lengths) * 95 // 100] <= 30


def test_every_function_says_what_it_returns(sources: Sources) -> None:
    silent = [
        f"{path.name}: {node.name}"
        for path, (_, nodes) in sources.items()
        for node in nodes
        if isinstance(node, Function) and node.returns is None
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n" * 401, ["m: 401 lines"]),
        ("def long() -> None:\n" + "    pass\n" * 60, ["m: long, 61 lines"]),
        ("class A:\n" + "    def f(self): ...\n" * 26, ["m: class A, 27 lines, 26 methods"]),
        ("class A:\n" + "    x = 1\n" * 300, ["m: class A, 301 lines, 0 methods"]),
        ("def short() -> None:\n" + "    pass\n" * 59, []),
    ],
)
def test_what_is_too_long_is_found(text: str, said: list[str]) -> None:
    assert list(grown(Path("m"), text, nodes(text))) == said
