"""What a name in a mapping stands for: a column, a computed value, a column of a second file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import msgspec

from cockpit.importing import conditions, values
from cockpit.importing.batch import Batch
from cockpit.importing.cells import Cell, Row, text_of
from cockpit.importing.columns import LINE, ROW_ID, Columns
from cockpit.importing.dates import Moment, moment_in, parser, together_in
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import Condition, Expr, Formats
from cockpit.importing.place import Place
from cockpit.importing.sources import Source, column, constant, parsed, then
from cockpit.words import t

Moments = Callable[[Batch], Sequence[dt.datetime | RowError | None]]
"""When each row of a batch happened; None where that is empty."""


class Join(msgspec.Struct, frozen=True):
    """Rows of a second file by their key; `by` reads the key out of a row of the first one."""

    name: str
    by: Expr
    rows: Mapping[str, Row]
    columns: Columns
    place: Place
    required: bool


class Scope:
    """The names of one table, and the readers of values written with them.

    `reach` is how many cells a row must have for all of them, `identified` says that some value
    asks for the identity of the row.
    """

    def __init__(
        self,
        columns: Columns,
        formats: Formats,
        *,
        zone: str,
        place: Place,
        texts: bool = False,
        people: Mapping[str, set[str]] | None = None,
        tables: Mapping[str, Mapping[str, str | int | bool]] | None = None,
        names: Mapping[str, tuple[Expr, Place]] | None = None,
    ) -> None:
        """`zone` is the department's. `texts` says that every cell is text.

        `people` are the keys of sellers and clients that may be named, `names` computed values
        with their places.
        """
        self.columns = columns
        self.texts = texts
        self.people = people or {}
        self.formats = formats
        self.place = place
        self.tables = tables or {}
        self.names = dict(names or {})
        self.sources: dict[str, Source] = {}
        self.joins: dict[str, Join] = {}
        self.day_zone = ZoneInfo(zone)
        own = place.at("formats")
        self.zone = self.zone_of(formats.zone, own.at("zone")) or self.day_zone
        self.time = self.time_of(formats.time, own.at("time"))
        self.dates = parser(formats.date, own.at("date"))
        self.nulls = frozenset(formats.empty)
        self.reach = 0
        self.identified = False
        self._busy: set[str] = set()

    def source(self, expr: Expr, place: Place) -> Source:
        """Reads a value out of every row; raises Refused."""
        return values.source(self, expr, place)

    def test(self, condition: Condition, place: Place) -> conditions.Test:
        """Tests every row; raises Refused."""
        return conditions.test(self, condition, place)

    def moment(self, expr: Expr, place: Place) -> Moments:
        """Reads a moment with an offset out of every row; raises Refused."""
        dates, placed = self.dates, self.placed

        def convert(cell: Cell) -> dt.datetime | None:
            moment = dates(cell)
            return None if moment is None else placed(moment)

        together = together_in(self.zone) if self.formats.date == "iso" else None
        return parsed(self.source(expr, place), convert, together)

    def placed(self, moment: Moment) -> dt.datetime:
        """A moment as the file has it with its offset; raises RowError for one of another age."""
        return moment_in(moment, self.zone, self.day_zone, self.time)

    def name(self, name: str, place: Place) -> Source:
        """What a name stands for; a computed value that uses its own name means the column."""
        if name == "row.line":
            return column(LINE, self.nulls)
        if name == "row.id":
            self.identified = True
            return column(ROW_ID, self.nulls)
        if name in self.sources and name not in self._busy:
            return self.sources[name]
        if name in self.names and name not in self._busy:
            return self._computed(name)
        join, _, joined = name.partition(".")
        if join in self.joins and joined:
            return self._joined(self.joins[join], joined, place)
        return self.column(name, place)

    def has(self, name: str) -> bool:
        """Whether a name stands for something other than nothing."""
        return name in self.names or name in self.sources or self.columns.has(name)

    def column(self, name: str | int, place: Place) -> Source:
        """The cell of a column; raises Refused for one that is not there."""
        at = self.columns.find(name, place)
        if at is None:
            return constant(None)
        self.reach = max(self.reach, at + 1)
        return column(at, self.nulls)

    def zone_of(self, name: str | None, place: Place) -> dt.tzinfo | None:
        """A time zone by its name; raises Refused for one that is none."""
        if name is None:
            return None
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            place.refuse(t("no time zone is called {name}; write it as Europe/Sofia", name=name))

    def time_of(self, text: str, place: Place) -> dt.time:
        """A time of day; raises Refused for one that is none."""
        try:
            return dt.time.fromisoformat(text)
        except ValueError:
            place.refuse(t("{text} is no time of day; write it as 09:00", text=text))

    @contextmanager
    def defining(self, name: str) -> Iterator[None]:
        """While a name is being given its meaning, it stands for the column of that name."""
        self._busy.add(name)
        try:
            yield
        finally:
            self._busy.discard(name)

    def _computed(self, name: str) -> Source:
        """A value of the mapping's own, put together once."""
        expr, origin = self.names[name]
        with self.defining(name):
            self.sources[name] = self.source(expr, origin)
        return self.sources[name]

    def _joined(self, join: Join, name: str, place: Place) -> Source:
        """A column of the second file, by the key in a row of the first one."""
        at = join.columns.find(name, place)
        if at is None:
            return constant(None)
        cells = column(at, self.nulls).read(Batch(list(join.rows.values())))
        known = dict(zip(join.rows, cells, strict=True))

        def find(key: Cell) -> Cell:
            text = text_of(key)
            if text in known:
                cell = known[text]
                return None if isinstance(cell, RowError) else cell
            if not text or not join.required:
                return None
            raise RowError(t("{lookup} has no row for {key}", lookup=join.name, key=text))

        return then(self._key(join), find)

    def _key(self, join: Join) -> Source:
        """The key of a join in a row of the first file; raises Refused where it needs itself."""
        own = f"lookup {join.name}"
        if own in self._busy:
            join.place.at("by").refuse(t("this look-up is found by its own columns"))
        with self.defining(own):
            return self.source(join.by, join.place.at("by"))
