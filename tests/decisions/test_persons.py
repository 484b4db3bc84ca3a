"""Persons: rank alone opens nothing (Japan-Republic of Korea 2016, articles 7, 8 and 16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asking import catalogue, instant
from decisions.small import agreement, asked
from decisions.small import registry as small
from servanda.decisions import judge
from servanda.decisions.index import Index
from servanda.decisions.release import rule
from servanda.formats.acts import read_act
from servanda.model.decision import ChangeKind, Outcome, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.label import Person
from servanda.model.when import Instant

NOON = instant("2024-06-01 12:00")
GRANTS = {
    "list": 'kind = "list-persons", by = ["KR"], persons = ["lee"]',
    "clear": 'kind = "clear-person", by = ["KR"], person = "lee", level = "군사 II급 비밀"',
    "assure": 'kind = "assure-persons", by = ["KR"], persons = ["lee"], to = "JP"',
}


def world(*lines: str, done: str = "2024-01-01T00:00:00+09:00") -> Registry:
    """The real agreements with grants on record, each done at an instant unless it says another."""
    registry = catalogue()
    instrument = registry.instrument("jp-kr-2016")
    acts = []
    for number, line in enumerate(lines):
        dated = line if "done =" in line else f"{line}, done = {done}"
        seen = "" if "seen =" in dated else ", seen = 2024-01-01T00:00:00+09:00"
        name = "" if "id =" in dated else f'id = "grant-{number}", '
        acts.append(read_act("{ " + name + dated + seen + " }", "an act"))
    return registry.with_instrument(instrument.with_acts((*instrument.acts, *acts)))


def opens(**fields: object) -> ReleaseRequest:
    person = fields.pop("person", Person("lee", ("KR",)))
    request = ReleaseRequest(
        "JP", "KR", ("JP",), "極秘", NOON, topics=("dprk-missile",), object_id="report", person=person
    )
    return replace(request, **fields)  # type: ignore[arg-type]  # fields of the request


def test_a_release_to_a_party_names_no_person_and_asks_for_none() -> None:
    assert judge(world(), opens(person=None)).outcome is Outcome.PERMIT


@pytest.mark.parametrize("left_out", sorted(GRANTS))
def test_need_to_know_clearance_and_assurance_are_all_asked_for(left_out: str) -> None:
    assert judge(world(*GRANTS.values()), opens()).outcome is Outcome.PERMIT
    some = [line for name, line in GRANTS.items() if name != left_out]
    refused = judge(world(*some), opens())
    assert refused.outcome is Outcome.DENY
    kinds = {"list": ChangeKind.LIST, "clear": ChangeKind.CLEAR, "assure": ChangeKind.ASSURE}
    assert [one.kind for one in refused.changes] == [kinds[left_out]]
    assert any(one.article == "7" for one in refused.because)


def test_a_clearance_alone_opens_nothing_and_the_refusal_says_so() -> None:
    refused = judge(world(GRANTS["clear"]), opens())
    assert any("rank alone opens nothing" in one.says for one in refused.because)
    assert {one.kind for one in refused.changes} == {ChangeKind.LIST, ChangeKind.ASSURE}


def test_a_clearance_is_good_for_its_own_level_and_below_and_not_above() -> None:
    low = GRANTS["clear"].replace("II급", "III급")
    some = (GRANTS["list"], GRANTS["assure"], low)
    assert judge(world(*some), opens()).outcome is Outcome.DENY
    assert judge(world(*some), opens(marking="秘")).outcome is Outcome.PERMIT


def test_a_clearance_of_an_unknown_level_is_undetermined() -> None:
    odd = GRANTS["clear"].replace("군사 II급 비밀", "PINK")
    decision = judge(world(GRANTS["list"], GRANTS["assure"], odd), opens())
    assert decision.outcome is Outcome.UNDETERMINED
    assert decision.missing == ("the marking PINK of KR",)


def test_only_the_receiving_party_clears_its_own_people() -> None:
    foreign = GRANTS["clear"].replace('by = ["KR"]', 'by = ["US"]')
    assert judge(world(GRANTS["list"], GRANTS["assure"], foreign), opens()).outcome is Outcome.DENY


def test_a_grant_until_a_day_holds_through_that_day() -> None:
    until = GRANTS["clear"] + ", expires = 2024-05-31"
    acts = world(GRANTS["list"], GRANTS["assure"], until)
    last = Instant(instant("2024-06-01 00:00").utc - timedelta(microseconds=1))
    decision = judge(acts, opens(at=last))
    assert (decision.outcome, decision.until) == (Outcome.PERMIT, instant("2024-06-01 00:00"))
    assert judge(acts, opens(at=instant("2024-06-01 00:00"))).outcome is Outcome.DENY


def test_a_revocation_ends_a_grant_at_its_instant_and_only_by_its_author() -> None:
    ends = (
        'kind = "revoke", of = "cleared", done = 2024-03-01T00:00:00+09:00, seen = 2024-03-01T00:00:00+09:00'
    )
    cleared = f'id = "cleared", {GRANTS["clear"]}'
    some = (GRANTS["list"], GRANTS["assure"], cleared)
    own, foreign = f'{ends}, by = ["KR"]', f'{ends}, by = ["JP"]'
    before = instant("2024-02-28 12:00")
    assert judge(world(*some, own), opens(at=before)).outcome is Outcome.PERMIT
    assert judge(world(*some, own), opens(at=before)).until == instant("2024-03-01 00:00")
    assert judge(world(*some, own), opens()).outcome is Outcome.DENY
    assert judge(world(*some, foreign), opens()).outcome is Outcome.PERMIT


def test_a_grant_whose_hour_is_open_leaves_it_undetermined_while_it_is() -> None:
    day = f"{GRANTS['clear']}, done = 2024-06-01, seen = 2024-06-01T23:00:00+09:00"
    acts = world(GRANTS["list"], GRANTS["assure"], day)
    assert judge(acts, opens(at=instant("2024-05-31 12:00"))).outcome is Outcome.DENY
    assert judge(acts, opens()).outcome is Outcome.UNDETERMINED
    assert judge(acts, opens(at=instant("2024-06-01 23:30"))).outcome is Outcome.PERMIT


def test_a_list_reaches_only_the_objects_and_topics_that_it_names() -> None:
    some = (GRANTS["clear"], GRANTS["assure"])
    listed = GRANTS["list"] + ', objects = ["report"]'
    assert judge(world(*some, listed), opens()).outcome is Outcome.PERMIT
    assert judge(world(*some, listed), opens(object_id="other")).outcome is Outcome.DENY
    about = GRANTS["list"] + ', topics = ["dprk-missile"]'
    assert judge(world(*some, about), opens()).outcome is Outcome.PERMIT
    assert judge(world(*some, about), opens(topics=("dprk-missile", "trade"))).outcome is Outcome.DENY


VISIT = (
    'kind = "permit-visit", by = ["JP"], persons = ["lee"], facility = "ichigaya", highest = "極秘", '
    "starts = 2024-06-01T09:00:00+09:00, ends = 2024-06-01T17:00:00+09:00"
)


def test_a_visit_needs_the_hosts_permit_for_that_facility_that_hour_and_that_level() -> None:
    """Article 8: permission of the party on whose territory the facility lies, up to a highest level."""
    visitor = Person("lee", ("KR",), visiting="ichigaya")
    acts = world(*GRANTS.values(), VISIT)
    decision = judge(acts, opens(person=visitor))
    assert (decision.outcome, decision.until) == (Outcome.PERMIT, instant("2024-06-01 17:00"))
    for at in ("2024-06-01 08:59", "2024-06-01 17:00"):
        assert judge(acts, opens(person=visitor, at=instant(at))).outcome is Outcome.DENY
    elsewhere = Person("lee", ("KR",), visiting="yokota")
    assert judge(acts, opens(person=elsewhere)).outcome is Outcome.DENY
    low = world(*GRANTS.values(), VISIT.replace("極秘", "秘"))
    refused = judge(low, opens(person=visitor))
    assert refused.outcome is Outcome.DENY
    assert ChangeKind.VISIT in {one.kind for one in refused.changes}


CLEARED = 'kind = "clear-facility", by = ["KR"], facility = "plant", level = "군사 II급 비밀"'
FACILITY = f'{CLEARED}, inspected_each = "P1Y"'
PASSED = 'kind = "inspect-facility", by = ["KR"], facility = "plant", passed = true'


def test_a_contractors_facility_is_cleared_and_inspected_and_the_inspection_falls_due() -> None:
    """Article 16(g): initial and periodic security inspections of each contractor's facility."""
    inside = Person("lee", ("KR",), facility="plant")
    never = judge(world(*GRANTS.values(), FACILITY), opens(person=inside))
    assert [one.kind for one in never.changes] == [ChangeKind.INSPECT]
    at_ten = f"{PASSED}, done = 2023-06-10T10:00:00+09:00, seen = 2023-06-10T10:00:00+09:00"
    acts = world(*GRANTS.values(), FACILITY, at_ten)
    good = judge(acts, opens(person=inside))
    assert (good.outcome, good.until) == (Outcome.PERMIT, instant("2024-06-10 00:00"))
    assert judge(acts, opens(person=inside, at=good.until)).outcome is Outcome.DENY


def test_a_failed_inspection_closes_a_facility_until_it_passes_one() -> None:
    inside = Person("lee", ("KR",), facility="plant")
    passed = f"{PASSED}, done = 2024-02-01T10:00:00+09:00, seen = 2024-02-01T10:00:00+09:00"
    failed = passed.replace("passed = true", "passed = false").replace("2024-02", "2024-03")
    again = passed.replace("2024-02", "2024-04")
    assert judge(world(*GRANTS.values(), FACILITY, passed), opens(person=inside)).outcome is Outcome.PERMIT
    closed = world(*GRANTS.values(), FACILITY, passed, failed)
    assert judge(closed, opens(person=inside)).outcome is Outcome.DENY
    reopened = world(*GRANTS.values(), FACILITY, passed, failed, again)
    assert judge(reopened, opens(person=inside)).outcome is Outcome.PERMIT


def test_a_facility_that_nobody_cleared_is_closed() -> None:
    decision = judge(world(*GRANTS.values()), opens(person=Person("lee", ("KR",), facility="plant")))
    assert [one.kind for one in decision.changes] == [ChangeKind.CLEAR_FACILITY]


ACCESS = '[clause."10"]\nkind = "access"\nduties = ["cleared-persons-only"]\ncleared_from = { B = "B-TOP" }\n'


def test_below_the_level_from_which_a_clearance_is_asked_none_is_needed() -> None:
    registry = small(agreement("a-b", ("A", "B"), ACCESS))
    assert judge(registry, asked(marking="A-LOW", person=Person("x"))).outcome is Outcome.PERMIT
    assert judge(registry, asked(person=Person("x"))).outcome is Outcome.DENY


MORE = (
    *GRANTS.values(),
    GRANTS["clear"] + ", expires = 2024-06-01",
    GRANTS["list"] + ', objects = ["other"]',
    VISIT,
    FACILITY,
    f"{PASSED}, done = 2023-06-10, seen = 2023-06-10T23:00:00+09:00",
)
PEOPLE = (
    Person("lee", ("KR",)),
    Person("lee", ("KR",), facility="plant"),
    Person("lee", ("KR",), visiting="ichigaya"),
    Person("kim", ("KR",)),
)


@settings(max_examples=80, deadline=None)
@given(
    st.sets(st.sampled_from(MORE)),
    st.sampled_from(MORE),
    st.sampled_from(PEOPLE),
    st.sampled_from(["2024-06-01 08:00", "2024-06-01 12:00", "2024-06-02 00:00", "2024-06-10 12:00"]),
)
def test_one_more_grant_never_closes_what_was_open(some: set[str], one: str, person: Person, at: str) -> None:
    request = opens(person=person, at=instant(at))
    fewer = rule(Index(world(*sorted(some))), request)
    more = rule(Index(world(*sorted({*some, one}))), request)
    assert fewer.outcome is not Outcome.PERMIT or more.outcome is Outcome.PERMIT


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(MORE)), st.sampled_from(PEOPLE), st.integers(0, 40_000))
def test_what_is_said_of_a_person_holds_from_since_until(
    some: set[str], person: Person, minutes: int
) -> None:
    index = Index(world(*sorted(some)))
    at = Instant(instant("2024-05-20 00:00").utc + timedelta(minutes=minutes))
    found = rule(index, opens(person=person, at=at))
    last = Instant(found.until.utc - timedelta(microseconds=1))
    for other in (found.since, last):
        if other >= found.since:
            assert rule(index, opens(person=person, at=other)) == found
