"""Caveats narrow and never widen; a contradiction between them never permits."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest

from asking import catalogue, instant
from decisions.small import AT, act, agreement, asked, registry
from servanda.decisions import judge
from servanda.model.decision import ChangeKind, Outcome, ReleaseRequest
from servanda.model.label import (
    Caveat,
    Embargo,
    EyesOnly,
    NoForeign,
    OriginatorControlled,
    Person,
    Portion,
    ReleasableTo,
)
from servanda.model.when import Instant

WORLD = registry(
    agreement("a-b", ("A", "B")),
    agreement("b-c", ("B", "C"), acts=act("yes", "consent", "A", 'recipients = ["C"], holders = ["B"]')),
    agreement("a-c", ("A", "C")),
)
EVERY: tuple[Caveat, ...] = (
    NoForeign(),
    ReleasableTo(("B",)),
    EyesOnly(("A", "B")),
    OriginatorControlled(),
    Embargo(instant("2021-01-01 00:00")),
)


def outcome(caveats: tuple[Caveat, ...], **fields: object) -> Outcome:
    return judge(WORLD, asked(caveats=caveats, **fields)).outcome


def test_no_foreign_keeps_it_from_every_party_but_the_originators_own() -> None:
    assert outcome((NoForeign(),)) is Outcome.DENY
    back = asked("B", "A", originators=("A",), marking="A-TOP", caveats=(NoForeign(),))
    assert judge(WORLD, back).outcome is Outcome.PERMIT


def test_a_release_list_keeps_out_whom_it_does_not_name_and_lets_in_nobody() -> None:
    assert outcome((ReleasableTo(("B",)),)) is Outcome.PERMIT
    assert outcome((ReleasableTo(("C",)),)) is Outcome.DENY
    nothing_binds = judge(WORLD, asked("A", "D", caveats=(ReleasableTo(("D",)),)))
    assert nothing_binds.outcome is Outcome.DENY
    onward = asked("B", "C", originators=("A",), marking="A-TOP", caveats=(ReleasableTo(("C",)),))
    without = registry(agreement("a-b", ("A", "B")), agreement("b-c", ("B", "C")))
    assert judge(without, onward).outcome is Outcome.DENY  # being named is no consent
    assert judge(WORLD, onward).outcome is Outcome.PERMIT


def test_of_several_release_lists_each_must_name_it() -> None:
    assert outcome((ReleasableTo(("B", "C")), ReleasableTo(("C",)))) is Outcome.DENY


def test_a_release_list_with_a_party_nobody_knows_is_undetermined_for_the_others() -> None:
    assert outcome((ReleasableTo(("B", "ZZ")),)) is Outcome.PERMIT
    decision = judge(WORLD, asked(caveats=(ReleasableTo(("C", "ZZ")),)))
    assert decision.outcome is Outcome.UNDETERMINED
    assert decision.missing == ("who ZZ is",)


def test_what_its_originator_controls_passes_only_by_a_consent_that_names_it() -> None:
    onward = asked("B", "C", originators=("A",), marking="A-TOP", object_id="report")
    assert judge(WORLD, onward).outcome is Outcome.PERMIT
    controlled = asked(
        "B", "C", originators=("A",), marking="A-TOP", object_id="report", caveats=(OriginatorControlled(),)
    )
    refused = judge(WORLD, controlled)
    assert refused.outcome is Outcome.DENY
    assert [(one.kind, one.by) for one in refused.changes] == [(ChangeKind.CONSENT, ("A",))]
    assert ("object", "report") in refused.changes[0].sets
    naming = act("named", "consent", "A", 'recipients = ["C"], objects = ["report"]')
    world = registry(agreement("a-b", ("A", "B")), agreement("b-c", ("B", "C"), acts=naming))
    assert judge(world, controlled).outcome is Outcome.PERMIT


def test_an_embargo_ends_at_its_instant_and_not_a_microsecond_before() -> None:
    until = instant("2021-01-01 00:00")
    early = judge(WORLD, asked(caveats=(Embargo(until),)))
    assert (early.outcome, early.until) == (Outcome.DENY, until)
    assert [one.kind for one in early.changes] == [ChangeKind.WAIT]
    last = Instant(until.utc - timedelta(microseconds=1))
    assert outcome((Embargo(until),), at=last) is Outcome.DENY
    assert outcome((Embargo(until),), at=until) is Outcome.PERMIT


def test_eyes_only_asks_for_the_nationality_of_whoever_opens_it() -> None:
    eyes = (EyesOnly(("A", "B")),)
    assert outcome(eyes) is Outcome.PERMIT
    assert outcome((EyesOnly(("A", "C")),)) is Outcome.DENY
    stateless = judge(WORLD, asked(caveats=eyes, person=Person("kim")))
    assert stateless.outcome is Outcome.UNDETERMINED
    assert "the nationality of kim" in stateless.missing
    both = judge(WORLD, asked(caveats=eyes, person=Person("lee", ("B", "C"))))
    assert both.outcome is Outcome.DENY
    han = Person("han", ("B",))
    assert judge(WORLD, asked(caveats=eyes, person=han)).outcome is Outcome.PERMIT


def test_special_france_autriche_keeps_the_third_national_out() -> None:
    """Austria-France 2009, art. 2(3): only nationals of the parties, where the originator asks for it."""
    request = ReleaseRequest(
        "AT", "FR", ("AT",), "VERTRAULICH", AT, caveats=(EyesOnly(("AT", "FR")),), person=Person("x", ("DE",))
    )
    decision = judge(catalogue(), request)
    assert decision.outcome is Outcome.DENY
    assert any("only nationals of AT, FR" in one.says for one in decision.because)


def test_contradictory_caveats_are_undetermined_for_whom_they_name_and_never_permit() -> None:
    contradictory = (NoForeign(), ReleasableTo(("B",)))
    decision = judge(WORLD, asked(caveats=contradictory))
    assert decision.outcome is Outcome.UNDETERMINED
    assert "which of its caveats is meant" in decision.missing
    assert judge(WORLD, asked("A", "C", caveats=contradictory)).outcome is Outcome.DENY


@pytest.mark.parametrize("recipient", ["B", "C", "D"])
def test_one_more_caveat_never_turns_a_refusal_into_a_permit(recipient: str) -> None:
    for count in range(len(EVERY)):
        for some in combinations(EVERY, count):
            fewer = judge(WORLD, asked("A", recipient, caveats=some)).outcome
            for caveat in EVERY:
                more = judge(WORLD, asked("A", recipient, caveats=(*some, caveat))).outcome
                assert fewer is Outcome.PERMIT or more is not Outcome.PERMIT


def test_the_caveats_of_every_source_bind_the_whole() -> None:
    source = Portion(("C",), "C-LOW", caveats=(NoForeign(),), object_id="source")
    mixed = asked(object_id="new", lineage=(source,))
    assert judge(WORLD, mixed).outcome is Outcome.DENY
