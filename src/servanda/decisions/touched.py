"""Between whom the answers of two registries can differ at all."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations, product
from typing import TypeVar

import msgspec

from servanda.decisions.differing import changed
from servanda.decisions.index import Index
from servanda.decisions.recorded import Recorded
from servanda.model.act import Act, Consent, Recall, Regrade, WithdrawConsent
from servanda.model.instrument import Registry

A = TypeVar("A", bound=Act)
Pair = tuple[str, str]


class Reach(msgspec.Struct, frozen=True):
    """The ordered pairs of parties between which an answer may differ.

    In the `deep` ones more may differ than statuses: consents, or what a holder calls a marking.
    """

    pairs: frozenset[Pair]
    deep: frozenset[Pair]


def touched(before: Index, after: Index) -> Reach:
    """Return the ordered pairs of parties between which an answer may differ; never too few.

    An instrument touches its own parties and, where its table moves, all to whom they pass on; a consent
    touches its holders and recipients; a regrading or a recall may touch everybody.
    """
    names = changed(before.registry, after.registry)
    found: set[Pair] = set()
    deep = _by_acts(before, after, names) | _by_acts(after, before, names)
    for index in (before, after):
        for name in names & index.registry.instruments.keys():
            parties = index.registry.instruments[name].parties
            bound = {other for code in parties for other in index.family(code)}
            found.update(permutations(bound, 2))
            if _tables_move(before.registry, after.registry, name):
                deep.update(product(bound, index.registry.parties))
    return Reach(frozenset(found | deep), frozenset(deep))


def _tables_move(before: Registry, after: Registry, name: str) -> bool:
    """Say whether what a holder calls a marking may turn on this instrument's change."""
    one, other = before.instruments.get(name), after.instruments.get(name)
    return one is None or other is None or one.texts != other.texts or len(one.texts) > 1


def _by_acts(one: Index, other: Index, names: frozenset[str]) -> set[Pair]:
    """Return the pairs of the acts of one index that the other does not have, or whose ground moved."""
    found: set[Pair] = set()
    everybody = tuple(one.registry.parties)
    withdrawn = {record.act.of for record in _only_in(one, other, WithdrawConsent, names)}
    for record in one.acts(Consent):
        moved = not names.isdisjoint(record.act.rests_on) or record.act.id in withdrawn
        if moved:
            found.update(_hops(record.act, everybody))
    for record in _only_in(one, other, Consent, names):
        found.update(_hops(record.act, everybody))
    recalls, regrades = _only_in(one, other, Recall, names), _only_in(one, other, Regrade, names)
    if recalls or regrades:
        found.update(permutations(everybody, 2))
    return {
        (holder, recipient)
        for first, second in found
        for holder in one.family(first)
        for recipient in one.family(second)
    }


def _only_in(one: Index, other: Index, kind: type[A], names: frozenset[str]) -> list[Recorded[A]]:
    """Return the acts that one index has and the other has not; only changed instruments can hold such."""
    there = {(record.instrument, record.act) for record in other.acts(kind) if record.instrument in names}
    return [
        record
        for record in one.acts(kind)
        if record.instrument in names and (record.instrument, record.act) not in there
    ]


def _hops(act: Consent, everybody: tuple[str, ...]) -> Iterable[Pair]:
    return product(act.holders or everybody, act.recipients)
