"""A solver that knows nothing of graphs is asked the same questions, over a few hundred random worlds.

A chain is a sequence of integers to it: at step k the thing is at place p[k] at time t[k], and it either
stays there or some arc takes it on. As many steps as there are parties are enough.
"""

from __future__ import annotations

import random

import pytest
import z3

from decisions.proofs.worlds import DAYS, PARTIES, at, day, kind, random_arc
from servanda.decisions.proofs.arcs import Arc, Information
from servanda.decisions.proofs.policies import NoReachWithoutConsent, OnlyThrough, prove
from servanda.decisions.proofs.reach import Network, reach
from servanda.decisions.proofs.redundant import redundant

OURS = kind("A", "B")
NUMBER = {party: number for number, party in enumerate(PARTIES)}


class Referee:
    """All chains of at most so many releases over some arcs, as constraints."""

    def __init__(self, world: tuple[Arc, ...], holders: tuple[str, ...], since: int, releases: int) -> None:
        self.solver = z3.Solver()
        self.world = world
        self.place = [z3.Int(f"p{step}") for step in range(releases + 1)]
        self.time = [z3.Int(f"t{step}") for step in range(releases + 1)]
        self.moves = [self.move(step) for step in range(releases)]
        self.solver.add(z3.Or([self.place[0] == NUMBER[one] for one in holders]), self.time[0] >= since)
        for step in range(releases):
            stays = z3.And(self.place[step + 1] == self.place[step], self.time[step + 1] == self.time[step])
            self.solver.add(z3.Or([stays, *self.moves[step]]))

    def move(self, step: int) -> list[z3.BoolRef]:
        when = self.time[step + 1]
        return [
            z3.And(
                self.place[step] == NUMBER[one.holder],
                self.place[step + 1] == NUMBER[one.recipient],
                when >= self.time[step],
                when >= day(one.start),
                when < day(one.end),
            )
            for one in self.world
        ]

    def possible(self, *more: z3.BoolRef) -> bool:
        answer = self.solver.check(*more)
        assert answer != z3.unknown
        return bool(answer == z3.sat)


def some_world(seed: int, originators: tuple[str, ...] = ()) -> tuple[Arc, ...]:
    chance = random.Random(seed)  # noqa: S311 - a world, not a key
    return tuple(random_arc(chance, originators) for _ in range(chance.randint(2, 9)))


@pytest.mark.parametrize("seed", range(120))
def test_who_is_reached_and_when_at_the_earliest(seed: int) -> None:
    world = some_world(seed)
    since = seed % 4
    found = reach(Network(world), ["A"], at(since))
    referee = Referee(world, ("A",), since, len(PARTIES))
    last = referee.place[-1], referee.time[-1]
    for party in PARTIES[1:]:
        there = last[0] == NUMBER[party]
        earliest = found.earliest.get(party)
        if earliest is None:
            assert not referee.possible(there)
        else:
            assert referee.possible(there, last[1] == day(earliest))
            assert not referee.possible(there, last[1] < day(earliest))


@pytest.mark.parametrize("seed", range(200, 260))
def test_with_how_few_releases(seed: int) -> None:
    world = some_world(seed)
    found = reach(Network(world), ["A"], at(0))
    referee = Referee(world, ("A",), 0, len(PARTIES))
    for party in found.earliest:
        few = len(found.fewest(party) or ())
        assert referee.possible(referee.place[few] == NUMBER[party])
        assert few == 0 or not referee.possible(referee.place[few - 1] == NUMBER[party])


def bare(information: Information, one: Arc, when: z3.ArithRef) -> z3.BoolRef:
    """Whether some originator's consent is not there."""
    return z3.Or(
        [
            z3.Not(
                z3.Or(
                    [
                        z3.And(day(given.start) <= when, when < day(given.end))
                        for given in one.consents
                        if given.by == whose
                    ]
                )
            )
            for whose in information.originators
            if whose not in {one.holder, one.recipient}
        ]
    )


@pytest.mark.parametrize("seed", range(300, 400))
def test_whether_a_release_can_lack_a_consent(seed: int) -> None:
    world = some_world(seed, OURS.originators)
    referee = Referee(world, OURS.originators, 0, len(PARTIES) + 1)
    lacking = [
        z3.And(move, bare(OURS, one, referee.time[step + 1]))
        for step, moves in enumerate(referee.moves)
        for move, one in zip(moves, world, strict=True)
    ]
    assert prove(NoReachWithoutConsent(), {OURS: world}).holds != referee.possible(z3.Or(lacking))


@pytest.mark.parametrize("seed", range(400, 460))
def test_whether_a_party_is_passed_by(seed: int) -> None:
    world = some_world(seed)
    referee = Referee(world, ("A",), 0, len(PARTIES))
    past = [place != NUMBER["C"] for place in referee.place]
    arrives = referee.place[-1] == NUMBER["E"]
    found = prove(OnlyThrough("A", "E", "C"), {kind("A"): world})
    assert found.holds != referee.possible(arrives, *past)


@pytest.mark.parametrize("seed", range(500, 600))
def test_which_instruments_are_redundant(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a world, not a key
    owner = {one: chance.choice("pqr") for one in some_world(seed)}
    most = chance.randint(0, 3)
    owner |= {Arc("A", "B", at(0), at(DAYS), (), (name,)): name for name in "pqr"[:most]}

    def arcs_of(information: Information, without: frozenset[str]) -> list[Arc]:  # noqa: ARG001 - one kind
        return [one for one, name in owner.items() if name not in without]

    for found in redundant("pqr", [kind("A")], arcs_of):
        holder, recipient, when = z3.Ints("holder recipient when")

        def permits(without: frozenset[str]) -> z3.BoolRef:
            return z3.Or(
                [
                    z3.And(
                        holder == NUMBER[one.holder],  # noqa: B023 - asked at once
                        recipient == NUMBER[one.recipient],  # noqa: B023
                        day(one.start) <= when,  # noqa: B023
                        when < day(one.end),  # noqa: B023
                    )
                    for one in arcs_of(kind("A"), without)
                ]
            )

        solver = z3.Solver()
        solver.add(permits(frozenset()) != permits(frozenset({found.instrument})))
        assert found.redundant == (solver.check() == z3.unsat)
