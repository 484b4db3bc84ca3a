"""Section 6.2: what a marking is for the receiver, by the table, in one step or in two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from decisions.reference.facts import Facts
from decisions.reference.outcomes import DENY, PERMIT, UNDETERMINED
from decisions.reference.rules import Rule
from servanda.model.clauses import Equivalence
from servanda.model.decision import Outcome
from servanda.model.label import Portion
from servanda.model.text import Text


@dataclass(frozen=True)
class Marked:
    """The outcome, whose word entered the table, that word, and the receiver's own words."""

    outcome: Outcome
    giver: str = ""
    word: str = ""
    words: tuple[str, ...] = ()


def own_back(facts: Facts, portion: Portion) -> bool:
    """Section 6.2: say whether the recipient gets back its own marking."""
    return facts.same(facts.request.recipient, portion.originators[0]) and facts.holds(Rule.OWN_BACK)


def marking(facts: Facts, text: Text, portion: Portion) -> Marked:
    """Section 6.2: judge the marking of a portion by one version of one text."""
    originator = portion.originators[0]
    recipient = facts.request.recipient
    if own_back(facts, portion):
        level = facts.level(originator, portion.marking)
        return Marked(PERMIT, words=(portion.marking if level is None else level.word,))
    giver = originator
    words: tuple[str, ...] = (portion.marking,)
    if not facts.binds(text, originator):
        if not facts.holds(Rule.SECOND_STEP):
            return Marked(DENY)
        outcome, words = known_as(facts, portion, facts.request.holder)
        if outcome is not PERMIT:
            return Marked(outcome)
        giver = facts.request.holder
    if text.first(Equivalence) is None:
        missing = UNDETERMINED if "equivalence" in text.unread else DENY
        return Marked(facts.bar(Rule.NO_TABLE, missing), giver, words[0])
    found = through(facts, text, giver, words, recipient)
    if found is None:
        return Marked(facts.bar(Rule.ROW, DENY))
    return Marked(PERMIT, giver, *found)


def known_as(facts: Facts, portion: Portion, host: str) -> tuple[Outcome, tuple[str, ...]]:
    """Section 6.2, first step: the host's own words, by its agreements with the originator in order.

    What counts is the table of the version that holds, in force or not.
    """
    originator = portion.originators[0]
    last = UNDETERMINED
    for name, instrument in facts.registry.instruments.items():
        latest = instrument.texts[-1]
        if not facts.binds(latest, originator) or not facts.binds(latest, host):
            continue
        tabled = False
        found: set[tuple[str, ...]] = set()
        for status in facts.statuses[name]:
            text = facts.text(name, status)
            if text.first(Equivalence) is None:
                found.add(())
                continue
            tabled = True
            got = through(facts, text, originator, (portion.marking,), host)
            found.add(() if got is None else got[1])
        if not tabled:
            continue
        if len(found) > 1 and facts.holds(Rule.TABLES_DIFFER):
            return UNDETERMINED, ()
        words = max(found)
        if words:
            return PERMIT, words
        last = DENY
    return last, ()


def through(
    facts: Facts, text: Text, giver: str, words: tuple[str, ...], receiver: str
) -> tuple[str, tuple[str, ...]] | None:
    """Section 6.2: return the first word with words of the receiver, in a row or else by `protected_as`."""
    for word in words:
        for _, clause in text.clauses(Equivalence):
            for row in clause.levels.values():
                inside = any(facts.same_marking(giver, word, one) for one in words_of(facts, row, giver))
                theirs = words_of(facts, row, receiver)
                if inside and theirs:
                    return word, theirs
    for word in words:
        for _, clause in text.clauses(Equivalence):
            for owner, markings in clause.protected_as.items():
                for own, receivers in markings.items():
                    if not facts.same(owner, giver) or not facts.same_marking(giver, word, own):
                        continue
                    for code, as_word in receivers.items():
                        if facts.same(code, receiver) and facts.holds(Rule.PROTECTED_AS):
                            return word, (as_word,)
    return None


def words_of(facts: Facts, row: Mapping[str, tuple[str, ...]], code: str) -> tuple[str, ...]:
    """Return the words of a party in a row; those of its whole or its parts where it has none of its own."""
    if code in row:
        return row[code]
    return tuple(word for party, words in row.items() if facts.same(party, code) for word in words)
