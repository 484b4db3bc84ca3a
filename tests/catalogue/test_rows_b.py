"""Rows 27 to 72: every date is that of the table, and nothing is said that nobody has read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from asking import catalogue, instant
from servanda.formats.acts import read_act
from servanda.formats.when import parse_when
from servanda.model.act import Amend, Sign, Supersede
from servanda.model.clauses import (
    Clause,
    Equivalence,
    RollingNotice,
    Statement,
    Survival,
    Term,
    Termination,
    ThirdParty,
)
from servanda.model.instrument import Instrument
from servanda.model.status import Phase, Standpoint, Status
from servanda.model.when import FOREVER, Day, Duration, Instant, zone
from servanda.status import ask

Row = dict[str, Any]
TABLE = tomllib.loads(Path(__file__).with_name("rows-b.toml").read_text(encoding="utf-8"))
ROWS: list[Row] = TABLE["row"]
# A ceiling and a prohibition are read, or left unread, with the scope that they limit.
WITH_SCOPE = {"ceiling", "prohibition"}
OF_AGREEMENTS = ("servanda.model.clauses.life", "servanda.model.clauses.protection")
KINDS = (
    {str(kind.__struct_config__.tag) for kind in get_args(Clause) if kind.__module__ in OF_AGREEMENTS}
    - {"statement"}
    - WITH_SCOPE
)


def named(row: Row) -> str:
    return str(row["id"])


def having(*fields: str) -> list[Row]:
    return [row for row in ROWS if all(field in row for field in fields)]


def of(row: Row) -> Instrument:
    return catalogue().instrument(row["id"])


def where(instrument: Instrument) -> ZoneInfo:
    name = instrument.conventions.zone
    assert name is not None
    return zone(name)


def statuses(instrument: Instrument, at: Instant) -> tuple[Status, ...]:
    return ask(catalogue(), instrument.id, Standpoint(at)).values


def phases(instrument: Instrument, at: Instant) -> set[Phase]:
    return {status.phase for status in statuses(instrument, at)}


def start(instrument: Instrument, day: str) -> Instant:
    when = parse_when(day)
    assert isinstance(when, Day)
    return when.start(where(instrument))


def noon_before(day: str) -> Instant:
    when = parse_when(day)
    assert isinstance(when, Day)
    return instant(f"{when.plus(-1)}T12:00:00Z")


def test_rows_27_to_72_are_all_there() -> None:
    assert [row["number"] for row in ROWS] == list(range(27, 73))
    assert {row["id"] for row in ROWS} <= set(catalogue().instruments)


@pytest.mark.parametrize("row", having("parties"), ids=named)
def test_the_parties_are_those_of_the_row(row: Row) -> None:
    among = row.get("other_party_is_one_of", ())
    parties = of(row).parties
    assert [party for party in parties if party not in among] == row["parties"]
    assert len(parties) == 2


@pytest.mark.parametrize("row", [row for row in ROWS if "parties" not in row], ids=named)
def test_parties_that_were_not_read_are_not_shown_as_confirmed(row: Row) -> None:
    for text in of(row).texts:
        assert not text.confirmed
        assert "from memory, not confirmed" in text.note


@pytest.mark.parametrize("row", having("signed"), ids=named)
def test_it_was_signed_by_all_on_the_day_of_the_row(row: Row) -> None:
    instrument = of(row)
    signed = [act for act in instrument.acts if isinstance(act, Sign)]
    assert {act.done for act in signed} == {parse_when(row["signed"])}
    assert {party for act in signed for party in act.by} == set(instrument.parties)


@pytest.mark.parametrize("row", having("in_force"), ids=named)
def test_it_enters_into_force_at_0_00_of_the_day_of_the_row(row: Row) -> None:
    instrument = of(row)
    first = start(instrument, row["in_force"])
    assert Phase.IN_FORCE in phases(instrument, first)
    assert Phase.IN_FORCE not in phases(instrument, noon_before(row["in_force"]))


@pytest.mark.parametrize("row", [row for row in ROWS if "in_force" not in row], ids=named)
def test_a_day_of_entry_into_force_that_the_row_lacks_has_a_source_of_its_own(row: Row) -> None:
    further = {one["id"] for one in TABLE["read_since"]}
    now = start(of(row), "2026-01-01")
    if row["id"] not in further and "ended" not in row:
        assert phases(of(row), now) == {Phase.UNKNOWN}


@pytest.mark.parametrize("one", TABLE["read_since"], ids=lambda one: f"{one['id']}, text {one['version']}")
def test_a_text_is_in_force_from_the_day_read_elsewhere(one: Row) -> None:
    instrument = of(one)
    first = statuses(instrument, start(instrument, one["from"]))
    before = statuses(instrument, noon_before(one["from"]))
    assert {status.version for status in first} == {one["version"]}
    assert any(status.phase is Phase.IN_FORCE for status in first)
    assert not any(status.phase is Phase.IN_FORCE and status.version == one["version"] for status in before)


@pytest.mark.parametrize("row", having("provisional"), ids=named)
def test_it_is_applied_provisionally_until_it_is_in_force(row: Row) -> None:
    instrument = of(row)
    assert phases(instrument, noon_before(row["provisional"])) == {Phase.NOT_IN_FORCE}
    assert phases(instrument, start(instrument, row["provisional"])) == {Phase.PROVISIONAL}
    assert phases(instrument, noon_before(row["in_force"])) == {Phase.PROVISIONAL}


@pytest.mark.parametrize("row", having("pending"), ids=named)
def test_what_was_still_pending_does_not_work_on_that_day(row: Row) -> None:
    assert not any(phase.works for phase in phases(of(row), start(of(row), row["pending"])))


@pytest.mark.parametrize("row", having("ended"), ids=named)
def test_it_works_to_the_end_of_its_last_day_and_its_successor_from_then_on(row: Row) -> None:
    instrument = of(row)
    (act,) = [act for act in instrument.acts if isinstance(act, Supersede)]
    last = parse_when(row["ended"])
    assert isinstance(last, Day)
    end = last.plus(1).start(where(instrument))
    assert phases(instrument, end) == {Phase.SUPERSEDED}
    assert Phase.IN_FORCE in phases(instrument, last.start(where(instrument)))
    assert Phase.IN_FORCE in phases(catalogue().instrument(act.successor), end)


@pytest.mark.parametrize("row", having("amended"), ids=named)
def test_the_amendment_of_that_day_is_a_text_of_its_own(row: Row) -> None:
    (act,) = [act for act in of(row).acts if isinstance(act, Amend)]
    assert act.done == parse_when(row["amended"])
    assert of(row).texts[-1].version == act.version


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_it_runs_without_a_fixed_end_only_where_the_row_says_so(row: Row) -> None:
    for text in of(row).texts:
        found = text.first(Term)
        if row.get("indefinite", False):
            assert found is not None
            assert found[1].first is None
        else:
            assert found is None
            assert "term" in text.unread


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_notice_and_survival_are_those_of_the_row(row: Row) -> None:
    text = of(row).texts[-1]
    ways, survivals = list(text.clauses(Termination)), list(text.clauses(Survival))
    if "notice" in row:
        ((_, ending),) = ways
        assert isinstance(ending.way, RollingNotice)
        assert str(ending.way.after) == row["notice"]
        assert [clause.until.value for _, clause in survivals] == [row["survival"]]
    else:
        assert all(not clause.confirmed for _, clause in ways)
        assert survivals == []


@pytest.mark.parametrize("row", having("notice"), ids=named)
def test_it_ends_six_months_after_a_notice_is_received(row: Row) -> None:
    instrument = of(row)
    received = instant("2024-03-10T12:00:00Z")
    notice = read_act(
        f'{{ id = "notice", kind = "give-notice", by = ["{instrument.parties[1]}"], '
        f"done = {received}, seen = {received} }}",
        "notice",
    )
    after = catalogue().with_instrument(instrument.with_acts((*instrument.acts, notice)))
    (status,) = ask(after, instrument.id, Standpoint(instant("2024-04-01T00:00:00Z"))).values
    # The day of receipt does not count, and the same day six months later is the last in force.
    assert status.ends == start(instrument, "2024-09-11")
    assert str(Duration(months=6)) == row["notice"]


@pytest.mark.parametrize("row", having("from_memory"), ids=named)
def test_what_the_table_only_remembers_is_not_confirmed(row: Row) -> None:
    if "signed" in row["from_memory"]:
        assert not any(act.confirmed for act in of(row).acts if isinstance(act, Sign))
    if "notice" in row["from_memory"]:
        assert not any(clause.confirmed for _, clause in of(row).texts[-1].clauses(Termination))


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_third_party_rule_that_was_not_read_is_not_confirmed(row: Row) -> None:
    for text in of(row).texts:
        for address, rule in text.clauses(ThirdParty):
            assert rule.confirmed is not address.startswith("?")


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_memory_is_never_confirmed_and_a_source_never_empty(row: Row) -> None:
    clauses = [clause for text in of(row).texts for clause in text.clause.values()]
    for one in (*of(row).texts, *clauses, *of(row).acts):
        assert one.source.strip()
        if "from memory" in one.note + one.source + getattr(one, "gist", ""):
            assert not one.confirmed
    assert all(clause.gist.strip() for clause in clauses)
    assert not any(clause.says for clause in clauses)


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_source_is_that_of_the_table(row: Row) -> None:
    texts = of(row).texts
    sources = [one.source for one in (*texts, *texts[0].clause.values(), *of(row).acts)]
    assert any(row["key"] in source for source in sources)


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_every_kind_of_clause_is_either_there_or_said_to_be_unread(row: Row) -> None:
    for text in of(row).texts:
        there = {
            str(clause.__struct_config__.tag)
            for clause in text.clause.values()
            if not isinstance(clause, Statement)
        }
        assert there | set(text.unread) == KINDS
        # A rule of entry can be read while the acts that it needs were not.
        assert there & set(text.unread) <= {"entry-into-force"}


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_days_of_an_agreement_are_counted_in_one_declared_zone(row: Row) -> None:
    conventions = of(row).conventions
    assert conventions.zone in of(row).seats.values()
    assert conventions.basis.startswith("convention, not text")


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_an_act_whose_hour_is_not_public_was_seen_by_the_end_of_its_day(row: Row) -> None:
    for act in of(row).acts:
        first, end = act.done.span(where(of(row)))
        assert first <= act.seen
        if end != FOREVER and not isinstance(act, Supersede):
            assert act.seen < end


def test_the_table_of_austria_and_france_is_not_symmetric_in_its_peers() -> None:
    text = catalogue().instrument("at-fr-2009").texts[0]
    ((address, table),) = text.clauses(Equivalence)
    assert address == "2"
    peers = {word for row in table.levels.values() for words in row.values() for word in words}
    assert not {"EINGESCHRÄNKT", "DIFFUSION RESTREINTE"} <= peers
    assert table.protected_as["FR"]["DIFFUSION RESTREINTE"] == {"AT": "EINGESCHRÄNKT"}
    assert table.protected_as["AT"]["EINGESCHRÄNKT"] == {"FR": "DIFFUSION RESTREINTE"}
