"""What is said below the quality report: which card, who rates how, what goes with the sale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cockpit import formats, labels
from cockpit.render.cells import clean
from cockpit.words import n, t
from projections.reports.quality import Quality, Twice
from projections.reports.quality.rows import RECENT


def carding(report: Quality, names: Mapping[str, str]) -> list[str]:
    """The card asked now, who was not listened to, and what two people saw in one call."""
    return [
        *_card(report),
        *_unheard(report, names),
        *(twice(each, report, names) for each in report.calibration),
        *_links(report),
    ]


def twice(found: Twice, report: Quality, names: Mapping[str, str]) -> str:
    """`Ivanov, 11-16: one call rated 7.2 by Petrova and 6.0 by head`, and where most apart.

    `names` have who filled each card by its id; where that is not known its number stands there.
    """
    one, two = (formats.number(value, 1) for value in found.means)
    first, second = (
        clean(names.get(event, f"#{card}"))
        for event, card in zip(found.events, found.cards, strict=True)
    )
    said = t(
        "{name}, {day}: one call rated {one} by {first} and {two} by {second}",
        name=clean(names.get(found.seller, found.seller)),
        day=formats.day(found.day),
        one=one,
        two=two,
        first=first,
        second=second,
    )
    if found.criterion is None or found.scores is None or found.scores[0] == found.scores[1]:
        return said
    return t(
        "{said}, furthest apart in “{criterion}”: {one} and {two}",
        said=said,
        criterion=clean(report.text(found.criterion)),
        one=found.scores[0],
        two=found.scores[1],
    )


def _card(report: Quality) -> Iterator[str]:
    if report.template is None:
        yield t("no card yet: cockpit card template --default")
        return
    yield t(
        "card “{template}”, revision {revision}; the weakest and the trend are of the last "
        "{count} cards",
        template=clean(labels.value("template", report.template)),
        revision=report.revision,
        count=RECENT,
    )
    gone = dict.fromkeys(row.criterion for row in report.criteria if not row.asked)
    if gone:
        listed = ", ".join(clean(report.text(name)) for name in gone if name)
        yield t("asked no more: {criteria}", criteria=listed)


def _unheard(report: Quality, names: Mapping[str, str]) -> Iterator[str]:
    missing = [row.seller for row in report.rows if not row.cards and row.seller]
    if missing and report.template is not None:
        listed = ", ".join(clean(names.get(seller, seller)) for seller in missing)
        yield n(
            "{count} seller without a card in the period: {names}",
            "{count} sellers without a card in the period: {names}",
            len(missing),
            names=listed,
        )


def _links(report: Quality) -> Iterator[str]:
    """The criteria that go with the sale by more than chance, or that none of them does."""
    for link in report.links:
        if link.clear:
            criterion = clean(report.text(link.criterion))
            r = formats.number(link.r, 2, signed=True)
            yield n(
                "“{criterion}” goes with the sale: r = {r} over {count} conversation",
                "“{criterion}” goes with the sale: r = {r} over {count} conversations",
                link.n,
                criterion=criterion,
                r=r,
            )
    if report.links and not any(link.clear for link in report.links):
        yield n(
            "no criterion goes clearly with the sale over {count} conversation",
            "no criterion goes clearly with the sale over {count} conversations",
            max(link.n for link in report.links),
        )
