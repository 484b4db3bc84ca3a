"""The objects of the made-up world as columns of ours: a signature, a barrier and few embargoes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.decisions.naming import code, instant, word
from benchmarks.decisions.world import END, NOFORN, ORCON, START, World
from servanda.decisions import Index
from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.embargoes import Embargoes
from servanda.decisions.columns.masks import Words, mask_of, no_party
from servanda.decisions.columns.objects import Barriers, Objects, narrow
from servanda.decisions.compiled import named
from servanda.decisions.histories import Kinds
from servanda.decisions.kinds import CaveatMasks, Kind
from servanda.model.label import Caveat, NoForeign, Portion, ReleasableTo
from servanda.model.when import Period

PERIOD = Period(instant(START), instant(END))


@dataclass(frozen=True, slots=True)
class Archive:
    """A whole archive made ready: its kinds, its columns, and the history of every answer."""

    given: tuple[Kind, ...]
    kinds: Kinds
    objects: Objects
    almanac: Almanac


def archive(world: World, index: Index) -> Archive:
    """Return the archive of a world, with the history worked out from the law."""
    parties = tuple(code(number) for number in range(world.parties))
    kinds, kind_of = _kinds(world, named(index))
    held = Kinds(kinds, parties)
    objects = Objects(
        narrow(held.numbers[kind_of], len(kinds)), _barriers(world, index, parties), _embargoes(world)
    )
    return Archive(kinds, held, objects, Almanac(held.history(index, PERIOD)))


def _kinds(world: World, names: frozenset[str]) -> tuple[tuple[Kind, ...], NDArray[np.int64]]:
    objects = world.objects
    thing = np.zeros(len(objects), np.int64)
    for name in names:
        number = int(name.removeprefix("object-"))
        thing[number] = number + 1
    key = objects.holder.astype(np.int64)
    for column, size in (
        (objects.originator, world.parties),
        (objects.level, 8),
        (objects.topics, len(world.topic_sets)),
        ((objects.caveats & ORCON) != 0, 2),
    ):
        key = key * size + column
    # An object that some act names is a kind of its own; the others of the same label are one kind.
    key = key * (len(objects) + 1) + thing
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return tuple(_kind(world, int(one), bool(thing[one])) for one in first), inverse


def _kind(world: World, thing: int, is_named: bool) -> Kind:  # noqa: FBT001 - a fact about the object
    objects = world.objects
    originator = int(objects.originator[thing])
    topics = tuple(f"topic-{one}" for one in sorted(world.topic_sets[objects.topics[thing]]))
    name = f"object-{thing}" if is_named else ""
    portion = Portion(
        (code(originator),), word(originator, int(objects.level[thing])), topics, object_id=name
    )
    controlled = bool(objects.caveats[thing] & ORCON)
    return Kind(code(int(objects.holder[thing])), (portion,), controlled=controlled, object_id=name)


def _barriers(world: World, index: Index, parties: tuple[str, ...]) -> Barriers:
    """Return whom the caveats of each object let through, worked out once for each set of caveats."""
    objects = world.objects
    noforn = (objects.caveats & NOFORN) != 0
    key = (objects.originator.astype(np.int64) * 2 + noforn) * 512 + objects.releasable + 1
    distinct, inverse = np.unique(key, return_inverse=True)
    clear = CaveatMasks(index, parties)
    masks = no_party(len(distinct), len(parties))
    for row, value in enumerate(distinct.tolist()):
        rest, listed = divmod(value, 512)
        originator, closed = divmod(rest, 2)
        caveats: list[Caveat] = [NoForeign()] if closed else []
        if listed:
            caveats.append(ReleasableTo(tuple(code(one) for one in sorted(world.lists[listed - 1]))))
        portion = Portion((code(originator),), "", caveats=tuple(caveats))
        through = clear.of((portion,)).clear
        masks[row] = mask_of([bit for bit in range(len(parties)) if through >> bit & 1], len(parties))[0]
    return Barriers(np.ascontiguousarray(masks[inverse]))


def _embargoes(world: World) -> Embargoes:
    objects = world.objects
    rows = np.flatnonzero(objects.embargo >= START)
    everyone = [
        mask_of([one for one in range(world.parties) if one != originator], world.parties)
        for originator in range(world.parties)
    ]
    barred: Words = np.concatenate(everyone)[objects.originator[rows]]
    return Embargoes.of(rows, objects.embargo[rows], barred)
