"""Markings: which word of the receiver answers a word of the originator.

A table is many-to-one and is used in one direction only: the inverse is not a function.
"""

from __future__ import annotations

from dataclasses import dataclass

from servanda.decisions.finding import Finding, bars, gap, passes
from servanda.errors import UnknownNameError
from servanda.model.cite import Because
from servanda.model.clauses import Equivalence
from servanda.model.decision import Change, ChangeKind
from servanda.model.instrument import Registry
from servanda.model.party import Level
from servanda.model.text import Text


@dataclass(frozen=True, slots=True)
class Equivalent:
    """The receiver's words for a marking, the first to be used; empty where there is none."""

    words: tuple[str, ...]
    finding: Finding


def own_level(registry: Registry, party: str, marking: str) -> Level:
    """Return the level of a party's own marking policy that a word names.

    Raises:
        UnknownNameError: the party has no such marking.
    """
    owner = registry.party(party)
    level = owner.level(marking)
    if level is None and owner.part_of is not None:
        level = registry.party(owner.part_of).level(marking)
    if level is None:
        known = ", ".join(f"`{one.word}`" for one in owner.levels) or "none is recorded"
        raise UnknownNameError(f"`{marking}` is not a marking of {party}", hint=f"its markings are {known}")
    return level


def equivalent(text: Text, giver: str, words: frozenset[str], receiver: str) -> Equivalent:
    """Return the receiver's words for a marking that the giver calls by any of `words`."""
    tables = tuple(text.clauses(Equivalence))
    shown = "/".join(sorted(words))
    if not tables:
        return _no_table(text, shown)
    for address, table in tables:
        for level, row in table.levels.items():
            if words & set(row.get(giver, ())):
                found = row.get(receiver, ())
                if found:
                    says = f"{shown} of {giver} is {level}, which is {found[0]} of {receiver}"
                    return Equivalent(found, passes(text.because(address, says)))
        for word in sorted(words):
            protected = table.protected_as.get(giver, {}).get(word, {}).get(receiver)
            if protected is not None:
                says = f"{word} of {giver} is no peer level, and is protected as {protected}"
                return Equivalent((protected,), passes(text.because(address, says)))
    address, table = tables[0]
    says = f"{shown} of {giver} has no equivalent of {receiver} here"
    if table.outside:
        says += f"; left outside: {', '.join(table.outside)}"
    lower = sorted({word for row in table.levels.values() for word in row.get(giver, ())})
    cure = Change(
        ChangeKind.LOWER_MARKING,
        (giver,),
        f"the originator lowers the marking to one of {', '.join(lower) or 'none in the table'}",
        (text.because(address, says),),
    )
    return Equivalent((), bars((text.because(address, says),), cure))


def _no_table(text: Text, shown: str) -> Equivalent:
    if "equivalence" in text.unread:
        name = f"{text.id}: equivalence"
        says = f"which marking answers {shown} is not known: the clause was not read"
        reason = Because(says=says, instrument=text.id)
        cure = Change(ChangeKind.CLAUSE, text.parties, f"read the equivalence clause of {text.id}")
        return Equivalent((), gap((reason,), name, cure))
    says = f"the text has no table of markings, so nothing answers {shown}"
    return Equivalent((), bars((Because(says=says, instrument=text.id),)))
