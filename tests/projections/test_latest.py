"""What a pure function answered lately is given again, and nothing else."""

from __future__ import annotations

from projections.latest import FEW, Latest


class Counted:
    """Doubles a number, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.twice = Latest(self._twice)

    def _twice(self, number: int) -> int:
        self.asked.append(number)
        return 2 * number


def test_equal_arguments_are_worked_out_once() -> None:
    counted = Counted()
    assert [counted.twice(number) for number in (1, 1, 3, 1)] == [2, 2, 6, 2]
    assert counted.asked == [1, 3]


def test_only_the_latest_answers_are_held() -> None:
    counted = Counted()
    for number in (*range(FEW + 1), FEW, 0):
        assert counted.twice(number) == 2 * number
    assert counted.asked == [*range(FEW + 1), 0]


def test_an_answer_used_again_is_held_longer() -> None:
    counted = Counted()
    for number in (*range(FEW), 0, FEW, 0):
        assert counted.twice(number) == 2 * number
    assert counted.asked == [*range(FEW), FEW]
