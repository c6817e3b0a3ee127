"""What a department of one country is made of: its names, its words and its money."""

from __future__ import annotations

import msgspec


class Topic(msgspec.Struct, frozen=True):
    """A point of the technique: the metric it moves, the topic it is, what is agreed.

    `metric` is a kind of event or two of them with `>` between, as reports name them; `topic` is
    the id of a topic that comes with the program.
    """

    metric: str
    topic: str
    action: str


class Nation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of a demo that changes with the language; all names are invented.

    `head` is the word under which the head logs, `people` are keys and names in the order of the
    cast. Client names are put together from `first`, `second` and, where those run out, `towns`,
    by `pattern`. `measurement` is the step this trade has of its own. Money is in minor units:
    `plan_unit` is an ordinary seller's month, `step` what amounts are rounded to.
    """

    language: str
    country: str
    currency: str
    zone: str
    department: str
    head: str
    teams: tuple[str, str]
    people: tuple[tuple[str, str], ...]
    given_names: tuple[str, ...]
    family_names: tuple[tuple[str, str], ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    towns: tuple[str, ...]
    pattern: str
    contacts: tuple[str, ...]
    phone: str
    regular_client: str
    late_client: str
    channels: tuple[tuple[str, int], ...]
    segments: tuple[tuple[str, int], ...]
    territories: tuple[str, ...]
    products: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, int], ...]
    plan_unit: int
    plan_step: int
    step: int
    minor_digits: int = 2
    fixed_costs: int
    topics: tuple[Topic, ...]
    criteria: tuple[tuple[str, str, str], ...]
    card_notes: tuple[str, ...]
    call_notes: tuple[str, ...]
    meeting_notes: tuple[str, ...]
    late_notes: tuple[str, ...]
    late_payment: str
    loss_notes: tuple[str, ...]
    next_steps: tuple[str, ...]
    parked: tuple[str, ...]
    cases: tuple[str, ...]
    tasks: tuple[str, ...]
    complaints: tuple[str, ...]
    measurement: str
    plan_lowered: str
    plan_newcomer: str
    plan_leaver: str
    norm_raised: str
    left: str
    double_entry: str
    typing_slip: str
    lost_client: str
    return_path: str
    return_steps: tuple[str, ...]
    given_up: str
    benchmark: str
