"""Small networks for tests: agreements between two, each with a table of its own, and networks by chance."""

from __future__ import annotations

from random import Random

import msgspec

from decisions.small import act, agreement, party, registry
from servanda.formats.when import parse_instant
from servanda.model.clauses import EntryIntoForce, Stated
from servanda.model.instrument import Instrument, Registry

WORDS = ("TOP", "MID", "LOW")
TOPICS = ("sea", "air", "space")


def table(*codes: str, words: tuple[str, ...] = ("TOP", "LOW")) -> str:
    """A table of markings between parties, each word answering its like."""
    rows = []
    for word in words:
        row = ", ".join(f'{code} = ["{code}-{word}"]' for code in codes)
        rows.append(f"{word} = {{ {row} }}")
    return f'[clause."4"]\nkind = "equivalence"\nlevels = {{ {", ".join(rows)} }}\n'


def between(one: str, other: str, clauses: str = "", acts: str = "") -> Instrument:
    """An agreement in force between two."""
    return agreement(f"{one}-{other}".lower(), (one, other), table(one, other) + clauses, acts)


def world(*pairs: str, acts: str = "") -> Registry:
    """A registry of agreements in force between pairs; the first of them keeps the acts."""
    found = [between(*pair, acts=acts if not place else "") for place, pair in enumerate(pairs)]
    codes = dict.fromkeys("".join(pairs))
    return registry(*found, parties=tuple(party(code) for code in codes))


def entering(instrument: Instrument, on: str) -> Instrument:
    """The same agreement, in force from another instant."""
    text = instrument.texts[0]
    rule = EntryIntoForce(rule=Stated(on=parse_instant(on)))
    later = msgspec.structs.replace(text, clause={**text.clause, "1": rule})
    return Instrument((later,), instrument.acts, instrument.conventions)


def by_chance(seed: int, parties: int = 7, agreements: int = 12) -> Registry:
    """A network by chance: tables with holes, scopes, prohibitions, relations, consents, what is unread."""
    random = Random(seed)  # noqa: S311 - a world for a test, not a secret
    codes = [chr(ord("A") + number) for number in range(parties)]
    made = {}
    for number in range(agreements):
        members = tuple(random.sample(codes, 3 if random.random() < 0.2 else 2))
        instrument = agreement(
            f"x{number}", members, _clauses(random, members, number), _acts(random, codes, number)
        )
        unread = tuple(one for one in ("scope", "survival") if random.random() < 0.15)
        text = msgspec.structs.replace(instrument.texts[0], unread=unread)
        made[instrument.id] = Instrument((text,), instrument.acts, instrument.conventions)
    return Registry({code: party(code) for code in codes}, made)


def _clauses(random: Random, members: tuple[str, ...], number: int) -> str:
    words = tuple(word for word in WORDS if random.random() < 0.8) or ("LOW",)
    found = [table(*members, words=words) if random.random() < 0.9 else table(*members, words=("LOW",))]
    if random.random() < 0.4:
        named = ", ".join(f'"{one}"' for one in random.sample(TOPICS, 2))
        found.append(f'[clause."5"]\nkind = "scope"\ntopics = [{named}]\n')
    if random.random() < 0.2:
        found.append(f'[clause."6"]\nkind = "prohibition"\ntopics = ["{random.choice(TOPICS)}"]\n')
    if random.random() < 0.15:
        code = random.choice(members)
        found.append(f'[clause."7"]\nkind = "prohibition"\nmarkings = {{ {code} = ["{code}-TOP"] }}\n')
    if random.random() < 0.2:
        found.append(f'[clause."8"]\nkind = "ceiling"\nhighest = {{ {members[0]} = "{members[0]}-MID" }}\n')
    if number and random.random() < 0.3:
        how = random.choice(("depends-on", "supplements", "prevails-over"))
        found.append(
            f'[clause."9"]\nkind = "relation"\nhow = "{how}"\nof = ["x{random.randrange(number)}"]\n'
        )
    if random.random() < 0.4:
        found.append('[clause."10"]\nkind = "survival"\n')
        found.append('[clause."11"]\nkind = "loss"\nduties = ["report-loss-immediately"]\n')
    return "".join(found)


def _acts(random: Random, codes: list[str], number: int) -> str:
    found = ""
    for place in range(random.randrange(3)):
        giver, holder, recipient = random.sample(codes, 3)
        more = [f'recipients = ["{recipient}"]']
        more += [f'holders = ["{holder}"]'] if random.random() < 0.6 else []
        more += [f'topics = ["{random.choice(TOPICS)}"]'] if random.random() < 0.4 else []
        more += [f'markings = ["{giver}-LOW"]'] if random.random() < 0.2 else []
        more += [f'rests_on = ["x{random.randrange(number + 1)}"]'] if random.random() < 0.4 else []
        found += act(f"c{number}-{place}", "consent", giver, ", ".join(more))
        if random.random() < 0.2:
            found += act(f"w{number}-{place}", "withdraw-consent", giver, f'of = "c{number}-{place}"')
    return found
