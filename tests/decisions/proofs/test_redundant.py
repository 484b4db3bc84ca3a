"""Redundancy and conflicts, against answers taken day by day."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.proofs.worlds import DAYS, PARTIES, arc, arcs, at, day, kind, random_arc
from servanda.decisions.proofs.arcs import Arc, Information
from servanda.decisions.proofs.conflicts import Kind, Stand, conflicts
from servanda.decisions.proofs.periods import common, minus, union
from servanda.decisions.proofs.redundant import redundant
from servanda.model.cite import Because
from servanda.model.when import Period

KINDS = (kind("A"), kind("B", topic="y"))

periods = st.lists(
    st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(lambda both: Period(at(both[0]), at(both[1]))),
    max_size=6,
)


def days(covered: tuple[Period, ...] | list[Period]) -> set[int]:
    return {one for period in covered for one in range(day(period.start), day(period.end))}


@given(periods, periods)
def test_sets_of_instants_are_sets(first: list[Period], second: list[Period]) -> None:
    one, other = union(first), union(second)
    assert days(one) == days(first)
    assert days(minus(one, other)) == days(first) - days(second)
    assert days(common(one, other)) == days(first) & days(second)
    for found in (one, minus(one, other), common(one, other)):
        assert found == union(found)
        assert all(one.start < one.end for one in found)
        assert all(before.end < after.start for before, after in itertools.pairwise(found))


def takes_away(instruments: dict[str, tuple[Arc, ...]], hidden: tuple[str, Arc]):  # noqa: ANN201
    """The arcs of all but the instruments named; one more appears when a certain one is gone."""

    def arcs_of(information: Information, without: frozenset[str]) -> list[Arc]:
        found = [one for name, several in instruments.items() if name not in without for one in several]
        if hidden[0] in without:
            found.append(hidden[1])
        return found if information == KINDS[0] else found[:2]

    return arcs_of


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from("pqrs"), arcs(most=3)), st.randoms(use_true_random=False))
def test_redundant_is_what_no_day_misses(instruments: dict[str, tuple[Arc, ...]], chance) -> None:  # noqa: ANN001
    arcs_of = takes_away(instruments, ("p", random_arc(chance)))

    def answers(without: frozenset[str]) -> set[tuple[Information, str, str, int]]:
        return {
            (one, found.holder, found.recipient, when)
            for one in KINDS
            for found in arcs_of(one, without)
            for when in days([found.period])
        }

    before = answers(frozenset())
    for found in redundant(instruments, KINDS, arcs_of):
        after = answers(frozenset({found.instrument}))
        assert found.redundant == (before == after)
        assert found.carries == any(
            found.instrument in one.via for kind in KINDS for one in arcs_of(kind, frozenset())
        )
        if found.witness is not None:
            why = found.witness
            case = (why.information, why.holder, why.recipient)
            assert days(why.lost) == {one[3] for one in before - after if one[:3] == case}
            assert days(why.gained) == {one[3] for one in after - before if one[:3] == case}
            assert why.lost or why.gained


def test_two_that_cover_for_one_another_are_each_redundant() -> None:
    instruments = {"p": (arc("A", "B", 0, 4),), "q": (arc("A", "B", 0, 2), arc("A", "B", 2, 4))}
    found = redundant(instruments, KINDS[:1], takes_away(instruments, ("none", arc("A", "B", 0, 1))))
    assert [one.redundant for one in found] == [True, True]
    assert found[0].to_plain() == {"instrument": "p", "redundant": True, "carries": False, "witness": None}


def test_an_instrument_that_only_forbids_is_not_redundant() -> None:
    instruments: dict[str, tuple[Arc, ...]] = {"p": ()}
    (found,) = redundant(instruments, KINDS[:1], takes_away(instruments, ("p", arc("A", "B", 0, 1))))
    assert found.witness is not None
    assert found.to_plain()["witness"]["gained"] == [[str(at(0)), str(at(1))]]  # type: ignore[index]


stands = st.builds(
    lambda name, what, pair, start, length: Stand(
        name, what, KINDS[0], *pair, at(start), at(start + length), (Because("", name, 1, str(start)),)
    ),
    st.sampled_from("pqr"),
    st.sampled_from(Kind),
    st.sampled_from([PARTIES[:2], PARTIES[1:3]]),
    st.integers(0, DAYS),
    st.integers(1, 4),
)


@given(st.lists(stands, max_size=8))
def test_a_conflict_is_every_day_on_which_two_disagree(several: list[Stand]) -> None:
    found = conflicts(several)
    said = {(one.permits, one.forbids, one.holder, when) for one in found for when in days([one.period])}
    assert said == {
        (one.instrument, other.instrument, one.holder, when)
        for one in several
        for other in several
        if (one.kind, other.kind) == (Kind.PERMIT, Kind.FORBID) and one.holder == other.holder
        for when in days([Period(one.start, one.end)]) & days([Period(other.start, other.end)])
    }
    for one in found:
        assert {reason.instrument for reason in one.because} == {one.permits, one.forbids}


def test_a_conflict_prints_its_period_and_its_citations() -> None:
    allowed = Stand("p", Kind.PERMIT, KINDS[0], "A", "B", at(0), at(5), (Because("", "p", 1, "4"),))
    barred = Stand("q", Kind.FORBID, KINDS[0], "A", "B", at(3), at(9), (Because("", "q", 2, "7(a)"),))
    (found,) = conflicts([barred, allowed])
    plain = found.to_plain()
    assert (plain["permits"], plain["forbids"]) == ("p", "q")
    assert (plain["start"], plain["end"]) == (str(at(3)), str(at(5)))
    assert plain["because"] == ["p v1 art. 4", "q v2 art. 7(a)"]


def test_a_conflict_cites_only_what_speaks_during_it() -> None:
    first = Stand("p", Kind.PERMIT, KINDS[0], "A", "B", at(0), at(3), (Because("", "p", 1, "4"),))
    then = Stand("p", Kind.PERMIT, KINDS[0], "A", "B", at(3), at(6), (Because("", "p", 1, "5"),))
    barred = Stand("q", Kind.FORBID, KINDS[0], "A", "B", at(0), at(3), (Because("", "q", 1, "7"),))
    (found,) = conflicts([first, then, barred])
    assert [reason.article for reason in found.because] == ["4", "7"]
