"""The desk check (features P2, P5): what sags most, and beside it the money of today."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import ClassVar, Final

from msgspec.structs import replace

from cockpit import formats, labels
from cockpit.render import correcting, notes
from cockpit.render.cells import clean
from cockpit.render.cells import width as cells_of
from cockpit.render.checking import unlisted
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import client_of, title, unit_of, word
from cockpit.render.ramping import said as growing
from cockpit.tui.frame import inner
from cockpit.tui.sections.base import WIDE, Drawn, Opening, Section, choices, nobody
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet, Tone, spread
from cockpit.tui.view import View, month
from cockpit.words import t
from projections.corrections import CorrectionState
from projections.formula import Unit
from projections.metrics import CHECK
from projections.question import Question
from projections.report import Report
from projections.reports.desk_check import DeskCheck, DeskRow
from projections.reports.payments import PaymentRow

_APART: Final = "   "
"""Between two sums in a line."""

_SHORT: Final = {"norm": 3, "fact": 4, "age": 5}
"""The columns that go first where there is no room."""

_FEW: Final = 7
_MANY: Final = 14
"""The lines kept for the payments below yesterday's corrections, in a low board and a high one."""

_BLANK: Final[tuple[tuple[Piece, ...], ...]] = (((" ", "plain"),),)


class DeskSection(Section):
    """The board of what sags, dearest first."""

    REPORT: ClassVar[str | None] = "desk-check"

    def question(self, view: View) -> Question:
        """The month of today in the chosen measure."""
        return month(view)

    @property
    def factors(self) -> dict[str, str]:
        """What each line is about, by its key."""
        report = self._given[0] if self._given else None
        return {row.key: row.factor for row in report.rows} if isinstance(report, DeskCheck) else {}

    def subject(self, key: str) -> tuple[str, str | None] | None:
        """Whose line it is, and the metric that sags."""
        found, report = super().subject(key), self.given
        if found is None or not isinstance(report, DeskCheck):
            return found
        row = next((row for row in report.rows if row.key == key), None)
        return found[0], None if row is None else metric_of(row, report)

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, DeskCheck):
            raise TypeError(report.name)
        return sheet(report, drawn, width)


def owed(report: DeskCheck, key: str, drawn: Drawn) -> Opening | None:
    """What a payment of today opens: what is still open of its invoice, with its events."""
    claims = report.today.claims if report.today else ()
    row = next((row for row in claims if row.key == key), None)
    if row is None:
        return None
    words = t("{client}, no. {invoice}", client=_client(row, drawn), invoice=clean(row.key))
    return Opening(title=words, report=report, figures=((row.key, "open"),))


def metric_of(row: DeskRow, report: DeskCheck) -> str:
    """What a correction of a line is about."""
    match row.factor:
        case "conversion":
            return f"{row.step_from}>{row.step_to}"
        case "check":
            return CHECK
        case "volume" | "activity" if row.step_from is not None:
            return row.step_from
    return report.question.measure


def sheet(report: DeskCheck, drawn: Drawn, width: int) -> Sheet:
    """A line for each sag: who, which, norm and fact, since when, what it costs."""
    measure = labels.value("measure", report.question.measure)
    return Sheet(
        title=f"{labels.report('desk-check').capitalize()}, {formats.unit(report.currency)}",
        aside=choices(
            {f"measure.{name}": labels.value("measure", name)
             for name in ("revenue", "margin", "profit")},
            measure, drawn.keymap,
        ),
        columns=(
            Column(key="seller", title=labels.header("seller"), align="left", elastic=True),
            Column(key="factor", title=labels.header("factor"), align="left", elastic=True),
            Column(key="norm", title=labels.header("norm"), rank=_SHORT["norm"]),
            Column(key="fact", title=labels.header("fact"), rank=_SHORT["fact"]),
            Column(key="since", title=labels.header("since"), rank=1),
            Column(key="age", title=labels.header("age"), rank=_SHORT["age"]),
            Column(key="effect", title=labels.header("effect"), align="apart"),
        ),
        lines=tuple(_lines(report, drawn)),
        notes=tuple(((text, "muted"),) for text in _notes(report, drawn, width)),
        empty=nobody() if not drawn.names else t("Nothing sags: all is on its line or norm."),
    )  # fmt: skip


def beside(report: DeskCheck, drawn: Drawn, width: int, height: int) -> Sheet:
    """Yesterday's corrections and, below them, the payments of the day."""
    low = width >= WIDE
    title: Piece = (t("Payments today") + _APART, "strong")
    taken = cells_of(title[0]) if low and report.agreed else 0
    money = _payments(report, drawn, width, taken)
    if not report.agreed:
        return money
    lines = [_agreed(found, report, drawn, inner(width), in_one=low) for found in report.agreed]
    room = height - (_FEW if low else _MANY)
    seen = lines[: max(1, room // len(lines[0]))]
    first, *rest = money.intro or ((),)
    below = [(title, *first), *rest] if low else [(title,), *money.intro]
    return replace(
        money,
        title=t("Yesterday's corrections"),
        aside=((correcting.waiting(report.agreed), "muted"),),
        intro=(*chain.from_iterable(seen), *(() if low else _BLANK), *below),
    )


def _agreed(
    found: CorrectionState, report: DeskCheck, drawn: Drawn, width: int, *, in_one: bool
) -> tuple[tuple[Piece, ...], ...]:
    """Whose correction it is, of what, and how it stands; in one line or in two."""
    name = clean(drawn.names.get(found.seller, found.seller))
    what, stands = correcting.summary(found), correcting.standing(found, report.seen)
    tone: Tone = "bad" if found.overdue(report.seen) else "plain" if found.open else "muted"
    end: Piece = (stands, tone)
    if in_one:
        return (tuple(spread(((f"{name}  ", "strong"), (what, "plain")), (end,), width)),)
    return (tuple(spread(((name, "strong"),), (end,), width)), ((f"  {what}", "plain"),))


def _payments(report: DeskCheck, drawn: Drawn, width: int, taken: int) -> Sheet:
    """The payments of the day: their sums, then who owes, how much, since or until when.

    Where there is the width the sums stand in as few lines as hold them, `taken` cells of the
    first being taken.
    """
    if report.today is None:
        return Sheet(
            title=t("Payments today"),
            empty=t("The usual sale takes one touch: its payments need no plan."),
        )
    total = report.today.total
    sums: tuple[tuple[str, str], ...] = (
        (t("expected today"), _money(total.due_today + total.promised_today, report)),
        (t("overdue"), _money(total.overdue, report)),
        (t("needed today"), _money(total.need, report)),
    )
    return Sheet(
        title=t("Payments today"),
        intro=_sums(sums, inner(width), taken) if width >= WIDE else _below_each_other(sums),
        columns=(
            Column(key="client", title=labels.header("client"), align="left", elastic=True),
            Column(key="open", title=labels.header("open")),
            Column(key="day", title=labels.header("due")),
        ),
        lines=tuple(_claim(row, report, drawn) for row in report.today.claims),
        empty=t("Nothing is expected today, nothing is overdue."),
    )


def _sums(sums: Sequence[tuple[str, str]], width: int, taken: int) -> tuple[tuple[Piece, ...], ...]:
    """Names and amounts in lines of at most `width` cells, so many of the first taken already."""
    lines: list[tuple[Piece, ...]] = []
    for piece in _below_each_other(sums):
        size = sum(cells_of(text) for text, _ in piece)
        if lines and taken + size - len(_APART) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
            taken = taken if len(lines) == 1 else 0
        taken += size
    return tuple(lines)


def _below_each_other(sums: Sequence[tuple[str, str]]) -> tuple[tuple[Piece, ...], ...]:
    """Names and amounts, a line each."""
    return tuple(((f"{name} ", "muted"), (f"{amount}{_APART}", "strong")) for name, amount in sums)


def _lines(report: DeskCheck, drawn: Drawn) -> list[Line]:
    """The dearest sag first; where others look on nobody is ranked, and sellers stand by name."""
    lines = [_line(row, report, drawn) for row in report.rows]
    return (
        sorted(lines, key=lambda line: line.cells[0].text.casefold()) if drawn.view.share else lines
    )


def _line(row: DeskRow, report: DeskCheck, drawn: Drawn) -> Line:
    printed = Printed(row)
    since = formats.UNKNOWN if row.since is None else formats.day(row.since)
    age = formats.UNKNOWN if row.age is None else formats.count(row.age)
    return Line(
        row.key,
        (
            Cell(title(printed, drawn.names)),
            Cell(word(printed, "factor", report, drawn.names)),
            Cell(_figure(row, "norm", report)),
            Cell(_figure(row, "fact", report)),
            Cell(since),
            Cell(age),
            _effect(row, report),
        ),
    )


def _effect(row: DeskRow, report: DeskCheck) -> Cell:
    """What it costs; the sign alone where that has no price."""
    if row.effect is None:
        return Cell(f"▼{formats.NBSP}{formats.UNKNOWN}", "bad")
    return Cell(formats.deviation(formats.major(row.effect, report.minor_digits)), "bad")


def _figure(row: DeskRow, key: str, report: DeskCheck) -> str:
    """Norm or fact in the unit of the row."""
    value = row.norm if key == "norm" else row.fact
    unit: Unit = unit_of(next(each for each in report.columns if each.key == key), row)
    if value is None:
        return formats.UNKNOWN
    if unit == "money":
        return _money(value, report)
    if unit == "share":
        return formats.share(value)
    return formats.number(value, 0 if value.denominator == 1 else 1)


def _claim(row: PaymentRow, report: DeskCheck, drawn: Drawn) -> Line:
    day = row.promised or row.due
    broken = "!" * row.broken
    return Line(
        row.key,
        (
            Cell(_client(row, drawn)),
            Cell(_money(row.open, report)),
            Cell(f"{broken}{formats.UNKNOWN if day is None else formats.day(day)}",
                 "warn" if row.when == "overdue" else "plain"),
        ),
    )  # fmt: skip


def _client(row: PaymentRow, drawn: Drawn) -> str:
    """Who owes."""
    return clean(client_of(row, drawn.names) or formats.UNKNOWN)


def _notes(report: DeskCheck, drawn: Drawn, width: int) -> list[str]:
    """What is not listed, and how far the data can be trusted."""
    said = []
    if report.more:
        said.append(unlisted(report))
    said += [growing(row, drawn.names) for row in report.asks]
    if width >= WIDE:
        said.append(notes.trust(report.trust, drawn.names))
    return said


def _money(amount: Fraction | int, report: DeskCheck) -> str:
    """In whole currency units."""
    return formats.number(formats.major(amount, report.minor_digits))
