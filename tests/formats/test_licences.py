"""The terms of a licence as TOML, its records as bytes, and the page that describes them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from licences import LICENCE, TERMS, issued, made, shipped
from servanda.errors import CatalogueError, FormatError
from servanda.formats.canonical import canonical, parse_canonical
from servanda.formats.licences import corrected, event_bytes, event_from_bytes, read_terms
from servanda.formats.when import parse_when
from servanda.model.licence import LicenceType
from servanda.model.licence_event import Corrected, LicenceEvent, Plain, Struck

PAGE = (Path(__file__).parents[2] / "spec" / "licences.md").read_text()


def test_the_terms_are_read_as_they_are_written() -> None:
    assert read_terms(TERMS, "terms.toml") == LICENCE


def test_the_example_of_the_page_is_a_licence() -> None:
    example = "\n".join(line[4:] for line in PAGE.splitlines() if line.startswith("    "))
    found = read_terms(example.encode(), "spec", "Asia/Tokyo")
    assert (found.items[0].quantity, found.zone) == (Decimal("10.5"), "Asia/Tokyo")


def test_every_kind_of_record_and_of_licence_stands_on_the_page() -> None:
    kinds = [str(one.__struct_config__.tag) for one in get_args(LicenceEvent)]
    assert [one for one in (*kinds, *(each.value for each in LicenceType)) if f"`{one}`" not in PAGE] == []
    assert re.search(r"servanda/licence@1", PAGE)


def test_the_regimes_zone_is_taken_only_where_the_terms_name_none() -> None:
    without = TERMS.replace(b'zone = "Asia/Tokyo"\n', b"")
    assert read_terms(TERMS, "t", "Asia/Seoul").zone == "Asia/Tokyo"
    assert read_terms(without, "t", "Asia/Seoul").zone == "Asia/Seoul"
    with pytest.raises(CatalogueError, match="zone"):
        read_terms(without, "t")


def test_a_record_reads_back_from_its_bytes_and_other_bytes_are_refused() -> None:
    right = shipped("S-1", "2019-08-01", "4")
    for event in (
        *issued(),
        right,
        made(Corrected, "c", "2019-08-02", of="S-1", record=right),  # type: ignore[arg-type]
        made(Struck, "x", "2019-08-03", of="c"),  # type: ignore[arg-type]
    ):
        data = event_bytes(event)
        assert event_from_bytes(data) == event
        plain = parse_canonical(data)
        with pytest.raises(FormatError):
            event_from_bytes(canonical({**plain, "kind": "gossip"}))
        with pytest.raises(FormatError):
            event_from_bytes(canonical({**plain, "more": "x"}))


def test_a_correction_replaces_only_what_it_names() -> None:
    before = shipped("S-1", "2019-08-01", "4")
    after: Plain = corrected(before, "{ done = 2019-08-02 }", "S-1")
    assert after.done == parse_when("2019-08-02")
    assert event_bytes(corrected(after, "{ done = 2019-08-01 }", "S-1")) == event_bytes(before)
