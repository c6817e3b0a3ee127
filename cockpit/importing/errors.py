"""Why one row of a file cannot become events; the other rows go on."""

from __future__ import annotations

from collections.abc import Iterable


class RowError(Exception):
    """The message, in the reader's language, goes into the list of rejects.

    `cells` are what could be read of a row that could not be taken apart.
    """

    def __init__(self, message: str, cells: Iterable[str] = ()) -> None:
        """See the class."""
        super().__init__(message)
        self.cells = tuple(cells)
