"""What a permit lets go on: flows from here, items held here, keys given from here.

Each is a question that was answered with a permit once and may be answered otherwise. Many of them are one
question: what differs in nothing that any act on record names has one answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from servanda.formats.words import from_builtins, read_hook
from servanda.model.instrument import Registry
from servanda.model.label import Person
from servanda.node.label import Label
from servanda.node.tables import ITEM, KEY_ACCESS, RELEASE


class Kind(Enum):
    """What goes on, and what it is called when it stops and when it goes on again."""

    FLOW = "flow"
    ITEM = "item"
    KEY = "key-access"

    def called(self, *, going_on: bool) -> str:
        """Return the word of the register for a change."""
        return _CALLED[self][going_on]


_CALLED = {
    Kind.FLOW: ("flow-stopped", "flow-resumed"),
    Kind.ITEM: ("item-under-survival-duties", "item-open-again"),
    Kind.KEY: ("key-access-closed", "key-access-open-again"),
}
CHANGES = frozenset(word for words in _CALLED.values() for word in words)


class Subject(NamedTuple):
    """One thing that goes on: a release to a party, an item, a key that a party was given."""

    kind: Kind
    name: str
    object_id: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked again: every link between `parties` in order, for an object of this label."""

    label: Label
    parties: tuple[str, ...]
    person: Person | None


def going_on(
    connection: Connection, party: str, since: str, named: frozenset[str]
) -> Iterator[tuple[Question, Subject]]:
    """Yield what was released, received or opened since a stamp, each with the question that it asks.

    `named` are the objects that acts on record name; only these keep their names in a question.
    """
    releases = select(RELEASE.c.object_id, RELEASE.c.recipient, RELEASE.c.received, ITEM.c.label)
    for row in connection.execute(releases.join(ITEM).where(RELEASE.c.at >= since)):
        if not str(row.received or "").startswith("stopped"):
            subject = Subject(Kind.FLOW, f"{row.object_id} {row.recipient}", row.object_id)
            yield Question(_nameless(row.label, named), (party, row.recipient), None), subject
    items = select(ITEM).where(
        ITEM.c.role == "received", ITEM.c.state != "destroyed", ITEM.c.obtained >= since
    )
    for row in connection.execute(items):
        question = Question(_nameless(row.label, named), (row.obtained_from, party), None)
        yield question, Subject(Kind.ITEM, row.object_id, row.object_id)
    keys = select(KEY_ACCESS, ITEM.c.label).join(ITEM).where(KEY_ACCESS.c.given >= since)
    for row in connection.execute(keys):
        person = from_builtins(Person, json.loads(row.person)) if row.person else None
        question = Question(_nameless(row.label, named), tuple(json.loads(row.path)), person)
        name = " ".join((row.object_id, row.asker, *([person.id] if person is not None else [])))
        yield question, Subject(Kind.KEY, name, row.object_id)


def named_objects(registry: Registry) -> frozenset[str]:
    """Return the objects that any act on record names."""
    found: set[str] = set()
    for instrument in registry.instruments.values():
        for act in instrument.acts:
            found |= {*getattr(act, "objects", ()), getattr(act, "extract_of", "")}
    return frozenset(found - {""})


def _nameless(plain: str, named: frozenset[str]) -> Label:
    """Return a label without what no answer turns on: names that no act names, and what is there to show."""
    label = msgspec.json.decode(plain, type=Label, dec_hook=read_hook)
    return msgspec.structs.replace(
        label,
        object_id=_kept(label.object_id, named),
        name="",
        created="",
        plain_digest="",
        plain_size=0,
        sources=(),
        lineage=tuple(
            msgspec.structs.replace(one, object_id=_kept(one.object_id, named)) for one in label.lineage
        ),
    )


def _kept(name: str, named: frozenset[str]) -> str:
    return name if name in named else ""
