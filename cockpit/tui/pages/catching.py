"""Catching up on a seller's page (feature P3): the numbers, and what they were if …"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

import msgspec
from msgspec.structs import replace

from cockpit import formats, labels
from cockpit.render import correcting
from cockpit.tui.actions import key_of
from cockpit.tui.sheet import Cell, Line, Tone
from cockpit.words import n, t
from projections import catch_up as formulas
from projections.metrics import CHECK
from projections.question import Question
from projections.reports.catch_up import CatchUp, CatchUpRow
from projections.what_if import WhatIf, other_check, other_share, what_if

NAME: Final = "catch-up"
DAY: Final = f"{NAME}/day/"
_NO_CELL: Final = Cell("")


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What is tried on the page: figures, and the target day, which is asked of the worker."""

    what: WhatIf = WhatIf()
    until: dt.date | None = None

    @property
    def plain(self) -> bool:
        """Whether nothing is tried."""
        return self.what.plain and self.until is None


def question(asked: Question, trial: Trial) -> Question:
    """What to ask for under a trial."""
    return replace(asked, until=trial.until)


def wanted(report: CatchUp) -> list[tuple[str, str]]:
    """The figures of the page whose explanations are to come with the report."""
    sale = ("gap", "credit", "check", "now", "until", "month")
    return [
        (row.key, figure)
        for row in report.rows
        for figure in (sale if row.gap is not None else ("now", "share"))
    ]


def moved(report: CatchUp, seller: str, key: str, trial: Trial, step: int) -> Trial | None:
    """The trial after + or - on a row; None where there is nothing to try."""
    if key == DAY:
        return _other_day(report, trial, step)
    rows = what_if(report, seller, trial.what)
    row, figure = _at(rows, key)
    if row is None:
        return None
    what = trial.what
    if row.gap is None:
        if row.share is None:
            return None
        shares = {**what.shares, row.activity: other_share(row.share, step)}
        return replace(trial, what=replace(what, shares=shares))
    if figure == "credit":
        return replace(trial, what=replace(what, credit=step > 0))
    check = other_check(row, step, 10**report.minor_digits)
    return None if check is None else replace(trial, what=replace(what, check=check))


def said(report: CatchUp, seller: str, trial: Trial) -> str:
    """`with 78 410 you need 4 deals, not 5`: what the trial changes; "" for none."""
    plain, tried = what_if(report, seller, WhatIf()), what_if(report, seller, trial.what)
    if not tried or trial.what.plain:
        return ""
    before, after = plain[0], tried[0]
    parts = []
    if trial.what.check is not None and after.now is not None:
        parts.append(n("with {check} you need {count} deal, not {before}",
                       "with {check} you need {count} deals, not {before}", after.now,
                       check=_money(after.check, report), before=before.now))  # fmt: skip
    if not trial.what.credit and after.now is not None:
        parts.append(n("without the deals in hand {count} deal is needed, not {before}",
                       "without the deals in hand {count} deals are needed, not {before}",
                       after.now, before=before.now))  # fmt: skip
    for was, row in zip(plain, tried, strict=True):
        if row.activity in trial.what.shares:
            words = t("at {share} {activity}: {count}, not {before}",
                      share=formats.share(row.share), activity=labels.activity(row.activity),
                      count=formats.count(row.now), before=formats.count(was.now))  # fmt: skip
            parts.append(words)
    return " · ".join(parts)


def subject(report: CatchUp | None, seller: str, key: str) -> str | None:
    """The metric of a row: an activity, its conversion, or the check."""
    rows = [row for row in report.rows if row.seller == seller] if report else []
    row, figure = _at(tuple(rows), key)
    if row is None:
        return None
    if row.gap is not None:
        return CHECK if figure == "check" else None
    return row.activity


def offered(report: CatchUp, seller: str, key: str, trial: Trial) -> dict[str, str]:
    """What a correction from a row with a trial is to aim at, in words: the figure tried."""
    rows = what_if(report, seller, trial.what)
    row, figure = _at(rows, key)
    found = {}
    if trial.until is not None:
        found["until"] = formats.date(trial.until)
    if row is None:
        return found
    if row.gap is not None and figure == "check" and trial.what.check is not None:
        found["target"] = _money(row.check, report)
    elif row.gap is None and row.activity in trial.what.shares:
        following = rows[rows.index(row) - 1].activity
        found["metric"] = f"{row.activity}>{following}"
    elif row.gap is None and not trial.what.plain and row.norm is not None and row.per_day:
        whole = -((-(row.norm + row.per_day)) // 1)
        found["target"] = correcting.figure(Fraction(whole), "count", report.minor_digits)
    return found


def tried_share(report: CatchUp, seller: str, key: str, trial: Trial) -> Fraction | None:
    """The share a row of a step is tried with; None where it is as it is."""
    row, _ = _at(what_if(report, seller, trial.what), key)
    return None if row is None else trial.what.shares.get(row.activity)


def lines(report: CatchUp, seller: str, trial: Trial, keymap: Mapping[str, str]) -> list[Line]:
    """The money, the three named numbers of deals, then a line for each step."""
    rows = what_if(report, seller, trial.what)
    if not rows:
        return []
    heading = labels.report(NAME).capitalize()
    if not trial.plain:
        heading += " · " + t("what if; {key} shows it as it is", key=key_of("what_if.none", keymap))
    return [
        Line(f"{NAME}/", (Cell(heading, "strong"),), opens=False),
        *_sale(report, rows[0]),
        *(_step(row) for row in rows[1:]),
    ]


def _sale(report: CatchUp, row: CatchUpRow) -> Iterator[Line]:
    """Until when, how far behind, what is in hand, and the three numbers of deals."""
    until = report.question.until
    day = "" if until is None else f"{formats.weekday(until)} {formats.day(until)}"
    left = n("{count} working day", "{count} working days", row.days)
    yield Line(DAY, (Cell(t("until")), Cell(day), Cell(left), Cell(t("+ − another day"), "muted")))

    def line(figure: str, name: Cell, value: str, beside: Cell = _NO_CELL, hint: str = "") -> Line:
        key = f"{NAME}/{row.key}/{figure}"
        # Without its words a hint still says which keys there are.
        keys = "+ −" if hint else ""
        return Line(key, (name, Cell(value), beside, Cell(hint, "muted", (keys,))))

    gap, credit = row.gap or Fraction(), row.credit or Fraction()
    behind = max(Fraction(), gap)
    yield line("gap", Cell(labels.figure("gap")), _money(behind, report))
    rest = t("= {rest} to bring", rest=_money(formulas.rest(gap, credit), report))
    yield line("credit", Cell(t("expected in hand")), _money(credit, report), Cell(rest),
               t("− leaves it out, + counts it"))  # fmt: skip
    yield line("check", Cell(labels.figure("check")), _money(row.check, report),
               _fewer(row, report), t("+ − another check"))  # fmt: skip
    source = Cell(_source(row), brief=(_brief_source(row),))
    yield line("now", Cell(t("deals to the line now")), formats.count(row.now), source)
    on_it = Cell(t("to be on it on {day}", day=day), brief=(t("on the line on {day}", day=day),))
    yield line("until", on_it, formats.count(row.until),
               Cell(t("{money} a day", money=_money(row.money_per_day, report))))  # fmt: skip
    yield line("month", Cell(t("to finish the plan")), formats.count(row.month))


def _fewer(row: CatchUpRow, report: CatchUp) -> Cell:
    """With which check one deal fewer would be enough."""
    if row.check_for_fewer is None or row.now is None:
        return _NO_CELL
    count = formats.count(row.now - 1)
    said = n("or {count} deal at {check}", "or {count} deals at {check}", row.now - 1,
             count=count, check=_money(row.check_for_fewer, report))  # fmt: skip
    return Cell(said, brief=(n("or {count} deal", "or {count} deals", row.now - 1, count=count),))


def _step(row: CatchUpRow) -> Line:
    """How many, by which conversion, whose it is, until when it is of use."""
    tone: Tone = "muted" if row.late else "plain"
    share = formats.share(row.share)
    whose = (t("by {share} ({source})", share=share, source=_brief_source(row)),)
    words = Cell(t("by {share} ({source})", share=share, source=_source(row)), tone, whose)
    cells = (Cell(labels.activity(row.activity), tone), Cell(formats.count(row.now), tone),
             words, _time_left(row))  # fmt: skip
    return Line(f"{NAME}/{row.key}/now", cells)


def _time_left(row: CatchUpRow) -> Cell:
    """Until when more of a step is of use, and how much of it a day."""
    if row.late:
        late = t("too late for this period, counts for the next")
        return Cell(_dotted(late, _daily(row)), "warn", (t("too late by now"),))
    if row.last_day is None:
        return Cell(_daily(row), "muted", (_more(row),))
    day, more = formats.day(row.last_day), _more(row)
    useful = t("last useful day {day}", day=day)
    brief = (useful, t("until {day}", day=day), day)
    shorter = tuple(_dotted(each, more) for each in brief)
    return Cell(_dotted(useful, _daily(row)), "muted", (*shorter, day))


def _daily(row: CatchUpRow) -> str:
    """How much more a day, and to which norm."""
    if not row.per_day or row.norm is None:
        return _more(row)
    return t("{more} a day to the norm of {norm}", more=_per_day(row),
             norm=formats.number(row.norm, 1))  # fmt: skip


def _more(row: CatchUpRow) -> str:
    """How much more a day."""
    return t("{more} a day", more=_per_day(row)) if row.per_day else ""


def _per_day(row: CatchUpRow) -> str:
    more = row.per_day or Fraction()
    return formats.number(more, 0 if more.denominator == 1 else 1, signed=True)


def _dotted(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _brief_source(row: CatchUpRow) -> str:
    """The same as `_source` without the numbers."""
    return t("own") if row.source == "own" else t("mixed")


def _source(row: CatchUpRow) -> str:
    """Whose cases a figure is of; few own ones are mixed with the department's, and it says so."""
    of = (
        formats.count(row.reached)
        if row.entered is None
        else t("{k} of {n}", k=formats.count(row.reached), n=formats.count(row.entered))
    )
    return t("own {of}", of=of) if row.source == "own" else t("mixed, own {of}", of=of)


def _money(amount: Fraction | int | None, report: CatchUp) -> str:
    return correcting.figure(amount, "money", report.minor_digits)


def _at(rows: tuple[CatchUpRow, ...], key: str) -> tuple[CatchUpRow | None, str]:
    """The row and the figure a line stands for."""
    name, _, rest = key.partition("/")
    found, _, figure = rest.rpartition("/")
    row = next((row for row in rows if name == NAME and row.key == found), None)
    return row, figure


def _other_day(report: CatchUp, trial: Trial, step: int) -> Trial | None:
    """The working day before or after the target day, within the period."""
    until = trial.until or report.question.until
    if until is None:
        return None
    further = [day for day in report.basis.ahead if (day > until if step > 0 else day < until)]
    if not further:
        return None
    return replace(trial, until=further[0] if step > 0 else further[-1])
