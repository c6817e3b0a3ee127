"""Exports of other programs come in by a mapping alone; the rows here are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from cockpit.importing import run
from events.vocabulary import (
    CallMade,
    ClientRegistered,
    DealLost,
    DealOpened,
    DealWon,
    InvoiceIssued,
    LeadReceived,
    MeetingHeld,
    PaymentReceived,
    ProposalSent,
    SellerHired,
)
from tests.cockpit.import_case import NOW, Case, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    yield from open_case(tmp_path, zone="Europe/Moscow", country="RU", currency="RUB")


AMO = """
source = "amocrm"
id = "{ID}"

[formats]
date = ["%d.%m.%Y %H:%M:%S", "%d.%m.%Y"]
decimal = ","

[let]
closed = { column = "Дата закрытия", empty = ["не закрыта"] }
stage = { column = "Этап сделки", map = "stage", otherwise = "open" }

[table.stage]
"Успешно реализовано" = "won"
"Закрыто и не реализовано" = "lost"

[[seller]]
name = "{Ответственный}"

[[client]]
name = { first = ["{Компания}", "{Основной контакт}"] }
set = { channel = { column = ["utm_source", "Source phone#1"] } }

[[event]]
kind = "deal_opened"
at = { column = ["Дата создания сделки", "Дата создания"] }
set = { deal = "amo-{ID}", amount = { column = ["Бюджет", "Бюджет ₽"] } }

[[event]]
kind = "deal_won"
at = "{closed}"
when = { value = "{stage}", equals = "won" }
set = { deal = "amo-{ID}", amount = { column = ["Бюджет", "Бюджет ₽"] } }

[[event]]
kind = "deal_lost"
at = "{closed}"
when = { value = "{stage}", equals = "lost" }
set = { deal = "amo-{ID}" }
"""


def test_amocrm_deals_in_csv(case: Case) -> None:
    content = (
        "ID,Название сделки,Бюджет ,Ответственный,Дата создания сделки,Дата закрытия,Этап сделки,"
        "Компания,Основной контакт,Source phone,Source phone\n"
        '11,"Окна, 3 шт",350 000,Анна Ветрова,03.02.2026 10:15:00,05.03.2026 18:00:00,'
        "Успешно реализовано,ООО Ромашка,Пётр,site,79001112233\n"
        "12,Двери,,Анна Ветрова,11.02.2026 09:00:00,не закрыта,Переговоры,,Иван Ёлкин,avito,\n"
        '13,Полы,"12 500,50",Олег Громов,12.02.2026 09:00:00,20.02.2026 12:00:00,'
        "Закрыто и не реализовано,ИП Лис,,,\n"
    )
    outcome = case.bring(content, AMO)
    assert outcome.rejects == ()
    assert [deal.amount for deal in case.facts(DealOpened)] == [35000000, None, 1250050]
    (won,) = case.facts(DealWon)
    assert (won.deal, won.amount, won.seller, won.channel) == (
        "amo-11",
        35000000,
        "анна-ветрова",
        "site",
    )
    assert case.events(DealWon)[0].occurred_at == "2026-03-05T18:00:00+03:00"
    assert [lost.deal for lost in case.facts(DealLost)] == ["amo-13"]
    names = [client.name for client in case.facts(ClientRegistered)]
    assert names == ["ООО Ромашка", "Иван Ёлкин", "ИП Лис"]


def test_amocrm_deals_in_a_spreadsheet_by_the_same_mapping(case: Case) -> None:
    path = case.folder / "amocrm_export_leads.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        heads = ["ID", "Название сделки", "Бюджет ₽", "Ответственный", "Дата создания"]
        heads += ["Дата закрытия", "Этап сделки", "Основной контакт", "Компания", "utm_source"]
        sheet.write_row(0, 0, heads)
        row = [21, "Окна", 1234.5, "Анна Ветрова", "03.02.2026 10:15:00", "05.03.2026 18:00:00"]
        sheet.write_row(1, 0, [*row, "Успешно реализовано", "Пётр", "", "vk"])
    outcome = run(case.log, path, case.file("map.toml", AMO), actor="head", now=NOW)
    assert outcome.rejects == ()
    assert case.facts(DealWon)[0].amount == 123450
    assert case.facts(DealWon)[0].deal == "amo-21"
    assert case.facts(ClientRegistered)[0].channel == "vk"


BITRIX = """
source = "bitrix"
id = "{ID}"
[formats]
date = "%d.%m.%Y %H:%M:%S"
[[seller]]
name = "{Ответственный}"
[[event]]
kind = "lead_received"
at = "{Дата создания}"
set = { deal = "b{ID}", channel = "{Источник}" }
[[event]]
kind = "deal_won"
at = "{Предполагаемая дата закрытия}"
when = { all = [
  { column = "Закрыта", equals = "Да" },
  { column = "Группа стадии", matches = "(?i)успешн" },
] }
set = { deal = "b{ID}", amount = "{Сумма}", channel = "{Источник}" }
"""
BITRIX_ROWS = (
    '"ID";"Название сделки";"Группа стадии";"Сумма";"Ответственный";"Дата создания";'
    '"Предполагаемая дата закрытия";"Закрыта";"Источник"\n'
    '"5";"Шкаф ""Лада""";"Успешная";"15000.50";"Ольга Лис";"01.12.2025 09:00:00";'
    '"02.02.2026 00:00:00";"Да";"Звонок"\n'
    '"6";"Стол";"В работе";"";"Ольга Лис";"02.12.2025 09:00:00";"";"Нет";""\n'
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251"])
def test_bitrix_deals_in_either_encoding(case: Case, encoding: str) -> None:
    said = '[file]\nencoding = "cp1251"\n' if encoding == "cp1251" else ""
    mapping = BITRIX.replace("[formats]", f"{said}[formats]")
    outcome = case.bring(BITRIX_ROWS.encode(encoding), mapping)
    assert outcome.rejects == ()
    assert case.facts(DealWon) == [
        DealWon(deal="b5", amount=1500050, seller="ольга-лис", channel="Звонок")
    ]
    assert [lead.channel for lead in case.facts(LeadReceived)] == ["Звонок", None]


def test_hubspot_deals(case: Case) -> None:
    mapping = """
        id = "{Record ID}"
        at = "{Create Date}"
        [formats]
        zone = "UTC"
        [[seller]]
        name = { column = ["Deal owner", "Deal Owner"] }
        [[event]]
        kind = "deal_opened"
        set = { deal = "{Record ID}", amount = "{Amount}", group = "{Pipeline}" }
        [[event]]
        kind = "deal_won"
        at = "{Close Date}"
        when = { column = "Deal Stage", in = ["Closed won", "closedwon"] }
        set = { deal = "{Record ID}", amount = "{Amount}" }
    """
    content = (
        "Record ID,Deal Name,Deal Stage,Close Date,Deal Owner,Amount,Pipeline,Create Date\n"
        '991,Big,closedwon,2026-03-31 22:30,Ann Fox,"1,200.00",Sales,2026-01-05 07:10\n'
    )
    assert case.bring(content, mapping).rejects == ()
    assert case.facts(DealWon)[0].amount == 120000
    assert case.events(DealWon)[0].occurred_at == "2026-03-31T22:30:00+00:00"


def test_pipedrive_deals_and_activities_with_day_numbers(case: Case) -> None:
    deals = """
        id = "{Deal - ID}"
        [formats]
        date = ["iso", "excel"]
        [[seller]]
        name = "{Deal - Owner}"
        [[event]]
        kind = "deal_lost"
        at = "{Deal - Lost time}"
        when = { column = "Deal - Status", equals = "Lost" }
        [event.set]
        deal = "{Deal - ID}"
        reason = { column = "Deal - Lost reason", map = "reason", otherwise = "unknown" }
        note = "{Deal - Lost reason}"
        [table.reason]
        "Too dear" = "price"
    """
    content = (
        "Deal - ID,Deal - Owner,Deal - Status,Deal - Lost time,Deal - Lost reason\n"
        "1,Ann,Lost,46054.5,Too dear\n"
        "2,Ann,Lost,2026-02-02 10:00:00,Just because\n"
        "3,Ann,Open,,\n"
    )
    outcome = case.bring(content, deals)
    assert (outcome.rejects, outcome.left_out) == ((), 1)
    assert [lost.reason for lost in case.facts(DealLost)] == ["price", "unknown"]
    assert case.events(DealLost)[0].occurred_at == "2026-02-01T12:00:00+03:00"
    activities = """
        at = { template = "{Activity - Due date} {Activity - Due time}", date = "iso" }
        when = { column = "Activity - Done", equals = "Done" }
        [[seller]]
        name = "{Activity - Assigned to user}"
        [[event]]
        kind = "call_made"
        when = { column = "Activity - Type", equals = "Call" }
        set = { seconds = { column = "Activity - Duration", length = "hh:mm" } }
        [[event]]
        kind = "meeting_held"
        when = { column = "Activity - Type", in = ["Meeting", "Lunch"] }
        set = { seconds = { column = "Activity - Duration", length = "hh:mm" } }
    """
    content = (
        "Activity - Type,Activity - Due date,Activity - Due time,Activity - Duration,"
        "Activity - Done,Activity - Assigned to user\n"
        "Call,2026-02-02,10:00,00:05,Done,Ann\n"
        "Lunch,2026-02-02,13:00,01:30,Done,Ann\n"
        "Call,2026-02-03,13:00,00:30,To do,Ann\n"
    )
    assert case.bring(content, activities, map_name="activities.toml").left_out == 1
    assert [call.seconds for call in case.facts(CallMade)] == [300]
    assert [meeting.seconds for meeting in case.facts(MeetingHeld)] == [5400]


def test_salesforce_tasks_with_times_in_utc(case: Case) -> None:
    case.file("User.csv", '"Id","Name"\n"005A","Ann Fox"\n')
    mapping = """
        id = "{Id}"
        at = "{CreatedDate}"
        when = { column = "TaskSubtype", equals = "Call" }
        [lookup.owner]
        file = "User.csv"
        key = "{Id}"
        by = "{OwnerId}"
        [[seller]]
        key = "{OwnerId}"
        name = "{owner.Name}"
        [[event]]
        kind = "call_made"
        [event.set]
        seconds = "{CallDurationInSeconds}"
        direction = { column = "CallType", map = { Inbound = "in", Outbound = "out" } }
        result = "{CallDisposition}"
    """
    content = (
        '"Id","Subject","OwnerId","CallDurationInSeconds","CallType","CallDisposition",'
        '"TaskSubtype","CreatedDate"\n'
        '"T1","Call","005A","125","Inbound","Talked","Call","2026-01-05T07:15:00.000+0000"\n'
        '"T2","Mail","005A","","","","Email","2026-01-05T08:15:00.000+0000"\n'
        '"T3","Call","005B","5","Outbound","","Call","2026-01-05T09:15:00.000+0000"\n'
    )
    outcome = case.bring(content, mapping)
    assert [reject.reason for reject in outcome.rejects] == ["name: owner has no row for 005B"]
    assert case.facts(SellerHired) == [SellerHired(seller="005A", name="Ann Fox")]
    assert case.facts(CallMade) == [
        CallMade(seller="005A", seconds=125, direction="in", result="Talked")
    ]


def test_zoho_invoices_and_their_amounts(case: Case) -> None:
    mapping = """
        [formats]
        date = "%d %b, %Y %H:%M:%S"
        [let]
        total = { column = "Grand Total" }
        [[seller]]
        name = "{Invoice Owner}"
        [[client]]
        name = "{Account Name}"
        [[event]]
        kind = "InvoiceIssued"
        id = "{Invoice Number}"
        at = "{Created Time}"
        [event.set]
        invoice = "{Invoice Number}"
        amount = "{total}"
        cost = { calc = "{total} - {Profit}" }
        [[event]]
        kind = "PaymentReceived"
        id = "{Invoice Number} paid"
        at = "{Modified Time}"
        when = { column = "Status", equals = "Paid" }
        set = { invoice = "{Invoice Number}", amount = "{total}" }
    """
    content = (
        "Invoice Number,Invoice Owner,Account Name,Grand Total,Profit,Status,Created Time,"
        "Modified Time\n"
        'INV-1,Ann,Rose,"$1,234.50",$34.25,Paid,"20 Apr, 2021 07:49:50","3 May, 2021 12:00:00"\n'
        'INV-2,Ann,Oak,$342.09K,$0.00,Open,"21 Apr, 2021 07:49:50","21 Apr, 2021 07:49:50"\n'
    )
    assert case.bring(content, mapping).rejects == ()
    assert [(i.amount, i.cost) for i in case.facts(InvoiceIssued)] == [
        (123450, 120025),
        (34209000, 34209000),
    ]
    assert [paid.amount for paid in case.facts(PaymentReceived)] == [123450]
    assert case.events(InvoiceIssued)[0].occurred_at == "2021-04-20T07:49:50+03:00"


CDR = """
source = "pbx1"
at = "{first_start}"

[file]
header = false
errors = "replace"
columns = [
  "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata",
  "start", "answer", "end", "duration", "billsec", "disposition", "amaflags", "uniqueid",
  "userfield", "peeraccount", "linkedid",
]

[group]
by = { first = ["{linkedid}", "{uniqueid}"] }
[group.columns]
first_start = { min = { column = "start", date = "iso" } }
talk = { max = "{billsec}", when = { all = [
  { column = "lastapp", equals = "Dial" },
  { column = "disposition", equals = "ANSWERED" },
  { column = "dstchannel", empty = false },
  { column = "dstchannel", matches = "^(?!Local/)" },
] } }
extension = { first = { column = "dstchannel", extract = "^[A-Z]+/(\\\\d+)-" } }

[[event]]
kind = "call_made"
[event.set]
direction = "in"
seller = { column = "extension", map = { 101 = "ann", 102 = "bob" }, otherwise = "" }
seconds = { column = "talk", default = 0 }
reached = { column = "talk", map = { "" = false }, otherwise = true }
phone = "{src}"
"""


def cdr(start: str, app: str, target: str, seconds: int, state: str, call: str) -> str:
    """A row of an Asterisk call record with twenty fields."""
    fields = ["", "79001112233", "s", "in", '""Ann"" <1>', "SIP/trunk-1", target, app, "x", start]
    fields += [start, start, str(seconds + 5), str(seconds), state, "3", f"{call}.0", "", "", call]
    return ",".join(f'"{field}"' for field in fields) + "\n"


def test_asterisk_legs_are_one_call(case: Case) -> None:
    case.hire("ann", "bob")
    content = (
        cdr("2026-01-05 10:00:00", "Queue", "Local/101@q-1", 90, "ANSWERED", "c1")
        + cdr("2026-01-05 10:00:03", "Dial", "SIP/101-0a", 0, "NO ANSWER", "c1")
        + cdr("2026-01-05 10:00:09", "Dial", "SIP/102-0b", 61, "ANSWERED", "c1")
        + cdr("2026-01-05 10:05:00", "Hangup", "", 12, "ANSWERED", "c2")
        + cdr("2026-01-05 10:00:20", "Dial", "SIP/102-0b", 30, "ANSWERED", "c1")
    ).encode() + b'"81\xa5\xa5b"\n'
    outcome = case.bring(content, CDR)
    calls = case.facts(CallMade)
    assert [(c.seller, c.seconds, c.reached) for c in calls] == [
        ("ann", 61, True),
        (None, 0, False),
    ]
    assert calls[0].phone == "79001112233"
    assert case.events(CallMade)[0].occurred_at == "2026-01-05T10:00:00+03:00"
    assert [reject.line for reject in outcome.rejects] == [6]
    assert case.bring(content, CDR).known == 2


def test_freeswitch_calls_saved_by_a_spreadsheet(case: Case) -> None:
    mapping = """
        id = { column = 11 }
        at = { column = 5, date = "%Y/%m/%d %H:%M" }
        [file]
        header = false
        [[event]]
        kind = "call_made"
        [event.set]
        seconds = { column = 9 }
        reached = { column = 10, map = { NORMAL_CLEARING = true }, otherwise = false }
    """
    content = (
        "a,1001,2002,default,2020/2/10 22:41,2020/2/10 22:41,2020/2/10 22:42,70,60,"
        "NORMAL_CLEARING,u-1\n"
        "a,1001,2002,default,2020/2/10 22:45,,2020/2/10 22:45,9,0,NO_ANSWER,u-2\n"
    )
    assert case.bring(content, mapping).rejects == ()
    assert [(call.seconds, call.reached) for call in case.facts(CallMade)] == [
        (60, True),
        (0, False),
    ]


def test_json_lines_of_an_api(case: Case) -> None:
    mapping = """
        id = "{id}"
        at = { column = "created", date = "unix" }
        [[seller]]
        key = "u{owner.id}"
        name = "{owner.name}"
        [[event]]
        kind = "proposal_sent"
        set = { deal = "{id}", amount = "{items.0.price}", product = "{items.0.tags.1}" }
    """
    content = (
        '{"id":1,"created":1767600000,"owner":{"id":7,"name":"Ann"},'
        '"items":[{"price":10.10,"tags":["a","b"]}]}\n'
        '{"id":2,"created":1767600000.5,"owner":{"id":7,"name":"Ann"}}\n'
    )
    outcome = case.bring(content, mapping, name="proposals.jsonl")
    assert outcome.rejects == ()
    assert case.facts(ProposalSent) == [
        ProposalSent(deal="1", amount=1010, product="b", seller="u7"),
        ProposalSent(deal="2", seller="u7"),
    ]
