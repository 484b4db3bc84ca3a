"""The U.S. Consolidated Screening List in its three forms."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import Any

import pytest

from servanda.errors import FormatError
from servanda.formats.lists import read_list
from servanda.formats.when import parse_instant
from servanda.model.listed import EntityKind, PartyList
from shared_data import data

EL = "Entity List (EL) - Bureau of Industry and Security"
DPL = "Denied Persons List (DPL) - Bureau of Industry and Security"
PUBLISHED: dict[str, Any] = {
    "total": 3,
    "results": [
        {
            "id": "9f86d081884c7d65",
            "name": "BANK OF KUNLUN CO LTD",
            "alt_names": ["KARAMAY CITY COMMERCIAL BANK CO LTD."],
            "source": "Capta List (CAP) - Treasury Department",
            "entity_number": 15268,
            "type": "Entity",
            "addresses": [{"city": "Karamay", "country": "CN"}, {"city": "Beijing", "country": "CN"}],
            "programs": ["561-Related"],
            "federal_register_notice": None,
            "source_list_url": "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
        },
        {
            "name": "Sinno Electronics Co., Ltd.",
            "source": EL,
            "license_requirement": "For all items subject to the EAR. (See §744.11 of the EAR)",
            "license_policy": "Presumption of denial",
            "federal_register_notice": "87 FR 38920",
            "addresses": [{"country": "CN"}],
        },
        {"name": "A PERSON", "source": DPL, "start_date": "2017-10-18", "end_date": "2027-10-15"},
    ],
}
COMPACT: dict[str, Any] = {
    "entryCount": 3,
    "sourceGeneratedAt": "2026-07-31T13:15:00.015113+00:00",
    "retrievedAt": "2026-07-31T14:14:59.252Z",
    "citation": "U.S. Consolidated Screening List",
    "listAuthority": {
        EL: {"code": "EL", "citation": "15 C.F.R. § 744.16", "effect": "A licence is required."}
    },
    "tables": {
        "sources": ["Capta List (CAP) - Treasury Department", EL, DPL],
        "programmes": ["561-Related"],
        "licenceRequirements": ["For all items subject to the EAR. (See §744.11 of the EAR)"],
        "licencePolicies": ["Presumption of denial"],
        "urls": ["https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList"],
    },
    "entries": [
        {
            "n": "BANK OF KUNLUN CO LTD",
            "a": ["KARAMAY CITY COMMERCIAL BANK CO LTD."],
            "s": 0,
            "t": "Entity",
            "c": ["CN"],
            "e": "15268",
            "pg": 0,
            "u": 0,
        },
        {"n": "Sinno Electronics Co., Ltd.", "s": 1, "c": ["CN"], "lr": 0, "lp": 0, "fr": "87 FR 38920"},
        {"n": "A PERSON", "s": 2},
    ],
}
HEAD = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,"
    "gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,"
    "dates_of_birth,nationalities,places_of_birth,source_information_url,ids"
)


def read(plain: object, name: str = "consolidated.json") -> PartyList:
    return read_list(json.dumps(plain).encode(), name)


def as_csv(*records: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEAD.split(","), restval="")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def test_a_record_says_its_list_its_names_its_countries_and_its_reasons() -> None:
    bank, entity, person = read(PUBLISHED).parties
    assert bank.id == "Capta List (CAP) - Treasury Department:15268"
    assert bank.names == ("BANK OF KUNLUN CO LTD", "KARAMAY CITY COMMERCIAL BANK CO LTD.")
    assert (bank.kind, bank.countries, bank.reasons) == (EntityKind.ORGANISATION, ("CN",), ("561-Related",))
    assert entity.kind is EntityKind.UNKNOWN  # the list does not say what it is
    assert entity.reasons[1] == "Presumption of denial"
    assert person.reasons == ("order of 2017-10-18, until 2027-10-15",)


def test_the_compact_form_is_the_published_one_with_its_authority() -> None:
    published, compact = read(PUBLISHED), read(COMPACT)
    assert [one.id for one in published.parties] == [one.id for one in compact.parties]
    assert [one.names for one in published.parties] == [one.names for one in compact.parties]
    assert published.parties[1].reasons == compact.parties[1].reasons
    assert compact.parties[1].effect == "A licence is required."
    assert compact.parties[1].citation == "15 C.F.R. § 744.16; 87 FR 38920"
    assert str(compact.issued) == "2026-07-31"
    assert compact.retrieved == parse_instant("2026-07-31T14:14:59.252Z")


def test_the_csv_says_the_same_as_the_json() -> None:
    found = read_list(
        as_csv(
            {
                "source": "Capta List (CAP) - Treasury Department",
                "entity_number": "15268",
                "type": "Entity",
                "programs": "561-Related",
                "name": "BANK OF KUNLUN CO LTD",
                "alt_names": "KARAMAY CITY COMMERCIAL BANK CO LTD.",
                "addresses": "No. 7 Century Avenue, Karamay, CN; Beijing, CN",
                "source_list_url": "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
            }
        ),
        "consolidated.csv",
    )
    assert found.parties == read(PUBLISHED).parties[:1]
    assert found.issued is None
    assert "unknown age" in found.problems[0]


def test_one_page_of_a_search_is_not_taken_for_the_list() -> None:
    with pytest.raises(FormatError, match="holds 3 of 25921 records"):
        read({**PUBLISHED, "total": 25921})
    with pytest.raises(FormatError, match="holds 3 of 4 records"):
        read({**COMPACT, "entryCount": 4})


def test_records_without_a_number_and_with_one_name_are_told_apart_by_their_notice() -> None:
    twice = [
        {"name": "A PERSON", "source": DPL, "federal_register_notice": "64 F.R. 40824"},
        {"name": "A PERSON", "source": DPL, "federal_register_notice": "64 F.R. 40822"},
        {"name": "A PERSON", "source": DPL, "federal_register_notice": "64 F.R. 40822"},
    ]
    found = read({"results": twice})
    assert [one.id.removeprefix(DPL) for one in found.parties] == [
        ":A PERSON:64 F.R. 40824",
        ":A PERSON:64 F.R. 40822",
        ":A PERSON:64 F.R. 40822#2",
    ]
    assert any("is there before" in line for line in found.problems)


def test_what_cannot_be_read_is_told_and_the_rest_is_read() -> None:
    found = read(
        {
            "results": [
                "no record",
                {"source": EL},
                {"name": "X GmbH", "source": EL, "alt_names": [7, None, "X AG"]},
                {"name": "Y", "alt_names": {"strange": 1}},
                {"name": "Murat B\x81key\n", "source": EL},
                {"name": "Z \ud800", "source": EL},
                {"name": "N\x00L", "source": EL},
            ],
            "retrievedAt": "2026-13-45",
        }
    )
    assert [one.name for one in found.parties] == ["X GmbH", "Y", "Murat Bkey", "Z", "NL"]
    assert found.parties[0].aliases == ("X AG",)
    told = "\n".join(found.problems)
    for line in (
        "record 1: is no record",
        "record 2: has no name",
        "record 3: an alias is no text",
        "record 4: its aliases are neither",
        "record 4: `Y` does not say of which list it is",
        "record 5: characters that are no text",
        "record 6: characters that are no text",
        "`2026-13-45` is no instant",
    ):
        assert line in told


def test_a_list_without_a_party_is_refused() -> None:
    with pytest.raises(FormatError, match="holds no party"):
        read({"results": []})


def test_the_real_list_is_read_whole() -> None:
    raw = data("us/screening-list.json").read_bytes()
    plain = json.loads(raw)
    found = read_list(raw, "screening-list.json")
    assert len(found.parties) == plain["entryCount"]
    assert Counter(one.title for one in found.parties) == plain["countsBySource"]
    assert len({one.id for one in found.parties}) == len(found.parties)
    names = [set(one.names) for one in found.parties]
    for record, have in zip(plain["entries"], names, strict=True):
        said = [record["n"], *record.get("a", ())]
        assert {" ".join(one.split()) for one in said if one.isprintable()} <= have
    assert "PMC Wagner" in found.parties[_place(found, "PMC Wagner; and")].aliases
    assert "CORE ZING" in found.parties[_place(found, "COREZING INTERNATIONAL -AKAS-")].aliases


def _place(found: PartyList, begins: str) -> int:
    return next(place for place, one in enumerate(found.parties) if one.name.startswith(begins))
