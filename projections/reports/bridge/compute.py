"""From a window to the rows of the bridge (feature P5, requirement rows 9, 11, 68)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

import msgspec

from projections.bridge import Bridge, Side
from projections.bridge import bridge as bridged
from projections.burned import Leads, burned, reference
from projections.chain import Chain
from projections.deals import LEAD
from projections.linear import Part, ratio
from projections.pipeline import SETTLED
from projections.question import Question
from projections.reports.bridge.rows import (
    COLUMNS,
    Basis,
    BridgeReport,
    BridgeRow,
    Factor,
    Means,
)
from projections.reports.plan_fact import PlanFactRow, plan_fact
from projections.rounding import half_up
from projections.state import Settings
from projections.windows.bridge import BridgeWindow


def bridge(window: BridgeWindow, question: Question, settings: Settings) -> BridgeReport:
    """Each row of plan-fact by its factors; their sums are the department's."""
    board = plan_fact(window.board, question, settings)
    steps = _steps(window)
    means: dict[str, Means] = {}
    rows: list[BridgeRow] = []
    for row in board.rows:
        rows += _rows(window, row, board.basis.parts.get(row.key, ()), steps, means)
    whole = _whole(means)
    department, children = _summed(rows, steps, whole, board.total)
    leads, named = _leads(window, question)
    total = department[-1]
    return BridgeReport(
        name="bridge",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(rows),
        department=department[:-1],
        burned=tuple(_burned(question, leads, means)),
        total=total,
        trust=board.trust,
        basis=Basis(
            zone=settings.zone,
            seen=window.board.seen,
            board=board,
            steps=steps,
            means=means,
            whole=whole,
            children=children,
            deals=named,
            chains=window.chains,
        ),
    )


def _steps(window: BridgeWindow) -> tuple[str, ...]:
    """The steps of the chain that the plans of every month are made of, the sale last."""
    sale = window.steps[-1]
    known = [{step.step_from for step in chain.steps} for chain in window.chains.values()]
    common = set.intersection(*known) if known else set()
    return tuple(step for step in window.steps if step in common or step == sale)


def _rows(
    window: BridgeWindow,
    row: PlanFactRow,
    parts: Sequence[Part],
    steps: tuple[str, ...],
    means: dict[str, Means],
) -> Iterator[BridgeRow]:
    """The factors of one row of plan-fact where it has both sides, then its deviation."""
    base = row.seller or row.scope
    deviation = half_up(row.deviation or Fraction())
    plan = _plan(window, row.seller, parts, steps) if row.seller is not None else None
    if plan is None or row.seller is None:
        yield _single(row, "rest", deviation)
    else:
        counts = tuple(Fraction(window.counts.get((row.seller, step), 0)) for step in steps)
        fact = Side(counts, Fraction(row.fact))
        found = bridged(plan, fact)
        means[base] = Means(plan, fact, found.mean)
        yield from _factors(row, plan, fact, found, steps)
    yield msgspec.structs.replace(
        _single(row, "deviation", deviation), planned=row.line, actual=Fraction(row.fact)
    )


def _plan(
    window: BridgeWindow, seller: str, parts: Sequence[Part], steps: tuple[str, ...]
) -> Side | None:
    """The events that the line takes by the chains its months were planned with.

    None where the plan, a chain or one of its figures is not known.
    """
    counts = [Fraction()] * len(steps)
    for part in parts:
        each = _each(window.chains.get((part.share.month, seller)), steps)
        if each is None:
            return None
        counts = [count + part.due * share for count, share in zip(counts, each, strict=True)]
    return Side(tuple(counts), sum((part.due for part in parts), Fraction())) if parts else None


def _each(chain: Chain | None, steps: tuple[str, ...]) -> list[Fraction] | None:
    """How many events of each step a minor unit of plan takes: 1÷A÷Πc."""
    if chain is None or not chain.check.value or chain.check.value < 0:
        return None
    found: list[Fraction] = []
    for step in steps:
        share = chain.share(step)
        if not share:
            return None
        found.append(1 / chain.check.value / share)
    return found


def _single(row: PlanFactRow, factor: Factor, effect: int) -> BridgeRow:
    return BridgeRow(
        key=f"{row.seller or row.scope}|{factor}",
        seller=row.seller,
        scope=row.scope,
        factor=factor,
        effect=effect,
    )


def _factors(
    row: PlanFactRow, plan: Side, fact: Side, found: Bridge, steps: tuple[str, ...]
) -> list[BridgeRow]:
    """Volume, the conversions and the check, with what was planned, what was and its effect."""
    due, done = plan.counts, fact.counts
    made = [
        msgspec.structs.replace(
            _single(row, "volume", found.effects[0]),
            step_from=steps[0],
            wanted=due[0],
            done=int(done[0]),
        )
    ]
    for place, (one, two) in enumerate(pairwise(steps)):
        made.append(
            msgspec.structs.replace(
                _single(row, "conversion", found.effects[place + 1]),
                key=f"{row.seller or row.scope}|{one}>{two}",
                step_from=one,
                step_to=two,
                wanted=due[place + 1],
                done=int(done[place + 1]),
                share_due=ratio(due[place + 1], due[place]),
                share=ratio(done[place + 1], done[place]),
            )
        )
    made.append(
        msgspec.structs.replace(
            _single(row, "check", found.effects[-1]),
            planned=ratio(plan.money, due[-1]),
            actual=ratio(fact.money, done[-1]),
        )
    )
    return [msgspec.structs.replace(one, in_turn=found.in_turn) for one in made]


def _summed(
    rows: Sequence[BridgeRow], steps: tuple[str, ...], whole: Means | None, total: PlanFactRow
) -> tuple[tuple[BridgeRow, ...], dict[str, tuple[BridgeRow, ...]]]:
    """The department's rows, its deviation last, and what each of them is the sum of."""
    groups: dict[str, list[BridgeRow]] = {}
    for row in rows:
        groups.setdefault(row.key.partition("|")[2], []).append(row)
    made: list[BridgeRow] = []
    if whole is not None:
        names = ["volume", *(f"{one}>{two}" for one, two in pairwise(steps)), "check"]
        effects = tuple(sum(row.effect for row in groups[name]) for name in names)
        made += _factors(total, whole.plan, whole.fact, Bridge(effects, Fraction()), steps)
    if "rest" in groups:
        made.append(_single(total, "rest", sum(row.effect for row in groups["rest"])))
    made.append(
        msgspec.structs.replace(
            _single(total, "deviation", sum(row.effect for row in groups.get("deviation", ()))),
            planned=total.line,
            actual=Fraction(total.fact),
        )
    )
    return tuple(made), {row.key: tuple(groups.get(row.key.partition("|")[2], ())) for row in made}


def _whole(means: Mapping[str, Means]) -> Means | None:
    """The sides of all sellers together; None where nobody has any."""
    if not means:
        return None
    plans = [one.plan for one in means.values()]
    facts = [one.fact for one in means.values()]
    return Means(_sum(plans), _sum(facts), None)


def _sum(sides: Sequence[Side]) -> Side:
    columns = zip(*(side.counts for side in sides), strict=True)
    return Side(
        tuple(sum(column, Fraction()) for column in columns),
        sum((side.money for side in sides), Fraction()),
    )


def _leads(
    window: BridgeWindow, question: Question
) -> tuple[dict[str, Leads], dict[str, tuple[str, ...]]]:
    """The leads of each seller, and the deals they are: whose a deal is now, its lead was."""
    period, seen = question.period, window.board.seen
    found: dict[str, Leads] = {}
    named: dict[str, list[str]] = {}
    for name, deal in window.leads.items():
        day = deal.received
        if day is None or deal.seller is None:
            continue
        settled = deal.sold is not None or deal.lost or seen - day >= SETTLED
        own = found.get(deal.seller, Leads(0, 0, 0))
        found[deal.seller] = Leads(
            own.new + (period.first <= day <= period.last),
            own.settled + settled,
            own.sold + (deal.sold is not None),
        )
        named.setdefault(deal.seller, []).append(name)
    return found, {seller: tuple(sorted(names)) for seller, names in named.items()}


def _burned(
    question: Question,
    leads: Mapping[str, Leads],
    means: Mapping[str, Means],
) -> Iterator[BridgeRow]:
    """Who converts leads worse than the department beyond chance, the dearest first."""
    ref = reference(leads)
    whole = Leads(0, sum(x.settled for x in leads.values()), sum(x.sold for x in leads.values()))
    found: list[BridgeRow] = []
    for seller, own in leads.items():
        wanted = not question.sellers or seller in question.sellers
        if ref is None or seller not in means or not wanted:
            continue
        check = ratio(means[seller].plan.money, means[seller].plan.counts[-1])
        lost = burned(own, whole, ref, check) if check is not None else Fraction()
        if lost:
            found.append(
                BridgeRow(
                    key=f"{seller}|burned",
                    seller=seller,
                    factor="burned",
                    step_from=LEAD,
                    done=own.new,
                    settled=own.settled,
                    share_due=ref,
                    share=own.share,
                    actual=check,
                    effect=-half_up(lost),
                )
            )
    yield from sorted(found, key=lambda row: row.effect)
