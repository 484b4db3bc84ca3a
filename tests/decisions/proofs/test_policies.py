"""Policies, and their proofs as an independent program reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.proofs.worlds import PARTIES, arc, at, day, every_chain, kind, random_arc
from servanda.decisions.proofs import checker
from servanda.decisions.proofs.arcs import Arc, Information, World, world_to_plain
from servanda.decisions.proofs.certificate import Certificate, Claim
from servanda.decisions.proofs.policies import (
    NeverReaches,
    NoReachWithoutConsent,
    OnlyThrough,
    Policy,
    Proof,
    prove,
)
from servanda.decisions.proofs.reach import Network

CHECKER = Path(checker.__file__)
MINE, OURS, OTHER = kind("A"), kind("A", "B"), kind("C", topic="y")


@st.composite
def worlds(draw: st.DrawFn) -> World:
    chance = draw(st.randoms(use_true_random=False))
    return {
        information: tuple(
            random_arc(chance, information.originators) for _ in range(draw(st.integers(0, 8)))
        )
        for information in (MINE, OURS, OTHER)
    }


policies: st.SearchStrategy[Policy] = st.one_of(
    st.builds(
        NeverReaches,
        st.sampled_from([(), ("x",), ("y",), ("x", "y")]),
        st.sampled_from(PARTIES),
        st.sampled_from(["", "A", "C"]),
        st.sampled_from([None, ("SECRET",), ()]),
    ),
    st.just(NoReachWithoutConsent()),
    st.permutations(PARTIES).map(lambda three: OnlyThrough(*three[:3])),
)


def breaches(policy: Policy, information: Information, world: tuple[Arc, ...]) -> list[tuple[int, int]]:
    """Of every chain that breaks a policy: its number of releases, and the day of its last."""
    starts = (policy.holder,) if isinstance(policy, OnlyThrough) else information.originators
    found = []
    for start in starts:
        for chain in every_chain(world, start, 0, back=isinstance(policy, NoReachWithoutConsent)):
            if not chain:
                continue
            passed = {start, *(one.recipient for _, one in chain)}
            moment, last = chain[-1]
            match policy:
                case NeverReaches():
                    broken = last.recipient == policy.party
                case OnlyThrough():
                    broken = last.recipient == policy.recipient and policy.linchpin not in passed
                case NoReachWithoutConsent():
                    broken = any(
                        not any(
                            one.by == whose and one.start <= at(moment) < one.end for one in last.consents
                        )
                        for whose in information.originators
                        if whose not in {last.holder, last.recipient}
                    )
            if broken:
                found.append((len(chain), moment))
    return found


def verdict(proof: object, world: object) -> bool:
    try:
        return checker.proves(proof, world)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


@settings(max_examples=200, deadline=None)
@given(policies, worlds())
def test_a_policy_holds_where_no_chain_breaks_it(policy: Policy, world: World) -> None:
    proof = prove(policy, world)
    assert [case.information for case in proof.cases] == [one for one in world if policy.concerns(one)]
    for case in proof.cases:
        against = breaches(policy, case.information, world[case.information])
        assert case.harmless == (not against)
        if against:
            assert (len(case.path), day(case.path[-1].at)) == min(against)
    every = [case for case in proof.cases if not case.harmless]
    assert proof.holds == (not every)
    if proof.counterexample is not None:
        path = proof.counterexample.path
        assert (len(path), path[-1].at.utc) == min((len(case.path), case.path[-1].at.utc) for case in every)
    assert checker.proves(proof.to_plain(), world_to_plain(world))


def leaves(value: object, where: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The place of every string in a document."""
    if isinstance(value, dict):
        return [place for key, one in value.items() for place in leaves(one, (*where, key))]
    if isinstance(value, list):
        return [place for key, one in enumerate(value) for place in leaves(one, (*where, key))]
    return [where]


def changed(document: object, place: tuple[object, ...], value: object) -> object:
    copy = json.loads(json.dumps(document))
    here = copy
    for step in place[:-1]:
        here = here[step]
    here[place[-1]] = value
    return copy


TIMES = [str(at(number)) for number in range(10)]


def still_true(proof: dict[str, object], world: World, policy: Policy) -> bool:
    """Whether a document says of a world what its chains say: per kind of information, and in all."""
    said = {json.dumps(case["information"]): case["claim"] for case in proof["cases"]}  # type: ignore[attr-defined]
    truth = {json.dumps(case.information.to_plain()): case.claim.value for case in prove(policy, world).cases}
    return said == truth and proof["holds"] == prove(policy, world).holds


@settings(max_examples=250, deadline=None)
@given(policies, worlds(), st.data())
def test_a_certificate_that_was_changed_is_refused_or_still_true(
    policy: Policy, world: World, data: st.DataObject
) -> None:
    plain, arcs_plain = prove(policy, world).to_plain(), world_to_plain(world)
    places = [one for one in leaves(plain) if one[0] in {"holds", "cases"}]
    place = data.draw(st.sampled_from(places))
    value = data.draw(
        st.sampled_from([*PARTIES, *TIMES, "", "reached", "not-reached", "consented", True, False])
    )
    other = changed(plain, place, value)
    if other != plain and verdict(other, arcs_plain):
        assert still_true(other, world, policy)  # type: ignore[arg-type]
        assert place[-2] == "earliest" or place[-1] == "at", "what stands there is free, within bounds"


@settings(max_examples=250, deadline=None)
@given(policies, worlds(), st.data())
def test_a_proof_of_one_world_is_refused_in_another_unless_it_is_true_there(
    policy: Policy, world: World, data: st.DataObject
) -> None:
    plain = prove(policy, world).to_plain()
    information = data.draw(st.sampled_from(list(world)))
    chance = data.draw(st.randoms(use_true_random=False))
    here = list(world[information])
    if here and data.draw(st.booleans()):
        here.pop(chance.randrange(len(here)))
    else:
        here.append(random_arc(chance, information.originators))
    other = {**world, information: tuple(here)}
    if verdict(plain, world_to_plain(other)):
        assert still_true(plain, other, policy)


@settings(max_examples=200, deadline=None)
@given(worlds(), st.data())
def test_of_paths_only_the_possible_ones_are_accepted(world: World, data: st.DataObject) -> None:
    chance = data.draw(st.randoms(use_true_random=False))
    place, path, possible, now = "A", [], True, -1
    for _ in range(chance.randint(1, 3)):
        onward = [one for one in world[MINE] if one.holder == place] or list(world[MINE])
        if not onward:
            return
        one = chance.choice(onward)
        first = max(now, day(one.start)) if chance.random() < 0.7 else day(one.start)
        moment = first if chance.random() < 0.7 else chance.randint(0, 9)
        possible = possible and one.holder == place and now <= moment and at(moment) in one.period
        path.append({"at": str(at(moment)), "arc": one.to_plain()})
        place, now = one.recipient, moment
    case = Certificate(Claim.REACHED, MINE, ("A",), party=place).to_plain() | {"path": path}
    assert checker.shows(case, [one.to_plain() for one in world[MINE]]) == possible


@settings(max_examples=200, deadline=None)
@given(worlds(), st.sampled_from((MINE, OURS)), st.sampled_from(PARTIES[2:]), st.data())
def test_of_labellings_none_is_accepted_that_hides_a_way(
    world: World, information: Information, party: str, data: st.DataObject
) -> None:
    chance = data.draw(st.randoms(use_true_random=False))
    labels = Network(world[information]).earliest(information.originators)
    for one in list(labels):
        if chance.random() < 0.15:
            del labels[one]
        elif chance.random() < 0.15:
            labels[one] = at(chance.randint(0, 9))
    arcs = [one.to_plain() for one in world[information]]
    never = Certificate(Claim.NOT_REACHED, information, information.originators, party=party, earliest=labels)
    if checker.shows(never.to_plain(), arcs):
        assert not breaches(NeverReaches((), party), information, world[information])
    consented = Certificate(Claim.CONSENTED, information, information.originators, earliest=labels)
    if checker.shows(consented.to_plain(), arcs):
        assert not breaches(NoReachWithoutConsent(), information, world[information])


WORLD: World = {
    MINE: (arc("A", "B", 0, 9), arc("B", "C", 2, 4, ("A", 1, 3)), arc("C", "D", 3, 9, ("A", 0, 9))),
    OTHER: (arc("C", "A", 0, 9), arc("A", "B", 0, 2, ("C", 0, 9))),
}
SAFE = prove(NeverReaches(("x",), "E"), WORLD)
LEAK = prove(NoReachWithoutConsent(), WORLD)
PAST = prove(OnlyThrough("A", "D", "C"), WORLD)


def test_the_examples_are_what_they_seem() -> None:
    assert (SAFE.holds, LEAK.holds, PAST.holds) == (True, False, True)
    assert LEAK.counterexample is not None
    assert LEAK.counterexample.lines() == (
        "0001-01-02T00:00:00Z  A to B  a-b  [a-b v1 art. 1]".replace("0001-01-02", "2000-01-01"),
        "2000-01-04T00:00:00Z  B to C  b-c, consent-A-1  [b-c v1 art. 3]",
    )


def cut(proof: Proof, world: World) -> list[tuple[str, object, object]]:
    """What a forger would try, by name: (what, proof, world)."""
    plain, listed = proof.to_plain(), world_to_plain(world)
    arcs_of = listed[0]["arcs"]
    assert isinstance(arcs_of, list)
    tries: list[tuple[str, object, object]] = [
        ("a kind of information is left out", plain | {"cases": plain["cases"][1:]}, listed),  # type: ignore[index]
        ("the verdict is turned", plain | {"holds": not plain["holds"]}, listed),
        ("a world is asked that is not proved", plain, [*listed, *listed]),
        ("another policy", plain | {"policy": NeverReaches((), "B").to_plain()}, listed),
        ("no policy", plain | {"policy": {"policy": "any"}}, listed),
        ("nothing at all", {}, listed),
    ]
    for name, value in (("since", str(at(9))), ("holders", ["E"]), ("avoiding", "B"), ("party", "A")):
        tries.append((f"another {name}", changed(plain, ("cases", 0, name), value), listed))
    return tries


@pytest.mark.parametrize("proof", [SAFE, LEAK, PAST], ids=["never", "consent", "through"])
@pytest.mark.parametrize("number", range(10))
def test_a_forged_proof_is_refused(proof: Proof, number: int) -> None:
    what, forged, world = cut(proof, WORLD)[number]
    assert checker.proves(proof.to_plain(), world_to_plain(WORLD))
    assert not verdict(forged, world), what


@pytest.mark.parametrize("name", ["because", "via", "start", "end", "holder", "recipient", "consents"])
def test_a_path_whose_citation_or_period_was_changed_is_refused(name: str) -> None:
    value: object = ["x"] if name in {"because", "via", "consents"} else "2000-01-02T12:00:00Z"
    forged = changed(LEAK.to_plain(), ("cases", 0, "path", 1, "arc", name), value)
    assert not verdict(forged, world_to_plain(WORLD))


@pytest.mark.parametrize("hop", [0, 1])
def test_a_path_with_a_hop_left_out_is_refused(hop: int) -> None:
    plain = LEAK.to_plain()
    path = plain["cases"][0]["path"]  # type: ignore[index]
    forged = changed(plain, ("cases", 0, "path"), [one for i, one in enumerate(path) if i != hop])
    assert not verdict(forged, world_to_plain(WORLD))


def test_a_label_that_is_too_late_or_gone_is_refused() -> None:
    plain, listed = SAFE.to_plain(), world_to_plain(WORLD)
    labels = plain["cases"][0]["earliest"]  # type: ignore[index]
    assert set(labels) == {"A", "B", "C", "D"}
    for party in labels:
        fewer = {one: when for one, when in labels.items() if one != party}
        assert not verdict(changed(plain, ("cases", 0, "earliest"), fewer), listed)
        assert not verdict(changed(plain, ("cases", 0, "earliest", party), str(at(8))), listed)


def test_the_label_of_every_holder_is_asked_for() -> None:
    case = Certificate(Claim.NOT_REACHED, OURS, ("A", "B"), party="C", earliest={"A": at(-1)})
    late = replace(case, since=at(0))
    assert not checker.shows(late.to_plain(), [arc("B", "C", 0, 9).to_plain()])


def test_of_two_shortest_chains_the_one_complete_earlier_is_shown() -> None:
    world = {
        MINE: (arc("A", "B", 0, 9), arc("B", "C", 5, 9)),
        kind("A", marking="LOW"): (arc("A", "B", 1, 9), arc("B", "C", 2, 9)),
    }
    found = prove(NoReachWithoutConsent(), world).counterexample
    assert found is not None
    assert [day(release.at) for release in found.path] == [1, 2]


def test_a_world_with_a_way_out_is_refused() -> None:
    wider = {**WORLD, MINE: (*WORLD[MINE], arc("D", "E", 8, 9, ("A", 0, 9)))}
    assert not verdict(SAFE.to_plain(), world_to_plain(wider))
    closed_before = {**WORLD, MINE: (*WORLD[MINE], arc("D", "E", 1, 3, ("A", 0, 9)))}
    assert verdict(SAFE.to_plain(), world_to_plain(closed_before))


@pytest.mark.parametrize(
    ("proof", "status", "says"), [(SAFE, 0, "verified\n"), (LEAK, 0, "verified\n"), ("{", 1, "not a proof")]
)
def test_the_checker_is_a_program_of_its_own(
    tmp_path: Path, proof: Proof | str, status: int, says: str
) -> None:
    text = proof if isinstance(proof, str) else json.dumps(proof.to_plain())
    (tmp_path / "checker.py").write_text(CHECKER.read_text())
    (tmp_path / "proof.json").write_text(text)
    (tmp_path / "world.json").write_text(json.dumps(world_to_plain(WORLD)))
    command = [sys.executable, "-I", "checker.py", "proof.json", "world.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.startswith(says)) == (status, True), done.stdout + done.stderr


def test_the_checker_imports_nothing_of_ours() -> None:
    imports = [line for line in CHECKER.read_text().splitlines() if line.startswith(("import ", "from "))]
    assert imports == ["import json", "import sys", "from datetime import datetime", "from typing import Any"]


def test_the_page_prints_the_checker_in_full() -> None:
    page = (Path(__file__).parents[3] / "spec" / "proof.md").read_text()
    assert page.endswith(f"```python\n{CHECKER.read_text()}```\n")
