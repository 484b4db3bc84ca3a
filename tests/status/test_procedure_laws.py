"""What holds of every proceeding, whatever its acts: made-up courses, and a second machine to check by."""

from __future__ import annotations

import random
import tomllib
from datetime import timedelta
from importlib import resources

from hypothesis import given, settings
from hypothesis import strategies as st

from asking import catalogue, instant
from proceeding import with_acts
from servanda.model.act import Act, Halt, TakeStep
from servanda.model.status import Phase, Standpoint, Status
from servanda.model.when import BEGINNING, FOREVER, Instant
from servanda.status import acts_explained, ask

DS590 = "wto-ds590"
PARTIES = ("KR", "JP", "WTO")
START = instant("2019-01-07T11:00:00Z")
RAW = tomllib.loads(
    resources.files("servanda.catalogue").joinpath("wto-dsu", "text-1.toml").read_text(encoding="utf-8")
)
STEPS = [one for clause in RAW["clause"].values() for one in clause.get("steps", ())]
LIMITS = [one for clause in RAW["clause"].values() for one in clause.get("limits", ())]
STAGES = {name: one for clause in RAW["clause"].values() for name, one in clause.get("stages", {}).items()}
BODIES = ("dsb", "panel", "director-general", "secretariat", "appellate-body", "arbitrator")
ROLES = {
    "complainant": {"KR"},
    "respondent": {"JP"},
    **{role: {"WTO"} for role in BODIES},
}
NAMES = sorted({one["name"] for one in STEPS})


ENDING = ("withdraw", "notify-solution", "report-compliance")
DELAYS = (0, 1, 9, 30, 62, 95, 380)


@st.composite
def courses(draw: st.DrawFn) -> tuple[Act, ...]:
    """Steps on rising days: mostly such as are open, so that courses get far; any by anybody; halts."""
    acts: tuple[Act, ...] = ()
    day = 0
    for number in range(draw(st.integers(1, 16))):
        day += draw(st.sampled_from(DELAYS))
        at = Instant(START.utc + timedelta(days=day, minutes=number))
        chance = draw(st.integers(0, 9))
        if chance == 0:
            by = (draw(st.sampled_from(PARTIES[:2])),)
            acts = (*acts, Halt(id=f"h{number}", by=by, done=at, seen=BEGINNING))
            continue
        standing = one_of(acts, at).standing
        ways = standing.ways if standing is not None else ()
        ways = tuple(way for way in ways if way.starts is None and (chance > 8 or way.step not in ENDING))
        if chance < 3 or not ways:
            name, by = draw(st.sampled_from(NAMES)), (draw(st.sampled_from(PARTIES)),)
        else:
            way = draw(st.sampled_from(ways))
            name, by = way.step, (way.party, *(way.needs if draw(st.booleans()) else ()))
        acts = (*acts, TakeStep(id=f"s{number}", by=by, done=at, seen=BEGINNING, step=name))
    return acts


def end_of(acts: tuple[Act, ...], days: int) -> Instant:
    return Instant(max(act.done.utc for act in acts if isinstance(act.done, Instant)) + timedelta(days=days))


def one_of(acts: tuple[Act, ...], at: Instant) -> Status:
    (found,) = ask(with_acts(acts), DS590, Standpoint(at, FOREVER)).values
    return found


@given(courses(), st.randoms(use_true_random=False), st.integers(0, 400))
@settings(max_examples=200, deadline=None)
def test_the_order_of_recording_has_no_influence(
    acts: tuple[Act, ...], chance: random.Random, days: int
) -> None:
    shuffled = list(acts)
    chance.shuffle(shuffled)
    assert one_of(acts, end_of(acts, days)) == one_of(tuple(shuffled), end_of(acts, days))


@given(courses(), st.integers(0, 800))
@settings(max_examples=300, deadline=None)
def test_nothing_changes_before_the_instant_at_which_it_says_that_something_will(
    acts: tuple[Act, ...], days: int
) -> None:
    at = end_of(acts, days)
    found = one_of(acts, at)
    if found.changes == FOREVER:
        assert one_of(acts, Instant(at.utc + timedelta(days=9000))) == found
        return
    assert found.changes > at
    assert one_of(acts, Instant(found.changes.utc - timedelta(microseconds=1))) == found
    assert one_of(acts, found.changes) != found


@given(courses(), st.integers(0, 800))
@settings(max_examples=200, deadline=None)
def test_a_halt_changes_nothing_but_that_it_rests(acts: tuple[Act, ...], days: int) -> None:
    at = end_of(acts, days)
    without = one_of(tuple(act for act in acts if not isinstance(act, Halt)), at).standing
    found = one_of(acts, at).standing
    assert without is not None
    assert found is not None
    assert (found.stage, found.since, found.due, found.ways) == (
        without.stage,
        without.since,
        without.due,
        without.ways,
    )


@given(courses(), st.integers(0, 800))
@settings(max_examples=200, deadline=None)
def test_there_is_a_way_out_of_every_stage_that_is_not_final_and_nothing_is_due_at_one_that_is(
    acts: tuple[Act, ...], days: int
) -> None:
    found = one_of(acts, end_of(acts, days))
    assert found.standing is not None
    if found.phase in (Phase.CONCLUDED, Phase.LAPSED):
        assert found.standing.due == ()
    elif found.standing.stage:
        ways = {(way.party, way.step) for way in found.standing.ways if way.starts is None}
        assert {("KR", "withdraw"), ("KR", "notify-solution"), ("JP", "notify-solution")} <= ways


@given(courses())
@settings(max_examples=300, deadline=None)
def test_every_stage_was_reached_by_a_step_that_the_text_has_or_by_a_limit_that_leads_there(
    acts: tuple[Act, ...],
) -> None:
    """A second machine, over the file's own tables, replays what took effect and asks if it was allowed."""
    registry = with_acts(acts)
    stage, before = "", ""
    for act in acts:
        at = act.done
        assert isinstance(at, Instant)
        stage, before = lapsed(registry, stage, before, Instant(at.utc - timedelta(microseconds=1)))
        told = {one.act.id: one for one in acts_explained(registry.instrument(DS590), Standpoint(at))}
        if (
            not isinstance(act, TakeStep)
            or not told[act.id].effective
            or "takes effect once" in told[act.id].says
        ):
            continue
        over = not stage or STAGES[stage].get("final", False)
        allowed = [
            one
            for one in STEPS
            if one["name"] == act.step
            and (
                one.get("begins", False)
                if over
                else stage in one.get("at", [] if one.get("begins") else [stage])
            )
            and any(set(act.by) & ROLES.get(role, set()) for role in one["by"])
        ]
        assert allowed, (act, stage)
        now = one_of(acts_until(acts, at), at).standing
        assert now is not None
        targets = {one.get("to", before if one.get("returns") else stage) for one in allowed}
        assert now.stage in targets, (act, stage, now.stage)
        if now.stage != stage:
            stage, before = now.stage, stage


def lapsed(registry: object, stage: str, before: str, at: Instant) -> tuple[str, str]:
    """Follow a limit that leads somewhere, where the machine says that one did."""
    (found,) = ask(registry, DS590, Standpoint(at, FOREVER)).values  # type: ignore[arg-type]  # a registry
    assert found.standing is not None
    if found.standing.stage == stage:
        return stage, before
    leading = {one["leads_to"] for one in LIMITS if stage in one.get("only_at", []) and one.get("leads_to")}
    assert found.standing.stage in leading, (stage, found.standing.stage)
    return found.standing.stage, stage


def acts_until(acts: tuple[Act, ...], at: Instant) -> tuple[Act, ...]:
    return tuple(act for act in acts if isinstance(act.done, Instant) and act.done <= at)


def test_the_real_catalogue_has_procedures_for_these_laws() -> None:
    assert len(STEPS) >= 40
    assert len(LIMITS) > 25
    assert catalogue().instrument(DS590).procedure is not None
