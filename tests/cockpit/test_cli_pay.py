"""Pay schemes and sheets at the command line: who may see and set them, and a close both ways."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from events.vocabulary import KpiSet, KpiWeight, OteSet, ScaleSet, ScaleStep
from tests.cockpit.shell import Shell

FIRST = dt.date(2026, 11, 1)
LONG = "9" * 5000


@pytest.fixture
def october(north: Shell) -> Shell:
    """Ivanov sold for 70 % of the October plan, and a call is due in the month."""
    north.ok("pay income 100k --seller ivanov --since 2026-10-01")
    north.ok("norm set call 1 --per month --since 2026-10-01")
    north.ok("plan set ivanov 100k --month 2026-10")
    north.ok("log invoice 17 Вектор 500k --as ivanov --at '19.10 12:00' --reason late")
    north.ok("log paid 17 70k --as ivanov --at '20.10 12:00' --reason late")
    return north


def ivanov(shell: Shell, line: str = "") -> dict[str, object]:
    """Ivanov's sheet."""
    rows = shell.ok(f"report pay --month 2026-10 {line} --json").data["rows"]
    assert isinstance(rows, list)
    (row,) = [row for row in rows if row["seller"] == "ivanov"]
    assert isinstance(row, dict)
    return row


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("pay income 100k --seller иванов",
         OteSet(seller="ivanov", since=FIRST, amount=10_000_000)),
        ("pay income 90k --role closer --parts 20/20/60 --since 2026-12-15",
         OteSet(role="closer", since=dt.date(2026, 12, 15), amount=9_000_000, salary_bp=2000,
                premium_bp=2000, bonus_bp=6000)),
        ("pay income 0", OteSet(since=FIRST, amount=0)),
        ('pay income 0 --role "clo\nser"', OteSet(role="clo ser", since=FIRST, amount=0)),
        ("pay scale 100=120 70=100 --cap 150 --measure margin",
         ScaleSet(since=FIRST, steps=(ScaleStep(from_bp=7000, rate_bp=10_000),
                                      ScaleStep(from_bp=10_000, rate_bp=12_000)),
                  cap_bp=15_000, measure="margin")),
        ("pay scale --steps 70%=50,5% --role closer",
         ScaleSet(role="closer", since=FIRST, form="steps",
                  steps=(ScaleStep(from_bp=7000, rate_bp=5050),))),
        ("pay kpi звонок:out=30 meeting:new:in=20 замер=50",
         KpiSet(since=FIRST, weights=(
             KpiWeight(activity="call_made", weight=30, direction="out"),
             KpiWeight(activity="meeting_held", weight=20, book="new", direction="in"),
             KpiWeight(activity=":замер", weight=50)))),
        ("pay kpi call:existing=1 Regularity=1",
         KpiSet(since=FIRST, weights=(
             KpiWeight(activity="call_made", weight=1, book="existing"),
             KpiWeight(activity="regularity", weight=1)))),
    ],
)  # fmt: skip
def test_a_scheme_is_set_from_the_first_of_the_month_on(
    north: Shell, line: str, fact: OteSet | ScaleSet | KpiSet
) -> None:
    assert north.logged(line) == fact


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pay income 100k --parts 30/30/30", "30/15/55"),
        ("pay income 100k --seller ivanov --role closer", "name one"),
        ("pay income 100k --seller nobody", "no seller"),
        ("pay scale 70", "70=100"),
        ("pay scale 70=1 70=2", "is no step"),
        ("pay kpi call", "is no weight"),
        ("pay kpi call=0", "is no weight"),
        ("pay kpi call=1 call=2", "is no weight"),
        ("pay kpi call:sideways=2", "is no weight"),
        ("pay kpi :=2", "needs a name"),
        (f"pay kpi call={LONG}", "is no weight"),
        (f"pay scale 70={LONG}", "is no step"),
        (f"pay income 100k --parts {LONG}/0/0", "30/15/55"),
    ],
)
def test_what_is_no_scheme_is_refused_with_what_to_type(north: Shell, line: str, said: str) -> None:
    assert said in north.refused(line)


def test_what_holds_is_shown(north: Shell) -> None:
    north.ok("pay income 100k --seller ivanov")
    north.ok("pay kpi call=30 meeting=70")
    shown = north.ok("pay show").out
    assert "Иванов Пётр: ₽100,000 at 100 %: salary 30%, premium 15%, bonus 55%" in shown
    assert "Петрова Анна: no total income is set" in shown
    assert "bonus by revenue: from 70% ×1.00, from 100% ×1.20" in shown
    assert "premium for calls 30%, meetings 70%" in shown
    assert "premium alike" in north.ok("pay show --month 2026-10").out


def test_a_closed_month_is_asked_for_both_ways_and_the_next_sheet_pays_the_rest(
    october: Shell,
) -> None:
    october.ok("log call Вектор 3m --as ivanov --at '20.10 12:00' --reason late")
    october.ok("close 2026-10")
    assert ivanov(october)["pay"] == (30_000 + 15_000 + 38_500) * 100
    october.ok("log paid 17 10k --as ivanov --at '30.10 12:00' --reason late")
    now, then = ivanov(october), ivanov(october, "--as-closed")
    assert (now["pay"], now["after_close"]) == (89_000 * 100, 5_500 * 100)
    assert (then["pay"], then["after_close"]) == (83_500 * 100, None)
    printed = october.ok("report pay --month 2026-10").out
    assert "after close +5,500, in the next open sheet: Иванов Пётр +5,500" in printed
    parts = october.ok("report pay --month 2026-11 --parts").out
    assert "after close: 2026-10" in parts
    assert "2026-10: after close +5,500 (sales +10,000)" in parts
    why = october.ok("explain pay ivanov after_close carried --month 2026-11").out
    assert "89,000" in why
    assert "2026-10-30" in why
    assert "2026-10-20" not in why


def test_a_refund_is_explained_by_itself_and_the_sale_it_undoes(october: Shell) -> None:
    october.ok("close 2026-10")
    october.ok("log credit-note 17 70k --refund --as ivanov")
    printed = october.ok("report pay --parts").out
    assert "2026-10: refund −38,500 (sales −70,000)" in printed
    why = october.ok("explain pay ivanov refund carried").out
    assert "payment" in why
    assert "credit note" in why


def test_a_seller_sees_the_own_sheet_alone_and_sets_nothing(
    october: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    october.ok("pay income 55k --seller petrova --since 2026-10-01")
    monkeypatch.setenv("COCKPIT_SELLER", "petrova")
    target = october.path.with_name("own.csv")
    october.ok(f"export pay {target}")
    tables = ("report pay", "report pay --parts", "report pay --markdown", "pay show")
    for told in (*(october.ok(line).out for line in tables), target.read_text(encoding="utf-8")):
        assert any(amount in told for amount in ("16,500", "16500", "55,000")), told
        assert "100,000" not in told
        assert "Иванов" not in told.partition("working days without")[0]
    total = october.ok("report pay --month 2026-10 --json").data["total"]
    assert isinstance(total, dict)
    assert total["ote"] == 5_500_000
    assert "not yours" in october.refused("report pay --seller ivanov")
    assert "not yours" in october.refused("explain pay petrova pay --seller ivanov")
    whose = {e.body.seller: e.seq for e in october.events() if isinstance(e.body, OteSet)}
    assert "not yours" in october.refused(f"explain event {whose['ivanov']}")
    assert "55,000" in october.ok(f"explain event {whose['petrova']}").out
    monkeypatch.delenv("COCKPIT_SELLER")
    october.ok(f'fix {whose["ivanov"]} amount=110k "agreed anew"')
    raised = october.head()
    assert "amount=110,000" in october.ok(f"explain event {whose['ivanov']}").out
    monkeypatch.setenv("COCKPIT_SELLER", "petrova")
    assert "not yours" in october.refused(f"explain event {raised}")
    assert "not yours" in october.refused(f"explain event {raised} --json")
    assert "which row" in october.refused("explain pay ivanov pay")
    for line in ("pay income 1m", "pay scale 1=100", "pay kpi call=1"):
        assert "set by the head" in october.refused(line)


def test_csv_and_workbook_hold_every_figure(october: Shell) -> None:
    rows = list(csv.DictReader(io.StringIO(october.ok("report pay --month 2026-10 --csv").out)))
    assert rows[0]["seller"] == "ivanov"
    assert rows[0]["fixed"] == "30000.00"
    assert rows[0]["bonus"] == "38500.00"
    target = october.path.with_name("pay.xlsx")
    october.ok(f"export pay {target} --month 2026-10")
    assert target.stat().st_size > 0


def test_what_is_missing_is_said_with_what_to_type(october: Shell) -> None:
    said = october.ok("report pay").out
    assert "no plan for this month: cockpit plan set ivanov 3m" in said
    assert "no total income is set: cockpit pay income 100k --seller petrova" in said


def test_of_who_was_away_all_month_no_norm_is_due_and_none_is_asked_for(october: Shell) -> None:
    october.ok("absence add ivanov 01.10 31.10")
    told = october.ok("report pay --month 2026-10").out
    assert "no day of the month is worked" in told
    assert "cockpit norm set" not in told
    row = ivanov(october)
    assert (row["fixed"], row["premium"], row["pay"]) == (3_000_000, None, None)


def test_every_payment_says_which_one_sheet_it_is_in(october: Shell) -> None:
    october.ok("close 2026-10")
    october.ok("log paid 17 10k --as ivanov --at '30.10 12:00' --reason late")
    late = october.head()
    payments = [event.seq for event in october.events() if event.kind == "payment_received"]
    assert payments == [payments[0], late]
    said = [october.ok(f"explain event {number}").out.splitlines()[-1] for number in payments]
    assert said == ["in the pay sheet of 2026-10", "in the pay sheet of 2026-11"]
    assert october.ok(f"explain event {late} --json").data["pay_sheet"] == "2026-11"
    assert october.ok("explain event 1 --json").data["pay_sheet"] is None
