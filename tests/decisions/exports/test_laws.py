"""Laws of regimes: half-open memberships, order of recording, what is unknown never turns into a permit."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import CANNOT, HF, NOT, OTHER, REQUIRED, asked, regime
from servanda.decisions.exports import Member, decide_export, memberships
from servanda.model.act import Announce, ChangeGroups, GroupChange, Object
from servanda.model.clauses.exports import Concern
from servanda.model.destination import destinations
from servanda.model.export import ExportRequest, Openness
from servanda.model.when import BEGINNING, FOREVER, Day, Instant, Unknown, zone

TOKYO = zone("Asia/Tokyo")
moments = st.integers(0, 24 * 366 * 24 * 60).map(
    lambda minutes: Instant(datetime(2003, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
)
days = st.dates(date(2019, 7, 2), date(2026, 1, 1)).map(Day)
items = st.sampled_from([HF, OTHER, "1-(7)(19)", "1-(3)", "unlisted", "resist", "9-(9)", "food"])
codes = st.sampled_from(["KR", "DE", "CN", "IR", "IQ", "KP", "ZZ"])
SEEN = Instant(datetime(2019, 7, 2, tzinfo=UTC))
moves = st.lists(st.tuples(days, st.booleans()), max_size=6, unique_by=lambda one: one[0])


def moved(rows: list[tuple[Day, bool]]) -> tuple[ChangeGroups, ...]:
    """Acts that put Brazil into Appended Table 3 and take it out again."""
    return tuple(
        ChangeGroups(
            id=f"move-{number}",
            by=("JP",),
            done=Day(SEEN.utc.date()),
            seen=Instant(SEEN.utc + timedelta(days=2)),
            effect=day,
            groups=(
                GroupChange("Appended Table 3", adds=("BR",))
                if inside
                else GroupChange("Appended Table 3", removes=("BR",)),
            ),
        )
        for number, (day, inside) in enumerate(rows)
    )


@given(moves)
def test_membership_is_half_open_and_has_no_hole(rows: list[tuple[Day, bool]]) -> None:
    made = regime().with_acts(moved(rows))
    found = memberships(made, "Appended Table 3", "BR")
    assert found[0].period.start == BEGINNING
    assert found[-1].period.end == FOREVER
    for one, following in pairwise(found):
        assert one.period.end == following.period.start
        assert one.member is not following.member
    for day, inside in rows:
        start = day.start(TOKYO)
        (there,) = (one for one in found if start in one.period)
        assert there.member is (Member.YES if inside else Member.NO)
        before = [one for one in found if Instant(start.utc - timedelta(microseconds=1)) in one.period]
        assert len(before) == 1


@given(moves, st.randoms(use_true_random=False), moments)
def test_the_order_in_which_acts_were_recorded_has_no_influence(
    rows: list[tuple[Day, bool]], order: random.Random, at: Instant
) -> None:
    acts = [*regime().acts, *moved(rows)]
    shuffled = list(acts)
    order.shuffle(shuffled)
    request = ExportRequest("jp-export-control", HF, "BR", at)
    one = decide_export(regime().with_acts(tuple(acts)), request)
    assert one == decide_export(regime().with_acts(tuple(shuffled)), request)


@settings(max_examples=200)
@given(items, codes, moments)
def test_what_is_not_said_never_turns_into_no_licence_needed(item: str, code: str, at: Instant) -> None:
    """If leaving out concern and value gives `not required`, no concern and no value turns it round."""
    bare = decide_export(regime(), ExportRequest("jp-export-control", item, code, at))
    if bare.outcome is not NOT:
        return
    for concern in Concern:
        fuller = ExportRequest("jp-export-control", item, code, at, concern=concern)
        assert decide_export(regime(), fuller).outcome is NOT


@given(codes, moments)
def test_a_destination_or_a_time_that_nobody_knows_is_cannot_tell(code: str, at: Instant) -> None:
    answer = decide_export(regime(), ExportRequest("jp-export-control", HF, code, at))
    if code not in destinations() or at < Day(date(2005, 1, 1)).start(TOKYO):
        assert answer.outcome is CANNOT
        assert answer.finding.missing
    else:
        assert answer.outcome is REQUIRED


@given(items, codes, moments)
def test_the_answer_is_the_same_at_both_ends_of_its_stretch_and_names_what_turns_it(
    item: str, code: str, at: Instant
) -> None:
    answer = decide_export(regime(), ExportRequest("jp-export-control", item, code, at))
    assert answer.since <= at < answer.until
    for other in (answer.since, Instant(answer.until.utc - timedelta(microseconds=1))):
        again = decide_export(regime(), replace(answer.request, at=other))
        assert (again.outcome, again.since, again.until) == (answer.outcome, answer.since, answer.until)
    assert bool(answer.turns) is (answer.until != FOREVER)


@given(items, codes, moments, moments)
def test_what_was_known_then_stays_computable(item: str, code: str, at: Instant, known: Instant) -> None:
    request = ExportRequest("jp-export-control", item, code, at, known)
    later = Announce(id="later", by=("JP",), done=Day(date(2030, 1, 1)), seen=FOREVER)
    more = moved([(Day(date(2019, 8, 1)), True)])
    unseen = tuple(replace_seen(act) for act in more)
    one = decide_export(regime(), request)
    assert one == decide_export(regime().with_acts((*regime().acts, later, *unseen)), request)


def replace_seen(act: ChangeGroups) -> ChangeGroups:
    return msgspec.structs.replace(act, seen=Instant(datetime(2035, 1, 1, tzinfo=UTC)))


def test_a_change_whose_hour_is_not_known_leaves_the_day_open() -> None:
    (act,) = moved([(Day(date(2019, 8, 1)), True)])
    hourless = msgspec.structs.replace(act, effect=None, done=Day(date(2019, 8, 1)), seen=FOREVER)
    made = regime().with_acts((hourless,))
    found = [one.member for one in memberships(made, "Appended Table 3", "BR")]
    assert found == [Member.UNKNOWN, Member.NO, Member.UNKNOWN, Member.YES]
    noon = Instant(datetime(2019, 8, 1, 12, tzinfo=TOKYO))
    answer = decide_export(made, ExportRequest("jp-export-control", OTHER, "BR", noon))
    (general,) = (one for one in answer.finding.types if one.name == "general-bulk")
    assert general.standing is Openness.UNKNOWN
    assert any("move-0" in one.says for one in answer.finding.missing)


def test_a_change_of_an_unknown_day_counts_from_when_it_was_seen_and_not_before() -> None:
    (act,) = moved([(Day(date(2019, 8, 1)), True)])
    dayless = msgspec.structs.replace(act, effect=Unknown())
    found = memberships(regime().with_acts((dayless,)), "Appended Table 3", "BR")
    assert [one.member for one in found] == [Member.UNKNOWN, Member.YES]
    assert found[1].period.start == act.seen


def test_a_measure_that_another_party_denies_in_law_is_disputed_and_nobody_can_tell() -> None:
    objection = Object(
        id="kr-objection",
        by=("KR",),
        done=Day(date(2019, 8, 28)),
        seen=Instant(datetime(2019, 8, 28, 12, tzinfo=UTC)),
        of="jp-order-2019",
    )
    made = regime().with_acts((*regime().acts, objection))
    at = Instant(datetime(2020, 1, 1, tzinfo=UTC))
    answer = decide_export(
        made, ExportRequest("jp-export-control", "unlisted", "KR", at, concern=Concern.WMD)
    )
    assert answer.outcome is CANNOT
    assert any("disputed" in one.says for one in answer.finding.missing)


def test_hydrogen_fluoride_by_name_alone_opens_no_licence_that_a_limit_may_close() -> None:
    for item in ("HF", "hydrogen fluoride", "1-(3)", "1C350"):
        (general,) = (
            one for one in asked(item, "2019-07-10 00:00").finding.types if one.name == "general-bulk"
        )
        assert general.standing is Openness.UNKNOWN, item
