"""Acts: recorded here, signed, sent to whom they concern, and taken in from others."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import select

from servanda.errors import FormatError
from servanda.exchange import EnvelopeKind, Signed, parse_signed, sign_document
from servanda.formats.words import act_bytes, from_builtins, to_builtins
from servanda.model.act import Act, Recall, Regrade, kind_of
from servanda.model.when import Instant
from servanda.node.checking import check, check_objects, check_own
from servanda.node.concerning import concerned, released_to
from servanda.node.house import Node, Work
from servanda.node.posting import post
from servanda.node.reporting import report_status
from servanda.node.tables import ACT
from servanda.register import EntryKind

FORMAT = "servanda/act@1"
SKEW = timedelta(minutes=5)
"""How far the clock of an act's author may be ahead of ours."""


def record_act(node: Node, instrument: str, act: Act) -> int:
    """Record an act of this party, and send it to the parties it concerns; return its position.

    `seen` of the act is set to this node's instant.

    Raises:
        UnknownNameError: no such instrument, or the act speaks of one that is not there.
        QuestionError: the act is not this party's own, its id is taken, or it disposes of what is another's.
    """
    with node.writing() as work:
        registry = node.registry(work.connection)
        act = msgspec.structs.replace(act, seen=work.at)
        check(registry, registry.instrument(instrument), act, node.party)
        check_own(work.connection, registry, act)
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
        QuestionError: it disposes of what is another's.
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
    check(registry, instrument, act, act.by[0])
    check_objects(work.connection, registry, act)
    _keep(work, name, act, signed, came_from=sender)
    law = node.registry(work.connection)
    if isinstance(act, Recall | Regrade):
        _pass_on(node, work, act, signed)
    report_status(node, work, law, name)


def _seen(act: Act, at: Instant) -> Instant:
    """Return when this node has seen an act: now, or when it was done where our clock is a little slow."""
    if isinstance(act.done, Instant) and timedelta(0) < act.done.utc - at.utc <= SKEW:
        return act.done
    return at


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


def _pass_on(node: Node, work: Work, act: Recall | Regrade, signed: Signed) -> None:
    """A recall or a regrading goes on to everybody who got the objects from here, signed by its author."""
    kind = EnvelopeKind.RECALL if isinstance(act, Recall) else EnvelopeKind.ACT
    for party in sorted(released_to(work, act) - set(act.by)):
        post(node, work, party, kind, {"signed": _plain_wire(signed)})
