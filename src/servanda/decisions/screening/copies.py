"""A list's history from the copies that somebody kept: who came and went between one and the next."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from servanda.errors import QuestionError
from servanda.model.listed import Listed, PartyList, Stay
from servanda.model.when import Day


class Sort(Enum):
    """What the file of a list says of time. Copies of one sort make one list; sorts are never mixed."""

    DATED = "copies of a day each"
    HISTORY = "a history"
    UNDATED = "copies of no day"


def sort_of(one: PartyList) -> Sort:
    """Return the sort of a list as its file has it."""
    if any(party.stays for party in one.parties):
        return Sort.HISTORY
    return Sort.UNDATED if one.latest is None else Sort.DATED


def following(before: PartyList, copy: PartyList) -> PartyList:
    """Return the history that a copy of a later day makes of what was known before it.

    A party is the same by its id in the list; its names are those of the last copy that has it, and older
    ones stand with its aliases.

    Raises:
        QuestionError: it is of no later day.
    """
    day, last = copy.latest, before.latest
    if day is None or last is None or not last < day:
        raise QuestionError(f"a copy of {day} does not follow one of {last}", hint="put them in their order")
    known = {one.id: one for one in before.parties}
    present = {one.id for one in copy.parties}
    came = tuple(_seen(one, known.get(one.id), day, last) for one in copy.parties)
    gone = tuple(_gone(one, day, last) for one in before.parties if one.id not in present)
    return replace(
        copy,
        issued=before.issued,
        last=day,
        parties=(*came, *gone),
        days=(*(before.days or (last,)), day),
    )


def _seen(now: Listed, before: Listed | None, day: Day, last: Day) -> Listed:
    if before is None:
        return replace(now, stays=(Stay(day, last),))
    stays = before.stays or (Stay(last),)
    older = tuple(name for name in before.names if name not in now.names)
    lasting = stays[-1].gone_by is None
    return replace(now, aliases=(*now.aliases, *older), stays=stays if lasting else (*stays, Stay(day, last)))


def _gone(one: Listed, day: Day, last: Day) -> Listed:
    stays = one.stays or (Stay(last),)
    if stays[-1].gone_by is not None:
        return one
    stay = stays[-1]
    return replace(one, stays=(*stays[:-1], Stay(stay.seen_from, stay.not_before, last, day)))
