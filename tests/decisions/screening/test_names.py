"""Names made ready to be compared: scripts, company forms, hidden characters, names written twice."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.decisions.screening import normalise
from servanda.decisions.screening.names import MOST_CHARACTERS, readings
from servanda.decisions.screening.skeleton import skeleton

HIDDEN = "\u200b\u200e\u202e\u2066\ufeff\u00ad"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGY COMPANY LIMITED"),
        ("Sberbank Rossii OAO", "JSC Sberbank Rossii"),
        ("ООО «Ромашка»", "Romashka LLC"),
        ("株式会社トヨタ", "Toyota Co Ltd"),
        ("주식회사 한화", "Hanhwa Co., Ltd."),
        ("Ōsaka Æther", "Osaka Aether"),
        ("S&C Trade", "S and C Trade"),
        ("Al-Qa'ida", "al qaida"),
        ("A.B.C. Shipping", "ABC Shipping"),
        ("ＨＵＡＷＥＩ", "huawei"),
    ],
)
def test_one_name_in_two_spellings_is_one(one: str, other: str) -> None:
    assert "".join(normalise(one).kernel) == "".join(normalise(other).kernel)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("김정은", ("gim", "jeong", "eun")),
        ("Иван Петров", ("ivan", "petrov")),
        ("ジョージ", ("joji",)),
        ("とうきょう", ("toukyou",)),
        ("がっこう", ("gakkou",)),
        ("华为", ("hua", "wei")),
        ("華為", ("hua", "wei")),
    ],
)
def test_names_of_every_script_are_read_in_latin_letters(name: str, words: tuple[str, ...]) -> None:
    found = normalise(name)
    assert found.words == words
    assert found.script


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gimjeongeun", "kimjongun"),
        ("shcherbakov", "scerbakov"),
        ("muhammad", "mohamed"),
        ("hizballah", "hizbullah"),
        ("khrushchev", "kruschev"),
        ("peking", "beking"),
        ("sergey", "sergei"),
    ],
)
def test_spellings_that_sound_alike_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_a_name_written_twice_in_two_scripts_is_read_once_for_each() -> None:
    assert readings("Sberbank (Сбербанк)") == ("Sberbank", "Сбербанк")
    assert readings("China General Nuclear (CGNPC) （中国広核集団）") == (
        "China General Nuclear",
        "中国広核集団",
        "CGNPC",
        "china 広核集団",
    )
    assert readings("3M株式会社") == ("3M株式会社",)
    assert readings("(ABC)") == ("(ABC)",)


@given(st.text(max_size=60), st.lists(st.sampled_from(HIDDEN), max_size=5), st.randoms(use_true_random=False))
def test_characters_that_show_nothing_change_nothing_but_that_it_is_told(
    name: str, hidden: list[str], chance: Random
) -> None:
    letters = list(name)
    for one in hidden:
        letters.insert(chance.randint(0, len(letters)), one)
    with_them, without = normalise("".join(letters)), normalise(name)
    # Elsewhere a mark may combine with the letter before it, and what stands between keeps it from that.
    if name.isascii():
        assert with_them.words == without.words
        assert with_them.hidden == without.hidden + len(hidden)


@given(st.text(max_size=200))
def test_every_text_is_read_into_small_ascii_words(name: str) -> None:
    found = normalise(name)
    assert all(one.isascii() and one == one.lower() and one.isalnum() for one in found.words)
    assert bool(found.words) == bool(found.kernel) == bool(found.plain)
    assert set(found.kernel) <= set(found.words)


def test_of_a_very_long_name_the_beginning_is_compared_and_that_is_told() -> None:
    found = normalise("a" * (MOST_CHARACTERS + 1))
    assert found.cut
    assert not normalise("a" * MOST_CHARACTERS).cut
