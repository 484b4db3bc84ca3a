"""Releases: decided, sealed, decided again at the instant of the record, and put into the outbox.

Order of durable steps: the container is whole on the disk under its digest; then one transaction holds the
item, the release, the register's entry and the envelope. A crash before the transaction leaves a file
without a record, which the next start sweeps; after it, the outbox does the rest.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Row, select

from servanda.errors import RefusedError, StorageError, UnknownNameError
from servanda.exchange import Attachment, EnvelopeKind
from servanda.model.decision import Decision, Outcome
from servanda.model.duty import Duty
from servanda.node.deciding import Label, dumps, read_label, refusal, refuse, rule, summary
from servanda.node.house import Node, Work, stamp
from servanda.node.posting import post
from servanda.node.tables import ITEM, RELEASE
from servanda.register import EntryKind
from servanda.vault import Policy, seal


@dataclass(frozen=True, slots=True)
class Released:
    """What came of a release."""

    release_id: str
    object_id: str
    recipient: str
    sequence: int
    position: int
    decision: Decision


def release_file(
    node: Node,
    source: Path,
    recipient: str,
    marking: str,
    *,
    topics: tuple[str, ...] = (),
    purpose: str = "",
    form: str = "electronic",
) -> Released:
    """Release a document of this party to another.

    Raises:
        RefusedError: the decision is not a permit; the refusal is on record.
        StorageError: the document cannot be read, is too long, or the disk is full.
    """
    at = node.now()
    label = Label(
        object_id=str(uuid.uuid4()),
        name=source.name,
        originators=(node.party,),
        marking=marking,
        topics=topics,
        purpose=purpose,
        form=form,
        created=stamp(at),
    )
    _decide_first(node, label, recipient)
    size = _readable(source, node.config.most_object_bytes)
    with node.keeping_objects():
        temporary = node.objects.temporary()
        with source.open("rb") as stream:
            sealed = seal(
                stream,
                temporary,
                Policy(label.object_id, _attributes(label), (recipient,)),
                msgspec.to_builtins(label),
                (node.service,),
            )
        if sealed.plain_size != size:
            temporary.unlink(missing_ok=True)
            raise StorageError(f"`{source}` changed while it was read", hint="release it again")
        node.objects.adopt(temporary, sealed.digest)
        label = msgspec.structs.replace(label, plain_digest=sealed.plain_digest, plain_size=sealed.plain_size)
        with node.writing() as work:
            work.connection.execute(
                ITEM.insert().values(
                    object_id=label.object_id,
                    name=label.name,
                    role="originated",
                    label=dumps(msgspec.to_builtins(label)),
                    held_under=None,
                    duties="[]",
                    container=sealed.digest,
                    size=sealed.size,
                    obtained=work.stamp,
                    obtained_from=None,
                    state="held",
                    state_at=work.stamp,
                )
            )
            released = _release(node, work, label, sealed.digest, sealed.size, recipient)
        if isinstance(released, RefusedError):
            raise released
        return released


def release_item(node: Node, object_id: str, recipient: str) -> Released:
    """Release an object that this party holds, its own or another's, to a further party.

    Raises:
        UnknownNameError: no such object is held.
        RefusedError: the decision is not a permit; the refusal is on record.
    """
    with node.writing() as work:
        row = held(work, object_id)
        label = label_of(row)
        released = _release(node, work, label, str(row.container), int(row.size), recipient)
    if isinstance(released, RefusedError):
        raise released
    return released


def held(work: Work, object_id: str) -> Row[Any]:
    """Return the record of an object that is held.

    Raises:
        UnknownNameError: no such object, or it is destroyed.
    """
    row = work.connection.execute(select(ITEM).where(ITEM.c.object_id == object_id)).first()
    if row is None:
        raise UnknownNameError(f"no object `{object_id}`", hint="`servanda inbox` lists them")
    if row.state == "destroyed":
        raise UnknownNameError(f"object `{object_id}` was destroyed on {row.state_at}")
    return row


def label_of(row: Row[Any]) -> Label:
    """Return the label of an object's record."""
    return read_label(msgspec.json.decode(row.label))


def _decide_first(node: Node, label: Label, recipient: str) -> None:
    """Refuse before the work of sealing where it would be in vain."""
    with node.writing() as work:
        request = label.request(node.party, recipient, work.at)
        decision = rule(node.registry(work.connection), request).decision
        refused = None
        if decision.outcome is not Outcome.PERMIT:
            refused = refuse(node, work, decision, f"release of {label.name} to {recipient}")
    if refused is not None:
        raise refused


def _release(
    node: Node, work: Work, label: Label, container: str, size: int, recipient: str
) -> Released | RefusedError:
    decision = rule(node.registry(work.connection), label.request(node.party, recipient, work.at)).decision
    if decision.outcome is not Outcome.PERMIT:
        work.record(EntryKind.REFUSAL, {"doing": "release", "decision": summary(decision)})
        return refusal(decision, f"release of {label.name} to {recipient}")
    release_id = str(uuid.uuid4())
    body = {
        "release": release_id,
        "label": msgspec.to_builtins(label),
        "decision": summary(decision),
        "container": container,
    }
    attachment = Attachment(container, size)
    sequence = post(node, work, recipient, EnvelopeKind.RELEASE, body, (attachment,))
    position = work.record(EntryKind.RELEASE, body)
    work.connection.execute(
        RELEASE.insert().values(
            release_id=release_id,
            object_id=label.object_id,
            recipient=recipient,
            at=work.stamp,
            decision=dumps(summary(decision)),
            sequence=sequence,
        )
    )
    return Released(release_id, label.object_id, recipient, sequence, position, decision)


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
