"""Markings: which word of the receiver answers a word of the originator, and how high may be given.

A table is many-to-one and is used in one direction only: the inverse is not a function.
"""

from __future__ import annotations

import msgspec

from servanda.decisions import sentences as s
from servanda.decisions.changes import amend, change
from servanda.decisions.finding import Finding, bars, gap, passes, together
from servanda.decisions.index import Index
from servanda.decisions.parties import bound_as
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
    """The receiver's words for a marking, the first to be used; empty where there is none."""

    words: tuple[str, ...]
    finding: Finding


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
    registry = index.registry
    originator = portion.originators[0]
    level = own_level(registry, originator, portion.marking)
    if index.same(originator, recipient):
        reason = because(s.BACK(recipient), instrument=text.id)
        return Equivalent((level.word,), passes(reason))
    receiver = bound_as(registry, recipient, text.parties)
    giver = bound_as(registry, originator, text.parties)
    if receiver is None:
        return Equivalent((), _unbound(text, recipient))
    spellings = frozenset({level.word, *level.also})
    if giver is not None:
        return equivalent(text, giver, spellings, receiver)
    carrier = bound_as(registry, holder, text.parties)
    if carrier is None:
        return Equivalent((), _unbound(text, holder))
    held = held_as(index, originator, spellings, holder, at)
    if not held.words:
        return held
    onward = equivalent(text, carrier, frozenset(held.words), receiver)
    return Equivalent(onward.words, together((held.finding, onward.finding)))


def ceiled(
    index: Index, text: Text, portion: Portion, holder: str, recipient: str, form: str, at: Instant
) -> Finding:
    """Check the ceilings of a text on the word that enters its table."""
    originator = portion.originators[0]
    if index.same(originator, recipient):
        return passes()
    found = tuple(text.clauses(Ceiling))
    if not found:
        return passes()
    registry = index.registry
    giver = originator
    words: tuple[str, ...] = (portion.marking,)
    if bound_as(registry, originator, text.parties) is None:
        level = own_level(registry, originator, portion.marking)
        giver = holder
        words = held_as(index, originator, frozenset({level.word, *level.also}), holder, at).words
    bound = bound_as(registry, giver, text.parties)
    findings = []
    for address, ceiling in found:
        limits = [ceiling.highest.get(bound or "")]
        if form == "electronic":
            limits.append(ceiling.electronic.get(bound or ""))
        findings += [_under(registry, text, address, giver, words, limit) for limit in limits if limit]
    return together(tuple(findings)) if findings else passes()


def _under(
    registry: Registry, text: Text, address: str, giver: str, words: tuple[str, ...], limit: str
) -> Finding:
    highest = known_level(registry, giver, limit)
    levels = [level for word in words if (level := known_level(registry, giver, word)) is not None]
    if highest is None or len(levels) != len(words):
        reason = text.because(address, s.CEILING_UNKNOWN(limit, giver))
        cure = change(ChangeKind.CLAUSE, (giver,), s.RECORD_POLICY(limit, giver))
        return gap((reason,), f"{text.id}: the ceiling {limit} of {giver}", cure)
    above = [level.word for level in levels if level.rank > highest.rank]
    if above:
        reason = text.because(address, s.ABOVE_CEILING(above[0], limit, giver))
        return bars((reason,), amend(text.parties, text.id, address))
    return passes(text.because(address, s.UNDER_CEILING("/".join(words), limit, giver)))


def equivalent(text: Text, giver: str, words: frozenset[str], receiver: str) -> Equivalent:
    """Return the receiver's words for a marking that the giver calls by any of `words`."""
    tables = tuple(text.clauses(Equivalence))
    shown = "/".join(sorted(words))
    if not tables:
        return _no_table(text, shown)
    for address, table in tables:
        for level, row in table.levels.items():
            found = row.get(receiver, ())
            if found and not words.isdisjoint(row.get(giver, ())):
                reason = text.because(address, s.PEER(shown, giver, level, found[0], receiver))
                return Equivalent(found, passes(reason))
        for word in sorted(words):
            protected = table.protected_as.get(giver, {}).get(word, {}).get(receiver)
            if protected is not None:
                reason = text.because(address, s.PROTECTED_AS(word, giver, protected))
                return Equivalent((protected,), passes(reason))
    address, table = tables[0]
    said = s.NO_EQUIVALENT(shown, giver, receiver)
    if table.outside:
        said = s.NO_EQUIVALENT_OUTSIDE(shown, giver, receiver, ", ".join(table.outside))
    return Equivalent((), bars((text.because(address, said),), amend(text.parties, text.id, address)))


def held_as(index: Index, originator: str, words: frozenset[str], holder: str, at: Instant) -> Equivalent:
    """Return the holder's own words for what it holds of an originator, by their agreements at an instant."""
    asked: list[Finding] = []
    for instrument in index.tables(originator, holder):
        versions = [instrument.texts[-1].version]
        if len(instrument.texts) > 1:
            standing = index.life(instrument.id).at(at)
            asked.append(passes(since=standing.since, until=standing.until, turns=standing.turns))
            versions = list(dict.fromkeys(one.version for one in standing.answer.values))
        found = [_held_under(index, instrument.text(one), originator, words, holder) for one in versions]
        if len({one.words for one in found}) > 1:
            said = s.HELD_AS_DIFFERS(holder, "/".join(sorted(words)), originator)
            reason = because(said, instrument=instrument.id)
            unclear = gap((reason,), f"{instrument.id}: the table in force")
            return Equivalent((), together((*asked, unclear)))
        asked.append(found[0].finding if found[0].words else _only_timed(found[0].finding))
        if found[0].words:
            return Equivalent(found[0].words, together(tuple(asked)))
        last = found[0].finding
    if asked:
        return Equivalent((), together((*asked, last)))
    shown = "/".join(sorted(words))
    reason = because(s.HELD_AS_UNKNOWN(holder, shown, originator))
    name = f"the equivalent of {shown} between {originator} and {holder}"
    return Equivalent((), gap((reason,), name))


def _only_timed(finding: Finding) -> Finding:
    """Return what an agreement that gave no word leaves behind: only how long that holds."""
    return passes(since=finding.since, until=finding.until, turns=finding.turns)


def _held_under(index: Index, text: Text, originator: str, words: frozenset[str], holder: str) -> Equivalent:
    giver = bound_as(index.registry, originator, text.parties)
    receiver = bound_as(index.registry, holder, text.parties)
    if giver is None or receiver is None:
        return Equivalent((), _unbound(text, originator if giver is None else holder))
    return equivalent(text, giver, words, receiver)


def _unbound(text: Text, code: str) -> Finding:
    cure = change(ChangeKind.ACT, (code,), s.ACCEDE(code, text.id))
    return bars((because(s.NOT_BOUND(code), instrument=text.id),), cure)


def _no_table(text: Text, shown: str) -> Equivalent:
    if "equivalence" in text.unread:
        reason = because(s.TABLE_UNREAD(shown), instrument=text.id)
        cure = change(ChangeKind.CLAUSE, text.parties, s.READ_CLAUSE("equivalence", text.id), read=text.id)
        return Equivalent((), gap((reason,), f"{text.id}: equivalence", cure))
    reason = because(s.NO_TABLE(shown), instrument=text.id)
    return Equivalent((), bars((reason,), amend(text.parties, text.id, "equivalence")))
