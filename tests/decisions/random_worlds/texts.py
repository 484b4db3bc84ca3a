"""Texts made by chance: every kind of clause that a decision looks at, in one or two versions."""

from __future__ import annotations

from random import Random

from decisions.random_worlds.parties import GRADES
from decisions.random_worlds.times import EARLY, FUTURE, INSTANTS, chance, some
from servanda.model.clauses import (
    Access,
    Ceiling,
    Clause,
    Denunciation,
    EntryIntoForce,
    Equivalence,
    FixedDate,
    Handling,
    How,
    LaterNotification,
    Loss,
    Notice,
    OnSignature,
    Prohibition,
    ProvisionalApplication,
    Purpose,
    Relation,
    Renewal,
    RenewalMode,
    RollingNotice,
    Scope,
    Stated,
    Term,
    Termination,
    ThirdParty,
)
from servanda.model.duty import DutyKind
from servanda.model.party import Party
from servanda.model.text import InstrumentKind, Text
from servanda.model.when import Day, Duration, Month

TOPICS = ("air", "sea", "missile")
FORMS = ("electronic", "document", "oral")
PURPOSES = ("defence", "relief", "police")
CARRIERS = (
    InstrumentKind.PROTECTION_AGREEMENT,
    InstrumentKind.EXCHANGE_OF_NOTES,
    InstrumentKind.ARRANGEMENT,
)
OTHERS = (InstrumentKind.ALLIANCE, InstrumentKind.CONSULTATION)
PERSONAL = (DutyKind.NEED_TO_KNOW, DutyKind.CLEARANCE, DutyKind.ASSURANCE)
YEAR = Duration(years=1)


def text(
    dice: Random,
    name: str,
    version: int,
    bound: tuple[str, ...],
    people: dict[str, Party],
    earlier: list[str],
) -> Text:
    """Draw one version of an instrument between the parties bound."""
    clause: dict[str, Clause] = {}
    unread: list[str] = []
    life(dice, bound, clause, unread)
    protection(dice, bound, people, clause, unread)
    limits(dice, bound, people, clause)
    if earlier and chance(dice, 0.45):
        how = dice.choice((How.SUPPLEMENTS, How.SUPPLEMENTS, How.PREVAILS, How.PREVAILS, How.DEPENDS_ON))
        clause["12"] = Relation(how=how, of=some(dice, tuple(earlier)))
    return Text(
        format="servanda/instrument@1",
        id=name,
        kind=dice.choice(CARRIERS) if chance(dice, 0.88) else dice.choice(OTHERS),
        version=version,
        title={"en": name},
        parties=bound,
        clause=clause,
        unread=tuple(unread),
    )


def life(dice: Random, bound: tuple[str, ...], clause: dict[str, Clause], unread: list[str]) -> None:
    """Draw how it enters into force, how long it runs, and how it can be ended."""
    drawn = dice.random()
    if drawn < 0.55:
        clause["1"] = EntryIntoForce(rule=FixedDate(on=EARLY))
    elif drawn < 0.85:
        clause["1"] = EntryIntoForce(rule=OnSignature())
    elif drawn < 0.88:
        clause["1"] = EntryIntoForce(rule=LaterNotification())
    elif drawn < 0.94:
        clause["1"] = EntryIntoForce(rule=Stated(on=Month(2020, 3)))
    else:
        unread.append("entry-into-force")
    if chance(dice, 0.06):
        clause["1(2)"] = ProvisionalApplication(starts=dice.choice((None, EARLY)))
    drawn = dice.random()
    if drawn < 0.65:
        clause["2"] = Term()
    elif drawn < 0.92:
        mode = RenewalMode.AUTOMATIC if chance(dice, 0.6) else RenewalMode.NONE
        each = YEAR if mode is RenewalMode.AUTOMATIC else None
        clause["2"] = Term(first=YEAR, renewal=Renewal(mode, each), notice=Notice(Duration(days=90)))
    else:
        unread.append("term")
    if chance(dice, 0.4):
        half = Duration(months=6)
        way = Denunciation(half) if len(bound) > 2 and chance(dice, 0.7) else RollingNotice(half)
        clause["3"] = Termination(way=way)


def protection(
    dice: Random,
    bound: tuple[str, ...],
    people: dict[str, Party],
    clause: dict[str, Clause],
    unread: list[str],
) -> None:
    """Draw the table, the scope, and what a receiver owes."""
    drawn = dice.random()
    if drawn < 0.91:
        clause["4"] = table(dice, bound, people)
    elif drawn < 0.98:
        unread.append("equivalence")
    drawn = dice.random()
    if drawn < 0.5:
        topics = some(dice, TOPICS, 1, 3) if chance(dice, 0.5) else ()
        forms = some(dice, FORMS, 1, 3) if chance(dice, 0.3) else ()
        clause["5"] = Scope(topics=topics, forms=forms, carries=not chance(dice, 0.08))
    elif drawn < 0.6:
        unread.append("scope")
    if chance(dice, 0.4):
        clause["6"] = ThirdParty()
    if chance(dice, 0.25):
        clause["7"] = Purpose(allows=some(dice, PURPOSES) if chance(dice, 0.7) else ())
    if chance(dice, 0.6):
        lowest = {code: word(dice, people, code) for code in bound if chance(dice, 0.5)}
        duties = tuple(one for one in PERSONAL if chance(dice, 0.5))
        clause["8"] = Access(cleared_from=lowest if chance(dice, 0.4) else {}, duties=duties)
    if chance(dice, 0.4):
        clause["11"] = Handling(duties=tuple(dice.sample(tuple(DutyKind), 2)))
    if chance(dice, 0.2):
        clause["11(2)"] = Loss()


def limits(dice: Random, bound: tuple[str, ...], people: dict[str, Party], clause: dict[str, Clause]) -> None:
    """Draw a ceiling and a prohibition."""
    if chance(dice, 0.25):
        highest = {code: word(dice, people, code) for code in bound if chance(dice, 0.7)}
        electronic = {code: word(dice, people, code) for code in bound if chance(dice, 0.4)}
        clause["9"] = Ceiling(highest=highest, electronic=electronic)
    if chance(dice, 0.25):
        marked = dice.choice(bound)
        clause["10"] = Prohibition(
            topics=some(dice, TOPICS) if chance(dice, 0.6) else (),
            forms=some(dice, FORMS) if chance(dice, 0.35) else (),
            purposes=some(dice, PURPOSES) if chance(dice, 0.35) else (),
            markings={marked: (word(dice, people, marked),)} if chance(dice, 0.35) else {},
        )


def word(dice: Random, people: dict[str, Party], code: str, grade: str = "") -> str:
    """Draw a word of a party's policy, now and then in another spelling, and seldom one that it lacks."""
    if chance(dice, 0.03):
        return f"{code}-STRANGE"
    party = people[code]
    levels = party.levels or (people[party.part_of].levels if party.part_of else ())
    fitting = [level for level in levels if grade in level.word]
    if not fitting:
        return f"{code}-NONE"
    level = dice.choice(fitting)
    return dice.choice((level.word, level.word, *level.also))


def table(dice: Random, bound: tuple[str, ...], people: dict[str, Party]) -> Equivalence:
    """Draw a table: many words to one, gaps, and words that are protected as others."""
    levels: dict[str, dict[str, tuple[str, ...]]] = {}
    for grade in GRADES:
        if chance(dice, 0.05):
            continue
        row: dict[str, tuple[str, ...]] = {}
        for code in bound:
            if chance(dice, 0.025):
                continue
            row[code] = (word(dice, people, code, grade),)
            if chance(dice, 0.25):
                more = dice.choice(GRADES) if chance(dice, 0.3) else grade
                row[code] = tuple(dict.fromkeys((*row[code], word(dice, people, code, more))))
        levels[grade] = row
    protected: dict[str, dict[str, dict[str, str]]] = {}
    if chance(dice, 0.35):
        giver, receiver = dice.sample(bound, 2)
        own = {word(dice, people, giver, grade): word(dice, people, receiver) for grade in GRADES}
        protected[giver] = {one: {receiver: other} for one, other in own.items()}
    return Equivalence(levels=levels, protected_as=protected)


def effect(dice: Random) -> Day | None:
    """Draw from when an amendment counts, where the act itself does not say."""
    return None if chance(dice, 0.7) else Day(dice.choice((*INSTANTS, *FUTURE)).utc.date())
