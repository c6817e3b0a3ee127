"""Older shapes are lifted step by step; a broken chain of steps does not start at all."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import pytest

from events.codec import Codec
from events.envelope import Unknown
from events.upcasters import BrokenChain, Plain, Step
from events.vocabulary.fact import Fact


class TeaBrewed(Fact, frozen=True, kw_only=True):
    """Invented for the tests: the third shape of it, and once called otherwise."""

    VERSION: ClassVar[int] = 3

    leaves: int
    kind_of_tea: str = "green"
    on: dt.date | None = None


def split(body: Plain) -> Plain:
    """Version 1 kept `"12 green"` in one field."""
    leaves, kind_of_tea = str(body.pop("tea")).split()
    return {**body, "leaves": int(leaves), "kind_of_tea": kind_of_tea}


def dated(body: Plain) -> Plain:
    """Version 2 knew no day."""
    return {**body, "on": "2026-03-02"}


def same(body: Plain) -> Plain:
    """Only the name changed."""
    return body


def step(start: str, to: str, lift: object = same) -> Step:
    kind, version = start.split(":")
    to_kind, to_version = to.split(":")
    assert callable(lift)
    return Step(
        kind=kind, version=int(version), to_kind=to_kind, to_version=int(to_version), lift=lift
    )


FIRST = step("tea_brewed:1", "tea_brewed:2", split)
SECOND = step("tea_brewed:2", "tea_brewed:3", dated)
RENAMED = step("brew_made:1", "tea_brewed:1")
CODEC = Codec([TeaBrewed], [FIRST, SECOND, RENAMED])


@pytest.mark.parametrize(
    ("kind", "version", "text"),
    [
        ("tea_brewed", 3, '{"kind":"tea_brewed","leaves":12,"on":"2026-03-02"}'),
        ("tea_brewed", 2, '{"kind":"tea_brewed","leaves":12,"kind_of_tea":"green"}'),
        ("tea_brewed", 1, '{"kind":"tea_brewed","tea":"12 green"}'),
        ("brew_made", 1, '{"kind":"brew_made","tea":"12 green"}'),
    ],
)
def test_every_shape_ever_released_reads_as_the_present_one(
    kind: str, version: int, text: str
) -> None:
    assert CODEC.decode(kind, version, text) == TeaBrewed(leaves=12, on=dt.date(2026, 3, 2))


@pytest.mark.parametrize(
    ("kind", "version", "text"),
    [
        ("tea_brewed", 4, '{"kind":"tea_brewed","leaves":12}'),
        ("tea_brewed", 3, '{"kind":"tea_brewed","leaves":"many"}'),
        ("tea_brewed", 3, '{"kind":"tea_brewed","leaves":1,"sugar":2}'),
        ("tea_brewed", 3, '{"kind":"brew_made","leaves":1}'),
        ("tea_brewed", 1, '{"kind":"tea_brewed","tea":"twelve green"}'),
        ("tea_brewed", 1, '{"kind":"tea_brewed"}'),
        ("tea_brewed", 1, "[]"),
        ("coffee_made", 1, '{"kind":"coffee_made"}'),
    ],
)
def test_what_cannot_be_read_is_kept_as_it_is(kind: str, version: int, text: str) -> None:
    assert CODEC.decode(kind, version, text) == Unknown(kind, version, text)


def test_many_shapes_read_together_as_they_do_one_by_one() -> None:
    rows = [
        ("tea_brewed", 3, '{"kind":"tea_brewed","leaves":%d}'),
        ("tea_brewed", 2, '{"kind":"tea_brewed","leaves":%d}'),
        ("brew_made", 1, '{"kind":"brew_made","tea":"%d black"}'),
        ("tea_brewed", 3, '{"kind":"tea_brewed","leaves":"%d"}'),
        ("coffee_made", 1, '{"kind":"coffee_made","beans":%d}'),
    ]
    for count in (1, 5, 300):
        many = [(kind, version, text % n) for n in range(count) for kind, version, text in rows]
        kinds, versions, texts = zip(*many, strict=True)
        assert CODEC.decode_many(kinds, versions, texts) == [CODEC.decode(*row) for row in many]


def test_many_bodies_of_the_present_read_together_and_a_wrong_one_is_told_apart() -> None:
    texts = [f'{{"kind":"tea_brewed","leaves":{n}}}' for n in range(1500)]
    kinds, versions = ["tea_brewed"] * 1500, [3] * 1500
    assert CODEC.decode_many(kinds, versions, texts) == [TeaBrewed(leaves=n) for n in range(1500)]
    together = CODEC.decode_joined(",".join(texts), 3, 3)
    assert together == [TeaBrewed(leaves=n) for n in range(1500)]
    texts[700] = '{"kind":"tea_brewed","leaves":null}'
    read = CODEC.decode_many(kinds, versions, texts)
    assert read[700] == Unknown("tea_brewed", 3, texts[700])
    assert read[701] == TeaBrewed(leaves=701)
    assert CODEC.decode_joined(",".join(texts), 3, 3) is None
    assert CODEC.decode_joined(",".join(texts), 2, 3) is None


def test_a_step_does_not_change_the_body_it_is_given() -> None:
    text = '{"kind":"tea_brewed","tea":"12 green"}'
    assert CODEC.decode("tea_brewed", 1, text) == CODEC.decode("tea_brewed", 1, text)


@pytest.mark.parametrize(
    ("steps", "word"),
    [
        ([FIRST, FIRST, SECOND], "two steps"),
        ([SECOND], "version 1 has no step"),
        ([FIRST], "version 2 has no step"),
        ([], "no step"),
        ([FIRST, SECOND, step("tea_brewed:3", "tea_brewed:2")], "is the present one"),
        ([FIRST, SECOND, step("cha:1", "cha:2"), step("cha:2", "cha:1")], "leads back to itself"),
        ([FIRST, SECOND, step("cha:1", "cha:1")], "leads back to itself"),
        ([FIRST, SECOND, step("cha:1", "cha:2")], "nothing leads on from cha version 2"),
        ([FIRST, SECOND, step("cha:1", "tea_brewed:9")], "nothing leads on from tea_brewed"),
    ],
)
def test_a_chain_with_a_duplicate_a_gap_or_a_circle_refuses_to_start(
    steps: list[Step], word: str
) -> None:
    with pytest.raises(BrokenChain, match=word):
        Codec([TeaBrewed], steps)
