"""The traps of the data model that concern legal time, one test each, by their number."""

from __future__ import annotations

import pytest

from asking import EVER, ON_SIGNATURE, ROLLING, SIGNED, YEARLY, act, answer, catalogue, instant, made, one
from servanda.formats.when import parse_duration
from servanda.model.act import Sign
from servanda.model.instrument import Registry
from servanda.model.status import NoticeState, Phase, Settled, Standpoint
from servanda.model.when import Day, zone
from servanda.status import acts_explained, ask
from servanda.status.count import after, months_after

SIX_MONTHS = ON_SIGNATURE + EVER + ROLLING


def test_01_a_day_is_never_midnight_of_another_zone() -> None:
    day = Day(instant("2019-11-23 12:00").utc.date())
    assert day.start(zone("Asia/Seoul")) == instant("2019-11-23 00:00")
    assert day.start(zone("UTC")) != day.start(zone("Asia/Seoul"))


def test_01_an_act_of_a_day_is_open_for_the_hours_of_that_day() -> None:
    world = made(SIX_MONTHS, SIGNED + act("t", "terminate", "X Y", "2021-05-05"))
    assert one(world, "x-y", "2021-05-04T23:59:59Z").phase is Phase.IN_FORCE
    assert answer(world, "x-y", "2021-05-05T12:00:00Z").sure is Settled.OPEN
    assert one(world, "x-y", "2021-05-06T00:00:00Z").phase is Phase.TERMINATED


def test_02_the_servers_zone_plays_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    before = answer(catalogue(), "jp-kr-2016", "2019-11-22 23:59:59")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert answer(catalogue(), "jp-kr-2016", "2019-11-22 23:59:59") == before


def test_03_ninety_days_are_not_three_months() -> None:
    in_months = YEARLY.replace("P90D", "P3M")
    world = made(ON_SIGNATURE + YEARLY, act("sign", "sign", "X Y", "2016-11-23"))
    other = made(ON_SIGNATURE + in_months, act("sign", "sign", "X Y", "2016-11-23"))
    assert one(world, "x-y", "2019-08-24T12:00:00Z").notice_by == instant("2019-08-25T00:00:00Z")
    assert one(other, "x-y", "2019-08-20T12:00:00Z").notice_by == instant("2019-08-23T00:00:00Z")


def test_04_ends_are_half_open() -> None:
    world = made(ON_SIGNATURE + '[clause."2"]\nkind = "term"\nfirst = "P1Y"\n', SIGNED)
    assert one(world, "x-y", "2021-01-09T23:59:59.999999Z").phase is Phase.IN_FORCE
    assert one(world, "x-y", "2021-01-10T00:00:00Z").phase is Phase.EXPIRED


def test_05_month_steps_are_counted_from_the_anchor_and_never_chained() -> None:
    anchor = Day(instant("2021-01-31T00:00:00Z").utc.date())
    assert str(months_after(anchor, 1)) == "2021-02-28"
    assert str(months_after(anchor, 2)) == "2021-03-31"


def test_06_an_anniversary_of_29_february_is_28_february_and_29_again() -> None:
    leap = Day(instant("2020-02-29T00:00:00Z").utc.date())
    assert [str(months_after(leap, 12 * years)) for years in (1, 4)] == ["2021-02-28", "2024-02-29"]


def test_07_an_announcement_is_not_a_notice_and_is_explained_as_such() -> None:
    standpoint = Standpoint(instant("2019-08-22 19:00"), instant("2019-08-22 19:00"))
    told = {one.act.id: one for one in acts_explained(catalogue().instrument("jp-kr-2016"), standpoint)}
    assert not told["kr-announcement-2019"].effective
    assert "not notice" in told["kr-announcement-2019"].says


def test_08_receipt_counts_and_not_dispatch_unless_the_text_says_so() -> None:
    notice = act("n", "give-notice", "X", "2021-03-20T12:00:00Z", "dated = 2021-03-01")
    world = made(SIX_MONTHS, SIGNED + notice)
    assert one(world, "x-y", "2021-03-21T00:00:00Z").ends == instant("2021-09-21T00:00:00Z")
    by_dispatch = SIX_MONTHS.replace('after = "P6M"', 'after = "P6M", counts = "dispatch"')
    other = made(by_dispatch, SIGNED + notice)
    assert one(other, "x-y", "2021-03-21T00:00:00Z").ends == instant("2021-09-02T00:00:00Z")


def test_09_a_notice_of_non_renewal_does_not_roll() -> None:
    status = one(catalogue(), "jp-kr-2016", "2019-11-21 12:00")
    assert status.phase is Phase.IN_FORCE
    assert status.ends == instant("2019-11-23 00:00")


def test_10_and_11_extension_and_lapse_happen_at_the_instant_without_anybody_acting() -> None:
    before = one(catalogue(), "jp-kr-2016", "2018-11-22 23:59:59.999999")
    later = one(catalogue(), "jp-kr-2016", "2018-11-23 00:00")
    assert before.period is not None
    assert later.period is not None
    assert before.period.end == later.period.start == before.changes


def test_12_a_withdrawal_after_the_lapse_revives_nothing() -> None:
    acts = SIGNED + act("n", "give-notice", "X", "2020-03-01T12:00:00Z")
    acts += act("w", "withdraw-notice", "X", "2021-02-01T00:00:00Z", 'of = "n"')
    world = made(ON_SIGNATURE + YEARLY, acts)
    assert one(world, "x-y", "2021-03-01T00:00:00Z").phase is Phase.EXPIRED
    told = acts_explained(world.instrument("x-y"), Standpoint(instant("2021-03-01T00:00:00Z")))
    assert not next(one for one in told if one.act.id == "w" and not one.effective).effective


def test_15_a_correction_changes_what_is_known_and_never_what_was_known() -> None:
    notice = act("n", "give-notice", "X", "2020-03-01T12:00:00Z")
    mended = act("c", "correct", "X", "2020-12-01", 'of = "n", set_done = 2020-12-01T12:00:00Z')
    world = made(ON_SIGNATURE + YEARLY, SIGNED + notice + mended)
    assert one(world, "x-y", "2020-11-30T00:00:00Z").notice is None
    then = one(world, "x-y", "2020-11-30T00:00:00Z", known="2020-11-30T00:00:00Z")
    assert then.notice is not None
    assert one(world, "x-y", "2021-01-10T00:00:00Z").phase is Phase.IN_FORCE


def test_17_the_order_of_recording_plays_no_part() -> None:
    instrument = catalogue().instrument("jp-kr-2016")
    world = catalogue().with_instrument(instrument.with_acts(instrument.acts[::-1]))
    for at in ("2019-11-22 18:00", "2019-11-23 00:00", "2023-03-21 10:00"):
        assert set(answer(world, "jp-kr-2016", at).values) == set(
            answer(catalogue(), "jp-kr-2016", at).values
        )


def test_18_two_acts_of_one_instant_are_ordered_by_their_ids() -> None:
    same = "2020-06-01T00:00:00Z"
    acts = SIGNED + act("a", "give-notice", "X", same) + act("b", "withdraw-notice", "X", same, 'of = "a"')
    assert one(made(ON_SIGNATURE + YEARLY, acts), "x-y", same).notice is None


def test_19_a_midnight_that_daylight_saving_skips_is_the_first_instant_of_its_day() -> None:
    # Beirut went from 23:59:59 to 1:00 on 27 March 2022.
    day = Day(instant("2022-03-27T00:00:00Z").utc.date())
    assert str(day.start(zone("Asia/Beirut"))) == "2022-03-26T22:00:00Z"


def test_20_never_in_force_is_not_lapsed() -> None:
    assert one(made(ON_SIGNATURE + EVER), "x-y", "2030-01-01T00:00:00Z").phase is Phase.NOT_IN_FORCE
    unread = made(EVER, head='unread = ["entry-into-force"]\n')
    assert one(unread, "x-y", "2030-01-01T00:00:00Z").phase is Phase.UNKNOWN


def test_22_what_was_known_earlier_is_asked_anew_and_never_cached() -> None:
    def state(known: str) -> Phase:
        return one(catalogue(), "jp-kr-2016", "2019-11-23 00:00", known=known).phase

    assert [state(k) for k in ("2019-09-01 00:00", "2019-12-01 00:00", "2019-09-01 00:00")] == [
        Phase.EXPIRED,
        Phase.IN_FORCE,
        Phase.EXPIRED,
    ]


def test_25_there_is_no_current_status_only_answers_to_questions() -> None:
    fields = set(Sign.__struct_fields__) | set(Registry.__slots__)
    assert not {"status", "phase", "current"} & fields


def test_tolled_notice_of_the_philippines_keeps_the_69_days_that_were_left() -> None:
    clauses = ON_SIGNATURE + EVER + ROLLING.replace("P6M", "P180D")
    acts = act("sign", "sign", "X Y", "1998-02-10")
    acts += act("n", "give-notice", "X", "2020-02-11T08:00:00Z")
    acts += act("s", "suspend-notice", "X", "2020-06-01T08:00:00Z", 'of = "n", mode = "tolled"')
    world = made(clauses, acts, rolling_from="receipt-counts")
    assert one(world, "x-y", "2020-05-31T00:00:00Z").ends == instant("2020-08-09T00:00:00Z")
    paused = one(world, "x-y", "2020-12-01T00:00:00Z")
    assert paused.notice is not None
    assert (paused.notice.state, paused.ends) == (NoticeState.TOLLED, None)
    acts += act("r", "resume-notice", "X", "2021-01-01T08:00:00Z", 'of = "s"')
    resumed = made(clauses, acts, rolling_from="receipt-counts")
    assert one(resumed, "x-y", "2021-01-02T00:00:00Z").ends == instant("2021-03-11T00:00:00Z")


def test_a_pause_that_starts_after_the_effect_changes_nothing() -> None:
    acts = SIGNED + act("n", "give-notice", "X", "2020-02-11T08:00:00Z")
    acts += act("s", "suspend-notice", "X", "2020-12-01T00:00:00Z", 'of = "n", mode = "tolled"')
    assert one(made(SIX_MONTHS, acts), "x-y", "2020-12-02T00:00:00Z").phase is Phase.TERMINATED


def test_after_takes_months_before_days() -> None:
    anchor = Day(instant("2021-01-31T00:00:00Z").utc.date())
    assert str(after(anchor, parse_duration("P1M1D"))) == "2021-03-01"


def test_asking_needs_no_registry_of_states() -> None:
    assert ask(made(ON_SIGNATURE + EVER, SIGNED), "x-y", Standpoint(instant("2020-01-11T00:00:00Z")))


def test_six_months_from_the_end_of_august_end_with_the_last_day_of_february() -> None:
    world = made(SIX_MONTHS, SIGNED + act("n", "give-notice", "X", "2021-08-30T12:00:00Z"))
    assert one(world, "x-y", "2021-09-01T00:00:00Z").ends == instant("2022-03-01T00:00:00Z")
