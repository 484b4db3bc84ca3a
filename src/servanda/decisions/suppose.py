"""Worlds that are not: a registry with acts left out or added, to be asked like the real one."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.errors import UnknownNameError
from servanda.model.act import Act
from servanda.model.instrument import Registry


@dataclass(frozen=True, slots=True)
class Omit:
    """Suppose that an act had not been done; `instrument` narrows an id that several use."""

    act: str
    instrument: str | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Suppose that an act is done besides."""

    instrument: str
    act: Act


Supposition = Omit | Add


def suppose(registry: Registry, suppositions: tuple[Supposition, ...]) -> Registry:
    """Return the registry as it would be; the real one is untouched.

    Raises:
        UnknownNameError: an act or instrument of a supposition does not exist, or an id is
            used in several instruments.
    """
    for one in suppositions:
        registry = _omit(registry, one) if isinstance(one, Omit) else _add(registry, one)
    return registry


def _omit(registry: Registry, one: Omit) -> Registry:
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


def _add(registry: Registry, one: Add) -> Registry:
    instrument = registry.instrument(one.instrument)
    kept = tuple(act for act in instrument.acts if act.id != one.act.id)
    return registry.with_instrument(instrument.with_acts((*kept, one.act)))
