"""The made-up world as agreements of Servanda, and Servanda as a subject."""

from __future__ import annotations

from benchmarks.decisions.columns import Archive, archive
from benchmarks.decisions.naming import code, instant, word
from benchmarks.decisions.plain import Request
from benchmarks.decisions.world import NEVER, NOFORN, ORCON, START, TOPICS, Agreement, World
from servanda.decisions.compiled import Compiled
from servanda.decisions.release import rule
from servanda.model.act import Act, Consent, ResumeOperation, SuspendOperation, Terminate
from servanda.model.clauses import (
    Ceiling,
    Clause,
    EntryIntoForce,
    Equivalence,
    Scope,
    Stated,
    Term,
    ThirdParty,
)
from servanda.model.decision import Decision, Outcome, ReleaseRequest
from servanda.model.instrument import Instrument, Registry
from servanda.model.label import Caveat, Embargo, NoForeign, OriginatorControlled, ReleasableTo
from servanda.model.party import Level, Party, PartyKind
from servanda.model.text import Conventions, InstrumentKind, Text

TOPIC_NAMES = tuple(f"topic-{number}" for number in range(TOPICS))


def registry(world: World) -> Registry:
    """Return the parties, agreements and consents of a world as a registry."""
    parties = {
        code(number): Party(
            code=code(number),
            kind=PartyKind.OTHER,
            name={"en": code(number)},
            seat="UTC",
            levels=tuple(Level(word(number, level), level) for level in reversed(range(5))),
        )
        for number in range(world.parties)
    }
    consents: dict[int, list[Act]] = {}
    for one in world.consents:
        home = next(iter(world.between[one.originator, one.holder])).number
        consents.setdefault(home, []).append(
            Consent(
                id=f"consent-{one.number}",
                by=(code(one.originator),),
                done=instant(START),
                seen=instant(START),
                recipients=(code(one.recipient),),
                holders=(code(one.holder),),
                topics=()
                if one.topics is None
                else tuple(TOPIC_NAMES[topic] for topic in sorted(one.topics)),
                objects=() if one.thing is None else (f"object-{one.thing}",),
                expires=None if one.expires == NEVER else instant(one.expires),
            )
        )
    made = [agreement(one, tuple(consents.get(one.number, ()))) for one in world.agreements]
    return Registry(parties, {one.id: one for one in made})


def agreement(one: Agreement, consents: tuple[Act, ...]) -> Instrument:
    """Return one agreement: what lies between its periods is a suspension, and its end is agreed."""
    a, b = (code(party) for party in one.parties)
    rows: dict[str, dict[str, tuple[str, ...]]] = {
        f"row-{number}": {a: (word(one.parties[0], row[0]),), b: (word(one.parties[1], row[1]),)}
        for number, row in enumerate(one.rows)
    }
    clauses: dict[str, Clause] = {
        "1": EntryIntoForce(rule=Stated(on=instant(one.periods[0][0]))),
        "2": Term(),
        "3": Scope(topics=tuple(TOPIC_NAMES[topic] for topic in sorted(one.topics))),
        "4": Equivalence(levels=rows),
        "5": Ceiling(
            highest={
                party: word(number, top)
                for party, number, top in zip((a, b), one.parties, one.ceilings, strict=True)
            }
        ),
        "6": ThirdParty(),
    }
    text = Text(
        format="servanda/instrument@1",
        id=f"agreement-{one.number}",
        kind=InstrumentKind.PROTECTION_AGREEMENT,
        version=1,
        title={"en": f"Agreement {one.number}"},
        parties=(a, b),
        clause=clauses,
    )
    acts: list[Act] = [*consents]
    for place, (_, end) in enumerate(one.periods):
        at = instant(end)
        if place + 1 == len(one.periods):
            acts.append(Terminate(id="end", by=(a, b), done=at, seen=at, effect=at))
            continue
        acts.append(SuspendOperation(id=f"pause-{place}", by=(a, b), done=at, seen=at))
        back = instant(one.periods[place + 1][0])
        acts.append(ResumeOperation(id=f"back-{place}", by=(a, b), done=back, seen=back, of=f"pause-{place}"))
    return Instrument((text,), tuple(acts), Conventions(zone="UTC"))


def request(world: World, asked: Request) -> ReleaseRequest:
    """Return a request of the benchmark as one of ours."""
    objects, thing = world.objects, asked.thing
    originator = int(objects.originator[thing])
    return ReleaseRequest(
        holder=code(int(objects.holder[thing])),
        recipient=code(asked.recipient),
        originators=(code(originator),),
        marking=word(originator, int(objects.level[thing])),
        at=instant(asked.at),
        topics=tuple(TOPIC_NAMES[topic] for topic in sorted(world.topic_sets[objects.topics[thing]])),
        object_id=f"object-{thing}",
        caveats=caveats(world, thing),
    )


def caveats(world: World, thing: int) -> tuple[Caveat, ...]:
    """Return the caveats of an object."""
    objects = world.objects
    found: list[Caveat] = []
    if objects.caveats[thing] & NOFORN:
        found.append(NoForeign())
    if objects.caveats[thing] & ORCON:
        found.append(OriginatorControlled())
    listed = int(objects.releasable[thing])
    if listed >= 0:
        found.append(ReleasableTo(tuple(code(one) for one in sorted(world.lists[listed]))))
    if objects.embargo[thing] >= START:
        found.append(Embargo(instant(int(objects.embargo[thing]))))
    return tuple(found)


class Servanda:
    """Our engine: a whole decision, with its reasons and, for a refusal, every way to a permit."""

    name = "Servanda, with explanation"

    def __init__(self, world: World) -> None:
        self.world = world
        self.registry = registry(world)
        self.compiled = Compiled(self.registry)
        self._archive: Archive | None = None

    def prepared(self, asked: list[Request]) -> list[ReleaseRequest]:
        """Return requests in the form that the engine takes."""
        return [request(self.world, one) for one in asked]

    def explain(self, asked: ReleaseRequest) -> Decision:
        """Answer with the full explanation."""
        return self.compiled.judge(asked)

    def plainly(self, asked: Request) -> bool:
        """Answer yes or no, worked out anew by the rules."""
        return rule(self.compiled.index, request(self.world, asked)).outcome is Outcome.PERMIT

    def archive(self) -> Archive:
        """Return the whole archive as columns, made once."""
        if self._archive is None:
            self._archive = archive(self.world, self.compiled.index)
        return self._archive

    def bit(self, asked: Request) -> tuple[int, int, int]:
        """Return a request as the numbers that the compiled answer takes."""
        return int(self.archive().objects.signature[asked.thing]), asked.recipient, asked.at
