"""Labels: whose information an object holds, how it is marked, and which caveats bind it.

A caveat only narrows. Being named in a releasability list is no consent, and no agreement: it takes a bar
away and grants nothing.
"""

from __future__ import annotations

import msgspec

from servanda.model.when import Instant


class _Caveat(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind"):
    """What every caveat has; `kind` in a file chooses the class."""


class NoForeign(_Caveat, frozen=True, tag="no-foreign"):
    """To nobody but the originator's own (NOFORN)."""


class ReleasableTo(_Caveat, frozen=True, tag="releasable-to"):
    """To no party that is not named (REL TO); the originator itself need not be named."""

    parties: tuple[str, ...]


class OriginatorControlled(_Caveat, frozen=True, tag="originator-controlled"):
    """Passed on only by a consent that names this very object; standing consents do not reach it (ORCON)."""


class EyesOnly(_Caveat, frozen=True, tag="eyes-only"):
    """Opened only by persons all of whose nationalities are named, and released to no other party."""

    nationalities: tuple[str, ...]


class Embargo(_Caveat, frozen=True, tag="embargo"):
    """To nobody but the originator before an instant."""

    until: Instant


Caveat = NoForeign | ReleasableTo | OriginatorControlled | EyesOnly | Embargo
"""Any caveat; `kind` in a file chooses."""


class Portion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What went into an object from one source: whose it is, how marked, about what, under which caveats.

    `originators` own it together; `marking` is a word of the first one's own policy. `given_for` are the
    purposes that the originator gave it for; empty leaves them free. `object_id` is the source object.
    """

    originators: tuple[str, ...]
    marking: str
    topics: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    given_for: tuple[str, ...] = ()
    object_id: str = ""


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person who would open an object for a party.

    `facility` is a contractor's facility in which it would be opened; `visiting` a facility of the other
    side that the person visits to see it. Empty means the party's own premises.
    """

    id: str
    nationalities: tuple[str, ...] = ()
    facility: str = ""
    visiting: str = ""
