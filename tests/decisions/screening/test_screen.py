"""Screening: who is found, in which order, with what evidence; and what the index must not miss."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from decisions.screening.lists import consolidated, day, end_users, listed, made, of_consolidated, sdn_history
from servanda.decisions.screening import BLOCKS, LEAST, How, Screen, normalise
from servanda.decisions.screening.scoring import score
from servanda.errors import QuestionError
from servanda.model.listed import Listed, Membership, PartyList

NAMES = (
    "Huawei Technologies Co., Ltd.",
    "KIM, Jong Un",
    "Sberbank Rossii OAO",
    "Tehran Trading Company",
    "Islamic Revolutionary Guard Corps",
    "Ali",
    "AL QAEDA",
    "Shahid Hemmat Industrial Group (SHIG)",
)


def best(screen: Screen, name: str) -> tuple[str, float, set[How]]:
    hit = screen.find(name)[0]
    return hit.matched_name, hit.score, {one.how for one in hit.evidence}


@pytest.mark.parametrize(
    ("asked", "found", "how"),
    [
        ("Huawei Technologies Co., Ltd.", "Huawei Technologies Co., Ltd.", How.IDENTICAL),
        ("HUAWEI  technologies co ltd", "Huawei Technologies Co., Ltd.", How.NORMALISED),
        ("Huawei Technologies", "Huawei Technologies Co., Ltd.", How.FORM),
        ("Jong Un KIM", "KIM, Jong Un", How.ORDER),
        ("김정은", "KIM, Jong Un", How.SCRIPT),
        ("Kim Chong-un", "KIM, Jong Un", How.SOUND),
        ("Сбербанк России", "Sberbank Rossii OAO", How.SCRIPT),
        ("Huswei Technologies", "Huawei Technologies Co., Ltd.", How.SLIP),
        ("Islamic Revolutionarx Guard Corps", "Islamic Revolutionary Guard Corps", How.SLIP),
        ("Alqaeda", "AL QAEDA", How.JOINED),
        ("SHIG", "Shahid Hemmat Industrial Group (SHIG)", How.NORMALISED),
        ("Revolutionary Guard", "Islamic Revolutionary Guard Corps", How.PART),
    ],
)
def test_a_name_is_found_however_it_is_written_and_the_evidence_says_how(
    asked: str, found: str, how: How
) -> None:
    name, _, evidence = best(made(*NAMES), asked)
    assert name == found
    assert how in evidence or (how is How.NORMALISED and How.IDENTICAL in evidence)


def test_of_unequal_hits_the_nearer_ranks_higher_up_to_the_top() -> None:
    one, other = "Novaya Kompaniya Sever LLC", "Novaya Kompaniya Sever"
    screen = made(
        one, "NOVAYA KOMPANIYA SEVER LLC", "Sever Novaya Kompaniya LLC", other, "Novaya Kompania Sever LLC"
    )
    hits = screen.find(one)
    assert [hit.listed.id for hit in hits] == ["0", "1", "2", "3", "4"]
    assert len({hit.score for hit in hits}) == len(hits)
    assert hits[0].score == 100


@pytest.mark.parametrize("name", ["Ali", "Kim", "BTA", "Bank"])
def test_a_short_name_is_found_where_it_is_the_same_and_nowhere_else(name: str) -> None:
    near = {"Ali": "Eli", "Kim": "Tim", "BTA": "BTB", "Bank": "Bonk"}[name]
    screen = made(name, near, f"{name}{name}")
    assert [hit.listed.id for hit in screen.find(name) if hit.blocks] == ["0"]


def test_another_number_is_another_thing() -> None:
    screen = made("28th Research Institute", "Plant 36")
    assert not any(hit.blocks for hit in screen.find("29th Research Institute"))
    assert not any(hit.blocks for hit in screen.find("Plant 37"))


def test_a_weak_alias_never_blocks_and_is_told() -> None:
    screen = made("Somebody Else|Nickname Aviation", weak=("Nickname Aviation",))
    (hit,) = screen.find("Nickname Aviation")
    assert not hit.blocks
    assert How.WEAK in {one.how for one in hit.evidence}


def test_a_weak_alias_that_is_nearer_hides_no_name_that_blocks() -> None:
    screen = made("Sokolov Aviation Company|Sokolov Aviation", weak=("Sokolov Aviation",))
    (hit,) = screen.find("Sokolov Aviation")
    assert hit.matched_name == "Sokolov Aviation"
    assert hit.blocks
    assert How.WEAK in {one.how for one in hit.evidence}


@pytest.mark.parametrize("name", ["", "   ", "!!!", "\u200b\u202e", "،؛"])
def test_a_name_without_a_letter_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(QuestionError) as wrong:
        made(*NAMES).find(name)
    assert wrong.value.hint


def test_a_name_longer_than_a_name_is_refused_and_hidden_characters_do_not_count() -> None:
    # Compared by its beginning it would hide what stands at its end.
    with pytest.raises(QuestionError, match="520 characters"):
        made(*NAMES).find("x " * 250 + "Huawei Technologies.")
    (hit, *_) = made(*NAMES).find("\u200b" * 9_000 + "Huawei Technologies Co., Ltd.")
    assert hit.blocks
    with pytest.raises(QuestionError, match="10001 characters"):
        made(*NAMES).find("a" * 10_001)


def test_names_that_turn_the_direction_of_text_are_found_and_told() -> None:
    (hit, *_) = made(*NAMES).find("\u202eHuawei\u202c Tech\u200bnologies")
    assert hit.matched_name == "Huawei Technologies Co., Ltd."
    assert How.HIDDEN in {one.how for one in hit.evidence}


def test_a_hit_says_whether_the_party_stood_there_on_the_day() -> None:
    history = sdn_history()
    screen = Screen.of([history])
    gone = next(one for one in history.parties if one.stays and one.stays[0].gone_by is not None)
    stay = gone.stays[0]
    assert stay.gone_by is not None

    def membership(at: str) -> list[Membership]:
        return [hit.membership for hit in screen.find(gone.name, at=day(at)) if hit.listed.id == gone.id]

    assert membership(str(stay.seen_from)) == [Membership.LISTED]
    assert membership(str(stay.gone_by)) == [Membership.UNKNOWN]
    assert membership(str(stay.gone_by.plus(1))) == []
    assert membership("2021-05-21") == [Membership.UNKNOWN]


@given(st.sampled_from(NAMES), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_words_changes_a_score_by_little(name: str, chance: random.Random) -> None:
    words = normalise(name).words
    turned = list(words)
    chance.shuffle(turned)
    screen = made(*NAMES)
    mine = {hit.matched_name: hit.score for hit in screen.find(" ".join(words))}
    theirs = {hit.matched_name: hit.score for hit in screen.find(" ".join(turned))}
    assert max(mine.values()) - max(theirs.values()) < 5


letters = st.text(alphabet="abcdeklmnorst", min_size=2, max_size=9)
names = st.lists(letters, min_size=1, max_size=4).map(" ".join)


@given(st.lists(names, min_size=1, max_size=30, unique=True), names)
@settings(max_examples=150, deadline=None)
def test_on_a_small_list_every_near_name_of_the_exhaustive_comparison_is_found(
    listed_names: list[str], asked: str
) -> None:
    screen = Screen.of([listed(*listed_names)])
    found = {hit.matched_name for hit in screen.find(asked, limit=100)}
    for name in listed_names:
        if fuzz.token_sort_ratio(asked, name) >= 90 and min(len(asked), len(name)) > 7:
            assert name in found, (asked, name)


@given(st.lists(names, min_size=1, max_size=20), st.lists(names, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_many_names_at_once_have_the_hits_of_each_alone_but_for_parts_of_names(
    listed_names: list[str], asked: list[str]
) -> None:
    screen = Screen.of([listed(*listed_names)])
    for name, hits in zip(asked, screen.find_all(asked, workers=2), strict=True):
        alone = {hit.listed.id: hit.score for hit in screen.find(name)}
        together = {hit.listed.id: hit.score for hit in hits}
        assert together.items() <= alone.items()
        missing = {hit.listed.id: hit for hit in screen.find(name) if hit.listed.id not in together}
        assert all(
            {one.how for one in hit.evidence} & {How.PART, How.INITIAL, How.SLIP, How.SOUND}
            for hit in missing.values()
        )


def test_hits_are_of_the_lists_asked_and_sorted() -> None:
    both = Screen.of(
        [listed("Alpha Industries"), PartyList("OTHER", "o", None, (Listed("x", "Alpha Industry"),))]
    )
    hits = both.find("Alpha Industries")
    assert [hit.list_code for hit in hits] == ["TEST", "OTHER"]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_an_empty_list_has_no_hits() -> None:
    assert Screen.of([listed()]).find("Anybody") == ()
    assert Screen.of([]).find_all(["Anybody", "Else"]) == [(), ()]


def test_on_the_real_lists_the_index_misses_at_most_one_in_two_hundred_of_what_brute_force_finds() -> None:
    parties = consolidated().parties
    rows = [(number, default_process(name)) for number, one in enumerate(parties) for name in one.names]
    sample = random.Random(11).sample(  # noqa: S311 - a sample, no secret
        [name for one in end_users().parties for name in one.names], 400
    )
    asked = [default_process(name) for name in sample]
    ratios = process.cdist(
        asked,
        [name for _, name in rows],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=90,
        workers=2,
        dtype=np.uint8,
    )
    wanted = {(int(one), parties[rows[other][0]].id) for one, other in zip(*np.nonzero(ratios), strict=True)}
    hits = of_consolidated().find_all(sample, limit=1000, workers=2)
    found = {(number, hit.listed.id) for number, own in enumerate(hits) for hit in own}
    assert len(wanted) > 200
    assert len(wanted & found) >= 0.995 * len(wanted)


def test_every_name_of_the_real_list_finds_its_own_party_first() -> None:
    chosen = random.Random(5).sample(consolidated().parties, 300)  # noqa: S311 - a sample, no secret
    for party in chosen:
        hits = of_consolidated().find(party.name, limit=50)
        assert hits[0].score == 100
        assert party.name in {name for hit in hits for name in hit.listed.names}


def test_the_score_is_the_same_whichever_of_two_names_of_equal_words_is_asked() -> None:
    one, other = normalise("Parto Sanat Engineering"), normalise("Parto Sanaat Engineering")
    assert score(one, other, lambda _: 1.0).score == pytest.approx(score(other, one, lambda _: 1.0).score)


def test_the_thresholds_are_in_order() -> None:
    assert 0 < LEAST < BLOCKS < 96
