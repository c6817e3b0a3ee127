"""The log as a plain Python list: the plainest thing that keeps the promises of `events.log`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from zoneinfo import ZoneInfo

import msgspec

from events.codec import CODEC
from events.envelope import Appended, Draft, Event, Head, Unknown
from events.errors import Conflict, Invalid
from events.log import Chunk, Stretch
from events.prepare import Prepared, body_of, prepare
from events.rules import corrected
from events.seal import NO_LINK, fresh_salt, link_of
from events.trace import Trace
from events.vocabulary import ClientRegistered, EventCorrected, EventVoided, SellerHired


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class ListLog:
    """Every question is answered by walking the whole list."""

    def __init__(
        self,
        clock: Callable[[], dt.datetime] = utc_now,
        salt: Callable[[], str] = fresh_salt,
    ) -> None:
        self.events: list[Event] = []
        self.drafts: list[Draft] = []
        self._clock = clock
        self._salt = salt

    def append(self, drafts: Sequence[Draft], *, expected: int | None = None) -> list[Appended]:
        return self.keep(self.prepare(drafts), expected=expected)

    def prepare(self, drafts: Sequence[Draft]) -> Sequence[Prepared]:
        return prepare(drafts, [self._clock() for _ in drafts], self._salt)

    def keep(self, batch: Sequence[Prepared], *, expected: int | None = None) -> list[Appended]:
        before = len(self.events)
        try:
            return [self._add(prepared, expected, before) for prepared in batch]
        except Exception:
            del self.events[before:], self.drafts[before:]
            raise

    def _add(self, prepared: Prepared, expected: int | None, before: int) -> Appended:
        draft = _draft(prepared)
        known = self._known(draft)
        if known is not None:
            return Appended(known.seq, known.id, False)
        if expected not in (None, before):
            raise Conflict("the log moved on", seq=before)
        if isinstance(draft.body, EventCorrected | EventVoided):
            self._check_repair(draft.body)
        head = self.head()
        latest = self.events[-1].recorded_at if self.events else ""
        moment = f"{prepared.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
        recorded_at = max(latest, moment)
        _, kind, version, occurred_at, *_, seller, client, deal, text = prepared.columns
        event = Event(
            seq=head.seq + 1,
            id=draft.id,
            kind=kind,
            version=version,
            occurred_at=occurred_at,
            recorded_at=recorded_at,
            actor=draft.actor,
            source=draft.source,
            external_id=draft.external_id,
            seller=seller,
            client=client,
            deal=deal,
            body=CODEC.decode(kind, version, text),
            digest=prepared.digest,
            link=link_of(head.link, head.seq + 1, recorded_at, prepared.digest),
        )
        self.events.append(event)
        self.drafts.append(draft)
        return Appended(event.seq, event.id, True)

    def _known(self, draft: Draft) -> Event | None:
        for event, earlier in zip(self.events, self.drafts, strict=True):
            says = (earlier.body, earlier.occurred_at) == (draft.body, draft.occurred_at)
            envelope = (earlier.actor, earlier.source, earlier.external_id)
            if event.id == draft.id:
                if not says or envelope != (draft.actor, draft.source, draft.external_id):
                    raise Conflict("the id is taken", seq=event.seq)
                return event
        for event, earlier in zip(self.events, self.drafts, strict=True):
            origin = (draft.source, draft.external_id)
            if draft.external_id is not None and (event.source, event.external_id) == origin:
                if (earlier.body, earlier.occurred_at) != (draft.body, draft.occurred_at):
                    raise Conflict("the origin is taken", seq=event.seq)
                return event
        return None

    def _check_repair(self, body: EventCorrected | EventVoided) -> None:
        target = next((event for event in self.events if event.id == body.target), None)
        if target is None:
            raise Invalid("there is no event like that")
        if target.kind != body.target_kind:
            raise Invalid(f"it is a {target.kind}")
        if isinstance(body, EventVoided):
            if self._gone(target.id, len(self.events)):
                raise Invalid("voided already")
        elif not isinstance(target.body, Unknown):
            corrected(target.body, body.fields)

    def _gone(self, event_id: str, upto: int) -> bool:
        return any(
            isinstance(event.body, EventVoided)
            and event.body.target == event_id
            and not self._gone(event.id, upto)
            for event in self.events[:upto]
        )

    def read(self, after: int = 0, upto: int | None = None) -> Iterator[Event]:
        yield from self.events[after:upto]

    def chunks(self, after: int = 0, upto: int | None = None, size: int = 4096) -> Iterator[Chunk]:
        events = self.events[after:upto]
        for start in range(0, len(events), size):
            yield _chunk(events[start : start + size])

    def pick(self, seqs: Sequence[int]) -> Iterator[Chunk]:
        events = [event for event in self.events if event.seq in seqs]
        if events:
            yield _chunk(events)

    def stretches(
        self, after: int = 0, upto: int | None = None, size: int = 2048
    ) -> Iterator[Stretch]:
        for chunk in self.chunks(after, upto, size):
            moments = (chunk.recorded[0], chunk.recorded[-1])
            yield Stretch(chunk.seqs[0], chunk.occurred, chunk.bodies, moments)

    def positions(
        self,
        *,
        kinds: Sequence[str] = (),
        clients: Sequence[str] = (),
        deals: Sequence[str] = (),
        upto: int | None = None,
    ) -> list[int]:
        return [
            event.seq
            for event in self.events[:upto]
            if (not kinds or event.kind in kinds)
            and (not clients or event.client in clients)
            and (not deals or event.deal in deals)
        ]

    def moments(self, first: str, last: str, upto: int | None = None) -> list[tuple[int, str]]:
        return [
            (event.seq, event.occurred_at)
            for event in self.events[:upto]
            if first <= event.occurred_at < last
        ]

    def find(self, trace: Trace) -> Iterator[Event]:
        upto = len(self.events) if trace.upto is None else trace.upto
        found = {event.id for event in self.events[:upto] if self._speaks(trace, event, upto)}
        for event in self.events[:upto]:
            if isinstance(event.body, EventCorrected | EventVoided) and event.body.target in found:
                found.add(event.id)
        listed = [event for event in self.events[:upto] if event.id in found]
        repaired = {
            event.body.target
            for event in listed
            if event.seq > trace.after and isinstance(event.body, EventCorrected | EventVoided)
        }
        yield from (event for event in listed if event.seq > trace.after or event.id in repaired)

    def _speaks(self, trace: Trace, event: Event, upto: int) -> bool:
        logged: dict[str, object] = {
            **{name: getattr(event.body, name, None) for name, _ in trace.fields},
            "seller": event.seller,
            "client": event.client,
            "deal": event.deal,
            "occurred_at": event.occurred_at,
        }
        now = dict(logged)
        for later in self.events[:upto]:
            fix = later.body
            if isinstance(fix, EventCorrected) and fix.target == event.id:
                now.update({} if self._gone(later.id, upto) else fix.fields)
        kind = not trace.kinds or event.kind in trace.kinds
        kind = kind and (not trace.ids or event.id in trace.ids)
        return kind and any(_matches(trace, state) for state in (logged, now))

    def get(self, ids: Sequence[str]) -> dict[str, Event]:
        return {event.id: event for event in self.events if event.id in ids}

    def head(self) -> Head:
        return Head(len(self.events), self.events[-1].link if self.events else NO_LINK)

    def known_upto(self, recorded_at: str) -> int:
        moment = dt.datetime.fromisoformat(recorded_at)
        return sum(event.recorded <= moment for event in self.events)

    def reveal(self, events: Sequence[Event]) -> list[Event]:
        return [
            msgspec.structs.replace(event, body=self.drafts[event.seq - 1].body) for event in events
        ]

    def names(self, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for event, draft in zip(self.events, self.drafts, strict=True):
            body = draft.body
            if self._gone(event.id, len(self.events)):
                continue
            if kind == "seller" and isinstance(body, SellerHired):
                found[body.seller] = self._renamed(event.id, body.name)
            elif kind == "client" and isinstance(body, ClientRegistered):
                found[body.client] = self._renamed(event.id, body.name)
        return found

    def _renamed(self, target: str, name: str) -> str:
        for event, draft in zip(self.events, self.drafts, strict=True):
            body = draft.body
            if isinstance(body, EventCorrected) and body.target == target and "name" in body.fields:
                name = name if self._gone(event.id, len(self.events)) else str(body.fields["name"])
        return name


def _draft(prepared: Prepared) -> Draft:
    event_id, _, _, occurred_at, actor, source, external_id, *_ = prepared.columns
    return Draft(
        id=event_id,
        body=body_of(prepared),
        occurred_at=dt.datetime.fromisoformat(occurred_at),
        actor=actor,
        source=source,
        external_id=external_id,
    )


def _chunk(events: Sequence[Event]) -> Chunk:
    return Chunk(
        [event.seq for event in events],
        [event.id for event in events],
        [event.occurred_at for event in events],
        [event.recorded_at for event in events],
        [event.body for event in events],
    )


def _matches(trace: Trace, state: dict[str, object]) -> bool:
    keys = (("seller", trace.sellers), ("client", trace.clients), ("deal", trace.deals))
    for name, wanted in keys:
        if wanted and (state[name] or "") not in wanted:
            return False
    if any(state[name] != value for name, value in trace.fields):
        return False
    moment = dt.datetime.fromisoformat(str(state["occurred_at"]))
    day = moment.astimezone(ZoneInfo(trace.zone)).date()
    return (trace.first or day) <= day <= (trace.last or day)
