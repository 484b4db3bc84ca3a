"""Laws of legal time, over random histories of one agreement of two companies."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from asking import ON_SIGNATURE, ROLLING, YEARLY, instant, made
from servanda.model.act import (
    Act,
    Announce,
    GiveNotice,
    ResumeNotice,
    Sign,
    SuspendNotice,
    SuspendOperation,
    SuspensionMode,
    Terminate,
    WithdrawNotice,
)
from servanda.model.instrument import Registry
from servanda.model.status import Phase, Standpoint, Status
from servanda.model.when import Day, Instant
from servanda.status import ask, timeline

FIRST = instant("2020-01-10T00:00:00Z")
LAST = instant("2026-01-01T00:00:00Z")
SIGNED = Sign(id="sign", by=("X", "Y"), done=Day(FIRST.utc.date()), seen=instant("2020-01-10T23:59:59Z"))
TEXTS = st.sampled_from([ON_SIGNATURE + YEARLY, ON_SIGNATURE + '[clause."2"]\nkind = "term"\n' + ROLLING])

moments = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: Instant(FIRST.utc + timedelta(minutes=minutes))
)
delays = st.integers(0, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Act, ...]:
    """A signature, and up to eight acts in any order, some of them of a day only."""
    acts: list[Act] = [SIGNED]
    notices: list[str] = []
    for number in range(draw(st.integers(0, 8))):
        at, name = draw(moments), f"act-{number}"
        seen = Instant(at.utc + timedelta(days=1) + draw(delays))
        done = Day(at.utc.date()) if draw(st.integers(0, 4)) == 0 else at
        by = (draw(st.sampled_from(["X", "Y", "Z"])),)
        of = draw(st.sampled_from(notices)) if notices else ""
        kind = draw(st.sampled_from([GiveNotice, SuspendNotice, ResumeNotice, WithdrawNotice, Announce]))
        if kind in (GiveNotice, Announce) or not of:
            acts.append(GiveNotice(id=name, by=by, done=done, seen=seen))
            notices.append(name)
        elif kind is SuspendNotice:
            mode = draw(st.sampled_from(list(SuspensionMode)))
            acts.append(SuspendNotice(id=name, by=by, done=done, seen=seen, of=of, mode=mode))
        else:
            acts.append(kind(id=name, by=by, done=done, seen=seen, of=of))
    return tuple(acts)


def world(text: str, acts: tuple[Act, ...]) -> Registry:
    registry = made(text)
    return registry.with_instrument(registry.instrument("x-y").with_acts(acts))


def values(registry: Registry, at: Instant, known: Instant) -> set[Status]:
    return set(ask(registry, "x-y", Standpoint(at, known)).values)


@settings(max_examples=60, deadline=None)
@given(TEXTS, histories())
def test_stretches_follow_without_overlap_or_hole(text: str, acts: tuple[Act, ...]) -> None:
    found = timeline(world(text, acts), "x-y", FIRST, LAST, Standpoint(FIRST))
    assert found[0].period.start == FIRST
    assert found[-1].period.end == LAST
    for one, two in itertools.pairwise(found):
        assert one.period.start < one.period.end == two.period.start


@settings(max_examples=60, deadline=None)
@given(TEXTS, histories(), st.data())
def test_a_stretch_says_what_asking_inside_of_it_says(
    text: str, acts: tuple[Act, ...], data: st.DataObject
) -> None:
    registry = world(text, acts)
    found = timeline(registry, "x-y", FIRST, LAST, Standpoint(FIRST))
    stretch = data.draw(st.sampled_from(found))
    length = stretch.period.end.utc - stretch.period.start.utc
    at = Instant(stretch.period.start.utc + length * data.draw(st.floats(0, 0.999)))
    inside = ask(registry, "x-y", Standpoint(at))
    assert {one.phase for one in inside.values} == {one.phase for one in stretch.answer.values}
    assert inside.sure is stretch.answer.sure


@settings(max_examples=100, deadline=None)
@given(TEXTS, histories(), moments, moments, delays)
def test_learning_a_later_fact_never_changes_what_was_known(
    text: str, acts: tuple[Act, ...], at: Instant, known: Instant, delay: timedelta
) -> None:
    later = Terminate(
        id="end", by=("X", "Y"), done=at, seen=Instant(known.utc + delay + timedelta(seconds=1))
    )
    assert values(world(text, acts), at, known) == values(world(text, (*acts, later)), at, known)


@settings(max_examples=100, deadline=None)
@given(TEXTS, histories(), moments, st.randoms(use_true_random=False))
def test_recording_acts_in_another_order_changes_nothing(
    text: str, acts: tuple[Act, ...], at: Instant, chance: object
) -> None:
    shuffled = list(acts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert values(world(text, acts), at, LAST) == values(world(text, tuple(shuffled)), at, LAST)


@settings(max_examples=100, deadline=None)
@given(TEXTS, moments, delays, moments)
def test_a_notice_and_its_revocation_before_effect_equal_no_notice(
    text: str, given_at: Instant, delay: timedelta, at: Instant
) -> None:
    revoked = Instant(given_at.utc + min(delay, timedelta(days=30)))
    acts = (
        SIGNED,
        GiveNotice(id="a", by=("X",), done=given_at, seen=given_at),
        WithdrawNotice(id="b", by=("X",), done=revoked, seen=revoked, of="a"),
    )
    nothing = values(world(text, (SIGNED,)), at, LAST)
    effect = {one.notice.effect for one in values(world(text, acts[:2]), given_at, LAST) if one.notice}
    in_time = all(end is not None and revoked < end for end in effect)
    if in_time and not given_at <= at < revoked:
        assert values(world(text, acts), at, LAST) == nothing


@settings(max_examples=100, deadline=None)
@given(TEXTS, histories(), moments)
def test_renaming_parties_renames_the_answer(text: str, acts: tuple[Act, ...], at: Instant) -> None:
    names = {"X": "Y", "Y": "X", "Z": "Z"}
    renamed = tuple(msgspec.structs.replace(act, by=tuple(names[party] for party in act.by)) for act in acts)
    for one in values(world(text, acts), at, LAST):
        ends = {names[party]: end for party, end in one.earliest_end}
        assert any(
            other.phase is one.phase and other.ends == one.ends and dict(other.earliest_end) == ends
            for other in values(world(text, renamed), at, LAST)
        )


def phases_by_hand(acts: tuple[Act, ...], at: Instant) -> Iterator[Phase]:
    """A rolling six months told straight from the facts, day by day, for acts of exact instants."""
    if at < FIRST:
        yield Phase.NOT_IN_FORCE
        return
    ended: Instant | None = None
    for notice in (one for one in acts if isinstance(one, GiveNotice) and set(one.by) & {"X", "Y"}):
        assert isinstance(notice.done, Instant)
        day = notice.done.utc.date() + timedelta(days=1)
        month = day.month + 6
        year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
        last = 31
        while True:
            try:
                end = instant(f"{year:04d}-{month:02d}-{min(day.day, last):02d}T00:00:00Z")
                break
            except Exception:  # noqa: BLE001 - this month is shorter
                last -= 1
        live, paused = True, False
        for act in sorted(
            acts, key=lambda one: (one.done, one.id) if isinstance(one.done, Instant) else (FIRST, one.id)
        ):
            of_it = getattr(act, "of", "") == notice.id and act.by == notice.by
            if not of_it or not live or act.done > at or (not paused and act.done >= end):  # type: ignore[operator]
                continue
            if isinstance(act, WithdrawNotice):
                live = False
            elif isinstance(act, SuspendNotice) and not paused:
                paused = True
            elif isinstance(act, ResumeNotice) and paused:
                paused, end = False, max(end, act.done)  # type: ignore[type-var]
        if notice.done <= at and live and not paused and end <= at:
            ended = end
    yield Phase.TERMINATED if ended is not None else Phase.IN_FORCE


@settings(max_examples=200, deadline=None)
@given(histories(), moments)
def test_an_independent_hand_agrees_on_who_is_in_force(acts: tuple[Act, ...], at: Instant) -> None:
    exact = tuple(
        act
        for act in acts
        if isinstance(act, Sign)
        or (isinstance(act.done, Instant) and getattr(act, "mode", None) in (None, SuspensionMode.FROZEN))
    )
    kept = {act.id for act in exact}
    exact = tuple(act for act in exact if getattr(act, "of", act.id) in kept)
    text = ON_SIGNATURE + '[clause."2"]\nkind = "term"\n' + ROLLING
    ((phase),) = phases_by_hand(exact, at)
    assert {one.phase for one in values(world(text, exact), at, LAST)} == {phase}


@settings(max_examples=50, deadline=None)
@given(histories(), moments)
def test_suspending_operation_never_ends_anything(acts: tuple[Act, ...], at: Instant) -> None:
    paused = SuspendOperation(id="pause", by=("X",), done=FIRST, seen=FIRST)
    before = {one.phase for one in values(world(ON_SIGNATURE + YEARLY, acts), at, LAST)}
    after = {one.phase for one in values(world(ON_SIGNATURE + YEARLY, (*acts, paused)), at, LAST)}
    assert after == {Phase.SUSPENDED if phase is Phase.IN_FORCE else phase for phase in before}
