"""Reach against every chain of small worlds."""

from __future__ import annotations

import random
import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from decisions.proofs.worlds import DAYS, PARTIES, arc, arcs, at, day, every_chain, random_arc
from servanda.decisions.proofs.arcs import Arc
from servanda.decisions.proofs.reach import Chain, Network, reach


def possible(chain: Chain, holder: str, since: int) -> bool:
    place, now = holder, at(since)
    for release in chain:
        if release.arc.holder != place or not now <= release.at or release.at not in release.arc.period:
            return False
        place, now = release.arc.recipient, release.at
    return True


LATE = (arc("A", "B", 5, 6), arc("A", "C", 0, 1), arc("C", "B", 0, 9), arc("B", "D", 2, 3))
"""To B in one release on day 5, in two on day 0; to D only by the two."""


@settings(max_examples=300, deadline=None)
@given(arcs(), st.integers(0, DAYS))
@example(LATE, 0)
def test_both_chains_are_the_best_of_all_chains(world: tuple[Arc, ...], since: int) -> None:
    found = reach(Network(world), ["A"], at(since))
    chains = list(every_chain(world, "A", since))
    for party in PARTIES[1:]:
        arriving = [one for one in chains if one and one[-1][1].recipient == party]
        few, soon = found.fewest(party), found.soonest(party)
        if not arriving:
            assert few is None
            assert soon is None
            assert party not in found.earliest
            continue
        assert few is not None
        assert soon is not None
        assert possible(few, "A", since)
        assert possible(soon, "A", since)
        assert (len(few), day(few[-1].at)) == min((len(one), one[-1][0]) for one in arriving)
        assert (day(soon[-1].at), len(soon)) == min((one[-1][0], len(one)) for one in arriving)


@given(arcs(most=30), st.integers(0, DAYS), st.sets(st.sampled_from(PARTIES), min_size=1))
def test_the_labels_are_those_of_the_chains(world: tuple[Arc, ...], since: int, holders: set[str]) -> None:
    network = Network(world)
    assert network.earliest(holders, at(since)) == reach(network, holders, at(since)).earliest


def test_a_chain_may_make_several_releases_at_one_instant() -> None:
    found = reach(Network((arc("B", "C", 3, 4), arc("A", "B", 3, 4))), ["A"])
    chain = found.fewest("C")
    assert chain is not None
    assert [day(release.at) for release in chain] == [3, 3]


def test_an_arc_is_closed_at_its_end() -> None:
    network = Network((arc("A", "B", 0, 3), arc("B", "C", 0, 3)))
    assert set(network.earliest(["A"], at(2))) == {"A", "B", "C"}
    assert set(network.earliest(["A"], at(3))) == {"A"}


def test_an_earlier_arrival_is_not_lost_to_a_shorter_one() -> None:
    found = reach(Network(LATE), ["A"], at(0))
    assert [len(chain) for party in "BD" if (chain := found.fewest(party))] == [1, 3]


def test_work_grows_with_the_arcs_and_not_with_the_chains() -> None:
    chance = random.Random(5)  # noqa: S311 - a world, not a key
    network = Network(random_arc(chance) for _ in range(20_000))
    begun = time.perf_counter()
    for _ in range(50):
        reach(network, ["A"], at(0))
    assert time.perf_counter() - begun < 5
