"""Releases: decided, sealed, decided again at the instant of the record, and put into the outbox.

Order of durable steps: the container is whole on the disk under its digest; then one transaction holds the
item, the release, the register's entry and the envelope. A crash before the transaction leaves a file
without a record, which the next start sweeps; after it, the outbox does the rest.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Row, select

from servanda.errors import NodeError, QuestionError, RefusedError, StorageError, UnknownNameError
from servanda.exchange import Attachment, EnvelopeKind
from servanda.model.decision import Decision, Outcome
from servanda.model.duty import Duty
from servanda.model.label import Caveat
from servanda.node.concerning import bring_up_to_date
from servanda.node.deciding import dumps, refuse, rule, summary
from servanda.node.deriving import derived, keep_lineage, marked_high_enough
from servanda.node.handover import Handover, longer
from servanda.node.house import Node, Work, stamp
from servanda.node.label import Label, read_label
from servanda.node.posting import post
from servanda.node.tables import ITEM, RELEASE
from servanda.register import EntryKind
from servanda.vault import Policy, seal


@dataclass(frozen=True, slots=True)
class Released:
    """What came of a release; `officer` decided on it, and is empty where nobody was named."""

    release_id: str
    object_id: str
    recipient: str
    sequence: int
    position: int
    decision: Decision
    officer: str = ""


def release_file(
    node: Node,
    source: Path,
    recipient: str,
    marking: str,
    *,
    topics: tuple[str, ...] = (),
    purpose: str = "",
    form: str = "electronic",
    caveats: tuple[Caveat, ...] = (),
    given_for: tuple[str, ...] = (),
    derived_from: tuple[str, ...] = (),
    object_id: str = "",
    officer: str = "",
) -> Released:
    """Release a document of this party to another.

    What it derives from comes with it: `derived_from` are objects held here. `object_id` names the new
    object where an act of an originator speaks of it already.

    Raises:
        RefusedError: the decision is not a permit; the refusal is on record.
        QuestionError: it is marked below what it derives from, derives from itself, or its name is taken.
        NodeError: releases of this node name their officer, and none is named.
        StorageError: the document cannot be read, is too long, or the disk is full.
    """
    officer = _officer(node, officer)
    label = Label(
        object_id=_new_id(object_id),
        name=source.name,
        originators=(node.party,),
        marking=marking,
        topics=topics,
        purpose=purpose,
        form=form,
        created=stamp(node.now()),
        caveats=caveats,
        given_for=given_for,
    )
    label = _decide_first(node, label, derived_from, recipient)
    size = _readable(source, node.config.most_object_bytes)
    with node.keeping_objects():
        temporary = node.objects.temporary()
        with source.open("rb") as stream:
            sealed = seal(
                stream,
                temporary,
                Policy(label.object_id, _attributes(label), (recipient,)),
                label.plain(),
                (node.service,),
            )
        if sealed.plain_size != size:
            temporary.unlink(missing_ok=True)
            raise StorageError(f"`{source}` changed while it was read", hint="release it again")
        node.objects.adopt(temporary, sealed.digest)
        label = msgspec.structs.replace(label, plain_digest=sealed.plain_digest, plain_size=sealed.plain_size)
        with node.writing() as work:
            _keep_new(work, label, sealed.digest, sealed.size)
            released = _release(node, work, held(work, label.object_id), recipient, officer)
        if isinstance(released, RefusedError):
            raise released
        return released


def release_item(node: Node, object_id: str, recipient: str, *, officer: str = "") -> Released:
    """Release an object that this party holds, its own or another's, to a further party.

    Raises:
        UnknownNameError: no such object is held.
        RefusedError: the decision is not a permit; the refusal is on record.
        QuestionError: it has gone through too many hands.
        NodeError: releases of this node name their officer, and none is named.
    """
    officer = _officer(node, officer)
    with node.writing() as work:
        released = _release(node, work, held(work, object_id), recipient, officer)
    if isinstance(released, RefusedError):
        raise released
    return released


def _officer(node: Node, officer: str) -> str:
    """Return who decides: the one named, else the one of the configuration."""
    found = officer.strip() or node.config.officer
    if not found and node.config.officer_required:
        raise NodeError(
            f"a release of {node.party} names the officer who decides on it", hint="add --officer NAME"
        )
    return found


def _new_id(asked: str) -> str:
    if not asked:
        return str(uuid.uuid4())
    try:
        return str(uuid.UUID(asked))
    except ValueError as wrong:
        raise QuestionError(
            f"`{asked}` is no name for a new object", hint=f"write a UUID, such as {uuid.uuid4()}"
        ) from wrong


def _keep_new(work: Work, label: Label, container: str, size: int) -> None:
    work.connection.execute(
        ITEM.insert().values(
            object_id=label.object_id,
            name=label.name,
            role="originated",
            label=dumps(label.plain()),
            held_under=None,
            duties="[]",
            container=container,
            size=size,
            obtained=work.stamp,
            obtained_from=None,
            state="held",
            state_at=work.stamp,
            path="[]",
        )
    )
    keep_lineage(work, label)


def held(work: Work, object_id: str) -> Row[Any]:
    """Return the record of an object that is held.

    Raises:
        UnknownNameError: no such object, or it is destroyed.
    """
    row = _known(work, object_id)
    if row is None:
        raise UnknownNameError(f"no object `{object_id}`", hint="`servanda inbox` lists them")
    if row.state == "destroyed":
        raise UnknownNameError(f"object `{object_id}` was destroyed on {row.state_at}")
    return row


def _known(work: Work, object_id: str) -> Row[Any] | None:
    return work.connection.execute(select(ITEM).where(ITEM.c.object_id == object_id)).first()


def label_of(row: Row[Any]) -> Label:
    """Return the label of an object's record."""
    return read_label(msgspec.json.decode(row.label))


def _decide_first(node: Node, label: Label, sources: tuple[str, ...], recipient: str) -> Label:
    """Return the label with what it derives from; refuse before the work of sealing where that is in vain."""
    refused = None
    with node.writing() as work:
        if _known(work, label.object_id) is not None:
            raise QuestionError(f"object `{label.object_id}` is on record", hint="choose another name for it")
        if sources:
            label = derived(work, label, sources)
            marked_high_enough(node, work, label, recipient)
        decision = rule(node, work.connection, label.request(node.party, recipient, work.at)).decision
        if decision.outcome is not Outcome.PERMIT:
            refused = refuse(work, decision, f"release of {label.name} to {recipient}")
    if refused is not None:
        if label.sources:
            # A regrading of an extract names the extract, so it must have a name before it can be released.
            again = f"released again with --id {label.object_id}, an originator's act can name it"
            refused.hint = "; ".join(part for part in (refused.hint, again) if part)
        raise refused
    return label


def _release(node: Node, work: Work, row: Row[Any], recipient: str, officer: str) -> Released | RefusedError:
    label = label_of(row)
    request = label.request(node.party, recipient, work.at)
    decision = rule(node, work.connection, request).decision
    if decision.outcome is not Outcome.PERMIT:
        return refuse(work, decision, f"release of {label.name} to {recipient}")
    release_id = str(uuid.uuid4())
    container = str(row.container)
    handover = Handover(
        object=label.object_id,
        container=container,
        by=node.party,
        to=recipient,
        release=release_id,
        at=work.stamp,
    )
    body = {
        "release": release_id,
        "label": label.plain(),
        "decision": summary(decision),
        "container": container,
    }
    sent = {**body, "path": longer(node, json.loads(row.path), handover)}
    attachment = Attachment(container, int(row.size))
    sequence = post(node, work, recipient, EnvelopeKind.RELEASE, sent, (attachment,))
    # That the law permits it obliges nobody: who decided is part of the record, and nobody else's business.
    bring_up_to_date(node, work, label, decision)
    position = work.record(EntryKind.RELEASE, {**body, "officer": officer})
    work.connection.execute(
        RELEASE.insert().values(
            release_id=release_id,
            object_id=label.object_id,
            recipient=recipient,
            at=work.stamp,
            decision=dumps(summary(decision)),
            sequence=sequence,
            officer=officer,
        )
    )
    return Released(release_id, label.object_id, recipient, sequence, position, decision, officer)


def duties_as_json(duties: tuple[Duty, ...]) -> str:
    """Return duties as they are kept with an item."""
    return dumps(
        [
            {
                "duty": one.kind.value,
                "cite": one.because.cite(),
                "says": one.because.says,
                "survives": one.survives,
            }
            for one in duties
        ]
    )


def _attributes(label: Label) -> tuple[str, ...]:
    originator = label.originators[0].lower()
    return tuple(f"https://{originator}.servanda.invalid/attr/topic/value/{one}" for one in label.topics)


def _readable(source: Path, most: int) -> int:
    try:
        if not source.is_file():
            raise StorageError(f"`{source}` is not a file", hint="name a document")
        size = source.stat().st_size
    except OSError as wrong:
        raise StorageError(f"`{source}` cannot be read: {wrong}") from wrong
    if size > most:
        raise StorageError(f"`{source}` has {size} bytes, more than the {most} allowed here")
    return size
