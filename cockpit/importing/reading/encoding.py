"""Which encoding a text file is in: its byte order mark, what the mapping says, or UTF-8."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

import msgspec

from cockpit.importing.mapping import FileSpec
from cockpit.importing.place import Place
from cockpit.words import t

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD: Final = 4

_BOOKS: Final = frozenset((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
"""How spreadsheets begin, the newer and the older ones."""

_BOOK: Final = 'format = "xlsx"'
_OF_NAMES: Final = frozenset({"idna", "punycode"})
"""What Python calls encodings too, of the names of machines."""

_CHUNK: Final = 1 << 20


class Encoding(msgspec.Struct, frozen=True):
    """The codec's name, whether every byte of the file is in it, and the number of lines."""

    name: str
    clean: bool
    lines: int


def encoding_of(path: Path, spec: FileSpec, place: Place) -> Encoding:
    """Look at the whole file once; raises Refused where only a person can say what it is."""
    declared = spec.encoding
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head in _BOOKS:
        place.at("format").refuse(
            t("this is a spreadsheet or an archive; say {format}, or unpack it", format=_BOOK)
        )
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked is None and declared is None and 2 * head.count(0) >= len(head) > 1:
        likely = "utf-16-le" if head[1] == 0 else "utf-16-be"
        place.at("encoding").refuse(
            t("this looks like UTF-16; if it is, say encoding = {name}", name=f'"{likely}"')
        )
    name = marked or declared or "utf-8"
    try:
        b"a\0\0\0".decode(name, "replace")
        known = codecs.lookup(name).name not in _OF_NAMES
    except (LookupError, ValueError):
        known = False
    if not known:
        place.at("encoding").refuse(t("no encoding is called {name}", name=name))
    clean, lines = _decodes(path, name)
    if not clean and marked is None and declared is None and spec.errors == "reject":
        _demand(path, place)
    return Encoding(name, clean, lines)


def _decodes(path: Path, name: str) -> tuple[bool, int]:
    """Whether a file is wholly in an encoding, and how many line ends it has."""
    decoder = codecs.getincrementaldecoder(name)()
    lines, clean = 0, True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            lines += chunk.count(b"\n")
            if clean:
                clean = _feeds(decoder, chunk, final=False)
    return clean and _feeds(decoder, b"", final=True), lines + 1


def _feeds(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    """Whether a decoder takes the next bytes."""
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _demand(path: Path, place: Place) -> None:
    """Refuse a file none of whose foreign letters is UTF-8: it is written in something else."""
    first = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.isascii():
                continue
            try:
                line.decode()
            except UnicodeDecodeError:
                first = first or number
            else:
                return
    place.at("encoding").refuse(
        t('line {line} is not UTF-8; name the encoding, as in encoding = "cp1251"', line=first)
    )
