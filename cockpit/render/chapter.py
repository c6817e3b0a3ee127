"""A chapter of a text: a title, rows of cells below their heads, and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec

from cockpit.render.cells import fit, width


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """A title with rows of cells under their heads, and remarks below.

    `right` says which columns are figures. `opens` is for each row what stands behind it, and
    `behind` for each remark: `event:` and an id, `seller:` and a key, a part of the report and the
    row in it; or None.
    """

    title: str
    heads: Sequence[str] = ()
    right: Sequence[bool] = ()
    rows: Sequence[Sequence[str]] = ()
    opens: Sequence[str | None] = ()
    remarks: Sequence[str] = ()
    behind: Sequence[str | None] = ()

    def said(self) -> Iterator[tuple[str, str | None]]:
        """Each remark with what stands behind it."""
        yield from zip_longest(self.remarks, self.behind)


def aligned(chapter: Chapter, gap: str = "  ") -> list[str]:
    """The rows with their cells below each other."""
    if not chapter.rows:
        return []
    rows = [list(chapter.heads), *chapter.rows]
    sizes = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    return [
        gap.join(
            fit(cell, size, right=right)
            for cell, size, right in zip(row, sizes, chapter.right, strict=True)
        ).rstrip()
        for row in rows
    ]
