"""Agreeing a correction: what is proposed in words, what is wrong with it, what is logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from cockpit import formats, labels
from cockpit.entry import agreed, moments
from cockpit.errors import Refused
from cockpit.render import correcting
from cockpit.topics import suggested
from cockpit.words import n, t
from events.envelope import Draft, new_id
from events.vocabulary import CorrectionAgreed, CorrectionReviewed
from events.vocabulary.meetings import ReviewVerdict
from projections.corrections import AT_MOST_OPEN, CorrectionState
from projections.formula import Unit
from projections.metrics import CHECK, MONEY, is_metric, kind_of, pair_of
from projections.reports.proposal import Proposal, ShareRead

NO_TOPIC = "—"
"""Stands for no topic where one is chosen from a list."""

FIGURES: Final = ("before", "target")
"""The fields that are figures of the metric."""


def proposed(report: Proposal, metric: str) -> dict[str, str]:
    """From, to, action and topic for a metric, in words; empty where nothing is known."""
    row = next((row for row in report.rows if row.metric == metric), None)
    before = value(row.before, row.unit, report) if row else ""
    target = value(row.target, row.unit, report) if row else ""
    return {
        "before": before,
        "target": target,
        "action": action(metric, target),
        "topic": report.topic_of.get(metric) or suggested(metric) or NO_TOPIC,
    }


def action(metric: str, target: str) -> str:
    """What could be done about a metric, for a start; "" where that hangs on an unknown target."""
    if not target and (metric in MONEY or kind_of(metric) == "count"):
        return ""
    name = correcting.metric(metric)
    if kind_of(metric) == "share":
        return t("{metric}: hear one conversation together and agree what to say", metric=name)
    if metric == CHECK:
        return t("offer the next bigger option first")
    if metric in MONEY:
        return t("name the deals and the day of payment for {target} a day", target=target)
    if kind_of(metric) == "mean":
        return t("{metric}: prepare three sentences and use them today", metric=name)
    return t("{metric}: {target} a day, the first half before noon", metric=name, target=target)


def reading(report: Proposal, metric: str) -> str:
    """How a conversion is read by which a correction is judged, with its figure, and what the
    board has where it shows another reading; "" for any other metric.
    """
    row = next((row for row in report.rows if row.metric == metric), None)
    judged, board = (row.judged, row.board) if row else (None, None)
    if judged is None or board is None:
        return ""
    of = {it.reading: labels.value("reading", it.reading) for it in (judged, board)}
    said = [t("the effect is judged {reading}: {figure}",
              reading=of[judged.reading], figure=_read(judged))]  # fmt: skip
    if board.reading != judged.reading:
        said.append(t("the board shows it {reading}: {figure}",
                      reading=of[board.reading], figure=_read(board)))  # fmt: skip
    if judged.share is None and row is not None:
        said.append(
            t("nothing of it this month yet: type how it is")
            if row.reckoned is None
            else t("nothing of it this month yet, so it begins with catching up")
        )
    return " · ".join(said)


def whole(report: Proposal, metric: str) -> str:
    """Says of a conversion that it cannot grow; "" where it can."""
    row = next((row for row in report.rows if row.metric == metric), None)
    if row is None or row.judged is None or row.before is None or row.target is not None:
        return ""
    return t("everything goes on already: another metric has more to give")


def unit(metric: str, report: Proposal) -> str:
    """In what from and to are told: `calls a day`, `£ a day`, `£`, `per cent`, `points`."""
    currency = formats.unit(report.currency)
    match kind_of(metric):
        case "share":
            return t("per cent")
        case "mean":
            return currency if metric == CHECK else t("points")
        case "money":
            return t("{change} a day", change=currency)
    return t("{change} a day", change=correcting.metric(metric))


def until_day(text: str, today: dt.date) -> dt.date:
    """The day that was typed; raises Refused for one gone by or none at all."""
    return moments.ahead(moments.parse(text), today)


def wrong(values: Mapping[str, str], report: Proposal, today: dt.date) -> dict[str, str]:
    """What is wrong with a form filled on a day, by field."""
    found = {
        key: said
        for key, said in (
            ("before", t("from what? Type how it is now")),
            ("target", whole(report, values["metric"]) or t("to what? Type what it shall be")),
            ("action", t("what changes? Say it in words")),
        )
        if not values[key].strip()
    }
    found |= _no_figures({key: values[key] for key in FIGURES if key not in found},
                         values["metric"], report)  # fmt: skip
    try:
        day = until_day(values["until"], today)
    except Refused as refused:
        found["until"] = str(refused)
    else:
        within = report.workdays and day <= report.workdays[-1]
        if within and day not in report.workdays:
            after = next(each for each in report.workdays if each > day)
            found["until"] = t("nobody works on {day}: type {next}",
                               day=formats.date(day), next=formats.date(after))  # fmt: skip
    return found


def _no_figures(values: Mapping[str, str], metric: str, report: Proposal) -> dict[str, str]:
    """Which of these are no figures of the metric, and what to type instead."""
    found: dict[str, str] = {}
    for key, typed in values.items():
        try:
            _kept(typed, metric, report)
        except Refused as refused:
            found[key] = str(refused)
    return found


def settled(values: Mapping[str, str], report: Proposal) -> dict[str, str]:
    """A form with from and to as they are kept; raises Refused with what `wrong` says."""
    fixed = {key: _kept(values[key], values["metric"], report) for key in FIGURES}
    return {**values, **fixed}


def _kept(typed: str, metric: str, report: Proposal) -> str:
    return agreed.kept(typed, metric, unit=unit(metric, report), currency=report.currency,
                       minor_digits=report.minor_digits)  # fmt: skip


def too_many(open_now: tuple[CorrectionState, ...]) -> bool:
    """Whether the seller has as many open as work at once."""
    return len(open_now) >= AT_MOST_OPEN


def refused(name: str, open_now: tuple[CorrectionState, ...]) -> str:
    """The same on the screen, where the answer is a key away."""
    return n(
        "{name} has {count} open correction: answer for one first, with Enter on it among the "
        "corrections",
        "{name} has {count} open corrections: answer for one first, with Enter on it among the "
        "corrections",
        len(open_now),
        name=name,
    )


def refusal(name: str, seller: str, open_now: tuple[CorrectionState, ...]) -> str:
    """Why a further correction is not taken, and what to do."""
    first = open_now[0].number
    return n(
        "{name} has {count} open correction: answer for one first, as in cockpit done {number} "
        '"what came of it" --as {seller}',
        "{name} has {count} open corrections: answer for one first, as in cockpit done {number} "
        '"what came of it" --as {seller}',
        len(open_now),
        name=name,
        number=first,
        seller=seller,
    )


def agreement(
    values: Mapping[str, str],
    *,
    seller: str,
    until: dt.date,
    actor: str,
    now: dt.datetime,
    standup: str | None = None,
) -> Draft:
    """A form that is `settled` as it is logged; raises Refused for a metric there is not."""
    metric = values["metric"]
    if not is_metric(metric):
        raise Refused(t("{metric} is nothing that is counted", metric=metric))
    topic = values.get("topic") or NO_TOPIC
    body = CorrectionAgreed(
        correction=new_id(),
        seller=seller,
        metric=metric,
        before=values["before"],
        target=values["target"],
        until=until,
        action=values["action"],
        topic=None if topic == NO_TOPIC else topic,
        standup=standup,
    )
    return Draft(body=body, occurred_at=now, actor=actor)


def answer(
    state: CorrectionState,
    verdict: ReviewVerdict,
    *,
    actor: str,
    now: dt.datetime,
    note: str = "",
    until: dt.date | None = None,
) -> Draft:
    """What came of a correction, as it is logged."""
    body = CorrectionReviewed(
        correction=state.correction,
        seller=state.seller,
        verdict=verdict,
        until=until,
        note=note or None,
    )
    return Draft(body=body, occurred_at=now, actor=actor)


def same(state: CorrectionState, values: Mapping[str, str], until: dt.date) -> bool:
    """Whether this very thing, as it is `settled`, is agreed already."""
    said = (state.metric, state.before, state.target, state.until)
    return state.open and said == (values["metric"], values["before"], values["target"], until)


def said(values: Mapping[str, str], until: dt.date) -> str:
    """`calls 50 → 70 until Fri 20.11.2026`."""
    return t(
        "{metric} {before} → {target} until {day}",
        metric=correcting.metric(values["metric"]),
        before=correcting.agreed_on(values["before"]),
        target=correcting.agreed_on(values["target"]),
        day=f"{formats.weekday(until)} {formats.date(until)}",
    )


def metric_of(text: str) -> str:
    """The id of a metric as typed: `call`, `call>meeting`, `check`, `revenue`, `quality:needs`.

    Raises Refused for what cannot be counted.
    """
    from cockpit.entry.steps import activity_meant

    word = text.strip()
    if word in (*MONEY, CHECK) or word.startswith("quality:"):
        return word
    if word == "check":
        return CHECK
    steps = pair_of(word)
    found = ">".join(map(activity_meant, steps)) if steps else activity_meant(word)
    if not is_metric(found):
        raise Refused(
            t("{metric} is no metric: type call, meeting>proposal, revenue, check or quality:needs",
              metric=word)
        )  # fmt: skip
    return found


def _read(it: ShareRead) -> str:
    """`60% of 15`."""
    return t("{share} of {n}", share=formats.share(it.share), n=formats.count(it.n))


def value(figure: Fraction | None, unit: Unit, report: Proposal) -> str:
    """A figure as it is agreed on; "" for an unknown one."""
    return "" if figure is None else correcting.figure(figure, unit, report.minor_digits)
