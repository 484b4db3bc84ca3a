"""From when until when a licence is valid: what it says, or else what the regime's own rule says."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.decisions.licences import sentences as say
from servanda.model.cite import Because, because
from servanda.model.licence import Licence, LicenceType
from servanda.model.when import FOREVER, Duration, Instant, zone
from servanda.status.count import after

ARTICLE = "Export Trade Control Order art. 8"
"""Source: Cabinet Order 378 of 1949 (324CO0000000378), as read in the xyna registry's `jp` data."""
_INDIVIDUAL = Duration(months=6)


@dataclass(frozen=True, slots=True)
class Validity:
    """The half-open stretch in which a licence that was issued can be used; `known` where its end is."""

    start: Instant
    end: Instant
    because: tuple[Because, ...]
    known: bool = True


def validity(licence: Licence, issued: Instant) -> Validity:
    """Return when a licence that was issued at an instant is valid.

    A length counts from the first day, which is one of its days: of the two readings the one that ends
    earlier. It is not confirmed that METI counts so.
    """
    where = zone(licence.zone)
    start = issued
    if licence.valid_from is not None:
        start = max(issued, licence.valid_from.span(where)[0])
    if licence.valid_until is not None:
        return Validity(start, licence.valid_until.span(where)[0], ())
    length, reasons = licence.validity, []
    if length is None and own_rule(licence):
        length = _INDIVIDUAL
        reasons.append(because(say.SIX_MONTHS(), rule=ARTICLE))
    if length is None:
        return Validity(start, FOREVER, (because(say.END_UNKNOWN(), instrument=licence.id),), known=False)
    if licence.validity is None:
        reasons.append(because(say.COUNTED(), rule="convention:first-day", confirmed=False))
    return Validity(start, after(start.day(where), length).start(where), tuple(reasons))


def own_rule(licence: Licence) -> bool:
    """Say whether the regime's law itself sets how long such a licence is valid, as far as was read."""
    japan = licence.regime == "jp" or licence.regime.startswith("jp-")
    return japan and licence.type is LicenceType.INDIVIDUAL
