"""Sections 3 and 4: caveats, over the union of all portions, and recalls."""

from __future__ import annotations

from decisions.reference.facts import Done, Facts
from decisions.reference.outcomes import DENY, PERMIT, UNDETERMINED, across, together
from decisions.reference.rules import Rule
from servanda.model.act import Recall
from servanda.model.decision import Outcome
from servanda.model.label import (
    Caveat,
    Embargo,
    EyesOnly,
    NoForeign,
    OriginatorControlled,
    Portion,
    ReleasableTo,
)

Borne = tuple[Caveat, Portion]
"""A caveat, and the portion that bears it."""


def borne(facts: Facts, portion: Portion, portions: list[Portion]) -> list[Borne]:
    """Section 2: return the caveats of all portions, under which each is judged."""
    found: list[Borne] = []
    for bearer in portions:
        if bearer is portion or (bearer.caveats and facts.holds(Rule.UNITED)):
            found += [(caveat, bearer) for caveat in bearer.caveats]
    return found


def caveats(facts: Facts, portion: Portion, portions: list[Portion]) -> Outcome:
    """Section 3: judge a portion by the caveats; those that contradict each other both ways."""
    found = borne(facts, portion, portions)
    own: list[Borne] = [one for one in found if isinstance(one[0], NoForeign)]
    others: list[Borne] = [one for one in found if not isinstance(one[0], NoForeign)]
    meanings = [found]
    if own and any(names_another(facts, caveat, portion) for caveat, _ in others):
        meanings = [own, others] if facts.holds(Rule.CONTRADICTION) else [found]
    return across(
        together(bars(facts, caveat, portion, bearer) for caveat, bearer in meaning) for meaning in meanings
    )


def names_another(facts: Facts, caveat: Caveat, portion: Portion) -> bool:
    """Section 3: say whether a list names anyone but an originator of the portion judged."""
    named: tuple[str, ...] = ()
    if isinstance(caveat, ReleasableTo):
        named = caveat.parties
    if isinstance(caveat, EyesOnly):
        named = caveat.nationalities
    return any(not facts.among(one, portion.originators) for one in named)


def exempt(facts: Facts, portion: Portion, bearer: Portion) -> bool:
    """Section 3: an originator of the portion judged, or of the bearer, is not barred by a caveat."""
    own = facts.among(facts.request.recipient, (*portion.originators, *bearer.originators))
    return own and facts.holds(Rule.EXEMPT)


def bars(facts: Facts, caveat: Caveat, portion: Portion, bearer: Portion) -> Outcome:
    """Section 3: judge one caveat."""
    if exempt(facts, portion, bearer):
        return PERMIT
    request = facts.request
    match caveat:
        case NoForeign():
            return facts.bar(Rule.NO_FOREIGN, DENY)
        case ReleasableTo(parties=named):
            if facts.among(request.recipient, named):
                return PERMIT
            if any(one not in facts.registry.parties for one in named):
                return facts.bar(Rule.RELEASABLE_UNKNOWN, UNDETERMINED)
            return facts.bar(Rule.RELEASABLE, DENY)
        case EyesOnly(nationalities=named):
            if not facts.among(request.recipient, named):
                return facts.bar(Rule.EYES_ONLY, DENY)
            return eyes_only_person(facts, named)
        case Embargo(until=until):
            return facts.bar(Rule.EMBARGO, DENY if request.at < until else PERMIT)
    return PERMIT


def eyes_only_person(facts: Facts, named: tuple[str, ...]) -> Outcome:
    """Section 3: a person must have a nationality on record, and all of them named."""
    person = facts.request.person
    if person is None:
        return PERMIT
    if not person.nationalities:
        return facts.bar(Rule.EYES_ONLY_NO_RECORD, UNDETERMINED)
    if all(nationality in named for nationality in person.nationalities):
        return PERMIT
    return facts.bar(Rule.EYES_ONLY_PERSON, DENY)


def originator_controlled(facts: Facts, portion: Portion, portions: list[Portion]) -> bool:
    """Section 3: say whether originator-controlled changes section 5; it bars nobody, and exempts nobody."""
    found = borne(facts, portion, portions)
    controlled = any(isinstance(caveat, OriginatorControlled) for caveat, _ in found)
    return controlled and facts.holds(Rule.ORCON)


def recalled(facts: Facts, portion: Portion) -> Outcome:
    """Section 4: a recall by an originator bars those that it names, or all but that originator."""
    request = facts.request
    for act, instrument in facts.acts(Recall):
        sources = {name for name in (request.object_id, portion.object_id) if name}
        if not sources & set(act.objects) or facts.done(act, instrument) is Done.NO:
            continue
        by = [author for author in act.by if facts.among(author, portion.originators)]
        if not by and facts.holds(Rule.RECALL_BY_OTHERS):
            continue
        if act.parties and not facts.among(request.recipient, act.parties) and facts.holds(Rule.RECALL_FOR):
            continue
        own = bool(by) and all(facts.same(request.recipient, author) for author in by)
        if own and facts.holds(Rule.RECALL_ORIGINATOR):
            continue
        if facts.holds(Rule.RECALL):
            return DENY
    return PERMIT
