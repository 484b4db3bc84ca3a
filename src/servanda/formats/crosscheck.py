"""What no single file can see: names that point nowhere, words not known, acts that do not fit."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import get_args

from servanda.errors import FormatError
from servanda.formats.crosscheck_exports import check_measure, check_regime
from servanda.formats.crosscheck_proceedings import check_act, check_package, check_text
from servanda.model.act import (
    Act,
    Amend,
    Consent,
    GiveNotice,
    ResumeNotice,
    ResumeOperation,
    SuspendNotice,
    SuspendOperation,
    WithdrawConsent,
    WithdrawNotice,
    kind_of,
)
from servanda.model.clauses import Clause, Equivalence, Relation, Scope
from servanda.model.instrument import Instrument, Registry
from servanda.model.text import Text
from servanda.model.when import Instant, zone

_SPEAKS_OF: dict[type[Act], tuple[type[Act], ...]] = {
    SuspendNotice: (GiveNotice,),
    ResumeNotice: (SuspendNotice, GiveNotice),
    WithdrawNotice: (GiveNotice, SuspendNotice),
    ResumeOperation: (SuspendOperation,),
    WithdrawConsent: (Consent,),
}
_KINDS = tuple(str(kind.__struct_config__.tag) for kind in get_args(Clause))


def check(registry: Registry) -> list[str]:
    """Return every contradiction between the files of a catalogue, one line each."""
    problems = [line for party in registry.parties.values() for line in _party(registry, party.code)]
    for instrument in registry.instruments.values():
        for text in instrument.texts:
            where = f"{instrument.id}/text-{text.version}.toml"
            lines = (*_text(registry, text), *check_text(registry, text), *check_regime(text))
            problems += [f"{where}: {line}" for line in lines]
        problems += [f"{instrument.id}/acts.toml: {line}" for line in _acts(registry, instrument)]
        name = instrument.conventions.zone
        if name is not None:
            problems += [f"{instrument.id}/conventions.toml: {line}" for line in _zone(name)]
    for package in registry.packages.values():
        problems += [f"package {package.id}: {line}" for line in check_package(registry, package)]
    return problems


def _zone(name: str) -> Iterator[str]:
    try:
        zone(name)
    except FormatError as wrong:
        yield f"zone: {wrong}"


def _known(name: str, known: Iterable[str], what: str) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    return f"no {what} `{name}`" + (f", did you mean `{close[0]}`?" if close else "")


def _party(registry: Registry, code: str) -> Iterator[str]:
    party = registry.parties[code]
    for line in _zone(party.seat):
        yield f"party {code}: seat: {line}"
    if party.part_of is not None and party.part_of not in registry.parties:
        yield f"party {code}: part_of: {_known(party.part_of, registry.parties, 'party')}"
    words = [word for level in party.levels for word in (level.word, *level.also)]
    for word in sorted({word for word in words if words.count(word) > 1}):
        yield f"party {code}: levels: `{word}` stands twice"


def _text(registry: Registry, text: Text) -> Iterator[str]:
    for code in (*text.parties, *text.seat, *([text.depositary] if text.depositary else [])):
        if code not in registry.parties:
            yield f"parties: {_known(code, registry.parties, 'party')}"
    for name in text.seat.values():
        yield from _zone(name)
    for kind in text.unread:
        if kind not in _KINDS:
            yield f"unread: {_known(kind, _KINDS, 'kind of clause')}"
    yield from _clauses(registry, text)


def _clauses(registry: Registry, text: Text) -> Iterator[str]:
    for address, relation in text.clauses(Relation):
        for other in relation.of:
            if other not in registry.instruments:
                yield f'clause "{address}": of: {_known(other, registry.instruments, "instrument")}'
    for address, scope in text.clauses(Scope):
        if scope.hub is not None and scope.hub not in registry.parties:
            yield f'clause "{address}": hub: {_known(scope.hub, registry.parties, "party")}'
    for address, table in text.clauses(Equivalence):
        rows = [(level, *one) for level, row in table.levels.items() for one in row.items()]
        for level, code, words in rows:
            for line in _words(registry, text, code, words):
                yield f'clause "{address}": levels.{level}: {line}'


def _words(registry: Registry, text: Text, code: str, words: tuple[str, ...]) -> Iterator[str]:
    if code not in text.parties:
        yield _known(code, text.parties, "party of the text")
        return
    party = registry.parties.get(code)
    if party is None:
        return
    own = party.levels or (registry.parties[party.part_of].levels if party.part_of else ())
    known = {word for level in own for word in (level.word, *level.also)}
    for word in words:
        if word not in known:
            yield _known(word, known, f"marking of {code}")


def _acts(registry: Registry, instrument: Instrument) -> Iterator[str]:
    by_id: dict[str, Act] = {}
    for act in instrument.acts:
        if act.id in by_id:
            yield f"act {act.id}: the id stands twice"
        by_id[act.id] = act
    for act in instrument.acts:
        for line in _act(registry, instrument, act, by_id):
            yield f"act {act.id}: {line}"


def _act(registry: Registry, instrument: Instrument, act: Act, by_id: dict[str, Act]) -> Iterator[str]:
    if not act.by:
        yield "by: names nobody"
    for code in act.by:
        if code not in registry.parties:
            yield f"by: {_known(code, registry.parties, 'party')}"
    yield from _targets(act, by_id)
    yield from check_act(registry, instrument, act, by_id)
    yield from check_measure(instrument, act, by_id)
    for code in (*getattr(act, "recipients", ()), *getattr(act, "holders", ())):
        if code not in registry.parties:
            yield f"recipients: {_known(code, registry.parties, 'party')}"
    if isinstance(act, Amend) and not any(text.version == act.version for text in instrument.texts):
        yield f"version: there is no text-{act.version}.toml"
    for name in getattr(act, "rests_on", ()):
        if name not in registry.instruments:
            yield f"rests_on: {_known(name, registry.instruments, 'instrument')}"
    yield from _order(instrument, act)


def _targets(act: Act, by_id: dict[str, Act]) -> Iterator[str]:
    named = (getattr(act, "of", None), *getattr(act, "also", ()))
    for name in (one for one in named if one is not None):
        target = by_id.get(name)
        fitting = _SPEAKS_OF.get(type(act), ())
        if target is None:
            yield f"of: {_known(name, by_id, 'act')}"
        elif fitting and not isinstance(target, fitting):
            words = " or ".join(str(one.__struct_config__.tag) for one in fitting)
            yield f"of: `{name}` is a {kind_of(target)}, not a {words}"


def _order(instrument: Instrument, act: Act) -> Iterator[str]:
    """Nothing is seen before it is done; a day or month is done by its end at the latest."""
    try:
        names = {instrument.conventions.zone} if instrument.conventions.zone else None
        names = names or set(instrument.seats.values()) or {"UTC"}
        first = min(act.done.span(zone(name))[0] for name in names if name)
    except FormatError:
        return
    exact = isinstance(act.done, Instant)
    if first > act.seen:
        yield f"seen: {act.seen} is before it was done, {act.done}" + ("" if exact else " (a day)")
