"""What a read model holds, written out so that two of them can be compared.

A model caught up in any portions holds the same as one built at once, though its numbers for
texts and the order inside its rows may differ, and a text may have two numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from events.sqlite.engine import Connection, Record
from projections.model.pack import papers_of, positions, turns_of, unpacked

_PLAIN = (
    "SELECT 'meta', name, value FROM meta ORDER BY name",
    "SELECT 'page', page, day, first, last FROM page ORDER BY page",
    "SELECT 'span', day, page, until FROM span ORDER BY day, page",
    "SELECT 'first', client, known, day, seq, deal FROM first ORDER BY client, known",
    "SELECT 'repair', seq, id, target FROM repair ORDER BY seq",
    "SELECT 'version', * FROM version ORDER BY seq, since",
)


def dump(connection: Connection) -> Iterator[Record]:
    """Every row of every table in order, numbers replaced by what they stand for."""
    for query in _PLAIN:
        yield from connection.execute(query).fetchall()
    yield from _cells(connection)
    rows = connection.execute("SELECT kind, day, page, body FROM mark ORDER BY kind, day, page")
    for kind, day, page, body in rows.fetchall():
        yield ("mark", kind, day, page, *sorted(positions([body])))
    rows = connection.execute("SELECT day, page, body FROM turn ORDER BY day, page")
    for day, page, body in rows.fetchall():
        yield ("turn", day, page, *turns_of(body))
    rows = connection.execute("SELECT day, page, body FROM paper ORDER BY day, page")
    for day, page, body in rows.fetchall():
        yield ("paper", day, page, *papers_of(body))


def _cells(connection: Connection) -> Iterator[Record]:
    sellers: dict[int, str] = dict(connection.execute("SELECT id, text FROM seller").fetchall())
    cuts: dict[int, str] = dict(connection.execute("SELECT id, text FROM cut").fetchall())
    rows = connection.execute("SELECT * FROM cell ORDER BY day, page, activity").fetchall()
    for *sums, body in rows:
        cells: dict[tuple[str, str], list[int]] = {}
        for seller, cut, *values in unpacked(body):
            found = cells.setdefault((sellers.get(seller, ""), cuts[cut]), [0] * len(values))
            found[:] = map(sum, zip(found, values, strict=True))
        held = [(*key, *values) for key, values in sorted(cells.items()) if any(values)]
        if held:
            yield ("cell", *sums)
            yield from (("cell", *sums[:3], *cell) for cell in held)
