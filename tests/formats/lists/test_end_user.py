"""METI's End User List: mended where it is certain, and told."""

from __future__ import annotations

import json
from typing import Any

from servanda.formats.lists import read_list
from servanda.model.listed import PartyList
from shared_data import data

URL = "https://www.meti.go.jp/press/2025/09/20250929006/20250929006.html"
RECORD: dict[str, Any] = {
    "id": "jp-eul-10",
    "entity_name": "Emirates Alloys LLC",
    "aliases": ["Emirates Aero"],
    "addresses": ["United Arab Emirates"],
    "reason": "大量破壊兵器等の懸念: 核 N; 通常兵器の懸念: CW",
    "source_url": URL,
}


def read(*records: object) -> PartyList:
    return read_list(json.dumps(records).encode(), "end_user_list.json")


def test_a_record_says_its_country_and_its_concerns_and_the_list_its_day() -> None:
    found = read(RECORD)
    (party,) = found.parties
    assert (party.id, party.name, party.aliases) == ("jp-eul-10", "Emirates Alloys LLC", ("Emirates Aero",))
    assert (party.countries, party.reasons) == (
        ("United Arab Emirates",),
        ("N: nuclear", "CW: conventional weapons"),
    )
    assert str(found.issued) == "2025-09-29"
    assert found.problems == ()


def test_a_letter_of_concern_may_touch_kana_or_be_wide() -> None:
    for reason, letters in (
        ("ミサイルM", "M"),
        ("核 Ｎ", "N"),
        ("ミサイル、核 M、N", "MN"),
        ("B,C,M,N", "BCMN"),
    ):
        (party,) = read({**RECORD, "reason": f"大量破壊兵器等の懸念: {reason}"}).parties
        assert "".join(one[0] for one in party.reasons) == letters


def test_a_reason_that_names_no_concern_stays_as_it_is_and_is_told() -> None:
    found = read({**RECORD, "reason": "不明"})
    assert found.parties[0].reasons == ("不明",)
    assert any("names no concern" in line for line in found.problems)


def test_a_name_glued_to_a_country_that_others_name_is_the_name() -> None:
    glued = {**RECORD, "id": "x", "entity_name": "", "addresses": ["United Arab Emirates Sky Rise Ltd."]}
    found = read(RECORD, glued)
    assert (found.parties[1].name, found.parties[1].countries) == ("Sky Rise Ltd.", ("United Arab Emirates",))
    assert found.problems == (
        "x: the name stood in the address; read as `Sky Rise Ltd.` of United Arab Emirates",
    )


def test_where_the_country_is_not_known_nothing_is_guessed() -> None:
    unknown = {**RECORD, "id": "x", "entity_name": "", "addresses": ["Ruritania Sky Rise Ltd."]}
    found = read(RECORD, unknown, {**unknown, "id": "y", "aliases": []})
    assert found.parties[1].name == "Emirates Aero"
    assert len(found.parties) == 2
    assert "x: has no name; its first alias `Emirates Aero` stands for it" in found.problems
    assert "y: has no name and no alias, left out: Ruritania Sky Rise Ltd." in found.problems


def test_a_name_in_two_scripts_is_found_by_either() -> None:
    (party,) = read({**RECORD, "entity_name": "Beijing Institute of Technology （北京理工大学）"}).parties
    assert party.aliases == ("Emirates Aero", "Beijing Institute of Technology", "北京理工大学")


def test_what_is_no_record_or_there_twice_or_of_another_revision_is_told() -> None:
    other = {**RECORD, "source_url": URL.replace("2025", "2024")}
    found = read("x", RECORD, other)
    assert [one.id for one in found.parties] == ["jp-eul-10", "jp-eul-10#2"]
    assert "1 entries are no records, left out" in found.problems
    assert any("2 revisions; taken to be of the oldest, 2024-09-29" in line for line in found.problems)


def test_of_the_real_list_nothing_is_lost() -> None:
    raw = data("meti/end_user_list.json").read_bytes()
    plain = json.loads(raw)
    found = read_list(raw, "end_user_list.json")
    assert len(found.parties) == len(plain) == 835
    glued = [line for line in found.problems if "the name stood in the address" in line]
    assert len(glued) == sum(not one["entity_name"] for one in plain) == 37
    assert not any("names no concern" in line for line in found.problems)
    for record, party in zip(plain, found.parties, strict=True):
        assert {" ".join(one.split()) for one in record["aliases"]} <= set(party.names)
        if record["entity_name"]:
            assert party.name == " ".join(record["entity_name"].split())
            assert list(party.countries) == record["addresses"]
        else:
            assert record["addresses"] == [f"{party.countries[0]} {party.name}"]
