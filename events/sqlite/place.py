"""Whether a folder can keep a log: SQLite's locks do not hold on network file systems."""

from __future__ import annotations

import os
from stat import S_ISDIR, S_ISREG
from typing import Final

from events.errors import Missing, Unsuitable
from events.sqlite.engine import StrPath

NETWORK: Final = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
    }
)
"""The types of file systems that live on another machine, as the kernel names them."""

MOUNTS: Final = "/proc/self/mountinfo"


def refuse_strange(path: StrPath) -> None:
    """Raises Missing where a pipe or a device lies at the path: opening one may wait for ever.

    A folder and a file that is something else are told when they are opened.
    """
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return
    if not (S_ISREG(mode) or S_ISDIR(mode)):
        raise Missing("{path} is no file; name the file of a log", path=path)


def refuse_network(path: StrPath, mounts: StrPath = MOUNTS) -> None:
    """Raises Unsuitable where the path lies on a network file system; silent where unknown."""
    try:
        with open(mounts, encoding="utf-8", errors="surrogateescape") as file:
            table = file.read()
    except OSError:
        return
    kind = file_system(os.path.realpath(path), table)
    if kind in NETWORK:
        raise Unsuitable(
            "{path} lies on a network file system ({type}), where two writers can destroy a log; "
            "keep it on a local disk",
            path=path,
            type=kind,
        )


def file_system(path: StrPath, table: str) -> str:
    """The type of the file system an absolute path lies on, by the kernel's table of mounts."""
    found, deepest = "", 0
    inside = f"{os.fspath(path)}/"
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = f"{_unescaped(fields[4]).rstrip('/')}/"
        if len(point) >= deepest and inside.startswith(point):
            found, deepest = after.split()[0], len(point)
    return found


def _unescaped(point: str) -> str:
    """A mount point with the kernel's octal escapes for blanks undone."""
    if "\\" not in point:
        return point
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point
