"""Second files, read whole, so that a row of the first finds its own by a key."""

from __future__ import annotations

from pathlib import Path

from cockpit.importing.batch import Batch
from cockpit.importing.cells import Row, text_of
from cockpit.importing.columns import columns_of
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import Formats, Lookup
from cockpit.importing.place import Place
from cockpit.importing.reading import open_table
from cockpit.importing.scope import Join, Scope
from cockpit.importing.sources import converted
from cockpit.words import t


def open_join(
    name: str, spec: Lookup, folders: tuple[Path, ...], formats: Formats, zone: str, place: Place
) -> Join:
    """A second file by its keys; raises Refused where it is missing or a key is there twice."""
    path = next((folder / spec.file for folder in folders if (folder / spec.file).exists()), None)
    if path is None:
        place.at("file").refuse(
            t("there is no {file} beside the file or the mapping", file=spec.file)
        )
    table = open_table(path, spec, place)
    columns = columns_of(table, spec)
    scope = Scope(columns, formats, zone=zone, place=place)
    key = converted(scope.source(spec.key, place.at("key")), text_of)
    found = [(line, cells) for line, cells in table.scan() if not isinstance(cells, RowError)]
    width = max((len(cells) for _, cells in found), default=0)
    batch = Batch([[line, "", *cells, *[None] * (width - len(cells))] for line, cells in found])
    rows: dict[str, Row] = {}
    for text, row in zip(key(batch), batch.rows, strict=True):
        if isinstance(text, RowError) or not text:
            continue
        if text in rows and spec.twice == "refuse":
            place.refuse(
                t(
                    'lines {first} and {line} of {file} are both {key}; say twice = "first"'
                    ' or "last"',
                    first=str(rows[text][0]),
                    line=str(row[0]),
                    file=path.name,
                    key=text,
                )
            )
        if text not in rows or spec.twice == "last":
            rows[text] = row
    return Join(name, spec.by, rows, columns, place, spec.missing == "reject")
