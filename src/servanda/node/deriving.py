"""Objects made from others: what they carry of their sources, and how low they may be marked.

Nothing of a source is dropped here. What its originator regraded or freed counts, because the law asks for
it at every instant; what a holder calls an extract changes nothing.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from servanda.decisions.lineage import contents, gather
from servanda.decisions.marking import held_as, known_level
from servanda.errors import FormatError, QuestionError, UnknownNameError
from servanda.model.label import Portion
from servanda.node.house import Node, Work
from servanda.node.label import Label, read_label
from servanda.node.tables import ITEM, LINEAGE

MOST_PORTIONS = 100
"""How many objects may have gone into one, at whatever distance; a label stays readable."""


def derived(work: Work, label: Label, sources: tuple[str, ...]) -> Label:
    """Return a new object's label with all that its sources bring along.

    Raises:
        UnknownNameError: a source is not held here, or is destroyed.
        QuestionError: an object derives from itself, or too many have gone into it.
    """
    sources = tuple(dict.fromkeys(sources))
    if label.object_id in sources:
        raise QuestionError(f"`{label.object_id}` would derive from itself", hint="name its sources")
    lineage: dict[str, tuple[str, ...]] = {label.object_id: sources}
    own: dict[str, Portion] = {}
    for name in sources:
        if _state(work.connection, name) != "held":
            raise UnknownNameError(f"no object `{name}` is held here", hint="`servanda inbox` lists them")
    todo = list(sources)
    while todo:
        name = todo.pop()
        held = _label(work.connection, name) if name not in lineage else None
        if held is None:
            continue
        carried = {one.object_id: one for one in held.lineage}
        lineage[name] = tuple(dict.fromkeys((*held.sources, *carried)))
        own = {**carried, **own, name: held.own}
        todo += lineage[name]
    portions = gather(lineage, own, label.object_id)
    if len(portions) > MOST_PORTIONS:
        raise QuestionError(
            f"{len(portions)} objects have gone into it, more than the {MOST_PORTIONS} of a label",
            hint="make it from fewer",
        )
    return msgspec.structs.replace(label, sources=sources, lineage=portions)


def marked_high_enough(node: Node, work: Work, label: Label, recipient: str) -> None:
    """Check that a new object is marked at least as high as this party holds each of its sources.

    Where this party has no word for a source's marking there is nothing to compare; the law judges the
    portion all the same, by its originator's own word.

    Raises:
        QuestionError: it is marked below one of them.
    """
    request = label.request(node.party, recipient, work.at)
    with node.law(work.connection).index(work.at) as index:
        own = known_level(index.registry, node.party, label.marking)
        for content in contents(index, request):
            for portion in content.portions:
                if own is None or portion.object_id == label.object_id:
                    continue
                level = known_level(index.registry, portion.originators[0], portion.marking)
                if level is None:
                    continue
                words: tuple[str, ...] = (level.word,)
                if not index.same(portion.originators[0], node.party):
                    words = held_as(index, portion.originators[0], level.word, node.party, work.at).words
                ours = known_level(index.registry, node.party, words[0]) if words else None
                if ours is not None and ours.rank > own.rank:
                    raise QuestionError(
                        f"`{label.marking}` is below `{ours.word}`, as which {node.party} holds "
                        f"`{portion.object_id}` of {', '.join(portion.originators)}",
                        hint=f"mark it {ours.word}, or ask {portion.originators[0]} to regrade it",
                    )


def check_lineage(connection: Connection, label: Label) -> None:
    """Check that a label that came from elsewhere says of its sources what is on record here.

    Raises:
        FormatError: a source is named twice, not described, the object itself, or other than it is here.
    """
    names = [one.object_id for one in label.lineage]
    if len(set(names)) != len(names) or not all(names) or not set(label.sources) <= set(names):
        raise FormatError("the label does not describe each of its sources once")
    if label.object_id in names or len(names) > MOST_PORTIONS or bool(names) != bool(label.sources):
        raise FormatError(f"the lineage of object `{label.object_id}` cannot be")
    for portion in label.lineage:
        here = _label(connection, portion.object_id)
        if here is not None and here.own != portion:
            raise FormatError(f"source `{portion.object_id}` is labelled otherwise here")


def keep_lineage(work: Work, label: Label) -> None:
    """Keep what went into an object, to be found from either end."""
    work.connection.execute(LINEAGE.delete().where(LINEAGE.c.object_id == label.object_id))
    for one in label.lineage:
        work.connection.execute(LINEAGE.insert().values(object_id=label.object_id, source=one.object_id))


def made_from(connection: Connection, objects: tuple[str, ...]) -> set[str]:
    """Return the objects on record here into which any of these went, at whatever distance."""
    rows = connection.execute(select(LINEAGE.c.object_id).where(LINEAGE.c.source.in_(objects)))
    return {str(row.object_id) for row in rows}


def _label(connection: Connection, name: str) -> Label | None:
    found = connection.execute(select(ITEM.c.label).where(ITEM.c.object_id == name)).scalar()
    return None if found is None else read_label(msgspec.json.decode(found))


def _state(connection: Connection, name: str) -> str:
    found = connection.execute(select(ITEM.c.state).where(ITEM.c.object_id == name)).scalar()
    return "held" if found == "compromised" else str(found)
