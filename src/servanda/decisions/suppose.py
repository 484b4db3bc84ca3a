"""Worlds that are not: acts left out or added, ends, departures, new agreements; asked like the real one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import singledispatch

from servanda.decisions.ending import NOTE, ended, left
from servanda.errors import QuestionError, UnknownNameError
from servanda.model.act import Act, TakeStep
from servanda.model.clauses import Procedure
from servanda.model.instrument import Instrument, Registry
from servanda.model.party import Party
from servanda.model.when import BEGINNING, Instant


@dataclass(frozen=True, slots=True)
class Omit:
    """Suppose that an act had not been done; `instrument` narrows an id that several use."""

    act: str
    instrument: str | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Suppose that an act is done besides: a notice, a suspension, a consent, any act."""

    instrument: str
    act: Act


@dataclass(frozen=True, slots=True)
class Lapse:
    """Suppose that an instrument has ended at an instant, whatever its text says."""

    instrument: str
    at: Instant = BEGINNING


@dataclass(frozen=True, slots=True)
class Leave:
    """Suppose that a party, and every part of it, is bound by nothing from an instant on."""

    party: str
    at: Instant = BEGINNING


@dataclass(frozen=True, slots=True)
class Conclude:
    """Suppose that a new instrument exists; `parties` are those of its own that nobody knew before."""

    instrument: Instrument
    parties: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Takes:
    """Suppose that a party takes a step in a proceeding, as breaking off a dialogue."""

    instrument: str
    step: str
    party: str
    at: Instant


Supposition = Omit | Add | Lapse | Leave | Conclude | Takes


def suppose(registry: Registry, suppositions: tuple[Supposition, ...]) -> Registry:
    """Return the registry as it would be, each supposition on top of those before; the real one is untouched.

    Raises:
        UnknownNameError: an act, instrument or party of a supposition does not exist, or an id is
            used in several instruments.
        QuestionError: a new instrument has the id of one that exists.
    """
    for one in suppositions:
        registry = _supposing(one, registry)
    return registry


@singledispatch
def _supposing(one: Supposition, registry: Registry) -> Registry:
    raise NotImplementedError(one, registry)


@_supposing.register
def _omit(one: Omit, registry: Registry) -> Registry:
    holders = [
        instrument
        for instrument in registry.instruments.values()
        if one.instrument in (None, instrument.id) and any(act.id == one.act for act in instrument.acts)
    ]
    if not holders:
        raise UnknownNameError(f"no act `{one.act}`", hint="`servanda explain ID` lists the acts")
    if len(holders) > 1:
        names = ", ".join(instrument.id for instrument in holders)
        raise UnknownNameError(
            f"act `{one.act}` is in several instruments: {names}",
            hint=f"write `omit {holders[0].id}/{one.act}`",
        )
    instrument = holders[0]
    return registry.with_instrument(
        instrument.with_acts(tuple(act for act in instrument.acts if act.id != one.act))
    )


@_supposing.register
def _add(one: Add, registry: Registry) -> Registry:
    instrument = registry.instrument(one.instrument)
    kept = tuple(act for act in instrument.acts if act.id != one.act.id)
    return registry.with_instrument(instrument.with_acts((*kept, one.act)))


@_supposing.register
def _lapse(one: Lapse, registry: Registry) -> Registry:
    instrument = registry.instrument(one.instrument)
    if instrument.procedure is not None:
        raise QuestionError(
            f"`{one.instrument}` is a proceeding: it ends by a step or a limit, not by lapse",
            hint=f"write `step {one.instrument} STEP PARTY`; `servanda status` lists the steps",
        )
    return registry.with_instrument(ended(instrument, one.at))


@_supposing.register
def _takes(one: Takes, registry: Registry) -> Registry:
    instrument = registry.instrument(one.instrument)
    registry.party(one.party)
    known = [] if instrument.procedure is None else instrument.procedure.clauses(Procedure)
    names = {step.name for _, clause in known for step in clause.steps}
    if one.step not in names:
        raise UnknownNameError(
            f"`{one.instrument}` knows no step `{one.step}`",
            hint=f"steps: {', '.join(sorted(names)) or 'none'}",
        )
    name = f"supposed-{one.step}"
    act = TakeStep(id=name, by=(one.party,), done=one.at, seen=BEGINNING, step=one.step, note=NOTE)
    return registry.with_instrument(instrument.with_acts((*instrument.acts, act)))


@_supposing.register
def _leave(one: Leave, registry: Registry) -> Registry:
    registry.party(one.party)
    gone = {one.party, *(code for code, party in registry.parties.items() if party.part_of == one.party)}
    changed = {
        name: left(instrument, one.party, frozenset(gone), one.at)
        for name, instrument in registry.instruments.items()
        # Who leaves agreements has not withdrawn from its disputes: those end by steps.
        if instrument.procedure is None
        if any(not gone.isdisjoint(text.parties) for text in instrument.texts)
    }
    return replace(registry, instruments={**registry.instruments, **changed})


@_supposing.register
def _conclude(one: Conclude, registry: Registry) -> Registry:
    name = one.instrument.id
    if name in registry.instruments:
        raise QuestionError(f"`{name}` is concluded already", hint="give the new agreement another id")
    known = replace(registry, parties={**registry.parties, **{new.code: new for new in one.parties}})
    seats = {code: known.party(code).seat for text in one.instrument.texts for code in text.parties}
    made = replace(one.instrument, seats={**seats, **one.instrument.seats})
    return known.with_instrument(made.following({**known.instruments, made.id: made}))
