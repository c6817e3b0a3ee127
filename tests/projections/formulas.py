"""Works out the formula of an explanation from its printed form alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from projections.formula import Explanation

_STEPS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "×": lambda left, right: left * right,
    "÷": lambda left, right: left / right,
}


def evaluate(explanation: Explanation) -> Fraction:
    """The value of the expression; raises AssertionError for what is not a formula of its terms."""
    values = {term.symbol: term.value for term in explanation.terms}
    assert len(values) == len(explanation.terms), "a symbol stands for two things"
    longest = sorted(map(re.escape, values), key=len, reverse=True)
    pattern = "|".join([*longest, r"\d+", r"[-+×÷()]"])
    tokens = re.findall(pattern, explanation.expression)
    assert "".join(tokens) == explanation.expression, explanation.expression
    numbers: dict[str, Fraction] = {}
    for symbol, value in values.items():
        assert isinstance(value, int | Fraction), f"{symbol} is no number"
        numbers[symbol] = Fraction(value)
    found, rest = _sum(tokens, numbers)
    assert not rest, rest
    return found


def _sum(tokens: list[str], numbers: dict[str, Fraction]) -> tuple[Fraction, list[str]]:
    found, tokens = _product(tokens, numbers)
    while tokens and tokens[0] in "+-":
        right, rest = _product(tokens[1:], numbers)
        found, tokens = _STEPS[tokens[0]](found, right), rest
    return found, tokens


def _product(tokens: list[str], numbers: dict[str, Fraction]) -> tuple[Fraction, list[str]]:
    found, tokens = _atom(tokens, numbers)
    while tokens and tokens[0] in "×÷":
        right, rest = _atom(tokens[1:], numbers)
        found, tokens = _STEPS[tokens[0]](found, right), rest
    return found, tokens


def _atom(tokens: list[str], numbers: dict[str, Fraction]) -> tuple[Fraction, list[str]]:
    token, rest = tokens[0], tokens[1:]
    if token == "(":
        found, rest = _sum(rest, numbers)
        assert rest[0] == ")"
        return found, rest[1:]
    return (numbers[token] if token in numbers else Fraction(int(token))), rest
