"""Caveats: what an originator put on its information narrows every release, and widens none."""

from __future__ import annotations

import msgspec

from servanda.decisions import sentences as s
from servanda.decisions.changes import change
from servanda.decisions.finding import PASS, Finding, across, bars, gap, passes, together
from servanda.decisions.index import Index
from servanda.model.cite import Because, because
from servanda.model.decision import Change, ChangeKind, ReleaseRequest
from servanda.model.label import (
    Caveat,
    Embargo,
    EyesOnly,
    NoForeign,
    OriginatorControlled,
    Person,
    Portion,
    ReleasableTo,
)

RULE = "the originator's control"


class Borne(msgspec.Struct, frozen=True):
    """A caveat, and whose it is: of several portions, each bears its own.

    `source` is the object that it came from, empty where it is the object's own.
    """

    caveat: Caveat
    owners: tuple[str, ...]
    source: str = ""


def united(portions: tuple[Portion, ...], name: str) -> tuple[Borne, ...]:
    """Return the caveats of every portion of the object `name`, each with its owners; they bind it all."""
    return tuple(
        Borne(caveat, portion.originators, portion.object_id if portion.object_id != name else "")
        for portion in portions
        for caveat in portion.caveats
    )


def unbarred(index: Index, portion: Portion, caveats: tuple[Borne, ...], request: ReleaseRequest) -> Finding:
    """Check the caveats of the whole object on a portion for its recipient, and for the person named."""
    if not caveats or any(index.same(one, request.recipient) for one in portion.originators):
        return PASS
    reasons = _contradiction(index, portion, caveats)
    if not reasons:
        return together(tuple(_check(index, borne, request) for borne in caveats))
    # It cannot be for no foreign party and for some by name: both meanings are judged.
    meanings = (
        tuple(one for one in caveats if isinstance(one.caveat, NoForeign)),
        tuple(one for one in caveats if not isinstance(one.caveat, NoForeign)),
    )
    judged = across(
        tuple(together(tuple(_check(index, borne, request) for borne in one)) for one in meanings)
    )
    unclear = "which of its caveats is meant"
    missing = tuple(dict.fromkeys((*judged.missing, unclear)))
    return msgspec.structs.replace(judged, because=(*reasons, *judged.because), missing=missing)


def _check(index: Index, borne: Borne, request: ReleaseRequest) -> Finding:
    originator = borne.owners[0]
    recipient = request.recipient
    if any(index.same(one, recipient) for one in borne.owners):
        return PASS
    match caveat := borne.caveat:
        case NoForeign():
            reason = because(s.NO_FOREIGN(originator), rule=RULE)
            return bars((reason,), _lift(borne, "no-foreign"))
        case ReleasableTo():
            if index.among(recipient, caveat.parties):
                return PASS
            unknown = [one for one in caveat.parties if one not in index.registry.parties]
            if unknown:
                reason = because(s.LIST_UNKNOWN(", ".join(unknown)), rule=RULE)
                cure = change(
                    ChangeKind.LIFT_CAVEAT,
                    borne.owners,
                    s.CORRECT_LIST(originator),
                    releasable=recipient,
                    source=borne.source,
                )
                return gap((reason,), f"who {', '.join(unknown)} is", cure)
            said = s.NOT_RELEASABLE(originator, ", ".join(caveat.parties), recipient)
            cure = change(
                ChangeKind.LIFT_CAVEAT,
                borne.owners,
                s.ADD_TO_LIST(originator, recipient),
                releasable=recipient,
                source=borne.source,
            )
            return bars((because(said, rule=RULE),), cure)
        case EyesOnly():
            return _eyes(index, borne, caveat, recipient, request.person)
        case Embargo():
            return _embargo(borne, caveat, request)
        case OriginatorControlled():
            return PASS


def _eyes(index: Index, borne: Borne, caveat: EyesOnly, recipient: str, person: Person | None) -> Finding:
    named = ", ".join(caveat.nationalities)
    lift = _lift(borne, "eyes-only")
    if not index.among(recipient, caveat.nationalities):
        return bars((because(s.EYES_ONLY(named, recipient), rule=RULE),), lift)
    if person is None:
        return PASS
    if not person.nationalities:
        reason = because(s.NATIONALITY_UNKNOWN(person.id), rule=RULE)
        return gap((reason,), f"the nationality of {person.id}", lift)
    others = [one for one in person.nationalities if one not in caveat.nationalities]
    if others:
        return bars((because(s.EYES_ONLY(named, ", ".join(others)), rule=RULE),), lift)
    return PASS


def _embargo(borne: Borne, caveat: Embargo, request: ReleaseRequest) -> Finding:
    if request.at >= caveat.until:
        return passes(since=caveat.until)
    when = str(caveat.until)
    reason = because(s.EMBARGOED(borne.owners[0], when), rule=RULE, when=when)
    ends = (because(s.EMBARGO_ENDS(), rule=RULE, when=when),)
    return bars((reason,), _lift(borne, "embargo"), until=caveat.until, turns=ends)


def _contradiction(index: Index, portion: Portion, caveats: tuple[Borne, ...]) -> tuple[Because, ...]:
    """Say where something is for no foreign party and yet for foreign parties by name."""
    if not any(isinstance(one.caveat, NoForeign) for one in caveats):
        return ()
    foreign: list[str] = []
    for borne in caveats:
        named: tuple[str, ...] = ()
        if isinstance(borne.caveat, ReleasableTo):
            named = borne.caveat.parties
        elif isinstance(borne.caveat, EyesOnly):
            named = borne.caveat.nationalities
        foreign += [one for one in named if not any(index.same(own, one) for own in portion.originators)]
    if not foreign:
        return ()
    return (because(s.CONTRADICTION(", ".join(dict.fromkeys(foreign))), rule=RULE),)


def _lift(borne: Borne, caveat: str) -> Change:
    return change(
        ChangeKind.LIFT_CAVEAT,
        borne.owners,
        s.LIFT(borne.owners[0], caveat),
        lift=caveat,
        source=borne.source,
    )
