"""The difference of two networks: from what a change touches alone, and equal to recomputing everything."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asking import catalogue, instant
from decisions.networks import TOPICS, between, by_chance, world
from decisions.small import AT, act, agreement, asked, party, registry
from servanda.decisions import (
    Add,
    Conclude,
    Difference,
    Holding,
    Index,
    Lapse,
    Leave,
    Omit,
    Supposition,
    compare,
    network_difference,
    suppose,
)
from servanda.decisions.compare import recomputed
from servanda.decisions.flows import Turn
from servanda.formats.acts import read_act
from servanda.model.instrument import Registry

MIDNIGHT = instant("2019-11-23 00:00")
ABOUT = ((), *((one,) for one in TOPICS))


def turns(found: Difference) -> dict[tuple[str, str, str], str]:
    return {(one.holder, one.recipient, one.marking): one.turn.value for one in found.flows}


def difference(made: Registry, *ones: Supposition) -> Difference:
    return compare(made, suppose(made, ones), AT)


def some(made: Registry, random: Random) -> tuple[Supposition, ...]:
    """Suppositions by chance, of every kind."""
    found: list[Supposition] = []
    acts = [(one.id, each) for one in made.instruments.values() for each in one.acts]
    for number in range(random.choice((1, 1, 2))):
        name = random.choice(sorted(made.instruments))
        instrument = made.instruments[name]
        kind = random.randrange(6)
        if kind == 0:
            found.append(Lapse(name, AT))
        elif kind == 1:
            found.append(Leave(random.choice(sorted(made.parties)), AT))
        elif kind == 2:
            parties = random.sample(sorted(made.parties), 2)
            found.append(Conclude(agreement(f"new-{number}", tuple(parties))))
        elif kind == 3 and acts:
            where, one = random.choice(acts)
            found.append(Omit(one.id, where))
        elif kind == 4:
            giver, holder, recipient = random.sample(sorted(made.parties), 3)
            fields = f'recipients = ["{recipient}"], holders = ["{holder}"]'
            found.append(Add(name, read_act(act(f"n{number}", "consent", giver, fields).rstrip(",\n"), "n")))
        else:
            by = instrument.parties[0]
            pause = f'{{ id = "p{number}", kind = "suspend-operation", by = ["{by}"], '
            found.append(
                Add(name, read_act(pause + "done = 2020-01-01T00:00:00Z, seen = 2020-01-01T00:00:00Z }", "p"))
            )
    return tuple(found)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_the_difference_is_that_of_recomputing_everything(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a world for a test, not a secret
    made = by_chance(seed, parties=random.randrange(4, 8), agreements=random.randrange(4, 14))
    after = suppose(made, some(made, random))
    before = Index(made)
    holdings = tuple(Holding(f"o-{name}", ("A",), "B", "A-LOW", name) for name in made.instruments)
    found = network_difference(before, before.supposing(after), AT, ABOUT, holdings)
    whole = recomputed(Index(made), Index(after), AT, ABOUT, holdings)
    assert found.stands == whole.stands
    assert turns(found) == turns(whole)
    assert found == whole


@pytest.mark.parametrize(
    "supposed",
    [Omit("kr-suspension-2019"), Lapse("jp-us-2007", MIDNIGHT), Leave("AU", MIDNIGHT), Lapse("nato-1997")],
    ids=str,
)
def test_so_it_is_on_the_real_catalogue(supposed: Supposition) -> None:
    after = suppose(catalogue(), (supposed,))
    before = Index(catalogue())
    found = network_difference(before, before.supposing(after), MIDNIGHT)
    assert found == recomputed(Index(catalogue()), Index(after), MIDNIGHT)


def test_the_gsomia_lapses() -> None:
    found = compare(catalogue(), suppose(catalogue(), (Lapse("jp-kr-2016", MIDNIGHT),)), MIDNIGHT)
    assert [one.instrument for one in found.stands] == ["jp-kr-2016"]
    assert {one.turn for one in found.flows} == {Turn.STOPS}
    assert {(one.holder, one.recipient) for one in found.flows} == {("JP", "KR"), ("KR", "JP")}
    assert {route.through for one in found.flows for route in one.after.routes} == {("US",)}
    consents = {
        need.by
        for one in found.flows
        for route in one.after.routes
        for hop in route.hops
        for need in hop.needs
        if need.kind.value == "consent"
    }
    assert consents == {("JP",), ("KR",)}
    assert {len(one.duties) for one in found.survives} == {28}
    assert {pivot.linchpin.party for pivot in found.pivots} == {"US"}
    assert found.paths == ()


def test_nothing_supposed_is_no_difference() -> None:
    index = Index(catalogue())
    found = network_difference(index, index.supposing(catalogue()), MIDNIGHT)
    assert (found.stands, found.flows, found.survives, found.pivots, found.paths) == ((), (), (), (), ())


def test_a_new_agreement_begins_flows_and_frees_from_a_linchpin() -> None:
    found = difference(world("AB", "BC"), Conclude(between("A", "C")))
    begun = {key for key, turn in turns(found).items() if turn == "begins"}
    assert begun == {("A", "C", "A-TOP"), ("A", "C", "A-LOW"), ("C", "A", "C-TOP"), ("C", "A", "C-LOW")}
    assert {pivot.linchpin.key for pivot in found.pivots if pivot.sheds} == {("B", "A", "C"), ("B", "C", "A")}


def test_a_new_party_is_known_in_both_worlds() -> None:
    found = difference(world("AB"), Conclude(between("A", "E"), (party("E"),)))
    assert ("A", "E", "A-TOP") in turns(found)


def test_what_is_cut_off_is_named_where_the_flow_itself_had_stopped_before() -> None:
    made = suppose(world("AB", "BC", "AC"), (Lapse("a-c", AT),))
    found = difference(made, Lapse("b-c", AT))
    lost = {(one.matter.originator, one.recipient) for one in found.paths if one.after is None}
    assert lost == {("A", "C"), ("C", "A"), ("B", "C"), ("C", "B")}


def test_a_consent_that_rests_on_what_lapsed_stops_what_it_let_through() -> None:
    resting = act("c", "consent", "A", 'recipients = ["C"], holders = ["B"], rests_on = ["x"]')
    made = registry(
        between("A", "B", acts=resting), between("B", "C"), agreement("x", ("A", "D")), parties=(party("D"),)
    )
    found = difference(made, Lapse("x", AT))
    passed_on = {(one.originator, one.holder, one.recipient) for one in found.flows if one.originator == "A"}
    assert ("A", "B", "C") in passed_on


def test_a_flow_that_goes_on_with_other_words_or_duties_says_so() -> None:
    loss = '[clause."11"]\nkind = "loss"\nduties = ["report-loss-immediately"]\n'
    prevails = '[clause."9"]\nkind = "relation"\nhow = "prevails-over"\nof = ["a-b"]\n'
    swapped = '[clause."4"]\nkind = "equivalence"\nlevels = { TOP = { A = ["A-TOP"], B = ["B-MID"] } }\n'
    for clauses, turn in ((swapped, "other-marking"), (loss, "other-duties")):
        over = agreement("over", ("A", "B"), clauses + prevails)
        found = difference(registry(between("A", "B")), Conclude(over))
        assert turns(found)["A", "B", "A-TOP"] == turn


def test_items_given_under_what_works_no_more_are_named_with_who_holds_them() -> None:
    items = (
        Holding("o-1", ("JP",), "KR", "極秘", "jp-kr-2016"),
        Holding("o-2", ("JP",), "US", "極秘", "jp-us-2007"),
    )
    after = suppose(catalogue(), (Lapse("jp-kr-2016", MIDNIGHT),))
    assert compare(catalogue(), after, MIDNIGHT, holdings=items).held == items[:1]


def test_topics_named_are_asked_about_together() -> None:
    after = suppose(catalogue(), (Lapse("jp-kr-2016", MIDNIGHT),))
    found = compare(catalogue(), after, MIDNIGHT, topics=("dprk-missile", "dprk-nuclear"))
    assert found.about == (("dprk-missile", "dprk-nuclear"),)
    assert {one.topics for one in found.flows} == {("dprk-missile", "dprk-nuclear")}


def test_the_request_of_a_flow_is_the_question_that_was_asked() -> None:
    found = difference(world("AB"), Lapse("a-b", AT))
    assert found.flows[0].after.request == asked("A", "B")
