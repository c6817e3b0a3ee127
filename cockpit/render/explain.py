"""Why a figure is what it is: its formula with the numbers put in, and the events behind it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from cockpit import formats, labels
from cockpit.render import parted
from cockpit.render.cells import wrap
from cockpit.render.events import record, table
from cockpit.render.json import encode
from cockpit.render.lines import essential, lines, word
from cockpit.render.plain import plain
from cockpit.words import n, t
from events.envelope import Event
from projections.formula import Explanation, Unit, Value
from projections.report import Report

_SYMBOLS: Final = {
    "plan": "T",
    "fact": "F",
    "line": "L",
    "deviation": "Δ",
    "deviation_percent": "Δ%",
    "required_per_day": "R",
    "forecast": "P",
    "days": "W",
    "days_done": "w",
    "mean": "M",
    "trend": "D",
    "weakest_mean": "M",
    "k": "K",
    "g": "g",
    "hits": "k",
    "attainment": "m",
    "variation": "v",
    "distance": "d",
    "last_third": "q",
    "plus_at": "P",
    "late_share": "q",
    "unmeasured_share": "q",
    "silent": "s",
}
"""How the board's figures are written in formulas; others go by their name."""

_FEW: Final = 4
"""A formula of more terms than these is spaced, so that its lines can break."""

_SIGN: Final = re.compile(r"\s*([-+×÷])\s*")


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a report's row, its explanation and the events its trace found.

    `adds` is what each of them adds to the figure with repairs applied, by its id, in minor units
    where the explanation sums amounts; None where the figure is not summed.
    """

    report: Report
    key: str
    explanation: Explanation
    events: Sequence[Event]
    adds: Mapping[str, int] | None = None

    @property
    def total(self) -> int | None:
        """What the events add up to, None where the figure is not summed."""
        return None if self.adds is None else sum(self.adds.values())

    @property
    def is_counted(self) -> bool:
        """Whether the events are counted, and not their money summed."""
        return self.explanation.events_sum in ("count", "talks")


def text(
    explained: Explained,
    *,
    names: Mapping[str, str],
    clients: Mapping[str, str],
    columns: int = 80,
) -> str:
    """The formula in one line where it fits, then the events and what they add up to."""
    head = f"{_whose(explained, names)}, {labels.figure(explained.explanation.figure)}: "
    said = wrap(head + formula(explained.explanation, explained.report), columns)
    if explained.events:
        found = table(
            explained.events,
            names=names,
            clients=clients,
            zone=explained.explanation.trace.zone,
            minor_digits=explained.report.minor_digits,
            adds=None if explained.is_counted else explained.adds,
            columns=columns,
        )
        said += ["", *found]
    said += ["", _sum(explained)]
    return "\n".join(said) + "\n"


def json(explained: Explained) -> str:
    """The same for programs; money in minor units, events whole."""
    explanation = explained.explanation
    return encode(
        {
            "report": explained.report.name,
            "figure": explanation.figure,
            "key": explained.key,
            "unit": explanation.unit,
            "value": plain(explanation.value, explanation.unit),
            "expression": explanation.expression,
            "terms": [
                {"symbol": it.symbol, "value": plain(it.value, it.unit), "unit": it.unit}
                for it in explanation.terms
            ],
            "sum": explained.total,
            "count": len(explained.events),
            "events": [record(event) | _share(explained, event) for event in explained.events],
        }
    )


def _share(explained: Explained, event: Event) -> dict[str, object]:
    """What an event adds to the figure, null where the figure is not summed."""
    return {"adds": None if explained.adds is None else explained.adds.get(event.id, 0)}


def formula(explanation: Explanation, report: Report) -> str:
    """`L = T×w÷W = 3 000 000 × 10 ÷ 22 = 1 363 636,36`, or the value alone where it is counted."""
    value = f"{shown(explanation.value, explanation.unit, report)}{_days(explanation.days)}"
    if not explanation.expression:
        return value
    symbol = _SYMBOLS.get(explanation.figure, labels.figure(explanation.figure))
    if explanation.expression == value:
        return f"{symbol} = {value}"
    numbers = {term.symbol: shown(term.value, term.unit, report) for term in explanation.terms}
    put_in = {known: _bracketed(number) for known, number in numbers.items()}
    many = len(numbers) > _FEW
    said = [
        symbol,
        _written(explanation.expression, {known: known for known in numbers}, " " if many else ""),
        _written(explanation.expression, put_in, " "),
        value,
    ]
    return " = ".join(said)


def _days(days: Sequence[dt.date]) -> str:
    """Which days were counted, and what of them is listed."""
    if not days:
        return ""
    listed = ", ".join(f"{formats.weekday(day)} {formats.day(day)}" for day in days)
    return t(
        ": {days}; below: the calendars they are working days by, and what was logged around them",
        days=listed,
    )


def with_numbers(explanation: Explanation, report: Report) -> str:
    """The formula without the figure itself, which stands in front: `T×w÷W = 3 000 × 10 ÷ 22`."""
    return " = ".join(formula(explanation, report).split(" = ")[1:-1])


def _written(expression: str, symbols: Mapping[str, str], gap: str) -> str:
    """The expression with something for each symbol, and a gap on both sides of its signs."""
    known = sorted(symbols, key=len, reverse=True)
    token = re.compile("|".join([*map(re.escape, known), _SIGN.pattern]))

    def put(found: re.Match[str]) -> str:
        if found[0] in symbols:
            return symbols[found[0]]
        return gap + found[0].strip().replace("-", formats.MINUS) + gap

    return token.sub(put, expression)


def _bracketed(number: str) -> str:
    """A negative number stands in brackets among signs."""
    return f"({number})" if number.startswith(formats.MINUS) else number


def shown(value: Value, unit: Unit, report: Report) -> str:
    """A figure or a term as exactly as its unit is printed."""
    if value is None:
        return formats.UNKNOWN
    if isinstance(value, str):
        return formats.date(dt.date.fromisoformat(value)) if unit == "date" else value
    match unit:
        case "money":
            return formats.money(value, report.minor_digits)
        case "percent":
            return formats.percent(value, 0 if value.denominator == 1 else 2)
        case "share":
            return formats.share(value, 0 if (value * 100).denominator == 1 else 2)
        case "ratio":
            return formats.ratio(value)
        case "seconds":
            return formats.duration(value)
        case "score":
            return formats.number(value, 2)
    return formats.count(value)


def _whose(explained: Explained, names: Mapping[str, str]) -> str:
    """Whom and what the row speaks of, or its key where the row is not listed."""
    report = explained.report
    part = parted.found(report, explained.key)
    if part is not None:
        return parted.named(report, *part, names)
    for line in lines(report):
        if line.row.key == explained.key:
            texts = [column.key for column in essential(report) if column.unit == "text"]
            keys = [key for key in texts if key not in ("step", "state", "outcome", "weakest")]
            said = [key for key in keys if key == "seller" or getattr(line.row, key)]
            return ", ".join(word(line, key, report, names) for key in said) or explained.key
    return explained.key


def _sum(explained: Explained) -> str:
    """How many events there are and what they add up to."""
    found = len(explained.events)
    said = n("{count} event", "{count} events", found, count=formats.count(found))
    if explained.total is None:
        return said
    if explained.is_counted:
        total = formats.count(explained.total)
    else:
        report = explained.report
        total = formats.money(explained.total, report.minor_digits, currency=report.currency)
    return f"{said}, Σ {total}"
