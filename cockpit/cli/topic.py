"""`cockpit topic today|due|list|show`."""

from __future__ import annotations

import click
import msgspec

from cockpit import formats
from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.common import opened, table
from cockpit.cli.talk import emit, say, tell, terminal_width
from cockpit.config import load
from cockpit.render.cells import wrap
from cockpit.topics import Topic, called, library, own_topics, topic_for, topic_of
from cockpit.words import mark, t
from projections.period import month_of
from projections.question import Question
from projections.reports.corrections import Corrections
from projections.reports.quality import Quality


@click.group(
    cls=Group,
    help=mark("Topics of the technique: today, due, list, show."),
    epilog="topic today\ntopic due\ntopic list\ntopic show needs",
)
@file_option
def command() -> None:
    """The library of topics, the department's own and those that come with the program."""


def topics() -> tuple[Topic, ...]:
    """The library as the configuration has it, in the language spoken."""
    return library(own_topics(load()))


@command.command(
    "list",
    cls=Command,
    help=mark("List the topics with the sentence that reminds of each."),
    epilog="topic list",
)
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def list_(as_json: bool) -> None:
    """The department's own come first."""
    known = topics()
    if as_json:
        emit([msgspec.to_builtins(topic) for topic in known])
        return
    table(
        [t("id"), t("topic"), t("reminder")],
        [[topic.id, topic.name, topic.sentence] for topic in known],
    )


@command.command(
    cls=Command,
    help=mark("Show a TOPIC with its two minutes of training."),
    epilog="topic show needs",
)
@click.argument("topic")
@file_option
def show(topic: str) -> None:
    """As it is read aloud."""
    found, width = topic_of(topic, topics()), min(terminal_width(), 80)
    tell(found.name)
    for line in wrap(found.sentence, width):
        tell(line)
    for paragraph in found.text.splitlines():
        tell("")
        for line in wrap(paragraph, width):
            tell(line)
    said = f"cockpit training {found.id} --all"
    say(t("held it? Type {command}", command=said))


@command.command(
    cls=Command,
    help=mark("Say each seller's topic of the day: that of the weakest criterion."),
    epilog="topic today",
)
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def today(as_json: bool) -> None:
    """One topic a seller, in one sentence (requirement row 14)."""
    known = topics()
    with opened(writable=False) as department:
        dials = department.dials()
        period = month_of(department.now().date())
        report = department.desk.ask("quality", Question(period=period, dials=dials))
        assert isinstance(report, Quality)
        names = department.seller_names
    asked = {each.id: each for each in report.questions}
    found = [
        (row, topic_for(asked[row.weakest], known))
        for row in report.rows
        if row.weakest is not None and row.seller is not None
    ]
    if as_json:
        emit(
            [
                {"seller": row.seller, "criterion": row.weakest, "topic": topic.id,
                 "sentence": topic.sentence}
                for row, topic in found
            ]
        )  # fmt: skip
    elif not found:
        say(t("no card yet: cockpit draw says which calls to hear"))
    else:
        table(
            [t("seller"), t("weakest"), t("mean"), t("topic"), t("reminder")],
            [
                [names.get(row.seller or "", row.seller or ""), report.text(row.weakest or ""),
                 formats.number(row.weakest_mean, 1), topic.id, topic.sentence]
                for row, topic in found
            ],
        )  # fmt: skip


@command.command(
    cls=Command,
    help=mark(
        "Say who is due for a training: the same topic three times in ten stand-ups, and nothing "
        "moved."
    ),
    epilog="topic due",
)
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def due(as_json: bool) -> None:
    """What a stand-up could not change (requirement row 15)."""
    with opened(writable=False) as department:
        dials = department.dials()
        period = month_of(department.now().date())
        report = department.desk.ask("corrections", Question(period=period, dials=dials))
        assert isinstance(report, Corrections)
        names = department.seller_names
    if as_json:
        emit([msgspec.to_builtins(each) for each in report.training])
    elif not report.training:
        say(t("nobody: no topic came up three times in ten stand-ups without effect"))
    else:
        table(
            [t("seller"), t("topic"), t("times")],
            [[names.get(each.seller, each.seller), called(each.topic), str(each.times)]
             for each in report.training],
        )  # fmt: skip
