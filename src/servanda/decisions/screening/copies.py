"""A list's history from the copies that somebody kept: who came and went between one and the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from servanda.model.listed import Listed, PartyList, Stay
from servanda.model.when import Day


def history(copies: Sequence[PartyList]) -> PartyList:
    """Return one list from copies of it, each of a day of its own; a single copy stays as it is.

    A party is the same by its id in the list; its names are those of the last copy that has it, and older
    ones stand with its aliases. Copies that name no day cannot be put in order: the last given counts alone.
    """
    dated = {one.latest: one for one in copies if one.latest is not None and not _has_history(one)}
    if len(dated) < 2:  # noqa: PLR2004 - a history needs two copies
        return copies[-1]
    days = sorted(dated)
    found: dict[str, tuple[Listed, tuple[Stay, ...]]] = {}
    for place, day in enumerate(days):
        before = days[place - 1] if place else None
        present = {one.id: one for one in dated[day].parties}
        for name, one in present.items():
            known, stays = found.get(name, (one, ()))
            lasting = bool(stays) and stays[-1].gone_by is None
            found[name] = (_renamed(one, known), stays if lasting else (*stays, Stay(day, before)))
        for name, (one, stays) in found.items():
            if name not in present and stays[-1].gone_by is None:
                last = stays[-1]
                gone = Stay(last.seen_from, last.not_before, before, day)
                found[name] = (one, (*stays[:-1], gone))
    newest = dated[days[-1]]
    parties = tuple(replace(one, stays=stays) for one, stays in found.values())
    return replace(newest, issued=days[0], last=days[-1], parties=parties)


def _has_history(one: PartyList) -> bool:
    return any(party.stays for party in one.parties)


def _renamed(now: Listed, before: Listed) -> Listed:
    older = [name for name in before.names if name not in now.names]
    return replace(now, aliases=(*now.aliases, *older)) if older else now


def days_of(copies: Sequence[PartyList]) -> tuple[Day, ...]:
    """Return the days of the copies that name one, rising."""
    return tuple(sorted(one.latest for one in copies if one.latest is not None))
