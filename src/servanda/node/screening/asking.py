"""Screening as a door asks for it: names against lists, hits with what was decided on them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from servanda.decisions.screening import BLOCKS, LEAST, Hit, Screen
from servanda.decisions.screening.age import Age, Freshness, age
from servanda.decisions.screening.remembered import Decided, PairStanding, Verdict, pair_standing
from servanda.errors import FormatError, QuestionError, UnknownNameError
from servanda.formats.when import parse_when
from servanda.model.listed import PartyList
from servanda.model.when import Day, Instant, zone
from servanda.node.house import Node
from servanda.node.law import now
from servanda.node.screening.deciding import decide, decisions, pair_of, record_of

MOST_HITS = 1000
"""So many hits of a name are looked at: which of them hold is known only when they are."""
_DECIDED = Mapping[str, tuple[Decided, ...]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A hit with the name of its pair and where that stands; `holds` says whether it holds a transaction."""

    hit: Hit
    pair: str
    standing: PairStanding

    @property
    def holds(self) -> bool:
        """Whether nothing may go out: a near match that is not set aside, or one that is found to be true."""
        return self.standing.confirmed or (self.hit.blocks and self.standing.blocks)

    @property
    def settled(self) -> bool:
        """Whether it is shown whatever the bounds: it holds, or somebody has decided on it."""
        return self.holds or self.standing.decided is not None


@dataclass(frozen=True, slots=True)
class Screened:
    """A name with its hits, the nearest first; `wrong` says why it could not be asked.

    `more` is how many hits are left out for their number; none that holds or was decided on ever is.
    """

    name: str
    seen: tuple[Seen, ...]
    wrong: str = ""
    more: int = 0

    @property
    def holds(self) -> bool:
        """Whether some hit holds a transaction."""
        return any(one.holds for one in self.seen)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a screening answers: each name, and each list with its age at the instant asked about.

    `silent` are the codes of lists that say nothing of the day asked about.
    """

    screened: tuple[Screened, ...]
    lists: tuple[tuple[PartyList, Age], ...]
    silent: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether some hit holds a transaction."""
        return any(one.holds for one in self.screened)

    @property
    def cannot_tell(self) -> bool:
        """Whether something kept the question from being answered: a name, or a list that is silent."""
        return bool(self.silent) or any(one.wrong for one in self.screened)


def screen(
    lists: Sequence[PartyList],
    names: Sequence[str],
    at: Instant,
    where: ZoneInfo,
    *,
    limit: int = 20,
    least: float = LEAST,
    node: Node | None = None,
    known: Instant | None = None,
    past: bool = False,
) -> Answered:
    """Ask names against lists as of an instant; with a node, what its officers decided stands beside.

    `known` counts only decisions that were on record by then. `past` says that the day was named by who asks:
    a list that names no day is silent on it.

    Raises:
        QuestionError: no list is named, or bounds that would hide a hit that holds.
    """
    if not lists:
        raise QuestionError(
            "there is no list to ask", hint="add --list FILE, or --home of a node that keeps lists"
        )
    if limit < 1 or math.isnan(least) or not 0 <= least <= BLOCKS:
        raise QuestionError(
            f"`{limit}` hits of at least `{least:g}` would leave out what holds",
            hint=f"a limit is 1 or more, and hits from {BLOCKS:g} on always count",
        )
    index = Screen.of(lists)
    decided: _DECIDED = {}
    if node is not None:
        with node.reading() as connection:
            decided = decisions(connection, known)
    screened = tuple(_asked(index, name, (limit, least), at.day(where), decided) for name in names)
    ages = tuple((one, age(one, at, where)) for one in lists)
    nothing = {Freshness.AHEAD, Freshness.UNKNOWN} if past else {Freshness.AHEAD}
    silent = tuple(one.code for one, grade in ages if grade.freshness in nothing)
    return Answered(screened, ages, silent)


def _asked(index: Screen, name: str, bounds: tuple[int, float], day: Day, decided: _DECIDED) -> Screened:
    limit, least = bounds
    try:
        _readable(name)
        hits = index.find(name, limit=MOST_HITS, least=min(least, LEAST), at=day)
    except QuestionError as wrong:
        return Screened(name, (), str(wrong))
    # A list that is named and kept as well has each of its hits twice.
    once = {(hit.list_code, record_of(hit.listed), hit.listed.id): hit for hit in reversed(hits)}
    seen = [_seen(name, hit, decided) for hit in once.values()]
    seen.sort(key=lambda one: (-one.hit.score, one.hit.list_code, one.hit.listed.id))
    shown = [one for one in seen if one.settled or one.hit.score >= least]
    kept = tuple(one for place, one in enumerate(shown) if place < limit or one.settled)
    return Screened(name, kept, more=len(shown) - len(kept))


def _seen(name: str, hit: Hit, decided: _DECIDED) -> Seen:
    pair = pair_of(name, hit.list_code, hit.listed)
    standing = pair_standing(decided.get(pair, ()), record_of(hit.listed), blocks=hit.blocks)
    return Seen(hit, pair, standing)


def _readable(name: str) -> None:
    try:
        name.encode()
    except UnicodeEncodeError as wrong:
        raise QuestionError(
            "the name is not UTF-8", hint="write it in the encoding of the terminal"
        ) from wrong


def moment(words: str | None, node: Node | None) -> tuple[Instant, ZoneInfo]:
    """Return the instant that a question is about, and the zone whose days it is asked in.

    A day is that day in the zone of the node's party, in UTC without a node; left out it is now.

    Raises:
        FormatError: neither a day nor an instant.
    """
    where = zone("UTC")
    if node is not None:
        with node.reading() as connection:
            where = zone(node.registry(connection).party(node.party).seat)
    if words is None:
        return (now() if node is None else node.now()), where
    when = parse_when(words)
    if isinstance(when, Instant):
        return when, where
    if isinstance(when, Day):
        return when.start(where), where
    raise FormatError(
        f"`{words}` is neither a day nor an instant", hint="write 2024-05-01 or an instant with offset"
    )


def known_by(words: str | None, where: ZoneInfo) -> Instant | None:
    """Return the instant until which a question counts what was recorded; a day counts whole.

    Raises:
        FormatError: neither a day nor an instant.
    """
    if words is None:
        return None
    when = parse_when(words)
    if isinstance(when, Day):
        return Instant(when.span(where)[1].utc - timedelta(microseconds=1))
    if isinstance(when, Instant):
        return when
    raise FormatError(
        f"`{words}` is neither a day nor an instant", hint="write 2024-05-01 or an instant with offset"
    )


def decide_pair(
    node: Node, lists: Sequence[PartyList], name: str, pair: str, verdict: Verdict, officer: str, why: str
) -> Decided:
    """Record an officer's decision on the hit of a name that has the pair named.

    Who was on a list once can be decided on, as of a day on which it was: days play no part here.

    Raises:
        UnknownNameError: no hit of that name has that pair.
    """
    _readable(name)
    timeless = [
        replace(one, parties=tuple(replace(each, stays=()) if each.stays else each for each in one.parties))
        for one in lists
    ]
    found = [
        hit
        for hit in Screen.of(timeless).find(name, limit=MOST_HITS, least=0)
        if pair_of(name, hit.list_code, hit.listed) == pair
    ]
    if not found:
        raise UnknownNameError(
            f"no hit of that name is the pair `{pair[:64]}`",
            hint="give the name as it was screened; `servanda screen` prints its pairs",
        )
    return decide(node, name, found[0], verdict, officer, why)
