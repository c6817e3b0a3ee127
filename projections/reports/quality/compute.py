"""From cards to the quality of each seller's talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from msgspec.structs import replace

from events.vocabulary import Criterion
from projections.cards import Card, asked, criterion_mean, ever_asked, mean, weakest
from projections.correlation import clear, correlation
from projections.question import Question
from projections.reports.quality.rows import (
    COLUMNS,
    RECENT,
    Basis,
    Link,
    Quality,
    QualityRow,
    Twice,
)
from projections.state import Settings
from projections.windows.quality import QualityWindow


def quality(window: QualityWindow, question: Question, settings: Settings) -> Quality:
    """Cards of the period by seller; the last ones reach back before it."""
    everything = _of(window.cards, question.sellers)
    inside = tuple(card for card in everything if card.day >= question.period.first)
    last = {
        seller: tuple(card for card in everything if card.seller == seller)[-RECENT:]
        for seller in _sellers(window, question, inside)
    }
    still = asked(window.templates)
    questions = tuple(ever_asked(window.templates).values())
    rows = sorted(
        (
            _row(seller, [card for card in inside if card.seller == seller], recent, still)
            for seller, recent in last.items()
        ),
        key=lambda row: (row.mean is None, row.mean or 0, row.key),
    )
    total = _total(inside, last, still)
    newest = window.templates[-1] if window.templates else None
    return Quality(
        name="quality",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(rows),
        criteria=tuple(
            part
            for row in (*rows, total)
            for part in _parts(row, inside, last, [each.id for each in questions], still)
        ),
        total=total,
        trust=window.trust,
        questions=questions,
        template=newest.template if newest else None,
        revision=newest.revision if newest else None,
        calibration=tuple(_calibration(inside)),
        links=tuple(_links(everything, questions, window.decided)),
        basis=Basis(
            zone=settings.zone, last=window.last, template=newest, cards=inside, recent=last
        ),
    )


def halves(recent: Sequence[Card]) -> tuple[Sequence[Card], Sequence[Card]] | None:
    """The older and the newer half of the last cards, of the same size; None below four cards."""
    size = len(recent) // 2
    return (recent[-2 * size : -size], recent[-size:]) if size >= 2 else None


def _of(cards: Iterable[Card], sellers: Sequence[str]) -> tuple[Card, ...]:
    return tuple(card for card in cards if not sellers or card.seller in sellers)


def _sellers(window: QualityWindow, question: Question, inside: Sequence[Card]) -> list[str]:
    """Those with cards in the period, and those who work on its last day and have none."""
    working = [key for key, person in window.people.items() if person.employed(window.last)]
    wanted = [key for key in working if not question.sellers or key in question.sellers]
    return sorted({card.seller for card in inside} | set(wanted))


def _row(
    seller: str, cards: Sequence[Card], recent: Sequence[Card], still: Sequence[Criterion]
) -> QualityRow:
    row = QualityRow(key=f"seller:{seller}", seller=seller, cards=len(cards))
    return _judged(_counted(row, cards), mean(cards), recent, still, _trend([recent]))


def _total(
    inside: Sequence[Card], last: Mapping[str, Sequence[Card]], still: Sequence[Criterion]
) -> QualityRow:
    """All cards; its last ones are those of all sellers, and so are its halves."""
    row = _counted(QualityRow(key="department", seller=None, cards=len(inside)), inside)
    pooled = [card for recent in last.values() for card in recent]
    return _judged(row, mean(inside), pooled, still, _trend(last.values()))


def _counted(row: QualityRow, cards: Sequence[Card]) -> QualityRow:
    kinds = [card.evidence for card in cards]
    return replace(
        row,
        by_call=kinds.count("call"),
        by_live=kinds.count("live"),
        by_chat=kinds.count("chat"),
    )


def _judged(
    row: QualityRow,
    value: Fraction | None,
    recent: Sequence[Card],
    still: Sequence[Criterion],
    trend: Fraction | None,
) -> QualityRow:
    low = weakest(recent, still)
    return replace(
        row,
        mean=value,
        trend=trend,
        weakest=low[0] if low else None,
        weakest_mean=low[1] if low else None,
        recent=len(recent),
        last=max((card.day for card in recent), default=None),
    )


def _trend(groups: Iterable[Sequence[Card]], criterion: str | None = None) -> Fraction | None:
    """The mean of the newer halves of the last cards less that of the older ones."""
    split = [pair for recent in groups if (pair := halves(recent)) is not None]
    older = _mean([card for pair in split for card in pair[0]], criterion)
    newer = _mean([card for pair in split for card in pair[1]], criterion)
    return newer - older if older is not None and newer is not None else None


def _mean(cards: Sequence[Card], criterion: str | None) -> Fraction | None:
    return mean(cards) if criterion is None else criterion_mean(cards, criterion)


def _parts(
    whole: QualityRow,
    inside: Sequence[Card],
    last: Mapping[str, Sequence[Card]],
    order: Sequence[str],
    still: Sequence[Criterion],
) -> Iterable[QualityRow]:
    """The criteria of a row that were scored in the period, in the order they are asked."""
    kept = {each.id for each in still}
    groups = list(last.values()) if whole.seller is None else [last[whole.seller]]
    mine = [card for card in inside if whole.seller in (None, card.seller)]
    scored = {mark.criterion for card in mine for mark in card.marks}
    for name in [*order, *sorted(scored - set(order))]:
        cards = [card for card in mine if card.score(name) is not None]
        if cards:
            row = QualityRow(
                key=f"{whole.key}|{name}",
                seller=whole.seller,
                criterion=name,
                cards=len(cards),
                mean=criterion_mean(cards, name),
                trend=_trend(groups, name),
                recent=sum(card.score(name) is not None for group in groups for card in group),
                last=cards[-1].day,
                asked=name in kept,
            )
            yield _counted(row, cards)


def _calibration(inside: Sequence[Card]) -> Iterable[Twice]:
    """Calls with two cards or more; the pair that lies furthest apart speaks for the call."""
    by_call: dict[str, list[Card]] = {}
    for card in inside:
        if card.call is not None:
            by_call.setdefault(card.call, []).append(card)
    for call, cards in by_call.items():
        pairs = [_twice(call, one, two) for one, two in combinations(cards, 2)]
        compared = [pair for pair in pairs if pair is not None]
        if compared:
            yield max(compared, key=lambda pair: pair.difference)


def _twice(call: str, one: Card, two: Card) -> Twice | None:
    first, second = one.mean, two.mean
    if first is None or second is None:
        return None
    both = [
        (mark.criterion, mark.score, other)
        for mark in one.marks
        if (other := two.score(mark.criterion)) is not None
    ]
    apart = max(both, key=lambda each: abs(each[1] - each[2]), default=None)
    return Twice(
        call=call,
        seller=one.seller,
        day=one.day,
        cards=(one.seq, two.seq),
        events=(one.id, two.id),
        means=(first, second),
        difference=abs(first - second),
        criterion=apart[0] if apart else None,
        scores=apart[1:] if apart else None,
    )


def _links(
    cards: Sequence[Card], questions: Sequence[Criterion], decided: Mapping[str, bool]
) -> Iterable[Link]:
    """r of score and sale, silent below thirty cards (feature P12)."""
    for question in questions:
        pairs = [
            (score, int(sold))
            for card in cards
            if (sold := decided.get(card.deal or "")) is not None
            and (score := card.score(question.id)) is not None
        ]
        r = correlation(pairs)
        if r is not None:
            yield Link(criterion=question.id, n=len(pairs), r=r, clear=clear(r, len(pairs)))
