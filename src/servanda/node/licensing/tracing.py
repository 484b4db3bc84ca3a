"""The trail of a licence's goods over a node's record and, if there is one, a file of movements."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec

from servanda.decisions.licences.goods import alike, consents_to, item_called, recorded
from servanda.decisions.licences.ordering import holder
from servanda.decisions.licences.trace import Hop, Trace, trace
from servanda.errors import UnknownNameError
from servanda.formats.movements import NO_UNIT, Problem, Sheet
from servanda.model.licence import Licence
from servanda.model.movement import Movement
from servanda.model.when import zone
from servanda.node.licensing.asking import Licences


@dataclass(frozen=True, slots=True)
class Leg:
    """A hop and what it rests on."""

    hop: Hop
    rests_on: str
    """`licence`, `consent`, `no-consent`, `not-asked` or `not-known`."""
    consents: tuple[str, ...]
    uncovered: bool = False
    """Whether the shipment's record has no effect: nothing covered it."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The trail of one item, and the lines that were not counted."""

    trace: Trace
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Trails:
    """The trails of all items of a licence."""

    licence: str
    on_record: bool
    where: ZoneInfo
    trails: tuple[Trail, ...]
    problems: tuple[Problem, ...]
    tells_arrivals: bool = True


def trails(
    licences: Licences,
    name: str,
    item: str = "",
    sheet: Sheet | None = None,
    exporter: str = "",
    seat: str = "UTC",
) -> Trails:
    """Trace a licence's goods; without a record of it, over the file alone.

    Raises:
        UnknownNameError: the licence, or the item, is neither on record nor in the file.
    """
    terms: dict[str, Licence] = {}
    for one in licences.events:
        licence = licences.standing(one).licence
        if licence is not None:
            terms[one] = licence
    lines = sheet.movements if sheet is not None else ()
    problems = list(sheet.problems) if sheet is not None else []
    tells = sheet is None or sheet.tells_arrivals
    mine = terms.get(name)
    if mine is None:
        return _of_file(name, item, lines, problems, exporter, seat, tells)
    record = [
        one
        for each, licence in terms.items()
        for one in recorded(licence, licences.events[each], licences.at, licences.known)
    ]
    where = zone(mine.zone)
    standing = licences.standing(name)
    found = []
    wanted = [one for one in mine.items if item in ("", one.id)]
    if not wanted:
        known = ", ".join(one.id for one in mine.items)
        raise UnknownNameError(f"{name} has no item `{item}`", hint=f"its items are {known}")
    for line in lines:
        if line.licence == name and item_called(mine, line.item) is None:
            problems.append(Problem(line.line, f"{name} has no item `{line.item}`"))
    for item_ in wanted:
        told = alike(lines, mine, item_, terms)
        told = tuple(
            msgspec.structs.replace(each, unit=item_.unit) if each.unit == NO_UNIT else each
            for each in told
            if each.done.span(where)[0] <= licences.at
        )
        both = _merged(alike(record, mine, item_, terms), told, problems)
        followed = trace(both, name, item_.id, item_.unit, exporter or mine.exporter, where)
        legs = []
        for hop in followed.hops:
            uncovered = hop.movement.line == 0 and hop.first and not standing.effective(hop.movement.id)
            given = consents_to(mine, licences.events[name], hop.movement, licences.known)
            rests = "licence" if hop.first else "consent" if given else "no-consent"
            if rests == "no-consent" and not mine.undertakings:
                rests = "not-asked"
            legs.append(Leg(hop, rests, given, uncovered))
        found.append(Trail(followed, tuple(legs)))
    return Trails(
        name, on_record=True, where=where, trails=tuple(found), problems=tuple(problems), tells_arrivals=tells
    )


def _merged(
    record: tuple[Movement, ...], lines: tuple[Movement, ...], problems: list[Problem]
) -> tuple[Movement, ...]:
    """Return both, a movement that both tell once; what the record says counts."""
    known = {(one.id, holder(one.origin), holder(one.to)): one for one in record}
    kept = []
    for one in lines:
        mine = known.get((one.id, holder(one.origin), holder(one.to)))
        if mine is None:
            kept.append(one)
        elif mine.quantity != one.quantity or mine.unit != one.unit:
            said = f"`{one.id}` is otherwise told than on record, which counts"
            problems.append(Problem(one.line, said))
    return (*record, *kept)


def _of_file(
    name: str,
    item: str,
    lines: tuple[Movement, ...],
    problems: list[Problem],
    exporter: str,
    seat: str,
    tells: bool,  # noqa: FBT001 - passed on as it is
) -> Trails:
    where = zone(seat)
    mine = sorted(
        (one for one in lines if one.licence == name and item in ("", one.item)),
        key=lambda one: one.done.span(where)[0].utc,
    )
    if not mine:
        of = f"`{name}` and item `{item}`" if item else f"`{name}`"
        raise UnknownNameError(f"no licence `{name}` is on record, and no line of the file names {of}")
    found = []
    for each in dict.fromkeys(one.item for one in mine):
        first = next(one for one in mine if one.item == each)
        followed = trace(lines, name, each, first.unit, exporter or first.origin, where)
        legs = tuple(Leg(hop, "licence" if hop.first else "not-known", ()) for hop in followed.hops)
        found.append(Trail(followed, legs))
    return Trails(
        name,
        on_record=False,
        where=where,
        trails=tuple(found),
        problems=tuple(problems),
        tells_arrivals=tells,
    )
