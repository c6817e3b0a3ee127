"""From a window to the story of a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from events.vocabulary import EventCorrected, EventVoided, NormSet, PlanSet, name_of
from projections.order_book import CAUSES, OrderBook, order_book
from projections.question import Question
from projections.reports.story.rows import COLUMNS, LateRow, PlanChange, Repair, Story, StoryRow
from projections.source import Version
from projections.state import Settings
from projections.windows.story import StoryWindow


def story(window: StoryWindow, question: Question, settings: Settings) -> Story:
    """The month as one report; its order book adds up to the minor unit."""
    book = order_book(
        window.deals,
        question.period,
        window.course.seen,
        settings.recognition,
        question.sellers,
    )
    return Story(
        name="story",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(_rows(book)),
        trust=window.board.trust,
        book=book,
        board=window.board,
        course=window.course,
        changes=tuple(
            change
            for change in _changes(window.plans, question)
            if not question.sellers or change.who in (None, *question.sellers)
        ),
        rhythm=window.rhythm,
        corrections=window.corrections,
        late=tuple(
            LateRow(seller=cell.seller, events=cell.n, late=cell.late)
            for cell in window.sellers
            if cell.n
        ),
        late_sales=tuple(
            version.id
            for version in window.sales
            if version.late and _asked(version, question.sellers)
        ),
        repairs=tuple(_repairs(window.repairs, question.sellers)),
        bridge=window.bridge,
    )


def _rows(book: OrderBook) -> Iterator[StoryRow]:
    """Opening, what changed it, closing."""
    yield StoryRow(key="opening", line="opening", amount=book.opening, deals=len(book.opened))
    for cause in CAUSES:
        moves = [move for move in book.moves if move.cause == cause]
        yield StoryRow(
            key=cause,
            line=cause,
            amount=book.total(cause),
            deals=len({move.deal for move in moves}),
        )
    yield StoryRow(key="closing", line="closing", amount=book.closing, deals=len(book.closed))


def _changes(facts: Sequence[Version], question: Question) -> Iterator[PlanChange]:
    """Plans of the month whenever they were set, norms that began in it; against what held."""
    held: dict[tuple[str | None, ...], int] = {}
    for version in facts:
        body = version.body
        if isinstance(body, PlanSet):
            concerns = body.month == question.period.month and body.measure == question.measure
            if not concerns or body.client or body.segment:
                continue
            scope, who = _plan_scope(body)
            activity, after = None, body.amount
        elif isinstance(body, NormSet):
            scope, who = _norm_scope(body)
            activity, after = body.activity, body.count
            concerns = question.period.first <= body.since <= question.period.last
        else:
            continue
        key = (scope, who, activity, *_part(body))
        before = held.get(key)
        held[key] = after
        if concerns:
            yield PlanChange(
                id=version.id, day=version.day, scope=scope, who=who, activity=activity,
                before=before, after=after,
            )  # fmt: skip


def _plan_scope(body: PlanSet) -> tuple[str, str | None]:
    if body.reserve:
        return "reserve", body.team
    if body.seller is not None:
        return "seller", body.seller
    return ("team", body.team) if body.team is not None else ("department", None)


def _norm_scope(body: NormSet) -> tuple[str, str | None]:
    if body.seller is not None:
        return "seller", body.seller
    if body.team is not None:
        return "team", body.team
    return ("role", body.role) if body.role is not None else ("department", None)


def _part(body: PlanSet | NormSet) -> tuple[str | None, ...]:
    """What narrows a norm; of a plan its month."""
    return (body.book, body.direction) if isinstance(body, NormSet) else (body.month, None)


def _asked(version: Version, sellers: Sequence[str]) -> bool:
    return not sellers or getattr(version.body, "seller", None) in sellers


def _repairs(facts: Sequence[Version], sellers: Sequence[str]) -> Iterator[Repair]:
    for version in facts:
        body = version.body
        if isinstance(body, EventCorrected | EventVoided) and _asked(version, sellers):
            yield Repair(
                id=version.id, day=version.day, kind=name_of(type(body)), target=body.target,
                target_kind=body.target_kind, seller=body.seller,
            )  # fmt: skip
