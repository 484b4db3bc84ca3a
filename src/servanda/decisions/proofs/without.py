"""A registry with instruments taken away, judged anew only where they could matter."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from servanda.decisions.proofs.arcs import Arc, Information
from servanda.decisions.proofs.world import Judged, whole
from servanda.model.act import Consent
from servanda.model.clauses import Clause, How, Relation
from servanda.model.decision import Outcome
from servanda.model.instrument import Registry
from servanda.model.text import Text


class Without:
    """The arcs of a registry with instruments taken away, judging anew only what they could touch.

    What rests on an instrument goes with it, and so does every act on its record. Other answers can only
    change for a pair that it binds, for a holder that it binds with the originator (whose words it may
    have given), or by a consent that is on its record or rests on it.
    """

    def __init__(self, judged: Judged) -> None:
        self._whole = judged
        self._reduced: dict[frozenset[str], Judged] = {}

    def __call__(self, information: Information, without: frozenset[str]) -> tuple[Arc, ...]:
        """Return the arcs of one kind of information without the instruments named."""
        base = self._whole
        if not without:
            return base.arcs(information)
        registry = base.index.registry
        gone = resting_on(registry, without)
        if gone not in self._reduced:
            self._reduced[gone] = Judged(
                taken_away(registry, gone),
                base.span,
                base.index.known,
                undetermined=Outcome.UNDETERMINED in base.counted,
                trusting=base.trusting,
            )
        other = self._reduced[gone]
        found: list[Arc] = []
        for pair in base.pairs:
            touched = self._touches(information, pair, gone)
            found += (other if touched else base).cell(information, *pair)
        return tuple(found)

    def _touches(self, information: Information, pair: tuple[str, str], gone: frozenset[str]) -> bool:
        base = self._whole
        for originator in information.originators:
            for record in base.index.acts_by(Consent, originator):
                if record.instrument in gone or not gone.isdisjoint(record.act.rests_on):
                    return True
        firsts = [pair, *((whole(base.index.registry, one), pair[0]) for one in information.originators)]
        return any(
            instrument.id in gone
            for first, second in firsts
            for one in base.members[first]
            for other in base.members[second]
            for instrument in base.index.binding(one, other)
        )


def taken_away(registry: Registry, gone: frozenset[str]) -> Registry:
    """Return a registry without some instruments, and without what the others say of them."""
    left = {}
    for name, instrument in registry.instruments.items():
        if name not in gone:
            texts = tuple(_unrelated(text, gone) for text in instrument.texts)
            left[name] = instrument if texts == instrument.texts else replace(instrument, texts=texts)
    return replace(registry, instruments=left)


def _unrelated(text: Text, gone: frozenset[str]) -> Text:
    clauses: dict[str, Clause] = {}
    for address, clause in text.clause.items():
        if not isinstance(clause, Relation):
            clauses[address] = clause
        elif of := tuple(name for name in clause.of if name not in gone):
            clauses[address] = msgspec.structs.replace(clause, of=of)
    return msgspec.structs.replace(text, clause=clauses)


def resting_on(registry: Registry, names: frozenset[str]) -> frozenset[str]:
    """Return instruments with all that depend on them, in any number of steps."""
    found = set(names)
    while True:
        more = {
            name
            for name, instrument in registry.instruments.items()
            if name not in found
            for text in instrument.texts
            for _, relation in text.clauses(Relation)
            if relation.how is How.DEPENDS_ON and not found.isdisjoint(relation.of)
        }
        if not more:
            return frozenset(found)
        found |= more
