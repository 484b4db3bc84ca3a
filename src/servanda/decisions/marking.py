"""Markings: which word of the receiver answers a word of the originator, and how high may be given.

A table is many-to-one and is used in one direction only: the inverse is not a function.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from servanda.decisions import sentences as s
from servanda.decisions.changes import amend, change
from servanda.decisions.finding import PASS, Finding, bars, gap, passes, together
from servanda.decisions.index import Index
from servanda.errors import UnknownNameError
from servanda.model.cite import because
from servanda.model.clauses import Ceiling, Equivalence
from servanda.model.decision import ChangeKind
from servanda.model.instrument import Registry
from servanda.model.label import Portion
from servanda.model.party import Level
from servanda.model.text import Text
from servanda.model.when import Instant


class Equivalent(msgspec.Struct, frozen=True):
    """The receiver's words for a marking, the first to be used; empty where there is none.

    `entered` is the word that the table was asked with, of the party `giver`; empty where none was asked.
    """

    words: tuple[str, ...]
    finding: Finding
    giver: str = ""
    entered: str = ""


def own_level(registry: Registry, party: str, marking: str) -> Level:
    """Return the level of a party's own marking policy that a word names.

    Raises:
        UnknownNameError: the party has no such marking.
    """
    level = known_level(registry, party, marking)
    if level is None:
        known = ", ".join(f"`{one.word}`" for one in registry.party(party).levels) or "none is recorded"
        raise UnknownNameError(f"`{marking}` is not a marking of {party}", hint=f"its markings are {known}")
    return level


def known_level(registry: Registry, party: str, marking: str) -> Level | None:
    """Return the level that a word names in a party's policy, or in that of its whole, or None."""
    owner = registry.party(party)
    level = owner.level(marking)
    if level is None and owner.part_of is not None and owner.part_of in registry.parties:
        level = registry.party(owner.part_of).level(marking)
    return level


def marked(
    index: Index, text: Text, portion: Portion, holder: str, recipient: str, at: Instant
) -> Equivalent:
    """Return the recipient's words for a portion, through the holder's own where it passes on."""
    originator = portion.originators[0]
    level = own_level(index.registry, originator, portion.marking)
    if index.same(originator, recipient):
        reason = because(s.BACK(recipient), instrument=text.id)
        return Equivalent((level.word,), passes(reason))
    if index.among(originator, text.parties):
        return equivalent(index, text, originator, (portion.marking,), recipient)
    held = held_as(index, originator, portion.marking, holder, at)
    if not held.words:
        return Equivalent((), held.finding)
    onward = equivalent(index, text, holder, held.words, recipient)
    return msgspec.structs.replace(onward, finding=together((held.finding, onward.finding)))


def ceiled(index: Index, text: Text, entered: Equivalent, form: str) -> Finding:
    """Check the ceilings of a text on the word that entered its table."""
    giver = entered.giver
    if not giver:
        return PASS
    findings = []
    for address, ceiling in text.clauses(Ceiling):
        limits = _of(index, ceiling.highest, giver)
        if form == "electronic":
            limits += _of(index, ceiling.electronic, giver)
        findings += [_under(index.registry, text, address, giver, entered.entered, one) for one in limits]
    return together(tuple(findings)) if findings else PASS


def _of(index: Index, ceilings: dict[str, str], giver: str) -> list[str]:
    return [word for party, word in ceilings.items() if index.same(giver, party)]


def _under(registry: Registry, text: Text, address: str, giver: str, word: str, limit: str) -> Finding:
    highest, level = known_level(registry, giver, limit), known_level(registry, giver, word)
    if highest is None or level is None:
        unknown = limit if highest is None else word
        reason = text.because(address, s.CEILING_UNKNOWN(unknown, giver))
        cure = change(ChangeKind.CLAUSE, (giver,), s.RECORD_POLICY(unknown, giver))
        return gap((reason,), f"{text.id}: the ceiling {unknown} of {giver}", cure)
    if level.rank > highest.rank:
        reason = text.because(address, s.ABOVE_CEILING(word, limit, giver))
        return bars((reason,), amend(text.parties, text.id, address))
    return passes(text.because(address, s.UNDER_CEILING(word, limit, giver)))


def equivalent(index: Index, text: Text, giver: str, words: tuple[str, ...], receiver: str) -> Equivalent:
    """Return the receiver's words for a marking that the giver calls by `words`, the preferred one first."""
    tables = tuple(text.clauses(Equivalence))
    shown = "/".join(words)
    if not tables:
        return Equivalent((), _no_table(text, shown), giver, words[0])
    spellings = [_spellings(index.registry, giver, word) for word in words]
    for word, known in zip(words, spellings, strict=True):
        for address, table in tables:
            for level, row in table.levels.items():
                theirs = _words_of(index, row, receiver)
                if theirs and not known.isdisjoint(_words_of(index, row, giver)):
                    reason = text.because(address, s.PEER(word, giver, level, theirs[0], receiver))
                    return Equivalent(theirs, passes(reason), giver, word)
    for word, known in zip(words, spellings, strict=True):
        for address, table in tables:
            protected = _protected(index, table, giver, known, receiver)
            if protected:
                reason = text.because(address, s.PROTECTED_AS(word, giver, protected))
                return Equivalent((protected,), passes(reason), giver, word)
    address, table = tables[0]
    said = s.NO_EQUIVALENT(shown, giver, receiver)
    if table.outside:
        said = s.NO_EQUIVALENT_OUTSIDE(shown, giver, receiver, ", ".join(table.outside))
    barred = bars((text.because(address, said),), amend(text.parties, text.id, address))
    return Equivalent((), barred, giver, words[0])


def _spellings(registry: Registry, party: str, word: str) -> frozenset[str]:
    """Return every spelling of a party's word; a word that its policy does not have is itself alone."""
    level = known_level(registry, party, word)
    return frozenset({word}) if level is None else frozenset({word, level.word, *level.also})


def _words_of(index: Index, row: Mapping[str, tuple[str, ...]], code: str) -> tuple[str, ...]:
    """Return the words of a party in a row, its own or those of its whole or its parts."""
    own = row.get(code)
    if own is not None:
        return own
    return tuple(word for party, words in row.items() if index.same(code, party) for word in words)


def _protected(index: Index, table: Equivalence, giver: str, known: frozenset[str], receiver: str) -> str:
    for party, markings in table.protected_as.items():
        for word, receivers in markings.items() if index.same(giver, party) else ():
            for code, found in receivers.items() if word in known else ():
                if index.same(receiver, code):
                    return found
    return ""


def held_as(index: Index, originator: str, marking: str, holder: str, at: Instant) -> Equivalent:
    """Return the holder's own words for what it holds of an originator, by their agreements.

    The table is that of the version that holds at the instant, in force or not: what was received keeps its
    marking when the agreement ends.
    """
    asked: list[Finding] = []
    last: Finding | None = None
    for instrument in index.tables(originator, holder):
        versions = [instrument.texts[-1].version]
        if len(instrument.texts) > 1:
            standing = index.life(instrument.id).at(at)
            asked.append(passes(since=standing.since, until=standing.until, turns=standing.turns))
            versions = list(dict.fromkeys(one.version for one in standing.answer.values))
        texts = [instrument.text(one) for one in versions]
        if all(text.first(Equivalence) is None for text in texts):
            continue
        found = [equivalent(index, text, originator, (marking,), holder) for text in texts]
        if len({one.words for one in found}) > 1:
            said = s.HELD_AS_DIFFERS(holder, marking, originator)
            reason = because(said, instrument=instrument.id)
            unclear = gap((reason,), f"{instrument.id}: the table in force")
            return Equivalent((), together((*asked, unclear)))
        if found[0].words:
            return Equivalent(found[0].words, together((*asked, found[0].finding)))
        with_table = zip(texts, found, strict=True)
        last = next(one.finding for text, one in with_table if text.first(Equivalence) is not None)
        asked.append(_only_timed(last))
    if last is not None:
        return Equivalent((), together((*asked, last)))
    reason = because(s.HELD_AS_UNKNOWN(holder, marking, originator))
    name = f"the equivalent of {marking} between {originator} and {holder}"
    return Equivalent((), together((*asked, gap((reason,), name))))


def _only_timed(finding: Finding) -> Finding:
    """Return what an agreement that gave no word leaves behind: only how long that holds."""
    return passes(since=finding.since, until=finding.until, turns=finding.turns)


def _no_table(text: Text, shown: str) -> Finding:
    if "equivalence" in text.unread:
        reason = because(s.TABLE_UNREAD(shown), instrument=text.id)
        cure = change(ChangeKind.CLAUSE, text.parties, s.READ_CLAUSE("equivalence", text.id), read=text.id)
        return gap((reason,), f"{text.id}: equivalence", cure)
    reason = because(s.NO_TABLE(shown), instrument=text.id)
    return bars((reason,), amend(text.parties, text.id, "equivalence"))
