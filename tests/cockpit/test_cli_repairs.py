"""`fix` and `void` append corrections; the mistake stays in the log."""

from __future__ import annotations

import pytest

from events.vocabulary import EventCorrected, EventVoided
from tests.cockpit.shell import Shell

WHO = "--as ivanov"


@pytest.fixture
def sold(north: Shell) -> Shell:
    """Vektor paid 60.00 of 100.00, whose costs are 50.00."""
    north.ok(f"log invoice 17 Вектор 100 --cost 50 {WHO}")
    north.ok("log paid 17 60")
    return north


def fact(shell: Shell) -> object:
    """Revenue of the month in minor units."""
    total = shell.ok("report plan-fact --json").data["total"]
    assert isinstance(total, dict)
    return total["fact"]


def test_a_fix_names_its_target_and_says_why(sold: Shell) -> None:
    before, target = sold.events(), sold.events()[-1]
    answer = sold.ok(f"fix {target.seq} amount=40 опечатка")
    assert answer.out == f"✓ payment {target.seq} corrected\n"
    *kept, repair = sold.events()
    assert kept == before
    assert repair.body == EventCorrected(
        target=target.id,
        target_kind="payment_received",
        fields={"amount": 4_000, "cost": 2_000, "direct": 0},
        reason="опечатка",
        seller="ivanov",
        client="c3",
    )
    assert fact(sold) == 4_000


def test_a_void_takes_a_fact_back_and_can_be_taken_back(sold: Shell) -> None:
    target = sold.events()[-1]
    answer = sold.ok(f"void {target.id} записано дважды")
    assert answer.err == f'undo: cockpit void {sold.head()} "why"\n'
    assert sold.events()[-1].body == EventVoided(
        target=target.id,
        target_kind="payment_received",
        reason="записано дважды",
        seller="ivanov",
        client="c3",
    )
    assert fact(sold) == 0
    assert "voided already" in sold.refused(f"void {target.seq} ещё раз")
    sold.ok(f"void {sold.head()} зря")
    assert fact(sold) == 6_000


def test_an_event_may_be_named_by_the_beginning_of_its_id(sold: Shell) -> None:
    target = sold.events()[-1]
    sold.ok(f"void {target.id[:-3]} дважды")
    body = sold.events()[-1].body
    assert isinstance(body, EventVoided)
    assert body.target == target.id


def test_values_are_typed_as_in_the_log(north: Shell) -> None:
    north.ok(f"log call 3m20 Вектор {WHO}")
    call = north.head()
    north.ok(
        f"fix {call} length=5m direction=вх client=ромашка-сервис seller=Петрова reached=да "
        'at="yesterday 16:40" note= перепутано'
    )
    body = north.events()[-1].body
    assert isinstance(body, EventCorrected)
    assert body.fields == {
        "seconds": 300,
        "direction": "in",
        "client": "c2",
        "seller": "petrova",
        "reached": True,
        "occurred_at": "2026-11-17T16:40:00+03:00",
        "note": None,
    }
    rows = north.ok("report activity --as-of 17.11 --evening --json").data["rows"]
    assert isinstance(rows, list)
    done = [(row["seller"], row["fact"]) for row in rows if row["key"].endswith("|*|*")]
    assert [pair for pair in done if pair[1]] == [("petrova", 1)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("fix {last} amount=101 'x'", "₽100 open, not ₽101: add overpaid=yes"),
        ("fix {last} amount=0 x", "zero"),
        ("fix {last} amount=12,5к0 x", "240k"),
        ("fix {last} amount=5", "why"),
        ("fix {last} why", "amount=120k"),
        ("fix {last} colour=red x", "one of allocation, amount, at"),
        ("fix {last} at=tomorrow x", "ahead"),
        ("fix {last} overpaid=maybe x", "neither yes nor no"),
        ("fix {last} client=Газпром x", "client add"),
        ("fix {last} invoice=99 x", "there is no invoice 99; open are: 17"),
        ("fix {last} allocation=1 x", "allocation is not one value"),
        ("fix 1 zone=Mars/Phobos x", "Mars/Phobos is no time zone"),
        ("fix 1 minor_digits=9 x", "give 0 to 4"),
        ("fix 1 minor_digits=two x", "type a whole number"),
        ("fix 1 currency=рубли x", "three letters"),
        ("fix 1 late_days=-1 x", "give 0 or more"),
        ("fix 1 brief_seconds=11m x", "give 0 to 600"),
        ("fix 1 recognition=soon x", "type one of invoice, order, payment, won"),
        ("fix 1 name= x", "name cannot be empty"),
        ("void 1 x", "cannot be withdrawn"),
        ("fix 999 amount=5 x", "no event 999"),
        ("void {last}", "why"),
        ("void 0 x", "no event 0"),
        ("void zzzzzz x", "no event zzzzzz"),
        ("void 019 x", "no event 019"),
    ],
)
def test_what_cannot_be_repaired_is_refused(sold: Shell, line: str, says: str) -> None:
    assert says in sold.refused(line.format(last=sold.head()))


def test_a_beginning_that_several_ids_share_is_a_question(sold: Shell) -> None:
    common = sold.events()[-1].id[:6]
    assert "type more of it" in sold.refused(f"void {common} x")


def test_numbers_and_words_of_a_kind_are_corrected_too(north: Shell) -> None:
    north.ok("norm set call 20")
    norm = north.head()
    north.ok(f"fix {norm} count=22 per=week опечатка")
    body = north.events()[-1].body
    assert isinstance(body, EventCorrected)
    assert body.fields == {"count": 22, "per": "week"}
    assert "type one of day, month, week" in north.refused(f"fix {norm} per=year x")
    assert "type a whole number" in north.refused(f"fix {norm} count=1.5 x")
