"""Kinds of objects: everything about one that the law looks at, and nothing else.

All objects of a kind share every answer. Caveats that only bar parties are kept beside it as a set of parties
whom nothing bars, since they do not change with time; an embargo is kept apart as the instant when it ends.
"""

from __future__ import annotations

import msgspec

from servanda.decisions.index import Index
from servanda.model.decision import ReleaseRequest
from servanda.model.label import (
    Caveat,
    Embargo,
    EyesOnly,
    NoForeign,
    OriginatorControlled,
    Portion,
    ReleasableTo,
)
from servanda.model.when import Instant


class Kind(msgspec.Struct, frozen=True):
    """What a holder has: portions without their caveats, what for and in which form.

    `controlled` says that its originators control it object by object. `object_id` is kept only where some
    act names the object, so that all others fall together.
    """

    holder: str
    portions: tuple[Portion, ...]
    purpose: str = ""
    form: str = "electronic"
    controlled: bool = False
    object_id: str = ""

    def request(self, recipient: str, at: Instant, known: Instant) -> ReleaseRequest:
        """Return the question whether objects of this kind may go to a recipient, caveats apart."""
        own, *lineage = self.portions
        caveats = (OriginatorControlled(),) if self.controlled else ()
        return ReleaseRequest(
            holder=self.holder,
            recipient=recipient,
            originators=own.originators,
            marking=own.marking,
            at=at,
            topics=own.topics,
            purpose=self.purpose,
            form=self.form,
            object_id=self.object_id,
            known=known,
            caveats=caveats,
            given_for=own.given_for,
            lineage=tuple(lineage),
        )


def kind_of(request: ReleaseRequest, named: frozenset[str]) -> Kind:
    """Return the kind of a request's object; `named` are the objects that some act names."""
    return Kind(
        request.holder,
        tuple(
            msgspec.structs.replace(
                one, caveats=(), object_id=one.object_id if one.object_id in named else ""
            )
            for one in request.portions
        ),
        request.purpose,
        request.form,
        any(isinstance(caveat, OriginatorControlled) for one in request.portions for caveat in one.caveats),
        request.object_id if request.object_id in named else "",
    )


class CaveatMask(msgspec.Struct, frozen=True):
    """Whom the caveats of an object let through: `clear` at any time, `later` only when embargoes end.

    Bit `p` of each stands for the party of that place in the list that it was made with. `later` pairs the
    instant of an embargo with the parties that it holds back.
    """

    clear: int
    later: tuple[tuple[Instant, int], ...] = ()


class CaveatMasks:
    """Sets of parties that caveats do not bar, for one list of parties."""

    def __init__(self, index: Index, parties: tuple[str, ...]) -> None:
        self._parties = parties
        self._everyone = (1 << len(parties)) - 1
        self._same = {
            code: sum(1 << place for place, other in enumerate(parties) if index.same(code, other))
            for code in index.registry.parties
        }

    def of(self, portions: tuple[Portion, ...]) -> CaveatMask:
        """Return whom the caveats of an object's portions let through."""
        borne = [(caveat, self._all(one.originators)) for one in portions for caveat in one.caveats]
        clear, later = self._everyone, []
        for portion in portions:
            exempt = self._all(portion.originators)
            for caveat, owners in borne:
                free = exempt | owners
                if isinstance(caveat, Embargo):
                    later.append((caveat.until, self._everyone & ~free))
                else:
                    clear &= free | self._named(caveat)
        return CaveatMask(clear, tuple(dict.fromkeys(later)))

    def _named(self, caveat: Caveat) -> int:
        match caveat:
            case ReleasableTo():
                return self._all(caveat.parties)
            case EyesOnly():
                return self._all(caveat.nationalities)
            case NoForeign():
                return 0
        return self._everyone

    def _all(self, codes: tuple[str, ...]) -> int:
        """Return the parties that are the same as any of the codes; a code that nobody knows is nobody's."""
        found = 0
        for code in codes:
            found |= self._same.get(code, 0)
        return found
