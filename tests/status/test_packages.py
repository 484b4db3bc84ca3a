"""Packages and conditions: shown, told with their sources, and never a legal effect of themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asking import answer, catalogue, instant
from proceeding import replace_struct, step
from servanda.errors import UnknownNameError
from servanda.formats.when import parse_when
from servanda.model.act import Condition, TakeStep
from servanda.model.instrument import Registry
from servanda.model.status import Holds, NoticeState, Standpoint
from servanda.model.when import Instant
from servanda.status import story, tell, timeline

PACKAGE, GSOMIA, DIALOGUE, DS590 = "package-2019-11-22", "jp-kr-2016", "jp-kr-export-dialogue", "wto-ds590"
IN_TIME = "2020-01-15T12:00:00+09:00"


def broken_off(day: str = "2020-01-10") -> Registry:
    """The real catalogue, but that Japan breaks the dialogue off."""
    registry = catalogue()
    act = step("break-off", "JP", f"{day}T09:00:00+09:00", ident="jp-breaks-off")
    dialogue = registry.instrument(DIALOGUE)
    return registry.with_instrument(dialogue.with_acts((*dialogue.acts, act)))


def holds(registry: Registry, name: str, at: str) -> dict[str, Holds]:
    return {one.act: one.holds for value in answer(registry, name, at).values for one in value.hanging}


def test_the_suspension_of_the_notice_and_the_halt_at_the_wto_hang_on_the_dialogue() -> None:
    assert holds(catalogue(), GSOMIA, IN_TIME) == {"kr-suspension-2019": Holds.HOLDS}
    assert holds(catalogue(), DS590, IN_TIME) == {"kr-halt-2019": Holds.HOLDS}


def test_before_it_is_done_and_after_it_is_over_an_act_hangs_on_nothing() -> None:
    assert holds(catalogue(), GSOMIA, "2019-11-22T17:59:59+09:00") == {}
    assert holds(catalogue(), DS590, "2020-06-03T12:00:00+09:00") == {}
    assert holds(catalogue(), GSOMIA, "2023-03-22T12:00:00+09:00") == {}


def test_a_condition_that_breaks_raises_the_matter_and_changes_nothing_else() -> None:
    before, after = answer(catalogue(), GSOMIA, IN_TIME), answer(broken_off(), GSOMIA, IN_TIME)
    assert holds(broken_off(), GSOMIA, IN_TIME) == {"kr-suspension-2019": Holds.BROKEN}
    bare = [tuple(replace(value, hanging=()) for value in values) for _, values in after.readings]
    assert bare == [tuple(replace(value, hanging=()) for value in values) for _, values in before.readings]
    (suspended,) = [value for value in after.values if value.notice is not None]
    assert suspended.notice is not None
    assert suspended.notice.state is NoticeState.SUSPENDED
    assert suspended.hanging[0].raises == "kr-notice-2019"


def test_a_condition_breaks_at_the_instant_at_which_the_other_instrument_turns() -> None:
    found = broken_off()
    assert holds(found, GSOMIA, "2020-01-10T08:59:59+09:00") == {"kr-suspension-2019": Holds.HOLDS}
    assert holds(found, GSOMIA, "2020-01-10T09:00:00+09:00") == {"kr-suspension-2019": Holds.BROKEN}
    start, end = instant("2020-01-01T00:00:00+09:00"), instant("2020-02-01T00:00:00+09:00")
    edges = [one.period.start for one in timeline(found, GSOMIA, start, end, Standpoint(start))]
    assert instant("2020-01-10T09:00:00+09:00") in edges


def test_a_dialogue_taken_up_again_makes_the_condition_hold_again() -> None:
    registry = broken_off()
    dialogue = registry.instrument(DIALOGUE)
    again = step("take-up-again", "JP+KR", "2020-01-20T09:00:00+09:00")
    mended = registry.with_instrument(dialogue.with_acts((*dialogue.acts, again)))
    assert holds(mended, GSOMIA, "2020-01-21T12:00:00+09:00") == {"kr-suspension-2019": Holds.HOLDS}


def test_where_the_hour_of_the_break_is_not_known_whether_it_holds_is_open() -> None:
    registry = catalogue()
    dialogue = registry.instrument(DIALOGUE)
    day = step("break-off", "JP", "2020-01-10T09:00:00+09:00")
    unknown = replace_struct(day, done=parse_when("2020-01-10"), seen=instant("2020-01-10T23:59:59+09:00"))
    assert isinstance(unknown, TakeStep)
    found = registry.with_instrument(dialogue.with_acts((*dialogue.acts, unknown)))
    assert holds(found, GSOMIA, "2020-01-10T12:00:00+09:00") == {"kr-suspension-2019": Holds.UNKNOWN}


def test_a_condition_on_what_is_not_known_here_never_holds_and_never_stops_an_answer() -> None:
    registry = catalogue()
    gsomia = registry.instrument(GSOMIA)
    strange = Condition(instrument="never-heard-of", says="while it runs")
    acts = tuple(
        replace_struct(act, condition=strange) if act.id == "kr-suspension-2019" else act
        for act in gsomia.acts
    )
    found = registry.with_instrument(gsomia.with_acts(acts))  # type: ignore[arg-type]  # acts, changed
    assert holds(found, GSOMIA, IN_TIME) == {"kr-suspension-2019": Holds.UNKNOWN}


def test_the_story_of_the_package_names_its_parts_their_instants_and_sources() -> None:
    told = story(catalogue(), PACKAGE, Standpoint(instant("2019-11-23T00:00:00+09:00")))
    assert [(one.instrument, one.act.id) for one in told.parts] == [
        (GSOMIA, "kr-suspension-2019"),
        (DIALOGUE, "agreed-2019"),
        (DS590, "kr-halt-2019"),
    ]
    assert all(one.known and one.act.source for one in (*told.parts, *told.causes, *told.afterwards))
    assert told.done == "2019-11-22T18:00:00+09:00"


def test_the_story_answers_the_export_control_that_it_was_about() -> None:
    told = story(catalogue(), PACKAGE, Standpoint(instant("2019-11-23T00:00:00+09:00")))
    assert {one.instrument for one in told.causes} == {"jp-export-control"}


def test_what_became_of_the_parts_is_told_as_far_as_it_was_known() -> None:
    def afterwards(at: str) -> set[str]:
        return {one.act.id for one in story(catalogue(), PACKAGE, Standpoint(instant(at))).afterwards}

    assert "kr-resumes-2020" not in afterwards("2020-06-01T12:00:00+09:00")
    assert "kr-resumes-2020" in afterwards("2020-07-01T12:00:00+09:00")
    assert "kr-withdrawal-2023" in afterwards("2023-03-22T12:00:00+09:00")


def test_before_it_was_done_the_story_says_so_of_each_part() -> None:
    told = story(catalogue(), PACKAGE, Standpoint(instant("2019-11-22T12:00:00+09:00")))
    assert not any(one.known for one in told.parts)
    assert sum("not done or not known" in line.says for line in tell(told)) == len(told.parts)


def test_a_package_that_nobody_knows_is_an_error_with_a_name() -> None:
    with pytest.raises(UnknownNameError, match="package-1999"):
        story(catalogue(), "package-1999", Standpoint(Instant(instant(IN_TIME).utc)))
