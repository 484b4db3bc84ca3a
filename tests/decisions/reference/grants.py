"""Section 8: what parties grant to persons and facilities, until it expires or is revoked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from decisions.reference.facts import Done, Facts
from decisions.reference.outcomes import DENY, PERMIT, UNDETERMINED
from decisions.reference.rules import Rule
from servanda.model.act import (
    AssurePersons,
    ClearFacility,
    ClearPerson,
    ListPersons,
    PermitVisit,
    Revoke,
)
from servanda.model.decision import Outcome
from servanda.model.instrument import Instrument
from servanda.model.party import Level

G = TypeVar("G", ListPersons, AssurePersons, ClearPerson, PermitVisit, ClearFacility)


def grants(facts: Facts, kind: type[G]) -> Iterator[tuple[G, Instrument, Outcome]]:
    """Section 8: yield what was granted and not revoked, with what its own hour makes of it."""
    for act, instrument in facts.acts(kind):
        hour = facts.done(act, instrument)
        over = facts.over(getattr(act, "expires", None), instrument)
        if hour is Done.NO or (revoked(facts, act) and facts.holds(Rule.GRANT_REVOKED)):
            continue
        if over is Done.YES and facts.holds(Rule.GRANT_EXPIRED):
            continue
        sure = hour is Done.YES and over is not Done.OPEN
        yield act, instrument, PERMIT if sure else UNDETERMINED


def revoked(facts: Facts, grant: G) -> bool:
    """Section 8: say whether its author revoked it; an open revocation counts."""
    for act, instrument in facts.acts(Revoke):
        by_author = any(facts.among(author, grant.by) for author in act.by)
        if act.of == grant.id and by_author and facts.done(act, instrument) is not Done.NO:
            return True
    return False


def enough(facts: Facts, level: Level | None, least: str) -> Outcome:
    """Section 8: at least as grave as a word of the recipient's; a level unknown is undetermined."""
    needed = facts.level(facts.request.recipient, least)
    if level is None or needed is None:
        return UNDETERMINED
    return facts.bar(Rule.CLEARED_ENOUGH, PERMIT if level.rank >= needed.rank else DENY)
