"""Names that stand inside other names can be found alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.formats.lists.several import inner, names_of, written_twice


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("PEARL (A.K.A. NEI-CHIEN CHU) LI", ("PEARL LI", "NEI-CHIEN CHU")),
        ("FUYI SUN A/K/A FRANK SUN", ("FUYI SUN", "FRANK SUN")),
        ("JIE LUO -AKA-IVY LUO", ("JIE LUO", "IVY LUO")),
        ("NPO Izhmash OAO;OJSC Concern Kalashnikov", ("NPO Izhmash OAO", "OJSC Concern Kalashnikov")),
        ("JSC NIIP, f.k.a., Tikhomirova", ("JSC NIIP", "Tikhomirova")),
        ("X AG -AKAS- Y PTE LTD, CORE ZING", ("X AG", "Y PTE LTD", "CORE ZING")),
        (
            "A Limited [aka B Limited, aka C Co], and its sub-units and successors",
            ("A Limited", "B Limited", "C Co"),
        ),
        ("PMC Wagner; and any successor, sub-unit, or subsidiary thereof", ("PMC Wagner",)),
        ("Ch'oe Ch'o'l-min (a.k.a Choe Chol Min) (DPRK individual)", ("Ch'oe Ch'o'l-min", "Choe Chol Min")),
        ("Elena; a.k.a. Elena Shifrin; a.k.a Ivanov Elena", ("Elena", "Elena Shifrin", "Ivanov Elena")),
        ("A Institute (a.k.a., B (CAEP)'s 902 Institute)", ("A Institute", "B (CAEP)'s 902 Institute")),
        ("Novator Design Bureau; and", ("Novator Design Bureau",)),
    ],
)
def test_a_field_with_several_names_says_each(field: str, names: tuple[str, ...]) -> None:
    assert inner(field) == names


@pytest.mark.parametrize(
    "name",
    [
        "AKA INTEGRAL SERVICES, S. DE R.L. DE C.V.",
        "AKADEMIK CHERSKIY",
        "Joint Stock Company Fakel Named After Akademika P.D. Grushina",
        "UTAIR AVIATION JSC,",
        "HPSTAR;",
        "Poly Asia Pacific Ltd.(PAPL)",
        "KLIMOV, Andrey Akardyevich",
        "K",
        "",
    ],
)
def test_a_name_that_is_one_name_stays_one(name: str) -> None:
    assert inner(name) == ()
    assert names_of(name, [], "here", []) == (name, ())


@pytest.mark.parametrize(
    ("field", "halves"),
    [
        (
            "Taehung Oil & Vehicle Trading Co. (太興運輸貿易会社)",
            ("Taehung Oil & Vehicle Trading Co.", "太興運輸貿易会社"),
        ),
        (
            "(Korea) Sunhwagang Trading Co. ((朝鮮)順和江貿易会社)",
            ("(Korea) Sunhwagang Trading Co.", "(朝鮮)順和江貿易会社"),
        ),
        (
            "ICGOO ELECTRONICS LIMITED（創新在線電子有限公 司）",
            ("ICGOO ELECTRONICS LIMITED", "創新在線電子有限公司"),
        ),
        ("CASIC 23rd Institute 中国航天第二十 三研究所", ("CASIC 23rd Institute", "中国航天第二十三研究所")),
        ("EFCO Corp. (EFCO平壌支社)", ("EFCO Corp.", "EFCO平壌支社")),
        ("Ryonbong (조선련봉 총회사)", ("Ryonbong", "조선련봉 총회사")),
    ],
)
def test_a_name_in_two_scripts_is_two_names(field: str, halves: tuple[str, str]) -> None:
    assert written_twice(field) == halves
    problems: list[str] = []
    assert names_of(field, [], "here", problems) == (field, halves)
    assert problems == []  # the list's own way of writing, and no mistake


def test_a_name_in_one_script_is_one_name() -> None:
    for name in ("信諾電子科技有限公司", "Sinno Electronics", "北京 (Beijing)", "Cor­ezing"):
        assert written_twice(name) == ()


@given(st.text(max_size=80), st.lists(st.one_of(st.text(max_size=60), st.none(), st.integers()), max_size=4))
def test_every_name_given_is_kept_and_none_is_empty(chief: str, others: list[object]) -> None:
    problems: list[str] = []
    first, aliases = names_of(chief, others, "here", problems)
    assert "" not in aliases
    assert first not in aliases
    assert len(set(aliases)) == len(aliases)
    strange = sum(one is not None and not isinstance(one, str) for one in others)
    assert sum("is no text, left out" in line for line in problems) == strange
    for one in (first, *aliases):
        assert one == one.strip()
        one.encode()  # no half of a surrogate is left


@given(st.text(alphabet="aA.k/()[]; ,-・北x", max_size=600))
def test_hostile_names_take_no_time_and_lose_no_letter(name: str) -> None:
    tidy = " ".join(name.split())
    for one in (*inner(tidy), *written_twice(tidy)):
        assert one
        assert set(one) <= set(tidy)
