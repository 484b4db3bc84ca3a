"""Acts: recorded here, signed, sent to whom they concern, and taken in from others."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import select

from servanda.errors import FormatError, QuestionError, UnknownNameError
from servanda.exchange import EnvelopeKind, Signed, parse_signed, sign_document
from servanda.formats.words import act_bytes, from_builtins, to_builtins
from servanda.model.act import Act, Consent, Recall, kind_of
from servanda.model.instrument import Instrument, Registry
from servanda.model.when import Instant
from servanda.node.house import Node, Work
from servanda.node.posting import post
from servanda.node.reporting import report_status
from servanda.node.tables import ACT, RELEASE
from servanda.register import EntryKind

FORMAT = "servanda/act@1"
SKEW = timedelta(minutes=5)
"""How far the clock of an act's author may be ahead of ours."""


def record_act(node: Node, instrument: str, act: Act) -> int:
    """Record an act of this party, and send it to the parties it concerns; return its position.

    `seen` of the act is set to this node's instant.

    Raises:
        UnknownNameError: no such instrument, or the act speaks of one that is not there.
        QuestionError: the act is not this party's own, or its id is taken.
    """
    with node.writing() as work:
        registry = node.registry(work.connection)
        act = msgspec.structs.replace(act, seen=work.at)
        _check(registry, registry.instrument(instrument), act, node.party)
        plain = {"format": FORMAT, "instrument": instrument, "act": to_builtins(act)}
        signed = sign_document(plain, node.identity)
        position = _keep(work, instrument, act, signed, came_from=None)
        law = node.registry(work.connection)
        for party in concerned(node, work, law, law.instrument(instrument), act):
            kind = EnvelopeKind.RECALL if isinstance(act, Recall) else EnvelopeKind.ACT
            post(node, work, party, kind, {"signed": _plain_wire(signed)})
        report_status(node, work, law, instrument)
        return position


def take_act(node: Node, work: Work, body: dict[str, Any], sender: str) -> None:
    """Take an act in that came in an envelope; its receipt here is when this party has seen it.

    Raises:
        FormatError: malformed, or not signed by the party whose act it is.
    """
    signed = parse_signed(json.dumps(body.get("signed")).encode())
    plain = signed.plain(FORMAT)
    act: Act = from_builtins(Act, plain.get("act"))  # type: ignore[arg-type]  # a union of types
    name = str(plain.get("instrument"))
    if len(act.by) != 1:
        raise FormatError("an act that travels is one party's own; each party sends its own")
    signed.verify(FORMAT, node.peer_identity(act.by[0]))
    registry = node.registry(work.connection)
    instrument = registry.instrument(name)
    known = work.connection.execute(
        select(ACT.c.digest).where(ACT.c.instrument == name, ACT.c.act_id == act.id)
    ).scalar()
    if known is not None:
        if known != signed.digest:
            raise FormatError(f"another act has the id `{act.id}` in {name}")
        return
    act = msgspec.structs.replace(act, seen=_seen(act, work.at))
    _check(registry, instrument, act, act.by[0])
    _keep(work, name, act, signed, came_from=sender)
    law = node.registry(work.connection)
    if isinstance(act, Recall):
        _pass_on(node, work, act, signed)
    report_status(node, work, law, name)


def _seen(act: Act, at: Instant) -> Instant:
    """Return when this node has seen an act: now, or when it was done where our clock is a little slow."""
    if isinstance(act.done, Instant) and timedelta(0) < act.done.utc - at.utc <= SKEW:
        return act.done
    return at


def _check(registry: Registry, instrument: Instrument, act: Act, author: str) -> None:
    if act.by != (author,):
        raise QuestionError(
            f"act `{act.id}` is by {', '.join(act.by)}, not by {author}",
            hint="each party records its own acts",
        )
    known = {one.id: one for one in instrument.acts}
    if act.id in known:
        raise QuestionError(f"act `{act.id}` of {instrument.id} is on record", hint="choose an id")
    of = getattr(act, "of", None)
    if of is not None and of not in known:
        raise UnknownNameError(
            f"act `{act.id}` speaks of `{of}`, which is not on record", hint="see `servanda explain`"
        )
    for name in getattr(act, "rests_on", ()):
        registry.instrument(name)
    for code in (*getattr(act, "recipients", ()), *getattr(act, "holders", ())):
        registry.party(code)
    if isinstance(act.done, Instant) and act.done > act.seen:
        raise QuestionError(
            f"act `{act.id}` would be done at {act.done}, after now", hint="record it when it is done"
        )


def _keep(work: Work, instrument: str, act: Act, signed: Signed, came_from: str | None) -> int:
    position = work.record(
        EntryKind.ACT,
        {
            "instrument": instrument,
            "act": act.id,
            "kind": kind_of(act),
            "from": came_from or "",
            "signed": _plain_wire(signed),
        },
    )
    work.connection.execute(
        ACT.insert().values(
            digest=signed.digest,
            instrument=instrument,
            act_id=act.id,
            body=act_bytes(act),
            came_from=came_from,
            position=position,
        )
    )
    return position


def _plain_wire(signed: Signed) -> Any:  # noqa: ANN401 - JSON
    return json.loads(signed.wire())


def concerned(node: Node, work: Work, registry: Registry, instrument: Instrument, act: Act) -> list[str]:
    """Return the peers that an act concerns.

    They are the instrument's parties, those whom a consent names, those who hold a consent that rests
    on the instrument, and, for a recall, those to whom the objects were released from here.
    """
    parties = set(instrument.parties)
    if isinstance(act, Consent):
        parties |= {*act.holders, *act.recipients}
    for other in registry.instruments.values():
        for consent in other.acts:
            if isinstance(consent, Consent) and instrument.id in consent.rests_on:
                parties |= {*consent.holders, *consent.recipients, *consent.by}
    if isinstance(act, Recall):
        parties |= _released_to(work, act.objects)
    peers = {peer.party for peer in node.config.peers}
    wholes = {registry.parties[one].part_of for one in parties if one in registry.parties}
    return sorted(peers & (parties | {one for one in wholes if one is not None}))


def _released_to(work: Work, objects: tuple[str, ...]) -> set[str]:
    query = select(RELEASE.c.recipient).where(RELEASE.c.object_id.in_(objects)).distinct()
    return {str(row.recipient) for row in work.connection.execute(query)}


def _pass_on(node: Node, work: Work, act: Recall, signed: Signed) -> None:
    """A recall goes on to everybody who got the objects from here, with its author's signature."""
    for party in sorted(_released_to(work, act.objects)):
        post(node, work, party, EnvelopeKind.RECALL, {"signed": _plain_wire(signed)})
