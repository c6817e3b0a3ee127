"""Sums of a row: `{Quantity} * {Unit Price} - {Discount}`, exact until it is rounded once."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from cockpit.importing.errors import RowError
from cockpit.importing.place import Place
from cockpit.importing.templates import Name, pieces
from cockpit.words import t

Term = Callable[[Sequence[Fraction]], Fraction]
"""A part of an expression, of the values its columns have in a row. Raises RowError."""

_SIGNS: Final[dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def compile_calc(text: str, place: Place) -> tuple[list[str], Term]:
    """The columns of an expression in `+ - * / ( )`, numbers and `{columns}`, and its value.

    Raises Refused.
    """
    names: list[str] = []
    source = ""
    for piece in pieces(text, place):
        if isinstance(piece, Name):
            source += f" _[{len(names)}] "
            names.append(piece.name)
        else:
            source += piece
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except SyntaxError:
        place.refuse(t("{text} cannot be computed: it may use + - * / and brackets", text=text))
    return names, _term(tree.body, len(names), text, place)


def _term(node: ast.expr, count: int, text: str, place: Place) -> Term:
    """One node of the expression."""
    match node:
        case ast.BinOp(left, sign, right) if type(sign) in _SIGNS:
            return _both(
                _term(left, count, text, place),
                _term(right, count, text, place),
                _SIGNS[type(sign)],
            )
        case ast.UnaryOp(ast.USub(), inner):
            term = _term(inner, count, text, place)
            return lambda values: -term(values)
        case ast.Constant(int() as value):
            return lambda _values: Fraction(value)
        case ast.Constant(float()):
            exact = Fraction(ast.unparse(node))
            return lambda _values: exact
        case ast.Subscript(ast.Name("_"), ast.Constant(int() as at)) if at < count:
            return lambda values: values[at]
    place.refuse(t("{text} cannot be computed: it may use + - * / and brackets", text=text))


def _both(left: Term, right: Term, sign: Callable[[Fraction, Fraction], Fraction]) -> Term:
    """Two terms joined by a sign."""

    def value(values: Sequence[Fraction]) -> Fraction:
        try:
            return sign(left(values), right(values))
        except ZeroDivisionError:
            raise RowError(t("a division by zero")) from None

    return value
