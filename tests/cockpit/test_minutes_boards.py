"""The boards in the minutes of a whole stand-up: each as it stood when it was talked about."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Final

import pytest

from events.vocabulary import (
    CallMade,
    CaseDiscussed,
    CorrectionAgreed,
    CorrectionReviewed,
    DealLost,
    EventVoided,
    Instalment,
    InvoiceIssued,
    ItemEnded,
    ItemStarted,
    MicroTrainingHeld,
    NormSet,
    PaymentPromised,
    PlanSet,
    StandupClosed,
    StandupStarted,
)
from events.vocabulary.fact import Fact
from tests.cockpit.room import Room, printed
from tests.projections.card_days import card, template
from tests.tui.world import TODAY, at, payment

GOLDEN: Final = Path(__file__).parent / "golden"
FRIDAY: Final = dt.date(2024, 4, 12)
NAME: Final = "2024-04-15"
DRAWN: Final = re.compile(r"#\d+")
"""Which calls are drawn hangs on the ids the log gave them."""
BOXES: Final = {
    "rhythm": 90, "plan_fact": 90, "activity": 60, "conversions": 60, "quality": 60,
    "payments": 60, "corrections": 390, "case": 60, "close": 30,
}  # fmt: skip


def agreed(correction: str, seller: str, standup: str | None = None) -> CorrectionAgreed:
    """A correction of the number of calls."""
    return CorrectionAgreed(
        correction=correction, seller=seller, metric="call_made", before="5", target="8",
        until=TODAY, action="call before ten", topic="opening", standup=standup,
    )  # fmt: skip


def before(room: Room) -> None:
    """What the stand-up finds: a correction of Friday, cards, and an invoice promised for today."""
    room.write(
        template(FRIDAY, 1, needs=1, price=1)[1],
        card(FRIDAY, "ivanov", needs=3, price=8)[1],
        card(FRIDAY, "petrova", evidence="live", needs=7, price=5)[1],
        InvoiceIssued(
            invoice="77", seller="ivanov", client="ivanov-client-1", amount=40_000_000,
            instalments=(Instalment(due=FRIDAY, amount=40_000_000),),
        ),
        PaymentPromised(invoice="77", seller="ivanov", client="ivanov-client-1", amount=40_000_000,
                        due=TODAY),
        when=at(FRIDAY, 18),
    )  # fmt: skip
    room.meet("2024-04-12", at(FRIDAY, 19), 90, 300)
    room.write(agreed("old", "ivanov", "2024-04-12"), when=at(FRIDAY, 19, 3))


def meet(room: Room, **said: tuple[Fact, ...]) -> None:
    """A whole stand-up: every item takes its box, plan-fact ten seconds more."""
    room.write(StandupStarted(standup=NAME, present=("ivanov", "petrova")), when=at(TODAY, 9))
    for item, box in BOXES.items():
        took = box + 10 if item == "plan_fact" else box
        room.write(ItemStarted(standup=NAME, item=item, seconds=box))
        room.after(took // 2, *said.get(item, ()))
        room.after(took - took // 2, ItemEnded(standup=NAME, item=item, seconds=took))
    room.after(0, StandupClosed(standup=NAME, seconds=910, uncorrected=("sidorov",)))


def morning(room: Room) -> None:
    """The stand-up of the golden minutes."""
    before(room)
    meet(
        room,
        rhythm=(
            CorrectionReviewed(correction="old", seller="ivanov", verdict="moved", note="was ill",
                               until=dt.date(2024, 4, 17)),
        ),
        quality=(
            MicroTrainingHeld(topic="opening", seconds=30, sellers=("ivanov",), standup=NAME),
        ),
        corrections=(agreed("new", "petrova", NAME),),
        case=(CaseDiscussed(words="asks for ninety days", seller="sidorov", standup=NAME),),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_whole_stand_up_is_told_board_by_board(
    room: Room, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_LANGUAGE", language)
    morning(room)
    code, out, err = printed("minutes", capsys)
    assert (code, err) == (0, "")
    told = DRAWN.sub("#1", out)
    assert told == (GOLDEN / f"minutes.{language}.md").read_text(encoding="utf-8")


def test_nothing_logged_since_changes_the_minutes(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    morning(room)
    told = [printed(line, capsys)[1] for line in ("minutes", "minutes --json")]
    with_id = room.write(agreed("late", "sidorov"), when=at(TODAY, 10))
    room.after(
        60,
        CorrectionReviewed(correction="new", seller="petrova", verdict="done", note="by ten"),
        EventVoided(target=with_id[0], target_kind="correction_agreed", reason="no"),
        CaseDiscussed(words="the one of the corridor"),
        MicroTrainingHeld(topic="opening", seconds=60, sellers=("sidorov",)),
        PlanSet(month="2024-04", seller="ivanov", amount=900_000_000),
        NormSet(activity="call_made", count=30, since=dt.date(2024, 4, 1)),
        DealLost(deal="petrova-3", reason="price", seller="petrova"),
        card(TODAY, "sidorov", needs=1, price=1)[1],
        payment("petrova", 500_000, at(FRIDAY, 9)).body,
    )
    for day in (FRIDAY, TODAY):
        room.now = at(TODAY, 11)
        room.backdated(day, CallMade(seller="ivanov", seconds=200),
                       payment("ivanov", 900_000, at(day, 9)).body)  # fmt: skip
    assert [printed(line, capsys)[1] for line in ("minutes", "minutes --json")] == told


def test_each_board_stands_as_it_was_when_its_item_got_the_floor(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    before(room)
    meet(room, activity=(payment("ivanov", 400_000, at(FRIDAY, 9)).body,))
    out = printed("minutes", capsys)[1]
    assert "| DEPARTMENT | 7,200,000 | 3,075,000 |" in out
    assert "received 3,475,000" in out


def test_a_board_the_stand_up_did_not_reach_is_not_told(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    room.meet("s", at(TODAY, 9), 100, 300)
    out = printed("minutes", capsys)[1]
    assert "**plan–fact" in out
    for missing in ("Activities,", "Conversions,", "Payments,", "Quality,", "Rhythm,"):
        assert missing not in out
