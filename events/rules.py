"""What a draft must be before the log takes it; every refusal says what to do instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

import msgspec

from events.envelope import Draft
from events.errors import Invalid
from events.vocabulary import (
    BY_NAME,
    AbsenceSet,
    CostSet,
    CreditNoteIssued,
    CreditSplitSet,
    DealWon,
    DepartmentOpened,
    EventCorrected,
    FixedCostsSet,
    InvoiceIssued,
    InvoiceWrittenOff,
    OrderPlaced,
    PaymentPromised,
    PaymentReceived,
    PlanSet,
    name_of,
)
from events.vocabulary.fact import Fact

AHEAD: Final = dt.timedelta(minutes=5)
"""How far a writer's clock may run before the log's."""

_NEAR: Final = dt.timedelta(days=2)
"""Further apart than any two offsets can bring two moments."""

_SIGNS: Final = frozenset("+-")

WHOLE_BP: Final = 10_000

_MOST_DIGITS: Final = 4
"""No currency has smaller coins."""

_LONGEST_BRIEF: Final = 600
"""Seconds; a call of ten minutes is a talk in any trade."""

Rule: TypeAlias = Callable[..., None]
"""Takes a body of its kind."""


def check_envelope(draft: Draft, latest: dt.datetime) -> None:
    """Raises Invalid where nobody logs it, or it occurred after `latest` or without an offset."""
    occurred = draft.occurred_at
    if occurred.tzinfo is not dt.UTC and occurred.utcoffset() is None:
        raise Invalid("{moment} has no offset; add one, as in +03:00", moment=_shown(occurred))
    if occurred > latest:
        raise Invalid(
            "{moment} lies in the future; log it once it happened", moment=_shown(occurred)
        )
    if not draft.actor.strip():
        raise Invalid("nobody is named as the one who logs this; give an actor")
    if not draft.id or not draft.source:
        raise Invalid("an event needs an id and a source")


def check_envelopes(
    drafts: Sequence[Draft], occurred_at: Sequence[str], latest: dt.datetime
) -> None:
    """The same for many drafts and the texts of their moments, looked at together: most are told
    to be fine by their texts alone.
    """
    fine = (
        max(occurred_at) < (latest - _NEAR).date().isoformat()
        and {text[-6] for text in occurred_at} <= _SIGNS
        and all(map(str.strip, {draft.actor for draft in drafts}))
        and "" not in {draft.source for draft in drafts}
        and "" not in [draft.id for draft in drafts]
    )
    if not fine:
        for draft in drafts:
            check_envelope(draft, latest)


def _shown(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def rule_of(kind: type[Fact]) -> Rule | None:
    """What a kind's bodies are checked by; it raises Invalid for what is impossible."""
    return _RULES.get(kind)


def corrected(body: Fact, fields: dict[str, str | int | bool | None]) -> Fact:
    """The body with a correction's fields put in; `occurred_at` is not a field of the body.

    Raises Invalid where the kind has no such field, or it cannot hold such a value.
    """
    inner = {name: value for name, value in fields.items() if name != "occurred_at"}
    known = set(body.__struct_fields__)
    for name in inner:
        if name not in known:
            raise Invalid(
                "{kind} has no field {field}; it has {fields}",
                kind=name_of(type(body)),
                field=name,
                fields=", ".join(sorted(known)),
            )
    try:
        merged: Fact = msgspec.convert({**msgspec.to_builtins(body), **inner}, type(body))
    except msgspec.ValidationError as error:
        raise misfit(inner, error) from error
    rule = rule_of(type(merged))
    if rule is not None:
        rule(merged)
    return merged


def mended(body: Fact, moment: str, fixes: Iterable[EventCorrected]) -> tuple[Fact, str]:
    """A body and when it occurred with corrections put in, as far as the body can hold them."""
    for fix in fixes:
        try:
            body = corrected(body, fix.fields)
        except Invalid:
            continue
        moment = str(fix.fields.get("occurred_at", moment))
    return body, moment


def misfit(values: Fact | dict[str, str | int | bool | None], error: Exception) -> Invalid:
    """Which value does not fit the vocabulary, from what reading it back had to say."""
    field = str(error).rpartition("$.")[2].rstrip("`")
    fields = values if isinstance(values, dict) else msgspec.structs.asdict(values)
    value = fields.get(field)
    if value is None:
        return Invalid("{field} cannot be empty; give another value", field=field)
    shown = repr(value) if isinstance(value, str) else value
    return Invalid("{field} cannot be {value}; give another value", field=field, value=shown)


def _department(body: DepartmentOpened) -> None:
    """Every moment and every amount is read by these, so a wrong one would close the log."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(body.zone)
    except (KeyError, ValueError, OSError):
        raise Invalid(
            "{zone} is no time zone; give one like Europe/Moscow", zone=body.zone
        ) from None
    if not 0 <= body.minor_digits <= _MOST_DIGITS:
        raise Invalid(
            "{digits} digits after the point; give 0 to {most}",
            digits=body.minor_digits,
            most=_MOST_DIGITS,
        )
    if len(body.currency) != 3 or not body.currency.isupper():
        raise Invalid(
            "{currency} is no currency; give three letters like EUR", currency=body.currency
        )
    if body.late_days < 0:
        raise Invalid("late after {days} days; give 0 or more", days=body.late_days)
    if not 0 <= body.brief_seconds <= _LONGEST_BRIEF:
        raise Invalid(
            "calls shorter than {seconds} s left out; give 0 to {most}",
            seconds=body.brief_seconds,
            most=_LONGEST_BRIEF,
        )
    if not body.name.strip():
        raise Invalid("the department has no name; give one")


def _month(body: PlanSet | FixedCostsSet) -> None:
    year, dash, month = body.month.partition("-")
    plain = len(year) == 4 and len(month) == 2 and (year + month).isdecimal()
    if not (dash and plain and 1 <= int(month) <= 12 and int(year)):
        raise Invalid("{month} is no month; write it as 2026-04", month=body.month)


def _positive(
    body: InvoiceIssued | PaymentPromised | PaymentReceived | CreditNoteIssued | InvoiceWrittenOff,
) -> None:
    if body.amount <= 0:
        raise Invalid("an amount of nothing or less; give one above zero")


def _won(body: DealWon) -> None:
    if body.amount is not None and body.amount < 0:
        raise Invalid("a deal is not won for less than nothing; give no amount or one above zero")


def _order(body: OrderPlaced) -> None:
    if body.amount == 0 and body.cost == 0 and body.direct == 0:
        raise Invalid("the amount is 0; an order without money and cost says nothing")


def _invoice(body: InvoiceIssued) -> None:
    _positive(body)
    parts = sum(part.amount for part in body.instalments)
    if body.instalments and parts != body.amount:
        raise Invalid("the instalments do not sum to the invoice; give as much as its amount")


def _absence(body: AbsenceSet) -> None:
    if body.last < body.first:
        raise Invalid(
            "{last} lies before {first}: type the first day first",
            last=body.last.isoformat(),
            first=body.first.isoformat(),
        )


def _cost(body: CostSet) -> None:
    if body.cost == 0 and body.direct == 0:
        raise Invalid("the cost is 0; give what it cost")


def _split(body: CreditSplitSet) -> None:
    total = sum(body.shares.values())
    if total != WHOLE_BP:
        raise Invalid(
            "the shares sum to {total}; they must sum to {whole} basis points",
            total=total,
            whole=WHOLE_BP,
        )


def _correction(body: EventCorrected) -> None:
    if not body.fields:
        raise Invalid("the correction names no field; say which value is the right one")
    if body.target_kind not in BY_NAME:
        raise Invalid(
            "this program does not know {kind}; a newer one can correct it", kind=body.target_kind
        )
    moved = body.fields.get("occurred_at")
    if "occurred_at" in body.fields and not _is_moment(moved):
        raise Invalid("{value} is no moment; write it as 2026-04-03T16:40:00+03:00", value=moved)


def _is_moment(value: object) -> bool:
    try:
        return dt.datetime.fromisoformat(str(value)).utcoffset() is not None
    except ValueError:
        return False


_RULES: Final[dict[type[Fact], Rule]] = {
    DepartmentOpened: _department,
    PlanSet: _month,
    FixedCostsSet: _month,
    DealWon: _won,
    OrderPlaced: _order,
    InvoiceIssued: _invoice,
    PaymentPromised: _positive,
    PaymentReceived: _positive,
    CreditNoteIssued: _positive,
    InvoiceWrittenOff: _positive,
    AbsenceSet: _absence,
    CostSet: _cost,
    CreditSplitSet: _split,
    EventCorrected: _correction,
}
