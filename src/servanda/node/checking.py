"""What an act must be to be recorded: its author's own, of things that are known, and theirs to dispose of.

An act that does nothing in law is recorded all the same; it is refused here where it could only mislead, as
a recall by somebody who is not the originator.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from servanda.decisions.marking import own_level
from servanda.decisions.parties import same
from servanda.errors import QuestionError, UnknownNameError
from servanda.model.act import (
    Act,
    AssurePersons,
    ClearFacility,
    ClearPerson,
    Consent,
    InspectFacility,
    ListPersons,
    PermitVisit,
    Recall,
    Regrade,
    Revoke,
    WithdrawConsent,
    kind_of,
)
from servanda.model.instrument import Instrument, Registry
from servanda.model.label import ReleasableTo
from servanda.model.when import Instant
from servanda.node.label import Label, read_label
from servanda.node.tables import ITEM

_GRANTS = (ClearPerson, ListPersons, AssurePersons, PermitVisit, ClearFacility, InspectFacility)
_DISPOSING = Consent | Recall | Regrade


def check(registry: Registry, instrument: Instrument, act: Act, author: str) -> None:
    """Check what holds of every act, whoever's it is.

    Raises:
        QuestionError: it is not its author's own, its id is taken, or it ends what somebody else granted.
        UnknownNameError: it speaks of an act, an instrument or a party that is not known.
    """
    if act.by != (author,):
        raise QuestionError(
            f"act `{act.id}` is by {', '.join(act.by)}, not by {author}",
            hint="each party records its own acts",
        )
    known = {one.id: one for one in instrument.acts}
    if act.id in known:
        raise QuestionError(f"act `{act.id}` of {instrument.id} is on record", hint="choose an id")
    if act.condition is not None:
        registry.instrument(act.condition.instrument)
    of = getattr(act, "of", None)
    if of is not None and of not in known:
        raise UnknownNameError(
            f"act `{act.id}` speaks of `{of}`, which is not on record", hint="see `servanda explain`"
        )
    if isinstance(act, WithdrawConsent | Revoke):
        _check_ends(registry, act, known[act.of])
    for name in getattr(act, "rests_on", ()):
        registry.instrument(name)
    for code in _parties(act):
        registry.party(code)
    if isinstance(act.done, Instant) and act.done > act.seen:
        raise QuestionError(
            f"act `{act.id}` would be done at {act.done}, after now", hint="record it when it is done"
        )


def _check_ends(registry: Registry, act: WithdrawConsent | Revoke, of: Act) -> None:
    ends: tuple[type, ...] = (Consent,) if isinstance(act, WithdrawConsent) else _GRANTS
    if not isinstance(of, ends):
        raise QuestionError(
            f"`{of.id}` is of the kind {kind_of(of)}, which {kind_of(act)} does not end",
            hint="withdraw-consent ends a consent; revoke ends a clearance, listing, assurance or visit",
        )
    if not any(same(registry, one, other) for one in act.by for other in of.by):
        raise QuestionError(
            f"`{of.id}` is by {', '.join(of.by)}, and only its author ends it",
            hint=f"{of.by[0]} records it",
        )


def _parties(act: Act) -> tuple[str, ...]:
    """Return the parties that an act names beside its author."""
    match act:
        case Consent():
            return (*act.recipients, *act.holders)
        case Recall():
            return act.parties
        case AssurePersons():
            return (act.to,)
    return ()


def check_objects(connection: Connection, registry: Registry, act: Act) -> None:
    """Check that an act disposes only of its author's own, as far as its objects are on record here.

    Raises:
        QuestionError: an object that it names is of others.
    """
    if not isinstance(act, _DISPOSING):
        return
    whole = act.extract_of if isinstance(act, Regrade) else ""
    for name in (whole,) if whole else act.objects:
        label = _label(connection, name)
        if label is not None and not _concerns(registry, act.by[0], label):
            raise QuestionError(
                f"act `{act.id}`: object `{name}` is of {', '.join(label.everybody)}, not of {act.by[0]}",
                hint="only an originator consents, recalls and regrades",
            )


def check_own(connection: Connection, registry: Registry, act: Act) -> None:
    """Check an act of this party's own more closely: whoever types a name may mistype it.

    Raises:
        QuestionError: an object that it names is of others.
        UnknownNameError: it recalls or regrades what is not on record here, or names an unknown level.
    """
    check_objects(connection, registry, act)
    author = act.by[0]
    match act:
        case Recall():
            _check_on_record(connection, act.objects)
        case Regrade():
            _check_on_record(connection, (act.extract_of,) if act.extract_of else act.objects)
            if act.marking is not None:
                own_level(registry, author, act.marking)
            for caveat in act.caveats or ():
                for code in caveat.parties if isinstance(caveat, ReleasableTo) else ():
                    registry.party(code)
        case ClearPerson() | ClearFacility():
            own_level(registry, author, act.level)
        case PermitVisit():
            own_level(registry, author, act.highest)


def _check_on_record(connection: Connection, names: tuple[str, ...]) -> None:
    for name in names:
        if _label(connection, name) is None:
            raise UnknownNameError(f"no object `{name}` is on record here", hint="name it as `release` did")


def _concerns(registry: Registry, author: str, label: Label) -> bool:
    """Say whether some of an object is a party's own."""
    return any(same(registry, author, one) for one in label.everybody)


def _label(connection: Connection, name: str) -> Label | None:
    found = connection.execute(select(ITEM.c.label).where(ITEM.c.object_id == name)).scalar()
    return None if found is None else read_label(json.loads(found))
