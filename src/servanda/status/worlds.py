"""Possible worlds: the ways in which acts whose hour is not known can have happened.

A day is open only while it lasts, and never beyond the instant at which the act was seen, since
nothing is seen before it is done. The number of worlds is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from zoneinfo import ZoneInfo

from servanda.errors import QuestionError
from servanda.model.act import (
    Acknowledge,
    Act,
    Amend,
    Announce,
    Correct,
    Deposit,
    DesignateAuthority,
    NotifyCompletion,
    Object,
    Sign,
    TakePosition,
)
from servanda.model.clauses import EntryIntoForce, FixedDate, Stated, Term
from servanda.model.instrument import Instrument
from servanda.model.text import Conventions, Text
from servanda.model.when import Day, Instant, Month, zone

MOST_WORLDS = 1024

WITHOUT_TIME_OF_THEIR_OWN = (
    Announce,
    Object,
    Acknowledge,
    TakePosition,
    Correct,
    DesignateAuthority,
)
_BY_THE_DAY = (Sign, NotifyCompletion, Deposit)


@dataclass(frozen=True, slots=True)
class Happening:
    """An act at the instant at which one possible world has it."""

    act: Act
    at: Instant


@dataclass(frozen=True, slots=True)
class World:
    """One way in which everything known can have been, as of one instant.

    `text` is the version in force; `first_text` is the one that brought the instrument to life,
    from which its periods are counted. `where` draws the days. `late_entry` takes a month of entry
    into force to be its last day. `continues` is False where a term that was not read is taken to
    have run out. `unsigned` says that a signature on record is of a later time.
    """

    text: Text
    first_text: Text
    conventions: Conventions
    where: ZoneInfo
    happenings: tuple[Happening, ...]
    late_entry: bool
    continues: bool
    unsigned: bool
    procedure: Text | None = None
    """For a proceeding, the text whose procedure it follows."""


def zones(instrument: Instrument) -> tuple[ZoneInfo, ...]:
    """Return the zones in which its days may be drawn: the convention's, or every party's seat."""
    chosen = instrument.conventions.zone
    if chosen is not None:
        return (zone(chosen),)
    text = instrument.texts[-1]
    seats = {**instrument.seats, **text.seat}
    names = {seats[party] for party in text.parties if party in seats}
    return tuple(zone(name) for name in sorted(names)) or (zone("UTC"),)


def spans(act: Act, where: ZoneInfo, conventions: Conventions) -> tuple[Instant, Instant]:
    """Return from when the act may have been done, and from when it certainly was.

    What enters into force on a day is in force for the whole of it where the convention says so;
    then a signature of that day counts from its beginning.
    """
    if isinstance(act.done, Instant):
        return act.done, act.done
    first, end = act.done.span(where)
    certain = max(first, min(end, act.seen))
    by_the_day = isinstance(act, _BY_THE_DAY) and isinstance(act.done, Day)
    if by_the_day and conventions.first_day == "whole":
        certain = first
    return first, certain


def worlds(
    instrument: Instrument, acts: tuple[Act, ...], at: Instant, version: int | None
) -> Iterator[World]:
    """Yield every possible world as of `at`.

    Raises:
        QuestionError: too many acts have unknown times.
    """
    first_text = instrument.texts[0]
    late = _entry_is_coarse(first_text)
    unsigned = _signed_after(instrument, acts, at)
    for where in zones(instrument):
        choices = [_choices(act, where, instrument, at) for act in acts]
        count = 1
        for options in choices:
            count *= len(options)
        if count > MOST_WORLDS:
            raise QuestionError(
                f"`{instrument.id}` has {count} possible worlds at {at}",
                hint="record the hour or day of the acts whose time is open",
            )
        for chosen in product(*choices):
            happenings = tuple(
                sorted(
                    (one for one in chosen if one is not None),
                    key=lambda one: (one.at, one.act.id),
                )
            )
            text = _version_at(instrument, happenings, where, at, version)
            ends = _may_have_run_out(text, instrument.conventions)
            for late_entry in (False, True) if late else (False,):
                for continues in (True, False) if ends else (True,):
                    yield World(
                        text,
                        first_text,
                        instrument.conventions,
                        where,
                        happenings,
                        late_entry,
                        continues,
                        unsigned,
                        instrument.procedure,
                    )


def _signed_after(instrument: Instrument, acts: tuple[Act, ...], at: Instant) -> bool:
    """Say whether a signature stands on record that was certainly not yet given at `at`."""
    return any(
        isinstance(act, Sign) and all(at < act.done.span(where)[0] for where in zones(instrument))
        for act in acts
    )


def _version_at(
    instrument: Instrument,
    happenings: tuple[Happening, ...],
    where: ZoneInfo,
    at: Instant,
    pinned: int | None,
) -> Text:
    """Return the text in force: the first, or the last that an amendment by all has brought in."""
    if pinned is not None:
        return instrument.text(pinned)
    text = instrument.texts[0]
    for happening in happenings:
        act = happening.act
        if isinstance(act, Amend) and set(act.by) >= set(text.parties):
            starts = act.effect.span(where)[0] if act.effect is not None else happening.at
            if starts <= at and act.version > text.version:
                text = instrument.text(act.version)
    return text


def _choices(act: Act, where: ZoneInfo, instrument: Instrument, at: Instant) -> tuple[Happening | None, ...]:
    first, certain = spans(act, where, instrument.conventions)
    if at < first:
        return (None,)
    if isinstance(act, WITHOUT_TIME_OF_THEIR_OWN):
        return (Happening(act, first),)
    options: list[Happening | None] = [Happening(act, first)]
    if at < certain:
        options.insert(0, None)
    elif not isinstance(act.done, Instant | Day) and certain > first:
        options.append(Happening(act, certain))
    return tuple(options)


def _entry_is_coarse(text: Text) -> bool:
    entry = text.first(EntryIntoForce)
    return (
        entry is not None
        and isinstance(entry[1].rule, Stated | FixedDate)
        and isinstance(entry[1].rule.on, Month)
    )


def _may_have_run_out(text: Text, conventions: Conventions) -> bool:
    unread = "term" in text.unread and text.first(Term) is None
    return unread and not conventions.presumed_to_continue
