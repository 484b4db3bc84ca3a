"""Lineage: a derived object carries all that went into it, and only an originator can take its own out.

Regrading is an act of the originator. What a holder calls an extract or a sanitised version is one only when
the originator has said so on record.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from servanda.decisions.index import Index
from servanda.decisions.recorded import Recorded
from servanda.errors import QuestionError
from servanda.model.act import Regrade
from servanda.model.decision import ReleaseRequest
from servanda.model.label import Portion
from servanda.model.when import BEGINNING, FOREVER, Instant


class Content(msgspec.Struct, frozen=True):
    """One way in which an object's content can stand at an instant, and from when until when it does."""

    portions: tuple[Portion, ...]
    since: Instant
    until: Instant


def contents(index: Index, request: ReleaseRequest) -> tuple[Content, ...]:
    """Return what is in the object after every regrading; several where the hour of one is open.

    Raises:
        QuestionError: an object is said to derive from itself.
    """
    if request.object_id and any(one.object_id == request.object_id for one in request.lineage):
        raise QuestionError(f"object `{request.object_id}` is among its own sources", hint="mend its lineage")
    portions = request.portions
    if not index.acts(Regrade):
        return (Content(portions, BEGINNING, FOREVER),)
    found = [Content((), BEGINNING, FOREVER)]
    for portion in portions:
        ways, since, until = _regraded(index, portion, request)
        found = [
            Content(
                one.portions if way is None else (*one.portions, way),
                max(one.since, since),
                min(one.until, until),
            )
            for one in found
            for way in ways
        ]
    return tuple({one.portions: one for one in found}.values())


def gather(
    lineage: Mapping[str, tuple[str, ...]], own: Mapping[str, Portion], name: str
) -> tuple[Portion, ...]:
    """Return the portions of everything that an object derives from, each once, nearest first.

    `lineage` holds the direct sources of each object, `own` each object's own portion.

    Raises:
        QuestionError: a source is not on record, or an object derives from itself.
    """
    found: dict[str, Portion] = {}
    todo: list[tuple[str, tuple[str, ...]]] = [(source, (name,)) for source in lineage.get(name, ())]
    while todo:
        source, path = todo.pop(0)
        if source in path:
            shown = " from ".join((*reversed(path), source))
            raise QuestionError(f"`{source}` derives from itself: {shown}", hint="mend the lineage")
        if source not in own:
            raise QuestionError(
                f"`{path[-1]}` derives from `{source}`, which is not on record",
                hint="record the label of every source first",
            )
        if source in found:
            continue
        found[source] = own[source]
        todo += [(further, (*path, source)) for further in lineage.get(source, ())]
    return tuple(found.values())


def _regraded(
    index: Index, portion: Portion, request: ReleaseRequest
) -> tuple[tuple[Portion | None, ...], Instant, Instant]:
    """Return what a portion may be by now (None: nothing left of it), with from when until when."""
    since, until = BEGINNING, FOREVER
    # Each state is what the portion may be by now, and whether anything of it is left.
    states: dict[tuple[Portion, bool], None] = {(portion, True): None}
    for record in sorted(_acts(index, portion, request), key=lambda one: (one.first, one.act.id)):
        held = record.done(request.at)
        since, until = max(since, held.since), min(until, held.until)
        if held.so is not False:
            after = {(_applied(one, record.act), not record.act.frees): None for one, _ in states}
            states = after if held.so else {**states, **after}
    found = dict.fromkeys(one if left else None for one, left in states)
    return tuple(found), since, until


def _acts(index: Index, portion: Portion, request: ReleaseRequest) -> list[Recorded[Regrade]]:
    return [
        record
        for record in index.acts(Regrade)
        if all(any(index.same(by, own) for by in record.act.by) for own in portion.originators)
        and _reaches(record.act, portion, request)
    ]


def _reaches(act: Regrade, portion: Portion, request: ReleaseRequest) -> bool:
    if act.extract_of:
        return portion.object_id == act.extract_of and request.object_id in act.objects
    return bool(portion.object_id) and portion.object_id in act.objects


def _applied(portion: Portion, act: Regrade) -> Portion:
    return msgspec.structs.replace(
        portion,
        marking=portion.marking if act.marking is None else act.marking,
        topics=portion.topics if act.topics is None else act.topics,
        caveats=portion.caveats if act.caveats is None else act.caveats,
    )
