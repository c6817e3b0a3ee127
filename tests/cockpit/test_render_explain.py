"""A figure accounts for itself: the formula with the numbers put in, and its events."""

from __future__ import annotations

import json as parser
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from rich.cells import cell_len

from cockpit.render import explain
from cockpit.render.explain import Explained, formula
from cockpit.render.lines import lines
from cockpit.words import use
from events.envelope import Event, Unknown
from events.trace import Trace
from events.vocabulary import CallMade, EventVoided, PaymentReceived
from events.vocabulary.fact import Fact
from projections.formula import Explanation, Term, Unit, Value
from projections.reports import plan_fact
from tests.cockpit.render_samples import NAMES, REPORTS, board

CLIENTS = {"romashka": "Ромашка"}


def _event(seq: int, kind: str, body: Fact | Unknown, *, occurred_at: str) -> Event:
    return Event(
        seq=seq,
        id=f"id-{seq}",
        kind=kind,
        version=1,
        occurred_at=occurred_at,
        recorded_at="2024-04-15T09:00:00.000000Z",
        actor="ivanov",
        source="cockpit",
        external_id=None,
        seller="ivanov",
        client="romashka",
        deal=None,
        body=body,
        digest="d",
        link="l",
    )


EVENTS = (
    _event(
        7,
        "payment_received",
        PaymentReceived(invoice="17", seller="ivanov", client="romashka", amount=105_000_000),
        occurred_at="2024-04-12T22:30:00+00:00",
    ),
    _event(
        8,
        "payment_received",
        PaymentReceived(invoice="18", seller="ivanov", client="romashka", amount=500_050),
        occurred_at="2024-04-12T10:00:00+03:00",
    ),
    _event(
        9,
        "event_voided",
        EventVoided(target="id-8", target_kind="payment_received", reason="double"),
        occurred_at="2024-04-12T11:00:00+03:00",
    ),
    _event(
        10, "moon_landed", Unknown("moon_landed", 3, '{"a":1.50}'), occurred_at="2024-04-12T12:00Z"
    ),
)


PAID = {"id-7": 105_000_000}
"""What the events add to the fact: the second payment is withdrawn."""


def _explained(
    figure: str, *, events: Sequence[Event] = (), adds: Mapping[str, int] | None = None
) -> Explained:
    report, key = board(), "seller:ivanov"
    explanation = plan_fact.explain(report, key, figure)
    return Explained(report=report, key=key, explanation=explanation, events=events, adds=adds)


def _why(figure: str, value: Value, unit: Unit, expression: str, *terms: Term) -> str:
    explanation = Explanation(
        figure=figure,
        unit=unit,
        value=value,
        expression=expression,
        terms=terms,
        trace=Trace(),
    )
    return formula(explanation, board())


def test_the_line_of_the_worked_example() -> None:
    assert formula(_explained("line").explanation, board()) == (
        "L = T×w÷W = 3,000,000 × 10 ÷ 22 = 1,363,636.36"
    )


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("deviation", "Δ = F−L = 1,050,000 − 1,363,636.36 = −313,636.36"),
        ("required_per_day", "R = (T−F)÷(W−w) = (3,000,000 − 1,050,000) ÷ (22 − 10) = 162,500"),
        ("forecast", "P = F×W÷w = 1,050,000 × 22 ÷ 10 = 2,310,000"),
        ("percent", "fact in per cent of the plan = F÷T×100 = 1,050,000 ÷ 3,000,000 × 100 = 35%"),
        ("fact", "1,050,000"),
    ],
)
def test_every_figure_of_the_worked_example(figure: str, said: str) -> None:
    assert formula(_explained(figure).explanation, board()) == said


def test_nothing_is_not_said_three_times() -> None:
    assert _why("per_day", 0, "count", "0").endswith("= 0")
    assert _why("per_day", 0, "count", "0").count("0") == 1


def test_the_formula_speaks_the_language() -> None:
    use("ru")
    assert formula(_explained("line").explanation, board()) == (
        "L = T×w÷W = 3\xa0000\xa0000 × 10 ÷ 22 = 1\xa0363\xa0636,36"
    )


def test_negative_numbers_stand_in_brackets_and_unknown_ones_are_dashes() -> None:
    terms = (Term("F", -5_000, "money"), Term("L", None, "money"))
    assert _why("deviation", None, "money", "F-L", *terms) == "Δ = F−L = (−50) − — = —"


def test_a_symbol_inside_another_is_not_taken_for_it() -> None:
    terms = (
        Term("T[2024-04]", 100_00, "money"),
        Term("T", 200_00, "money"),
        Term("c", Fraction(12, 100), "share"),
    )
    said = _why("plan", 24_00, "money", "T[2024-04]+T×c", *terms)
    assert said == "T = T[2024-04]+T×c = 100 + 200 × 12% = 24"


def test_many_terms_are_spaced_so_that_lines_can_break() -> None:
    terms = [Term(f"L[s{number}]", number * 100_00, "money") for number in range(1, 8)]
    said = _why("line", 28 * 100_00, "money", "+".join(term.symbol for term in terms), *terms)
    assert said.startswith("L = L[s1] + L[s2] + ")


def test_the_text_lists_the_events_and_their_sum() -> None:
    said = explain.text(_explained("fact", events=EVENTS, adds=PAID), names=NAMES, clients=CLIENTS)
    assert said.splitlines() == [
        "Иванов, fact: 1,050,000",
        "",
        " #  day         event        seller  client",
        " 7  2024-04-13  payment      Иванов  Ромашка   1,050,000",
        " 8  2024-04-12  payment      Иванов  Ромашка  (5,000.50)",
        " 9  2024-04-12  void         Иванов  Ромашка         → 8",
        "10  2024-04-12  moon_landed  Иванов  Ромашка",
        "",
        "4 events, Σ ₽1,050,000",
    ]


@pytest.mark.parametrize("columns", [80, 100])
def test_long_names_give_way_in_the_list_of_events(columns: int) -> None:
    said = explain.text(
        _explained("fact", events=EVENTS),
        names={"ivanov": "И" * 50},
        clients={"romashka": "Р" * 50},
        columns=columns,
    )
    assert max(map(cell_len, said.splitlines()[2:])) <= columns
    assert "1,050,000" in said


def test_the_json_has_the_promised_keys_and_whole_events() -> None:
    said = explain.json(_explained("fact", events=EVENTS, adds=PAID))
    found = parser.loads(said)
    assert {
        key: found[key]
        for key in ("report", "figure", "key", "value", "expression", "sum", "count")
    } == {
        "report": "plan-fact",
        "figure": "fact",
        "key": "seller:ivanov",
        "value": 105_000_000,
        "expression": "",
        "sum": 105_000_000,
        "count": 4,
    }
    assert [event["seq"] for event in found["events"]] == [7, 8, 9, 10]
    assert [event["adds"] for event in found["events"]] == [105_000_000, 0, 0, 0]
    assert found["events"][0]["body"]["amount"] == 105_000_000
    assert '"a": 1.50' in said


def test_the_json_gives_terms_in_their_units() -> None:
    found = parser.loads(explain.json(_explained("deviation")))
    assert found["value"] == -31_363_636
    assert found["terms"] == [
        {"symbol": "F", "value": 105_000_000, "unit": "money"},
        {"symbol": "L", "value": 136_363_636, "unit": "money"},
    ]
    assert found["sum"] is None


def test_calls_show_their_length() -> None:
    call = _event(
        3, "call_made", CallMade(seller="ivanov", seconds=200), occurred_at="2024-04-12T10:00Z"
    )
    said = explain.text(_explained("fact", events=[call]), names=NAMES, clients={})
    assert "3m20" in said


@pytest.mark.parametrize(
    ("report", "key", "figure", "said"),
    [
        ("activity", "ivanov|call_made|new|out", "fact", "Иванов, calls, new, outgoing, fact: 40"),
        ("activity", "*|call_made|*|*", "fact", "DEPARTMENT, calls, fact: 64"),
        (
            "conversions",
            "meeting_held>proposal_sent|web",
            "n",
            "meetings, proposals, web, entered: 40",
        ),
    ],
)
def test_the_text_says_which_row_it_speaks_of(
    report: str, key: str, figure: str, said: str
) -> None:
    value = getattr(next(it.row for it in lines(REPORTS[report]) if it.row.key == key), figure)
    explanation = Explanation(
        figure=figure, unit="count", value=value, expression="", terms=(), trace=Trace()
    )
    explained = Explained(report=REPORTS[report], key=key, explanation=explanation, events=())
    assert explain.text(explained, names=NAMES, clients={}).splitlines()[0] == said
