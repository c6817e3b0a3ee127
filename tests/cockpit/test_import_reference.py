"""The reference of the mapping language and the mappings that are shipped say what is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec.inspect as shapes
import pytest

from cockpit.importing.kinds_page import PAGE, page
from cockpit.importing.load import load
from cockpit.importing.mapping import Mapping
from events.vocabulary import OrderPlaced, SellerHired
from tests.cockpit.import_case import open_case

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "mapping.md").read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", REFERENCE, re.DOTALL)
EXAMPLES = sorted((ROOT / "examples").glob("*/*.toml"))


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_of_the_reference_is_a_mapping(tmp_path: Path, block: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(block, "utf-8")
    load(path)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_shipped_mapping_is_one(path: Path) -> None:
    assert load(path).source == path.parent.name


def keys(shape: shapes.Type, seen: set[type]) -> Iterator[str]:
    """Every key of the language."""
    if isinstance(shape, shapes.StructType):
        if shape.cls not in seen:
            seen.add(shape.cls)
            for field in shape.fields:
                yield field.encode_name
                yield from keys(field.type, seen)
    elif isinstance(shape, shapes.UnionType):
        for each in shape.types:
            yield from keys(each, seen)
    elif isinstance(shape, shapes.VarTupleType):
        yield from keys(shape.item_type, seen)
    elif isinstance(shape, shapes.DictType):
        yield from keys(shape.value_type, seen)


def test_the_reference_explains_every_key() -> None:
    said = set(re.findall(r"[`\[.]+(\w+)[`.\]]", REFERENCE)) | set(
        re.findall(r"`(\w+) = ", REFERENCE)
    )
    missing = set(keys(shapes.type_info(Mapping), set())) - said
    assert not missing


def test_the_page_of_events_is_what_the_vocabulary_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m cockpit.importing.kinds_page"


def test_the_first_mapping_does_what_the_reference_says(tmp_path: Path) -> None:
    for case in open_case(tmp_path):
        content = re.findall(r"```\n(Order;.*?)```", REFERENCE, re.DOTALL)[0]
        mapping = next(block for block in BLOCKS if 'source = "shop"' in block)
        outcome = case.bring(content, mapping)
        assert outcome.rejects == ()
        assert [order.amount for order in case.facts(OrderPlaced)] == [125000, 8050]
        assert [seller.name for seller in case.facts(SellerHired)] == ["Ann Fox", "Bob Hill"]
        assert outcome.appended == {
            "seller_hired": 2,
            "client_registered": 2,
            "order_placed": 2,
            "calendar_set": 1,
        }
