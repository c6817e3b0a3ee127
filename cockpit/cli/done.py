"""`cockpit done N "what came of it"`."""

from __future__ import annotations

from functools import partial

import click

from cockpit import agreeing, formats
from cockpit.cli.base import Command, file_option
from cockpit.cli.choices import Whole
from cockpit.cli.common import opened, undo
from cockpit.cli.completers import sellers
from cockpit.cli.correct import proposal
from cockpit.cli.talk import done, say
from cockpit.cli.writing import append_alone, asker
from cockpit.department import Department
from cockpit.errors import Refused
from cockpit.render import correcting
from cockpit.words import mark, t
from events.envelope import Draft
from events.vocabulary import CorrectionReviewed, TaskDone
from events.vocabulary.meetings import ReviewVerdict
from projections.corrections import CORRECTION_KINDS, CorrectionState, TaskState, corrections, tasks


@click.command(
    cls=Command,
    help=mark(
        "Answer for the correction or task with a NUMBER of cockpit my: done, or with --not not "
        "done, or moved to another day."
    ),
    epilog='done 3 "called all before noon"\ndone 3 --not "was ill"\ndone 3 --moved fri',
)
@click.argument("number", type=Whole(min=1))
@click.argument("note", nargs=-1)
@click.option("--not", "not_done", is_flag=True, help=mark("It was not done."))
@click.option("--moved", metavar="DAY", help=mark("It is moved to this day."))
@click.option("--as", "named", metavar="SELLER", shell_complete=sellers, help=mark("Whose it is."))
@file_option
def command(
    number: int, note: tuple[str, ...], not_done: bool, moved: str | None, named: str | None
) -> None:
    """The words after the number are the note."""
    if not_done and moved:
        raise Refused(t("--not and --moved say two things: leave one out"))
    verdict: ReviewVerdict = "not_done" if not_done else "moved" if moved else "done"
    words = " ".join(note).strip()
    with opened() as department:
        seller = department.acting_seller(named, asker())
        make = partial(_drafts, department, seller, number, verdict, words, moved)
        drafts, answers = append_alone(department, make)
        if not drafts:
            say(t("this is answered for already: nothing added"))
        for draft, appended in zip(drafts, answers, strict=True):
            body = draft.body
            if isinstance(body, CorrectionReviewed) and body.until is not None:
                done(t("{number}: moved to {day}", number=number, day=formats.date(body.until)))
            else:
                said = t("not done") if not_done else t("done")
                done(f"{number}: {said}")
            undo(appended)


def _drafts(
    department: Department,
    seller: str,
    number: int,
    verdict: ReviewVerdict,
    words: str,
    moved: str | None,
) -> list[Draft]:
    """The answer; none where the same was given already. Raises Refused."""
    state = _meant(department, seller, number)
    actor, now = department.actor(), department.now()
    if isinstance(state, TaskState):
        if verdict != "done":
            raise Refused(t("{number} is a task: it can only be done", number=number))
        body = TaskDone(task=state.task, seller=seller, note=words or None)
        return [] if state.done else [Draft(body=body, occurred_at=now, actor=actor)]
    until = agreeing.until_day(moved, now.date()) if moved else None
    answer = state.answer
    if answer is not None and (answer.verdict, answer.until) == (verdict, until):
        return []
    if state.settled:
        raise Refused(
            t(
                "{number} is answered for: {state}; take that back with cockpit void {event} first",
                number=number,
                state=t("done") if state.in_time or _was_done(state) else t("not done"),
                event=answer.seq if answer else number,
            )
        )
    return [agreeing.answer(state, verdict, actor=actor, now=now, note=words, until=until)]


def _was_done(state: CorrectionState) -> bool:
    return state.answer is not None and state.answer.verdict == "done"


def _meant(department: Department, seller: str, number: int) -> CorrectionState | TaskState:
    """What has this number. Raises Refused with those that are open."""
    facts = department.desk.facts(CORRECTION_KINDS, department.dials())
    every: list[CorrectionState | TaskState] = [*corrections(facts).values()]
    every += tasks(facts).values()
    found = next((it for it in every if (it.seller, it.number) == (seller, number)), None)
    if found is not None:
        return found
    report = proposal(department, seller)
    listed = ", ".join(
        [f"{it.number} {correcting.metric(it.metric)}" for it in report.open]
        + [str(it.number) for it in report.tasks]
    )
    if not listed:
        raise Refused(t("nothing is agreed with {seller}", seller=seller))
    raise Refused(t("there is no {number}: type one of {listed}", number=number, listed=listed))
