"""Past shipments: did each fit the rules of its own day, with the licence that it went under?

A licence of a type that was open fits, whether or not one was needed. None where one was needed does not fit.
A day without an hour is asked at every instant of it at which the answer can turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from servanda.decisions.exports import force
from servanda.decisions.exports.decide import finding
from servanda.decisions.exports.sentences import (
    USED_CLOSED,
    USED_LACKS,
    USED_NO_NUMBER,
    USED_NONE,
    USED_OPEN,
    USED_PROVIDED,
    USED_UNKNOWN,
)
from servanda.errors import UnknownNameError
from servanda.model.cite import Because, because
from servanda.model.clauses import LicenceType
from servanda.model.export import Audited, ExportOutcome, Finding, Fit, Openness, Shipment, TypeAnswer
from servanda.model.instrument import Instrument


def lookback(instrument: Instrument, shipments: Iterable[Shipment]) -> Iterator[Audited]:
    """Audit shipments as of their own days, in their order; those that are alike are judged once.

    Raises:
        UnknownNameError: a shipment names a type of licence that the regime does not have.
    """
    names = {clause.name for _, clause in instrument.texts[-1].clauses(LicenceType)}
    judged: dict[object, tuple[Fit, tuple[Because, ...], ExportOutcome, tuple[Because, ...]]] = {}
    for shipment in shipments:
        kind = shipment.licence_type
        if kind and kind not in names:
            raise UnknownNameError(f"no licence type `{kind}`", hint=f"it can be {', '.join(sorted(names))}")
        law = replace(shipment.request, end_user="", end_use="")
        key = (law, shipment.until, kind, bool(shipment.licence))
        if key not in judged:
            judged[key] = _audit(instrument, shipment)
        yield Audited(shipment, *judged[key])


def _audit(
    instrument: Instrument, shipment: Shipment
) -> tuple[Fit, tuple[Because, ...], ExportOutcome, tuple[Because, ...]]:
    request = shipment.request
    acts = force.known_acts(instrument, request.known)
    instants = [request.at]
    instants += [edge for edge in force.edges(instrument, acts) if request.at < edge < shipment.until]
    found = [finding(instrument, acts, replace(request, at=at))[0] for at in instants]
    fits = [_fit(instrument, shipment, one) for one in found]
    same = {fit for fit, _ in fits}
    fit = same.pop() if len(same) == 1 else Fit.CANNOT_TELL
    reasons = tuple(dict.fromkeys(reason for _, said in fits for reason in said))
    missing = tuple(dict.fromkeys(reason for one in found for reason in one.missing))
    outcomes = {one.outcome for one in found}
    outcome = outcomes.pop() if len(outcomes) == 1 else ExportOutcome.CANNOT_TELL
    return fit, reasons, outcome, missing if fit is Fit.CANNOT_TELL else ()


def _fit(instrument: Instrument, shipment: Shipment, found: Finding) -> tuple[Fit, tuple[Because, ...]]:
    kind = shipment.licence_type
    if found.outcome is ExportOutcome.NOT_REQUIRED:
        return Fit.FITS, found.because
    if not kind:
        if found.outcome is ExportOutcome.LICENCE_REQUIRED:
            return Fit.DID_NOT_FIT, (because(USED_NONE(), instrument=instrument.id), *found.because)
        return Fit.CANNOT_TELL, found.because
    used = next((one for one in found.types if one.name == kind), None)
    if used is None:
        return Fit.CANNOT_TELL, found.because
    return _by_type(instrument, shipment, found, used)


def _by_type(
    instrument: Instrument, shipment: Shipment, found: Finding, used: TypeAnswer
) -> tuple[Fit, tuple[Because, ...]]:
    needed = found.outcome is ExportOutcome.LICENCE_REQUIRED
    if used.standing is Openness.CLOSED:
        said = because(USED_CLOSED(used.title), instrument=instrument.id)
        # Where no licence may have been needed, one of a closed type does no harm that can be told.
        return (Fit.DID_NOT_FIT if needed else Fit.CANNOT_TELL), (said, *used.because)
    if used.standing is Openness.UNKNOWN:
        return Fit.CANNOT_TELL, (because(USED_UNKNOWN(used.title), instrument=instrument.id), *used.because)
    if not shipment.licence:
        said = because(USED_NO_NUMBER(used.title), instrument=instrument.id)
        return (Fit.DID_NOT_FIT if needed else Fit.CANNOT_TELL), (said, *found.because)
    said = because(USED_OPEN(used.title), instrument=instrument.id)
    # A condition that nobody can check from the log clears nothing.
    doubts = [USED_LACKS(need.value) for need in used.lacks]
    doubts += [USED_PROVIDED(used.provided)] if used.provided else []
    if doubts:
        return Fit.CANNOT_TELL, (
            *(because(one, instrument=instrument.id) for one in doubts),
            said,
            *used.because,
        )
    return Fit.FITS, (said, *used.because)
