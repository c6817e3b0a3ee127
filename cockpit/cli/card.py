"""`cockpit card template|fill|show`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from cockpit import formats, labels
from cockpit.cli.base import Command, Group, file_option
from cockpit.cli.choices import Whole
from cockpit.cli.common import append, moment_of, opened, table, undo
from cockpit.cli.completers import sellers
from cockpit.cli.talk import done, emit, say, tell
from cockpit.cli.writing import append_alone, asker
from cockpit.department import Department
from cockpit.entry.called import call_of, refuse_again
from cockpit.entry.card_file import TEMPLATE, Sheet, changed, default_card, read_card
from cockpit.entry.scores import scores_of
from cockpit.errors import Refused
from cockpit.words import mark, n, t
from events.envelope import Draft
from events.vocabulary import CardFilled, CardTemplateSet
from events.vocabulary.quality import Evidence
from projections.cards import Card, Template

_MOST = 8


@click.group(
    cls=Group,
    help=mark("Score cards: template, fill, show."),
    epilog="card template --default\n"
    'card fill ivanov --call 1234 8 4 7 6 9 --note "never asked for the budget"\n'
    "card show ivanov",
)
@file_option
def command() -> None:
    """Everything about the quality of the conversation."""


@command.command(
    cls=Command,
    help=mark(
        "Show the card, or set a new revision of it: from FILE, a TOML file with criteria, the "
        "usual one with --default, or the present one with some criteria changed. Cards filled "
        "before keep the revision they were filled with."
    ),
    epilog="card template\ncard template --default\ncard template our-card.toml\n"
    'card template --put budget "Asks for the budget" --weight budget 2 --drop greeting',
)
@click.argument("source", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
@click.option("--default", "usual", is_flag=True, help=mark("The usual card, to begin with."))
@click.option(
    "--put", nargs=2, multiple=True, metavar="ID TEXT", help=mark("Add or reword a criterion.")
)
@click.option("--weight", nargs=2, multiple=True, metavar="ID N", help=mark("How much it weighs."))
@click.option(
    "--guide", nargs=2, multiple=True, metavar="ID TEXT", help=mark("What a score stands for.")
)
@click.option("--drop", multiple=True, metavar="ID", help=mark("Ask a criterion no more."))
@click.option("--name", metavar="NAME", help=mark("Which card, where there are several."))
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def template(
    source: Path | None,
    usual: bool,
    put: tuple[tuple[str, str], ...],
    weight: tuple[tuple[str, str], ...],
    guide: tuple[tuple[str, str], ...],
    drop: tuple[str, ...],
    name: str | None,
    as_json: bool,
) -> None:
    """One way to set a card at a time; without any it is shown."""
    edits = bool(put or weight or guide or drop)
    if sum((source is not None, usual, edits)) > 1:
        raise Refused(t("a file, --default or changes: one of them at a time"))
    with opened() as department:
        held = held_template(department, name)
        if source is not None or usual:
            sheet = read_card(source) if source is not None else default_card()
            if name is not None:
                sheet = msgspec.structs.replace(sheet, template=name)
            held = held_template(department, sheet.template)
        elif edits:
            base = held.criteria if held is not None else ()
            said = changed(base, put=put, weights=weight, guides=guide, drop=drop)
            title = held.template if held is not None else name or TEMPLATE
            sheet = Sheet(template=title, criteria=said)
        else:
            _show_template(held, as_json)
            return
        _set(department, held, sheet)


def held_template(department: Department, name: str | None = None) -> Template | None:
    """The newest revision of a card; without a name of the one set last."""
    known = department.desk.templates(department.dials())
    return next((each for each in reversed(known) if name in (None, each.template)), None)


def _set(department: Department, held: Template | None, sheet: Sheet) -> None:
    """Append a revision, unless it says what the present one says."""
    if held is not None and held.criteria == sheet.criteria:
        say(t("the card {name} says that already: nothing added", name=sheet.template))
        return

    def make() -> list[Draft]:
        last = held_template(department, sheet.template)
        revision = last.revision + 1 if last is not None else 1
        body = CardTemplateSet(template=sheet.template, revision=revision, criteria=sheet.criteria)
        return [Draft(body=body, occurred_at=department.now(), actor=department.actor())]

    drafts, (answer,) = append_alone(department, make)
    body = drafts[0].body
    revision = body.revision if isinstance(body, CardTemplateSet) else 1
    count = len(sheet.criteria)
    done(
        n(
            "card {name}, revision {revision}: {count} criterion",
            "card {name}, revision {revision}: {count} criteria",
            count,
            name=labels.value("template", sheet.template),
            revision=revision,
        )
    )
    undo(answer)


def _show_template(held: Template | None, as_json: bool) -> None:
    if held is None:
        raise Refused(_no_card())
    if as_json:
        emit(msgspec.to_builtins(held))
        return
    called = labels.value("template", held.template)
    tell(t("card {name}, revision {revision}", name=called, revision=held.revision))
    table(
        [t("id"), t("weight"), t("criterion"), t("guide")],
        [[each.id, str(each.weight), each.text, each.guide] for each in held.criteria],
    )


def _no_card() -> str:
    return t("there is no card yet: type cockpit card template --default")


@command.command(
    cls=Command,
    help=mark(
        "Fill a card about a SELLER from a call, live work or a chat: a score of 0 to 10 for "
        "each criterion, by name or in the card's order, a dash for what did not come up, and "
        "a note of what was heard or seen."
    ),
    epilog='card fill ivanov --call 1234 8 4 7 6 9 --note "never asked for the budget"\n'
    'card fill ivanov --live needs=7 greeting=8 offer=- objections=5 next_step=9 --note "…"',
)
@click.argument("seller", shell_complete=sellers)
@click.argument("scores", nargs=-1)
@click.option("--call", metavar="EVENT", help=mark("The number of the call that was heard."))
@click.option("--live", is_flag=True, help=mark("Seen at work."))
@click.option("--chat", is_flag=True, help=mark("Read in a chat."))
@click.option("--note", metavar="WORDS", help=mark("What was heard or seen; needed."))
@click.option("--at", metavar="WHEN", help=mark("When it was rated; now without it."))
@click.option("--name", metavar="NAME", help=mark("Which card, where there are several."))
@file_option
def fill(
    seller: str,
    scores: tuple[str, ...],
    call: str | None,
    live: bool,
    chat: bool,
    note: str | None,
    at: str | None,
    name: str | None,
) -> None:
    """A card under the criteria of now."""
    with opened() as department:
        held = held_template(department, name)
        if held is None:
            raise Refused(_no_card() if name is None else _no_such(department, name))
        key = department.seller(seller, asker())
        evidence = _evidence(call, live, chat)
        heard = call_of(department, call, key) if call is not None else None
        said = scores_of(scores, held.criteria)
        if not (note or "").strip():
            raise Refused(t('what was the evidence? Add --note "never asked for the budget"'))
        if heard is not None:
            refuse_again(department, heard, department.actor())
        body = CardFilled(
            seller=key,
            template=held.template,
            revision=held.revision,
            evidence=evidence,
            scores=said,
            note=(note or "").strip(),
            client=heard.client if heard else None,
            deal=heard.deal if heard else None,
            call=heard.id if heard else None,
        )
        (answer,) = append(department, body, at=moment_of(department, at))
        mine = department.desk.cards(department.dials())
        _answer(department, next(card for card in mine if card.seq == answer.seq), mine, held)
    undo(answer)


def _no_such(department: Department, name: str) -> str:
    known = dict.fromkeys(each.template for each in department.desk.templates(department.dials()))
    if not known:
        return _no_card()
    return t("there is no card {name}: type one of {listed}", name=name, listed=", ".join(known))


def _evidence(call: str | None, live: bool, chat: bool) -> Evidence:
    """What was heard, seen or read: one of them."""
    if sum((call is not None, live, chat)) != 1:
        raise Refused(
            t("on what evidence? Add one of --call NUMBER (see cockpit draw), --live, --chat")
        )
    return "call" if call is not None else "live" if live else "chat"


def _answer(department: Department, card: Card, every: Sequence[Card], held: Template) -> None:
    """The card's mean, the lowest answer, and how many cards the seller has."""
    low = min(card.marks, key=lambda mark: (mark.score, -mark.weight))
    words = next((each.text for each in held.criteria if each.id == low.criterion), low.criterion)
    count = sum(each.seller == card.seller for each in every)
    done(
        n(
            "{name}: {mean} of 10, lowest “{criterion}” {score}, {count} card in all",
            "{name}: {mean} of 10, lowest “{criterion}” {score}, {count} cards in all",
            count,
            name=department.seller_names.get(card.seller, card.seller),
            mean=formats.number(card.mean, 1),
            criterion=words,
            score=low.score,
        )
    )
    for other in every:
        if card.call is not None and other.call == card.call and other.seq != card.seq:
            say(
                t(
                    "card {number} rated the same call {mean}",
                    number=other.seq,
                    mean=formats.number(other.mean, 1),
                )
            )


@command.command(
    cls=Command,
    help=mark("Show the last cards, of one SELLER where one is named, with their notes."),
    epilog="card show\ncard show ivanov --last 3",
)
@click.argument("seller", required=False, shell_complete=sellers)
@click.option("--last", type=Whole(min=1), default=_MOST, help=mark("How many of the last ones."))
@click.option("--json", "as_json", is_flag=True, help=mark("Answer in JSON."))
@file_option
def show(seller: str | None, last: int, as_json: bool) -> None:
    """Cards, the newest first."""
    with opened(writable=False) as department:
        key = department.seller(seller, asker()) if seller else None
        every = department.desk.cards(department.dials())
        some = [card for card in every if key in (None, card.seller)][-last:][::-1]
        found = department.log.get([card.id for card in some])
        events = {event.id: event for event in department.log.reveal(list(found.values()))}
        told = [(card, events[card.id].actor, _note(events[card.id].body)) for card in some]
        names = department.seller_names
        if as_json:
            emit([_plain(*each) for each in told])
        elif not told:
            whose = names.get(key, key) if key else t("anybody")
            say(t("no card of {name} yet: cockpit draw says which calls to hear", name=whose))
        for place, (card, rater, note) in enumerate(told if not as_json else ()):
            rated, by = (names.get(key, key) for key in (card.seller, rater))
            _tell_card(card, by, note, rated, gap=place > 0)


def _note(body: object) -> str:
    return getattr(body, "note", None) or ""


def _tell_card(card: Card, rater: str, note: str, name: str, *, gap: bool) -> None:
    """A card in three lines."""
    if gap:
        tell("")
    head = [
        f"#{card.seq}", formats.date(card.day), name, labels.value("evidence", card.evidence),
        t("{mean} of 10", mean=formats.number(card.mean, 1)), t("rated by {name}", name=rater),
    ]  # fmt: skip
    tell(" · ".join(head))
    tell("  " + "  ".join(f"{mark.criterion} {mark.score}" for mark in card.marks))
    if note:
        tell(f"  {note}")


def _plain(card: Card, rater: str, note: str) -> dict[str, object]:
    """A card for programs."""
    return {
        "seq": card.seq,
        "day": card.day.isoformat(),
        "seller": card.seller,
        "rater": rater,
        "evidence": card.evidence,
        "call": card.call,
        "template": card.template,
        "revision": card.revision,
        "mean": None if card.mean is None else round(float(card.mean), 2),
        "scores": {mark.criterion: mark.score for mark in card.marks},
        "note": note or None,
    }
