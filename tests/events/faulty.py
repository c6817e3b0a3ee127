"""A file system that fails on demand: at the n-th call, and from then on if it is to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apsw


class Faulty(apsw.VFS):
    """The real file system, until the n-th call of a sort that can fail."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "")
        self.calls = 0
        self.fails_at: int | None = None
        self.lasting = False
        self.error: type[Exception] = apsw.IOError

    def arm(self, call: int, error: type[Exception], *, lasting: bool) -> None:
        """Fail at this call from now on counted, and ever after if `lasting`."""
        self.calls, self.fails_at, self.error, self.lasting = 0, call, error, lasting

    def heal(self) -> int:
        """Fail no more; how many calls there were."""
        self.fails_at = None
        return self.calls

    def pass_or_fail(self) -> None:
        self.calls += 1
        if self.fails_at is None or self.calls < self.fails_at:
            return
        if self.lasting or self.calls == self.fails_at:
            raise self.error("made to fail")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _File(self, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802
        if self.error is not apsw.FullError:
            self.pass_or_fail()
        super().xDelete(name, syncdir)


class _File(apsw.VFSFile):
    def __init__(self, faulty: Faulty, name: Any, flags: list[int]) -> None:
        self._faulty = faulty
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._faulty.pass_or_fail()
        super().xWrite(data, offset)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        if self._faulty.error is not apsw.FullError:
            self._faulty.pass_or_fail()
        return super().xRead(amount, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        if self._faulty.error is not apsw.FullError:
            self._faulty.pass_or_fail()
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        if self._faulty.error is not apsw.FullError:
            self._faulty.pass_or_fail()
        super().xTruncate(size)


@contextmanager
def faulty(name: str) -> Iterator[Faulty]:
    """A faulty file system registered under a name."""
    made = Faulty(name)
    try:
        yield made
    finally:
        made.unregister()
