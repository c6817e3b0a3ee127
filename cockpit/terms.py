"""The terms of the trade, the same on the screen, in the minutes and in every export.

Each is a message of the catalogues, so that every language has exactly one word for it.
"""

from __future__ import annotations

from typing import Final

from cockpit.words import mark

PLAN: Final = (
    mark("plan–fact"),
    mark("plan"),
    mark("target"),
    mark("individual plan"),
    mark("quota"),
    mark("norm"),
    mark("deviation"),
    mark("sagging indicator"),
    mark("linear plan"),
    mark("gap"),
    mark("ahead of plan"),
    mark("catch up"),
    mark("run-rate forecast"),
    mark("required per day"),
    mark("evenness"),
    mark("break-even"),
    mark("working day"),
    mark("growth"),
    mark("budget"),
    mark("forecast"),
)

PEOPLE: Final = (
    mark("sales department"),
    mark("seller"),
    mark("head of sales"),
    mark("decision maker"),
    mark("farmer"),
    mark("closer"),
    mark("lead generator"),
    mark("responsible"),
    mark("deadline"),
)

MONEY: Final = (
    mark("revenue"),
    mark("turnover"),
    mark("margin"),
    mark("gross profit"),
    mark("profit"),
    mark("average check"),
    mark("request to pay"),
    mark("tax invoice"),
    mark("payment"),
    mark("payment plan for today"),
    mark("receivable"),
    mark("overdue"),
    mark("promise to pay"),
    mark("control list"),
)

FUNNEL: Final = (
    mark("conversion"),
    mark("by cohort"),
    mark("for the period"),
    mark("burn the traffic"),
    mark("funnel"),
    mark("stage"),
    mark("pipeline"),
    mark("order book"),
    mark("lead"),
    mark("hot"),
    mark("warm"),
    mark("cold"),
    mark("target audience"),
    mark("qualification"),
    mark("deal"),
    mark("opportunity"),
    mark("parked until"),
    mark("next step"),
    mark("channel"),
    mark("source"),
    mark("segment"),
    mark("territory"),
)

ACTIVITIES: Final = (
    mark("call"),
    mark("incoming"),
    mark("outgoing"),
    mark("duration"),
    mark("meeting"),
    mark("presentation"),
    mark("proposal"),
    mark("measurement"),
    mark("design project"),
)

MEETINGS: Final = (
    mark("stand-up"),
    mark("agenda"),
    mark("one-to-one"),
    mark("task"),
    mark("correction"),
    mark("micro-training"),
    mark("quality of the conversation"),
    mark("scorecard"),
    mark("check-list"),
    mark("sales technique"),
)

PAY: Final = (
    mark("salary"),
    mark("KPI premium"),
    mark("bonus for the plan"),
    mark("total income at 100 %"),
    mark("variable part"),
    mark("fixed part"),
    mark("commission"),
)

CLIENTS: Final = (
    mark("new / existing clients"),
    mark("regularity of shipments"),
    mark("upsell"),
    mark("downsell"),
    mark("lost client"),
    mark("reason of loss"),
    mark("return path"),
    mark("share in client's purchases"),
    mark("sales potential"),
    mark("client action plan"),
    mark("client satisfaction"),
    mark("complaints"),
    mark("claims"),
)

LOG: Final = (
    mark("as of"),
    mark("known at"),
    mark("replay"),
    mark("audit"),
    mark("correction of an entry"),
    mark("void"),
    mark("month closed"),
)

TERMS: Final = (
    *PLAN, *PEOPLE, *MONEY, *FUNNEL, *ACTIVITIES, *MEETINGS, *PAY, *CLIENTS, *LOG,
)  # fmt: skip
