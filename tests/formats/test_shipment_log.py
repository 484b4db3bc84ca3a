"""A log of past shipments: every row becomes a shipment or a problem with its line, and none is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import FormatError
from servanda.formats.shipment_log import COLUMNS, Asking, Broken, amount, read_shipments
from servanda.model.export import Shipment
from servanda.model.when import zone

ASKING = Asking("jp-export-control", zone("Asia/Tokyo"), frozenset({"individual", "general-bulk"}))
HEAD = ",".join(COLUMNS)


def read(*rows: str, head: str = HEAD) -> list[Shipment | Broken]:
    return list(read_shipments("\n".join((head, *rows)).encode(), ASKING))


def test_a_day_lasts_until_the_end_of_that_day_in_the_regimes_zone() -> None:
    (row,) = read("s-1,2019-07-04,1-(3)(1),kr,A buyer,900000,jpy,individual,L-1")
    assert isinstance(row, Shipment)
    assert (str(row.request.at), str(row.until)) == ("2019-07-03T15:00:00Z", "2019-07-04T15:00:00Z")
    assert (row.line, row.request.destination, row.request.currency) == (2, "KR", "JPY")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("s-1,2019-07-04,1-(3)(1),KR", "has 4 fields, not 9"),
        ("s-1,04/07/2019,1-(3)(1),KR,,,,,", "date: "),
        ("s-1,2019-02-30,1-(3)(1),KR,,,,,", "does not exist"),
        ("s-1,2019-07,1-(3)(1),KR,,,,,", "neither a day nor an instant"),
        ("s-1,2019-07-04T12:00:00,1-(3)(1),KR,,,,,", "has no offset"),
        ("s-1,2019-07-04,,KR,,,,,", "item: is empty"),
        ("s-1,2019-07-04,1-(3)(1),KR,,much,JPY,,", "value: `much` is no amount"),
        ("s-1,2019-07-04,1-(3)(1),KR,,-1,JPY,,", "value: `-1` is no amount"),
        ("s-1,2019-07-04,1-(3)(1),KR,,NaN,JPY,,", "value: `NaN` is no amount"),
        ("s-1,2019-07-04,1-(3)(1),KR,,,,white,", "licence_type: no `white`"),
        (f"s-1,2019-07-04,{'x' * 10_001},KR,,,,,", "item: longer than 10000"),
    ],
)
def test_a_broken_row_says_on_which_line_it_stands_and_what_is_wrong(row: str, says: str) -> None:
    good = "s-0,2019-07-04,1-(3)(1),KR,,,,,"
    first, second = read(good, row)
    assert isinstance(first, Shipment)
    assert isinstance(second, Broken)
    assert second.line == 3
    assert says in second.what


def test_an_id_that_stands_twice_is_reported_and_the_first_is_kept() -> None:
    row = "s-1,2019-07-04,1-(3)(1),KR,,,,,"
    first, second = read(row, row)
    assert isinstance(first, Shipment)
    assert second == Broken(3, "the id `s-1` stands on line 2 too")


def test_a_field_over_several_lines_does_not_shift_the_lines_after_it() -> None:
    rows = read('s-1,2019-07-04,1-(3)(1),KR,"A\nbuyer",,,,', "s-2,bad,1-(3)(1),KR,,,,,")
    assert [one.line for one in rows] == [2, 4]


def test_columns_may_stand_in_any_order_and_concern_may_be_added() -> None:
    head = "concern,licence,licence_type,currency,value,end_user,destination,item,date,id,informed"
    (row,) = read("wmd,,,,,,CN,unlisted,2020-01-01,s-1,yes", head=head)
    assert isinstance(row, Shipment)
    assert (str(row.request.concern), row.request.informed) == ("Concern.WMD", True)
    (broken,) = read("fear,,,,,,CN,unlisted,2020-01-01,s-1,perhaps", head=head)
    assert isinstance(broken, Broken)
    assert "concern: `fear`" in broken.what
    assert "informed: `perhaps`" in broken.what


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "lacks the columns"),
        (b"id,date\n", "lacks the columns"),
        (f"{HEAD},colour\n".encode(), "strange or doubled"),
        (f"{HEAD},id\n".encode(), "strange or doubled"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_log_is_refused_whole(data: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        list(read_shipments(data, ASKING))


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x00"), max_size=40), max_size=6)
)
def test_whatever_stands_in_a_row_nothing_is_dropped(rows: list[str]) -> None:
    filled = [row for row in rows if any(field.strip() for field in row.split(",")) and '"' not in row]
    assert len(read(*filled)) == len(filled)


@pytest.mark.parametrize("words", ["", "Infinity", "12 yen", "0x10", "1e400000000", "9" * 16, "١٢٣", "-0"])
def test_an_amount_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(FormatError):
        amount(words)
