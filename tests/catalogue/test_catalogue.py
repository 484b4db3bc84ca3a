"""The catalogue of real agreements: all rows are there, honest about what nobody has read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from asking import catalogue
from servanda.formats.words import text_digest
from servanda.model.act import Sign
from servanda.model.clauses import Term, Termination
from servanda.model.instrument import Instrument
from servanda.model.status import Phase, Standpoint
from servanda.model.text import InstrumentKind
from servanda.model.when import Day, Month, zone
from servanda.status import ask

ROWS = tomllib.loads(Path(__file__).with_name("rows.toml").read_text())["row"]
OTHER_INSTRUMENTS = {
    InstrumentKind.TREATY,
    InstrumentKind.DISPUTE,
    InstrumentKind.CONSULTATION,
    InstrumentKind.EXPORT_CONTROL,
}
INSTRUMENTS = tuple(catalogue().instruments.values())


def test_all_72_rows_and_the_warning_mechanism_are_there() -> None:
    agreements = {one.id for one in INSTRUMENTS if one.texts[0].kind not in OTHER_INSTRUMENTS}
    assert {row["id"] for row in ROWS} | {"missile-warning-2023"} == agreements
    assert len(ROWS) == 72


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_parties_and_dates_are_those_of_the_sources(row: dict[str, str]) -> None:
    instrument = catalogue().instrument(row["id"])
    if row["parties"] != "*":
        assert instrument.parties == tuple(row["parties"].split(","))
    signed = sorted(str(act.done) for act in instrument.acts if isinstance(act, Sign))
    assert signed[-1:] == ([] if row["signed"] == "-" else [row["signed"]])
    where = zone(instrument.conventions.zone or "UTC")
    if row["in_force"] == "-":
        far = Day(Month(2026, 11).first().date).start(where)
        values = ask(catalogue(), row["id"], Standpoint(far)).values
        assert {value.phase for value in values} == {Phase.UNKNOWN}
    elif row["in_force"] != "*":
        exact = len(row["in_force"]) == 10
        parts = [int(part) for part in row["in_force"].split("-")]
        first = (Month(parts[0], parts[1]).first().plus(parts[2] - 1) if exact else Month(*parts)).span(where)
        before = ask(catalogue(), row["id"], Standpoint(Day(first[0].day(where).date).plus(-1).start(where)))
        after = ask(catalogue(), row["id"], Standpoint(first[0] if exact else first[1]))
        assert not any(value.phase is Phase.IN_FORCE for value in before.values)
        assert any(value.phase is Phase.IN_FORCE for value in after.values)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.id)
def test_every_text_clause_and_act_has_its_source(instrument: Instrument) -> None:
    for text in instrument.texts:
        assert text.source
        assert [address for address, clause in text.clause.items() if not clause.source] == []
    assert [act.id for act in instrument.acts if not act.source] == []


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.id)
def test_what_rests_on_memory_is_never_shown_as_confirmed(instrument: Instrument) -> None:
    for text in instrument.texts:
        for address, clause in text.clause.items():
            words = (clause.source + clause.note).lower()
            if "from memory" in words and "number of the paragraph" not in words:
                assert not clause.confirmed, address


def test_a_kind_of_clause_is_read_or_listed_as_unread_or_not_in_the_text() -> None:
    thin = [
        one
        for one in INSTRUMENTS
        if one.id != "jp-kr-2016"
        and one.texts[-1].kind not in OTHER_INSTRUMENTS - {InstrumentKind.TREATY}
        and not one.texts[-1].unread
    ]
    assert thin == []


def test_the_gsomia_has_all_its_21_articles() -> None:
    text = catalogue().instrument("jp-kr-2016").texts[0]
    assert {int(address.split("(")[0]) for address in text.clause} == set(range(1, 22))
    assert text.unread == ()


def test_texts_are_known_by_their_hash_and_remarks_of_ours_do_not_change_it() -> None:
    digests = [text_digest(text) for one in INSTRUMENTS for text in one.texts]
    assert len(set(digests)) == len(digests)


def test_unconfirmed_terms_are_shown_with_the_answer_that_rests_on_them() -> None:
    at = Day(Month(2019, 11).first().date).start(zone("Asia/Tokyo"))
    (status,) = ask(catalogue(), "jp-us-2007", Standpoint(at)).values
    assert [reason.article for reason in status.because if not reason.confirmed] == ["?term"]


def test_termination_or_its_absence_is_known_only_where_it_was_read() -> None:
    for instrument in INSTRUMENTS:
        text = instrument.texts[-1]
        term = text.first(Term)
        read = text.first(Termination) is not None or (term is not None and term[1].notice is not None)
        assert read or "termination" in text.unread or not text.binding, instrument.id
