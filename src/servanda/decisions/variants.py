"""Every way to a permit: what others would have to do, and what the holder could ask instead.

Acts only add to what is permitted, so their ways come from the findings themselves. Another marking, topic,
form, purpose or instant is another question, so each is asked in full, with what it would still need.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from servanda.decisions import sentences as s
from servanda.decisions.caveats import Borne, united
from servanda.decisions.changes import change
from servanda.decisions.index import Index
from servanda.decisions.lineage import Content, contents
from servanda.decisions.marking import known_level
from servanda.decisions.portion import part
from servanda.decisions.release import rule
from servanda.decisions.ways import FREE, NO_WAY, Ways, both, minimal
from servanda.model.act import Consent
from servanda.model.clauses import Prohibition, Purpose, Scope
from servanda.model.decision import Change, ChangeKind, ReleaseRequest, Way
from servanda.model.label import Embargo, Portion
from servanda.model.when import FOREVER, Instant

_MOST_TOPIC_SETS = 8
_AS_IT_IS = 1 << 30
"""A rank above all, for the marking that it has."""
_WAITS = 3
"""How many instants ahead, each the next at which anything changes, are tried."""


def ways(index: Index, request: ReleaseRequest) -> Ways:
    """Return the minimal sets of changes each of which would make a refused request a permit."""
    found: list[Way] = []
    for steps, asked in _requests(index, request):
        ways = FREE
        for content in contents(index, asked):
            ways = both(ways, _content_ways(index, content, asked))
        found += [(*steps, *way) for way in ways]
    return minimal(found)


def _content_ways(index: Index, content: Content, request: ReleaseRequest) -> Ways:
    caveats = united(content.portions, request.object_id)
    ways = FREE
    for portion in content.portions:
        ways = both(ways, _portion_ways(index, portion, caveats, request))
        if ways == NO_WAY:
            break
    return ways


def _portion_ways(
    index: Index, portion: Portion, caveats: tuple[Borne, ...], request: ReleaseRequest
) -> Ways:
    """Return the ways for one portion: as it is, with a lower marking, with fewer topics."""
    base = part(index, portion, caveats, request).finding.ways
    if base == FREE:
        return FREE
    found = list(base)
    tried: list[tuple[int, frozenset[str], tuple[frozenset[Change], ...]]] = []
    for lower, rank in ((None, _AS_IT_IS), *_lower_markings(index, portion)):
        for topics in (None, *_fewer_topics(index, portion, request)):
            if lower is None and topics is None:
                known = (_AS_IT_IS, frozenset(portion.topics), tuple(frozenset(way) for way in base))
                tried.append(known)
                continue
            asked = msgspec.structs.replace(
                portion, marking=lower or portion.marking, topics=portion.topics if topics is None else topics
            )
            left = part(index, asked, caveats, request).finding.ways
            steps = _steps(portion, lower, topics, request)
            covered = frozenset(asked.topics)
            # A step that changes more is worth naming only where one that changes less is not enough.
            better = [
                way
                for way in left
                if not any(
                    rank <= other and covered <= wide and any(less <= frozenset(way) for less in known)
                    for other, wide, known in tried
                )
            ]
            found += [(*steps, *way) for way in better]
            tried.append((rank, covered, tuple(frozenset(way) for way in left)))
    return minimal(found)


def _lower_markings(index: Index, portion: Portion) -> list[tuple[str, int]]:
    originator = portion.originators[0]
    level = known_level(index.registry, originator, portion.marking)
    if level is None:
        return []
    owner = index.registry.party(originator)
    if owner.level(portion.marking) is None and owner.part_of is not None:
        owner = index.registry.party(owner.part_of)
    lower = [one for one in owner.levels if one.rank < level.rank]
    return [(one.word, one.rank) for one in sorted(lower, key=lambda one: -one.rank)]


def _fewer_topics(index: Index, portion: Portion, request: ReleaseRequest) -> list[tuple[str, ...]]:
    """Return smaller sets of topics that some clause or consent would cover; only the originator narrows."""
    if not any(index.same(one, request.holder) for one in portion.originators):
        return []
    whole = frozenset(portion.topics)
    limits: list[frozenset[str]] = []
    for instrument in index.binding(request.holder, request.recipient):
        for text in instrument.texts:
            scope = text.first(Scope)
            if scope is not None and scope[1].topics:
                limits.append(frozenset(scope[1].topics))
            for _, clause in text.clauses(Prohibition):
                limits.append(whole - frozenset(clause.topics))
    for originator in portion.originators:
        limits += [frozenset(one.act.topics) for one in index.acts_by(Consent, originator) if one.act.topics]
    found: set[frozenset[str]] = {whole}
    for limit in limits:
        found |= {one & limit for one in found}
        if not whole:
            found.add(limit)
    smaller = [one for one in found if one and one != whole]
    smaller.sort(key=lambda one: (-len(one), sorted(one)))
    return [tuple(sorted(one)) for one in smaller[:_MOST_TOPIC_SETS]]


def _steps(
    portion: Portion, lower: str | None, topics: tuple[str, ...] | None, request: ReleaseRequest
) -> Way:
    steps = []
    if topics is not None:
        shown = ", ".join(topics)
        said = s.NARROW_TOPICS(shown)
        steps.append(change(ChangeKind.NARROW, (request.holder,), said, topics=shown))
    if lower is not None:
        by = portion.originators
        said = s.LOWER(by[0], lower)
        source = portion.object_id if portion.object_id != request.object_id else ""
        steps.append(change(ChangeKind.LOWER_MARKING, by, said, marking=lower, source=source))
    return tuple(steps)


def _requests(index: Index, request: ReleaseRequest) -> Iterator[tuple[Way, ReleaseRequest]]:
    """Yield the request as it stands, and in another form, for another purpose, at a later instant."""
    yield (), request
    by = (request.holder,)
    forms, purposes = _forms(index, request), _purposes(index, request)
    for form in (None, *forms):
        for purpose in (None, *purposes):
            steps = []
            asked = request
            if form is not None:
                steps.append(change(ChangeKind.NARROW, by, s.NARROW_FORM(form), form=form))
                asked = replace(asked, form=form)
            if purpose is not None:
                steps.append(change(ChangeKind.NARROW, by, s.NARROW_PURPOSE(purpose), purpose=purpose))
                asked = replace(asked, purpose=purpose)
            if steps:
                yield tuple(steps), asked
    for at in _instants(index, request):
        wait = change(ChangeKind.WAIT, (), s.WAIT_UNTIL(str(at)), until=str(at))
        yield (wait,), replace(request, at=at)


def _forms(index: Index, request: ReleaseRequest) -> list[str]:
    found: dict[str, None] = {}
    limited = False
    for instrument in index.binding(request.holder, request.recipient):
        for text in instrument.texts:
            scope = text.first(Scope)
            if scope is not None and scope[1].forms:
                limited = limited or request.form not in scope[1].forms
                found.update(dict.fromkeys(scope[1].forms))
            limited = limited or any(clause.forms for _, clause in text.clauses(Prohibition))
    found.pop(request.form, None)
    return list(found) if limited else []


def _purposes(index: Index, request: ReleaseRequest) -> list[str]:
    given = [one.given_for for one in request.portions if one.given_for]
    found: dict[str, None] = {purpose: None for one in given for purpose in one}
    for instrument in index.binding(request.holder, request.recipient):
        for text in instrument.texts:
            for _, clause in text.clauses(Purpose):
                found.update(dict.fromkeys(clause.allows))
    for portion in request.portions:
        for originator in portion.originators:
            for record in index.acts_by(Consent, originator):
                found.update(dict.fromkeys(record.act.purposes))
    found.pop(request.purpose, None)
    return [one for one in found if all(one in allowed for allowed in given)]


def _instants(index: Index, request: ReleaseRequest) -> list[Instant]:
    found = {
        caveat.until
        for portion in request.portions
        for caveat in portion.caveats
        if isinstance(caveat, Embargo) and caveat.until > request.at
    }
    at = request.at
    for _ in range(_WAITS):
        at = rule(index, replace(request, at=at)).until
        if at == FOREVER:
            break
        found.add(at)
    return sorted(found)
