"""Markings: many words to one, levels that one side lacks, tables that change, ceilings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asking import catalogue, instant
from decisions.small import AT, act, agreement, asked, registry
from servanda.decisions import Index, judge
from servanda.decisions.marking import equivalent, held_as
from servanda.formats.documents import read_text
from servanda.model.decision import ChangeKind, Outcome, ReleaseRequest
from servanda.model.instrument import Instrument


@pytest.mark.parametrize(
    ("name", "giver", "word", "receiver", "words"),
    [
        ("jp-kr-2016", "JP", "極秘", "KR", ("군사 II급 비밀",)),
        ("jp-kr-2016", "JP", "特定秘密", "KR", ("군사 II급 비밀",)),
        ("jp-kr-2016", "KR", "군사 II급 비밀", "JP", ("極秘", "特定秘密")),
        ("jp-kr-2016", "KR", "군사 대외비", "JP", ()),
        ("kr-ch-2022", "KR", "군사 대외비", "CH", ("INTERN",)),
        ("at-fr-2009", "FR", "DIFFUSION RESTREINTE", "AT", ("EINGESCHRÄNKT",)),
        ("at-fr-2009", "AT", "EINGESCHRÄNKT", "FR", ("DIFFUSION RESTREINTE",)),
        ("ch-fi-2014", "FI", "ERITTÄIN SALAINEN", "CH", ()),
    ],
)
def test_real_tables_answer_in_their_own_direction(
    name: str, giver: str, word: str, receiver: str, words: tuple[str, ...]
) -> None:
    """Restricted has no peer (Japan-ROK), one (ROK-Switzerland), or is protected as (Austria-France)."""
    text = catalogue().instrument(name).texts[-1]
    assert equivalent(Index(catalogue()), text, giver, (word,), receiver).words == words


def test_the_inverse_of_a_table_is_not_a_function() -> None:
    request = ReleaseRequest(
        "KR", "JP", ("KR",), "군사 II급 비밀", instant("2019-01-01 12:00"), topics=("dprk-missile",)
    )
    decision = judge(catalogue(), request)
    assert (decision.equivalent, decision.alternatives) == ("極秘", ("特定秘密",))


def test_a_level_that_the_table_leaves_out_is_denied_and_a_lower_one_is_offered() -> None:
    decision = judge(registry(agreement("a-b", ("A", "B"))), asked(marking="A-MID"))
    assert decision.outcome is Outcome.DENY
    assert {way[0].kind for way in decision.ways} == {ChangeKind.LOWER_MARKING, ChangeKind.ACT}
    assert decision.changes[0].sets[0] == ("marking", "A-LOW")


def two_tables() -> Instrument:
    first = agreement(
        "a-b", ("A", "B"), acts=act("new", "amend", "A", "version = 2").replace('["A"]', '["A", "B"]')
    )
    later = (
        'format = "servanda/instrument@1"\nid = "a-b"\nkind = "protection-agreement"\nversion = 2\n'
        'title.en = "a-b"\nparties = ["A", "B"]\n[clause."1"]\nkind = "entry-into-force"\n'
        'rule = { by = "stated", on = 2010-01-01 }\n[clause."2"]\nkind = "term"\n[clause."4"]\n'
        'kind = "equivalence"\nlevels = { TOP = { A = ["A-TOP"], B = ["B-MID"] } }\n'
    )
    return replace(first, texts=(first.texts[0], read_text(later.encode(), "text-2.toml")))


def test_a_table_that_was_replaced_answers_from_the_day_of_the_new_text() -> None:
    """As the table of United Kingdom-Bulgaria was replaced in 2015."""
    world = registry(two_tables())
    assert judge(world, asked(at=instant("2014-12-31 12:00"))).equivalent == "B-TOP"
    assert judge(world, asked(at=AT)).equivalent == "B-MID"
    low = {"marking": "A-LOW"}
    assert judge(world, asked(at=instant("2014-12-31 12:00"), **low)).outcome is Outcome.PERMIT
    assert judge(world, asked(at=AT, **low)).outcome is Outcome.DENY


def test_what_is_passed_on_goes_by_the_table_under_which_it_is_held_at_that_instant() -> None:
    index = Index(registry(two_tables(), agreement("b-c", ("B", "C"))))
    assert held_as(index, "A", "A-TOP", "B", instant("2014-12-31 12:00")).words == ("B-TOP",)
    assert held_as(index, "A", "A-TOP", "B", AT).words == ("B-MID",)


CEILING = '[clause."5"]\nkind = "ceiling"\nhighest = { A = "A-MID" }\nelectronic = { A = "A-LOW" }\n'
WHOLE = (
    '[clause."4"]\nkind = "equivalence"\nlevels = { TOP = { A = ["A-TOP"], B = ["B-TOP"] }, '
    'MID = { A = ["A-MID"], B = ["B-MID"] }, LOW = { A = ["A-LOW"], B = ["B-LOW"] } }\n'
)


@pytest.mark.parametrize(
    ("marking", "form", "outcome"),
    [
        ("A-TOP", "document", Outcome.DENY),
        ("A-MID", "document", Outcome.PERMIT),
        ("A-MID", "electronic", Outcome.DENY),
        ("A-LOW", "electronic", Outcome.PERMIT),
    ],
)
def test_nothing_above_a_ceiling_is_given_and_the_electronic_one_may_be_lower(
    marking: str, form: str, outcome: Outcome
) -> None:
    world = registry(agreement("a-b", ("A", "B"), WHOLE + CEILING))
    assert judge(world, asked(marking=marking, form=form)).outcome is outcome
    other_way = judge(world, asked("B", "A", marking="B-TOP", form="document"))
    assert other_way.outcome is Outcome.PERMIT  # the ceiling is of one direction


def test_a_ceiling_that_is_no_marking_of_the_giver_cannot_be_judged() -> None:
    unknown = CEILING.replace("A-MID", "A-SECRET")
    decision = judge(registry(agreement("a-b", ("A", "B"), WHOLE + unknown)), asked(marking="A-LOW"))
    assert decision.outcome is Outcome.UNDETERMINED
    assert any("A-SECRET" in one for one in decision.missing)
