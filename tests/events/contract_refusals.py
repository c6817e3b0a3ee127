"""What no log takes, and what it says instead."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from events.errors import Invalid
from events.log import Log
from events.vocabulary import (
    CallMade,
    CostSet,
    CreditSplitSet,
    DealWon,
    DepartmentOpened,
    Instalment,
    InvoiceIssued,
    OrderPlaced,
    PaymentReceived,
    PlanSet,
)
from events.vocabulary.fact import Fact
from tests.events.contract import LogContract
from tests.events.samples import LATER, NOON, call, correction, draft, void

DEPARTMENT = DepartmentOpened(
    name="north", country="RU", currency="RUB", minor_digits=2, zone="Europe/Moscow", language="en"
)
MINUTE = dt.timedelta(minutes=1)


class RefusalContract(LogContract):
    """Inherit and say how a log is made."""

    @pytest.mark.parametrize(
        ("body", "word"),
        [
            (OrderPlaced(amount=0), "0"),
            (OrderPlaced(amount=10**15 + 1), "amount cannot be 1000000000000001"),
            (OrderPlaced(amount=-(10**30)), "amount cannot be"),
            (CallMade(seconds=-1), "seconds cannot be -1"),
            (PlanSet(month="2026-13", amount=5), "2026-13 is no month"),
            (msgspec.structs.replace(DEPARTMENT, zone="Mars/Phobos"), "no time zone"),
            (msgspec.structs.replace(DEPARTMENT, minor_digits=9), "0 to 4"),
            (msgspec.structs.replace(DEPARTMENT, currency="euro"), "three letters"),
            (PaymentReceived(amount=0), "above zero"),
            (PaymentReceived(amount=-5), "above zero"),
            (InvoiceIssued(invoice="7", amount=0), "above zero"),
            (DealWon(deal="d", amount=-5), "less than nothing"),
            (CostSet(), "cost"),
            (CreditSplitSet(deal="d", shares={"a": 9_999}), "10000"),
            (
                InvoiceIssued(
                    invoice="7", amount=5, instalments=(Instalment(due=NOON.date(), amount=4),)
                ),
                "instalments",
            ),
        ],
    )
    def test_impossible_money_is_refused(self, log: Log, body: Fact, word: str) -> None:
        with pytest.raises(Invalid, match=word):
            log.append([call(1), draft(body)])
        assert log.head().seq == 0

    def test_a_moment_without_an_offset_is_refused(self, log: Log) -> None:
        with pytest.raises(Invalid, match="offset"):
            log.append([draft(CallMade(), at=NOON.replace(tzinfo=None))])

    def test_the_future_is_refused_but_for_a_clock_that_runs_a_little_ahead(self, log: Log) -> None:
        log.append([draft(CallMade(), at=LATER + 5 * MINUTE)])
        with pytest.raises(Invalid, match="future"):
            log.append([draft(CallMade(), at=LATER + 5 * MINUTE + MINUTE)])
        assert log.head().seq == 1

    @pytest.mark.parametrize("change", [{"actor": " "}, {"id": ""}, {"source": ""}])
    def test_an_envelope_must_name_actor_id_and_source(
        self, log: Log, change: dict[str, str]
    ) -> None:
        with pytest.raises(Invalid):
            log.append([msgspec.structs.replace(call(1), **change)])

    @pytest.mark.parametrize("seconds", ["soon", 1.5, b"12", [1]])
    def test_a_body_that_could_not_be_read_again_is_refused(
        self, log: Log, seconds: object
    ) -> None:
        with pytest.raises(Invalid):
            log.append([call(1), call(2, seconds=seconds)])
        assert log.head().seq == 0

    def test_text_that_is_no_text_is_refused(self, log: Log) -> None:
        with pytest.raises(Invalid):
            log.append([call(1, result="\ud800")])

    def test_a_kind_outside_the_vocabulary_is_refused(self, log: Log) -> None:
        class CallDreamt(Fact, frozen=True, kw_only=True):
            """Nobody made it."""

        with pytest.raises(Invalid, match="CallDreamt"):
            log.append([draft(CallDreamt())])

    def test_a_repair_must_name_an_event_that_is_there(self, log: Log) -> None:
        log.append([call(1)])
        for repair in (void(call(2)), correction(call(2), seconds=5)):
            with pytest.raises(Invalid, match="no event"):
                log.append([repair])
        wrong = msgspec.structs.replace(call(1), body=OrderPlaced(amount=1))
        with pytest.raises(Invalid, match="call_made"):
            log.append([void(wrong)])

    def test_a_repair_may_follow_its_target_in_one_batch_but_not_precede_it(self, log: Log) -> None:
        with pytest.raises(Invalid):
            log.append([void(call(1)), call(1)])
        log.append([call(1), correction(call(1), seconds=9), void(call(1))])
        assert log.head().seq == 3

    def test_a_voided_event_is_not_voided_again_until_the_void_is_taken_back(
        self, log: Log
    ) -> None:
        first, second, third = (void(call(1)) for _ in range(3))
        back = void(first)
        log.append([call(1), first])
        with pytest.raises(Invalid, match="voided already"):
            log.append([second])
        log.append([back, third])
        with pytest.raises(Invalid, match="voided already"):
            log.append([void(call(1))])
        assert log.head().seq == 4

    @pytest.mark.parametrize(
        ("fields", "word"),
        [
            ({}, "field"),
            ({"colour": "red"}, "colour"),
            ({"seconds": "long"}, "seconds cannot be 'long'"),
            ({"direction": "up"}, "direction cannot be 'up'"),
            ({"occurred_at": "yesterday"}, "moment"),
            ({"occurred_at": "2026-03-01T10:00:00"}, "moment"),
        ],
    )
    def test_a_correction_must_fit_its_target(
        self, log: Log, fields: dict[str, str], word: str
    ) -> None:
        log.append([call(1)])
        with pytest.raises(Invalid, match=word):
            log.append([correction(call(1), **fields)])
        assert log.head().seq == 1
