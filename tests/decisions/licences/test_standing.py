"""Where a licence stands: at any instant, as known at any other; what follows is never stored."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from licences import LICENCE, issued, line, made, shipped
from servanda.decisions.licences.life import LicenceState
from servanda.decisions.licences.standing import Standing, standing
from servanda.formats.licences import event_bytes, event_from_bytes
from servanda.formats.when import parse_duration, parse_instant, parse_when
from servanda.model.licence import LicenceType
from servanda.model.licence_event import (
    Corrected,
    Drafted,
    Issued,
    LicenceEvent,
    Reinstated,
    Revoked,
    Shipped,
    Struck,
    Surrendered,
    Suspended,
)
from servanda.model.when import FOREVER

S = LicenceState
NOON = "2019-08-01T12:00:00+09:00"


def at(events: tuple[LicenceEvent, ...], instant: str, known: str = "") -> Standing:
    return standing(events, parse_instant(instant), parse_instant(known) if known else FOREVER)


def says(found: Standing, record: str) -> str:
    (one,) = [each for each in found.outcomes if each.event.id == record]
    return "; ".join(each.says for each in one.because)


def suspended(done: str = "2019-08-10T09:00:00+09:00", **more: str) -> LicenceEvent:
    return made(Suspended, "suspended-1", done, reason="doubt", **more)


def test_the_life_of_a_licence_is_followed_from_draft_to_expiry() -> None:
    events = (
        *issued(),
        suspended(),
        made(Reinstated, "reinstated-1", "2019-08-12T09:00:00+09:00"),
    )
    for instant, state in (
        ("2019-07-05T08:59:59+09:00", S.NOT_DRAFTED),
        ("2019-07-05T09:00:00+09:00", S.DRAFT),
        ("2019-07-10T09:59:59+09:00", S.DRAFT),
        ("2019-07-10T10:00:00+09:00", S.ISSUED),
        ("2019-08-10T09:00:00+09:00", S.SUSPENDED),
        ("2019-08-12T09:00:00+09:00", S.ISSUED),
        ("2020-01-09T23:59:59.999999+09:00", S.ISSUED),
        ("2020-01-10T00:00:00+09:00", S.EXPIRED),
    ):
        assert at(events, instant).state is state, instant


def test_an_individual_licence_of_japan_is_valid_for_six_months_and_the_article_is_cited() -> None:
    found = at(issued(), NOON)
    assert found.until == parse_instant("2020-01-10T00:00:00+09:00")
    assert "Export Trade Control Order art. 8" in [one.cite() for one in found.because]
    assert [one.confirmed for one in found.because if one.rule.startswith("convention")] == [False]


def test_without_a_rule_or_a_term_the_end_is_not_known_and_never_made_up() -> None:
    bulk = msgspec.structs.replace(LICENCE, type=LicenceType.GENERAL_BULK)
    found = at(issued(bulk), "2030-01-01T00:00:00Z")
    assert (found.state, found.until) == (S.ISSUED, None)
    assert "licence.end-unknown" in [one.code for one in found.because]


def test_what_the_licence_says_goes_before_the_rule() -> None:
    for field, value in (
        ("valid_until", parse_when("2019-09-01")),
        ("valid_until", parse_when("2019-09-01T00:00:00+09:00")),
        ("validity", parse_duration("P53D")),
    ):
        own = msgspec.structs.replace(LICENCE, **{field: value})
        assert at(issued(own), "2019-08-31T23:59:59+09:00").state is S.ISSUED
        assert at(issued(own), "2019-09-01T00:00:00+09:00").state is S.EXPIRED


def test_before_its_validity_begins_it_is_issued_and_nothing_can_be_drawn() -> None:
    later = msgspec.structs.replace(LICENCE, valid_from=parse_when("2019-09-01"))
    events = (*issued(later), shipped("S-1", NOON, "1"))
    found = at(events, NOON)
    assert (found.state, found.draws) == (S.ISSUED, False)
    assert found.until == parse_instant("2019-09-01T00:00:00+09:00")
    assert "valid only from" in says(found, "S-1")


def test_the_drafter_alone_cannot_issue_however_the_name_is_spelled() -> None:
    draft, _ = issued()
    events = (draft, made(Issued, "issued-1", "2019-07-10", officer="  a "))
    found = at(events, NOON)
    assert found.state is S.DRAFT
    assert "another officer has to issue" in says(found, "issued-1")


def test_who_corrected_the_draft_has_had_a_hand_in_it() -> None:
    draft, _ = issued()
    terms = msgspec.structs.replace(LICENCE, destination="US")
    assert isinstance(draft, Drafted)
    record = msgspec.structs.replace(draft, terms=terms)
    correction = made(
        Corrected,  # type: ignore[arg-type]
        "corrected-1",
        "2019-07-06",
        officer="B",
        of="drafted-1",
        record=record,
        reason="typo",
    )
    by_b = made(Issued, "issued-1", "2019-07-10", officer="B")
    by_c = made(Issued, "issued-2", "2019-07-10", officer="C")
    found = at((draft, correction, by_b, by_c), NOON)
    assert (found.effective("issued-1"), found.effective("issued-2")) == (False, True)
    assert found.licence is not None
    assert (found.licence.destination, found.version) == ("US", 2)


def test_the_terms_of_an_issued_licence_are_not_corrected() -> None:
    draft, issue = issued()
    assert isinstance(draft, Drafted)
    larger = msgspec.structs.replace(
        LICENCE, items=(msgspec.structs.replace(LICENCE.items[0], quantity=Decimal(99)),)
    )
    correction = made(
        Corrected,  # type: ignore[arg-type]
        "corrected-1",
        "2019-07-20",
        of="drafted-1",
        record=msgspec.structs.replace(draft, terms=larger),
    )
    found = at((draft, issue, correction), NOON)
    assert found.licence == LICENCE
    assert "are not corrected" in says(found, "corrected-1")


@pytest.mark.parametrize(("kind", "state"), [(Revoked, S.REVOKED), (Surrendered, S.SURRENDERED)])
def test_what_cannot_happen_in_a_state_is_kept_and_explained(
    kind: type[Revoked | Surrendered], state: LicenceState
) -> None:
    end = made(kind, "end", "2019-07-20T09:00:00+09:00", reason="why")
    events = (
        *issued(),
        end,
        suspended(),
        made(Reinstated, "reinstated-1", "2019-08-11"),
        shipped("S-1", "2019-08-12T09:00:00+09:00", "1"),
    )
    found = at(events, "2021-01-01T00:00:00Z")
    assert found.state is state
    for name in ("suspended-1", "reinstated-1", "S-1"):
        assert not found.effective(name)
        assert says(found, name) == f"its state then was {state.value}"
    assert found.left[0].drawn == 0


def test_exhausted_follows_and_goes_when_the_record_is_corrected() -> None:
    events = (*issued(), shipped("S-1", NOON, "10"))
    found = at(events, "2019-09-01T00:00:00Z")
    assert (found.state, found.since) == (S.EXHAUSTED, parse_instant(NOON))
    assert at(events, "2021-01-01T00:00:00Z").state is S.EXHAUSTED
    right = shipped("S-1", NOON, "4")
    correction = made(
        Corrected,  # type: ignore[arg-type]
        "corrected-1",
        "2019-08-20T00:00:00+09:00",
        of="S-1",
        record=right,
    )
    corrected = (*events, correction)
    known = at(corrected, "2019-09-01T00:00:00Z")
    assert (known.state, known.left[0].quantity) == (S.ISSUED, Decimal(6))
    before = at(corrected, "2019-09-01T00:00:00Z", "2019-08-19T00:00:00+09:00")
    assert (before.state, before.left[0].quantity) == (S.EXHAUSTED, Decimal(0))


def test_used_up_by_value_is_used_up_whatever_quantity_remains() -> None:
    found = at((*issued(), shipped("S-1", NOON, "1", "1000")), "2019-09-01T00:00:00Z")
    assert found.state is S.EXHAUSTED
    assert (found.left[0].quantity, found.left[0].value) == (Decimal(9), Decimal(0))


def test_a_shipment_that_is_struck_counts_no_more_and_a_struck_strike_counts_it_again() -> None:
    events = (*issued(), shipped("S-1", NOON, "4"))
    strike = made(Struck, "struck-1", "2019-08-20", of="S-1")  # type: ignore[arg-type]
    again = made(Struck, "struck-2", "2019-08-21", of="struck-1")  # type: ignore[arg-type]
    late = "2019-09-01T00:00:00Z"
    assert at((*events, strike), late).left[0].drawn == 0
    assert at((*events, strike, again), late).left[0].drawn == 4
    assert at((*events, strike, again), late, "2019-08-20T23:59:59+09:00").left[0].drawn == 0


def test_a_suspension_learnt_later_takes_the_cover_of_what_was_shipped_meanwhile() -> None:
    events = (
        *issued(),
        shipped("S-1", "2019-08-11T09:00:00+09:00", "4"),
        suspended(seen="2019-08-15T09:00:00+09:00"),
    )
    then = at(events, "2019-08-12T00:00:00+09:00", "2019-08-12T00:00:00+09:00")
    now = at(events, "2019-08-12T00:00:00+09:00")
    assert (then.state, then.left[0].drawn) == (S.ISSUED, 4)
    assert (now.state, now.left[0].drawn) == (S.SUSPENDED, 0)
    assert says(now, "S-1") == "its state then was suspended"


@pytest.mark.parametrize(
    ("record", "drawn"),
    [
        (suspended("2019-08-01"), 0),
        (suspended("2019-08-01T15:00:00+09:00"), 0),
        (suspended("2019-08-02"), 1),
        (made(Revoked, "x", "2019-08-01T00:00:00+09:00", reason="r"), 0),
        (made(Revoked, "x", "2019-08-02T00:00:00+09:00", reason="r"), 1),
    ],
)
def test_a_shipment_whose_hour_is_not_known_needs_cover_all_through_its_day(
    record: LicenceEvent, drawn: int
) -> None:
    events = (*issued(), shipped("S-1", "2019-08-01", "1"), record)
    assert at(events, "2019-09-01T00:00:00Z").left[0].drawn == drawn


def test_issue_on_a_day_covers_that_day_and_reinstatement_on_a_day_begins_with_the_next() -> None:
    draft, _ = issued()
    events = (
        draft,
        made(Issued, "issued-1", "2019-07-10", officer="B"),
        shipped("S-1", "2019-07-10", "1"),
        suspended("2019-08-01"),
        made(Reinstated, "reinstated-1", "2019-08-05"),
        shipped("S-2", "2019-08-05", "1"),
        shipped("S-3", "2019-08-06", "1"),
    )
    found = at(events, "2019-09-01T00:00:00Z")
    assert [found.effective(name) for name in ("S-1", "S-2", "S-3")] == [True, False, True]


def test_a_shipment_counts_whole_or_not_at_all() -> None:
    second = msgspec.structs.replace(LICENCE.items[0], id="2", quantity=Decimal(1))
    two = msgspec.structs.replace(LICENCE, items=(*LICENCE.items, second))
    both = made(Shipped, "S-1", NOON, lines=(line("4"), line("2", item="2")))
    found = at((*issued(two), both), "2019-09-01T00:00:00Z")
    assert [one.drawn for one in found.left] == [0, 0]
    assert "2 kg of item 2 are more than the 1 kg that remain" in says(found, "S-1")


amounts = st.decimals("0.000001", "4", places=6).filter(bool)
days = st.integers(1, 28).map(lambda day: f"2019-08-{day:02}T12:00:00+09:00")


@given(st.lists(st.tuples(days, amounts), max_size=8), st.data())
def test_nothing_is_drawn_below_zero_or_twice_and_a_record_that_is_read_back_says_the_same(
    found: list[tuple[str, Decimal]], data: st.DataObject
) -> None:
    events = (
        *issued(),
        *(shipped(f"S-{number}", day, f"{amount:f}") for number, (day, amount) in enumerate(found)),
    )
    events = tuple(data.draw(st.permutations(events)))
    asked, known = data.draw(days), data.draw(days)
    answer = at(events, asked, known)
    for one in answer.left:
        assert one.quantity is not None
        assert one.quantity >= 0
        effective = [each.event for each in answer.outcomes if each.effective]
        assert one.drawn == sum(each.lines[0].quantity for each in effective if isinstance(each, Shipped))
    again = tuple(event_from_bytes(event_bytes(one)) for one in events)
    assert at(again, asked, known) == answer
