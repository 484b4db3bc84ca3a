"""What is done about a licence: each record checked against where it stands as it is written.

Writers of a node are one at a time, so what was checked is still so when it is written: of two shipments that
race for the last unit one is written, and the other finds that nothing remains. A crash before the commit
leaves nothing; after it both the record and its entry are there.
"""

from __future__ import annotations

from collections.abc import Callable

from servanda.decisions.licences.believed import believed
from servanda.decisions.licences.life import Outcome, counts_from
from servanda.decisions.licences.standing import Standing, standing
from servanda.errors import FormatError, QuestionError, RefusedError, UnknownNameError
from servanda.formats.licences import corrected, read_terms, regime_of
from servanda.model.licence import From
from servanda.model.licence_event import (
    Consented,
    Corrected,
    Drafted,
    LicenceEvent,
    Moved,
    Plain,
    Reported,
    Shipped,
    Struck,
    kind_of,
)
from servanda.model.when import Instant, When, zone
from servanda.node.house import Node, Work
from servanda.node.licensing.records import Recorded, events_of, free_name, names, write
from servanda.register import EntryKind

Making = Callable[[Work, tuple[LicenceEvent, ...], str], LicenceEvent]
"""Makes a record from the transaction, the records before it, and a free name."""


def draft(node: Node, terms: bytes, file: str, officer: str, done: When | None = None) -> Recorded:
    """Record the draft of a licence from its terms as TOML.

    Raises:
        CatalogueError: the terms have problems.
        QuestionError: there is a licence of that id.
    """
    with node.writing() as work:
        registry = node.registry(work.connection)
        regime = registry.instruments.get(regime_of(terms, file))
        seat = registry.party(node.party).seat
        named = regime.conventions.zone if regime is not None else None
        licence = read_terms(terms, file, named or seat)
        if licence.id in names(work.connection):
            raise QuestionError(f"a licence `{licence.id}` is on record", hint="give it another id")
        record = Drafted(
            id="drafted-1",
            licence=licence.id,
            officer=officer,
            done=done or work.at,
            seen=work.at,
            terms=licence,
        )
        _not_ahead(record, work.at, licence.zone)
        found = standing((record,), work.at)
        return Recorded(record, write(work, record), found)


def act(node: Node, licence: str, kind: str, make: Making) -> Recorded:
    """Record something of a licence, if where it stands allows it; a refusal is an entry too.

    Raises:
        UnknownNameError: there is no such licence.
        RefusedError: where it stands does not allow it.
        QuestionError: it names what the licence does not have, or has not happened yet.
    """
    refused: RefusedError | None = None
    with node.writing() as work:
        events = events_of(work.connection, licence)
        event = make(work, events, free_name(work.connection, licence, kind))
        try:
            return admit(work, events, event)
        except RefusedError as wrong:
            refused = wrong
            doing = f"{kind_of(event)} {licence}"
            body = {"doing": doing, "licence": licence, "event": event.id, "officer": event.officer}
            work.record(EntryKind.REFUSAL, {**body, "why": wrong.message})
    raise refused


def admit(work: Work, events: tuple[LicenceEvent, ...], event: LicenceEvent) -> Recorded:
    """Write a record that has effect, and takes no shipment's cover away."""
    before = standing(events, work.at)
    where = before.licence.zone if before.licence is not None else "UTC"
    if any(one.id == event.id for one in events):
        raise QuestionError(f"`{event.id}` is on record for {event.licence}", hint="give it another id")
    _not_ahead(event, work.at, where)
    _named(event, events, before)
    at = work.at
    if not isinstance(event, Struck | Corrected):
        at = Instant(max(at.utc, counts_from(event, zone(where)).utc))
    after = standing((*events, event), at)
    _has_effect(event, after)
    lost = _lost(before, after, event)
    for one in lost:
        if isinstance(one.event, Shipped) and isinstance(event, Shipped | Corrected):
            raise RefusedError(
                f"with it shipment `{one.event.id}` would have no cover: {_why(one)}",
                hint="correct or strike what is wrong on record first",
            )
        if isinstance(event, Corrected) and one.event.id == event.of:
            raise RefusedError(f"so corrected `{event.of}` has no effect: {_why(one)}")
    return Recorded(event, write(work, event), after, lost=lost)


def _has_effect(event: LicenceEvent, after: Standing) -> None:
    mine = next((one for one in after.outcomes if one.event.id == event.id), None)
    if mine is None or not mine.effective:
        why = _why(mine) if mine is not None else "it would not count"
        raise RefusedError(f"`{event.id}` of {event.licence} is refused: {why}", hint=_hint(mine))


def _why(outcome: Outcome) -> str:
    return "; ".join(one.says for one in outcome.because)


def _hint(outcome: Outcome | None) -> str:
    codes = {one.code for one in outcome.because} if outcome is not None else set()
    if codes & {"licence.too-much", "licence.worth-too-much"}:
        return "ship no more than what remains, or under another licence"
    return ""


def _lost(before: Standing, after: Standing, event: LicenceEvent) -> tuple[Outcome, ...]:
    of = event.of if isinstance(event, Struck) else ""
    had = {one.event.id for one in before.outcomes if one.effective} - {of}
    return tuple(one for one in after.outcomes if one.event.id in had and not one.effective)


def _not_ahead(event: LicenceEvent, at: Instant, where: str) -> None:
    records = [event, event.record] if isinstance(event, Corrected) else [event]
    for one in records:
        if one.done.span(zone(where))[0] > at:
            raise QuestionError(f"`{one.done}` is still ahead", hint="record it once it is done")


def _named(event: LicenceEvent, events: tuple[LicenceEvent, ...], found: Standing) -> None:
    """Check that what a record names is there: items, units, clauses, shipments, other records."""
    if isinstance(event, Struck | Corrected):
        if all(one.id != event.of for one in events):
            raise UnknownNameError(
                f"no record `{event.of}` of {event.licence}", hint="`licence show` lists them"
            )
        if isinstance(event, Corrected):
            _named(event.record, events, found)
        return
    licence = found.licence
    if licence is None:
        return
    lines: list[tuple[str, str]] = []
    if isinstance(event, Shipped):
        lines = [(one.item, one.unit) for one in event.lines]
        money = {one.currency for one in event.lines if one.currency} - {licence.currency}
        if money and licence.currency:
            raise QuestionError(
                f"the licence counts in {licence.currency}, not in {', '.join(sorted(money))}"
            )
        for one in event.lines:
            item = licence.item(one.item)
            if item is not None and item.value is not None and one.value is None:
                raise QuestionError(f"item `{item.id}` is limited by value", hint="say its --value")
    elif isinstance(event, Moved):
        lines = [(event.item, event.unit)]
    elif isinstance(event, Consented):
        found_item = licence.item(event.item)
        lines = [(event.item, found_item.unit if found_item else "")]
        clauses = [one.clause for one in licence.undertakings if event.change in one.before]
        if event.clause not in clauses:
            raise QuestionError(
                f"clause `{event.clause}` asks no consent to {event.change.value}",
                hint=f"those that do: {', '.join(clauses) or 'none'}",
            )
    elif isinstance(event, Reported):
        _of_report(event, events, found)
    for name, unit in lines:
        item = licence.item(name)
        if item is None:
            known = ", ".join(one.id for one in licence.items)
            raise QuestionError(f"{licence.id} has no item `{name}`", hint=f"its items are {known}")
        if unit != item.unit:
            raise QuestionError(f"item `{name}` is licensed in {item.unit}, not in {unit}")


def _of_report(event: Reported, events: tuple[LicenceEvent, ...], found: Standing) -> None:
    assert found.licence is not None
    asked = next((one for one in found.licence.reports if one.clause == event.clause), None)
    if asked is None:
        known = ", ".join(one.clause for one in found.licence.reports) or "none"
        raise QuestionError(f"clause `{event.clause}` asks for no report", hint=f"those that do: {known}")
    each = asked.within is not None and asked.counted_from is From.SHIPMENT
    if each and not event.shipment:
        raise QuestionError(f"clause `{event.clause}` asks for a report of each shipment", hint="say which")
    if event.shipment and all(one.id != event.shipment or not isinstance(one, Shipped) for one in events):
        raise UnknownNameError(f"no shipment `{event.shipment}` under {event.licence}")


def correct(
    node: Node, licence: str, of: str, changes: str, officer: str, reason: str, done: When | None = None
) -> Recorded:
    """Correct a record: fields of it are read otherwise by whoever knows of this.

    Raises:
        UnknownNameError: there is no such record.
        RefusedError: so corrected it would have no effect, or take another shipment's cover.
    """

    def make(work: Work, events: tuple[LicenceEvent, ...], free: str) -> LicenceEvent:
        held = next((one for one in believed(events, work.at).held if one.record.id == of), None)
        if held is None:
            raise UnknownNameError(
                f"no record `{of}` of {licence}", hint="`servanda licence show` lists them"
            )
        if held.struck is not None:
            raise QuestionError(f"`{of}` is struck", hint="strike that strike, or record it anew")
        record: Plain = corrected(held.record, changes, f"the correction of {of}")
        if record == held.record:
            raise FormatError("the correction changes nothing")
        return Corrected(
            id=free,
            licence=licence,
            officer=officer,
            done=done or work.at,
            seen=work.at,
            reason=reason,
            of=of,
            record=record,
        )

    return act(node, licence, "corrected", make)
