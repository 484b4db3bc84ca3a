"""Whom an act concerns: who has to know of it, so that every node asks the law of the same record."""

from __future__ import annotations

import json

import msgspec
from sqlalchemy import or_, select

from servanda.exchange import EnvelopeKind
from servanda.model.act import Act, AssurePersons, Consent, Recall, Regrade
from servanda.model.decision import Decision
from servanda.model.instrument import Instrument, Registry
from servanda.node.deriving import made_from
from servanda.node.house import Node, Work
from servanda.node.label import Label
from servanda.node.posting import post
from servanda.node.tables import ACT, ITEM, LINEAGE, RELEASE


def concerned(node: Node, work: Work, registry: Registry, instrument: Instrument, act: Act) -> list[str]:
    """Return the peers that an act concerns.

    They are the instrument's parties, those whom the act or the act that it speaks of names, those who hold
    a consent that rests on the instrument, the originators of what was passed on under it, and, for a recall
    or a regrading, those to whom the objects, or what was made from them, were released from here.
    """
    parties = set(instrument.parties) | _named(act) | _passed_under(work, instrument.id)
    of = getattr(act, "of", "")
    for one in instrument.acts:
        if one.id == of:
            parties |= _named(one) | set(one.by)
    for other in registry.instruments.values():
        for consent in other.acts:
            if isinstance(consent, Consent) and instrument.id in consent.rests_on:
                parties |= {*consent.holders, *consent.recipients, *consent.by}
    if isinstance(act, Recall | Regrade):
        parties |= released_to(work, act)
    return _peers(node, registry, parties)


def bring_up_to_date(node: Node, work: Work, label: Label, decision: Decision) -> None:
    """Tell the originators of what is passed on under an instrument how it stands between its parties.

    They judge this link at every key access from now on, so they get the acts on record here, each with its
    author's signature; later ones reach them as they are recorded.
    """
    registry = node.registry(work.connection)
    for name in decision.via:
        instrument = registry.instrument(name)
        fresh = set(label.everybody) - set(instrument.parties) - _passed_under(work, name)
        query = select(ACT.c.position).where(ACT.c.instrument == name).order_by(ACT.c.position)
        positions = [int(row.position) for row in work.connection.execute(query)] if fresh else []
        for position in positions:
            ((_, entry),) = work.log.entries(position, position + 1)
            for party in _peers(node, registry, fresh):
                post(node, work, party, EnvelopeKind.ACT, {"signed": entry.body["signed"]})


def released_to(work: Work, act: Recall | Regrade) -> set[str]:
    """Return to whom the objects of an act, and whatever was made from them, were released from here."""
    named = {*act.objects, act.extract_of} if isinstance(act, Regrade) else {*act.objects}
    names = tuple(named | made_from(work.connection, act.objects))
    query = select(RELEASE.c.recipient).where(RELEASE.c.object_id.in_(names)).distinct()
    return {str(row.recipient) for row in work.connection.execute(query)}


def _named(act: Act) -> set[str]:
    """Return the parties that an act names beside its author."""
    match act:
        case Consent():
            return {*act.holders, *act.recipients}
        case AssurePersons():
            return {act.to}
        case Recall():
            return set(act.parties)
    return set()


class _Whose(msgspec.Struct, frozen=True):
    """Of a label, or of a portion in it, whose it is."""

    originators: tuple[str, ...]
    lineage: tuple[_Whose, ...] = ()


def _passed_under(work: Work, instrument: str) -> set[str]:
    """Return whose information came here, or went on from here, under an instrument."""
    quoted = json.dumps(instrument, ensure_ascii=False)
    came = select(ITEM.c.label).where(ITEM.c.held_under.contains(quoted, autoescape=True))
    # What is this party's own alone, which is most of what goes out, concerns nobody else.
    of_others = or_(ITEM.c.role == "received", ITEM.c.object_id.in_(select(LINEAGE.c.object_id)))
    went = (
        select(ITEM.c.label)
        .join(RELEASE, RELEASE.c.object_id == ITEM.c.object_id)
        .where(of_others, RELEASE.c.decision.contains(quoted, autoescape=True))
    )
    found: set[str] = set()
    for query in (came, went):
        for row in work.connection.execute(query):
            whose = msgspec.json.decode(row.label, type=_Whose)
            found.update(whose.originators, *(one.originators for one in whose.lineage))
    return found


def _peers(node: Node, registry: Registry, parties: set[str]) -> list[str]:
    """Return those of the parties, or of what they are part of, that have a node known here."""
    peers = {peer.party for peer in node.config.peers}
    wholes = {registry.parties[one].part_of for one in parties if one in registry.parties}
    return sorted(peers & (parties | {one for one in wholes if one is not None}))
