"""Every way to begin, to run and to end, on texts of two companies."""

from __future__ import annotations

import msgspec
import pytest

from asking import EVER, ON_SIGNATURE, ROLLING, SIGNED, YEARLY, act, answer, catalogue, instant, made, one
from servanda.errors import QuestionError, UnknownNameError
from servanda.formats.acts import read_act
from servanda.model.clauses import Survival
from servanda.model.instrument import Instrument
from servanda.model.status import Phase, Settled, Standpoint, Terminability
from servanda.model.when import FOREVER, zone
from servanda.status import acts_explained, ask, deadlines, explain


def entry(rule: str) -> str:
    return f'[clause."1"]\nkind = "entry-into-force"\nrule = {rule}\n' + EVER


NOTES = act("x", "notify-completion", "X", "2020-02-03T12:00:00Z", "dated = 2020-02-01")
NOTES += act("y", "notify-completion", "Y", "2020-03-10T12:00:00Z", "dated = 2020-02-20")


@pytest.mark.parametrize(
    ("rule", "acts", "starts"),
    [
        ('{ by = "signature" }', SIGNED, "2020-01-10"),
        ('{ by = "later-notification", counts = "receipt" }', NOTES, "2020-03-10"),
        ('{ by = "last-note-received" }', NOTES, "2020-03-10"),
        ('{ by = "last-note-received", after = "P30D" }', NOTES, "2020-04-09"),
        ('{ by = "fixed-date", on = 2020-07-01 }', "", "2020-07-01"),
        ('{ by = "first-of-month", nth = 2, after = "signature" }', SIGNED, "2020-03-01"),
        ('{ by = "first-of-month", nth = 2, after = "last-note" }', NOTES, "2020-04-01"),
        ('{ by = "first-of-month", nth = 2, after = "last-receipt" }', NOTES, "2020-05-01"),
        ('{ by = "stated", on = 2020-07-01 }', "", "2020-07-01"),
    ],
)
def test_it_enters_into_force_at_0_00_of_the_day_its_rule_gives(rule: str, acts: str, starts: str) -> None:
    world = made(entry(rule), acts)
    first = instant(f"{starts}T00:00:00Z")
    known = one(world, "x-y", f"{starts}T12:00:00Z", reader="X")
    assert known.phase is Phase.IN_FORCE
    day_before = first.day(zone("UTC")).plus(-1)
    assert one(world, "x-y", f"{day_before}T23:59:59Z").phase is Phase.NOT_IN_FORCE


def test_the_date_of_a_note_counts_from_the_day_it_bears_once_it_has_arrived() -> None:
    clauses = entry('{ by = "later-notification" }').replace('kind = "term"', 'kind = "term"\nfirst = "P1Y"')
    world = made(clauses, NOTES)
    assert one(world, "x-y", "2020-02-25T00:00:00Z").phase is Phase.NOT_IN_FORCE
    assert one(world, "x-y", "2020-03-11T00:00:00Z").ends == instant("2021-02-20T00:00:00Z")


def test_it_waits_for_every_partys_part() -> None:
    world = made(entry('{ by = "signature" }'), act("s", "sign", "X", "2020-01-10"))
    assert one(world, "x-y", "2021-01-01T00:00:00Z").phase is Phase.NOT_IN_FORCE


def test_a_month_of_entry_is_open_while_it_lasts() -> None:
    world = made(entry('{ by = "stated", on = "2020-07" }'))
    before = answer(world, "x-y", "2020-06-30T23:00:00Z").values
    assert {status.phase for status in before} == {Phase.NOT_IN_FORCE}
    assert answer(world, "x-y", "2020-07-15T00:00:00Z").sure is Settled.OPEN
    assert one(world, "x-y", "2020-08-01T00:00:00Z").phase is Phase.IN_FORCE


def test_deposits_bind_each_state_in_its_turn_and_denunciation_frees_one_alone() -> None:
    clauses = entry('{ by = "kth-deposit", deposits = 2, after = "P30D", own = "P30D" }')
    clauses += '[clause."9"]\nkind = "termination"\nway = { by = "denunciation", after = "P1Y" }\n'
    acts = act("dx", "deposit", "X", "2020-01-01") + act("dy", "deposit", "Y", "2020-02-01")
    acts += act("dw", "deposit", "W", "2021-01-01") + act("n", "give-notice", "X", "2022-05-05T10:00:00Z")
    world = made(clauses, acts, parties='["X", "Y", "W"]')
    assert one(world, "x-y", "2020-03-01T00:00:00Z").phase is Phase.NOT_IN_FORCE
    assert one(world, "x-y", "2020-03-02T00:00:00Z").bound == ("X", "Y")
    assert one(world, "x-y", "2021-01-31T00:00:00Z").bound == ("X", "Y", "W")
    assert one(world, "x-y", "2023-05-05T23:00:00Z").bound == ("X", "Y", "W")
    after = one(world, "x-y", "2023-05-06T00:00:00Z")
    assert (after.phase, after.bound) == (Phase.IN_FORCE, ("Y", "W"))


def test_each_state_is_bound_by_its_own_deposit() -> None:
    acts = act("dx", "deposit", "X", "2020-01-01") + act("dy", "deposit", "Y", "2020-02-01")
    world = made(entry('{ by = "own-deposit" }'), acts)
    assert one(world, "x-y", "2020-01-15T00:00:00Z").phase is Phase.NOT_IN_FORCE
    assert one(world, "x-y", "2020-02-01T00:00:00Z").bound == ("X", "Y")


def test_provisional_application_comes_before_and_ends_with_entry_into_force() -> None:
    def phase(at: str) -> Phase:
        return one(catalogue(), "eu-gb-2020", at, reader="EU").phase

    assert phase("2020-12-31T22:59:59Z") is Phase.NOT_IN_FORCE
    assert phase("2020-12-31T23:00:00Z") is Phase.PROVISIONAL
    assert phase("2021-04-30T21:59:59Z") is Phase.PROVISIONAL


def test_the_first_period_may_be_unlike_the_later_ones() -> None:
    status = one(catalogue(), "kr-ch-2022", "2026-01-01T00:00:00Z")
    assert status.renews == instant("2028-02-02T00:00:00+01:00")
    assert status.notice_by == instant("2027-08-02T00:00:00+02:00")
    later = one(catalogue(), "kr-ch-2022", "2028-06-01T00:00:00Z")
    assert later.renews == instant("2029-02-02T00:00:00+01:00")


def test_supersession_leaves_no_gap() -> None:
    assert one(catalogue(), "de-lv-1998", "2018-02-16T00:00:00+01:00").phase is Phase.SUPERSEDED
    new = answer(catalogue(), "de-lv-2018", "2018-02-16T00:00:00+01:00")
    assert Phase.IN_FORCE in {status.phase for status in new.values}


def test_renewal_by_consent_ends_unless_extended_in_time() -> None:
    clauses = ON_SIGNATURE + '[clause."2"]\nkind = "term"\nfirst = "P1Y"\n'
    clauses += 'renewal = { mode = "consent", each = "P1Y" }\n'
    assert one(made(clauses, SIGNED), "x-y", "2021-01-10T00:00:00Z").phase is Phase.EXPIRED
    extended = act("e", "extend", "X Y", "2020-12-01T00:00:00Z", "until = 2022-01-10")
    world = made(clauses, SIGNED + extended)
    assert one(world, "x-y", "2021-06-10T00:00:00Z").ends == instant("2022-01-10T00:00:00Z")
    late = act("e", "extend", "X Y", "2021-02-01T00:00:00Z", "until = 2022-01-10")
    assert one(made(clauses, SIGNED + late), "x-y", "2021-06-10T00:00:00Z").phase is Phase.EXPIRED


def test_a_text_that_gives_no_way_out_has_the_twelve_months_of_the_convention() -> None:
    world = made(ON_SIGNATURE + EVER, SIGNED + act("n", "give-notice", "Y", "2021-03-01T10:00:00Z"))
    status = one(world, "x-y", "2021-03-02T00:00:00Z")
    assert status.ends == instant("2022-03-02T00:00:00Z")
    assert any(reason.rule == "vclt:56" for reason in status.because)


def test_a_way_out_that_was_not_read_is_unknown_and_named() -> None:
    world = made(ON_SIGNATURE + EVER, SIGNED, head='unread = ["termination"]\n')
    status = one(world, "x-y", "2021-03-02T00:00:00Z")
    assert dict(status.earliest_end)["X"] is Terminability.UNKNOWN
    assert status.missing == ("termination",)


def test_ending_by_consent_needs_all_parties() -> None:
    by_consent = '[clause."3"]\nkind = "termination"\nway = { by = "consent" }\n'
    alone = act("t", "terminate", "X", "2021-03-01T10:00:00Z")
    world = made(ON_SIGNATURE + EVER + by_consent, SIGNED + alone)
    status = one(world, "x-y", "2021-03-02T00:00:00Z")
    assert status.phase is Phase.IN_FORCE
    assert dict(status.earliest_end)["X"] is Terminability.BY_CONSENT
    both = act("t", "terminate", "X Y", "2021-03-01T10:00:00Z", "effect = 2021-04-01")
    ended = made(ON_SIGNATURE + EVER + by_consent, SIGNED + both)
    assert one(ended, "x-y", "2021-03-31T23:59:59Z").phase is Phase.IN_FORCE
    assert one(ended, "x-y", "2021-04-01T00:00:00Z").phase is Phase.TERMINATED


def test_an_amendment_is_a_whole_new_text_from_its_own_day_and_items_keep_the_old_one() -> None:
    registry = made(ON_SIGNATURE + EVER + ROLLING, SIGNED)
    instrument = registry.instrument("x-y")
    second = msgspec.structs.replace(
        instrument.texts[0], version=2, clause={**instrument.texts[0].clause, "9": Survival()}
    )
    amended = read_act(
        '{ id = "amend", kind = "amend", by = ["X", "Y"], done = 2021-05-01T00:00:00Z, '
        "seen = 2021-05-01T00:00:00Z, version = 2, effect = 2021-07-01 }",
        "an act",
    )
    both = Instrument((*instrument.texts, second), (*instrument.acts, amended), instrument.conventions)
    world = registry.with_instrument(both)
    assert one(world, "x-y", "2021-06-30T23:59:59Z").version == 1
    after = one(world, "x-y", "2021-07-01T00:00:00Z")
    assert (after.version, after.phase) == (2, Phase.IN_FORCE)
    pinned = ask(world, "x-y", Standpoint(instant("2021-07-02T00:00:00Z"), text=1)).values
    assert [value.version for value in pinned] == [1]


def test_operation_is_suspended_and_resumed_whole_or_by_clause() -> None:
    acts = SIGNED + act("s", "suspend-operation", "X", "2021-01-01T00:00:00Z")
    acts += act("r", "resume-operation", "X", "2021-02-01T00:00:00Z", 'of = "s"')
    acts += act("c", "suspend-operation", "Y", "2021-03-01T00:00:00Z", 'clauses = ["2"]')
    world = made(ON_SIGNATURE + EVER + ROLLING, acts)
    assert one(world, "x-y", "2021-01-15T00:00:00Z").phase is Phase.SUSPENDED
    assert one(world, "x-y", "2021-02-15T00:00:00Z").phase is Phase.IN_FORCE
    part = one(world, "x-y", "2021-03-15T00:00:00Z")
    assert (part.phase, part.suspended_clauses) == (Phase.IN_FORCE, ("2",))


def test_a_notice_too_late_works_for_the_next_period_and_says_so() -> None:
    acts = act("sign", "sign", "X Y", "2016-11-23") + act("n", "give-notice", "X", "2019-08-25T00:00:00Z")
    world = made(ON_SIGNATURE + YEARLY, acts)
    assert one(world, "x-y", "2019-09-01T00:00:00Z").ends == instant("2020-11-23T00:00:00Z")
    told = acts_explained(world.instrument("x-y"), Standpoint(instant("2019-09-01T00:00:00Z")))
    assert "too late" in next(one.says for one in told if one.act.id == "n")


def test_a_notice_by_somebody_who_is_no_party_is_kept_and_does_nothing() -> None:
    world = made(ON_SIGNATURE + YEARLY, SIGNED + act("n", "give-notice", "Z", "2020-02-01T00:00:00Z"))
    assert one(world, "x-y", "2020-03-01T00:00:00Z").notice is None
    told = acts_explained(world.instrument("x-y"), Standpoint(instant("2020-03-01T00:00:00Z")))
    assert [(one.effective, "not a party" in one.says) for one in told if one.act.id == "n"] == [
        (False, True)
    ]


def test_an_objection_reads_the_act_as_one_without_effect_for_the_objector_alone() -> None:
    acts = SIGNED + act("n", "give-notice", "X", "2020-02-01T00:00:00Z")
    acts += act("o", "object", "Y", "2020-02-02T00:00:00Z", 'of = "n"')
    readings = dict(answer(made(ON_SIGNATURE + YEARLY, acts), "x-y", "2021-02-01T00:00:00Z").readings)
    assert readings["X"][0].phase is Phase.EXPIRED
    assert readings["Y"][0].phase is Phase.IN_FORCE


def test_a_position_of_all_parties_closes_a_dispute() -> None:
    acts = SIGNED + act("n", "give-notice", "X", "2020-02-01T00:00:00Z")
    acts += act("o", "object", "Y", "2020-02-02T00:00:00Z", 'of = "n"')
    acts += act("p", "take-position", "X Y", "2020-03-02T00:00:00Z", 'of = "n", reads = "announce"')
    assert answer(made(ON_SIGNATURE + YEARLY, acts), "x-y", "2021-02-01T00:00:00Z").sure is Settled.SETTLED


def test_a_frozen_notice_resumed_before_its_effect_revives_it_and_after_it_ends_at_once() -> None:
    acts = SIGNED + act("n", "give-notice", "X", "2020-02-01T00:00:00Z")
    acts += act("s", "suspend-notice", "X", "2020-03-01T00:00:00Z", 'of = "n", mode = "frozen"')
    before = acts + act("r", "resume-notice", "X", "2020-06-01T00:00:00Z", 'of = "s"')
    world = made(ON_SIGNATURE + YEARLY, before)
    assert one(world, "x-y", "2020-06-02T00:00:00Z").ends == instant("2021-01-10T00:00:00Z")
    later = acts + act("r", "resume-notice", "X", "2021-06-01T10:00:00Z", 'of = "s"')
    other = made(ON_SIGNATURE + YEARLY, later)
    assert one(other, "x-y", "2021-06-01T09:59:59Z").phase is Phase.IN_FORCE
    assert one(other, "x-y", "2021-06-01T10:00:00Z").phase is Phase.EXPIRED


def test_only_the_party_whose_notice_it_is_can_withdraw_it() -> None:
    acts = SIGNED + act("n", "give-notice", "X", "2020-02-01T00:00:00Z")
    acts += act("w", "withdraw-notice", "Y", "2020-03-01T00:00:00Z", 'of = "n"')
    assert one(made(ON_SIGNATURE + YEARLY, acts), "x-y", "2020-04-01T00:00:00Z").notice is not None


def test_an_arrangement_works_only_while_all_that_it_rests_on_does() -> None:
    ended = read_act(
        '{ id = "end", kind = "terminate", by = ["JP", "US"], done = 2020-01-01T00:00:00Z, '
        "seen = 2020-01-01T00:00:00Z }",
        "an act",
    )
    instrument = catalogue().instrument("jp-us-2007")
    world = catalogue().with_instrument(instrument.with_acts((*instrument.acts, ended)))
    assert one(world, "tisa-2014", "2019-12-31T23:59:59Z", reader="JP-MOD").phase is Phase.IN_FORCE
    status = one(world, "tisa-2014", "2020-01-01T00:00:00Z", reader="JP-MOD")
    assert status.phase is Phase.SUSPENDED
    assert any("jp-us-2007" in reason.says for reason in status.because)


def test_deadlines_name_the_article_and_the_reading() -> None:
    found = deadlines(catalogue(), "jp-kr-2016", Standpoint(instant("2019-08-01 00:00")))
    assert [(one.at, one.kind.value) for one in found] == [
        (instant("2019-08-25 00:00"), "notice-by"),
        (instant("2019-11-23 00:00"), "extension"),
    ]
    assert {reason.article for one in found for reason in one.because} == {"21(3)"}


def test_an_explanation_is_in_sentences_and_cites() -> None:
    lines = explain(catalogue(), "jp-kr-2016", Standpoint(instant("2019-11-22 12:00")))
    assert "It ends 2019-11-23T00:00:00+09:00 if nothing is done before." in lines
    assert any("[jp-kr-2016 v1 art. 21(3)]" in line for line in lines)


def test_a_question_about_nothing_is_an_error_that_says_what_is_there() -> None:
    with pytest.raises(UnknownNameError, match="jp-kr-2016"):
        answer(catalogue(), "jp-kr-2017", "2019-11-22 12:00")
    with pytest.raises(QuestionError, match="readers are JP, KR"):
        answer(catalogue(), "jp-kr-2016", "2019-11-22 12:00", reader="US")


def test_too_many_possible_worlds_are_refused_and_not_guessed() -> None:
    acts = SIGNED + "".join(act(f"s{n}", "suspend-operation", "X", "2021-05") for n in range(11))
    acts = acts.replace("2021-05T23:59:59Z", "2021-06-30T23:59:59Z")
    with pytest.raises(QuestionError, match="possible worlds"):
        answer(made(ON_SIGNATURE + EVER, acts), "x-y", "2021-05-15T00:00:00Z")


def test_an_end_at_a_time_that_is_not_known_is_open_until_it_was_seen_and_sure_from_then_on() -> None:
    ended = act("t", "terminate", "X Y", "unknown", seen="2024-05-01T00:00:00Z")
    world = made(ON_SIGNATURE + EVER, SIGNED + ended)
    assert answer(world, "x-y", "2022-01-01T00:00:00Z").sure is Settled.OPEN
    status = one(world, "x-y", "2024-05-01T00:00:00Z")
    assert status.phase is Phase.TERMINATED
    assert any(reason.says == "ended at a time that is not known" for reason in status.because)


def test_a_question_beyond_the_years_that_are_counted_is_refused_in_words() -> None:
    with pytest.raises(QuestionError, match="beyond what periods are counted to"):
        ask(catalogue(), "jp-kr-2016", Standpoint(FOREVER))
