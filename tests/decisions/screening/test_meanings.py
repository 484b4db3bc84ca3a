"""Common words of trade, in the languages of Northeast Asia and in Russian, stand for English ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.decisions.screening.forms import NATIVE
from servanda.decisions.screening.meanings import MEANINGS, in_english


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("조선광업개발무역회사", "korea mining development trading 회사"),
        ("朝鮮鉱業開発貿易会社", "korea mining development trading 会社"),
        ("浙江大华技术股份有限公司", "浙江大华 technology 股份有限公司"),
        ("中国航天科技集团公司", "china aerospace science and technology group 公司"),
        ("Концерн Алмаз", "concern алмаз"),
        ("北京理工大学", "北京 institute of technology"),  # and not `science university`
    ],
)
def test_common_words_are_translated_and_names_proper_stay(name: str, english: str) -> None:
    assert " ".join(in_english(name).split()) == english


@pytest.mark.parametrize("name", ["김정은", "王偉", "山口組", "Huawei", "", "банкир", "Заводской", "شركة"])
def test_a_name_without_a_common_word_stays_as_it_is(name: str) -> None:
    assert in_english(name) == name.lower() or in_english(name) == name


def test_no_word_is_a_single_character_and_none_is_a_company_form() -> None:
    # One character is part of too many names; forms have a table of their own.
    assert all(len(word) > 1 for word in MEANINGS)
    assert not MEANINGS.keys() & {form for form, _ in NATIVE} - {"集団", "集团", "集團", "그룹"}


def test_every_meaning_is_of_small_latin_letters() -> None:
    assert all(one.replace(" ", "").isascii() and one == one.lower() for one in MEANINGS.values())


@given(st.lists(st.sampled_from(sorted(MEANINGS)), min_size=1, max_size=4))
def test_words_with_space_between_them_are_each_translated(words: list[str]) -> None:
    found = in_english(" ".join(words)).split()
    assert found == " ".join(MEANINGS[one] for one in words).split()
