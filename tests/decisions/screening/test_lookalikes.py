"""A letter of another script that only looks right hides no name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.decisions.screening.lookalikes import by_look


@pytest.mark.parametrize(
    ("hidden", "meant"),
    [
        ("Huawei \u0422\u0435chnologies", "Huawei Technologies"),
        ("S\u0412ERBANK", "SBERBANK"),
        ("KIM J\u043eng Un", "KIM Jong Un"),
        ("R\u03bfsoboron\u03b5xport", "R\u03bfsoboron\u03b5xport"),  # epsilon looks like no Latin letter here
        ("\u039duclear", "Nuclear"),
        ("C\u0431\u0435\u0440\u0431\u0430\u043d\u043a", "\u0421\u0431\u0435\u0440\u0431\u0430\u043d\u043a"),
    ],
)
def test_a_word_of_two_scripts_is_read_by_its_look(hidden: str, meant: str) -> None:
    assert by_look(hidden) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Сбербанк России",
        "ТАСС Agency",
        "Αθήνα Trading",
        "株式会社ABC",
        "ООО «Ромашка» Ltd",
        "plain",
        "",
        "김 A",
    ],
)
def test_a_word_of_one_script_stays_as_it_is(text: str) -> None:
    assert by_look(text) == text


TWINS = dict(zip("ABEKMHOPCTXaeopcyx", "АВЕКМНОРСТХаеорсух", strict=True))


@given(st.text(alphabet="ABEKMHOPCTXaeopcyxQwRz ", max_size=30), st.sets(st.integers(0, 29)))
def test_any_twins_put_in_beside_a_letter_without_one_are_taken_back(name: str, places: set[int]) -> None:
    words = [f"Q{word}z" for word in name.split()]
    text = " ".join(words)
    hidden = "".join(TWINS.get(one, one) if place in places else one for place, one in enumerate(text))
    assert by_look(hidden) == text


@given(st.text(max_size=60))
def test_it_keeps_the_length_and_doing_it_twice_changes_nothing(text: str) -> None:
    once = by_look(text)
    assert len(once) == len(text)
    assert by_look(once) == once
