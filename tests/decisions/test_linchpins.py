"""Linchpins: whom every path passes, found again by taking each party out of the network."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asking import catalogue, instant
from decisions.networks import TOPICS, between, by_chance, world
from decisions.small import AT, registry
from servanda.decisions import Index, Lapse, Linchpin, Omit, linchpins, suppose
from servanda.decisions.linchpins import passed
from servanda.decisions.network import Matter, Network, asked_for
from servanda.decisions.release import rule

MIDNIGHT = instant("2019-11-23 00:00")
ABOUT = ((), *((one,) for one in TOPICS))


def keys(found: tuple[Linchpin, ...]) -> set[tuple[str, str, str]]:
    return {one.key for one in found}


def reached(network: Network, matter: Matter, without: str) -> set[str]:
    """Who is reached from the originator, over hops that are open, if one party passes nothing on."""
    found, todo = {matter.originator}, [matter.originator]
    while todo:
        code = todo.pop()
        for one in network.index.registry.parties:
            if one not in found and one != code and network.open(matter, code, one):
                found.add(one)
                if one != without:
                    todo.append(one)
    return found


def test_the_only_one_between_two_is_their_linchpin_and_all_is_lost_without_it() -> None:
    (one, other) = linchpins(Index(world("AB", "BC")), AT, ((),))
    assert (one.key, other.key) == (("B", "A", "C"), ("B", "C", "A"))
    assert [matter.marking for matter in one.loses] == ["A-TOP", "A-LOW"]
    assert (one.having.marking, one.without.marking, one.without.topics) == ("A-TOP", "", ())


def test_of_two_ways_neither_is_a_linchpin() -> None:
    assert linchpins(Index(world("AB", "BC", "AD", "DC")), AT, ((),)) == ()


def test_where_the_other_way_is_lower_the_higher_is_what_would_be_lost() -> None:
    ceiling = '[clause."9"]\nkind = "ceiling"\nhighest = { A = "A-LOW" }\n'
    made = registry(between("A", "B"), between("B", "C"), between("A", "D", ceiling), between("D", "C"))
    found = {one.key: one for one in linchpins(Index(made), AT, ((),))}
    assert [one.marking for one in found["B", "A", "C"].loses] == ["A-TOP"]
    assert (found["B", "A", "C"].having.marking, found["B", "A", "C"].without.marking) == ("A-TOP", "A-LOW")


def test_a_topic_is_lost_where_only_one_way_covers_it() -> None:
    scope = '[clause."5"]\nkind = "scope"\ntopics = ["sea"]\n'
    made = registry(between("A", "B", scope), between("B", "C"), between("A", "D"), between("D", "C"))
    (one,) = [pin for pin in linchpins(Index(made), AT, (("air",),)) if pin.holder == "A"]
    assert one.party == "D"
    assert linchpins(Index(made), AT, (("sea",),)) == ()


def test_the_united_states_are_between_japan_and_korea_once_the_gsomia_lapsed() -> None:
    at_midnight = instant("2019-11-23 00:00")
    for lapsed in (Omit("kr-suspension-2019"), Lapse("jp-kr-2016", at_midnight)):
        found = {one.key: one for one in linchpins(Index(suppose(catalogue(), (lapsed,))), at_midnight)}
        there, back = found["US", "JP", "KR"], found["US", "KR", "JP"]
        assert {one.marking for one in there.loses} >= {"極秘", "特定秘密", "秘"}
        assert {one.marking for one in back.loses} >= {"군사 II급 비밀", "군사 III급 비밀"}
        assert there.without.marking == back.without.marking == ""


def test_while_it_is_in_force_they_are_so_only_for_what_it_leaves_outside() -> None:
    found = {one.key: one for one in linchpins(Index(catalogue()), MIDNIGHT)}
    assert {one.marking for one in found["US", "JP", "KR"].loses} == {"機密"}
    assert found["US", "JP", "KR"].without.marking == "極秘"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_whom_every_path_passes_is_whoever_cuts_it_by_passing_nothing_on(seed: int) -> None:
    network = Network(Index(by_chance(seed)), AT)
    for holder in network.originators():
        for matter in network.matters(holder, ABOUT[:2]):
            whole = reached(network, matter, without="")
            cut = {one: whole - reached(network, matter, one) for one in network.originators()}
            for recipient in network.index.registry.parties:
                if recipient == holder:
                    continue
                found = passed(network, matter, recipient)
                assert (found is not None) == (recipient in whole)
                if found is not None:
                    wanted = {one for one, lost in cut.items() if recipient in lost and one != holder}
                    assert found == wanted - {recipient}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_hops_of_which_the_law_sees_no_difference_are_judged_once_and_rightly(seed: int) -> None:
    index = Index(by_chance(seed))
    network = Network(index, AT)
    parties = network.originators()
    for originator in parties[:4]:
        for matter in network.matters(originator, (*ABOUT, ("air", "sea"))):
            for holder in parties:
                for recipient in parties:
                    if recipient not in (holder, originator):
                        judged = rule(index, network.request(matter, holder, recipient))
                        wanted = asked_for(judged) is not None
                        assert network.open(matter, holder, recipient) == wanted


def test_without_subjects_those_are_asked_of_which_some_text_speaks() -> None:
    found = linchpins(Index(suppose(catalogue(), (Omit("kr-suspension-2019"),))), MIDNIGHT)
    (one,) = [pin for pin in found if pin.key == ("US", "JP", "KR")]
    assert {matter.topics for matter in one.loses} == {(), ("dprk-missile",), ("dprk-nuclear",)}
    assert keys(found)


@pytest.mark.parametrize("ends", ["A", "C"])
def test_nobody_is_its_own_linchpin(ends: str) -> None:
    assert all(one.party != ends for one in linchpins(Index(world("AB", "BC")), AT, ((),)))
