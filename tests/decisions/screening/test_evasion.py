"""Ways in which a listed name is hidden, or merely written otherwise, and found all the same."""

from __future__ import annotations

import pytest

from decisions.screening.lists import made
from servanda.decisions.screening import How

NAMES = (
    "Huawei Technologies Co., Ltd.",
    "KIM, Jong Un",
    "PJSC Sberbank",
    "AO PROMTEKH",
    "OJSC Izhmash",
    "Korea Mining Development Trading Corporation",
    "MAHAN AIR",
    "HIZBALLAH",
    "SEPAH-E PASDARAN-E ENQELAB-E ESLAMI",
    "Obshchestvo S Ogranichennoi Otvetstvennostyu Transservis",
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Huawei \u0422\u0435chnologies", "Huawei Technologies Co., Ltd."),
        ("S\u0412ERBANK", "PJSC Sberbank"),
        ("C\u0431\u0435\u0440\u0431\u0430\u043d\u043a", "PJSC Sberbank"),
        ("Huawe1 Techno1ogies", "Huawei Technologies Co., Ltd."),
        ("H u a w e i Technologies", "Huawei Technologies Co., Ltd."),
        ("KIM J\u200b\u043eng Un", "KIM, Jong Un"),
        ("Kim Jung Eun", "KIM, Jong Un"),
        ("キム・ジョンウン", "KIM, Jong Un"),
        ("Limited Liability Company Promtekh", "AO PROMTEKH"),
        ("Общество с ограниченной ответственностью «Промтех»", "AO PROMTEKH"),
        ("Открытое акционерное общество «Ижмаш»", "OJSC Izhmash"),
        ("OOO Transservis", "Obshchestvo S Ogranichennoi Otvetstvennostyu Transservis"),
        ("Obshchestvo S Oganichennoi Otvetstvennostyu Transservis",) * 2,
        ("조선광업개발무역회사", "Korea Mining Development Trading Corporation"),
        ("朝鮮鉱業開発貿易会社", "Korea Mining Development Trading Corporation"),
        ("ماهان ایر", "MAHAN AIR"),
        ("حزب الله", "HIZBALLAH"),
        ("سپاه پاسداران انقلاب اسلامی", "SEPAH-E PASDARAN-E ENQELAB-E ESLAMI"),
    ],
)
def test_a_listed_name_is_found_and_holds_what_is_asked(asked: str, found: str) -> None:
    hit = made(*NAMES).find(asked)[0]
    assert hit.matched_name == (found if found in NAMES else NAMES[-1])
    assert hit.score > 80


def test_letters_read_by_their_look_are_told() -> None:
    (hit,) = made(*NAMES).find("KIM J\u043eng Un")
    assert How.LOOK in {one.how for one in hit.evidence}


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Priya Miller", "PREMIER"),
        ("Ana Kim", "UNIIKM AO"),
        ("Ivan Ali", "AVAN AIR"),
        ("Porto Foods KK", "Port of Feodosia"),
        ("Ali Mohammed", "YARE, Mohamed"),
        ("De La", "DELLA"),
    ],
)
def test_the_same_consonants_alone_hold_nothing(asked: str, listed: str) -> None:
    assert not any(hit.blocks for hit in made(listed, *NAMES).find(asked))


def test_of_the_same_words_those_in_their_order_rank_first_in_every_script() -> None:
    hits = made("Promtekhnologiya LLC", "LLC PROMTEKHNOLOGIYA").find("ООО «Промтехнология»")
    assert [hit.listed.id for hit in hits] == ["1", "0"]
