"""What the register held true at a knowledge time: acts seen by then, with corrections applied."""

from __future__ import annotations

import msgspec

from servanda.model.act import Act, Correct
from servanda.model.when import Instant


def believed(acts: tuple[Act, ...], known: Instant) -> tuple[Act, ...]:
    """Return the acts as they were known at `known`, ordered by id.

    A correction replaces fields of an earlier act from the beginning of that act's life, for
    whoever knows of the correction: the record was wrong, the world was not. Of several, the last
    seen wins field by field. A correction by a party that is not an author of the act is kept but
    changes nothing. The order in which acts were recorded has no influence.
    """
    seen = {act.id: act for act in acts if act.seen <= known}
    corrections = sorted(
        (act for act in seen.values() if isinstance(act, Correct)),
        key=lambda act: (act.seen, act.id),
    )
    for correction in corrections:
        target = seen.get(correction.of)
        if target is None or not corrects(correction, target):
            continue
        if correction.strikes:
            del seen[correction.of]
            continue
        if correction.set_done is not None:
            target = msgspec.structs.replace(target, done=correction.set_done)
        if correction.set_by is not None:
            target = msgspec.structs.replace(target, by=correction.set_by)
        seen[correction.of] = target
    return tuple(seen[name] for name in sorted(seen))


def corrects(correction: Correct, target: Act) -> bool:
    """Say whether a correction comes from somebody whose act it is."""
    return bool(set(correction.by) & set(target.by))
