"""How a party reads the acts: positions and objections turn an act into what the reader says it is.

The engine knows nothing of disputes. It runs once per reading, and the answers are compared.
"""

from __future__ import annotations

from typing import TypedDict

from servanda.model.act import (
    Act,
    Announce,
    Condition,
    GiveNotice,
    Object,
    Reads,
    SuspendNotice,
    SuspendOperation,
    SuspensionMode,
    TakePosition,
    WithdrawNotice,
)
from servanda.model.when import Instant, When
from servanda.status.sentences import READ_SO


class _Kept(TypedDict):
    """What an act keeps, whatever it is read as."""

    id: str
    by: tuple[str, ...]
    done: When
    seen: Instant
    via: str
    source: str
    confirmed: bool
    note: str
    package: str
    condition: Condition | None


_NO_LEGAL_EFFECT_TO_DENY = (Announce, TakePosition, Object)


RECORD = "record"
"""The reader of what nobody is a party to."""


def readers(acts: tuple[Act, ...], parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return who has a reading of its own: every party, and any other that took a position."""
    others = {
        party
        for act in acts
        if isinstance(act, TakePosition | Object)
        for party in act.by
        if party not in parties
    }
    return (parties or (RECORD,)) + tuple(sorted(others))


def read(acts: tuple[Act, ...], reader: str, parties: tuple[str, ...]) -> tuple[Act, ...]:
    """Return the acts as `reader` reads them; an objection reads an act as one without effect."""
    taken = positions(acts, reader, parties)
    return tuple(_as_read(act, taken.get(act.id)) for act in acts)


def positions(
    acts: tuple[Act, ...], reader: str, parties: tuple[str, ...]
) -> dict[str, TakePosition | Object]:
    """Return the position that counts for `reader`, by the id of the act that it is about.

    Of several positions of one reader on one act the last seen counts. A position taken by all
    parties together is every reader's, and closes the dispute.
    """
    taken: dict[str, TakePosition | Object] = {}
    for act in sorted(acts, key=lambda act: (act.seen, act.id)):
        if not isinstance(act, TakePosition | Object):
            continue
        if reader in act.by or set(act.by) >= set(parties):
            taken[act.of] = act
    return taken


def _as_read(act: Act, position: TakePosition | Object | None) -> Act:
    if position is None or isinstance(act, _NO_LEGAL_EFFECT_TO_DENY):
        return act
    reads = position.reads if isinstance(position, TakePosition) else Reads.WITHOUT_EFFECT
    of = getattr(act, "of", "")
    kept = _Kept(
        id=act.id,
        by=act.by,
        done=act.done,
        seen=act.seen,
        via=act.via,
        source=act.source,
        confirmed=act.confirmed,
        note=READ_SO(", ".join(position.by), position.id).english,
        package=act.package,
        condition=act.condition,
    )
    match reads:
        case Reads.ANNOUNCE | Reads.WITHOUT_EFFECT:
            return Announce(**kept)
        case Reads.GIVE_NOTICE:
            return GiveNotice(**kept)
        case Reads.WITHDRAW_NOTICE:
            return WithdrawNotice(**kept, of=of)
        case Reads.FROZEN:
            return SuspendNotice(**kept, of=of, mode=SuspensionMode.FROZEN)
        case Reads.TOLLED:
            return SuspendNotice(**kept, of=of, mode=SuspensionMode.TOLLED)
        case Reads.SUSPEND_OPERATION:
            return SuspendOperation(**kept)
