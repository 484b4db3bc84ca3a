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


class Watched(NamedTuple):
    """One thing that goes on as the tables have it, with the label and the person still as JSON."""

    subject: Subject
    parties: tuple[str, ...]
    label: str
    person: str = ""

    def question(self, named: frozenset[str]) -> Question:
        """Return the question that it asks; of objects only those `named` by some act keep their names."""
        person = from_builtins(Person, json.loads(self.person)) if self.person else None
        return Question(_nameless(self.label, named), self.parties, person)


def going_on(connection: Connection, party: str, since: str) -> Iterator[Watched]:
    """Yield what was released, received or opened since a stamp."""
    releases = select(RELEASE.c.object_id, RELEASE.c.recipient, RELEASE.c.received, ITEM.c.label)
    for row in connection.execute(releases.join(ITEM).where(RELEASE.c.at >= since)):
        if not str(row.received or "").startswith("stopped"):
            subject = Subject(Kind.FLOW, f"{row.object_id} {row.recipient}", row.object_id)
            yield Watched(subject, (party, row.recipient), row.label)
    items = select(ITEM.c.object_id, ITEM.c.obtained_from, ITEM.c.label).where(
        ITEM.c.role == "received", ITEM.c.state != "destroyed", ITEM.c.obtained >= since
    )
    for item in connection.execute(items):
        subject = Subject(Kind.ITEM, item.object_id, item.object_id)
        yield Watched(subject, (item.obtained_from, party), item.label)
    keys = select(KEY_ACCESS, ITEM.c.label).join(ITEM).where(KEY_ACCESS.c.given >= since)
    for key in connection.execute(keys):
        name = " ".join(part for part in (key.object_id, key.asker, key.person) if part)
        subject = Subject(Kind.KEY, name, key.object_id)
        yield Watched(subject, tuple(json.loads(key.path)), key.label, key.person)


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
