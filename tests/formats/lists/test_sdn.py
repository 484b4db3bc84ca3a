"""OFAC's list as CSV, with the files beside it, and its history from dated copies."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from servanda.errors import FormatError
from servanda.formats.lists import read_list
from servanda.model.listed import EntityKind, Listed, Membership, PartyList
from servanda.model.when import Day
from shared_data import data

REST = ",-0- " * 6
SDN = (
    f'306,"BANCO NACIONAL DE CUBA",-0- ,"CUBA",-0- {REST},"a.k.a. \'BNC\'."\r\n'
    f'4690,"KHALIL, Ahmad",individual,"SDGT] [IFSR",-0- {REST},'
    "\"DOB 09 Feb 1951; a.k.a. 'ABU-'UMAR'; f.k.a. 'H7'; Linked To: LAZARUS GROUP.\"\r\n"
    "\x1a"
).encode()
ALT = b'306,220,"aka","NATIONAL BANK OF CUBA",-0- \r\n4690,9,"fka","KHALEEL, Ahmed",-0- \r\n'
ADD = b'306,199,"Zweierstrasse 35","Zurich CH-8022","Switzerland",-0- \r\n306,1,"x","y","Cuba",-0- \r\n'


def day(text: str) -> Day:
    return Day(date.fromisoformat(text))


def test_a_record_says_its_programmes_and_what_it_is() -> None:
    bank, person = read_list(SDN, "sdn.csv").parties
    assert (bank.id, bank.name, bank.kind) == ("306", "BANCO NACIONAL DE CUBA", EntityKind.ORGANISATION)
    assert (person.kind, person.reasons) == (EntityKind.PERSON, ("SDGT", "IFSR"))


def test_weak_aliases_stand_in_the_remarks() -> None:
    bank, person = read_list(SDN, "sdn.csv").parties
    assert bank.weak == ("BNC",)
    assert person.weak == ("ABU-'UMAR", "H7")


def test_remarks_go_on_in_the_comments() -> None:
    cut = "x" * 980 + "; a.k.a. 'RED DO"
    row = f'27307,"LAZARUS GROUP",-0- ,"DPRK3",-0- {REST},"{cut.rjust(1000)}"\n'.encode()
    comments = b"27307,\"T'; a.k.a. 'APPLEWORM'.\"\n"
    found = read_list(row, "sdn.csv", {"sdn_comments.csv": comments})
    assert found.parties[0].weak == ("RED DOT", "APPLEWORM")
    alone = read_list(row, "sdn.csv")
    assert alone.parties[0].weak == ()
    assert any("the rest of its remarks" in line for line in alone.problems)
    assert any("an alias in its remarks cannot be read: `a.k.a. 'RED DO`" in line for line in alone.problems)


def test_the_files_beside_it_are_known_by_their_columns_and_not_by_their_names() -> None:
    found = read_list(SDN, "x", {"one": ADD, "two": ALT})
    assert found.parties[0].aliases == ("NATIONAL BANK OF CUBA",)
    assert found.parties[0].countries == ("Switzerland", "Cuba")
    assert found.parties[1].aliases == ("KHALEEL, Ahmed",)


def test_what_belongs_to_nobody_and_what_has_other_columns_is_told() -> None:
    stray = b'999,1,"aka","NOBODY",-0- \n306,1,"aka"\nname,of,something,else,here\n'
    told = "\n".join(read_list(SDN, "sdn.csv", {"alt.csv": stray}).problems)
    assert "`999` has aliases or remarks and is not in the list" in told
    assert "alt.csv line 2: has 3 columns" in told
    assert "alt.csv: 1 rows begin with no number" in told


def test_a_row_that_is_short_or_there_twice_is_told_and_kept() -> None:
    found = read_list(SDN.replace(b"\x1a", b'306,"OTHER"\nx,"NO NUMBER"\n'), "sdn.csv")
    assert [one.id for one in found.parties] == ["306", "4690", "306#2"]
    told = "\n".join(found.problems)
    assert "line 3: has 2 of 12 columns" in told
    assert "`306` is there before" in told
    assert "line 4: has no number or no name, left out" in told


def test_the_real_list_is_read_whole() -> None:
    files = {name: data(f"ofac/{name}").read_bytes() for name in ("alt.csv", "add.csv", "sdn_comments.csv")}
    found = read_list(data("ofac/sdn.csv").read_bytes(), "sdn.csv", files)
    with data("ofac/sdn.csv").open(newline="") as lines:
        rows = [row for row in csv.reader(lines) if len(row) == 12]
    assert len(found.parties) == len(rows)
    weak = sum(one.count(".k.a. '") + one.count("d.b.a. '") for row in rows for one in row[11:])
    assert weak - sum(len(one.weak) for one in found.parties) < 30  # said twice, or among the strong
    with data("ofac/alt.csv").open(newline="") as lines:
        aliases = {(row[0], " ".join(row[3].split())) for row in csv.reader(lines) if len(row) == 5}
    assert aliases <= {(one.id, name) for one in found.parties for name in one.names}
    assert not any("cannot be read" in line for line in found.problems)


BASE = b"ent_num,name,type,program\n1,ALPHA,-0-,CUBA\n2,BETA,vessel,SDGT\n3,GAMMA,-0-,SDGT\n"
EVENTS = (
    b"observed,event,ent_num,name,type,program\n"
    b"2021-06-10,delisted,1,ALPHA,-0-,CUBA\n"
    b"2023-09-18,listed,4,DELTA,individual,SDGT\n"
    b"2023-09-18,delisted,2,BETA,vessel,SDGT\n"
    b"2023-09-20,amended,3,GAMMA TRADING,-0-,SDGT\n"
    b"2023-09-20,listed,1,ALPHA,-0-,CUBA\n"
)
DAYS = b"snapshot\n2021-05-22\n2021-06-03\n2021-06-10\n2023-01-07\n2023-09-18\n2023-09-20\n"


def history(base: bytes = BASE, events: bytes = EVENTS, days: bytes = DAYS) -> PartyList:
    return read_list(base, "base.csv", {"events.csv": events, "days.csv": days})


def stood(found: PartyList, number: str, on: str) -> Membership:
    return found.membership(next(one for one in found.parties if one.id == number), day(on))


def test_what_happened_in_a_gap_between_two_copies_is_unknown_in_it() -> None:
    found = history()
    assert stood(found, "4", "2023-01-06") is Membership.NOT_LISTED
    assert stood(found, "4", "2023-05-01") is Membership.UNKNOWN
    assert stood(found, "4", "2023-09-19") is Membership.LISTED
    assert stood(found, "2", "2023-01-06") is Membership.LISTED
    assert stood(found, "2", "2023-05-01") is Membership.UNKNOWN


def test_who_comes_back_has_two_stays() -> None:
    found = history()
    assert [stood(found, "1", on) for on in ("2021-06-02", "2022-01-01", "2023-09-20")] == [
        Membership.LISTED,
        Membership.NOT_LISTED,
        Membership.LISTED,
    ]


def test_before_the_first_copy_nobody_knows() -> None:
    assert stood(history(), "3", "2021-05-21") is Membership.UNKNOWN
    assert stood(history(), "4", "2021-05-21") is Membership.UNKNOWN


def test_the_latest_name_is_the_chief_one_and_the_former_an_alias() -> None:
    found = next(one for one in history().parties if one.id == "3")
    assert found.names == ("GAMMA TRADING", "GAMMA")


def test_the_order_of_the_lines_does_not_matter_between_days() -> None:
    head, *lines = EVENTS.splitlines(keepends=True)
    turned = head + b"".join([*lines[3:], *lines[:3]])
    assert {one.id: one for one in history(events=turned).parties} == {
        one.id: one for one in history().parties
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"soon,listed,9,X,-0-,Y\n", "no day"),
        (b"2023-09-18,renamed,9,X,-0-,Y\n", "`renamed` is no event"),
        (b"2023-09-18,listed,3,GAMMA,-0-,Y\n", "it stood there already"),
        (b"2023-09-18,delisted,9,X,-0-,Y\n", "it did not stand there"),
        (b"2023-02-02,listed,9,X,-0-,Y\n", "no copy of 2023-02-02"),
        (b"2020-01-01,listed,9,X,-0-,Y\n", "is not after the base"),
        (b"2023-09-18,listed,,X,-0-,Y\n", "has no number or no name"),
        (b"2023-09-18\n", "is no event"),
    ],
)
def test_an_event_that_cannot_be_is_told(line: bytes, told: str) -> None:
    assert any(told in one for one in history(events=EVENTS + line).problems)
    assert not history().problems


def test_a_history_without_its_other_files_is_refused() -> None:
    with pytest.raises(FormatError, match="base of a history"):
        read_list(BASE, "base.csv", {"events.csv": EVENTS})
    with pytest.raises(FormatError, match="no day of a copy"):
        history(days=b"snapshot\nsoon\n")
    found = read_list(BASE, "base.csv", {"events.csv": EVENTS, "days.csv": DAYS + b"soon\n", "z.csv": b"z\n"})
    assert any("`soon` is no day" in line for line in found.problems)
    assert any(line.startswith("z.csv: is neither") for line in found.problems)


def test_the_real_history_agrees_with_a_replay_of_its_events_on_the_day_of_every_copy() -> None:
    names = ("ofac_sdn_base_2021-05-22.csv", "ofac_sdn_events.csv", "ofac_sdn_snapshot_dates.csv")
    base, events, dates = (data(f"ofac/{name}") for name in names)
    found = read_list(base.read_bytes(), base.name, {one.name: one.read_bytes() for one in (events, dates)})
    assert found.problems == ()
    by_number: dict[str, Listed] = {one.id: one for one in found.parties}
    with base.open(newline="") as lines:
        standing = {row["ent_num"] for row in csv.DictReader(lines)}
    with events.open(newline="") as lines:
        seen = list(csv.DictReader(lines))
    assert by_number.keys() == standing | {row["ent_num"] for row in seen}
    copies = dates.read_text().split()[1:]
    for number, copy in enumerate(copies):
        for row in seen:
            if row["observed"] == copy and row["event"] == "listed":
                standing.add(row["ent_num"])
            elif row["observed"] == copy and row["event"] == "delisted":
                standing.discard(row["ent_num"])
        if number % 29 == 0 or copy == "2023-09-18":
            on = day(copy)
            answers = {one.id for one in found.parties if found.membership(one, on) is Membership.LISTED}
            assert answers == standing
