"""A file of movements: every line is a movement or is reported, whatever stands in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import CatalogueError, FormatError
from servanda.formats import movements
from servanda.formats.licences import parse_amount
from servanda.formats.movements import NO_UNIT, read_movements
from servanda.model.licence import shown

HEAD = "shipment,licence,item,quantity,unit,from,to,date,arrived\n"
GOOD = "S-1,L-1,1,4.50,kg,a,b,2019-07-20,2019-07-25\n"


def read(lines: str, head: str = HEAD) -> movements.Sheet:
    return read_movements((head + lines).encode(), "m.csv")


def test_a_line_is_a_movement() -> None:
    sheet = read(GOOD)
    (one,) = sheet.movements
    assert (one.id, one.quantity, one.party, str(one.done), str(one.arrived), one.line) == (
        "S-1",
        Decimal("4.5"),
        "b",
        "2019-07-20",
        "2019-07-25",
        2,
    )
    assert sheet.problems == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("S-1,L-1,1,-4,kg,a,b,2019-07-20,", "not an amount above zero"),
        ("S-1,L-1,1,0,kg,a,b,2019-07-20,", "write a number above zero"),
        ("S-1,L-1,1,1e9,kg,a,b,2019-07-20,", "not an amount"),
        ("S-1,L-1,1,999999999999999999,kg,a,b,2019-07-20,", "at most twelve digits"),
        ('S-1,L-1,1,"1,000",kg,a,b,2019-07-20,', "not an amount"),
        ("S-1,L-1,1,4,kg,a,b,20.7.2019,", "date: `20.7.2019`"),
        ("S-1,L-1,1,4,kg,a,b,2019-02-30,", "does not exist"),
        ("S-1,L-1,1,4,kg,a,b,2019-07,", "is not a day"),
        ("S-1,L-1,1,4,kg,,b,2019-07-20,", "`from` is empty"),
        ("S-1,L-1,1,4", "4 fields where the first line names 9"),
        ("S-1,L-1,1,4,kg,a,\u200bb,2019-07-20,", "cannot be seen"),
        (f"S-1,L-1,1,4,kg,{'a' * 10_000},b,2019-07-20,", "longer than 300"),
        (GOOD.strip(), "repeats line 2, which counts"),
        (GOOD.replace("4.50", "5").strip(), "otherwise told than in line 2"),
    ],
)
def test_a_line_that_cannot_be_counted_is_reported_and_the_others_are_read(line: str, says: str) -> None:
    sheet = read(f"{GOOD}{line}\nS-2,L-1,1,1,kg,a,b,2019-07-20,\n")
    assert [one.id for one in sheet.movements] == ["S-1", "S-2"]
    assert [one.line for one in sheet.problems] == [3]
    assert says in sheet.problems[0].says


def test_a_quote_that_never_ends_says_from_where_nothing_was_read() -> None:
    sheet = read(f'{GOOD}S-2,"L-1,1,4,kg,a,b,2019-07-20,\n{GOOD}')
    assert [one.id for one in sheet.movements] == ["S-1"]
    assert "nothing from here on was read" in sheet.problems[0].says


def test_more_lines_than_are_read_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(movements, "MOST_ROWS", 2)
    sheet = read("".join(GOOD.replace("S-1", f"S-{n}") for n in range(4)))
    assert len(sheet.movements) == 2
    assert (sheet.problems[0].line, "more than 2 lines" in sheet.problems[0].says) == (4, True)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no column"),
        (b"shipment,item\n", "`quantity`, `from`, `to`, `date`"),
        (b"\xff\xfe\x00", "not UTF-8"),
        ((HEAD.strip() + ",date\n").encode(), "column `date` twice"),
    ],
)
def test_a_file_that_is_not_one_is_one_clear_error(data: bytes, says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        read_movements(data, "m.csv")


def test_a_file_of_another_table_program_is_read() -> None:
    sheet = read_movements(("\ufeff" + (HEAD + GOOD).replace(",", ";").replace("\n", "\r\n")).encode(), "m")
    assert [one.id for one in sheet.movements] == ["S-1"]


def test_what_a_file_does_not_tell_is_said() -> None:
    sheet = read("S-1,1,4,a,b,2019-07-20,x\n", "shipment,item,quantity,from,to,date,note\n")
    assert (sheet.tells_arrivals, sheet.ignored, sheet.movements[0].unit) == (False, ("note",), NO_UNIT)


@given(st.text(max_size=300))
def test_every_line_of_any_file_is_a_movement_a_problem_or_empty(text: str) -> None:
    sheet = read(text)
    told = {one.line for one in sheet.movements} | {one.line for one in sheet.problems}
    assert len(sheet.movements) + len(sheet.problems) >= sheet.rows
    assert all(line >= 2 for line in told)


@given(st.decimals("0.000001", "999999999999.999999", places=6))
def test_an_amount_is_read_as_it_is_printed(amount: Decimal) -> None:
    assert parse_amount(shown(amount), "x") == amount


@pytest.mark.parametrize("text", ["", " ", "٣", "½", "1.", ".5", "+1", "1_0", "0x1", "inf", "1 000"])
def test_what_is_not_digits_is_no_amount(text: str) -> None:
    with pytest.raises(FormatError):
        parse_amount(text, "x")
