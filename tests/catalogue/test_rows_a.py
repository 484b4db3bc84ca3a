"""Rows 1 to 26 and the warning mechanism: the dates are the table's, and memory is shown as memory."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from asking import catalogue, instant
from servanda.formats.acts import read_act
from servanda.formats.when import parse_when
from servanda.model.act import Sign, TakePosition, WithdrawNotice, kind_of
from servanda.model.clauses import (
    Clause,
    EntryIntoForce,
    Equivalence,
    Relation,
    Scope,
    Statement,
    Survival,
    Term,
    Termination,
    ThirdParty,
)
from servanda.model.instrument import Instrument
from servanda.model.party import PartyKind
from servanda.model.status import Phase, Standpoint
from servanda.model.when import Day, Instant, Month, zone
from servanda.status import ask

Row = dict[str, Any]
TABLE = tomllib.loads(Path(__file__).with_name("rows-a.toml").read_text(encoding="utf-8"))
ROWS: list[Row] = TABLE["row"]
MINE = [*(str(row["id"]) for row in ROWS), "missile-warning-2023"]
# A ceiling and a prohibition are read, or left unread, with the scope that they limit.
WITH_SCOPE = {"ceiling", "prohibition"}
OF_AGREEMENTS = ("servanda.model.clauses.life", "servanda.model.clauses.protection")
KINDS = (
    {str(kind.__struct_config__.tag) for kind in get_args(Clause) if kind.__module__ in OF_AGREEMENTS}
    - {"statement"}
    - WITH_SCOPE
)
GSOMIA = "jp-kr-2016"


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


def phases(instrument: Instrument, at: Instant) -> set[Phase]:
    return {status.phase for status in ask(catalogue(), instrument.id, Standpoint(at)).values}


def test_rows_1_to_26_are_all_there() -> None:
    assert [row["number"] for row in ROWS] == list(range(1, 27))
    assert set(MINE) <= set(catalogue().instruments)


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_parties_are_those_of_the_row_in_its_order(row: Row) -> None:
    assert sorted(of(row).parties) == sorted(row["parties"])
    if row.get("binding", True):
        assert list(of(row).parties) == row["parties"]


@pytest.mark.parametrize("row", having("signed"), ids=named)
def test_it_was_signed_by_all_on_the_day_of_the_row(row: Row) -> None:
    signed = [act for act in of(row).acts if isinstance(act, Sign)]
    assert {act.done for act in signed} == {parse_when(row["signed"])}
    assert {party for act in signed for party in act.by} == set(row["parties"])


@pytest.mark.parametrize("row", having("signed_by"), ids=named)
def test_one_event_with_two_dates_keeps_both(row: Row) -> None:
    signed = [act for act in of(row).acts if isinstance(act, Sign)]
    assert {party: str(act.done) for act in signed for party in act.by} == row["signed_by"]
    assert all(act.note for act in signed)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "signed" not in row and "signed_by" not in row], ids=named
)
def test_where_no_day_of_signature_is_known_no_signature_is_recorded(row: Row) -> None:
    assert of(row).acts == ()


@pytest.mark.parametrize("row", having("in_force"), ids=named)
def test_it_enters_into_force_on_the_day_or_in_the_month_of_the_row(row: Row) -> None:
    instrument = of(row)
    when = parse_when(row["in_force"])
    assert isinstance(when, Day | Month)
    first, after = when.span(where(instrument))
    before = first.day(where(instrument)).plus(-1).start(where(instrument))
    assert Phase.IN_FORCE not in phases(instrument, before)
    assert Phase.IN_FORCE in phases(instrument, first)
    if isinstance(when, Month):
        assert Phase.NOT_IN_FORCE in phases(instrument, first)
    assert Phase.NOT_IN_FORCE not in phases(instrument, after)


@pytest.mark.parametrize("row", [row for row in ROWS if "in_force" not in row], ids=named)
def test_an_entry_into_force_that_was_not_read_is_unknown_and_not_absent(row: Row) -> None:
    instrument = of(row)
    assert phases(instrument, instant("2026-11-01T00:00:00Z")) == {Phase.UNKNOWN}
    assert "entry-into-force" in instrument.texts[0].unread


@pytest.mark.parametrize("row", having("in_force_by"), ids=named)
def test_the_article_of_entry_into_force_is_that_of_the_row(row: Row) -> None:
    ((address, _),) = of(row).texts[0].clauses(EntryIntoForce)
    assert address == row["in_force_by"]


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_term_notice_and_survival_are_those_of_the_row(row: Row) -> None:
    text = of(row).texts[0]
    terms = [clause for _, clause in text.clauses(Term)]
    survivals = [clause.until.value for _, clause in text.clauses(Survival)]
    assert survivals == ([row["survival"]] if "survival" in row else [])
    if "first" in row:
        (term,) = terms
        assert term.renewal is not None
        assert term.notice is not None
        found = (str(term.first), str(term.renewal.each), str(term.notice.at_least))
        assert found == (row["first"], row["each"], row["notice"])
    elif row.get("open", False):
        (term,) = terms
        assert (term.first, term.renewal, term.notice) == (None, None, None)
    else:
        assert terms == []
        assert "term" in text.unread or not row.get("binding", True)
    assert list(text.clauses(Termination)) == []


def test_seoul_and_berne_give_notice_six_months_before_the_end_of_five_years() -> None:
    instrument = catalogue().instrument("kr-ch-2022")
    for received, end in (("2027-08-01T12:00:00Z", "2028-02-02"), ("2027-08-02T12:00:00Z", "2029-02-02")):
        notice = read_act(
            f'{{ id = "notice", kind = "give-notice", by = ["KR"], done = {received}, seen = {received} }}',
            "notice",
        )
        world = catalogue().with_instrument(instrument.with_acts((*instrument.acts, notice)))
        (status,) = ask(world, instrument.id, Standpoint(instant("2027-09-01T00:00:00Z"))).values
        day = parse_when(end)
        assert isinstance(day, Day)
        assert status.ends == day.start(where(instrument))


@pytest.mark.parametrize("row", having("from_memory"), ids=named)
def test_what_the_table_only_remembers_is_not_confirmed_or_was_read_since(row: Row) -> None:
    since = {(one["id"], one["what"]): one["key"] for one in TABLE["read_since"]}
    kinds: dict[str, type[Term | Survival]] = {"term": Term, "survival": Survival}
    for what in row["from_memory"]:
        key = since.get((row["id"], what))
        if what == "signed":
            found = [(act.confirmed, act.source) for act in of(row).acts if isinstance(act, Sign)]
        else:
            found = [(one.confirmed, one.source) for _, one in of(row).texts[0].clauses(kinds[what])]
        assert found
        if key is None:
            assert not any(confirmed for confirmed, _ in found)
        else:
            assert all(key in source for _, source in found)


@pytest.mark.parametrize("name", MINE)
def test_a_third_party_rule_that_was_not_read_is_not_confirmed(name: str) -> None:
    for _, rule in catalogue().instrument(name).texts[0].clauses(ThirdParty):
        assert rule.confirmed is ("universal" not in rule.source)


@pytest.mark.parametrize("row", having("needs"), ids=named)
def test_the_third_party_rule_is_that_of_the_row(row: Row) -> None:
    ((_, rule),) = of(row).texts[0].clauses(ThirdParty)
    assert (rule.needs.value, rule.confirmed) == (row["needs"], True)


@pytest.mark.parametrize("name", MINE)
def test_memory_is_never_confirmed_and_a_source_never_empty(name: str) -> None:
    instrument = catalogue().instrument(name)
    clauses = [clause for text in instrument.texts for clause in text.clause.values()]
    for one in (*instrument.texts, *clauses, *instrument.acts):
        assert one.source.strip()
        if "from memory" in (one.note + one.source).lower():
            assert not one.confirmed
    assert all(clause.gist.strip() for clause in clauses)


def test_no_marking_that_is_only_remembered_is_confirmed() -> None:
    for code in {party for name in MINE for party in catalogue().instrument(name).parties}:
        for level in catalogue().party(code).levels:
            assert level.source
            assert level.confirmed is ("from memory" not in level.source)


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_source_is_that_of_the_table(row: Row) -> None:
    texts = of(row).texts
    sources = [one.source for one in (*texts, *texts[0].clause.values(), *of(row).acts)]
    assert any(row["key"] in source for source in sources)


@pytest.mark.parametrize("name", MINE)
def test_every_kind_of_clause_is_either_there_or_said_to_be_unread(name: str) -> None:
    text = catalogue().instrument(name).texts[0]
    there = {
        str(clause.__struct_config__.tag)
        for clause in text.clause.values()
        if not isinstance(clause, Statement)
    }
    if name == GSOMIA:
        assert text.unread == ()
        return
    # What does not bind names no term and no way to end it: that was read.
    absent = {"term", "termination"} if name == "tisa-2014" else set()
    assert there | set(text.unread) | absent == KINDS
    # Of the rules of handling some may have been read and others not.
    assert there & set(text.unread) <= {"handling"}


@pytest.mark.parametrize("name", MINE)
def test_the_days_of_an_agreement_are_counted_in_one_declared_zone(name: str) -> None:
    instrument = catalogue().instrument(name)
    assert instrument.conventions.zone in instrument.seats.values()
    assert instrument.conventions.basis.startswith("convention, not text")


@pytest.mark.parametrize("name", MINE)
def test_nothing_was_seen_before_it_was_done(name: str) -> None:
    instrument = catalogue().instrument(name)
    for act in instrument.acts:
        assert act.done.span(where(instrument))[0] <= act.seen


@pytest.mark.parametrize("row", [row for row in ROWS if row.get("since_ended", False)], ids=named)
def test_an_end_without_a_date_is_told_and_never_answered_as_a_sure_thing(row: Row) -> None:
    assert "since been ended" in of(row).texts[0].note
    found = phases(of(row), instant("2026-11-01T00:00:00Z"))
    assert len(found) > 1


@pytest.mark.parametrize("name", ["us-kr-1987", "tisa-2014"])
def test_what_is_presumed_to_continue_says_why_and_is_in_force(name: str) -> None:
    instrument = catalogue().instrument(name)
    assert "no act that ends it is known" in instrument.conventions.presumed_to_continue
    assert phases(instrument, instant("2024-01-01T00:00:00Z")) == {Phase.IN_FORCE}


def test_no_other_term_that_was_not_read_is_presumed() -> None:
    presumed = [name for name in MINE if catalogue().instrument(name).conventions.presumed_to_continue]
    assert sorted(presumed) == ["tisa-2014", "us-kr-1987"]


@pytest.mark.parametrize("name", ["tisa-2014", "missile-warning-2023"])
def test_what_the_three_ministries_share_rests_on_both_bilateral_agreements(name: str) -> None:
    text = catalogue().instrument(name).texts[0]
    ((_, rests),) = text.clauses(Relation)
    ((_, scope),) = text.clauses(Scope)
    assert set(rests.of) == {"jp-us-2007", "us-kr-1987"}
    assert (scope.hub, scope.carries, text.binding) == ("US-DOD", False, False)
    assert "dprk-missile" in scope.topics
    assert {catalogue().party(code).kind for code in text.parties} == {PartyKind.MINISTRY}
    assert [catalogue().party(code).part_of for code in text.parties] == ["JP", "KR", "US"]


def test_the_warning_mechanism_begins_on_its_day_and_claims_nothing_that_is_not_public() -> None:
    text = catalogue().instrument("missile-warning-2023").texts[0]
    ((_, entry),) = text.clauses(EntryIntoForce)
    assert entry.confirmed
    confirmed = {address for address, clause in text.clause.items() if clause.confirmed}
    assert confirmed == {"?entry-into-force"}
    assert Phase.NOT_IN_FORCE in phases(
        catalogue().instrument("missile-warning-2023"), instant("2023-12-18T14:59:59Z")
    )


@pytest.mark.parametrize("act", TABLE["crisis"], ids=lambda act: act["id"])
def test_every_act_of_the_crisis_is_that_of_the_timeline(act: Row) -> None:
    (found,) = [one for one in catalogue().instrument(GSOMIA).acts if one.id == act["id"]]
    assert (kind_of(found), list(found.by), str(found.done)) == (act["kind"], act["by"], act["done"])
    assert getattr(found, "of", None) == act.get("of")
    assert found.confirmed is not act.get("unconfirmed", False)


def test_the_crisis_has_no_other_acts_and_both_notes_are_withdrawn_together() -> None:
    acts = catalogue().instrument(GSOMIA).acts
    assert {act.id for act in acts} == {act["id"] for act in TABLE["crisis"]}
    (withdrawal,) = [act for act in acts if isinstance(act, WithdrawNotice)]
    assert (withdrawal.of, withdrawal.also) == ("kr-notice-2019", ("kr-suspension-2019",))
    positions = {(*act.by, act.reads.value) for act in acts if isinstance(act, TakePosition)}
    assert positions == {("KR", "suspend-notice-frozen"), ("JP", "withdraw-notice")}


def test_two_japanese_markings_answer_one_korean_and_the_extremes_stay_outside() -> None:
    ((address, table),) = catalogue().instrument(GSOMIA).texts[0].clauses(Equivalence)
    assert address == "4"
    assert table.levels == {
        "SECRET": {"JP": ("極秘", "特定秘密"), "KR": ("군사 II급 비밀",)},
        "CONFIDENTIAL": {"JP": ("秘",), "KR": ("군사 III급 비밀",)},
    }
    assert table.outside == ("TOP SECRET", "RESTRICTED")


def test_a_word_for_a_marking_is_found_in_any_of_its_spellings() -> None:
    korea, japan = catalogue().party("KR"), catalogue().party("JP")
    for spelling in ("군사II급비밀", "군사 Ⅱ급 비밀", "군사 II급 비밀"):
        level = korea.level(spelling)
        assert level is not None
        assert level.rank == 3
    for word, spelling, rank in (("極秘", "Gokuhi", 3), ("特定秘密", "Tokutei Himitsu", 3), ("秘", "Hi", 2)):
        assert japan.level(word) == japan.level(spelling)
        level = japan.level(word)
        assert level is not None
        assert level.rank == rank


def test_the_parties_of_east_asia_and_the_united_states_are_named_in_each_others_languages() -> None:
    for code in ("JP", "KR", "US", "JP-MOD", "KR-MND", "US-DOD"):
        assert {"en", "ja", "ko"} <= set(catalogue().party(code).name)
