"""What changes between two instants, or between two histories: the exact releases gained and lost.

Only what moved is looked at. Between two parties whose answers are the same there is nothing to find;
where they differ, the lots of the signatures that differ are the whole answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.decisions.columns.almanac import Almanac, Key
from servanda.decisions.columns.flows import Flows
from servanda.decisions.columns.lots import Lots
from servanda.decisions.columns.masks import holds
from servanda.errors import QuestionError

_Part = tuple[int, NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Moves:
    """The releases that may be made after and not before, and those before and not after."""

    gained: Flows
    lost: Flows


def difference(lots: Lots, before: Almanac, at_before: int, after: Almanac, at_after: int) -> Moves:
    """Compare what may be released at one instant of a history with another instant, or another history.

    Both histories must be of the same parties and signatures: two times of knowledge, or a supposition.
    """
    if before is not after and (before.names != after.names or not np.array_equal(before.first, after.first)):
        raise QuestionError("the two histories are not of the same parties and signatures")
    lots.check(before)
    shifted = _shifted(lots, at_before, at_after)
    gained: list[_Part] = []
    lost: list[_Part] = []
    for key in sorted(_pairs(before, at_before, after, at_after)):
        was, becomes = before.answers(key, at_before), after.answers(key, at_after)
        if was != becomes:
            _of_pair(lots, before, key, at_before, was, becomes, shifted, gained, lost)
    if len(shifted):
        _of_embargoes(lots, shifted, before, at_before, after, at_after, gained, lost)
    return Moves(Flows(lots, tuple(gained)), Flows(lots, tuple(lost)))


def timeline(lots: Lots, almanac: Almanac, start: int, end: int) -> Iterator[tuple[int, Moves]]:
    """Yield each instant after `start` and before `end` at which anything changes, and what it changes."""
    ends = np.unique(lots.ends)
    instants = np.union1d(almanac.instants, ends)
    for at in instants[(start < instants) & (instants < end)].tolist():
        moves = difference(lots, almanac, at - 1, almanac, at)
        if moves.gained.parts or moves.lost.parts:
            yield at, moves


def _pairs(before: Almanac, at_before: int, after: Almanac, at_after: int) -> set[Key]:
    """Return the pairs that may answer differently; all others certainly do not."""
    same = before is after
    if not same and after.supposed is not None and after.supposed[0] is before:
        changed = set(after.supposed[1])
    elif not same and before.supposed is not None and before.supposed[0] is after:
        changed = set(before.supposed[1])
    elif same:
        changed = set()
    else:
        keys = before.pairs.keys() | after.pairs.keys()
        changed = {key for key in keys if before.pairs.get(key) is not after.pairs.get(key)}
    if at_before != at_after:
        changed |= before.moved(min(at_before, at_after), max(at_before, at_after))
    return changed


def _shifted(lots: Lots, at_before: int, at_after: int) -> NDArray[np.int64]:
    """Return the lots that an embargo keeps back from others at one instant than at the other."""
    if at_before == at_after or not len(lots.ends):
        return lots.ending[:0]
    low, high = np.searchsorted(lots.ends, sorted((at_before, at_after)), "right")
    return np.unique(lots.ending[low:high])


def _of_pair(
    lots: Lots,
    almanac: Almanac,
    key: Key,
    at: int,
    was: bytes,
    becomes: bytes,
    shifted: NDArray[np.int64],
    gained: list[_Part],
    lost: list[_Part],
) -> None:
    """Add what changes between two parties, leaving aside the lots that are looked at by themselves."""
    holder, party = key
    stretch = lots.stretch(almanac, holder)
    if stretch.start == stretch.stop:
        return
    size = len(was) or len(becomes)
    old = np.frombuffer(was or bytes(size), np.bool_)
    new = np.frombuffer(becomes or bytes(size), np.bool_)
    unbarred = lots.unbarred(stretch, party, at)
    if len(shifted):
        low, high = np.searchsorted(shifted, (stretch.start, stretch.stop))
        unbarred[shifted[low:high] - stretch.start] = False
    for flips, into in ((old > new, lost), (new > old, gained)):
        if flips.any():
            found = np.flatnonzero(lots.spread(almanac, holder, flips) & unbarred)
            if len(found):
                into.append((party, found + stretch.start))


def _of_embargoes(
    lots: Lots,
    shifted: NDArray[np.int64],
    before: Almanac,
    at_before: int,
    after: Almanac,
    at_after: int,
    gained: list[_Part],
    lost: list[_Part],
) -> None:
    """Add what changes for the lots of which an embargo ends between the two instants."""
    signature, words = lots.signature(shifted), []
    for almanac, at in ((before, at_before), (after, at_after)):
        answer = almanac.table(at)[signature] & lots.barrier[shifted]
        here = lots.embargoes.active(at)
        place = np.searchsorted(shifted, lots.embargoes.row[here])
        place[place == len(shifted)] = 0
        ours = shifted[place] == lots.embargoes.row[here]
        answer[place[ours]] &= ~lots.embargoes.barred[here[ours]]
        words.append(answer)
    for party in range(before.parties):
        was, becomes = holds(words[0], party), holds(words[1], party)
        for flips, into in ((was > becomes, lost), (becomes > was, gained)):
            if flips.any():
                into.append((party, shifted[flips]))
