"""The same entries as a journal of hledger, and its budget report over them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.data import LAST_DAY, MONTH, Plan
from benchmarks.measure import cpu_of, in_turns, python
from benchmarks.opening import model_of, warm_log
from benchmarks.table import Line, compared, skipped
from events.envelope import Event
from events.sqlite import SqliteLog
from events.vocabulary import CallMade, PaymentReceived, PlanSet

WHAT = "plan-fact of a month, whole process, CPU"
PEER = "hledger balance --budget"


def measure(plan: Plan) -> Iterator[Line]:
    """Our plan-fact, with its read model and without one, against a budget report."""
    program = shutil.which("hledger")
    if program is None:
        yield skipped(WHAT, "hledger is not installed")
        return
    log = warm_log(plan, 100_000)
    journal = log.with_suffix(".journal")
    if not journal.exists():
        journal.write_text("".join(_journal(log)), encoding="utf-8")
    budget = [
        program,
        "-f",
        str(journal),
        "balance",
        "payments",
        "--budget",
        "-p",
        f"{MONTH:%Y-%m}",
    ]
    report = python("-m", "cockpit", "report", "plan-fact", "--file", str(log))
    report += ["--today", str(LAST_DAY), "--json"]

    def cold() -> float:
        model_of(log).unlink()
        return cpu_of(report)

    tasks = [cold, lambda: cpu_of(report), lambda: cpu_of(budget)]
    first, warm, peer = in_turns(tasks, plan.rounds)
    yield compared(WHAT, warm, peer, unit="s", against=PEER)
    yield compared(f"{WHAT}, nothing warm", first, peer, unit="s", against=PEER)


def _journal(path: Path) -> Iterator[str]:
    """Payments and calls as transactions, the month's personal plans as its budget."""
    plans: dict[str, int] = {}
    with SqliteLog.open(path, writable=False) as log:
        for event in log.read():
            body = event.body
            if isinstance(body, PlanSet) and _personal(body):
                plans[body.seller or ""] = body.amount
            elif isinstance(body, PaymentReceived):
                yield _entry(event, f"payments:{body.seller}", f"GBP {_money(body.amount)}")
            elif isinstance(body, CallMade):
                yield _entry(event, f"calls:{body.seller}", "1 CALL")
    lines = [f"    payments:{seller}  GBP {_money(amount)}\n" for seller, amount in plans.items()]
    yield f"~ monthly from {MONTH}\n{''.join(lines)}    department\n"


def _personal(plan: PlanSet) -> bool:
    return plan.measure == "revenue" and plan.month == f"{MONTH:%Y-%m}" and plan.seller is not None


def _entry(event: Event, account: str, amount: str) -> str:
    return f"{event.occurred_at[:10]} event\n    {account}  {amount}\n    department\n\n"


def _money(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
