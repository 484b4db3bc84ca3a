"""Ends that are only supposed: an instrument made to end, and one made to go on without a party.

Both are made of acts and texts alone, so that the engine answers for them as for anything on record. What is
supposed is known from the beginning: it counts at every knowledge time.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from servanda.model.act import Amend, EndProvisional, Sign, Terminate
from servanda.model.clauses import EntryIntoForce, OnSignature
from servanda.model.instrument import Instrument
from servanda.model.status import Phase, Standpoint
from servanda.model.when import BEGINNING, FOREVER, Instant, Unknown
from servanda.status import alone

NOTE = "supposed"


def ended(instrument: Instrument, at: Instant) -> Instrument:
    """Return an instrument that has ended at an instant; where it ended before, it stays as it was."""
    by = _everybody(instrument)
    acts = (
        Terminate(id="supposed-end", by=by, done=at, seen=BEGINNING, effect=at, note=NOTE),
        EndProvisional(id="supposed-end-of-application", by=by, done=at, seen=BEGINNING, note=NOTE),
    )
    found = instrument.with_acts((*instrument.acts, *acts))
    return _whenever_it_entered(found, at) if _unknown(found) else found


def left(instrument: Instrument, party: str, gone: frozenset[str], at: Instant) -> Instrument:
    """Return an instrument that binds none of `gone` from an instant on, `party` being the whole of them.

    It ends where fewer than two would be left.
    """
    text = instrument.text(alone(instrument, Standpoint(at)).values[0].version)
    rest = tuple(one for one in text.parties if one not in gone)
    if rest == text.parties:
        return instrument
    if len(rest) < min(2, len(text.parties)):
        return ended(instrument, at)
    version = max(one.version for one in instrument.texts) + 1
    amended = Amend(
        id=f"supposed-leave-{party}",
        by=_everybody(instrument),
        done=at,
        seen=BEGINNING,
        version=version,
        effect=at,
        note=NOTE,
    )
    without = msgspec.structs.replace(text, version=version, parties=rest)
    # The latest text stays the last in the list: it names who was bound before that instant.
    texts = (*instrument.texts, without, instrument.texts[-1])
    return replace(instrument, texts=texts, acts=(*instrument.acts, amended))


def _unknown(instrument: Instrument) -> bool:
    """Say whether it is still not known where it stands once everything on record is done."""
    return any(one.phase is Phase.UNKNOWN for one in alone(instrument, Standpoint(FOREVER)).values)


def _whenever_it_entered(instrument: Instrument, at: Instant) -> Instrument:
    """Return an instrument whose entry nobody has read as one that entered, if it did, at some time before.

    Before its end it then stands open between having entered and not, and permits nothing.
    """
    first = instrument.texts[0]
    clauses = {key: one for key, one in first.clause.items() if not isinstance(one, EntryIntoForce)}
    text = msgspec.structs.replace(
        first,
        clause={"supposed": EntryIntoForce(rule=OnSignature(), confirmed=False), **clauses},
        unread=tuple(dict.fromkeys((*first.unread, "entry-into-force"))),
    )
    signed = Sign(
        id="supposed-signature",
        by=first.parties,
        done=Unknown(),
        seen=at,
        version=first.version,
        confirmed=False,
        note=NOTE,
    )
    acts = (*(one for one in instrument.acts if not isinstance(one, Sign)), signed)
    return replace(
        instrument, texts=tuple(text if one is first else one for one in instrument.texts), acts=acts
    )


def _everybody(instrument: Instrument) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party for text in instrument.texts for party in text.parties))
