"""Topics: the built-in library, a department's own, and today's reminder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cockpit.entry.card_file import default_card
from cockpit.topics import built_in, library, topic_for
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import CorrectionAgreed, Criterion, MicroTrainingHeld, StandupStarted
from tests.cockpit.shell import Shell

OWN = """
[[topics]]
id = "needs"
name = "Спросить про бюджет"
sentence = "Бюджет — до цены."
text = "Две минуты в парах."
criteria = ["needs"]
[[topics]]
id = "samples"
name = "образцы"
sentence = "Образец в руки."
"""


@pytest.fixture
def own(north: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The department with topics of its own."""
    (tmp_path / "topics.toml").write_text(OWN, encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text('topics = "topics.toml"\n', encoding="utf-8")
    monkeypatch.setenv("COCKPIT_CONFIG", str(config))
    return north


def test_every_question_of_the_usual_card_has_a_topic() -> None:
    topics = built_in()
    assert len({topic.id for topic in topics}) == len(topics)
    for criterion in default_card().criteria:
        topic = topic_for(criterion, topics)
        assert topic.text, criterion.id
        assert len(topic.sentence) < 80


def test_two_minutes_are_read_in_two_minutes() -> None:
    """Some 120 words a minute are read aloud; half of the time is for trying it out."""
    for topic in built_in():
        assert 40 <= len(topic.text.split()) <= 140, topic.id
        assert "\n" in topic.text


def test_a_criterion_without_a_topic_is_its_own() -> None:
    topic = topic_for(Criterion(id="tone", text="Is it kind?", guide="10 for warm"), library())
    assert (topic.id, topic.name, topic.sentence) == ("tone", "Is it kind?", "10 for warm")


def test_topics_are_listed_and_shown(north: Shell) -> None:
    listed = north.ok("topic list").out
    assert "objections" in listed
    assert "Three open questions before anything is offered." in listed
    shown = north.ok("topic show needs")
    assert shown.out.startswith("finding the need\n")
    assert "In pairs" in shown.out
    assert "cockpit training needs --all" in shown.err
    assert "type one of opening" in north.refused("topic show luck")


def test_the_departments_own_topics_come_first_and_replace(own: Shell) -> None:
    listed = own.ok("topic list").out
    assert "Бюджет — до цены." in listed
    assert "finding the need" not in listed
    assert listed.index("образцы") < listed.index("opening a call")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[topics]]\nid = 'a'", "topics.toml"),
        ("[[topics]]\nid='a'\nname='b'\nsentence='c'\nlength=3", "length"),
        ("[[topics]]\nid='a'\nname=' '\nsentence='c'", "a sentence"),
        (OWN + OWN, "twice"),
        ("topics = 3", "topics.toml"),
    ],
)
def test_a_file_of_topics_that_is_none_is_refused(
    own: Shell, tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "topics.toml").write_text(text, encoding="utf-8")
    assert says in own.refused("topic list")


def test_a_training_is_logged_by_the_name_of_its_topic(own: Shell) -> None:
    assert own.logged("training образцы иванов petrova --length 3m") == MicroTrainingHeld(
        topic="samples", seconds=180, sellers=("ivanov", "petrova")
    )
    answer = own.ok("training price --all")
    assert answer.out == "✓ defending the price, 2m00: Иванов Пётр, Петрова Анна\n"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("training needs", "ivanov, petrova"),
        ("training needs ivanov --all", "--all"),
        ("training luck ivanov", "type one of"),
        ("training needs nobody", "ivanov, petrova"),
        ("training needs ivanov --length soon", "3m20"),
    ],
)
def test_a_training_of_nobody_or_nothing_is_refused(north: Shell, line: str, says: str) -> None:
    assert says in north.refused(line)


def test_the_topic_of_the_day_is_that_of_the_weakest_criterion(north: Shell) -> None:
    assert "cockpit draw" in north.ok("topic today").err
    north.ok("card template --default")
    north.ok("card fill ivanov --live 8 8 8 3 8 --note x")
    shown = north.ok("topic today").out
    assert "Takes objections calmly  3.0" in shown
    assert "Agree that it matters, ask what is behind it, then answer." in shown
    assert north.ok("topic today --json").out.count('"topic": "objections"') == 1


def test_who_was_reminded_three_times_in_vain_is_due_for_a_training(north: Shell) -> None:
    assert "nobody" in north.ok("topic due").err
    with SqliteLog.open(north.path) as log:
        for day in (10, 12, 16):
            at = dt.datetime(2026, 11, day, 7, tzinfo=dt.UTC)
            agreed = CorrectionAgreed(
                correction=f"k{day}",
                seller="ivanov",
                metric="call_made",
                before="10",
                target="12",
                until=dt.date(2026, 11, day + 1),
                action="call",
                topic="opening",
            )
            bodies = (StandupStarted(standup=f"s{day}"), agreed)
            log.append([Draft(body=body, occurred_at=at, actor="head") for body in bodies])
    assert "Иванов Пётр  opening a call  3" in north.ok("topic due").out
    assert '"topic": "opening"' in north.ok("topic due --json").out
    assert "opening a call" in " ".join(north.ok("report corrections").out.split())
