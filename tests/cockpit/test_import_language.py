"""What the mapping language promises of values, conditions, second files and groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cockpit.errors import Refused
from events.vocabulary import (
    AbsenceSet,
    CallMade,
    CardFilled,
    DealLost,
    DealWon,
    InvoiceIssued,
    LeadQualified,
    LeadReceived,
    OrderPlaced,
    PlanSet,
    StepCompleted,
)
from tests.cockpit.import_case import Case, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    yield from open_case(tmp_path)


def deals(case: Case, value: str, content: str, extra: str = "") -> list[str]:
    """The deal keys a value gives for each row of a file."""
    mapping = f"""
        at = "2026-01-05"
        {extra}
        [[event]]
        kind = "lead_received"
        [event.set]
        deal = {value}
    """
    outcome = case.bring(content, mapping)
    assert outcome.skipped == 0, outcome.rejects
    return [lead.deal for lead in case.facts(LeadReceived)]


@pytest.mark.parametrize(
    ("value", "deal"),
    [
        ('"fixed"', "fixed"),
        ("7", "7"),
        ("true", "true"),
        ('"{a}"', "Rose"),
        ('"{a}-{b}"', "Rose-2"),
        ('"{{{a}}} 100%"', "{Rose} 100%"),
        ('"{row.line}"', "2"),
        ('{ column = "b" }', "2"),
        ("{ column = 2 }", "2"),
        ('{ column = ["z", "b", "a"] }', "2"),
        ('{ join = ["{a}", "{c}", "{b}"], with = "/" }', "Rose/2"),
        ('{ first = ["{c}", "{b}"] }', "2"),
        ('{ column = "a", case = "upper" }', "ROSE"),
        ('{ column = "d", extract = "№ *(\\\\d+)" }', "125"),
        ('{ column = "d", extract = "\\\\d+" }', "125"),
        ('{ column = "a", map = { Rose = "r", Oak = "o" } }', "r"),
        ('{ column = "b", map = "numbers" }', "two"),
        ('{ column = "a", map = { Oak = "o" }, otherwise = "{b}" }', "2"),
        ('{ column = "c", default = "none" }', "none"),
        ('{ column = "c", default = "{a}" }', "Rose"),
        ('{ column = "a", empty = ["Rose"], default = "gone" }', "gone"),
        ('{ calc = "{b} * ({b} + 1.5) - 1 / 4" }', "6.75"),
        ('{ calc = "-{b}" }', "-2"),
        ('{ calc = "2 * 3" }', "6"),
        ('{ column = "e", days = 30 }', "2026-03-30"),
        ('{ column = "e", days = "-{b}" }', "2026-02-26"),
        ('{ column = "e", days = "{c}", default = "{e}" }', "2026-02-28"),
        ('{ column = "e", days = { column = "d", extract = "\\\\d" } }', "2026-03-01"),
        ('{ cases = [{ when = { column = "b", above = 5 }, value = "big" }, { value = "{b}" }] }',
         "2"),
        ('"{doubled}"', "4"),
        ('"{A }"', "Rose"),
    ],
)  # fmt: skip
def test_a_value(case: Case, value: str, deal: str) -> None:
    extra = """
        [let]
        doubled = { calc = "{b} * 2" }
        [table.numbers]
        2 = "two"
    """
    assert deals(case, value, "a,b,c,d,e\nRose, 2 ,,сч. № 125 от 1.1,2026-02-28\n", extra) == [deal]


def test_a_computed_value_may_cover_the_column_it_reads(case: Case) -> None:
    extra = '[let]\na = { column = "a", case = "lower" }\n'
    assert deals(case, '"{a}"', "a,b\nROSE,1\n", extra) == ["rose"]


def test_a_template_of_nothing_is_nothing(case: Case) -> None:
    mapping = """
        at = "2026-01-05"
        [[event]]
        kind = "lead_received"
        set = { deal = "{a}-{b}" }
    """
    outcome = case.bring("a,b,c\n,,1\n", mapping)
    assert (
        outcome.rejects[0].reason
        == "deal is empty: give it a default, or leave such rows out with when"
    )


@pytest.mark.parametrize(
    ("condition", "lines"),
    [
        ('{ column = "s", equals = "won" }', "ad"),
        ('{ column = "s", not_equals = "won" }', "bc"),
        ('{ column = "s", in = ["won", "lost"] }', "abd"),
        ('{ column = "s", not_in = ["won", "lost"] }', "c"),
        ('{ column = "s", empty = true }', "c"),
        ('{ column = "s", empty = false }', "abd"),
        ('{ column = "s", matches = "^w|^l" }', "abd"),
        ('{ column = "n", above = 10 }', "bd"),
        ('{ column = "n", at_least = "10" }', "abd"),
        ('{ column = "n", below = 10.5 }', "a"),
        ('{ column = "n", at_most = 10, at_least = 1 }', "a"),
        ('{ column = "n", equals = 10 }', "a"),
        ('{ value = "{s}-{n}", equals = "won-10" }', "a"),
        ('{ all = [{ column = "s", equals = "won" }, { column = "n", above = 10 }] }', "d"),
        ('{ any = [{ column = "s", equals = "lost" }, { column = "n", empty = true }] }', "bc"),
        ('{ not = { column = "s", equals = "won" } }', "bc"),
        ('{ column = "s", equals = "won", not = { column = "n", above = 10 } }', "a"),
    ],
)
def test_a_condition_picks_rows(case: Case, condition: str, lines: str) -> None:
    content = "k,s,n\na,won,10\nb,lost,11\nc,,\nd,won,12\n"
    found = deals(case, '"{k}"', content, f"when = {condition}")
    assert "".join(found) == lines
    assert case.bring(content, f"when = {condition}\n" + LEAD).left_out == 4 - len(lines)


LEAD = """
at = "2026-01-05"
[[event]]
kind = "lead_received"
set = { deal = "{k}" }
"""


@pytest.mark.parametrize(
    ("condition", "lines"),
    [
        ('{ column = "t", at_least = 2026-03-01 }', "bcd"),
        ('{ column = "t", above = 2026-03-01 }', "d"),
        ('{ column = "t", at_most = 2026-02-28 }', "a"),
        ('{ column = "t", at_least = 2026-03-01, below = 2026-03-02 }', "bc"),
        ('{ column = "t", below = 2026-03-01T00:30:00+02:00 }', "ab"),
        ('{ not = { column = "t", at_least = "2026-03-01" } }', "ae"),
    ],
)
def test_a_condition_on_days_and_moments(case: Case, condition: str, lines: str) -> None:
    """Three moments are of the first of March where the department is."""
    content = (
        "k,t\na,2026-02-28T23:59:59+02:00\nb,2026-02-28T22:00:00Z\n"
        "c,2026-03-01T23:59:59\nd,2026-03-01T22:00:00Z\ne,\n"
    )
    assert "".join(deals(case, '"{k}"', content, f"when = {condition}")) == lines


def test_a_condition_on_days_breaks_a_row_that_has_none(case: Case) -> None:
    mapping = 'when = { column = "t", above = 2026-03-01 }' + LEAD
    (reject,) = case.bring("k,t\na,soon\n", mapping).rejects
    assert (
        reject.reason == "soon is no date of the form iso: put it right, or say its form with date"
    )


def test_a_calendar_ends(case: Case) -> None:
    mapping = LEAD.replace('"2026-01-05"', '{ column = "d", days = 99999999999 }')
    (reject,) = case.bring("k,d\na,2026-01-01\n", mapping).rejects
    assert reject.reason == "no calendar has a day 99999999999 days on"


def test_a_row_may_make_several_events_each_on_its_condition(case: Case) -> None:
    content = (
        "id,created,closed,stage,sum\n"
        "1,2026-01-05,2026-02-01,won,100\n"
        "2,2026-01-06,2026-02-02,lost,\n"
        "3,2026-01-07,,open,50\n"
    )
    mapping = """
        id = "{id}"
        [[event]]
        kind = "LeadReceived"
        at = "{created}"
        set = { deal = "{id}" }
        [[event]]
        kind = "deal_won"
        at = "{closed}"
        when = { column = "stage", equals = "won" }
        set = { deal = "{id}", amount = "{sum}" }
        [[event]]
        kind = "deal_lost"
        at = "{closed}"
        when = { column = "stage", equals = "lost" }
        set = { deal = "{id}", reason = "price" }
    """
    outcome = case.bring(content, mapping)
    assert outcome.appended["lead_received"] == 3
    assert case.facts(DealWon) == [DealWon(deal="1", amount=10000)]
    assert case.facts(DealLost) == [DealLost(deal="2", reason="price")]
    assert [event.external_id for event in case.events(DealWon)] == ["1:deal_won"]


def test_columns_of_one_name_are_told_apart_by_number(case: Case) -> None:
    content = "Phone,Source phone,Source phone\n1,2,3\n"
    assert deals(case, '"{Source phone#2}-{Source phone#1}"', content) == ["3-2"]
    with pytest.raises(Refused, match="2 columns are called Source phone: write Source phone#1"):
        deals(case, '"{Source phone}"', content)


def test_second_files_are_found_by_key_and_chained(case: Case) -> None:
    case.file("products.csv", "sku|category|cost\nP1|C1|8,50\nP2|C9|1\n")
    case.file("categories.csv", "id;name\nC1;Tools\nC1;Toys\n")
    mapping = """
        id = "{row.line}"
        at = "2026-01-05"
        [lookup.product]
        file = "products.csv"
        key = "{sku}"
        by = "{sku}"
        [lookup.category]
        file = "categories.csv"
        key = "{id}"
        by = "{product.category}"
        twice = "first"
        missing = "empty"
        [[event]]
        kind = "order_placed"
        [event.set]
        amount = "{sum}"
        cost = { calc = "{count} * {unit}" }
        product = "{category.name}"
        [let]
        unit = { column = "product.cost", decimal = "," }
    """
    outcome = case.bring("sku,count,sum\nP1,3,100\nP2,1,5\nP3,1,7\n", mapping)
    assert case.facts(OrderPlaced) == [
        OrderPlaced(amount=10000, cost=2550, product="Tools"),
        OrderPlaced(amount=500, cost=100),
    ]
    assert [(r.line, r.reason) for r in outcome.rejects] == [(4, "cost: product has no row for P3")]


def test_a_second_file_with_a_key_twice_is_refused(case: Case) -> None:
    case.file("people.csv", "id,name\n1,Ann\n2,Bob\n1,Eve\n")
    mapping = '[lookup.p]\nfile = "people.csv"\nkey = "{id}"\nby = "{k}"\n' + ""
    with pytest.raises(Refused, match=r"lookup\.p: lines 2 and 4 of people\.csv are both 1"):
        case.bring("k\n1\n", LEAD + mapping)
    with pytest.raises(Refused, match=r"lookup\.p\.file: there is no other\.csv beside"):
        case.bring("k\n1\n", LEAD + mapping.replace("people", "other"))


def test_rows_of_one_thing_become_one_event(case: Case) -> None:
    case.hire("ann")
    content = (
        "call,at,leg,seconds,who\n"
        "c1,2026-01-05 10:00,queue,3,\n"
        "c2,2026-01-05 11:00,queue,5,\n"
        "c1,2026-01-05 10:01,dial,60,ann\n"
        "c1,2026-01-05 10:02,dial,80,ann\n"
    )
    mapping = """
        at = "{at}"
        id = "{call}"
        [group]
        by = "{call}"
        [group.columns]
        talk = { max = "{seconds}", when = { column = "leg", equals = "dial" } }
        total = { sum = "{seconds}" }
        legs = { count = true }
        dialled = { count = true, when = { column = "leg", equals = "dial" } }
        seller = { first = "{who}" }
        last = { last = "{at}" }
        least = { min = { column = "at", date = "iso" } }
        [[event]]
        kind = "call_made"
        [event.set]
        seller = { column = "seller" }
        seconds = { column = "talk", default = 0 }
        reached = { column = "dialled", map = { "" = false }, otherwise = true }
        note = "{legs} legs, {total} s, until {last}, since {least}"
    """
    outcome = case.bring(content, mapping)
    assert (outcome.read, outcome.appended["call_made"]) == (2, 2)
    assert case.facts(CallMade) == [
        CallMade(
            seller="ann",
            seconds=80,
            reached=True,
            note="3 legs, 143 s, until 2026-01-05 10:02, since 2026-01-05T10:00:00",
        ),
        CallMade(
            seconds=0,
            reached=False,
            note="1 legs, 5 s, until 2026-01-05 11:00, since 2026-01-05T11:00:00",
        ),
    ]


def test_a_broken_row_of_a_group_breaks_the_whole_group_and_no_other(case: Case) -> None:
    mapping = """
        at = "2026-01-05"
        id = "{k}"
        [group]
        by = "{k}"
        columns = { sum = { sum = "{n}" } }
        [[event]]
        kind = "order_placed"
        set = { amount = "{sum}", deal = "{k}" }
    """
    rejects = case.folder / "rejects.csv"
    outcome = case.bring("k,n\na,1\nb,2\na,x\na,3\n,4\n", mapping, rejects=rejects)
    assert case.facts(OrderPlaced) == [OrderPlaced(deal="b", amount=200)]
    assert [reject.line for reject in outcome.rejects] == [2, 6]
    assert "line 4 of the group" in outcome.rejects[0].reason
    head, *group, alone = rejects.read_text("utf-8").splitlines()
    assert head == "line,reason,k,n"
    assert [(row[:1], row[-3:]) for row in group] == [("2", "a,1"), ("4", "a,x"), ("5", "a,3")]
    assert alone == "6,what this row is grouped by is empty,,4"


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ('{ max = { column = "n", date = ["iso", "excel"] } }', "cannot be compared"),
        ('{ sum = "{k}" }', "a is no number"),
    ],
)
def test_what_cannot_be_put_together_breaks_the_group(
    case: Case, columns: str, reason: str
) -> None:
    mapping = f"""
        at = "2026-01-05"
        [group]
        by = "{{k}}"
        columns = {{ x = {columns} }}
        [[event]]
        kind = "lead_received"
        set = {{ deal = "{{x}}" }}
    """
    outcome = case.bring("k,n\na,2026-01-05\na,46027.5\n", mapping)
    assert reason in outcome.rejects[0].reason


def test_a_broken_row_of_a_second_file_is_as_good_as_none(case: Case) -> None:
    case.file("people.csv", "id,name\n1,Ann\n2\n,Nobody\n")
    mapping = """
        [lookup.p]
        file = "people.csv"
        key = "{id}"
        by = "{k}"
        [[event]]
        kind = "deal_lost"
        set = { deal = "{k}", note = "{p.name}" }
    """
    outcome = case.bring("k\n1\n2\n", LEAD + mapping)
    assert [lost.note for lost in case.facts(DealLost)] == ["Ann"]
    assert outcome.rejects[0].reason == "note: p has no row for 2"


def test_texts_that_mean_nothing_mean_it_everywhere(case: Case) -> None:
    extra = '[formats]\nempty = ["NULL", "-"]\n'
    value = '{ first = ["{a}", "{b}", "{c}-{d}"] }'
    assert deals(case, value, "a,b,c,d\nNULL,-,NULL,x\n", extra) == ["-x"]


def test_a_division_by_zero_costs_its_row(case: Case) -> None:
    mapping = """
        at = "2026-01-05"
        [[event]]
        kind = "order_placed"
        set = { amount = { calc = "{a} / {b}" } }
    """
    outcome = case.bring("a,b\n1,0\n,1\n10,3\n", mapping)
    assert [reject.reason for reject in outcome.rejects] == [
        "amount: a division by zero",
        "amount is empty: give it a default, or leave such rows out with when",
    ]
    assert case.facts(OrderPlaced) == [OrderPlaced(amount=333)]


def test_rows_are_sorted_by_values_of_any_type(case: Case) -> None:
    content = "k,day,n\na,02.03.2026,5\nb,01.12.2025,10\nc,02.03.2026,40\nd,02.03.2026,\n"
    extra = """
        sort = [{ column = "day", date = "%d.%m.%Y" }, { column = "n", decimal = "." }]
    """
    assert deals(case, '"{k}"', content, extra) == ["b", "a", "c", "d"]


def test_moments_are_in_the_declared_zone_and_days_are_the_departments(case: Case) -> None:
    mapping = """
        id = "{k}"
        [formats]
        date = ["%d.%m.%Y %H:%M", "%d.%m.%Y", "iso"]
        zone = "UTC"
        time = "09:30"
        [[event]]
        kind = "lead_received"
        at = "{at}"
        set = { deal = "{k}" }
        [[event]]
        kind = "step_completed"
        at = { column = "at", zone = "America/New_York", time = "18:00" }
        set = { activity = "measurement", deal = "{k}" }
    """
    content = "k,at\na,01.06.2026 23:30\nb,02.06.2026\nc,2026-06-01T10:00:00+03:00\n"
    assert case.bring(content, mapping).skipped == 0
    assert [event.occurred_at for event in case.events(LeadReceived)] == [
        "2026-06-01T23:30:00+00:00",
        "2026-06-02T09:30:00+03:00",
        "2026-06-01T10:00:00+03:00",
    ]
    assert [event.occurred_at for event in case.events(StepCompleted)] == [
        "2026-06-01T23:30:00-04:00",
        "2026-06-02T18:00:00+03:00",
        "2026-06-01T10:00:00+03:00",
    ]


def test_an_instalment_of_which_a_row_says_nothing_is_left_out(case: Case) -> None:
    mapping = """
        id = "{no}"
        at = "2026-01-05"
        [[event]]
        kind = "invoice_issued"
        [event.set]
        invoice = "{no}"
        amount = "{sum}"
        instalments = [{ due = "{due}", amount = "{first}" }, { due = "{then}", amount = "{rest}" }]
    """
    outcome = case.bring(
        "no,sum,due,first,then,rest\n"
        "I-1,100,2026-02-01,40,2026-03-01,60\n"
        "I-2,100,2026-02-01,100,,\n"
        "I-3,100,,,,\n"
        "I-4,100,2026-02-01,40,,60\n",
        mapping,
    )
    issued = case.facts(InvoiceIssued)
    assert [[part.amount for part in each.instalments] for each in issued] == [
        [4000, 6000],
        [10000],
        [],
    ]
    assert [(each.line, each.reason) for each in outcome.rejects] == [
        (5, "instalments: due is empty: give it a default, or leave such rows out with when")
    ]


def test_fields_are_read_by_their_types(case: Case) -> None:
    case.hire("ann")
    mapping = """
        id = "{row.line}"
        at = "2026-01-05"
        [formats]
        date = "%d.%m.%Y"
        [[event]]
        kind = "invoice_issued"
        [event.set]
        invoice = "{no}"
        amount = "{sum}"
        instalments = [
          { due = "{due}", amount = { calc = "{sum} / 2" } },
          { due = "20.12.2026", amount = { calc = "{sum} / 2" } },
        ]
        [[event]]
        kind = "lead_qualified"
        set = { deal = "{no}", answers = { budget = "{yes}", need = "да" } }
        [[event]]
        kind = "absence_set"
        set = { seller = "ann", first = "{due}", last = "{due}", reason = "trip" }
        [[event]]
        kind = "card_filled"
        [event.set]
        seller = "ann"
        template = "calls"
        revision = 2
        evidence = "call"
        note = "heard"
        scores = { need = "{score}", close = 9 }
    """
    outcome = case.bring("no,sum,due,yes,score\nI-1,100,01.12.2026,no,7\n", mapping)
    assert outcome.rejects == ()
    invoice = case.facts(InvoiceIssued)[0]
    assert [(part.due, part.amount) for part in invoice.instalments] == [
        (dt.date(2026, 12, 1), 5000),
        (dt.date(2026, 12, 20), 5000),
    ]
    assert case.facts(LeadQualified)[0].answers == {"budget": False, "need": True}
    assert case.facts(AbsenceSet)[0].first == dt.date(2026, 12, 1)
    assert case.facts(CardFilled)[0].scores == {"need": 7, "close": 9}


def test_plans_name_their_month_by_any_date_in_it(case: Case) -> None:
    case.hire("ann")
    mapping = """
        [formats]
        decimal = ","
        [[event]]
        kind = "plan_set"
        [event.set]
        seller = "{who}"
        month = { column = "month", date = ["%b %Y", "%m/%Y"] }
        amount = "{plan}"
    """
    assert (
        case.bring("who;month;plan\nann;май 2026;1 000,50\nann;12/2027;5\n", mapping).skipped == 0
    )
    assert case.facts(PlanSet) == [
        PlanSet(seller="ann", month="2026-05", amount=100050),
        PlanSet(seller="ann", month="2027-12", amount=500),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,2026-01-05,ann,out", "amount: x is no number"),
        (
            "1,05.01.2026,ann,out",
            "05.01.2026 is no date of the form iso: put it right, or say its form with date",
        ),
        ("1,,ann,out", "it is empty when OrderPlaced happened: leave such rows out with when"),
        (
            ",2026-01-05,ann,out",
            "amount is empty: give it a default, or leave such rows out with when",
        ),
        (
            "1,2026-01-05,bob,out",
            "seller: nobody has registered seller bob: say who that is in [[seller]]",
        ),
        ("1,2027-01-05,ann,out", "lies in the future"),
        ("0,2026-01-05,ann,out", "the amount is 0"),
        ("1,2026-01-05,ann,up", "direction: up is none of in, out"),
    ],
)
def test_a_broken_row_says_why_and_leaves_nothing_behind(case: Case, row: str, reason: str) -> None:
    case.hire("ann")
    mapping = """
        id = "{row.line}"
        at = "{at}"
        [[event]]
        kind = "order_placed"
        set = { seller = "{who}", amount = "{sum}" }
        [[event]]
        kind = "call_made"
        set = { seller = "{who}", direction = "{way}" }
    """
    content = f"sum,at,who,way\n1,2026-01-05,ann,in\n{row}\n2,2026-01-05,ann,out\n"
    outcome = case.bring(content, mapping)
    assert [reject.line for reject in outcome.rejects] == [3]
    assert reason in outcome.rejects[0].reason
    assert len(case.facts(OrderPlaced)) == len(case.facts(CallMade)) == 2


def test_columns_without_names_go_by_their_numbers(case: Case) -> None:
    outcome = case.bring(
        "7|2026-01-05|60\n8|2026-01-06|70\n",
        """
        id = "{1}"
        at = "{2}"
        [file]
        delimiter = "|"
        header = false
        [[event]]
        kind = "call_made"
        set = { seconds = "{3}", note = "line {1}" }
        """,
    )
    assert outcome.skipped == 0
    assert [(call.seconds, call.note) for call in case.facts(CallMade)] == [
        (60, "line 7"),
        (70, "line 8"),
    ]
