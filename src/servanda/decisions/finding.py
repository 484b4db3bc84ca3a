"""What one check found: it passes, it bars, or it cannot be evaluated.

A bar that cannot be evaluated is a gap, and a gap refuses; it is never skipped.
"""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.cite import Because
from servanda.model.decision import Change, Outcome
from servanda.model.when import FOREVER, Instant


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check, or of several taken together.

    `cures` are the steps that would turn it into a pass. `missing` names what is unknown or
    disputed. `until` is the next instant at which the finding may change with nobody acting.
    """

    outcome: Outcome
    because: tuple[Because, ...] = ()
    cures: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()
    until: Instant = FOREVER


def passes(*because: Because, until: Instant = FOREVER) -> Finding:
    """Return a finding that permits."""
    return Finding(Outcome.PERMIT, because, until=until)


def bars(because: tuple[Because, ...], *cures: Change, until: Instant = FOREVER) -> Finding:
    """Return a finding that denies, with what would cure it."""
    return Finding(Outcome.DENY, because, cures, until=until)


def gap(because: tuple[Because, ...], missing: str, *cures: Change) -> Finding:
    """Return a finding that cannot be determined, naming exactly what is missing."""
    return Finding(Outcome.UNDETERMINED, because, cures, (missing,))


def together(findings: tuple[Finding, ...]) -> Finding:
    """Combine checks that must all pass: one bar denies, one gap leaves it undetermined."""
    outcomes = {finding.outcome for finding in findings}
    outcome = Outcome.PERMIT
    if Outcome.DENY in outcomes:
        outcome = Outcome.DENY
    elif Outcome.UNDETERMINED in outcomes:
        outcome = Outcome.UNDETERMINED
    return _merged(outcome, findings)


def across(findings: tuple[Finding, ...]) -> Finding:
    """Combine the same question over readings and worlds: only agreement decides."""
    outcomes = {finding.outcome for finding in findings}
    outcome = outcomes.pop() if len(outcomes) == 1 else Outcome.UNDETERMINED
    return _merged(outcome, findings)


def _merged(outcome: Outcome, findings: tuple[Finding, ...]) -> Finding:
    kept = findings
    if outcome is not Outcome.PERMIT:
        kept = tuple(one for one in findings if one.outcome is not Outcome.PERMIT)
    return Finding(
        outcome,
        tuple(dict.fromkeys(reason for one in kept for reason in one.because)),
        tuple(dict.fromkeys(cure for one in kept for cure in one.cures)),
        tuple(dict.fromkeys(name for one in kept for name in one.missing)),
        min((one.until for one in findings), default=FOREVER),
    )
