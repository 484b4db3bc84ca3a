"""Answers in three languages: no language lacks a sentence, and no value breaks one."""

from __future__ import annotations

import importlib
import pkgutil
from string import Formatter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import servanda.decisions
import servanda.status
from servanda.errors import FormatError
from servanda.formats.languages import (
    chosen,
    cite,
    say,
    say_change,
    say_duty,
    say_line,
    say_missing,
    when,
    word,
)
from servanda.formats.languages.holes import parts
from servanda.formats.languages.speaking import LANGUAGES, SENTENCES
from servanda.formats.languages.vocabulary import VOCABULARIES, look_up
from servanda.model.act import Act, Reads
from servanda.model.cite import Because, Template, because
from servanda.model.clauses import Clause, SurvivalUntil
from servanda.model.decision import Change, ChangeKind, Outcome
from servanda.model.duty import Duty, DutyKind
from servanda.model.status import NoticeState, Phase, Settled, Terminability
from servanda.model.text import InstrumentKind
from servanda.status import DeadlineKind, Line

OTHERS = sorted(SENTENCES)
KINDS = {"", "when", "own", "list", "article", "articles", "missing", "sides"}


def templates() -> list[Template]:
    """Every template that stands in a module of the law."""
    found: dict[tuple[str, str], Template] = {}
    for package in (servanda.status, servanda.decisions):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Template):
                    found[value.code, value.english] = value
    return list(found.values())


TEMPLATES = templates()


def holes(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_there_are_sentences_of_the_law_and_of_decisions() -> None:
    codes = {one.code for one in TEMPLATES}
    assert {"status.ended", "third.rule"} <= codes


def test_a_code_is_one_sentence() -> None:
    codes = [one.code for one in TEMPLATES]
    assert len(codes) == len(set(codes))
    assert all(codes)


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_lacks_a_sentence_and_none_has_one_too_many(language: str) -> None:
    assert set(SENTENCES[language]) == {one.code for one in TEMPLATES}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_a_translation_has_the_same_holes(template: Template, language: str) -> None:
    assert holes(SENTENCES[language][template.code]) == holes(template.english)


@pytest.mark.parametrize("language", OTHERS)
def test_every_hole_is_of_a_kind_that_exists(language: str) -> None:
    known = KINDS | set(VOCABULARIES[language])
    used = {kind for template in SENTENCES[language].values() for _, _, kind in parts(template)}
    assert used <= known


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_the_holes_of_a_sentence_are_numbered_from_nothing_on(template: Template) -> None:
    names = holes(template.english)
    assert names == {str(number) for number in range(len(names))}


WORDS: list[tuple[str, str]] = [
    *(
        (kind, str(member.value))
        for kind, members in {
            "phase": Phase,
            "notice": NoticeState,
            "end": Terminability,
            "sure": Settled,
            "reads": Reads,
            "until": SurvivalUntil,
            "outcome": Outcome,
            "change": ChangeKind,
            "duty": DutyKind,
            "deadline": DeadlineKind,
            "instrument": InstrumentKind,
        }.items()
        for member in members
    ),
    *(("act", str(one.__struct_config__.tag)) for one in get_args(Act)),
    *(("clause", str(one.__struct_config__.tag)) for one in get_args(Clause)),
]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("kind", "value"), WORDS)
def test_every_word_of_the_model_has_a_word(kind: str, value: str, language: str) -> None:
    assert word(kind, value, language) != value
    assert word(kind, value.replace("-", " ").replace("_", " "), language) == word(kind, value, language)


def test_the_vocabularies_know_the_same_words() -> None:
    one, other = (VOCABULARIES[language] for language in OTHERS)
    assert {(kind, word) for kind, words in one.items() for word in words} == {
        (kind, word) for kind, words in other.items() for word in words
    }


anything = st.text(max_size=30) | st.sampled_from(
    ["{0}", "{", "}", "{{", "{0.__class__}", "{:>99999999}", "{9}"]
)


@given(st.sampled_from(TEMPLATES), st.lists(anything, min_size=10, max_size=10))
def test_values_are_put_in_and_never_read(template: Template, values: list[str]) -> None:
    given_values = values[: len(holes(template.english))]
    said = template(*given_values)
    reason = because(said)
    assert said.values == tuple(given_values)
    for value in given_values:
        assert value in reason.says
    for language in LANGUAGES:
        spoken = say(reason, language)
        for _, hole, kind in parts(SENTENCES.get(language, {}).get(template.code, "")):
            if hole is not None and kind == "":
                assert given_values[hole] in spoken


@given(anything, st.lists(anything, max_size=3).map(tuple), st.sampled_from(LANGUAGES))
def test_a_malformed_reason_from_elsewhere_is_said_in_its_english(
    english: str, values: tuple[str, ...], language: str
) -> None:
    assert english in say(Because(english, code="status.no-such", values=values), language)
    assert say(Because(english, code="status.notice-too-late"), language).endswith(english)


ENGLISH_WORDS = Because("the host sends a written assurance", instrument="x-y", version=1, article="4")


def test_somebodys_own_words_stay_english_and_are_marked() -> None:
    assert say(ENGLISH_WORDS, "en") == ENGLISH_WORDS.says
    assert say(ENGLISH_WORDS, "ja") == f"［英文］{ENGLISH_WORDS.says}"
    assert say(ENGLISH_WORDS, "ko") == f"[영문] {ENGLISH_WORDS.says}"


CITED = [
    (Because("", "jp-kr-2016", 1, "21(3)"), "jp-kr-2016 v1 第21(3)条", "jp-kr-2016 v1 제21(3)조"),
    (Because("", "x", 2, "17(1), second sentence"), "x v2 第17(1)条, 第2文", "x v2 제17(1)조, 제2문"),
    (Because("", "x", 1, "annex 3"), "x v1 附属書3", "x v1 부속서 3"),
    (Because("", "x", 1, "I(d)"), "x v1 第I(d)条", "x v1 제I(d)조"),
    (
        Because("", "x", 1, "?third-party"),
        "x v1 条番号未確認（第三者提供）",
        "x v1 조 번호 미확인(제3자 제공)",
    ),
    (Because("", "x", act="kr-notice-2019"), "x 行為 kr-notice-2019", "x 행위 kr-notice-2019"),
    (Because("", "x", rule="vclt:68"), "条約法に関するウィーン条約第68条", "조약법에 관한 비엔나협약 제68조"),
    (Because("", "x", rule="convention:first-day"), "適用基準（初日の取扱い）", "적용기준(초일의 취급)"),
    (Because("", rule="the originator's control"), "提供元の管理権", "정보제공당사자의 통제권"),
    (Because("", "jp-kr-2016"), "jp-kr-2016", "jp-kr-2016"),
]


@pytest.mark.parametrize(("reason", "japanese", "korean"), CITED, ids=lambda one: str(one)[:40])
def test_a_citation_keeps_its_address_in_every_language(reason: Because, japanese: str, korean: str) -> None:
    assert cite(reason, "en") == reason.cite()
    assert (cite(reason, "ja"), cite(reason, "ko")) == (japanese, korean)


TIMES = [
    ("2019-11-23", "23 November 2019", "2019年11月23日", "2019. 11. 23."),
    ("2015-12", "December 2015", "2015年12月", "2015. 12."),
    (
        "2019-08-23T15:25:00+09:00",
        "23 August 2019, 15:25 (UTC+09:00)",
        "2019年8月23日15時25分(UTC+09:00)",
        "2019. 8. 23. 15:25(UTC+09:00)",
    ),
    (
        "2019-11-22T23:59:59.999999Z",
        "22 November 2019, 23:59:59.999999 (UTC)",
        "2019年11月22日23時59分59.999999秒(UTC)",
        "2019. 11. 22. 23:59:59.999999(UTC)",
    ),
    ("2019-13", "2019-13", "2019-13", "2019-13"),
    ("soon", "soon", "soon", "soon"),
]


@pytest.mark.parametrize(("text", "english", "japanese", "korean"), TIMES)
def test_a_time_is_printed_for_people(text: str, english: str, japanese: str, korean: str) -> None:
    assert tuple(when(text, language) for language in LANGUAGES) == (english, japanese, korean)


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_what_is_no_time_is_printed_as_it_is(text: str, language: str) -> None:
    assert when(f"?{text}", language) == f"?{text}"


def test_a_way_to_a_permit_is_said_in_each_language() -> None:
    english = "JP consents in writing that US gives it to KR"
    change = Change(ChangeKind.CONSENT, ("JP",), english, code="change.consent", values=("JP", "US", "KR"))
    assert say_change(change, "en") == english
    assert say_change(change, "ja") == "JPが、USからKRへの提供を書面により承認すること"
    assert say_change(change, "ko") == "JP측이 US의 KR에 대한 제공을 서면으로 승인할 것"


def test_sides_of_a_dispute_are_said_in_each_language() -> None:
    reason = Because("", code="force.disputed", values=("JP reads permit; KR reads deny/undetermined",))
    assert say(reason, "ja") == "当事者の解釈が相違する：JP: 許可、KR: 不許可/判断保留"
    assert say(reason, "ko") == "당사자 간 해석이 다름: JP: 허용, KR: 불허/판단 유보"


def test_what_the_parties_amend_may_be_an_article_or_a_kind_of_clause() -> None:
    for place, said in (("4", "第4条"), ("equivalence", "秘密区分の対応")):
        change = Change(ChangeKind.ACT, (), "", code="change.amend", values=("x-y", place))
        assert say_change(change, "ja") == f"当事者がx-y {said}を改正すること"


def test_a_duty_is_said_by_its_kind_with_the_clauses_own_words_after_it() -> None:
    gist = Because("only those who need it", "x-y", 1, "5")
    for reason, said in (
        (gist, "職務上知る必要のある者への限定（［英文］only those who need it）"),
        (Because("need-to-know"), "職務上知る必要のある者への限定"),
        (
            Because("", code="third.condition", values=("two copies",)),
            "提供元の承認に付された条件：［英文］two copies",
        ),
    ):
        assert say_duty(Duty(DutyKind.NEED_TO_KNOW, reason, "none"), "ja") == said
    assert say_duty(Duty(DutyKind.NEED_TO_KNOW, gist, "none"), "en") == gist.says
    assert (
        say_duty(Duty(DutyKind.NEED_TO_KNOW, Because("need-to-know"), "none"), "ko")
        == "직무상 알 필요가 있는 자로 한정"
    )


def test_what_is_missing_is_named_in_each_language() -> None:
    assert say_missing("tisa-2014: scope", "en") == "tisa-2014: scope"
    assert say_missing("tisa-2014: scope", "ja") == "tisa-2014: 適用範囲"
    assert say_missing("entry-into-force", "ko") == "발효"
    assert say_missing("what x is", "ko") == "[영문] what x is"


def test_a_line_frames_its_reason_in_the_same_language() -> None:
    reason = because(
        Template("status.takes-effect", "")("2019-11-23"), instrument="x", version=1, article="9"
    )
    line = Line(Template("status.reason", "Because: {0} [{1}].")(reason.says, reason.cite()), reason)
    assert say_line(line, "ja") == "理由：通告の効力発生：2019年11月23日〔x v1 第9条〕。"
    assert say_line(line, "ko") == "이유: 통보의 효력발생: 2019. 11. 23. [x v1 제9조]."


@pytest.mark.parametrize("language", ["fr", "", "jp", "EN"])
def test_an_unknown_language_is_an_error_that_names_those_there_are(language: str) -> None:
    for ask in (lambda: say(ENGLISH_WORDS, language), lambda: word("phase", "in_force", language)):
        with pytest.raises(FormatError, match="ask for en, ja, ko"):
            ask()


@pytest.mark.parametrize(("asked", "language"), [("ja-JP", "ja"), ("KO", "ko"), ("en_GB", "en")])
def test_a_language_tag_of_a_browser_is_understood(asked: str, language: str) -> None:
    assert chosen(asked) == language
    with pytest.raises(FormatError):
        chosen("fr")


def test_an_unknown_word_stays_as_it_is() -> None:
    assert look_up("phase", "asleep", "ja") == "asleep"
