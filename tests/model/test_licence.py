"""Terms and records of licences: amounts are exact, and what cannot be said of goods cannot be built."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from licences import LICENCE, line, made
from servanda.errors import FormatError
from servanda.formats.when import parse_when
from servanda.model.licence import MOST, name, positive, shown
from servanda.model.licence_event import Shipped, Suspended

amounts = st.decimals(Decimal("0.000001"), MOST, places=6)


@given(st.lists(amounts, min_size=1, max_size=50))
def test_sums_of_amounts_are_exact(found: list[Decimal]) -> None:
    for one in found:
        assert positive(one, "x") == one
    millionths = sum(int(one.scaleb(6)) for one in found)
    assert int(sum(found, Decimal(0)).scaleb(6)) == millionths


@given(amounts)
def test_an_amount_prints_without_zeros_and_is_the_same(amount: Decimal) -> None:
    text = shown(amount)
    assert Decimal(text) == amount
    assert not (("." in text) and text.endswith(("0", ".")))
    assert "E" not in text


@pytest.mark.parametrize(
    "text", ["0", "-1", "NaN", "Infinity", "1e3", "1e13", "1E-7", "1.0000001", "1e999999"]
)
def test_an_amount_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        positive(Decimal(text), "x")


@pytest.mark.parametrize("text", ["", " ", "a b", "-a", "x" * 65, "é", "a\n"])
def test_a_name_is_written_and_cited_in_plain_signs(text: str) -> None:
    with pytest.raises(FormatError):
        name(text, "licence")


def test_a_shipment_names_each_item_once_and_at_least_one() -> None:
    for lines in ((), (line("1"), line("2"))):
        with pytest.raises(FormatError, match="once"):
            made(Shipped, "S-1", "2019-08-01", lines=lines)


def test_a_suspension_has_a_reason_and_everything_a_day() -> None:
    with pytest.raises(FormatError, match="reason"):
        made(Suspended, "s", "2019-08-01")
    for done in ("2019-08", "unknown"):
        with pytest.raises(FormatError, match="is not a day"):
            made(Suspended, "s", done, seen="2019-08-01T00:00:00Z", reason="r")


def test_terms_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(FormatError, match="before it begins"):
        msgspec.structs.replace(
            LICENCE, valid_from=parse_when("2019-09-01"), valid_until=parse_when("2019-09-01")
        )
