"""The movements that a licence's own record tells, and which goods of two licences are of one kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from servanda.decisions.licences.believed import believed, same_person
from servanda.decisions.licences.life import counts_from
from servanda.model.licence import Change, Licence, LicenceItem
from servanda.model.licence_event import Consented, LicenceEvent, Moved, Plain, Reported, Shipped
from servanda.model.movement import Movement
from servanda.model.when import FOREVER, Instant, zone


def recorded(
    licence: Licence, events: Iterable[LicenceEvent], at: Instant, known: Instant = FOREVER
) -> tuple[Movement, ...]:
    """Return what left under a licence and what is on record of it since, by an instant.

    A shipment has arrived when its delivery was verified. A change of use moves nothing.
    """
    where = zone(licence.zone)
    counting = [one.record for one in believed(events, known).counting]
    records = [one for one in counting if one.done.span(where)[0] <= at]
    found: list[Movement] = []
    for one in records:
        if isinstance(one, Shipped):
            found += _shipment(licence, one, records)
        elif isinstance(one, Moved) and one.change is not Change.CHANGE_OF_USE:
            found.append(
                Movement(
                    id=one.id,
                    origin=one.holder,
                    to=one.to,
                    party=one.holder if one.change is Change.RELOCATION else one.to,
                    item=one.item,
                    quantity=one.quantity,
                    unit=one.unit,
                    done=one.done,
                    licence=licence.id,
                )
            )
    return tuple(found)


def _shipment(licence: Licence, one: Shipped, records: list[Plain]) -> list[Movement]:
    reports = [each for each in records if isinstance(each, Reported) and each.shipment == one.id]
    told = next((each for each in reversed(reports) if each.arrived is not None), None)
    told = told or (reports[-1] if reports else None)
    received = {line.item: line.quantity for line in told.received} if told is not None else {}
    to = one.to or licence.consignee
    return [
        Movement(
            id=one.id,
            origin=licence.exporter,
            to=to,
            party=to,
            item=line.item,
            quantity=line.quantity,
            unit=line.unit,
            done=one.done,
            licence=licence.id,
            arrived=None if told is None else told.arrived or told.done,
            arrival_told=True,
            received=received.get(line.item),
        )
        for line in one.lines
    ]


def alike(
    movements: Iterable[Movement], licence: Licence, item: LicenceItem, licences: Mapping[str, Licence]
) -> tuple[Movement, ...]:
    """Return the movements of goods of the same kind as an item, each under that item's id.

    Items of two licences are of one kind where both have the same entry in the control list, or the same
    words for the goods. A line that names no licence on record means this one's items, by id, entry or words.
    """
    found = []
    for one in movements:
        theirs = licences.get(one.licence, licence)
        other = item_called(theirs, one.item)
        if other is None or not _same(other, item):
            continue
        found.append(msgspec.structs.replace(one, item=item.id))
    return tuple(found)


def item_called(licence: Licence, words: str) -> LicenceItem | None:
    """Return the item that words mean: its id, its entry in the control list, or its goods."""
    called = same_person(words)
    return licence.item(words) or next(
        (one for one in licence.items if called in (same_person(one.entry), same_person(one.goods))), None
    )


def _same(one: LicenceItem, other: LicenceItem) -> bool:
    if one.entry and other.entry:
        return same_person(one.entry) == same_person(other.entry)
    return same_person(one.goods) == same_person(other.goods)


def consents_to(
    licence: Licence, events: Iterable[LicenceEvent], movement: Movement, known: Instant = FOREVER
) -> tuple[str, ...]:
    """Return the consents that a movement can rest on: given before, to that receiver, for that item."""
    where = zone(licence.zone)
    start = movement.done.span(where)[0]
    takers = {same_person(movement.to), same_person(movement.party)}
    return tuple(
        one.record.id
        for one in believed(events, known).counting
        if isinstance(one.record, Consented)
        and one.record.item == movement.item
        and same_person(one.record.to) in takers
        and counts_from(one.record, where) <= start
        and (one.record.until is None or start < one.record.until.span(where)[0])
    )
