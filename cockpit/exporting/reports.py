"""A report as a file: CSV, a workbook, Markdown or JSON."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from cockpit.errors import Refused
from cockpit.render import csv, json, markdown, xlsx
from cockpit.words import t
from events.errors import Unwritable
from projections.report import Report

Format = Literal["csv", "xlsx", "markdown", "json"]

_SUFFIXES: Final[dict[str, Format]] = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
}


def format_of(path: Path) -> Format:
    """The format a file's name asks for; raises Refused with those there are."""
    found = _SUFFIXES.get(path.suffix.casefold())
    if found is None:
        raise Refused(
            t(
                "{file} does not say its format: end it in {suffixes}",
                file=path.name,
                suffixes=", ".join(_SUFFIXES),
            )
        )
    return found


def write(
    report: Report,
    names: Mapping[str, str],
    path: Path,
    format: Format,  # noqa: A002
    *,
    department: str = "",
) -> None:
    """Write a report to a file; `names` are the sellers' names by their keys.

    Raises Refused where there can be no such file, and Unwritable where the disk takes it not.
    """
    content = _content(report, names, format, department)
    try:
        path.write_bytes(content)
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.EISDIR, errno.ENOTDIR):
            raise Unwritable(
                "cannot write {file}: {problem}", file=path, problem=error.strerror
            ) from None
        raise Refused(
            t("cannot write {file}: {problem}", file=str(path), problem=error.strerror)
        ) from None


def _content(report: Report, names: Mapping[str, str], form: Format, department: str) -> bytes:
    """The bytes of the file. CSV begins with a mark, without which Excel takes it for Latin-1."""
    if form == "csv":
        return csv.render(report, names=names).encode("utf-8-sig")
    if form == "xlsx":
        return xlsx.render([report], names=names, department=department)
    if form == "json":
        return json.render(report, names=names).encode()
    return markdown.render(report, names=names, department=department).encode()
