"""Where a proceeding stands, in sentences: its stage, what is due, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from servanda.model.cite import Said
from servanda.model.status import Due, DueState, Status, Way
from servanda.status.sentences_proceedings import (
    IS_DUE,
    IS_DUE_UNDATED,
    IT_RESTS,
    IT_STANDS,
    MAY,
    MAY_FROM,
)


def standing(status: Status, where: ZoneInfo) -> Iterator[Said]:
    """Yield the sentences that a proceeding has beside those that every instrument has."""
    found = status.standing
    if found is None:
        return
    if found.stage:
        yield IT_STANDS(found.stage)
    if found.halted:
        yield IT_RESTS(", ".join(found.halted))
    for due in found.due:
        if due.state is not DueState.MET and not due.opens_only:
            yield _due(due, where)
    for way, steps in _together(found.ways):
        names = ", ".join(steps)
        if way.starts is None:
            yield MAY(way.party, names)
        else:
            yield MAY_FROM(way.party, way.starts.within(where), names)


def _due(due: Due, where: ZoneInfo) -> Said:
    whose = due.party or "-"
    if due.until is None:
        return IS_DUE_UNDATED(whose, due.name, due.state.value)
    return IS_DUE(whose, due.name, due.state.value, due.until.within(where))


def _together(ways: tuple[Way, ...]) -> list[tuple[Way, list[str]]]:
    """Return the steps by the party that may take them and the instant from which it may."""
    found: list[tuple[Way, list[str]]] = []
    for way in ways:
        said = f"{way.step} with {'+'.join(way.needs)}" if way.needs else way.step
        for known, steps in found:
            if (known.party, known.starts) == (way.party, way.starts):
                steps.append(said)
                break
        else:
            found.append((way, [said]))
    return found
