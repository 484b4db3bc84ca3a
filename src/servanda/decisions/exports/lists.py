"""Which item of a list is meant: by number as the exporter classified it; a name alone classifies nothing."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.decisions.exports.force import World
from servanda.decisions.exports.sentences import (
    ENTRY_ONLY,
    IS_LISTED,
    LIST_UNREAD,
    NO_SUCH_ITEM,
    NOT_LISTED,
    THRESHOLDS,
)
from servanda.model.cite import Because, because
from servanda.model.clauses import ControlList, Requirement
from servanda.model.clauses.exports import Covers, Listed


@dataclass(frozen=True, slots=True)
class Meant:
    """What an item is to a regime: on a list, on none, or not to be told (`missing`)."""

    item: Listed | None = None
    asked: str = ""
    """The number that was asked about, which may be finer or coarser than the item's."""
    unlisted: bool = False
    excluded: str = ""
    """The word for goods that catch-all control leaves out, as food."""
    because: tuple[Because, ...] = ()
    missing: tuple[Because, ...] = ()


def requirement(world: World, covers: Covers) -> tuple[str, Requirement] | None:
    """Return the clause that asks for licences for goods or for technology."""
    return next((one for one in world.text.clauses(Requirement) if covers in one[1].covers), None)


def meant(world: World, asked: str, covers: Covers, excluded: tuple[str, ...]) -> Meant:
    """Return what an item is to the regime. `excluded` are goods by name that its catch-all leaves out."""
    found = requirement(world, covers)
    lists = [
        (address, clause)
        for address, clause in world.text.clauses(ControlList)
        if found is not None and address in found[1].lists
    ]
    if not lists:
        reason = because(LIST_UNREAD(covers.value), instrument=world.text.id)
        return Meant(missing=(reason,))
    wanted = _plain(asked)
    for address, clause in lists:
        if wanted in map(_plain, clause.unlisted) or wanted in excluded:
            reason = world.text.because(address, NOT_LISTED())
            return Meant(unlisted=True, excluded=wanted if wanted in excluded else "", because=(reason,))
        hit = _numbered(clause, wanted)
        if hit is not None:
            return Meant(item=hit, asked=wanted, because=(_cited(world, address, hit, asked),))
    return Meant(missing=tuple(_candidates(world, lists, asked, wanted)))


def _numbered(clause: ControlList, wanted: str) -> Listed | None:
    """Return the item of that number, or the nearest above it: 1-(6) for 1-(6)(2), 3C002 for 3C002.a."""
    best = None
    for item in clause.items:
        number = _plain(item.number)
        nested = wanted.startswith(number) and wanted[len(number) : len(number) + 1] in ("(", ".")
        longer = best is None or len(number) > len(_plain(best.number))
        if wanted == number:
            return item
        if nested and longer:
            best = item
    return best


def _cited(world: World, address: str, item: Listed, asked: str) -> Because:
    exact = _plain(asked) == _plain(item.number)
    said = (
        IS_LISTED(item.number, item.words)
        if exact
        else ENTRY_ONLY(asked, item.entry or item.number, item.words)
    )
    reason = world.text.because(address, said)
    if item.confirmed:
        return reason
    return because(
        said, instrument=reason.instrument, version=reason.version, article=address, confirmed=False
    )


def _candidates(world: World, lists: list[tuple[str, ControlList]], asked: str, wanted: str) -> list[Because]:
    """Say which numbers a name, or a counterpart's number on another list, may stand for."""
    found = []
    for address, clause in lists:
        near = [
            item.number
            for item in clause.items
            if wanted in map(_plain, (item.words, *item.also))
            or wanted.partition(".")[0] in map(_plain, item.eccn)
        ]
        if near:
            rule = clause.thresholds or address
            found.append(world.text.because(address, THRESHOLDS(rule, asked, " or ".join(near))))
        else:
            found.append(world.text.because(address, NO_SUCH_ITEM(asked)))
    return found


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
