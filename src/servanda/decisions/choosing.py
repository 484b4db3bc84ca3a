"""Of several grants one good one is enough."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.decisions.finding import Finding, any_of, bars, gap, passes
from servanda.decisions.grants import Good
from servanda.model.cite import Because
from servanda.model.decision import Change


def chosen(candidates: Iterable[tuple[Good, Because]], reasons: tuple[Because, ...], cure: Change) -> Finding:
    """Return the finding that any one good grant is enough, and without one a change would help."""
    findings = [bars(reasons, cure)]
    for held, granted in candidates:
        if held.so:
            found = passes(granted)
        elif held.so is None:
            found = gap(held.because, held.missing, cure)
        else:
            found = bars(held.because, cure)
        findings.append(msgspec.structs.replace(found, since=held.since, until=held.until, turns=held.turns))
    return any_of(tuple(findings))
