"""The arcs of registries, made-up and real, and what can be proved of them."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from importlib import import_module

import pytest

from asking import catalogue, instant
from decisions.small import act, agreement, party, registry
from servanda.decisions.proofs import (
    Information,
    Judged,
    NeverReaches,
    NoReachWithoutConsent,
    OnlyThrough,
    Without,
    World,
    checker,
    conflicts,
    prove,
    redundant,
    stands,
    world,
    world_to_plain,
)
from servanda.decisions.proofs.periods import common
from servanda.decisions.proofs.redundant import permitted
from servanda.decisions.proofs.without import resting_on
from servanda.decisions.release import rule
from servanda.formats.acts import read_act
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.model.instrument import Instrument, Registry
from servanda.model.label import Caveat, Embargo, NoForeign, OriginatorControlled, ReleasableTo
from servanda.model.when import BEGINNING, FOREVER, Instant, Period

ALL_TIME = Period(BEGINNING, FOREVER)
TO_2030 = Period(BEGINNING, instant("2030-01-01 00:00"))
A_TOP = Information(("A",), "A-TOP", form="")
YES = act("yes", "consent", "A", 'recipients = ["C"], holders = ["B"]', "2015-01-01T00:00:00Z")
NO_MORE = act("no-more", "withdraw-consent", "A", 'of = "yes"', "2016-01-01T00:00:00Z")


def chained(*acts: str, more: tuple[Instrument, ...] = ()) -> Registry:
    """A to B, B to C, C to D; A's acts stand on the record of the first."""
    return registry(
        agreement("a-b", ("A", "B"), acts="".join(acts)),
        agreement("b-c", ("B", "C")),
        agreement("c-d", ("C", "D")),
        *more,
    )


def proved(world: World, holds: object) -> None:
    """An independent program agrees with what is proved of a world, and its answer is as expected."""
    proof = prove(NoReachWithoutConsent(), world)
    assert proof.holds is holds
    assert checker.proves(json.loads(json.dumps(proof.to_plain())), world_to_plain(world))


def test_a_consent_opens_one_hop_while_it_lasts_and_no_further_one() -> None:
    judged = Judged(chained(YES, NO_MORE), ALL_TIME)
    arcs = {(arc.holder, arc.recipient): arc for arc in judged.arcs(A_TOP)}
    assert set(arcs) == {("A", "B"), ("B", "A"), ("B", "C")}
    onward = arcs["B", "C"]
    assert (str(onward.start), str(onward.end)) == ("2015-01-01T00:00:00Z", "2016-01-01T00:00:00Z")
    assert [(one.by, one.act) for one in onward.consents] == [("A", "yes")]
    proved(world(judged), holds=True)
    again = prove(NeverReaches((), "C", "A", ("A-TOP",)), world(judged)).counterexample
    assert again is not None
    assert [line[:28] for line in again.lines()] == [
        "2010-01-01T00:00:00Z  A to B",
        "2015-01-01T00:00:00Z  B to C",
    ]
    assert "a-b act yes" in again.lines()[1]
    assert prove(NeverReaches((), "D", "A"), world(judged)).holds
    assert prove(OnlyThrough("A", "C", "B"), world(judged)).holds


def test_an_engine_that_forgot_to_ask_for_consent_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(index: object, request: ReleaseRequest) -> object:
        return rule(index, replace(request, originators=(request.holder,), marking=f"{request.holder}-TOP"))  # type: ignore[arg-type]

    monkeypatch.setattr(import_module("servanda.decisions.proofs.world"), "rule", careless)
    found = world(Judged(chained(YES, NO_MORE), ALL_TIME))
    proved(found, holds=False)
    proof = prove(NoReachWithoutConsent(), {A_TOP: found[A_TOP]})
    assert proof.counterexample is not None
    assert [line[22:28] for line in proof.counterexample.lines()] == ["A to B", "B to C"]


def test_a_withdrawal_ends_only_the_consent_that_it_names() -> None:
    other = act("other", "consent", "A", 'recipients = ["C"], markings = ["A-TOP"]', "2014-01-01T00:00:00Z")
    judged = Judged(chained(YES, other, NO_MORE), ALL_TIME)
    onward = [arc for arc in judged.arcs(A_TOP) if (arc.holder, arc.recipient) == ("B", "C")]
    assert onward[-1].end == FOREVER
    proved(world(judged), holds=True)


@pytest.mark.parametrize("undetermined", [False, True])
def test_a_regrading_whose_hour_is_open_is_taken_both_ways(undetermined: bool) -> None:
    about_t = act("yes", "consent", "A", 'recipients = ["C"], topics = ["t"]', "2012-01-01T00:00:00Z")
    moved = act("moved", "regrade", "A", 'objects = ["o-1"], topics = ["u"]', "2015-01-01")
    judged = Judged(chained(about_t, moved), ALL_TIME, undetermined=undetermined)
    about = replace(A_TOP, topics=("t",), object_id="o-1")
    (onward,) = [arc for arc in judged.arcs(about) if (arc.holder, arc.recipient) == ("B", "C")][-1:]
    assert str(onward.end) == ("2015-01-01T23:59:59Z" if undetermined else "2015-01-01T00:00:00Z")
    proved(world(judged), holds=True)


def test_an_object_that_its_originator_has_freed_may_go_by_that_act_alone() -> None:
    freed = act("freed", "regrade", "A", 'objects = ["o-1"], frees = true')
    judged = Judged(chained(freed), ALL_TIME)
    about = replace(A_TOP, object_id="o-1")
    assert about in judged.kinds()
    onward = [arc for arc in judged.arcs(about) if (arc.holder, arc.recipient) == ("B", "C")]
    assert [(str(arc.start), arc.consents[0].act) for arc in onward] == [("2015-01-01T00:00:00Z", "freed")]
    proved(world(judged), holds=True)


def test_a_consent_that_rests_on_an_instrument_works_while_that_does() -> None:
    rests = act("yes", "consent", "A", 'recipients = ["C"], rests_on = ["x"]', "2005-01-01T00:00:00Z")

    judged = Judged(chained(rests, more=(agreement("x", ("A", "D")),)), ALL_TIME)
    (onward,) = [arc for arc in judged.arcs(A_TOP) if (arc.holder, arc.recipient) == ("B", "C")]
    assert str(onward.start) == "2010-01-01T00:00:00Z"
    assert str(onward.consents[0].start) == "2010-01-01T00:00:00Z"
    proved(world(judged), holds=True)


def test_of_two_that_carry_the_same_each_is_redundant_and_a_bridge_is_not() -> None:
    double = agreement("a-b-too", ("A", "B"))
    judged = Judged(chained(YES, more=(double,)), ALL_TIME)
    kinds = judged.kinds()
    found = {
        one.instrument: one for one in redundant(judged.index.registry.instruments, kinds, Without(judged))
    }
    assert {name for name, one in found.items() if one.redundant} == {"a-b-too"}
    assert found["a-b-too"].carries
    without_record = Judged(chained(more=(double,)), ALL_TIME)
    again = redundant(["a-b", "a-b-too", "b-c"], kinds, Without(without_record))
    assert [one.redundant for one in again] == [True, True, False], "without its record of consents"


def test_taking_one_away_judges_as_a_registry_that_never_had_it() -> None:
    table = '[clause."5"]\nkind = "relation"\nhow = "depends-on"\nof = ["b-c"]\n'
    arrangement = agreement("on-b-c", ("A", "D"), table, kind="arrangement")
    whole = chained(YES, more=(arrangement,))
    judged = Judged(whole, ALL_TIME)
    without = Without(judged)
    assert resting_on(whole, frozenset({"b-c"})) == {"b-c", "on-b-c"}
    for name in whole.instruments:
        gone = resting_on(whole, frozenset({name}))
        left = {key: one for key, one in whole.instruments.items() if key not in gone}
        anew = Judged(replace(whole, instruments=left), ALL_TIME)
        for information in judged.kinds():
            assert without(information, frozenset({name})) == anew.arcs(information)


FORBIDS = """
[clause."7"]
kind = "prohibition"
topics = ["t"]
"""


def test_a_prohibition_disagrees_with_what_permits_the_same() -> None:
    forbidding = agreement("no-t", ("A", "B"), FORBIDS, kind="arrangement")
    judged = Judged(registry(agreement("a-b", ("A", "B")), forbidding), ALL_TIME)
    about = Information(("A",), "A-TOP", ("t",))
    found = conflicts(stands(judged, [about, replace(about, topics=("u",))]))
    said = {(one.permits, one.forbids, one.holder, one.information.topics) for one in found}
    assert said == {
        ("a-b", "no-t", "A", ("t",)),
        ("a-b", "no-t", "B", ("t",)),
    }
    assert "no-t v1 art. 7" in found[0].to_plain()["because"]  # type: ignore[operator]
    assert all(str(one.period.start) == "2010-01-01T00:00:00Z" for one in found)


def test_what_a_part_may_do_counts_as_the_wholes() -> None:
    table = """
[clause."4"]
kind = "equivalence"
levels = { TOP = { A = ["A-TOP"], B-X = ["B-TOP"] } }
"""
    judged = Judged(
        registry(agreement("a-bx", ("A", "B-X"), table), parties=(party("B-X", part_of="B"),)), ALL_TIME
    )
    assert judged.pairs == (("A", "B"), ("B", "A"))
    assert {(arc.holder, arc.recipient) for arc in judged.arcs(A_TOP)} == {("A", "B"), ("B", "A")}
    assert {one.originators for one in judged.kinds()} == {("A",), ("B",), ("C",), ("D",)}


def scoped(name: str, topics: str, more: str = "") -> Instrument:
    scope = f'[clause."6"]\nkind = "scope"\ntopics = [{topics}]\n'
    return agreement(name, ("A", "B"), scope + more, kind="arrangement")


@pytest.mark.parametrize(
    "caveat",
    [NoForeign(), ReleasableTo(("B",)), OriginatorControlled(), Embargo(instant("2016-01-01 00:00"))],
)
def test_more_topics_and_more_caveats_only_narrow(caveat: Caveat) -> None:
    some = act("some", "consent", "A", 'recipients = ["C"], topics = ["t", "u"]')
    one = act("one", "consent", "A", 'recipients = ["C"], topics = ["u"]', "2012-01-01T00:00:00Z")
    judged = Judged(
        registry(
            scoped("t-u", '"t", "u"'),
            scoped("u-v", '"u", "v"', FORBIDS),
            agreement("b-c", ("B", "C"), acts=some + one),
        ),
        ALL_TIME,
    )
    for topics in (("t", "u"), ("u", "v"), ("t", "u", "v"), ("u",)):
        for caveats in ((), (caveat,)):
            narrow = permitted(judged.arcs(replace(A_TOP, topics=topics, caveats=caveats)))
            for topic in topics:
                wide = permitted(judged.arcs(replace(A_TOP, topics=(topic,))))
                for pair, periods in narrow.items():
                    assert common(periods, wide[pair]) == periods


def with_consents() -> Registry:
    whole = catalogue()
    record = whole.instrument("jp-kr-2016")
    acts = (
        (
            'id = "c1", kind = "consent", by = ["JP"], recipients = ["US"], holders = ["KR"], '
            "done = 2017-01-01T00:00:00Z, seen = 2017-01-01T00:00:00Z, expires = 2020-06-01"
        ),
        (
            'id = "c2", kind = "consent", by = ["US"], recipients = ["JP", "AU"], topics = ["dprk-missile"], '
            'done = 2018-01-01, seen = 2018-01-03T00:00:00Z, rests_on = ["jp-kr-2016"]'
        ),
        (
            'id = "c3", kind = "withdraw-consent", by = ["US"], of = "c2", '
            "done = 2024-01-01, seen = 2024-01-03T00:00:00Z"
        ),
    )
    read = tuple(read_act(f"{{ {words} }}", "an act") for words in acts)
    return whole.with_instrument(record.with_acts((*record.acts, *read)))


@pytest.mark.parametrize("trusting", [False, True])
@pytest.mark.parametrize("undetermined", [False, True])
def test_the_arcs_of_the_real_catalogue_are_what_the_engine_says(undetermined: bool, trusting: bool) -> None:
    judged = Judged(with_consents(), TO_2030, undetermined=undetermined, trusting=trusting)
    chance = random.Random(7)  # noqa: S311 - a sample, not a key
    counted = {Outcome.PERMIT, Outcome.UNDETERMINED} if undetermined else {Outcome.PERMIT}
    east = [pair for pair in judged.pairs if set(pair) <= {"JP", "KR", "US", "AU"}]
    kinds = [one for one in judged.kinds() if one.originators[0] in {"JP", "KR", "US", "FR"}]
    said_so = 0
    for _ in range(80):
        information = chance.choice(kinds)
        own = [pair for pair in judged.pairs if information.originators[0] in pair]
        holder, recipient = chance.choice(chance.choice([own, own, east, judged.pairs]))
        arcs = judged.cell(information, holder, recipient)
        edges = [one for arc in arcs for one in (arc.start, arc.end)]
        moments = [Instant(instant(f"{chance.randint(1990, 2029)}-03-01 00:00").utc), *edges[:4]]
        for moment in moments:
            if moment not in TO_2030:
                continue
            said = any(
                rule(
                    judged.index,
                    ReleaseRequest(
                        one,
                        other,
                        information.originators,
                        information.marking,
                        moment,
                        topics=information.topics,
                        form=form,
                        purpose=purpose,
                    ),
                ).outcome
                in counted
                for one, other in judged.hops(holder, recipient)
                for form, purpose in judged.variants(information, one, other)
            )
            assert said == any(moment in arc.period for arc in arcs)
            said_so += said
    assert said_so > (50 if undetermined else 5)


def test_nothing_of_the_real_catalogue_passes_without_consent() -> None:
    """Of all parties around the Pacific in full; the page of proofs has the whole."""
    judged = Judged(with_consents(), TO_2030, undetermined=True)
    east = {"JP", "KR", "US"}
    pairs = [pair for pair in judged.pairs if east & set(pair)]
    kinds = [one for one in judged.kinds() if one.originators[0] in {"JP", "US"} and one.topics]
    found = {one: judged.arcs(one, pairs) for one in kinds if one.marking in {"秘", "SECRET"}}
    assert any(arc.consents for arcs in found.values() for arc in arcs)
    proved(found, holds=True)
    never = prove(NeverReaches(("dprk-missile",), "RU", "JP"), found)
    assert never.holds
    assert never.cases
