"""Short ways to make proceedings for tests, beside those of the catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec

from asking import catalogue, instant
from servanda.formats.acts import read_acts
from servanda.formats.when import parse_when
from servanda.model.act import Act, TakeStep
from servanda.model.clauses import Proceeding
from servanda.model.instrument import Instrument, Registry
from servanda.model.status import Standing, Standpoint, Status
from servanda.model.when import BEGINNING, FOREVER, Instant
from servanda.status import ask
from servanda.status.worlds import zones

FILES = Path(__file__).with_name("status") / "proceedings"


def recorded(name: str) -> tuple[Act, ...]:
    """The acts of a case that is kept beside the tests."""
    file = FILES / f"{name}.toml"
    return read_acts(file.read_bytes(), file.name)


def with_acts(acts: tuple[Act, ...], name: str = "wto-ds590", **roles: str) -> Registry:
    """The catalogue with other acts in a proceeding, and other parties in its roles."""
    instrument = catalogue().instrument(name)
    if roles:
        text = instrument.texts[0]
        address, clause = text.first(Proceeding)  # type: ignore[misc]  # the catalogue's proceedings have one
        held = {**clause.roles, **{role: (party,) for role, party in roles.items()}}
        changed = replace_struct(clause, roles=held)
        made = replace_struct(text, clause={address: changed}, parties=tuple(roles.values()))
        instrument = replace(instrument, texts=(made,))
    return catalogue().with_instrument(instrument.with_acts(acts))


def replace_struct(value: object, **changes: object) -> object:
    """A frozen struct with other fields."""
    return msgspec.structs.replace(value, **changes)  # type: ignore[type-var]  # any struct


def step(name: str, by: str, day: str, *, ident: str = "", fixes: str | None = None) -> TakeStep:
    """A step at noon of a day in Geneva, known at once."""
    at = instant(f"{day}T12:00:00+01:00" if len(day) == 10 else day)
    when = None if fixes is None else parse_when(fixes)
    return TakeStep(
        id=ident or f"{name}-{by}-{day}",
        by=tuple(by.split("+")),
        done=at,
        seen=BEGINNING,
        step=name,
        fixes=when,
    )


def status(registry: Registry, name: str, at: str | Instant) -> Status:
    """The only possible status, the same for every reader."""
    moment = instant(at) if isinstance(at, str) else at
    values = ask(registry, name, Standpoint(moment, FOREVER)).values
    assert len(values) == 1, values
    return values[0]


def standing(registry: Registry, name: str, at: str | Instant) -> Standing:
    """Where a proceeding stands."""
    found = status(registry, name, at).standing
    assert found is not None
    return found


def due(registry: Registry, name: str, at: str, limit: str) -> tuple[str, str, str]:
    """State, party and last instant of a limit, as `("running", "JP", "2019-09-24T00:00:00+02:00")`."""
    instrument: Instrument = registry.instrument(name)
    (found,) = [one for one in standing(registry, name, at).due if one.name == limit]
    where = zones(instrument)[0]
    return found.state.value, found.party, "" if found.until is None else found.until.within(where)


def open_to(registry: Registry, name: str, at: str, party: str) -> set[str]:
    """The steps that are open to a party now."""
    ways = standing(registry, name, at).ways
    return {way.step for way in ways if way.party == party and way.starts is None}
