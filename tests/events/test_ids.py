"""Ids are unique without asking anybody, whether they are made one by one or many at once."""

from __future__ import annotations

from uuid import RFC_4122, UUID

from events.envelope import new_id, new_ids

MANY = 10_000


def test_ids_made_together_are_as_good_as_those_made_alone() -> None:
    before, found, after = new_id(), [*new_ids(MANY), *new_ids(1)], new_id()
    assert new_ids(0) == []
    assert len({before, *found, after}) == MANY + 3
    assert {(UUID(each).version, UUID(each).variant) for each in found} == {(7, RFC_4122)}
    assert all(str(UUID(each)) == each for each in found)
    moments = [each[:13] for each in (before, *found, after)]
    assert moments == sorted(moments)
