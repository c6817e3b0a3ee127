"""Sellers and clients become known as a file names them, once, and calendars with their years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cockpit.errors import Refused
from cockpit.importing.batch import SIZE
from events.vocabulary import (
    CalendarSet,
    ClientRegistered,
    DealWon,
    LeadReceived,
    OrderPlaced,
    SellerHired,
)
from tests.cockpit.import_case import ORDERS, Case, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    yield from open_case(tmp_path)


SALES = """
id = "{no}"
at = "{day}"
[[seller]]
key = "s{seller_id}"
name = "{seller_name}"
set = { team = "{team}" }
[[client]]
name = "{client}"
set = { segment = "{segment}", territory = "North" }
[[event]]
kind = "order_placed"
set = { amount = "{sum}" }
"""
HEADER = "no,day,seller_id,seller_name,team,client,segment,sum\n"


def test_people_are_registered_once_on_the_first_day_they_are_met(case: Case) -> None:
    content = HEADER + (
        "1,2026-03-05,7,Ann,A,Rose Ltd,shop,1\n"
        "2,2026-01-05,7,Ann,A,Oak,farm,2\n"
        "3,2026-02-05,8,Bob,B,ROSE  ltd,shop,3\n"
    )
    outcome = case.bring(content, SALES)
    assert outcome.rejects == ()
    hired = case.events(SellerHired)
    assert [(e.seller, e.occurred_at[:10]) for e in hired] == [
        ("s7", "2026-01-05"),
        ("s8", "2026-02-05"),
    ]
    assert case.facts(SellerHired)[0] == SellerHired(seller="s7", name="Ann", team="A")
    clients = case.facts(ClientRegistered)
    assert [(client.name, client.segment) for client in clients] == [
        ("Rose Ltd", "shop"),
        ("Oak", "farm"),
    ]
    assert case.events(ClientRegistered)[0].occurred_at[:10] == "2026-02-05"
    orders = case.facts(OrderPlaced)
    assert orders[0].client == orders[2].client == clients[0].client
    assert (orders[1].segment, orders[1].territory, orders[1].seller) == ("farm", "North", "s7")


def test_the_first_day_may_lie_anywhere_in_a_long_file(case: Case) -> None:
    days = ["2026-03-02", "2026-02-02", "2026-01-02", "2026-03-03"]
    rows = [
        f"{n},{day},{n % 3},S{n % 3},A,Rose,shop,1\n"
        for n, day in enumerate(day for day in days for _ in range(SIZE))
    ]
    case.bring(HEADER + "".join([*rows, "x,2026-01-01,1,S1,A,Rose,shop,1\n"]), SALES)
    hired = {event.seller: event.occurred_at[:10] for event in case.events(SellerHired)}
    assert hired == {"s0": "2026-01-02", "s1": "2026-01-01", "s2": "2026-01-02"}


def test_a_clients_key_says_nothing_of_the_name(case: Case) -> None:
    case.bring(HEADER + "1,2026-03-05,7,Ann,A,Rose,shop,1\n", SALES)
    (client,) = case.facts(ClientRegistered)
    assert re.fullmatch("c-[0-9a-f]{12}", client.client)


def test_people_of_another_file_are_found_again(case: Case) -> None:
    case.bring(HEADER + "1,2026-03-05,7,Ann,A,Rose,shop,1\n", SALES)
    other = 'source = "other"\n' + SALES
    outcome = case.bring(HEADER + "1,2026-04-05,7,Anna,C,rose,x,2\n", other)
    assert outcome.appended == {"order_placed": 1}
    assert len({order.client for order in case.facts(OrderPlaced)}) == 1


def test_marks_nobody_sees_make_no_second_person(case: Case) -> None:
    rows = "day,no,client,sum\n2026-01-05,1,Rose,1\n2026-01-06,2,\u200eRose\u200f,2\n"
    assert case.bring(rows, ORDERS).appended["client_registered"] == 1


def test_a_seller_without_a_key_goes_by_the_name(case: Case) -> None:
    mapping = """
        at = "{day}"
        [[seller]]
        name = "{who}"
        [[event]]
        kind = "call_made"
    """
    case.bring("day,who\n2026-01-05,Иван  Петров\n2026-01-06,\n", mapping)
    assert [s.seller for s in case.facts(SellerHired)] == ["иван-петров"]


def test_a_row_may_name_several_people_in_their_roles(case: Case) -> None:
    mapping = """
        id = "{id}"
        [[seller]]
        as = "finder"
        key = "{sdr}"
        name = "{sdr}"
        [[seller]]
        key = "{closer}"
        name = "{closer}"
        [[event]]
        kind = "lead_received"
        at = "{found}"
        set = { deal = "{id}", seller = "{finder}" }
        [[event]]
        kind = "deal_won"
        at = "{won}"
        set = { deal = "{id}" }
    """
    outcome = case.bring("id,sdr,closer,found,won\n1,ann,bob,2026-01-05,2026-02-05\n", mapping)
    assert outcome.appended["seller_hired"] == 2
    assert case.facts(LeadReceived)[0].seller == "ann"
    assert case.facts(DealWon)[0].seller == "bob"


def test_a_file_of_people_alone_registers_them(case: Case) -> None:
    mapping = """
        [[seller]]
        key = "{id}"
        name = "{name}"
        at = "{since}"
        [[client]]
        key = "c{id}"
        name = "{shop}"
    """
    content = "id,name,since,shop\n1,Ann,2025-03-01,Rose\n2,Bob,,Oak\n3,Cid,2025-05-01,\n"
    outcome = case.bring(content, mapping)
    assert [(reject.line, reject.reason) for reject in outcome.rejects] == [
        (3, "it is not said since when 2 is known"),
        (4, "name is empty: give it a default, or leave such rows out with when"),
    ]
    assert case.bring(content, mapping).known == 2
    with pytest.raises(Refused, match=r"seller\[1\]: a seller needs at"):
        case.bring(content, mapping.replace('at = "{since}"', ""))


def test_where_no_row_can_be_read_nobody_is_met(case: Case) -> None:
    undated = """
        [[seller]]
        key = "s{seller_id}"
        name = "{seller_name}"
        [[client]]
        name = "{client}"
        [[event]]
        kind = "call_made"
        at = "{day}"
    """
    outcome = case.bring(HEADER + "1,2026-03-05,7\n", undated)
    assert len(outcome.rejects) == 1
    assert not case.facts(SellerHired)
    assert not case.facts(ClientRegistered)


def test_nobody_is_named_who_is_not_registered(case: Case) -> None:
    mapping = """
        at = "2026-01-05"
        [[event]]
        kind = "call_made"
        set = { seller = "{s}", client = "{c}" }
    """
    outcome = case.bring("s,c\nann,\n,rose\n,\n", mapping)
    assert [reject.reason for reject in outcome.rejects] == [
        "seller: nobody has registered seller ann: say who that is in [[seller]]",
        "client: nobody has registered client rose: say who that is in [[client]]",
    ]
    assert outcome.appended["call_made"] == 1


def test_the_years_of_a_file_get_the_countrys_calendar(case: Case) -> None:
    content = HEADER + "1,2025-12-31,7,Ann,A,Rose,shop,1\n2,2024-05-03,7,Ann,A,Rose,shop,1\n"
    outcome = case.bring(content, SALES)
    assert outcome.appended["calendar_set"] == 2
    calendars = {calendar.year: calendar for calendar in case.facts(CalendarSet)}
    assert sorted(calendars) == [2024, 2025]
    assert "2024-03-03" not in map(str, calendars[2024].days_off)
    assert "2024-05-24" in map(str, calendars[2024].days_off)


def test_the_year_is_the_departments(tmp_path: Path) -> None:
    for case in open_case(tmp_path):
        mapping = 'at = "{at}"\n[[event]]\nkind = "call_made"\n'
        case.bring("at,x\n2025-12-31T23:30:00+00:00,1\n", mapping)
        assert [calendar.year for calendar in case.facts(CalendarSet)] == [2026]


def test_a_country_without_a_calendar_is_told(tmp_path: Path) -> None:
    for case in open_case(tmp_path, country="XX"):
        outcome = case.bring("at\n2026-01-05\n", 'at = "{at}"\n[[event]]\nkind = "call_made"\n')
        assert outcome.notes == ("no working calendar is known for XX",)
        assert outcome.appended == {"call_made": 1}


def test_people_known_before_are_counted_once_though_a_batch_is_refused(case: Case) -> None:
    mapping = """
        [[seller]]
        key = "{key}"
        name = "{name}"
        at = "{since}"
    """
    head = "key,name,since\n"
    known = "ann,Ann,2026-01-05\nbob,Bob,2026-01-05\n"
    assert case.bring(head + known, mapping).appended["seller_hired"] == 2
    more = "cyd,Cyd,2026-01-05\nann,Ann,2026-01-05\ndan,Dan,2031-01-01\n"
    for dry_run in (True, False):
        outcome = case.bring(head + known + more, mapping, dry_run=dry_run)
        assert (outcome.known, outcome.skipped) == (2, 1)
        assert outcome.appended["seller_hired"] == 1
