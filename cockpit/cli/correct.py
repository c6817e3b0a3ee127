"""`cockpit correct SELLER "action"`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import click

from cockpit import agreeing
from cockpit.cli.base import Command, file_option
from cockpit.cli.common import opened, undo
from cockpit.cli.completers import sellers
from cockpit.cli.talk import done, say
from cockpit.cli.writing import append_alone, asker
from cockpit.department import Department
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.envelope import Draft
from events.vocabulary import CorrectionAgreed
from projections.metrics import pair_of
from projections.period import month_of
from projections.question import Question
from projections.reports.proposal import Proposal


@click.command(
    cls=Command,
    help=mark(
        "Agree a correction with a SELLER: a metric, from what to what, until when, and the "
        "ACTION in words. What is left out is proposed from the way back to the line. A seller "
        "has at most three open at once."
    ),
    epilog='correct ivanov "calls before noon"\n'
    'correct ivanov --metric call --from 50 --to 70 --until fri "calls before noon"\n'
    'correct ivanov --metric "meeting>proposal" --to "55 %" "send it the same day" --topic needs',
)
@click.argument("seller", shell_complete=sellers)
@click.argument("action", nargs=-1)
@click.option("--metric", metavar="METRIC", help=mark("call, meeting>proposal, revenue, check …"))
@click.option("--from", "before", metavar="VALUE", help=mark("How it is now."))
@click.option("--to", "target", metavar="VALUE", help=mark("What it shall be."))
@click.option("--until", metavar="DAY", help=mark("The working day by which it shall be so."))
@click.option("--topic", metavar="NAME", help=mark("The topic of the technique it is about."))
@file_option
def command(
    seller: str,
    action: tuple[str, ...],
    metric: str | None,
    before: str | None,
    target: str | None,
    until: str | None,
    topic: str | None,
) -> None:
    """A correction from now on."""
    typed = {"before": before, "target": target, "until": until, "topic": topic,
             "action": " ".join(action)}  # fmt: skip
    with opened() as department:
        key = department.seller(seller, asker())
        named = agreeing.metric_of(metric) if metric else None
        drafts, answers = append_alone(department, partial(_drafts, department, key, named, typed))
        for draft, appended in zip(drafts, answers, strict=True):
            body = draft.body
            assert isinstance(body, CorrectionAgreed)
            values = {"metric": body.metric, "before": body.before, "target": body.target}
            name = department.seller_names.get(key, key)
            done(f"{name}: {agreeing.said(values, body.until)}: {body.action}")
            if before is None and (
                read := agreeing.reading(proposal(department, key, body.metric), body.metric)
            ):
                say(read)
            undo(appended)
        if not drafts:
            say(t("this is agreed already: nothing added"))


def _drafts(
    department: Department, seller: str, metric: str | None, typed: Mapping[str, str | None]
) -> list[Draft]:
    """The one correction; none where the very same is open. Raises Refused."""
    now = department.now()
    report = proposal(department, seller, metric)
    chosen = metric or report.usual
    offered = agreeing.proposed(report, chosen)
    offered["until"] = report.until.isoformat()
    values = {key: typed.get(key) or offered.get(key, "") for key in typed} | {"metric": chosen}
    problems = agreeing.wrong(values, report, now.date())
    if problems:
        raise Refused(next(iter(problems.values())))
    values = agreeing.settled(values, report)
    until = agreeing.until_day(values["until"], now.date())
    if any(agreeing.same(state, values, until) for state in report.open):
        return []
    if agreeing.too_many(report.open):
        name = department.seller_names.get(seller, seller)
        raise Refused(agreeing.refusal(name, seller, report.open))
    return [
        agreeing.agreement(values, seller=seller, until=until, actor=department.actor(), now=now)
    ]


def proposal(department: Department, seller: str, metric: str | None = None) -> Proposal:
    """What could be agreed with a seller as of today, a metric among it, and what is open."""
    dials = department.dials()
    today = department.now().date()
    pair = pair_of(metric or "")
    pairs = () if pair is None else (pair,)
    question = Question(period=month_of(today), dials=dials, sellers=(seller,), pairs=pairs)
    report = department.desk.ask("proposal", question)
    assert isinstance(report, Proposal)
    return report
