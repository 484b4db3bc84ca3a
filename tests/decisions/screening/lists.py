"""Small lists made for the tests of screening, and the real ones where they are at hand."""

from __future__ import annotations

from datetime import date
from functools import cache

from servanda.decisions.screening import Screen
from servanda.formats.lists import read_list
from servanda.model.listed import Listed, PartyList
from servanda.model.when import Day
from shared_data import data


def made(*names: str, weak: tuple[str, ...] = ()) -> Screen:
    """A list of parties, each with names divided by a bar."""
    parties = tuple(
        Listed(str(number), *(each.split("|")[:1]), tuple(each.split("|")[1:]), weak)  # type: ignore[misc]
        for number, each in enumerate(names)
    )
    return Screen.of([PartyList("TEST", "a list", None, parties)])


def listed(*names: str) -> PartyList:
    return PartyList(
        "TEST", "a list", None, tuple(Listed(str(number), name) for number, name in enumerate(names))
    )


@cache
def consolidated() -> PartyList:
    """The U.S. Consolidated Screening List."""
    file = data("us/screening-list.json")
    return read_list(file.read_bytes(), file.name)


@cache
def end_users() -> PartyList:
    """METI's Foreign End User List."""
    file = data("meti/end_user_list.json")
    return read_list(file.read_bytes(), file.name)


@cache
def of_consolidated() -> Screen:
    return Screen.of([consolidated()])


@cache
def sdn_history() -> PartyList:
    """OFAC's list from 2021 to 2024, from dated copies."""
    names = ("ofac_sdn_base_2021-05-22.csv", "ofac_sdn_events.csv", "ofac_sdn_snapshot_dates.csv")
    files = {name: data(f"ofac/{name}").read_bytes() for name in names}
    return read_list(files[names[0]], names[0], files)


def day(words: str) -> Day:
    return Day(date.fromisoformat(words))
