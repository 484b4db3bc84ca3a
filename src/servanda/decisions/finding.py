"""What one check found: it passes, it bars, or it cannot be evaluated.

A bar that cannot be evaluated is a gap, and a gap refuses; it is never skipped.
"""

from __future__ import annotations

import msgspec

from servanda.decisions.ways import FREE, NO_WAY, Ways, both, either, one_of
from servanda.model.cite import Because
from servanda.model.decision import Change, Outcome
from servanda.model.when import BEGINNING, FOREVER, Instant


class Finding(msgspec.Struct, frozen=True):
    """The result of one check, or of several taken together; it holds from `since` until `until`.

    `ways` are the minimal sets of changes that would turn it into a pass. `missing` names what is unknown or
    disputed. `turns` says what changes at `until`.
    """

    outcome: Outcome
    because: tuple[Because, ...] = ()
    ways: Ways = FREE
    missing: tuple[str, ...] = ()
    since: Instant = BEGINNING
    until: Instant = FOREVER
    turns: tuple[Because, ...] = ()


PASS = Finding(Outcome.PERMIT)
"""Nothing to say against it."""


def passes(
    *because: Because,
    since: Instant = BEGINNING,
    until: Instant = FOREVER,
    turns: tuple[Because, ...] = (),
) -> Finding:
    """Return a finding that permits."""
    return Finding(Outcome.PERMIT, because, FREE, (), since, until, turns)


def bars(
    because: tuple[Because, ...],
    *cures: Change,
    since: Instant = BEGINNING,
    until: Instant = FOREVER,
    turns: tuple[Because, ...] = (),
) -> Finding:
    """Return a finding that denies; any one of `cures` would turn it, and without one nothing does."""
    return Finding(Outcome.DENY, because, one_of(cures), (), since, until, turns)


def gap(because: tuple[Because, ...], missing: str, *cures: Change) -> Finding:
    """Return a finding that cannot be determined, naming exactly what is missing."""
    return Finding(Outcome.UNDETERMINED, because, one_of(cures), (missing,))


def together(findings: tuple[Finding, ...]) -> Finding:
    """Combine checks that must all pass: one bar denies, one gap leaves it undetermined."""
    if len(findings) == 1:
        return findings[0]
    outcome = Outcome.PERMIT
    for finding in findings:
        if finding.outcome is Outcome.DENY:
            outcome = Outcome.DENY
            break
        if finding.outcome is Outcome.UNDETERMINED:
            outcome = Outcome.UNDETERMINED
    return _merged(outcome, findings)


def across(findings: tuple[Finding, ...]) -> Finding:
    """Combine the same question over readings and worlds: only agreement decides."""
    if len(findings) == 1:
        return findings[0]
    outcomes = {finding.outcome for finding in findings}
    outcome = outcomes.pop() if len(outcomes) == 1 else Outcome.UNDETERMINED
    return _merged(outcome, findings)


def any_of(findings: tuple[Finding, ...]) -> Finding:
    """Combine grounds of which one is enough: a permit permits, else a gap leaves it undetermined."""
    outcomes = {finding.outcome for finding in findings}
    for outcome in (Outcome.PERMIT, Outcome.UNDETERMINED, Outcome.DENY):
        if outcome in outcomes:
            break
    kept = tuple(one for one in findings if one.outcome is outcome)
    ways = FREE if outcome is Outcome.PERMIT else NO_WAY
    for one in findings if outcome is not Outcome.PERMIT else ():
        ways = either(ways, one.ways)
    return _told(outcome, kept, ways, findings)


def _merged(outcome: Outcome, findings: tuple[Finding, ...]) -> Finding:
    kept = findings
    ways = FREE
    if outcome is not Outcome.PERMIT:
        kept = tuple(one for one in findings if one.outcome is not Outcome.PERMIT)
        for one in kept:
            ways = both(ways, one.ways)
    return _told(outcome, kept, ways, findings)


def _told(outcome: Outcome, kept: tuple[Finding, ...], ways: Ways, findings: tuple[Finding, ...]) -> Finding:
    until = min((one.until for one in findings), default=FOREVER)
    turns: dict[Because, None] = {}
    for one in findings if until != FOREVER else ():
        if one.until == until:
            turns.update(dict.fromkeys(one.turns))
    return Finding(
        outcome,
        tuple(dict.fromkeys(reason for one in kept for reason in one.because)),
        ways,
        tuple(dict.fromkeys(name for one in kept for name in one.missing)),
        max((one.since for one in findings), default=BEGINNING),
        until,
        tuple(turns),
    )
