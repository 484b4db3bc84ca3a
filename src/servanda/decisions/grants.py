"""Grants: what a party allowed a person or a facility, until it runs out or its author ends it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.decisions import sentences_persons as s
from servanda.decisions.index import Index
from servanda.decisions.recorded import Recorded, expiry
from servanda.model.act import AssurePersons, ClearFacility, ClearPerson, ListPersons, PermitVisit, Revoke
from servanda.model.cite import Because, Said, because
from servanda.model.when import BEGINNING, FOREVER, Instant, When

Grant = ClearPerson | ListPersons | AssurePersons | PermitVisit | ClearFacility


YES, NO = True, False
OPEN = None
"""The three things that can be said of a grant; open where an hour or a level is not known."""


class Good(msgspec.Struct, frozen=True):
    """Whether a grant is good at an instant, since and until when, and what turns it."""

    so: bool | None
    because: tuple[Because, ...] = ()
    since: Instant = BEGINNING
    until: Instant = FOREVER
    turns: tuple[Because, ...] = ()
    missing: str = ""


def good(index: Index, record: Recorded[Grant], at: Instant) -> Good:
    """Say whether what was granted holds at an instant: done, not run out, not revoked."""
    expires = None if isinstance(record.act, PermitVisit) else record.act.expires
    parts = [_done(record, at), _not_expired(index, record, expires, at), _not_revoked(index, record, at)]
    if isinstance(record.act, PermitVisit):
        parts.append(_within(record, record.act.starts, record.act.ends, at))
    return every(parts)


def every(parts: list[Good]) -> Good:
    """Return what holds of several things that are all needed."""
    told: bool | None = True
    if any(one.so is False for one in parts):
        told = False
    elif any(one.so is None for one in parts):
        told = None
    kept = [one for one in parts if one.so is told] if told is not True else parts
    return Good(
        told,
        tuple(dict.fromkeys(reason for one in kept for reason in one.because)),
        max(one.since for one in parts),
        min(one.until for one in parts),
        turning(parts),
        next((one.missing for one in kept if one.missing), ""),
    )


def turning(parts: Iterable[Good]) -> tuple[Because, ...]:
    """Return what turns the first of several things that turns."""
    several = list(parts)
    until = min((one.until for one in several), default=FOREVER)
    if until == FOREVER:
        return ()
    return tuple(dict.fromkeys(turn for one in several if one.until == until for turn in one.turns))


def told_of(record: Recorded[Grant], said: Said, when: str = "") -> Because:
    """Return a reason that cites the act of a grant."""
    return because(
        said,
        instrument=record.instrument,
        act=record.act.id,
        confirmed=record.act.confirmed,
        when=when or str(record.act.done),
    )


def _done(record: Recorded[Grant], at: Instant) -> Good:
    held = record.done(at)
    counts = (told_of(record, s.COUNTS(record.act.id)),)
    if held.so:
        return Good(YES, (told_of(record, s.GRANTED(record.act.id)),), held.since)
    missing = f"{record.instrument}: the hour of {record.act.id}" if held.so is None else ""
    said = s.HOUR_OPEN if held.so is None else s.LATER
    return Good(held.so, (told_of(record, said(record.act.id)),), held.since, held.until, counts, missing)


def _not_expired(index: Index, record: Recorded[Grant], expires: When | None, at: Instant) -> Good:
    if expires is None:
        return Good(YES)
    first, certain = expiry(index.registry.instrument(record.instrument), expires)
    name, when = record.act.id, str(expires)
    turns = (told_of(record, s.RUNS_OUT(name), when),)
    if at < first:
        return Good(YES, until=first, turns=turns)
    if at >= certain:
        return Good(NO, (told_of(record, s.RAN_OUT(name, when), when),), certain)
    missing = f"{record.instrument}: when {name} expires"
    return Good(OPEN, (told_of(record, s.RUNNING_OUT(name), when),), first, certain, turns, missing)


def _not_revoked(index: Index, record: Recorded[Grant], at: Instant) -> Good:
    until = FOREVER
    turns: tuple[Because, ...] = ()
    for one in index.acts(Revoke):
        if one.act.of != record.act.id or not _by_author(index, one.act.by, record.act.by):
            continue
        reason = because(
            s.REVOKED(record.act.id, str(one.act.done)),
            instrument=one.instrument,
            act=one.act.id,
            when=str(one.act.done),
        )
        if at >= one.first:
            return Good(NO, (reason,), one.first)
        if one.first < until:
            until, turns = one.first, (reason,)
    return Good(YES, until=until, turns=turns)


def _within(record: Recorded[Grant], starts: Instant, ends: Instant, at: Instant) -> Good:
    if at < starts:
        begins = (told_of(record, s.COUNTS(record.act.id), str(starts)),)
        return Good(NO, (told_of(record, s.LATER(record.act.id), str(starts)),), BEGINNING, starts, begins)
    if at >= ends:
        return Good(NO, (told_of(record, s.RAN_OUT(record.act.id, str(ends)), str(ends)),), ends)
    return Good(YES, (), starts, ends, (told_of(record, s.RUNS_OUT(record.act.id), str(ends)),))


def _by_author(index: Index, by: tuple[str, ...], author: tuple[str, ...]) -> bool:
    return any(index.same(one, other) for one in by for other in author)
