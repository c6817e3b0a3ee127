"""Many drafts made ready for the log, as columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby, repeat
from operator import itemgetter
from typing import Final, TypeAlias, cast, overload

import msgspec

from events.envelope import Head
from events.moments import in_utc
from events.prepare import Prepared
from events.seal import Secret, link_of

_Texts: TypeAlias = list[str]
_Keys: TypeAlias = list[str | None]

# fmt: off
Table: TypeAlias = tuple[
    list[dt.datetime],
    _Texts, _Texts, list[int], _Texts, _Texts, _Texts, _Keys, _Keys, _Keys, _Keys, _Texts,
    _Texts,
    list[tuple[Secret, ...]],
]
# fmt: on
"""Of many drafts what is `Prepared` of each: moments, columns, digests and secrets."""


class Chain(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What drafts get from their place in the log: when each is recorded, and its link.

    It holds behind the event `after` and no other, if that was not recorded later.
    """

    after: Head
    recorded: list[str]
    links: list[str]

    @property
    def end(self) -> Head:
        """Where the log ends with them."""
        return Head(self.after.seq + len(self.links), self.links[-1]) if self.links else self.after


Letter: TypeAlias = tuple[list[tuple[dt.datetime, int]], Table, Chain | None]
"""The same as it is sent: each moment with how many drafts in a row have it, and the rest.

Of a column in which all is the same there is a single entry.
"""

_AT: Final = 0
_ID: Final = 1
_KIND: Final = 2
_DIGEST: Final = 12
_SECRETS: Final = 13


class Sheaf(Sequence[Prepared]):
    """Many drafts made ready: what is done to all of them is done to a column at a time."""

    __slots__ = ("chain", "table")

    def __init__(self, table: Table, chain: Chain | None = None) -> None:
        """Every column has as many entries; `chain` is what they become at a place in the log."""
        self.table = table
        self.chain = chain

    @classmethod
    def of(cls, batch: Sequence[Prepared]) -> Sheaf:
        """The same drafts as columns."""
        if isinstance(batch, Sheaf):
            return batch
        rows = [(each.at, *each.columns, each.digest, each.secrets) for each in batch]
        columns = zip(*rows, strict=True) if rows else [()] * (_SECRETS + 1)
        return cls(cast("Table", tuple(map(list, columns))))

    @classmethod
    def joined(cls, sheaves: Sequence[Sheaf]) -> Sheaf:
        """One behind the other."""
        if len(sheaves) == 1:
            return sheaves[0]
        columns = zip(*(sheaf.table for sheaf in sheaves), strict=True)
        joined = (list(chain.from_iterable(parts)) for parts in columns)
        return cls(cast("Table", tuple(joined)))

    @classmethod
    def read(cls, letter: Letter) -> Sheaf:
        """What was sent."""
        runs, (_, *columns), linked = letter
        moments = list(chain.from_iterable(repeat(at, count) for at, count in runs))
        among = cast("Sequence[list[object]]", columns)
        whole = (each * len(moments) if len(each) == 1 else each for each in among)
        return cls(cast("Table", (moments, *whole)), linked)

    @property
    def letter(self) -> Letter:
        """What to send: most drafts come at the same moment, and it is read once for all."""
        moments, *columns = self.table
        among = cast("Sequence[list[object]]", columns)
        runs = [(at, len(list(some))) for at, some in groupby(moments)]
        return runs, cast("Table", ([], *map(_shortened, among))), self.chain

    def chained(self, after: Head, latest: str = "") -> Chain:
        """What the drafts become behind an event, recorded at `latest`."""
        seq, link, at = after.seq, after.link, None
        recorded: list[str] = []
        links: list[str] = []
        for moment, digest in zip(self.moments, self.digests, strict=True):
            seq += 1
            if moment is not at:
                at = moment
                # A clock that was put back does not make the log go back.
                latest = max(in_utc(at), latest)
            link = link_of(link, seq, latest, digest)
            recorded.append(latest)
            links.append(link)
        return Chain(after, recorded, links)

    @property
    def moments(self) -> Sequence[dt.datetime]:
        """When each came."""
        return self.table[_AT]

    @property
    def ids(self) -> Sequence[str]:
        """The id of each."""
        return self.table[_ID]

    @property
    def kinds(self) -> Sequence[str]:
        """The kind of each."""
        return self.table[_KIND]

    @property
    def digests(self) -> Sequence[str]:
        """The digest of each."""
        return self.table[_DIGEST]

    @property
    def sealed(self) -> Sequence[Prepared]:
        """Those with personal text."""
        return [self[at] for at, some in enumerate(self.table[_SECRETS]) if some]

    @property
    def kept(self) -> Sequence[Sequence[str | int | None]]:
        """Column by column, what is kept of each as it is: its columns, and the digest."""
        return cast("Sequence[Sequence[str | int | None]]", self.table[_ID : _DIGEST + 1])

    def __len__(self) -> int:
        """How many drafts there are."""
        return len(self.table[_AT])

    def __iter__(self) -> Iterator[Prepared]:
        """Each by itself."""
        columns = zip(*self.table[_ID:_DIGEST], strict=True)
        return map(Prepared, self.moments, columns, self.digests, self.table[_SECRETS])

    @overload
    def __getitem__(self, at: int) -> Prepared: ...

    @overload
    def __getitem__(self, at: slice) -> Sheaf: ...

    def __getitem__(self, at: int | slice) -> Prepared | Sheaf:
        """One by itself, or a part of them."""
        if isinstance(at, slice):
            whole = at.indices(len(self)) == (0, len(self), 1)
            return self if whole else self._each(itemgetter(at))
        place = range(len(self))[at]
        return next(iter(self[place : place + 1]))

    def picked(self, places: Sequence[int]) -> Sheaf:
        """Those at some places, in that order."""
        return self._each(lambda column: [column[at] for at in places])

    def _each(self, change: Callable[[Sequence[object]], object]) -> Sheaf:
        return Sheaf(cast("Table", tuple(change(column) for column in self.table)))


def _shortened(column: list[object]) -> list[object]:
    """A column, or its one entry where all is the same."""
    if not column or column[0] != column[-1]:
        return column
    first = column[:1]
    return first if column.count(*first) == len(column) else column
