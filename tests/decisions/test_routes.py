"""Routes: every lawful path, the cheapest first, each hop at its own instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice, pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asking import catalogue, instant
from decisions.networks import between, by_chance, entering, table, world
from decisions.small import AT, act, agreement, asked, party, registry
from servanda.decisions import Index, Lapse, Omit, decide, lawful_routes, routes, suppose
from servanda.decisions.hops import hop
from servanda.decisions.network import ASKABLE
from servanda.decisions.release import rule
from servanda.model.decision import ChangeKind, Hop, Outcome, ReleaseRequest, Route
from servanda.model.instrument import Registry
from servanda.model.label import Embargo, Person, ReleasableTo
from servanda.model.party import PartyKind
from servanda.model.when import Instant

MIDNIGHT = instant("2019-11-23 00:00")
JULY = instant("2020-07-01T00:00:00Z")
AUGUST = instant("2020-08-01T00:00:00Z")
CODES = "ABCDE"


def through(found: tuple[Route, ...] | list[Route]) -> list[str]:
    return ["".join(one.through) for one in found]


def every(made: Registry, request: ReleaseRequest, most_hops: int = 3) -> list[Route]:
    return list(lawful_routes(Index(made), request, most_hops=most_hops))


def test_every_simple_path_is_found_and_none_twice() -> None:
    made = world(*(one + other for one, other in permutations(CODES, 2) if one < other))
    found = every(made, asked("A", "E"), 4)
    wanted = ["".join(one) for size in range(4) for one in permutations("BCD", size)]
    assert sorted(through(found)) == sorted(wanted)


def test_no_route_is_longer_than_the_bound() -> None:
    made = world(*(one + other for one, other in permutations(CODES, 2) if one < other))
    for most in (1, 2, 3, 4):
        assert max(len(one.hops) for one in every(made, asked("A", "E"), most)) == most


def test_who_has_no_words_of_its_own_for_it_passes_nothing_on() -> None:
    # What D calls a marking of A nobody has written down, so nothing of A passes through it.
    assert every(world("AB", "BD", "DE"), asked("A", "E"), 4) == []
    assert through(every(world("AB", "BD", "DE", "AD"), asked("A", "E"), 4)) == ["D", "BD"]


def test_the_first_routes_are_the_cheapest_and_are_there_before_the_last() -> None:
    free = act("free", "consent", "A", 'recipients = ["E"], holders = ["C"]')
    made = world("AB", "AC", "BE", "CE", "BC", acts=free)
    first, second = islice(lawful_routes(Index(made), asked("A", "E")), 2)
    assert (first.through, second.through) == (("C",), ("B",))
    assert all(one.needs == () and one.outcome is Outcome.PERMIT for one in first.hops)
    assert [need.by for one in second.hops for need in one.needs] == [("A",)]


def test_a_decision_leaves_out_what_passes_all_of_a_cheaper_route_and_more() -> None:
    made = world("AB", "AC", "BC", "BE", "CE")
    assert sorted(through(every(made, asked("A", "E")))) == ["B", "BC", "C", "CB"]
    assert through(decide(made, asked("A", "E")).routes) == ["B", "C"]
    assert through(routes(Index(made), asked("A", "E"), limit=1)) == ["B"]


def test_what_would_need_an_amendment_is_no_hop() -> None:
    ceiling = '[clause."9"]\nkind = "ceiling"\nhighest = { B = "B-LOW" }\n'
    made = registry(between("A", "B"), between("B", "C", ceiling))
    assert every(made, asked("A", "C")) == []
    assert through(every(made, asked("A", "C", marking="A-LOW"))) == ["B"]


def test_a_hop_waits_for_its_agreement_and_those_after_it_for_the_hop() -> None:
    made = registry(entering(between("A", "B"), "2020-07-01T00:00:00Z"), between("B", "C"))
    (found,) = every(made, asked("A", "C"))
    assert [one.earliest for one in found.hops] == [JULY, JULY]
    assert [[need.kind for need in one.needs] for one in found.hops] == [
        [ChangeKind.WAIT],
        [ChangeKind.CONSENT],
    ]
    assert found.earliest == JULY


def test_the_last_hop_may_wait_longer_than_the_first() -> None:
    made = registry(between("A", "B"), entering(between("B", "C"), "2020-08-01T00:00:00Z"))
    (found,) = every(made, asked("A", "C"))
    assert [one.earliest for one in found.hops] == [AT, AUGUST]
    assert found.earliest == AUGUST


def test_a_hop_that_ends_before_the_one_before_it_begins_is_no_path() -> None:
    first = entering(between("A", "B"), "2020-08-01T00:00:00Z")
    made = suppose(registry(first, between("B", "C")), (Lapse("b-c", JULY),))
    assert through(every(made, asked("B", "C"))) == [""]
    assert every(made, asked("A", "C")) == []


def test_an_embargo_is_waited_for() -> None:
    held = asked("A", "C", caveats=(Embargo(AUGUST),))
    (found,) = every(world("AB", "BC"), held)
    assert found.hops[0].earliest == found.earliest == AUGUST


def test_a_label_that_leaves_a_party_out_leaves_no_way_through_it() -> None:
    made = world("AB", "BC", "AD", "DC")
    assert through(every(made, asked("A", "C"))) == ["B", "D"]
    assert through(every(made, asked("A", "C", caveats=(ReleasableTo(("C", "D")),)))) == ["D"]


def test_who_opens_it_at_the_end_is_no_question_on_the_way() -> None:
    access = '[clause."8"]\nkind = "access"\nduties = ["need-to-know"]\n'
    made = registry(between("A", "B", access), between("B", "C", access))
    (found,) = every(made, asked("A", "C", person=Person("lee", ("C",))))
    assert found.hops[0].needs == ()
    assert {need.kind for need in found.hops[1].needs} == {ChangeKind.LIST, ChangeKind.CONSENT}


def test_a_ministry_counts_with_its_state() -> None:
    ministries = (party("B-M", kind=PartyKind.MINISTRY, part_of="B", levels=()),)
    inner = agreement("c-bm", ("B-M", "C"), table("B", "C").replace("B =", '"B-M" ='))
    made = registry(between("A", "B"), inner, parties=ministries)
    assert {one.through for one in every(made, asked("A", "C"))} <= {("B",)}
    assert all("B-M" not in one.through for one in every(made, asked("A", "C", marking="A-LOW")))


def test_what_comes_back_to_its_originator_needs_no_consent() -> None:
    asks = asked("B", "A", originators=("A",), marking="A-TOP")
    assert [one.needs for one in every(world("AB"), asks)[0].hops] == [()]


def test_the_arrangement_that_foresees_a_detour_comes_first() -> None:
    lapsed = suppose(catalogue(), (Omit("kr-suspension-2019"),))
    question = ReleaseRequest("JP", "KR", ("JP",), "極秘", MIDNIGHT, topics=("dprk-missile",))
    found = every(lapsed, question, 4)
    assert (found[0].through, found[0].under) == (("US",), ("tisa-2014",))
    assert found[0].earliest == MIDNIGHT


def costs(route: Route) -> tuple[int, int, int, Instant]:
    needs = {need for one in route.hops for need in one.needs}
    dearest = max((need.kind.cost for need in needs), default=-1)
    return dearest, len(needs), len(route.hops), route.earliest


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_each_route_is_one_that_the_rule_itself_would_let_through(seed: int) -> None:
    index = Index(by_chance(seed))
    for recipient in "BDF":
        request = asked("A", recipient, topics=("sea",))
        found = list(lawful_routes(index, request))
        assert found == sorted(found, key=lambda one: (not one.under, costs(one)))
        for route in found:
            at = request.at
            for one, following in pairwise((*route.hops, None)):
                assert one is not None
                assert following is None or one.recipient == following.holder
                assert one.earliest >= at
                at = one.earliest
                judged = rule(index, replace(request, holder=one.holder, recipient=one.recipient, at=at))
                assert judged.outcome is one.outcome
                assert all(need.kind in ASKABLE | {ChangeKind.WAIT} for need in one.needs)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_the_search_finds_what_trying_every_path_finds(seed: int) -> None:
    made = by_chance(seed, parties=5, agreements=9)
    index = Index(made)
    request = asked("A", "E")
    wanted = set()
    for size in range(3):
        for path in permutations("BCD", size):
            at, open_ = request.at, True
            for holder, recipient in pairwise(("A", *path, "E")):
                step = hop(index, replace(request, holder=holder, recipient=recipient, at=at))
                if not isinstance(step, Hop):
                    open_ = False
                    break
                at = step.earliest
            if open_:
                wanted.add((path, at))
    assert {(one.through, one.earliest) for one in lawful_routes(index, request)} == wanted


def test_nothing_opens_before_the_instant_that_a_closed_hop_names() -> None:
    late = entering(between("A", "B"), "2020-07-01T00:00:00Z")
    assert hop(Index(registry(late)), asked("A", "B"), most_waits=0) == JULY
    earlier = Instant(JULY.utc - timedelta(microseconds=1))
    assert not isinstance(hop(Index(registry(late)), asked("A", "B", at=earlier), most_waits=0), Hop)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_the_limit_is_kept(limit: int) -> None:
    made = world("AB", "AC", "AD", "BE", "CE", "DE")
    assert len(list(lawful_routes(Index(made), asked("A", "E"), limit=limit))) == limit
