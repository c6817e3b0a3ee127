"""The ledger of a replay: the events of a day, or those between two moments with their effects."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.render.dossier import late_by
from cockpit.tui.actions import key_of
from cockpit.tui.dials import said
from cockpit.tui.ledger import Compared, Day, Place
from cockpit.tui.messages import News
from cockpit.tui.sections.base import Drawn
from cockpit.tui.sheet import Cell, Column, Line, Sheet, Tone
from cockpit.tui.view import View
from cockpit.words import n, t
from events.envelope import Event
from projections.changes import Change
from projections.reports.plan_fact import PlanFactRow

_DAY = (
    Column(key="seq", title="", width=7),
    Column(key="when", title="", align="left", width=5),
    Column(key="kind", title="", align="left", elastic=True),
    Column(key="seller", title="", align="left", elastic=True, rank=2),
    Column(key="client", title="", align="left", elastic=True, rank=3),
    Column(key="amount", title="", width=9),
    Column(key="late", title="", align="left", rank=1),
)
_BETWEEN = (
    Column(key="seq", title="", width=7),
    Column(key="day", title="", align="left", width=5),
    Column(key="kind", title="", align="left", elastic=True),
    Column(key="seller", title="", align="left", elastic=True, rank=2),
    Column(key="state", title="", align="left", rank=1),
    Column(key="effect", title="", width=12),
)


def of_day(day: Day, place: int | None, drawn: Drawn, news: News | None) -> Sheet:
    """What was recorded, or what happened, on a day; the event the replay stands at comes first."""
    settings = news.settings if news else None
    if settings is None:
        return Sheet()
    zone, digits = ZoneInfo(settings.zone), settings.minor_digits
    named = f"{formats.weekday(day.day)} {formats.date(day.day)}"
    title = t("Recorded on {day}", day=named) if day.by_record else t("On {day}", day=named)
    count = n("{count} event", "{count} events", len(day.places),
              count=formats.count(len(day.places)))  # fmt: skip
    places = {each.seq: each for each in day.places}
    lines = tuple(
        _event_line(event, places[event.seq], day, zone, digits, drawn,
                    here=place is not None and index == 0)
        for index, event in enumerate(day.events)
    )  # fmt: skip
    empty = t("Nothing was recorded") if day.by_record else t("Nothing happened")
    return Sheet(title=title, aside=((count, "muted"),), columns=_DAY, lines=lines, empty=empty)


def _event_line(
    event: Event, place: Place, day: Day, zone: ZoneInfo, digits: int, drawn: Drawn, *, here: bool
) -> Line:
    """Position, time as it is known, kind, whose, how much, whether it was moved or came late."""
    occurred = place.occurred.astimezone(zone)
    moment = event.recorded.astimezone(zone) if day.by_record else occurred
    late = late_by(event.recorded - place.occurred)
    other = day.by_record and occurred.date() != day.day
    words = [formats.day(occurred.date())] if other else []
    if place.moved is not None:
        words.append(t("moved by #{number}", number=place.moved))
    if place.gone is not None:
        words.append(t("withdrawn by #{number}", number=place.gone))
    amount = getattr(event.body, "amount", None)
    return Line(
        event.id,
        (
            Cell(f"{'▸' if here else ''}{event.seq}", "strong" if here else "muted"),
            Cell(f"{moment:%H:%M}", "muted"),
            Cell(labels.kind(event.kind), "strong" if here else "plain"),
            Cell(_name(event.seller, drawn.names)),
            Cell(clean(day.clients.get(event.client or "", event.client or ""))),
            Cell(formats.money(amount, digits) if isinstance(amount, int) else ""),
            Cell(" · ".join([*words, late] if late else words), "warn"),
        ),
    )


def of_changes(message: Compared, drawn: Drawn, news: News | None, one: View, two: View) -> Sheet:
    """The events between two moments, each with what it did to plan-fact."""
    settings = news.settings if news else None
    if settings is None:
        return Sheet()
    digits, found = settings.minor_digits, message.changes
    if one.dials == two.dials:
        return Sheet(
            title=t("Marked: {moment}", moment=_moment(one, two)), empty=_marked(drawn.keymap)
        )
    count = n("{count} event", "{count} events", len(found.events),
              count=formats.count(len(found.events)))  # fmt: skip
    lines = tuple(_change_line(change, digits, drawn) for change in found.events)
    return Sheet(
        title=f"{_moment(one, two)} → {_moment(two, one)}",
        aside=((count, "muted"),),
        intro=(((_sums(found.before, found.after, digits), "strong"),),),
        columns=_BETWEEN,
        lines=lines,
        empty=t("Nothing moved plan or fact between the two"),
    )


def _marked(keymap: Mapping[str, str]) -> str:
    """How to go on from a mark that nothing is compared with yet."""
    back, on, now, forget = (
        key_of(name, keymap)
        for name in ("replay.back", "replay.on", "replay.now", "replay.compare")
    )
    return t(
        "{back} {on} go on to another day: what changed against this moment is marked.\n"
        "{now} takes this day as it is known now, {forget} forgets the mark.",
        back=back, on=on, now=now, forget=forget,
    )  # fmt: skip


def _moment(view: View, other: View) -> str:
    """A moment as short as it can be said; of two that see the same day, by what is known."""
    day, *rest = said(view)
    day = day.partition(",")[0]
    if view.position is not None:
        return rest[-1]
    known = rest[0] if rest else t("as known now")
    if view.seen == other.seen:
        return known
    at_once = view.known_at is not None and view.known_at.date() == view.seen
    return day if at_once else f"{day}, {known}"


def _sums(before: PlanFactRow, after: PlanFactRow, digits: int) -> str:
    """How plan, fact, line and deviation of the department moved, as far as they did."""
    said = []
    for key in ("plan", "fact", "line", "deviation"):
        one, two = getattr(before, key) or 0, getattr(after, key) or 0
        if one == two:
            continue
        moved = formats.number(formats.major(two - one, digits), signed=True)
        said.append(f"{labels.header(key)} {formats.number(formats.major(two, digits))} ({moved})")
    return " · ".join(said)


def _change_line(change: Change, digits: int, drawn: Drawn) -> Line:
    """An event and its effect."""
    tone: Tone = "plain"
    if change.plan is not None:
        effect = t("plan {amount}", amount=_signed(change.plan, digits))
    elif change.line:
        effect = t("working days")
    else:
        effect = _signed(change.fact, digits)
        tone = "good" if change.fact > 0 else "bad"
    return Line(
        change.id,
        (
            Cell(str(change.seq), "muted"),
            Cell(formats.day(change.day), "muted"),
            Cell(labels.kind(change.kind)),
            Cell(_name(change.seller, drawn.names)),
            Cell("" if change.state == "new" else labels.value("change", change.state), "warn"),
            Cell(effect, tone),
        ),
    )


def _signed(amount: int, digits: int) -> str:
    return formats.number(formats.major(amount, digits), signed=True)


def _name(seller: str | None, names: Mapping[str, str]) -> str:
    return clean(names.get(seller or "", seller or ""))
