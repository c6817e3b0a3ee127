"""A disk whose power can be cut: every write and sync is recorded, and any moment rebuilt.

What was not synced may be there, may be missing, and may be torn at the borders of its sectors,
each write independently of the others.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import msgspec

SECTOR = 512


RECORDERS: list[Recorder] = []
"""Those that listen now."""


class Op(msgspec.Struct, frozen=True):
    """Something done to the disk, or a `mark` the test made between two of them."""

    what: str
    file: str = ""
    offset: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """The real file system, with an ear on it."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "")
        self.name = name
        self.ops: list[Op] = []

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _File(self.ops, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(name, syncdir)
        self.ops.append(Op("delete", Path(name).name))

    def sync(self, path: Path) -> None:
        """Note down a sync that went past SQLite."""
        self.ops.append(Op("sync", path.name))

    def mark(self, words: str) -> None:
        """Note down that something was acknowledged here."""
        self.ops.append(Op("mark", words))


class _File(apsw.VFSFile):
    def __init__(self, ops: list[Op], name: Any, flags: list[int]) -> None:
        self._ops = ops
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(path).name if path else ""
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._ops.append(Op("write", self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self._ops.append(Op("truncate", self._name, size))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._ops.append(Op("sync", self._name))


@contextmanager
def recording(name: str) -> Iterator[Recorder]:
    """A recorder registered as a file system of that name."""
    recorder = Recorder(name)
    RECORDERS.append(recorder)
    try:
        yield recorder
    finally:
        RECORDERS.remove(recorder)
        recorder.unregister()


class Disk:
    """What is safely on the platter, and what is still on its way."""

    def __init__(self, start: dict[str, bytes]) -> None:
        self.safe = {name: bytearray(content) for name, content in start.items()}
        self.pending: dict[str, list[Op]] = {}
        self.marks: list[str] = []

    def take(self, op: Op) -> None:
        """One more operation."""
        if op.what == "mark":
            self.marks.append(op.file)
        elif op.what == "sync":
            for waiting in self.pending.pop(op.file, []):
                _apply(self.safe, waiting)
        else:
            self.pending.setdefault(op.file, []).append(op)

    def cut(self, folder: Path, dice: random.Random) -> None:
        """Lay out the files as the next start may find them if the power goes now."""
        found = {name: bytearray(content) for name, content in self.safe.items()}
        for waiting in self.pending.values():
            for op in waiting:
                if op.what == "write":
                    for sector in _sectors(op):
                        if dice.random() < 0.5:
                            _apply(found, sector)
                elif dice.random() < 0.5:
                    _apply(found, op)
        for old in folder.iterdir():
            old.unlink()
        for name, content in found.items():
            (folder / name).write_bytes(content)


def _sectors(op: Op) -> Iterator[Op]:
    start = 0
    while start < len(op.data):
        end = min(len(op.data), start + SECTOR - (op.offset + start) % SECTOR)
        yield Op("write", op.file, op.offset + start, op.data[start:end])
        start = end


def _apply(files: dict[str, bytearray], op: Op) -> None:
    if op.what == "delete":
        files.pop(op.file, None)
        return
    content = files.setdefault(op.file, bytearray())
    if op.what == "truncate":
        del content[op.offset :]
        return
    content.extend(b"\0" * (op.offset + len(op.data) - len(content)))
    content[op.offset : op.offset + len(op.data)] = op.data
