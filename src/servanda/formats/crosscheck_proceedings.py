"""What no single file can see of proceedings, conditions and packages: names that point nowhere, ways out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from servanda.model.act import Act, Fulfil, Halt, Meet, Resume, TakeStep, Undertake, step_of
from servanda.model.clauses import Limit, Procedure, Proceeding, Stage, Step
from servanda.model.instrument import Instrument, Registry
from servanda.model.package import Package
from servanda.model.text import Text

_OF_PROCEEDINGS = (TakeStep, Meet, Halt, Resume, Undertake, Fulfil)
_SPEAKS_OF: dict[type[Act], type[Act]] = {Resume: Halt, Fulfil: Undertake}


def _known(name: str, known: Iterable[str], what: str) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    return f"no {what} `{name}`" + (f", did you mean `{close[0]}`?" if close else "")


def check_text(registry: Registry, text: Text) -> Iterator[str]:
    """Yield what is wrong with the procedure of a text, and with the proceeding that it may be."""
    for address, proceeding in text.clauses(Proceeding):
        for line in _proceeding(registry, proceeding):
            yield f'clause "{address}": {line}'
    if text.first(Procedure) is not None:
        yield from _procedure(text)


def _proceeding(registry: Registry, proceeding: Proceeding) -> Iterator[str]:
    followed = registry.instruments.get(proceeding.follows)
    if followed is None:
        yield f"follows: {_known(proceeding.follows, registry.instruments, 'instrument')}"
        return
    if followed.texts[-1].first(Procedure) is None:
        yield f"follows: `{proceeding.follows}` has no procedure"
    roles = {role for _, one in followed.texts[-1].clauses(Procedure) for role in _roles(one)}
    for role, parties in proceeding.roles.items():
        if role not in roles:
            yield f"roles: {_known(role, roles, 'role of the procedure')}"
        for party in parties:
            if party not in registry.parties:
                yield f"roles.{role}: {_known(party, registry.parties, 'party')}"


def _roles(procedure: Procedure) -> set[str]:
    return {role for one in procedure.steps for role in one.by} | {
        role for one in procedure.limits for role in one.binds
    }


def _procedure(text: Text) -> Iterator[str]:
    clauses = list(text.clauses(Procedure))
    stages = {name: stage for _, one in clauses for name, stage in one.stages.items()}
    steps = [step for _, one in clauses for step in one.steps]
    limits = [limit for _, one in clauses for limit in one.limits]
    names = {step.name for step in steps}
    counted = names | stages.keys() | {limit.name for limit in limits}
    for address, one in clauses:
        for step in one.steps:
            for name in (*step.at, *([step.to] if step.to else [])):
                if name not in stages:
                    yield f'clause "{address}": step {step.name}: {_known(name, stages, "stage")}'
        for limit in one.limits:
            for line in _limit(limit, stages, names, counted):
                yield f'clause "{address}": limit {limit.name}: {line}'
    yield from _ways_out(stages, steps, limits)
    yield from _circles(limits, names | stages.keys())


def _limit(limit: Limit, stages: dict[str, Stage], steps: set[str], counted: set[str]) -> Iterator[str]:
    for name in (*limit.waits_at, *limit.only_at, *([limit.leads_to] if limit.leads_to else [])):
        if name not in stages:
            yield _known(name, stages, "stage")
    for name in (*limit.met_by, *limit.opens, *limit.unless, *limit.moved_by, *limit.if_taken):
        if name not in steps:
            yield _known(name, steps, "step")
    if limit.counts_from not in counted:
        yield f"counts_from: {_known(limit.counts_from, counted, 'step or limit')}"


def _ways_out(stages: dict[str, Stage], steps: list[Step], limits: list[Limit]) -> Iterator[str]:
    """A proceeding is never locked in: each stage that is not final has a step or a limit that leads out."""
    for name, stage in stages.items():
        led_to = any(one.to == name for one in steps) or any(one.leads_to == name for one in limits)
        if not led_to:
            yield f"stage {name}: no step or limit leads to it"
        if stage.final:
            continue
        leaves = any(
            (one.returns or one.to not in ("", name)) and (name in one.at or (not one.at and not one.begins))
            for one in steps
        )
        if not leaves and not any(one.leads_to not in ("", name) and name in one.only_at for one in limits):
            yield f"stage {name}: nothing leads out of it; a stage that ends the proceeding is `final`"


def _circles(limits: list[Limit], steps: set[str]) -> Iterator[str]:
    after = {one.name: one.counts_from for one in limits if one.counts_from not in steps}
    for name, start in after.items():
        seen, at = {name}, start
        while at in after and at not in seen:
            seen.add(at)
            at = after[at]
        if at in seen:
            yield f"limit {name}: counts from itself"


def check_act(registry: Registry, instrument: Instrument, act: Act, by_id: dict[str, Act]) -> Iterator[str]:
    """Yield what is wrong with an act of a proceeding, with its condition, and with its package."""
    if act.condition is not None and act.condition.instrument not in registry.instruments:
        yield f"while: {_known(act.condition.instrument, registry.instruments, 'instrument')}"
    if act.package and act.package not in registry.packages:
        yield f"package: {_known(act.package, registry.packages, 'package')}"
    if not isinstance(act, _OF_PROCEEDINGS):
        return
    if instrument.procedure is None:
        yield f"`{instrument.id}` is no proceeding, so no step of one is taken in it"
        return
    if isinstance(act, TakeStep | Meet):
        names = {step.name for _, one in instrument.procedure.clauses(Procedure) for step in one.steps}
        if step_of(act) not in names:
            yield f"step: {_known(step_of(act), names, 'step of the procedure')}"
    fitting = _SPEAKS_OF.get(type(act))
    target = by_id.get(getattr(act, "of", ""))
    if fitting is not None and target is not None and not isinstance(target, fitting):
        yield f"of: `{target.id}` is not a {fitting.__struct_config__.tag}"


def check_package(registry: Registry, package: Package) -> Iterator[str]:
    """Yield what is wrong with a package: causes that nobody recorded, or no act that is part of it."""
    for member in package.cause:
        instrument = registry.instruments.get(member.instrument)
        if instrument is None:
            yield f"cause: {_known(member.instrument, registry.instruments, 'instrument')}"
        elif member.act not in (names := [act.id for act in instrument.acts]):
            yield f"cause: {_known(member.act, names, f'act of {member.instrument}')}"
    if package.id in registry.instruments:
        yield "an instrument has the same id"
    if not any(act.package == package.id for one in registry.instruments.values() for act in one.acts):
        yield "no act is part of it"
