"""The payment plan of the day (feature P6): what must come in, from whom, what to do about it."""

from __future__ import annotations

from typing import ClassVar, Final

from cockpit import formats, labels
from cockpit.render import heading, notes
from cockpit.render.cells import clean, fit, wrap
from cockpit.render.cells import width as cells_of
from cockpit.render.explain import formula
from cockpit.render.lines import client_of
from cockpit.tui.frame import inner
from cockpit.tui.sections.base import WIDE, Drawn, Opening, Section
from cockpit.tui.sections.paying import Amounts, agreed, by_day, day_words, history
from cockpit.tui.sections.plan_fact import scale_of
from cockpit.tui.sheet import Align, Cell, Column, Line, Piece, Sheet
from cockpit.tui.view import View, month
from cockpit.words import t
from projections.catalogue import explain
from projections.question import Question
from projections.report import Report
from projections.reports.payments import ASIDE, PaymentRow, Payments, PaymentTotal

_TOTAL: Final = "department"
_FOOT_LINES: Final = 2
_TALL: Final = 30
"""From so many lines on there is room for a higher picture."""

_RANKS: Final = {
    "client": 0,
    "invoice": 5,
    "issued": 6,
    "open": 0,
    "agreed": 0,
    "broken": 2,
    "reliability": 3,
    "expected": 0,
    "seller": 4,
    "step": 1,
}
"""The columns in their order; where there is no room the highest number goes first."""

_LEFT: Final = frozenset({"client", "agreed", "seller", "step"})
_ELASTIC: Final = frozenset({"client", "seller", "step"})
_WHOLE: Final = {"client": 20, "step": 12}
"""What is seen whole, up to so many cells, before any other name or column."""


class PaymentsSection(Section):
    """The board of the money that is owed."""

    REPORT: ClassVar[str | None] = "payments"
    ABOUT: ClassVar[str | None] = "invoice_issued>payment_received"

    def question(self, view: View) -> Question:
        """The month of today; neither a measure nor a reading changes it."""
        whole = month(view)
        return Question(period=whole.period, dials=whole.dials)

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Payments):
            raise TypeError(report.name)
        return sheet(report, drawn, width, tall=self.size.height >= _TALL)

    def nothing_to_say(self, report: Report) -> str | None:
        """Sales of one touch need no plan (row 19); nor does a day on which nothing is asked."""
        return nothing_to_say(report) if isinstance(report, Payments) else None

    def opening(self, key: str) -> Opening | None:
        """A line opens the papers of its invoice, the total the figures of the day."""
        shown = self._shown()
        if shown is None:
            return None
        report, drawn = shown
        if key == _TOTAL:
            return _day_figures(report)
        row = next((row for row in report.rows if row.key == key), None)
        if row is None:
            return None
        title = t("{client}, no. {invoice}", client=client(row, drawn), invoice=clean(row.key))
        return Opening(title=title, report=report, figures=((row.key, "expected"),))

    def explained(self) -> str:
        """The formula of what is expected of the line under the cursor, or of the need."""
        shown = self._shown()
        if shown is None or self.cursor is None:
            return ""
        figure = "need" if self.cursor == _TOTAL else "expected"
        return formula(explain(shown[0], self.cursor, figure), shown[0])

    def footnotes(self) -> tuple[tuple[Piece, ...], ...]:
        """Below the legend what is known of the line under the cursor, always as many lines."""
        shown = self._shown()
        if shown is None or not self.sheet.lines:
            return self.sheet.notes
        row = next((row for row in shown[0].rows if row.key == self.cursor), None)
        known = " · ".join(part for part in _whose(row, *shown) if part) if row else ""
        width = inner(self.size.width)
        # What is cut in a narrow row is said whole here, in place of its formula.
        said = [*wrap(known, width), self.explained()][:_FOOT_LINES]
        return (*self.sheet.notes[:-_FOOT_LINES],
                *(((fit(text, width), "muted"),) for text in said))  # fmt: skip

    def _shown(self) -> tuple[Payments, Drawn] | None:
        """What the board is drawn from."""
        if self._given is None or not isinstance(self._given[0], Payments):
            return None
        return self._given[0], self._given[1]


def nothing_to_say(report: Payments) -> str | None:
    """Why the meeting can pass over the payments today; None where it cannot."""
    if not report.relevant:
        return t("payments need no plan: the usual sale takes one touch (median of 90 days: {n})",
                 n=formats.count(report.touches))  # fmt: skip
    if not report.rows:
        return t("nobody owes anything")
    total = report.total
    if not (total.need or total.overdue or total.due_today or total.promised_today):
        return t("nothing is needed, due or overdue today")
    return None


def sheet(report: Payments, drawn: Drawn, width: int, *, tall: bool) -> Sheet:
    """The day in words and by day, then the control list, then who is not needed today."""
    scale = scale_of(report, wide=width >= WIDE)
    title = (
        f"{labels.report('payments').capitalize()}, {formats.unit(report.currency, scale.power)}"
    )
    aside: tuple[Piece, ...] = ((heading.passed(report), "muted"),)
    if not report.relevant or not report.rows:
        return Sheet(title=title, aside=aside, empty=nothing_to_say(report) or "",
                     notes=(((notes.trust(report.trust, drawn.names), "muted"),),))  # fmt: skip
    amounts = Amounts(report.minor_digits, scale)
    legend = t("! needed today · ≈ few own promises, mixed with all clients'")
    blank: tuple[Piece, ...] = ((" ", "muted"),)
    lines = _lines(report, drawn, amounts)
    return Sheet(
        title=title,
        aside=aside,
        intro=(*day_words(report, amounts, inner(width)),
               *by_day(report, amounts, inner(width), height=4 if tall else 2)),
        columns=tuple(_column(key, lines if width >= WIDE else ()) for key in _RANKS),
        lines=lines,
        totals=(_total(report.total, amounts),),
        notes=(((notes.trust(report.trust, drawn.names), "muted"),), ((legend, "muted"),),
               *(blank,) * _FOOT_LINES),
    )  # fmt: skip


def client(row: PaymentRow, drawn: Drawn) -> str:
    """Who owes; the key where no name is known."""
    return clean(client_of(row, drawn.names) or formats.UNKNOWN)


def _day_figures(report: Payments) -> Opening:
    """Every figure of the day that is known."""
    names = [column.key for column in (*ASIDE, *report.columns) if column.unit != "text"]
    told = [name for name in names if getattr(report.total, name) is not None]
    return Opening(
        title=labels.report("payments").capitalize(),
        report=report,
        figures=tuple((_TOTAL, name) for name in told),
        words=tuple(labels.figure(name) for name in told),
    )


def _lines(report: Payments, drawn: Drawn, amounts: Amounts) -> tuple[Line, ...]:
    """The control list, then what should have come by today without being needed, then the rest."""
    groups: dict[str, list[Line]] = {"": [], t("overdue or for today, yet not needed"): [],
                                     t("not needed today"): []}  # fmt: skip
    control, pressing, rest = groups.values()
    for row in report.rows:
        by_now = row.when in ("overdue", "today")
        group = control if row.control else pressing if by_now else rest
        group.append(_line(row, report, drawn, amounts))
    lines: list[Line] = []
    for words, group in groups.items():
        if words and group:
            lines.append(Line(f"group/{words}", (Cell(words, "muted"),), opens=False))
        lines += group
    return tuple(lines)


def _column(key: str, lines: tuple[Line, ...]) -> Column:
    """A column of the board; of these lines client and next step come first."""
    place, most = tuple(_RANKS).index(key), _WHOLE.get(key, 0)
    longest = max((cells_of(line.cells[place].text) for line in lines if line.opens), default=0)
    titles = {"agreed": t("agreed"), "issued": t("issued")}
    align: Align = "left" if key in _LEFT else "right"
    return Column(
        key=key,
        title=titles.get(key, labels.header(key)),
        align=align,
        rank=_RANKS[key],
        width=min(longest, most),
        elastic=key in _ELASTIC,
    )


def _line(row: PaymentRow, report: Payments, drawn: Drawn, amounts: Amounts) -> Line:
    """A claim: who, how much, by which word, what to expect, what to do."""
    late = row.when == "overdue" or row.broken
    reliable = formats.share(row.reliability)
    return Line(row.key, (
        Cell(f"{'!' if row.control else ' '} {client(row, drawn)}"),
        Cell(clean(row.key)),
        Cell(formats.day(row.issued)),
        Cell(amounts.of(row.open)),
        Cell(agreed(row, report.basis.seen), "bad" if late else "plain"),
        Cell(formats.count(row.broken) if row.broken else "", "bad"),
        Cell(f"≈{reliable}" if row.mixed else reliable, "muted" if row.mixed else "plain"),
        Cell(amounts.of(row.expected)),
        Cell(_seller(row, drawn)),
        Cell(labels.value("step", row.step or "") if row.control else "", "strong"),
    ))  # fmt: skip


def _whose(row: PaymentRow, report: Payments, drawn: Drawn) -> tuple[str, ...]:
    """What the columns may have no room for: next step and client, how it came, and whose."""
    step = labels.value("step", row.step or "") if row.control else ""
    return step, client(row, drawn), history(row, report), _seller(row, drawn)


def _seller(row: PaymentRow, drawn: Drawn) -> str:
    """Whose claim it is."""
    if row.seller is None:
        return labels.scope("unassigned")
    return clean(drawn.names.get(row.seller, row.seller))


def _total(total: PaymentTotal, amounts: Amounts) -> Line:
    """All open claims; Enter opens the figures of the day."""
    known = {
        "client": t("all").upper(),
        "open": amounts.of(total.open),
        "broken": formats.count(total.broken),
        "reliability": formats.share(total.reliability),
        "expected": amounts.of(total.expected),
    }
    return Line(_TOTAL, tuple(Cell(known.get(key, "")) for key in _RANKS))
