"""Two engines, one page of rules: whatever is asked, both answer alike.

`SERVANDA_FUZZ=1000000` asks a million questions; `SERVANDA_CASE=29/4` asks one of them again, and shows the
smallest registry and question in which the two still differ.
"""

from __future__ import annotations

import os
from collections import Counter
from itertools import count

import pytest

from asking import catalogue, instant
from decisions.random_worlds import world
from decisions.random_worlds.smaller import Case, smallest
from decisions.reference import Rule, Verdict, faults, reference
from servanda.decisions import Index, judge
from servanda.decisions.release import rule
from servanda.errors import ServandaError
from servanda.model.decision import Decision, Outcome, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.when import Instant

CASES = int(os.environ.get("SERVANDA_FUZZ", "6000"))
EACH = 20
"""Questions to one registry."""
PLAIN = 10
"""One registry in so many is asked without an index."""
SHOWN = 10
Indices = dict[Instant, Index]


def answered(registry: Registry, request: ReleaseRequest, indices: Indices) -> Decision | ServandaError:
    """What the engine says, or the error that it raises; by an index where there is one."""
    try:
        if request.known in indices:
            return Decision(request, rule(indices[request.known], request))
        return judge(registry, request)
    except ServandaError as wrong:
        return wrong


def difference(registry: Registry, request: ReleaseRequest, indices: Indices) -> str:
    """Say how the two differ on one question; nothing where they agree."""
    found = answered(registry, request, indices)
    errors = {type(one) for one in faults(registry, request)}
    if errors or isinstance(found, ServandaError):
        return "" if type(found) in errors else f"{found} and not {errors or 'an answer'}"
    expected = reference(registry, request)
    if found.outcome is not expected.outcome:
        return f"{found.outcome.value} and not {expected.outcome.value}"
    if found.outcome is not Outcome.PERMIT:
        return ""
    kinds = frozenset(duty.kind for duty in found.duties)
    theirs = Verdict(found.outcome, frozenset(found.via), found.equivalent, kinds)
    pairs = (
        ("via", sorted(theirs.via), sorted(expected.via)),
        ("equivalent", theirs.equivalent, expected.equivalent),
        ("duties", *(sorted(kind.value for kind in one.duties) for one in (theirs, expected))),
    )
    return "; ".join(f"{name} {one} and not {other}" for name, one, other in pairs if one != other)


def one_alone(seed: int, number: int) -> str:
    """Ask one question again; where the two differ, show the smallest case in which they do so."""
    asked = world(seed)
    how = difference(asked.registry, asked.request(number), {})

    def differs(case: Case) -> bool:
        try:
            return difference(*case, {}) == how
        except (ServandaError, KeyError):
            return False

    if not how:
        return ""
    registry, request = smallest((asked.registry, asked.request(number)), differs)
    shown = [how, repr(request), *map(repr, registry.parties.values())]
    for instrument in registry.instruments.values():
        shown += [repr(one) for one in (*instrument.texts, *instrument.acts, instrument.conventions)]
    return "\n\n".join(shown)


def indexed(registry: Registry, known: tuple[Instant, ...]) -> Indices:
    """Return an index for each knowledge time."""
    return {one: Index(registry, one) for one in known}


def test_the_engine_answers_as_the_page_of_rules() -> None:
    if "SERVANDA_CASE" in os.environ:
        seed, number = map(int, os.environ["SERVANDA_CASE"].split("/"))
        shown = one_alone(seed, number)
        assert shown == "", shown
        return
    found = []
    for seed in range(-(-CASES // EACH)):
        asked = world(seed)
        indices = indexed(asked.registry, asked.known) if seed % PLAIN else {}
        for number in range(EACH):
            how = difference(asked.registry, asked.request(number), indices)
            if how:
                found.append(f"SERVANDA_CASE={seed}/{number}: {how}")
        if len(found) >= SHOWN:
            break
    assert found == [], "\n".join(found)


def test_each_answer_comes_often_enough_to_be_tested() -> None:
    outcomes = Counter(
        reference(asked.registry, request).outcome
        for asked in map(world, range(150))
        for request in map(asked.request, range(EACH // 2))
        if not faults(asked.registry, request)
    )
    assert set(outcomes) == set(Outcome)
    assert min(outcomes.values()) >= 0.1 * sum(outcomes.values()), outcomes


@pytest.mark.slow
def test_leaving_out_any_rule_is_noticed() -> None:
    toothless = set(Rule)
    for seed in count():
        asked = world(seed)
        for request in map(asked.request, range(EACH)):
            if faults(asked.registry, request):
                continue
            fired: set[Rule] = set()
            verdict = reference(asked.registry, request, fired=fired)
            for left_out in fired & toothless:
                if reference(asked.registry, request, frozenset({left_out})) != verdict:
                    toothless.discard(left_out)
        if not toothless or seed == 1000:
            break
    assert toothless == set()


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, Outcome.PERMIT),
        ({"recipient": "RU"}, Outcome.DENY),
        ({"recipient": "US"}, Outcome.UNDETERMINED),
        ({"marking": "Gokuhi"}, Outcome.PERMIT),
        ({"marking": "機密"}, Outcome.DENY),
        ({"form": "telepathy"}, Outcome.DENY),
        ({"holder": "US"}, Outcome.DENY),
        ({"holder": "KR", "recipient": "JP"}, Outcome.PERMIT),
        ({"holder": "JP-MOD", "originators": ("JP-MOD",)}, Outcome.PERMIT),
        ({"at": instant("2019-11-23 00:00"), "known": instant("2019-09-01 00:00")}, Outcome.DENY),
        ({"at": instant("2019-11-23 00:00")}, Outcome.PERMIT),
    ],
)
def test_the_page_of_rules_answers_of_the_real_agreements(
    fields: dict[str, object], outcome: Outcome
) -> None:
    asked = {
        "holder": "JP",
        "recipient": "KR",
        "originators": ("JP",),
        "marking": "極秘",
        "at": instant("2019-11-22 12:00"),
        "topics": ("dprk-missile",),
        **fields,
    }
    request = ReleaseRequest(**asked)  # type: ignore[arg-type]  # fields of the request
    assert reference(catalogue(), request).outcome is outcome
