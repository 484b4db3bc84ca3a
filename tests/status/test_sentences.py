"""Reasons: each has its template, says when, and is said in every language, over the real catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest

from asking import EVER, ON_SIGNATURE, SIGNED, YEARLY, act, answer, catalogue, instant, made, one
from servanda.decisions import decide
from servanda.formats.languages import say, say_line
from servanda.formats.when import parse_when
from servanda.model.cite import Because
from servanda.model.decision import ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.status import Standpoint
from servanda.model.when import FOREVER, Instant
from servanda.status import Line, acts_explained, ask, breakpoints, deadlines, explain, lines

GSOMIA = "jp-kr-2016"


@cache
def standpoints(name: str) -> tuple[Standpoint, ...]:
    """Before, at and after every instant at which something may change."""
    points = breakpoints(catalogue(), name, FOREVER)
    hour = timedelta(hours=1)
    near = {
        Instant(one.utc + step)
        for one in points
        if 1900 < one.utc.year < 2100
        for step in (-hour, 0 * hour, hour)
    }
    years = {instant(f"{year}-06-15T12:00:00Z") for year in (1965, 1990, 2005, 2019, 2026)}
    return tuple(Standpoint(at) for at in sorted(near | years))


def reasons(name: str) -> Iterator[Because]:
    for standpoint in standpoints(name):
        for status in ask(catalogue(), name, standpoint).values:
            yield from status.because
        for deadline in deadlines(catalogue(), name, standpoint):
            yield from deadline.because


OF_SOMEBODY = ("status.presumed", "condition.holds", "condition.broken", "condition.broken-halt")
"""Sentences that quote words which stand in the catalogue in English alone."""
NAMES = sorted(catalogue().instruments)


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_of_the_catalogue_has_its_template(name: str) -> None:
    for reason in set(reasons(name)):
        assert reason.code.partition(".")[0] in ("status", "proceeding", "condition"), reason


@pytest.mark.parametrize("name", NAMES)
def test_a_reason_that_speaks_of_a_time_says_which(name: str) -> None:
    for reason in set(reasons(name)):
        if reason.when:
            assert str(parse_when(reason.when))
        elif reason.code != "status.survives":
            assert not any(value[:4].isdigit() and value[4:5] == "-" for value in reason.values), reason


@pytest.mark.parametrize("language", ["ja", "ko"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_ours_is_left_in_english(name: str, language: str) -> None:
    mark = {"ja": "［英文］", "ko": "[영문]"}[language]
    for reason in set(reasons(name)):
        said = say(reason, language)
        assert said != reason.says
        assert (mark in said) == (reason.code in OF_SOMEBODY), said
    for standpoint in standpoints(name)[::3]:
        for line in lines(catalogue(), name, standpoint):
            said = say_line(line, language)
            assert said != line.says
            quoted = line.because is not None and line.because.code in OF_SOMEBODY
            assert (mark in said) == quoted, said
        for deadline in deadlines(catalogue(), name, standpoint):
            assert mark not in say(deadline, language)


@pytest.mark.parametrize("name", NAMES)
def test_what_became_of_an_act_has_its_template_or_is_its_own_note(name: str) -> None:
    instrument = catalogue().instrument(name)
    for standpoint in standpoints(name)[::3]:
        for reader in (None, *instrument.parties[:2]):
            asked = Standpoint(standpoint.at, reader=reader)
            for told in acts_explained(instrument, asked):
                assert told.code or told.says == told.act.note, told


@pytest.mark.parametrize(
    "at", ["2019-08-26 12:00", "2019-11-22 17:00", "2019-11-24 12:00", "2021-06-01 12:00"]
)
@pytest.mark.parametrize("recipient", ["KR", "US"])
def test_every_reason_of_a_decision_has_its_template_or_is_a_clauses_gist(at: str, recipient: str) -> None:
    request = ReleaseRequest("JP", recipient, ("JP",), "極秘", instant(at), ("dprk-missile",))
    decision = decide(catalogue(), request)
    said = [*decision.because, *(duty.because for duty in decision.duties), *decision.judgement.turns]
    assert said
    for reason in said:
        assert reason.code or reason.says in _own_words(reason), reason
    for way in decision.ways:
        assert all(change.code for change in way)


def _own_words(reason: Because) -> tuple[str, ...]:
    """What the clause that a reason cites says in words of its own."""
    clause = catalogue().instrument(reason.instrument).text(reason.version).clause[reason.article]
    duties = tuple(duty.value for duty in getattr(clause, "duties", ()))
    return (clause.gist, getattr(clause, "subject", ""), *duties)


STORY = {
    "en": (
        "notice by KR received 2019-08-23T15:25:00+09:00",
        "was to take effect 2019-11-23T00:00:00+09:00",
        "effect of the notice suspended 2019-11-22T18:00:00+09:00",
    ),
    "ja": (
        "KRによる通告を受領（2019年8月23日15時25分(UTC+09:00)）",
        "通告の当初の効力発生予定：2019年11月23日0時00分(UTC+09:00)",
        "通告の効力を停止（2019年11月22日18時00分(UTC+09:00)）",
    ),
    "ko": (
        "KR의 통보 접수(2019. 8. 23. 15:25(UTC+09:00))",
        "통보의 당초 효력발생 예정: 2019. 11. 23. 00:00(UTC+09:00)",
        "통보의 효력정지(2019. 11. 22. 18:00(UTC+09:00))",
    ),
}


@pytest.mark.parametrize("language", sorted(STORY))
def test_the_crisis_of_2019_is_told_in_each_language(language: str) -> None:
    status = one(catalogue(), GSOMIA, "2019-11-22 18:30", known="2019-11-22 18:30")
    assert tuple(say(reason, language) for reason in status.because[-3:]) == STORY[language]


def test_a_notice_takes_effect_only_while_nothing_holds_it_back() -> None:
    def told(at: str, known: str) -> set[str]:
        return {reason.code for reason in one(catalogue(), GSOMIA, at, known, "KR").because}

    assert "status.takes-effect" in told("2019-10-01 12:00", "2019-10-01 12:00")
    assert "status.takes-effect" not in told("2019-11-24 12:00", "2019-11-24 12:00")
    assert "status.takes-effect" not in told("2024-01-01 12:00", "2024-01-01 12:00")


def test_the_reasons_of_the_crisis_carry_their_instants() -> None:
    status = one(catalogue(), GSOMIA, "2019-11-22 18:30", known="2019-11-22 18:30")
    assert [reason.when for reason in status.because[-3:]] == [
        "2019-08-23T15:25:00+09:00",
        "2019-11-23T00:00:00+09:00",
        "2019-11-22T18:00:00+09:00",
    ]


def test_an_end_is_cited_with_its_own_sentence_and_not_that_of_the_notice() -> None:
    world = made(ON_SIGNATURE + YEARLY, SIGNED + act("n", "give-notice", "X", "2020-03-01T00:00:00Z"))
    ended = one(world, "x-y", "2021-06-01T00:00:00Z").because[-1]
    assert (ended.says, ended.code) == ("ended 2021-01-10T00:00:00+00:00", "status.ended")
    assert (*ended.values, ended.when) == ("2021-01-10T00:00:00+00:00",) * 2


def _last(world: Registry, at: str = "2021-06-01T00:00:00Z") -> list[str]:
    return [reason.says for status in answer(world, "x-y", at).values for reason in status.because]


def test_a_time_that_nobody_knows_is_said_to_be_not_known() -> None:
    hidden = act("s", "suspend-operation", "X", "unknown", seen="2020-06-01T00:00:00Z")
    said = _last(made(ON_SIGNATURE + EVER, SIGNED + hidden))
    assert "operation suspended at a time that is not known" in said
    hidden = act("s", "suspend-operation", "X", "unknown", 'clauses = ["2"]', seen="2020-06-01T00:00:00Z")
    said = _last(made(ON_SIGNATURE + EVER, SIGNED + hidden))
    assert "operation of art. 2 suspended at a time that is not known" in said
    hidden = act("n", "give-notice", "X", "unknown", seen="2020-06-01T00:00:00Z")
    said = _last(made(ON_SIGNATURE + YEARLY, SIGNED + hidden))
    assert "notice by X received at a time that is not known" in said
    signed = act("sign", "sign", "X Y", "unknown", seen="2020-06-01T00:00:00Z")
    said = _last(made(ON_SIGNATURE + EVER, signed))
    assert "signed at a time that is not known by X, Y" in said


def test_words_of_an_announcement_that_are_ours_have_a_template() -> None:
    instrument = catalogue().instrument(GSOMIA)
    objection = act("o", "object", "Y", "2020-04-01T00:00:00Z", 'of = "n"')
    notice = act("n", "give-notice", "X", "2020-03-01T00:00:00Z", 'note = "by hand"')
    world = made(ON_SIGNATURE + YEARLY, SIGNED + notice + objection)
    asked = Standpoint(instant("2021-06-01T00:00:00Z"), reader="Y")
    told = {each.act.id: each for each in acts_explained(world.instrument("x-y"), asked)}
    assert (told["n"].says, told["n"].code) == ("read so by Y (o)", "status.read-so")
    told = {
        each.act.id: each for each in acts_explained(instrument, Standpoint(instant("2026-01-01T00:00:00Z")))
    }
    assert (told["kr-flash-2019"].code, told["kr-flash-2019"].says[:3]) == ("", "NHK")


def test_an_explanation_in_english_is_its_lines() -> None:
    standpoint = Standpoint(instant("2021-06-01 12:00"))
    found = lines(catalogue(), GSOMIA, standpoint)
    assert explain(catalogue(), GSOMIA, standpoint) == tuple("  " * one.indent + one.says for one in found)
    assert any(isinstance(line, Line) and line.indent for line in found)


def test_a_title_is_in_the_language_asked_for_where_the_instrument_has_one() -> None:
    world = made(ON_SIGNATURE + EVER, SIGNED, head='title.ja = "協定"\n')
    standpoint = Standpoint(instant("2021-06-01T00:00:00Z"))
    assert lines(world, "x-y", standpoint, "ja")[0].values[0] == "協定"
    assert lines(world, "x-y", standpoint, "ko")[0].values[0] == "An agreement between X and Y"
