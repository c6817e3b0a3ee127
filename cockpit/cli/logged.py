"""What `cockpit log` does once its words are there: read, append, answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from cockpit.cli.answer import answer
from cockpit.cli.writing import append_alone, asker, progress
from cockpit.department import Department, open_department
from cockpit.entry.deals import CUTS
from cockpit.entry.facts import WORK, drafts
from cockpit.entry.scene import Extras, Scene
from cockpit.entry.verbs import Verb
from cockpit.entry.words import Frame, composed, read
from cockpit.errors import Refused
from cockpit.words import t
from events.envelope import Appended, Draft, Event
from events.sqlite.engine import StrPath

_SAYING = ("seller", "client", "amount", "invoice", "seconds", "direction", "activity", "reason")


def log(path: StrPath, known: Verb, words: Sequence[str], options: Mapping[str, object]) -> None:
    """Append what the words say and answer with what it changed."""
    said = list(map(composed, words))
    extras, given_id = _extras(options), options.get("id")
    own = given_id if isinstance(given_id, str) else None
    with open_department(path, progress=progress()) as department:

        def make() -> list[Draft]:
            typed = read(said, known, _frame(department, known))
            return drafts(Scene(department, known, typed, extras, asker()), own)

        made, appended = _append(department, known, make, own)
        answer(department, made[0], appended[0], as_json=bool(options.get("json")))


def _append(
    department: Department, known: Verb, make: Callable[[], list[Draft]], own: str | None
) -> tuple[Sequence[Draft], list[Appended]]:
    """Append the facts, alone where they depend on the log; what it has already stays as it is."""
    kept = department.log.get([own]).get(own) if own else None
    if kept is not None:
        return _repeated(make()[0], kept)
    if known.name not in WORK:
        return append_alone(department, make)
    made = make()
    return made, department.log.append(made)


def _repeated(draft: Draft, kept: Event) -> tuple[list[Draft], list[Appended]]:
    """The event an id stands for already. Raises Refused where it says something else."""
    for name in _SAYING:
        if getattr(draft.body, name, None) != getattr(kept.body, name, None):
            raise Refused(
                t(
                    "the id {id} belongs to event {number}, which says something else",
                    id=kept.id,
                    number=kept.seq,
                )
            )
    return [draft], [Appended(kept.seq, kept.id, new=False)]


def _frame(department: Department, known: Verb) -> Frame:
    """What the words are read against."""
    settings = department.settings
    invoices = (
        department.desk.invoices(department.dials()).keys() if "invoice" in known.slots else ()
    )
    return Frame(
        currency=settings.currency, minor_digits=settings.minor_digits, invoices=set(invoices)
    )


def _extras(options: Mapping[str, object]) -> Extras:
    """The options as they are typed, the dimensions among them apart."""
    given = {name: value for name, value in options.items() if value is not None}
    cuts = {name: given[name] for name in CUTS if name in given}
    said = {name: given[name] for name in Extras.__struct_fields__ if name in given}
    return replace(Extras(), **said, cuts=cuts)
