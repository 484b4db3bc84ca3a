"""May this be released? The one decision that every release and every key access asks.

Permit only if every reading and every possible world permits, under at least one instrument, and
every originator has said yes. Always with reasons; with every way to a permit, and the detours, when it is
refused.
"""

from __future__ import annotations

from servanda.decisions import sentences as s
from servanda.decisions.caveats import united
from servanda.decisions.finding import Finding, across, passes, together
from servanda.decisions.ground import gravest
from servanda.decisions.index import Index
from servanda.decisions.lineage import Content, contents
from servanda.decisions.marking import own_level
from servanda.decisions.portion import Part, part
from servanda.errors import QuestionError
from servanda.model.cite import because
from servanda.model.decision import Judgement, Outcome, ReleaseRequest
from servanda.model.duty import Duty

NEVER_OWED = because(s.NEVER_OWED(), rule="no duty to share")


def rule(index: Index, request: ReleaseRequest) -> Judgement:
    """Judge a request as it stands; `ways` holds what others would have to do, not other requests.

    Raises:
        UnknownNameError: a party or marking of the request is not known.
        QuestionError: holder and recipient are the same, nobody is named as originator, or an object
            derives from itself.
    """
    askable(index, request)
    found = [_whole(index, content, request) for content in contents(index, request)]
    finding = across(tuple(finding for finding, _ in found))
    parts = [one for _, several in found for one in several]
    words = gravest(index, request.recipient, (one.words for one in parts))
    permitted = finding.outcome is Outcome.PERMIT
    via = dict.fromkeys(ground.instrument.id for one in parts for ground in one.governing)
    return Judgement(
        outcome=finding.outcome,
        because=(*finding.because, NEVER_OWED) if permitted else finding.because,
        via=tuple(via) if permitted else (),
        equivalent=words[0] if words else None,
        alternatives=words[1:],
        duties=_duties(parts) if permitted else (),
        missing=finding.missing,
        ways=() if permitted else finding.ways,
        since=finding.since,
        until=finding.until,
        turns=finding.turns,
    )


def askable(index: Index, request: ReleaseRequest) -> None:
    """Refuse a question that has no answer.

    Raises:
        UnknownNameError: a party or marking of the request is not known.
        QuestionError: holder and recipient are the same, or nobody is named as originator.
    """
    for code in (request.holder, request.recipient):
        index.registry.party(code)
    for portion in request.portions:
        if not portion.originators:
            raise QuestionError("nobody is named as originator", hint="name the party whose it is")
        for code in portion.originators:
            index.registry.party(code)
        own_level(index.registry, portion.originators[0], portion.marking)
    if index.same(request.holder, request.recipient):
        raise QuestionError(
            f"`{request.holder}` and `{request.recipient}` are the same party",
            hint="a release needs two",
        )


def _whole(index: Index, content: Content, request: ReleaseRequest) -> tuple[Finding, tuple[Part, ...]]:
    caveats = united(content.portions, request.object_id)
    parts = tuple(part(index, portion, caveats, request) for portion in content.portions)
    timed = passes(since=content.since, until=content.until)
    if not parts:
        timed = passes(because(s.NOTHING_LEFT()), since=content.since, until=content.until)
    return together((*(one.finding for one in parts), timed)), parts


def _duties(parts: list[Part]) -> tuple[Duty, ...]:
    return tuple(dict.fromkeys(duty for one in parts for duty in one.duties))
