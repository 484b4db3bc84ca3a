"""Columns and single questions are one law: proved over every kind, every pair and every epoch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import numpy as np
import pytest

from asking import catalogue, instant
from servanda.decisions import Index, Omit, suppose
from servanda.decisions.caveats import unbarred, united
from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.finding import together
from servanda.decisions.histories import Kinds, micros
from servanda.decisions.kinds import CaveatMasks, Kind, kind_of
from servanda.decisions.release import rule
from servanda.formats.acts import read_act
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.model.instrument import Registry
from servanda.model.label import (
    Caveat,
    Embargo,
    EyesOnly,
    NoForeign,
    OriginatorControlled,
    Portion,
    ReleasableTo,
)
from servanda.model.when import Instant, Period

PARTIES = ("JP", "KR", "US", "AT", "DE", "EU", "NATO")
PERIOD = Period(instant("2005-01-01 00:00"), instant("2027-01-01 00:00"))

ACTS = (
    (
        "jp-kr-2016",
        (
            '{ id = "c1", kind = "consent", by = ["JP"], done = 2018-02-01, '
            "seen = 2018-02-02T00:00:00+09:00, "
            'recipients = ["US"], holders = ["KR"], topics = ["dprk-missile"], expires = 2019-02-01 }'
        ),
    ),
    (
        "jp-kr-2016",
        (
            '{ id = "c2", kind = "consent", by = ["KR"], done = 2018-05-01T12:00:00+09:00, '
            'seen = 2018-05-01T13:00:00+09:00, recipients = ["US", "JP"], rests_on = ["jp-kr-2016"] }'
        ),
    ),
    (
        "jp-kr-2016",
        (
            '{ id = "w2", kind = "withdraw-consent", by = ["KR"], done = 2021-05-01, '
            'seen = 2021-05-03T13:00:00+09:00, of = "c2" }'
        ),
    ),
    (
        "jp-kr-2016",
        (
            '{ id = "c3", kind = "consent", by = ["JP"], done = 2020-01-01T00:00:00+09:00, '
            'seen = 2020-01-01T13:00:00+09:00, recipients = ["US"], objects = ["named"] }'
        ),
    ),
    (
        "jp-kr-2016",
        (
            '{ id = "r1", kind = "regrade", by = ["JP"], done = 2020-06-01, '
            'seen = 2020-06-01T13:00:00+09:00, objects = ["named"], marking = "秘" }'
        ),
    ),
)


def world() -> Registry:
    registry = catalogue()
    for name, words in ACTS:
        instrument = registry.instrument(name)
        registry = registry.with_instrument(
            instrument.with_acts((*instrument.acts, read_act(words, "an act")))
        )
    return registry


def kinds(registry: Registry) -> tuple[Kind, ...]:
    found = []
    for holder, originator in product(PARTIES, PARTIES):
        for level, topics in product(
            registry.party(originator).levels, ((), ("dprk-missile",), ("dprk-missile", "trade"))
        ):
            own = Portion((originator,), level.word, topics)
            found.append(Kind(holder, (own,)))
            if topics:
                found.append(Kind(holder, (own,), purpose="defence", form="oral"))
                found.append(Kind(holder, (own,), controlled=True))
    named = Portion(("JP",), "極秘", ("dprk-missile",), object_id="named")
    found.append(Kind("KR", (named,), object_id="named"))
    derived = Portion(("KR",), "군사 III급 비밀", ("dprk-missile",))
    found.append(Kind("KR", (derived, named)))
    joint = Portion(("JP", "KR"), "秘", ("dprk-missile",))
    found += [Kind("KR", (joint,)), Kind("US", (joint,))]
    return tuple(found)


@pytest.mark.parametrize("lapsed", [False, True])
def test_the_columns_say_what_the_single_question_says_in_every_epoch(lapsed: bool) -> None:
    registry = suppose(world(), (Omit("kr-suspension-2019"),)) if lapsed else world()
    index = Index(registry)
    asked = kinds(registry)
    held = Kinds(asked, PARTIES)
    found, numbers = held.history(index, PERIOD), held.numbers
    assert sorted(numbers) == list(range(len(asked)))
    by_number = {int(number): kind for number, kind in zip(numbers, asked, strict=True)}
    compared = permitted = 0
    pairs = {(one.holder, one.recipient): one for one in found.pairs}
    for place, holder in enumerate(PARTIES):
        for other, recipient in enumerate(PARTIES):
            if index.same(holder, recipient):
                assert (place, other) not in pairs
                continue
            pair = pairs.get((place, other))
            starts = [] if pair is None else [int(one) for one in pair.starts]
            instants = {micros(PERIOD.start), micros(PERIOD.end) - 1}
            instants |= {one + step for one in starts for step in (-1, 0)}
            for at in sorted(instants):
                if not micros(PERIOD.start) <= at < micros(PERIOD.end):
                    continue
                when = Instant(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at))
                for number in range(int(found.first[place]), int(found.first[place + 1])):
                    told = False
                    if pair is not None:
                        epoch = int(np.searchsorted(pair.starts, at, side="right")) - 1
                        told = bool(pair.permits[epoch, number - int(found.first[place])])
                    judged = rule(index, by_number[number].request(recipient, when, index.known))
                    assert told is (judged.outcome is Outcome.PERMIT), (by_number[number], recipient, when)
                    compared += 1
                    permitted += told
    assert compared > 5_000
    assert permitted > 100


def test_outside_the_period_that_was_worked_out_nothing_may_go() -> None:
    index = Index(world())
    found = Kinds(kinds(index.registry), PARTIES).history(index, PERIOD)
    for pair in found.pairs:
        assert not pair.permits[0].any()
        assert not pair.permits[-1].any()
        assert pair.starts[-1] <= micros(PERIOD.end)


CAVEATS: tuple[Caveat, ...] = (
    NoForeign(),
    ReleasableTo(("KR", "US")),
    ReleasableTo(("DE", "XX")),
    EyesOnly(("JP", "KR")),
    OriginatorControlled(),
    Embargo(instant("2020-01-01 00:00")),
)


def test_the_masks_of_caveats_say_what_the_caveats_say() -> None:
    index = Index(catalogue())
    barriers = CaveatMasks(index, PARTIES)
    late, early = instant("2021-01-01 00:00"), instant("2019-01-01 00:00")
    sets = [tuple(one for bit, one in enumerate(CAVEATS) if number >> bit & 1) for number in range(64)]
    for own, source, originators in product(sets, sets[::7], (("JP",), ("JP", "KR"))):
        portions = (
            Portion(originators, "極秘", caveats=own),
            Portion(("US",), "SECRET", caveats=source, object_id="s"),
        )
        barrier = barriers.of(portions)
        for place, recipient in enumerate(PARTIES):
            for at in (early, late):
                request = ReleaseRequest("EU", recipient, originators, "極秘", at, lineage=portions[1:])
                said = together(
                    tuple(unbarred(index, one, united(portions, ""), request) for one in portions)
                )
                open_now = barrier.clear >> place & 1 and not any(
                    at < until and held >> place & 1 for until, held in barrier.later
                )
                assert bool(open_now) is (said.outcome is Outcome.PERMIT), (own, source, recipient, at)


def test_a_kind_forgets_only_what_no_act_names() -> None:
    request = ReleaseRequest("KR", "US", ("JP",), "極秘", PERIOD.start, object_id="one")
    other = ReleaseRequest("KR", "US", ("JP",), "極秘", PERIOD.start, object_id="two")
    assert kind_of(request, frozenset()) == kind_of(other, frozenset())
    assert kind_of(request, frozenset({"one"})) != kind_of(other, frozenset({"one"}))


SUPPOSED = (
    ("jp-kr-2016", "kr-suspension-2019"),
    ("jp-kr-2016", "c2"),
    ("jp-kr-2016", "w2"),
    ("jp-kr-2016", "r1"),
    ("jp-kr-2016", "kr-notice-2019"),
)


@pytest.mark.parametrize(("name", "left_out"), SUPPOSED)
def test_working_out_only_what_is_touched_is_working_out_everything(name: str, left_out: str) -> None:
    registry = world()
    before, after = Index(registry), Index(suppose(registry, (Omit(left_out, name),)))
    held = Kinds(kinds(registry), PARTIES)
    almanac = Almanac(held.history(before, PERIOD))
    supposed = held.supposing(almanac, before, after, PERIOD)
    whole = Almanac(Kinds(kinds(registry), PARTIES).history(after, PERIOD))
    assert set(supposed.pairs) == set(whole.pairs)
    for key, pair in whole.pairs.items():
        assert (supposed.pairs[key].starts == pair.starts).all()
        assert (supposed.pairs[key].permits == pair.permits).all()
