"""`cockpit init` leaves a department that knows its working days, and says what to type next."""

from __future__ import annotations

import datetime as dt

import pytest

from cockpit.calendar_source import calendar_of, workdays
from events.vocabulary import CalendarSet, DepartmentOpened
from tests.cockpit.shell import INIT, Shell

OPENED = """✓ Север: RU, RUB, Europe/Moscow, 247 working days in 2026
"""

NEXT = """the log lies in {path}
next:
  cockpit seller add ivanov "Ivan Ivanov"
  cockpit plan set ivanov 3m
  cockpit client add "Rose Ltd"
  cockpit log call 3m20 out Rose --as ivanov
  cockpit standup
"""


def test_a_department_opens_with_three_years_of_working_days(shell: Shell) -> None:
    answer = shell.ok(INIT)
    assert answer.out == OPENED
    assert answer.err == NEXT.format(path=shell.path)
    bodies = [event.body for event in shell.events()]
    assert bodies[0] == DepartmentOpened(
        name="Север",
        country="RU",
        currency="RUB",
        minor_digits=2,
        zone="Europe/Moscow",
        language="en",
    )
    years = [body.year for body in bodies[1:] if isinstance(body, CalendarSet)]
    assert years == [2025, 2026, 2027]


@pytest.mark.parametrize(("country", "days"), [("RU", 247), ("HU", 252), ("BG", 248)])
def test_the_working_days_of_2026_are_the_published_ones(country: str, days: int) -> None:
    assert workdays(calendar_of(country, 2026)) == days


def test_moved_working_days_are_known() -> None:
    hungary = calendar_of("HU", 2026)
    assert dt.date(2026, 1, 10) in hungary.workdays
    assert dt.date(2026, 1, 2) in hungary.days_off
    assert dt.date(2026, 12, 12) not in hungary.workdays


def test_a_second_department_in_the_same_log_is_refused(shell: Shell) -> None:
    shell.ok(INIT)
    assert "--file" in shell.refused(INIT)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("init", "--country"),
        ("init --country RU", "--currency"),
        ("init --country RU --currency RUB --zone Moscow", "--name"),
        ("init --country Hungari", "HU (Hungary)"),
        ("init --country XX", "a code like HU"),
        ("init --country RU --currency RUR", "ISO code"),
        ("init --country RU --currency RUB --zone Mosco --name x", "Europe/Moscow"),
        ("init --country RU --currency RUB --zone Moscow --name ' '", "needs a name"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_before_anything_is_written(
    shell: Shell, line: str, says: str
) -> None:
    assert says in shell.refused(line)
    assert not shell.path.exists()


def test_a_country_may_be_named_and_a_zone_by_its_city(shell: Shell) -> None:
    shell.ok("init --name Dél --country Hungary --currency HUF --zone budapest")
    body = shell.events()[0].body
    assert isinstance(body, DepartmentOpened)
    assert (body.country, body.zone, body.minor_digits) == ("HU", "Europe/Budapest", 2)


def test_the_only_zone_of_a_country_is_taken(shell: Shell) -> None:
    shell.ok("init --name Юг --country BG --currency EUR")
    body = shell.events()[0].body
    assert isinstance(body, DepartmentOpened)
    assert body.zone == "Europe/Sofia"


@pytest.mark.parametrize(
    ("language", "word"), [("ru", "рабочих"), ("hu", "munkanap"), ("bg", "работни")]
)
def test_a_department_answers_in_its_language(shell: Shell, language: str, word: str) -> None:
    answer = shell.ok(INIT.replace("--language en", f"--language {language}"))
    assert word in answer.out
    assert word in shell.ok("calendar show 2026").out


def test_where_nothing_is_yet_the_first_step_is_named(shell: Shell) -> None:
    answer = shell.ok("")
    assert str(shell.path) in answer.out
    assert answer.err == "next: cockpit init\n"


def test_the_next_step_follows_what_is_there(north: Shell) -> None:
    assert "plan set" in north.ok("").err
    north.ok("plan set ivanov 3m")
    answer = north.ok("")
    assert answer.err == "next: cockpit standup\n"
    assert answer.out == "Север · November 2026 · ₽0 of ₽3,000,000, ₽1,650,000 behind\n"


@pytest.mark.parametrize(
    ("country", "currency", "zone", "language"),
    [
        ("HU", "HUF", "budapest", "hu"),
        ("BG", "EUR", "sofia", "bg"),
        ("RU", "RUB", "moscow", "ru"),
        ("DE", "EUR", "berlin", "en"),
    ],
)
def test_a_department_speaks_as_its_country_where_the_terminal_says_nothing(
    shell: Shell, country: str, currency: str, zone: str, language: str
) -> None:
    shell.ok(f"init --name Új --country {country} --currency {currency} --zone {zone}")
    body = shell.events()[0].body
    assert isinstance(body, DepartmentOpened)
    assert body.language == language


def test_an_empty_file_makes_room_for_a_log(shell: Shell) -> None:
    shell.path.touch()
    shell.ok(INIT)
    assert shell.ok("verify").code == 0


def test_the_length_below_which_a_call_does_not_count_is_chosen_and_changed(shell: Shell) -> None:
    assert "give 0 to 600" in shell.refused(f"{INIT} --brief 601")
    shell.ok(f"{INIT} --brief 20")
    shell.ok('seller add ivanov "Ivan Ivanov"')
    for seconds in (15, 25, 50):
        shell.ok(f"log call {seconds}s out --as ivanov")
    said = shell.ok("report activity --per month --as-of today --evening").out
    assert "1 call under 20 s is not counted" in said
    shell.ok('fix 1 brief_seconds=45s "agreed"')
    said = shell.ok("report activity --per month --as-of today --evening").out
    assert "2 calls under 45 s are not counted" in said
    assert "2 calls under 45 s are no work done" in shell.ok("report calls").out
    shell.ok('fix 1 brief_seconds=0 "every call counts"')
    assert "counted" not in shell.ok("report activity --evening").out
