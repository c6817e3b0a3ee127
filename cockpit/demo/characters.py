"""How people sell: eight characters, in the order the head hires them."""

from __future__ import annotations

import msgspec


class Character(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody sells.

    `plan` is the share of an ordinary seller's plan in per cent, `attain` the per cent of it
    reached in past months and `now` in the current one. `payments` come in a month, each at
    `place` of its stretch of it (0 early, 1 late). `calls` are made in a day, `short` and `long`
    of a hundred last under one and over three minutes. `lost` leads a month come to nothing,
    `existing` of a hundred sales go to clients who bought before. `weak` is the place of the
    criterion that cards score low, `norms` says whether norms are set by hand.
    """

    name: str
    plan: int = 100
    attain: tuple[int, int] = (85, 108)
    now: int = 97
    payments: int = 16
    place: float = 0.4
    calls: int = 24
    short: int = 34
    long: int = 26
    lost: int = 14
    existing: int = 35
    weak: int = 4
    norms: bool = True
    lagging: bool = False


STAR = Character(
    name="star", plan=130, attain=(104, 128), now=124, payments=18, place=0.0, calls=32,
    short=28, long=36, lost=10, existing=45, weak=0,
)  # fmt: skip
DIALLER = Character(
    name="dialler", plan=80, attain=(34, 58), now=0, payments=8, place=0.9, calls=46, short=83,
    long=3, lost=22, existing=15, weak=1, lagging=True,
)  # fmt: skip
SOLID = Character(
    name="solid", plan=90, attain=(97, 104), now=101, payments=20, place=0.3, calls=17, short=20,
    long=48, lost=7, existing=60, weak=3,
)  # fmt: skip
LEAVER = Character(
    name="leaver", plan=90, attain=(62, 84), now=76, payments=14, place=0.4,
    lagging=True, norms=False,
)  # fmt: skip
NEWCOMER = Character(
    name="newcomer", plan=70, attain=(48, 62), now=58, payments=12, place=0.0, calls=28, lost=10,
    existing=0, norms=False, lagging=True,
)  # fmt: skip
AWAY = Character(name="away", plan=105, attain=(90, 112), now=88, place=0.3, weak=2, norms=False)
LAGGARD = Character(
    name="laggard", plan=110, attain=(66, 88), now=71, payments=18, place=0.1, calls=15,
    lost=18, weak=2, lagging=True,
)  # fmt: skip
ORDINARY = Character(name="ordinary", now=106, place=0.2)

CAST = (STAR, DIALLER, SOLID, LEAVER, NEWCOMER, AWAY, LAGGARD, ORDINARY)
