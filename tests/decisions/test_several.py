"""Several instruments at once: the specific governs, supplements add, conflicts are reported."""

from __future__ import annotations

import pytest

from asking import catalogue, instant
from decisions.small import AT, agreement, asked, registry
from servanda.decisions import Omit, judge, suppose
from servanda.model.decision import ChangeKind, Outcome
from servanda.model.duty import DutyKind
from servanda.model.instrument import Instrument


def scope(*topics: str, address: str = "6") -> str:
    listed = ", ".join(f'"{one}"' for one in topics)
    return f'[clause."{address}"]\nkind = "scope"\ntopics = [{listed}]\n'


def relation(how: str, other: str) -> str:
    return f'[clause."7"]\nkind = "relation"\nhow = "{how}"\nof = ["{other}"]\n'


def duty(name: str) -> str:
    return f'[clause."8"]\nkind = "handling"\nduties = ["{name}"]\n'


def forbids(topics: str = '"missiles"') -> str:
    return f'[clause."9"]\nkind = "prohibition"\ntopics = [{topics}]\n'


GENERAL = agreement("general", ("A", "B"), duty("keep-inventory"))
ON_MISSILES = asked(topics=("missiles",))


def test_the_more_specific_instrument_governs_and_says_so() -> None:
    special = agreement("special", ("A", "B"), scope("missiles") + duty("destroy-beyond-reconstruction"))
    decision = judge(registry(GENERAL, special), ON_MISSILES)
    assert decision.via == ("special",)
    assert DutyKind.DESTROY in {one.kind for one in decision.duties}
    assert DutyKind.INVENTORY not in {one.kind for one in decision.duties}
    assert any("special governs as the more specific, before general" in one.says for one in decision.because)
    assert judge(registry(GENERAL, special), asked(topics=("trade",))).via == ("general",)


def test_what_prevails_by_its_own_words_governs() -> None:
    special = agreement("special", ("A", "B"), relation("prevails-over", "general"))
    assert judge(registry(GENERAL, special), asked()).via == ("special",)


def test_two_that_are_equal_govern_together_with_all_their_duties() -> None:
    other = agreement("other", ("A", "B"), duty("destroy-beyond-reconstruction"))
    decision = judge(registry(GENERAL, other), asked())
    assert decision.via == ("general", "other")
    assert {DutyKind.DESTROY, DutyKind.INVENTORY} <= {one.kind for one in decision.duties}


def test_a_supplement_adds_its_duties_and_needs_no_table_of_its_own() -> None:
    """As the agreement of 1987 supplements that of 1962 (United States-Republic of Korea)."""
    supplement = agreement(
        "supplement",
        ("A", "B"),
        '[clause."4"]\nkind = "equivalence"\nlevels = {}\n'
        + relation("supplements", "general")
        + duty("destroy-beyond-reconstruction"),
    )
    decision = judge(registry(GENERAL, supplement), asked())
    assert decision.via == ("general",)
    assert {DutyKind.DESTROY, DutyKind.INVENTORY} <= {one.kind for one in decision.duties}


def test_an_arrangement_works_only_while_both_agreements_that_it_rests_on_do() -> None:
    rests = agreement(
        "arrangement",
        ("A", "B"),
        '[clause."7"]\nkind = "relation"\nhow = "depends-on"\nof = ["first", "second"]\n',
        kind="arrangement",
    )
    first = agreement("first", ("A", "C"))
    second = agreement("second", ("B", "C"))
    ended = agreement("second", ("B", "C"), acts=TERMINATED)
    assert judge(registry(rests, first, second), asked()).outcome is Outcome.PERMIT
    refused = judge(registry(rests, first, ended), asked())
    assert refused.outcome is Outcome.DENY
    assert any("works only while second does" in one.says for one in refused.because)


TERMINATED = (
    '{ id = "end", kind = "terminate", by = ["B", "C"], done = 2019-01-01T00:00:00Z, '
    "seen = 2019-01-01T00:00:00Z, effect = 2019-01-01T00:00:00Z },"
)


def test_a_conflict_between_two_instruments_is_reported_and_never_resolved() -> None:
    other = agreement("other", ("A", "B"), forbids())
    decision = judge(registry(GENERAL, other), ON_MISSILES)
    assert decision.outcome is Outcome.UNDETERMINED
    assert decision.missing == ("conflict between general and other",)
    assert ChangeKind.SETTLE in {one.kind for way in decision.ways for one in way}
    assert judge(registry(GENERAL, other), asked(topics=("trade",))).outcome is Outcome.PERMIT


@pytest.mark.parametrize(
    ("special", "outcome"),
    [
        (agreement("special", ("A", "B"), scope("missiles") + forbids()), Outcome.DENY),
        (agreement("special", ("A", "B"), scope("missiles")), Outcome.PERMIT),
    ],
)
def test_where_one_goes_before_the_other_the_prohibition_stands_or_falls_with_it(
    special: Instrument, outcome: Outcome
) -> None:
    forbidding = any("9" in text.clause for text in special.texts)
    general = agreement("general", ("A", "B"), "" if forbidding else forbids())
    third = agreement("third", ("A", "B")) if forbidding else special
    decision = judge(registry(general, special, third), ON_MISSILES)
    assert decision.outcome is outcome


def test_a_prohibition_that_has_ended_forbids_nothing() -> None:
    other = agreement("other", ("A", "B"), forbids(), acts=TERMINATED.replace('"B", "C"', '"A", "B"'))
    assert judge(registry(GENERAL, other), ON_MISSILES).outcome is Outcome.PERMIT


def test_an_instrument_that_does_not_cover_a_case_is_no_bar_to_another_that_does() -> None:
    narrow = agreement("narrow", ("A", "B"), scope("trade"))
    assert judge(registry(GENERAL, narrow), ON_MISSILES).via == ("general",)


def test_a_permit_says_that_nothing_obliges_and_an_officer_decides() -> None:
    decision = judge(registry(GENERAL), asked(at=AT))
    assert any(one.code == "permit.never-owed" for one in decision.because)


def test_when_the_linchpin_agreement_falls_the_arrangement_that_rests_on_it_falls_with_it() -> None:
    """TISA 2014, paragraph 3: protection is borrowed from the agreements of 1987 and 2007."""
    from servanda.model.status import Standpoint  # noqa: PLC0415
    from servanda.status import ask  # noqa: PLC0415

    world = suppose(catalogue(), (Omit("kr-suspension-2019"),))
    for at in ("2019-11-22 12:00", "2019-11-23 00:00"):
        answer = ask(world, "tisa-2014", Standpoint(instant(at)))
        assert any(status.phase.works for status in answer.values)
