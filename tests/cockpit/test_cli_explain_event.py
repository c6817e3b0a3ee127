"""One event from the command line: who logged it, when, what repaired it, what it is tied to."""

from __future__ import annotations

from msgspec.structs import replace

from cockpit.render.dossier import Named, text, title
from projections.dossier import Dossier
from tests.cockpit.shell import Shell


def test_an_event_is_printed_with_envelope_repairs_and_neighbours(north: Shell) -> None:
    north.ok("log call 3m20 out Вектор --as ivanov")
    number = north.head()
    north.ok(f'fix {number} length=2m "misread"')
    printed = north.ok(f"explain event {number}").out
    for said in ("Иванов Пётр (ivanov)", "Вектор (c3)", "3m20", "→", "misread", "previous", "link"):
        assert said in printed, printed
    assert f"#{number + 1}" in printed


def test_the_same_for_programs_has_the_chain_and_the_standing_body(north: Shell) -> None:
    north.ok("log call 3m20 out Вектор --as ivanov")
    number = north.head()
    north.ok(f'void {number} "twice"')
    data = north.ok(f"explain event {number} --json").data
    assert data["void"] is True
    assert data["stands"] is None
    assert data["seconds_late"] == 0
    event, previous = data["event"], data["previous"]
    assert isinstance(event, dict)
    assert isinstance(previous, dict)
    assert event["seq"] == number
    assert previous["seq"] == number - 1
    repairs = data["repairs"]
    assert isinstance(repairs, list)
    assert len(repairs) == 1


def test_an_event_of_a_figure_is_named_by_its_id_too(north: Shell) -> None:
    north.ok("log call 3m20 out Вектор --as ivanov")
    data = north.ok("explain activity ivanov call fact --json").data
    events = data["events"]
    assert isinstance(events, list)
    number, name = events[0]["seq"], events[0]["id"]
    assert north.ok(f"explain event {name}").out == north.ok(f"explain event {number}").out


def test_no_event_and_a_strange_one_are_refused(north: Shell) -> None:
    assert "which event" in north.refused("explain event 1 2")
    assert "there is no event" in north.refused("explain event 99999")


def test_parts_of_an_income_are_per_cent(north: Shell) -> None:
    north.ok("pay income 100k --seller ivanov --parts 30/15/55")
    printed = north.ok(f"explain event {north.head()}").out
    for part in ("30%", "15%", "55%"):
        assert part in printed
    assert "1500" not in printed


def test_a_day_late_is_one_day(north: Shell) -> None:
    for days, said in (("11-17", "1 day late"), ("11-16", "2 days late")):
        north.ok(
            f"log call 3m20 out Вектор --as ivanov --at '2026-{days} 08:00' --reason forgotten"
        )
        assert said in north.ok(f"explain event {north.head()}").out


def test_an_event_is_numbered_as_one_types_it(north: Shell) -> None:
    event = next(iter(north.events()))
    told = Dossier(
        event=replace(event, seq=42_457), before=None, after=None, repairs=(), target=None,
        occurred_at=event.occurred_at, body=event.body,
    )  # fmt: skip
    named = Named(sellers={}, clients={}, zone="UTC", minor_digits=2)
    assert "42457" in title(told)
    assert "42457" in text(told, named)
