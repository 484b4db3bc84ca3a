"""A list of one's own as CSV."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.errors import FormatError
from servanda.formats.lists import read_list
from servanda.model.listed import Membership, PartyList
from servanda.model.when import Day


def read(text: str) -> PartyList:
    return read_list(text.encode(), "own.csv")


def stood(found: PartyList, place: int, on: str) -> Membership:
    return found.membership(found.parties[place], Day(date.fromisoformat(on)))


def test_columns_may_stand_in_any_order_and_only_the_name_must() -> None:
    found = read("Country,Name,aliases,id,reason\nRU;BY,ООО Ромашка,Romashka; OOO Romashka,7,late payment\n")
    (party,) = found.parties
    assert party.names == ("ООО Ромашка", "Romashka", "OOO Romashka")
    assert (party.id, party.countries, party.reasons) == ("7", ("RU", "BY"), ("late payment",))
    assert read("name\nX GmbH\n").parties[0].id == "line 2"


def test_from_and_to_are_exact_days() -> None:
    found = read("name,from,to\nA,2020-01-01,2022-01-01\nB,2024-01-01,\nC,,\n")
    assert stood(found, 0, "2021-12-31") is Membership.LISTED
    assert stood(found, 0, "2022-01-01") is Membership.NOT_LISTED
    assert stood(found, 1, "2023-12-31") is Membership.NOT_LISTED
    assert stood(found, 1, "2024-01-01") is Membership.LISTED
    assert stood(found, 2, "2021-01-01") is Membership.LISTED
    assert (str(found.issued), str(found.latest)) == ("2020-01-01", "2024-01-01")


def test_who_has_only_a_day_of_leaving_was_there_nobody_says_since_when() -> None:
    found = read("name,from,to\nA,,2022-01-01\nB,2020-01-01,\nC,2024-01-01,\n")
    assert stood(found, 0, "2021-06-01") is Membership.UNKNOWN
    assert stood(found, 0, "2021-12-31") is Membership.LISTED
    assert stood(found, 0, "2022-01-02") is Membership.NOT_LISTED


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("A,2022-02-30,", "`2022-02-30` in `from` is no day"),
        ("A,2022-02-01x,", "in `from` is no day"),
        ("A,2020-01-01,soon", "`soon` in `to` is no day"),
        ("A,2022-01-01,2021-01-01", "taken to be on it still"),
        ("A,0001-01-01,", "before the calendar begins"),
        ("A", "has 1 cells for 3 columns"),
        ("A,,,,", "has 5 cells for 3 columns"),
    ],
)
def test_a_day_that_cannot_be_read_never_takes_anybody_off(row: str, told: str) -> None:
    found = read(f"name,from,to\n{row}\nB,2020-01-01,\n")
    assert any(told in line for line in found.problems)
    assert stood(found, 0, "2026-11-23") is Membership.LISTED


def test_a_row_without_a_name_and_an_id_there_twice_are_told() -> None:
    found = read("name,id\n,1\nA,2\nB,2\n")
    assert [one.id for one in found.parties] == ["2", "2#2"]
    assert any("line 2: has no name" in line for line in found.problems)
    assert any("`2` is there before" in line for line in found.problems)


@pytest.mark.parametrize("head", ["name,nom", "name,name", "name,"])
def test_a_column_that_means_nothing_is_refused(head: str) -> None:
    with pytest.raises(FormatError, match="column"):
        read(f"{head}\nA,B\n")
