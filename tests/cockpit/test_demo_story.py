"""The demo department: who is in it, what happened to them, and that the numbers hold."""

from __future__ import annotations

import datetime as dt
import re
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from statistics import median
from typing import TypeVar

import msgspec
import pytest

from cockpit.demo.setting import Setting, setting_of
from cockpit.demo.spec import Spec
from cockpit.demo.stream import Record, generate
from cockpit.errors import Refused
from cockpit.words import LANGUAGES
from events.envelope import Draft
from events.vocabulary import (
    AbsenceSet,
    CallMade,
    CardFilled,
    ClientRegistered,
    CorrectionAgreed,
    CorrectionReviewed,
    CreditNoteIssued,
    DealLost,
    DepartmentOpened,
    EventCorrected,
    EventVoided,
    Fact,
    InvoiceIssued,
    ItemEnded,
    ItemStarted,
    LostClientDecided,
    NormSet,
    OrderPlaced,
    PaymentPromised,
    PaymentReceived,
    PlanSet,
    RampHeld,
    RampStarted,
    SellerHired,
    SellerLeft,
    StandupStarted,
    StepCompleted,
)

TODAY = dt.date(2026, 4, 15)
AWKWARD = ["2026-01-01", "2026-05-01", "2028-02-29", "2026-11-22", "2026-06-01", "2026-03-31"]
DIALLER, STAR = "dunmore", "hart"
KIND = TypeVar("KIND", bound=Fact)


@cache
def told(today: dt.date = TODAY, months: int = 6, language: str = "en") -> list[Record]:
    """The whole story of a day, told once."""
    spec = Spec(today=today, months=months, language=language)
    return [record for batch in generate(spec) for record in batch]


def of(records: Sequence[Record], kind: type[KIND]) -> list[tuple[dt.date, KIND]]:
    """Facts of one kind with their business days."""
    return [
        (r.draft.occurred_at.date(), r.draft.body)
        for r in records
        if isinstance(r.draft.body, kind)
    ]


def setting(today: dt.date = TODAY, months: int = 6) -> Setting:
    return setting_of(Spec(today=today, months=months))


def effective(records: Sequence[Record]) -> Iterator[Draft]:
    """The drafts as the repairs leave them."""
    bodies = [record.draft.body for record in records]
    gone = {body.target for body in bodies if isinstance(body, EventVoided)}
    fixed = {body.target: body.fields for body in bodies if isinstance(body, EventCorrected)}
    for record in records:
        draft = record.draft
        if draft.id in fixed:
            draft = msgspec.structs.replace(
                draft, body=msgspec.structs.replace(draft.body, **fixed[draft.id])
            )
        if draft.id not in gone:
            yield draft


def test_the_same_spec_tells_the_same_story_to_the_byte() -> None:
    spec = Spec(today=TODAY, months=2)
    encode = msgspec.json.Encoder(order="deterministic").encode
    assert [encode(batch) for batch in generate(spec)] == [
        encode(batch) for batch in generate(spec)
    ]


def test_another_seed_tells_another_story_of_the_same_shape() -> None:
    one = [r.draft for batch in generate(Spec(today=TODAY, months=1)) for r in batch]
    two = [r.draft for batch in generate(Spec(today=TODAY, months=1, seed=2)) for r in batch]
    assert not {d.id for d in one} & {d.id for d in two}
    assert min(len({type(d.body) for d in story}) for story in (one, two)) > 40


def test_ids_are_unique_and_sorted_as_version_seven_demands() -> None:
    ids = [record.draft.id for record in told()]
    assert len(set(ids)) == len(ids)
    for record in told()[::500]:
        text = record.draft.id
        assert [len(part) for part in text.split("-")] == [8, 4, 4, 4, 12]
        assert text[14] == "7"
        assert text[19] in "89ab"
        assert int(text[:8] + text[9:13], 16) == int(record.at.timestamp() * 1000)


@pytest.mark.parametrize("day", AWKWARD)
def test_nothing_is_from_the_future_and_the_log_is_written_in_order(day: str) -> None:
    today = dt.date.fromisoformat(day)
    records = told(today, 1)
    nine = dt.datetime.combine(today, dt.time(9), setting(today, 1).zone)
    assert all(record.draft.occurred_at <= record.at < nine for record in records)
    assert all(before.at <= after.at for before, after in pairwise(records))


def test_history_looks_lived_in() -> None:
    lags = [record.at - record.draft.occurred_at for record in told()]
    late = sum(1 for lag in lags if lag > dt.timedelta(hours=12)) / len(lags)
    assert 1 <= median(lag.total_seconds() for lag in lags) / 60 <= 10
    assert 0.005 <= late <= 0.06
    assert any(lag > dt.timedelta(days=3) for lag in lags)


def test_whoever_is_days_late_says_why() -> None:
    slow = [
        record.draft.body
        for record in told()
        if record.at - record.draft.occurred_at > dt.timedelta(days=3)
    ]
    assert all(getattr(body, "note", None) for body in slow)


def test_the_cast_is_complete() -> None:
    hired = {body.seller: day for day, body in of(told(), SellerHired)}
    assert len(hired) == 8
    assert len({body.team for _, body in of(told(), SellerHired)}) == 2
    (newcomer,) = [day for day in hired.values() if day > min(hired.values())]
    assert 9 <= newcomer.day <= 22
    ((left, leaver),) = of(told(), SellerLeft)
    assert left < TODAY
    assert max(day for day, call in of(told(), CallMade) if call.seller == leaver.seller) <= left
    assert any(body.first <= TODAY <= body.last for _, body in of(told(), AbsenceSet))


def test_one_seller_dials_but_does_not_talk() -> None:
    calls: dict[str | None, list[int]] = defaultdict(list)
    for _, call in of(told(), CallMade):
        if call.seconds is not None:
            calls[call.seller].append(call.seconds)
    short = {key: sum(s < 60 for s in many) / len(many) for key, many in calls.items()}
    long = {key: sum(s > 180 for s in many) / len(many) for key, many in calls.items()}
    others = [key for key in calls if key != DIALLER]
    assert len(calls[DIALLER]) == max(map(len, calls.values()))
    assert short[DIALLER] > 0.7 > 0.5 > max(short[key] for key in others)
    assert long[DIALLER] < 0.1 < min(long[key] for key in others)


def deviations(records: Sequence[Record], today: dt.date, months: int = 6) -> dict[str, float]:
    """Fact over line minus one, by seller with a plan and working days behind, counted naively."""
    here, month = setting(today, months), f"{today:%Y-%m}"
    days = here.days_of(month)
    plans = {
        body.seller: body.amount
        for _, body in of(records, PlanSet)
        if body.month == month and body.measure == "revenue" and body.seller
    }
    facts: Counter[str] = Counter()
    for draft in effective(records):
        body = draft.body
        if f"{draft.occurred_at:%Y-%m}" != month or not isinstance(
            body, PaymentReceived | CreditNoteIssued
        ):
            continue
        sign = 1 if isinstance(body, PaymentReceived) else -int(body.refund)
        facts[body.seller or ""] += sign * body.amount
    away = {
        body.seller: (body.first, body.last)
        for _, body in of(records, AbsenceSet)
        if body.last >= days[0]
    }
    hired = {body.seller: day for day, body in of(records, SellerHired)}
    left = {body.seller: day for day, body in of(records, SellerLeft)}
    found = {}
    for seller, plan in plans.items():
        first, last = away.get(seller, (dt.date.max, dt.date.max))
        mine = [
            day
            for day in days
            if hired[seller] <= day <= left.get(seller, day) and not first <= day <= last
        ]
        done = sum(1 for day in mine if day < today)
        if done:
            found[seller] = facts[seller] / (plan * done / len(mine)) - 1
    return found


@pytest.mark.parametrize(
    "day", ["2026-04-02", "2026-04-03", "2026-04-15", "2026-04-30", "2026-08-31"]
)
def test_some_are_ahead_some_behind_and_one_sold_nothing(day: str) -> None:
    today = dt.date.fromisoformat(day)
    found = deviations(told(today, 2), today, 2)
    assert found[DIALLER] == -1
    assert [seller for seller, share in found.items() if share == -1] == [DIALLER]
    assert found[STAR] > 0.1
    assert sum(share > 0 for share in found.values()) >= 2
    assert sum(-1 < share < -0.03 for share in found.values()) >= 1


@pytest.mark.parametrize("day", ["2026-04-15", *AWKWARD])
def test_personal_plans_and_the_reserve_make_the_departments_at_any_moment(day: str) -> None:
    records = told(dt.date.fromisoformat(day), 6 if day == "2026-04-15" else 1)
    parts: dict[tuple[str, str], dict[str | None, int]] = defaultdict(dict)
    whole: dict[tuple[str, str], int] = {}
    plans = [r for r in records if isinstance(r.draft.body, PlanSet)]
    for place, record in enumerate(plans):
        body = record.draft.body
        assert isinstance(body, PlanSet)
        key = body.month, body.measure
        if body.seller or body.reserve:
            parts[key][body.seller] = body.amount
        else:
            whole[key] = body.amount
        if place + 1 == len(plans) or plans[place + 1].at != record.at:
            assert {key: sum(each.values()) for key, each in parts.items()} == whole
    assert {body.month for _, body in of(records, PlanSet)} >= {day[:7]}


def test_a_plan_changes_in_mid_month_with_a_reason() -> None:
    changed = [(day, body) for day, body in of(told(), PlanSet) if body.reason]
    assert {f"{day:%Y-%m}" == body.month for day, body in changed} == {True}
    assert any(5 < day.day < 25 for day, _ in changed)


@pytest.mark.parametrize(("today", "months"), [(TODAY, 6), (dt.date(2026, 3, 31), 1)])
def test_money_adds_up(today: dt.date, months: int) -> None:
    records = told(today, months)
    invoices = {body.invoice: body for _, body in of(records, InvoiceIssued)}
    assert len(invoices) == len(of(records, InvoiceIssued))
    paid: Counter[str] = Counter()
    cost: Counter[str] = Counter()
    for draft in effective(records):
        body = draft.body
        if isinstance(body, PaymentReceived) and body.invoice:
            paid[body.invoice] += body.amount
            cost[body.invoice] += body.cost
        if isinstance(body, CreditNoteIssued) and not body.refund:
            paid[body.invoice] += body.amount
            cost[body.invoice] += body.cost
    for number, body in invoices.items():
        assert sum(part.amount for part in body.instalments) == body.amount
        assert paid[number] <= body.amount
        assert cost[number] <= body.cost
        if paid[number] == body.amount:
            assert cost[number] == body.cost
    assert any(len(body.instalments) > 1 for body in invoices.values())
    assert any(0 < paid[number] < body.amount for number, body in invoices.items())


def test_money_never_comes_before_its_invoice_is_written_down() -> None:
    known: set[str] = set()
    for record in told():
        body = record.draft.body
        if isinstance(body, InvoiceIssued):
            known.add(body.invoice)
        if isinstance(body, PaymentReceived | PaymentPromised | CreditNoteIssued) and body.invoice:
            assert body.invoice in known


def test_everybody_and_every_client_is_known_before_something_is_said_of_them() -> None:
    sellers: set[str] = set()
    clients: set[str] = set()
    for record in told():
        body = record.draft.body
        if isinstance(body, SellerHired):
            sellers.add(body.seller)
        if isinstance(body, ClientRegistered):
            clients.add(body.client)
        assert getattr(body, "seller", None) in sellers | {None}
        assert getattr(body, "client", None) in clients | {None}


def test_promises_are_kept_and_broken_and_one_client_breaks_two() -> None:
    paid: dict[str, list[dt.date]] = defaultdict(list)
    for day, payment in of(told(), PaymentReceived):
        paid[payment.invoice or ""].append(day)
    kept: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    for _, promise in of(told(), PaymentPromised):
        if promise.due < TODAY:
            met = any(day <= promise.due for day in paid[promise.invoice])
            (kept if met else broken)[promise.invoice] += 1
    assert len(kept) > 20
    assert len(broken) > 20
    assert max(broken.values()) >= 2
    assert any(promise.due == TODAY for _, promise in of(told(), PaymentPromised))


def test_a_regular_client_falls_silent() -> None:
    ((_, decided),) = of(told(), LostClientDecided)
    orders = [day for day, order in of(told(), OrderPlaced) if order.client == decided.client]
    rhythm = median((after - before).days for before, after in pairwise(orders))
    assert len(orders) >= 3
    assert (TODAY - orders[-1]).days > 2 * rhythm


def test_sales_are_lost_for_many_reasons() -> None:
    assert len({body.reason for _, body in of(told(), DealLost)}) >= 6


def test_mistakes_are_put_right_and_nothing_is_edited() -> None:
    by_id = {record.draft.id: record for record in told()}
    repairs = [r for r in told() if isinstance(r.draft.body, EventCorrected | EventVoided)]
    assert {type(r.draft.body) for r in repairs} == {EventCorrected, EventVoided}
    for repair in repairs:
        body = repair.draft.body
        assert isinstance(body, EventCorrected | EventVoided)
        assert by_id[body.target].at < repair.at
        assert body.reason


def test_stand_ups_are_held_on_most_working_days_and_the_last_left_corrections_open() -> None:
    held = {day for day, _ in of(told(), StandupStarted)}
    worked = set(setting().worked)
    assert held <= worked
    assert 0.75 < len(held) / len(worked) < 1
    assert max(worked) in held
    assert worked - held
    reviewed = {body.correction for _, body in of(told(), CorrectionReviewed) if not body.until}
    open_ = [
        body
        for day, body in of(told(), CorrectionAgreed)
        if day == max(worked) and body.correction not in reviewed
    ]
    assert len(open_) >= 2
    per_seller = Counter(
        body.seller for _, body in of(told(), CorrectionAgreed) if body.correction not in reviewed
    )
    assert max(per_seller.values()) <= 3


def test_norms_are_set_by_hand_for_some_and_not_for_others() -> None:
    with_norms = {body.seller for _, body in of(told(), NormSet)}
    assert with_norms < {body.seller for _, body in of(told(), SellerHired)}
    counts = [body.count for _, body in of(told(), NormSet) if body.seller == DIALLER]
    assert len(counts) > len(set(counts)) - 1
    assert any(body.reason for _, body in of(told(), NormSet))


def test_one_norm_grows_with_the_newcomer_and_one_was_held_until_the_head_is_asked() -> None:
    started = {body.seller: body for _, body in of(told(), RampStarted)}
    assert set(started) == {"castell", "brandt"}
    steps = [body.count for _, body in of(told(), NormSet) if body.seller == "castell"]
    assert steps[0] == 18
    assert all(after == -(-before * 11 // 10) for before, after in pairwise(steps))
    held = [body for _, body in of(told(), RampHeld)]
    assert [body.seller for body in held] == ["brandt"] * 2


def test_who_lags_has_a_turn_in_every_stand_up() -> None:
    turns = [body for _, body in of(told(), ItemStarted) if body.seller is not None]
    ends = [body for _, body in of(told(), ItemEnded) if body.seller is not None]
    assert {body.item for body in turns} == {"corrections"}
    assert [(b.standup, b.seller) for b in turns] == [(b.standup, b.seller) for b in ends]
    assert any(body.seconds > 60 for body in ends)
    held = {body.standup for _, body in of(told(), StandupStarted)}
    assert {body.standup for body in turns} == held


def test_cards_show_what_the_dialler_does_not_do() -> None:
    cards = [body.scores for _, body in of(told(), CardFilled) if body.seller == DIALLER]
    means = {key: sum(card[key] for card in cards) / len(cards) for key in cards[0]}
    assert min(means, key=lambda key: means[key]) == "needs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_department_speaks_each_language_and_no_name_comes_twice(language: str) -> None:
    records = told(TODAY, 1, language)
    ((_, department),) = of(records, DepartmentOpened)
    assert department.language == language
    names = [body.name for _, body in of(records, SellerHired)]
    names += [body.name for _, body in of(records, ClientRegistered)]
    assert len(set(names)) == len(names)
    cyrillic = all(any("а" <= letter.lower() <= "я" for letter in name) for name in names)
    assert cyrillic == (language in ("ru", "bg"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_logs_by_the_word_of_the_language_and_figures_are_kept_alike(
    language: str,
) -> None:
    records = told(months=1, language=language)
    heads = {"en": "head", "ru": "руководитель", "hu": "vezető", "bg": "ръководител"}
    sellers = {body.seller for _, body in of(records, SellerHired)}
    assert {record.draft.actor for record in records} - sellers == {heads[language]}
    figures = {figure for _, body in of(records, CorrectionAgreed)
               for figure in (body.before, body.target)}  # fmt: skip
    assert figures
    assert all(re.fullmatch(r"[0-9]+%?", figure) for figure in figures)


def test_exactly_as_many_events_as_asked_for() -> None:
    for wanted in (12_345, 30_000):
        spec = Spec(today=TODAY, sellers=3, months=2, events=wanted)
        assert sum(map(len, generate(spec))) == wanted


def test_too_few_events_for_the_sales_are_refused_with_the_least_number() -> None:
    with pytest.raises(Refused, match="at least") as refused:
        next(generate(Spec(today=TODAY, sellers=3, months=2, events=10)))
    least = int(str(refused.value).split("at least ")[1].split()[0])
    spec = Spec(today=TODAY, sellers=3, months=2, events=least)
    assert sum(map(len, generate(spec))) == least


@pytest.mark.unmeasured
def test_twice_the_calls_need_no_more_memory() -> None:
    def peak(events: int) -> int:
        spec = Spec(today=TODAY, sellers=1, months=1, events=events)
        tracemalloc.start()
        for _ in generate(spec):
            pass
        _, top = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return top

    assert peak(20_000) < 1.5 * peak(10_000)


@pytest.mark.parametrize(
    ("sellers", "months", "events"), [(0, 1, 9), (101, 1, 9), (1, 0, 9), (1, 1, 0)]
)
def test_what_no_department_could_be_is_refused(sellers: int, months: int, events: int) -> None:
    with pytest.raises(Refused, match="a demo"):
        Spec(today=TODAY, sellers=sellers, months=months, events=events)


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "measurement"), ("ru", "замер"), ("hu", "felmérés"), ("bg", "замерване")],
)
def test_the_trades_own_step_has_its_name_in_the_departments_language(
    language: str, word: str
) -> None:
    story = told(months=1, language=language)
    steps = {body.activity for body in (record.draft.body for record in story)
             if isinstance(body, StepCompleted)}  # fmt: skip
    assert steps == {word}
