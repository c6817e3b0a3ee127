"""The words for what the code calls by a key: figures, kinds of events, cuts and modes.

A key that has no word here is the department's own word (a stage, a channel, a step of its
trade) and is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from cockpit.words import mark, t

_ACTIVITIES: Final = {
    "lead_received": mark("leads"),
    "lead_qualified": mark("qualified leads"),
    "stage_entered": mark("stages"),
    "deal_opened": mark("deals opened"),
    "deal_parked": mark("deals parked"),
    "deal_won": mark("deals won"),
    "deal_lost": mark("deals lost"),
    "call_made": mark("calls"),
    "meeting_held": mark("meetings"),
    "presentation_given": mark("presentations"),
    "proposal_sent": mark("proposals"),
    "order_placed": mark("orders"),
    "invoice_issued": mark("invoices"),
    "payment_promised": mark("promises to pay"),
    "payment_received": mark("payments"),
    "credit_note_issued": mark("credit notes"),
    "card_filled": mark("scorecards"),
    "complaint_opened": mark("complaints"),
    "client_registered": mark("clients registered"),
    "upsell_marked": mark("upsells"),
    "downsell_marked": mark("downsells"),
    "regularity": mark("regularity of shipments"),
}

_KINDS: Final = {
    "department_opened": mark("department opened"),
    "seller_hired": mark("seller hired"),
    "seller_left": mark("seller left"),
    "role_set": mark("role set"),
    "calendar_set": mark("working calendar set"),
    "absence_set": mark("absence"),
    "handed_over": mark("hand-over"),
    "credit_split_set": mark("credit shared"),
    "plan_set": mark("plan set"),
    "norm_set": mark("norm set"),
    "ramp_started": mark("norm begins to grow"),
    "ramp_held": mark("growth of the norm held"),
    "scale_set": mark("bonus scale set"),
    "ote_set": mark("total income set"),
    "kpi_set": mark("weights of the premium set"),
    "benchmark_entered": mark("benchmark entered"),
    "fixed_costs_set": mark("fixed costs set"),
    "month_closed": mark("month closed"),
    "lead_received": mark("lead"),
    "lead_qualified": mark("lead qualified"),
    "temperature_set": mark("temperature set"),
    "stage_entered": mark("stage entered"),
    "deal_opened": mark("deal opened"),
    "amount_set": mark("amount changed"),
    "expected_date_set": mark("expected date changed"),
    "deal_parked": mark("deal parked"),
    "deal_resumed": mark("deal resumed"),
    "next_step_set": mark("next step"),
    "deal_won": mark("deal won"),
    "deal_lost": mark("deal lost"),
    "call_made": mark("call"),
    "meeting_held": mark("meeting"),
    "presentation_given": mark("presentation"),
    "proposal_sent": mark("proposal"),
    "step_completed": mark("step done"),
    "order_placed": mark("order"),
    "invoice_issued": mark("invoice"),
    "payment_promised": mark("promise to pay"),
    "payment_received": mark("payment"),
    "credit_note_issued": mark("credit note"),
    "invoice_written_off": mark("invoice written off"),
    "cost_set": mark("costs"),
    "card_template_set": mark("scorecard changed"),
    "card_filled": mark("scorecard filled"),
    "satisfaction_scored": mark("client satisfaction"),
    "complaint_opened": mark("complaint"),
    "complaint_closed": mark("complaint settled"),
    "survey_answered": mark("survey answer"),
    "standup_started": mark("stand-up started"),
    "item_started": mark("agenda item started"),
    "item_ended": mark("agenda item ended"),
    "standup_paused": mark("stand-up paused"),
    "standup_resumed": mark("stand-up resumed"),
    "standup_closed": mark("stand-up closed"),
    "correction_agreed": mark("correction agreed"),
    "correction_reviewed": mark("correction reviewed"),
    "task_set": mark("task set"),
    "task_done": mark("task done"),
    "micro_training_held": mark("micro-training"),
    "case_discussed": mark("hard case discussed"),
    "one_to_one_held": mark("one-to-one"),
    "client_plan_set": mark("client action plan"),
    "client_registered": mark("client registered"),
    "client_forgotten": mark("personal data erased"),
    "lost_client_decided": mark("lost client decided on"),
    "return_path_attached": mark("return path"),
    "return_step_done": mark("step of the return path done"),
    "upsell_marked": mark("upsell"),
    "downsell_marked": mark("downsell"),
    "event_corrected": mark("correction of an entry"),
    "event_voided": mark("void"),
    "file_imported": mark("file imported"),
}

_SCOPES: Final = {
    "seller": mark("seller"),
    "team": mark("team"),
    "unassigned": mark("unassigned"),
    "reserve": mark("reserve"),
    "department": mark("department"),
}

_CUTS: Final = {
    "seller": mark("seller"),
    "book": mark("new / existing clients"),
    "direction": mark("direction"),
    "channel": mark("channel"),
    "segment": mark("segment"),
    "territory": mark("territory"),
    "product": mark("product"),
    "group": mark("target audience"),
    "temperature": mark("temperature"),
    "bucket": mark("length of call"),
    "week": mark("week"),
}

_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "book": {"new": mark("new"), "existing": mark("existing")},
    "direction": {"in": mark("incoming"), "out": mark("outgoing")},
    "temperature": {"hot": mark("hot"), "warm": mark("warm"), "cold": mark("cold")},
    "bucket": {
        "short": mark("< 1 min"),
        "middle": mark("1–3 min"),
        "long": mark("> 3 min"),
    },
    "norm_source": {
        "hand": mark("set by hand"),
        "plan": mark("from the plan"),
        "best": mark("own best"),
        "sector": mark("benchmark"),
    },
    "ramp_state": {
        "grows": mark("▲ grows"),
        "holds": mark("= on hold"),
        "waits": mark("= until Monday"),
        "asks": mark("? to decide"),
    },
    "measure": {"revenue": mark("revenue"), "margin": mark("margin"), "profit": mark("profit")},
    "book_line": {
        "opening": mark("open before the month"),
        "new": mark("new"),
        "won": mark("won"),
        "lost": mark("lost"),
        "amount": mark("amounts changed"),
        "dates": mark("dates moved"),
        "handed": mark("handed over"),
        "closing": mark("open at the end"),
    },
    "change": {"changed": mark("changed"), "gone": mark("withdrawn")},
    "dial": {
        "both": mark("as it was known then"),
        "as_of": mark("as of"),
        "known_at": mark("known at"),
    },
    "template": {"conversation": mark("conversation")},
    "mode": {"morning": mark("morning"), "evening": mark("evening")},
    "per": {"day": mark("per day"), "week": mark("per week"), "month": mark("per month")},
    "reading": {"cohort": mark("by cohort"), "period": mark("for the period")},
    "recognition": {
        "payment": mark("by payments"),
        "order": mark("by orders"),
        "invoice": mark("by invoices"),
        "won": mark("by deals won"),
    },
    "absence": {
        "leave": mark("leave"),
        "sick": mark("sick leave"),
        "trip": mark("business trip"),
        "training": mark("training"),
        "other": mark("away"),
    },
    "loss": {
        "price": mark("price"),
        "competitor": mark("competitor"),
        "budget": mark("budget"),
        "no_decision_maker": mark("no decision maker"),
        "silence": mark("silence"),
        "timing": mark("timing"),
        "poor_fit": mark("poor fit"),
        "service": mark("service"),
        "unknown": mark("unknown"),
    },
    "step": {
        "call": mark("call today"),
        "date": mark("get a date"),
        "sooner": mark("ask to pay sooner"),
        "await": mark("wait for it"),
        "not_today": mark("not needed today"),
    },
    "evidence": {"call": mark("call"), "live": mark("live work"), "chat": mark("chat")},
    "factor": {
        "check": mark("average check"),
        "rest": mark("not explained"),
        "deviation": mark("deviation"),
        "burned": mark("burned traffic"),
    },
    "item": {
        "rhythm": mark("Rhythm"),
        "plan_fact": mark("Plan–fact"),
        "activity": mark("Activities"),
        "conversions": mark("Conversions"),
        "quality": mark("Quality"),
        "payments": mark("Payments"),
        "corrections": mark("Corrections"),
        "case": mark("Hard case"),
        "close": mark("Close"),
    },
    "brief_item": {"corrections": mark("Agreed"), "case": mark("Case")},
    "part": {
        "premium": mark("premium"),
        "after_close": mark("after close"),
        "refund": mark("refund"),
    },
    "verdict": {
        "done": mark("done"),
        "not_done": mark("not done"),
        "moved": mark("moved to another day"),
    },
}


def report(name: str) -> str:
    """The title of a report: `plan-fact` is "plan–fact"."""
    from cockpit.headings import REPORTS

    return _spoken(REPORTS, name)


def figure(key: str) -> str:
    """A figure's full name: `line` is "linear plan"."""
    from cockpit.headings import FIGURES

    return _spoken(FIGURES, key)


def field(name: str) -> str:
    """A field of an event; one of a newer program goes by its figure, or by its key."""
    from cockpit.fields import FIELDS

    return t(FIELDS[name]) if name in FIELDS else figure(name)


def header(key: str) -> str:
    """The same as the head of a narrow column: `line` is "line"."""
    from cockpit.headings import HEADERS

    return t(HEADERS[key]) if key in HEADERS else figure(key)


def activity(name: str) -> str:
    """What is counted: `call_made` is "calls", a trade's own `:measurement` is "measurement"."""
    return _spoken(_ACTIVITIES, name).removeprefix(":")


def kind(name: str) -> str:
    """One event: `call_made` is "call"."""
    return _spoken(_KINDS, name)


def scope(name: str) -> str:
    """Whom a row speaks of when it is no seller: `unassigned`, `reserve`, `department`."""
    return _spoken(_SCOPES, name)


def cut(name: str) -> str:
    """A dimension reports are cut by."""
    return _spoken(_CUTS, name)


def value(dimension: str, key: str) -> str:
    """The value of a dimension: of `book` `new`, of `measure` `margin`, of `mode` `morning` …"""
    if dimension == "activity":
        return activity(key)
    return _spoken(_VALUES.get(dimension, {}), key)


def standing(deviation: int | Fraction) -> str:
    """Which side of the line a deviation lies on, in a word."""
    if deviation == 0:
        return t("on the line")
    return t("ahead") if deviation > 0 else t("behind")


def _spoken(words: Mapping[str, str], key: str) -> str:
    """The word for a key in the spoken language, or the key itself."""
    return t(words[key]) if key in words else key
