"""One portion of an object: everything that the law asks before it may go."""

from __future__ import annotations

import msgspec

from servanda.decisions import sentences as s
from servanda.decisions.caveats import Borne, unbarred
from servanda.decisions.changes import change
from servanda.decisions.consents import conditions, consented
from servanda.decisions.duties import duties
from servanda.decisions.finding import Finding, across, gap, together
from servanda.decisions.govern import governed, supplementing
from servanda.decisions.ground import Ground, gravest, grounds
from servanda.decisions.index import Index
from servanda.decisions.marking import held_as, known_level
from servanda.decisions.persons import access
from servanda.decisions.premises import premises
from servanda.model.cite import Because, because
from servanda.model.decision import ChangeKind, Outcome, ReleaseRequest
from servanda.model.duty import Duty
from servanda.model.label import OriginatorControlled, Portion


class Part(msgspec.Struct, frozen=True):
    """What the law says of one portion; `words` are the recipient's for its marking."""

    finding: Finding
    governing: tuple[Ground, ...] = ()
    words: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()


def part(index: Index, portion: Portion, caveats: tuple[Borne, ...], request: ReleaseRequest) -> Part:
    """Judge one portion of an object under the caveats of the whole."""
    originator = portion.originators[0]
    if known_level(index.registry, originator, portion.marking) is None:
        # It was asked with a word of the policy, so a regrading brought one that is not.
        cure = change(ChangeKind.CLAUSE, (originator,), s.RECORD_POLICY(portion.marking, originator))
        reason = because(s.MARKING_UNKNOWN(portion.marking, originator))
        return Part(gap((reason,), f"the marking {portion.marking} of {originator}", cure))
    controlled = any(isinstance(one.caveat, OriginatorControlled) for one in caveats)
    found = grounds(index, portion, request)
    basis = governed(index, found, portion, request)
    words = gravest(index, request.recipient, (one.words for one in (basis.governing or found)))
    checks = [
        basis.finding,
        unbarred(index, portion, caveats, request),
        consented(index, portion, request, controlled=controlled),
    ]
    if request.person is not None:
        checks += _persons(index, basis.governing, portion, request)
    finding = together(tuple(checks))
    if finding.outcome is not Outcome.PERMIT:
        return Part(finding, basis.governing, words)
    owed, reasons = _owed(index, basis.governing, portion, request)
    finding = msgspec.structs.replace(finding, because=(*finding.because, *reasons))
    return Part(finding, basis.governing, words, owed)


def _persons(
    index: Index, governing: tuple[Ground, ...], portion: Portion, request: ReleaseRequest
) -> list[Finding]:
    if any(index.same(one, request.recipient) for one in portion.originators):
        return []

    def host_words(party: str) -> tuple[str, ...]:
        originator = portion.originators[0]
        level = known_level(index.registry, originator, portion.marking)
        assert level is not None
        if index.same(originator, party):
            return (level.word,)
        return held_as(index, originator, level.word, party, request.at).words

    found = [
        across(tuple(access(index, text, request, portion, one.equivalents) for text in one.texts))
        for one in governing
    ]
    words = tuple(dict.fromkeys(word for one in governing for word in one.equivalents))
    for one in governing[:1]:
        found += premises(index, one.texts[0], request, portion, words, host_words)
    return found


def _owed(
    index: Index, governing: tuple[Ground, ...], portion: Portion, request: ReleaseRequest
) -> tuple[tuple[Duty, ...], tuple[Because, ...]]:
    """Return the duties of the governing texts, of what supplements them, and of the consents."""
    owed = [duty for one in governing for text in one.texts for duty in duties(text)]
    reasons = []
    for ground, text in supplementing(index, governing, request):
        owed += duties(text)
        reasons.append(
            because(s.SUPPLEMENTED(text.id), instrument=ground.instrument.id, version=text.version)
        )
    owed += conditions(index, portion, request)
    return tuple(dict.fromkeys(owed)), tuple(reasons)
