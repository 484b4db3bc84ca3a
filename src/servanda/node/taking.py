"""Taking a release in: label, container and path belong together, and the item is held under its duties."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row, select

from servanda.decisions import duties
from servanda.errors import FormatError
from servanda.exchange import Envelope
from servanda.model.decision import Decision, Outcome
from servanda.model.duty import Duty
from servanda.model.instrument import Registry
from servanda.node.deciding import dumps, rule, summary
from servanda.node.deriving import check_lineage, keep_lineage
from servanda.node.handover import Path, read_path, verify_path
from servanda.node.house import Node, Work
from servanda.node.label import Label, read_label
from servanda.node.releasing import duties_as_json
from servanda.node.tables import COPY, ITEM
from servanda.register import EntryKind
from servanda.vault import inspect, parse_policy


def take_release(node: Node, work: Work, envelope: Envelope) -> None:
    """Take an object in; its duties are those of the text under which it came, for its life.

    What this party's own law says of the release is recorded. Even where it would not have released
    it, it now holds it, and owes its protection.

    Raises:
        FormatError: label, container and path do not belong together, or contradict what is on record.
    """
    label = read_label(envelope.body["label"])
    container = str(envelope.body["container"])
    if [one.digest for one in envelope.attachments] != [container]:
        raise FormatError("a release has one attachment, its container")
    policy = inspect(node.objects.path(container)).encryption_information.policy
    if parse_policy(policy).uuid != label.object_id:
        raise FormatError("the container is not that of the object that the label names")
    path = _path(node, envelope, label, container)
    check_lineage(work.connection, label)
    decision = rule(node, work.connection, label.request(envelope.sender, node.party, work.at)).decision
    theirs = envelope.body["decision"]
    owed = _owed(node.registry(work.connection), decision, theirs)
    values: dict[str, Any] = {
        "name": label.name,
        "role": "received",
        "label": dumps(label.plain()),
        "held_under": dumps(_texts(node, work, theirs)),
        "duties": duties_as_json(owed),
        "container": container,
        "size": envelope.attachments[0].size,
        "obtained": work.stamp,
        "obtained_from": envelope.sender,
        "state": "held",
        "state_at": work.stamp,
        "path": dumps(path),
    }
    this = ITEM.c.object_id == label.object_id
    here = work.connection.execute(select(ITEM).where(this)).first()
    if here is None:
        work.connection.execute(ITEM.insert().values(object_id=label.object_id, **values))
    elif here.role == "originated" or here.container != container:
        raise FormatError(f"object `{label.object_id}` is another one here")
    elif here.state == "destroyed":
        work.connection.execute(COPY.delete().where(COPY.c.object_id == label.object_id))
        work.connection.execute(ITEM.update().where(this).values(**values))
    else:
        work.connection.execute(ITEM.update().where(this).values(**_again(node, work, here, values)))
    keep_lineage(work, label)
    work.record(
        EntryKind.RECEIPT,
        {
            "object": label.object_id,
            "release": str(envelope.body["release"]),
            "from": envelope.sender,
            "container": container,
            "ours": summary(decision),
            "theirs": theirs,
        },
    )


def _path(node: Node, envelope: Envelope, label: Label, container: str) -> Path:
    """Return the handovers by which an object came, after checking that they lead here.

    The signature of a party that is no peer here cannot be checked; the originator, who gives the key, does.
    """
    path: Path = envelope.body["path"]
    links = read_path(path, label.object_id, label.originators[0], node.party)
    last = links[-1]
    if (last.by, last.container, last.release) != (envelope.sender, container, envelope.body["release"]):
        raise FormatError("the last handover is not that of this release")
    known = {node.party, *(peer.party for peer in node.config.peers)}
    verify_path([one for one, link in zip(path, links, strict=True) if link.by in known], node.peer_identity)
    return path


def _owed(registry: Registry, ours: Decision, theirs: dict[str, Any]) -> tuple[Duty, ...]:
    """Return what is owed by our own law, and for every text under which the item came by theirs."""
    names = [str(name) for name in theirs.get("via", []) if str(name) in registry.instruments]
    texts = (duty for name in names for duty in duties(registry.instrument(name).texts[-1]))
    return tuple(dict.fromkeys((*ours.duties, *texts)))


def _texts(node: Node, work: Work, theirs: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the texts under which an item came: it keeps them, whatever is amended later."""
    registry = node.registry(work.connection)
    found = []
    for name in theirs.get("via", []):
        instrument = registry.instruments.get(str(name))
        if instrument is not None:
            text = instrument.texts[-1]
            digest = instrument.digests.get(text.version, "")
            found.append({"instrument": text.id, "version": text.version, "text": digest})
    return found


def _again(node: Node, work: Work, here: Row[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return what changes for an item that is held already, with its copies and its state.

    It is held under every text by which it came, and owes for each. Of two ways the one that permits now
    counts, and of two such the shorter. A label by its originator goes before one by whoever passed it on.
    """
    before, after = read_label(json.loads(here.label)), read_label(json.loads(values["label"]))
    direct = values["obtained_from"] == after.originators[0]
    if before.bound() != after.bound() and not direct:
        raise FormatError(f"object `{after.object_id}` is labelled otherwise here")
    request = before.request(here.obtained_from, node.party, work.at)
    holds = rule(node, work.connection, request).decision.outcome is Outcome.PERMIT
    shorter = len(json.loads(values["path"])) < len(json.loads(here.path))
    way = ("obtained", "obtained_from", "path", "label") if direct or shorter or not holds else ()
    both = {
        name: dumps(
            [*json.loads(values[name]), *_not_in(json.loads(getattr(here, name)), json.loads(values[name]))]
        )
        for name in ("held_under", "duties")
    }
    return both | {name: values[name] for name in way}


def _not_in(one: list[Any], other: list[Any]) -> list[Any]:
    return [each for each in one if each not in other]
