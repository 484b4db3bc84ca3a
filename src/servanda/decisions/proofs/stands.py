"""What each instrument by itself says of a release, over a span of time: it permits, or it forbids.

Only pairs for which some text forbids anything are asked; elsewhere nothing can disagree. That one of
the two goes before the other is not weighed here: a disagreement that the law resolves is still one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from servanda.decisions.ground import ground
from servanda.decisions.index import Index
from servanda.decisions.marking import known_level
from servanda.decisions.parties import bound_as
from servanda.decisions.proofs.arcs import Information
from servanda.decisions.proofs.conflicts import Kind, Stand
from servanda.decisions.proofs.world import Judged, question
from servanda.decisions.sentences import FORBIDDEN
from servanda.model.cite import Because
from servanda.model.clauses import Prohibition
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.model.instrument import Instrument
from servanda.model.when import Instant


def stands(judged: Judged, informations: Iterable[Information]) -> Iterator[Stand]:
    """Yield what every instrument says where some text forbids, of each kind, form and purpose."""
    index = judged.index
    kinds = tuple(informations)
    for holder, recipient in judged.pairs:
        for one, other in judged.hops(holder, recipient):
            forbidding = index.prohibiting(one, other)
            if not forbidding:
                continue
            for information in kinds:
                for form, purpose in judged.variants(information, one, other):
                    kind = replace(information, form=form, purpose=purpose)
                    for instrument in index.carriers(one, other):
                        yield from _permits(judged, instrument, kind, one, other)
                    for instrument in forbidding:
                        yield from _forbids(judged, instrument, kind, one, other)


def _permits(
    judged: Judged, instrument: Instrument, information: Information, holder: str, recipient: str
) -> Iterator[Stand]:
    asked = question(judged, information, holder, recipient)
    while asked.at < judged.span.end:
        found = ground(judged.index, instrument, asked.portions[0], asked).finding
        end = min(found.until, judged.span.end)
        if found.outcome is Outcome.PERMIT:
            yield _stand(instrument, Kind.PERMIT, information, asked, end, found.because)
        asked = replace(asked, at=end)


def _forbids(
    judged: Judged, instrument: Instrument, information: Information, holder: str, recipient: str
) -> Iterator[Stand]:
    """Yield the stretches in which it forbids in every reading and every possible world."""
    asked = question(judged, information, holder, recipient)
    while asked.at < judged.span.end:
        standing = judged.index.life(instrument.id).at(asked.at)
        end = min(standing.until, judged.span.end)
        clauses = [
            _forbidding(judged.index, instrument, status.version, asked)
            for status in standing.answer.values
            if status.phase.works
            and all(bound_as(judged.index.registry, one, status.bound) for one in (holder, recipient))
        ]
        cited = tuple(dict.fromkeys(one for one in clauses if one is not None))
        if cited and len(clauses) == len(standing.answer.values) and None not in clauses:
            yield _stand(instrument, Kind.FORBID, information, asked, end, cited)
        asked = replace(asked, at=end)


def _forbidding(index: Index, instrument: Instrument, version: int, asked: ReleaseRequest) -> Because | None:
    for address, clause in instrument.text(version).clauses(Prohibition):
        if (
            (not clause.topics or set(clause.topics) & set(asked.topics))
            and (not clause.forms or asked.form in clause.forms)
            and (not clause.purposes or asked.purpose in clause.purposes)
            and (not clause.markings or _marked(index, clause, asked))
        ):
            return instrument.text(version).because(address, FORBIDDEN(instrument.id))
    return None


def _marked(index: Index, clause: Prohibition, asked: ReleaseRequest) -> bool:
    originator = asked.originators[0]
    level = known_level(index.registry, originator, asked.marking)
    spellings = {asked.marking} if level is None else {level.word, *level.also}
    return any(
        index.same(party, originator) and spellings & set(words)
        for party, words in clause.markings.items()
        if party in index.registry.parties
    )


def _stand(
    instrument: Instrument,
    kind: Kind,
    information: Information,
    asked: ReleaseRequest,
    end: Instant,
    reasons: tuple[Because, ...],
) -> Stand:
    cited = tuple(one for one in reasons if one.article or one.act)
    return Stand(instrument.id, kind, information, asked.holder, asked.recipient, asked.at, end, cited)
