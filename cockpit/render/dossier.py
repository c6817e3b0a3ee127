"""One event in full: envelope, body, what corrected it, and its neighbours in the chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from cockpit import formats, labels
from cockpit.render import correcting
from cockpit.render.cells import clean, fit, width
from cockpit.render.events import record
from cockpit.render.json import encode
from cockpit.words import n, t
from events.envelope import Event, Unknown
from events.seal import is_sealed
from events.vocabulary import EventCorrected, EventVoided
from projections.dossier import Dossier

Part = Literal["event", "body", "repair", "chain"]

_MONEY: Final = frozenset({"amount", "cost", "direct"})
_SELLERS: Final = frozenset({"seller", "sellers", "to", "present", "uncorrected"})
_PART: Final = "_bp"
"""Ends the names of fields in basis points, hundredths of a per cent."""

_HIDDEN: Final = frozenset({"seller", "client", "deal", "target_kind"})
"""What the envelope says already."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the page; `opens` is the id of the event it speaks of, if it is another one."""

    key: str
    part: Part
    title: str
    text: str
    opens: str | None = None


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """What keys are called, and how moments and money are written."""

    sellers: Mapping[str, str]
    clients: Mapping[str, str]
    zone: str
    minor_digits: int


def told(found: Dossier, named: Named) -> list[Told]:
    """Every line of the page, in the order it is read."""
    return [
        *_envelope(found, named),
        *_body(found, named),
        *_repairs(found, named),
        *_chain(found, named),
    ]


def text(found: Dossier, named: Named) -> str:
    """The page as lines for a terminal."""
    lines = told(found, named)
    size = max(width(line.title) for line in lines)
    said: list[str] = []
    part: Part | None = None
    for line in lines:
        if line.part != part and part is not None:
            said.append("")
        part = line.part
        said.append(f"{fit(line.title, size)}  {line.text}".rstrip())
    return "\n".join(said) + "\n"


def json(found: Dossier, *, pay_sheet: str | None = None) -> str:
    """The same for programs; `pay_sheet` is the month it is paid for in, None where it is not."""
    body = found.body
    stands = (
        msgspec.to_builtins(body) if body is not None and not isinstance(body, Unknown) else None
    )
    return encode(
        {
            "event": record(found.event),
            "seconds_late": int(found.delay.total_seconds()),
            "void": found.void,
            "occurred_at": found.occurred_at,
            "stands": stands,
            "repairs": [record(repair) for repair in found.repairs],
            "repairs_event": None if found.target is None else record(found.target),
            "previous": _neighbour(found.before),
            "next": _neighbour(found.after),
            "pay_sheet": pay_sheet,
        }
    )


def title(found: Dossier) -> str:
    """`payment, event 1 042`."""
    kind = labels.kind(found.event.kind)
    return t("{kind}, event {number}", kind=kind, number=found.event.seq)


def _neighbour(event: Event | None) -> dict[str, object] | None:
    if event is None:
        return None
    return {"seq": event.seq, "id": event.id, "kind": event.kind, "link": event.link}


def _envelope(found: Dossier, named: Named) -> Iterator[Told]:
    event, zone = found.event, ZoneInfo(named.zone)

    def line(key: str, title: str, text: str) -> Told:
        return Told(key=key, part="event", title=title, text=clean(text))

    yield line("kind", t("event"), f"{labels.kind(event.kind)} ({event.kind}, v{event.version})")
    yield line("seq", t("position"), str(event.seq))
    yield line("id", t("id"), event.id)
    yield line("occurred", t("happened"), _moment(event.occurred, zone))
    late = late_by(found.delay)
    recorded = _moment(event.recorded, zone)
    yield line("recorded", t("recorded"), f"{recorded} · {late}" if late else recorded)
    yield line("actor", t("logged by"), _called(event.actor, named.sellers))
    source = event.source if event.external_id is None else f"{event.source}: {event.external_id}"
    yield line("source", t("source"), source)
    for key, title, value in (
        ("seller", t("seller"), _called(event.seller, named.sellers)),
        ("client", t("client"), _called(event.client, named.clients)),
        ("deal", t("deal"), event.deal or ""),
    ):
        if value:
            yield line(key, title, value)
    if found.void:
        yield line("void", t("stands"), t("withdrawn: it counts nowhere"))


def _body(found: Dossier, named: Named) -> Iterator[Told]:
    """What the event says, its money first; behind an arrow what a correction makes of it."""
    body, changed = found.event.body, found.changed
    if isinstance(body, Unknown):
        said = t("written by a newer program: {text}", text=body.raw)
        yield Told(key="raw", part="body", title=t("body"), text=clean(said))
        return
    moved = changed.pop("occurred_at", None)
    if isinstance(moved, str):
        moment = _moment(dt.datetime.fromisoformat(moved), ZoneInfo(named.zone))
        yield Told(key="moved", part="body", title=t("happened"), text=f"→ {moment}")
    for name in sorted(body.__struct_fields__, key=lambda name: name != "amount"):
        value = getattr(body, name)
        if name in changed:
            text = f"{_shown(name, value, named)} → {_shown(name, changed[name], named)}"
        elif value in (None, (), {}) or name in _HIDDEN:
            continue
        else:
            text = _shown(name, value, named)
        yield Told(key=f"body/{name}", part="body", title=labels.field(name), text=clean(text))


def _repairs(found: Dossier, named: Named) -> Iterator[Told]:
    """What corrected or withdrew it, and what it corrects or withdraws itself."""
    if found.target is not None:
        text = _line(found.target, named)
        yield Told(key=found.target.id, part="repair", title=t("repairs"), text=text,
                   opens=found.target.id)  # fmt: skip
    for repair in found.repairs:
        reason = getattr(repair.body, "reason", "")
        said = f"{_line(repair, named)}: {_shown('reason', reason, named)}{_fields(repair, named)}"
        yield Told(key=repair.id, part="repair", title=labels.kind(repair.kind), text=clean(said),
                   opens=repair.id)  # fmt: skip


def _chain(found: Dossier, named: Named) -> Iterator[Told]:
    """The links that tie it between its neighbours."""
    event = found.event
    for key, title, other in (
        ("before", t("previous"), found.before),
        ("after", t("next"), found.after),
    ):
        if key == "after":
            yield Told(key="digest", part="chain", title=t("digest"), text=event.digest)
            yield Told(key="link", part="chain", title=t("link"), text=event.link)
        if other is None:
            end = t("the log begins here") if key == "before" else t("the log ends here")
            yield Told(key=key, part="chain", title=title, text=end)
        else:
            text = f"{_line(other, named)} · {other.link}"
            yield Told(key=key, part="chain", title=title, text=text, opens=other.id)


def _line(event: Event, named: Named) -> str:
    """Another event in a line: position, kind, when recorded, by whom."""
    recorded = _moment(event.recorded, ZoneInfo(named.zone))
    who = _called(event.actor, named.sellers)
    return clean(f"#{event.seq} {labels.kind(event.kind)}, {recorded}, {who}")


def _fields(repair: Event, named: Named) -> str:
    """What a correction puts right."""
    if not isinstance(repair.body, EventCorrected | EventVoided):
        return ""
    fields = repair.body.fields if isinstance(repair.body, EventCorrected) else {}
    said = ", ".join(
        f"{labels.field(name)}={_shown(name, value, named)}" for name, value in fields.items()
    )
    return f" ({said})" if said else ""


def late_by(delay: dt.timedelta) -> str:
    """How late something was recorded, nothing within 24 hours."""
    if delay <= dt.timedelta(days=1):
        return ""
    days = delay.days
    return n("{count} day late", "{count} days late", days, count=formats.count(days))


def _moment(moment: dt.datetime, zone: ZoneInfo) -> str:
    return formats.moment(moment.astimezone(zone))


def _called(key: str | None, names: Mapping[str, str]) -> str:
    """A key with its name where it has one."""
    if not key:
        return ""
    return f"{names[key]} ({key})" if names.get(key, key) != key else key


def _shown(name: str, value: object, named: Named) -> str:
    """A field as people read it; what was erased says so."""
    match value:
        case None | "":
            return t("erased") if value == "" else formats.UNKNOWN
        case bool():
            return t("yes") if value else t("no")
        case int():
            return _number(name, value, named)
        case dt.date():
            return formats.date(value)
        case str():
            return _text(name, value, named)
        case tuple() if all(isinstance(each, str | dt.date) for each in value):
            return ", ".join(_shown(name, each, named) for each in value)
        case dict() | tuple():
            return msgspec.json.encode(value).decode()
    return str(value)


def _number(name: str, value: int, named: Named) -> str:
    """Money, a length, a part of something, or a count."""
    if name in _MONEY:
        return formats.money(value, named.minor_digits)
    if name.endswith(_PART):
        return formats.percent(Fraction(value, 100), 2 if value % 100 else 0)
    return formats.duration(value) if name == "seconds" else str(value)


def _text(name: str, value: str, named: Named) -> str:
    """A person by name, a metric in words, a value as every report has it."""
    if is_sealed(value):
        return t("erased")
    if name in _SELLERS:
        return _called(value, named.sellers)
    return correcting.metric(value) if name == "metric" else labels.value(name, value)
