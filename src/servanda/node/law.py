"""The questions that a door can ask of the law: one registry, and what may be supposed about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from servanda.decisions import Difference, Holding, Index, compare, decide, suppose
from servanda.errors import QuestionError
from servanda.formats.acts import read_act
from servanda.formats.languages import say_line
from servanda.formats.when import parse_instant
from servanda.model.act import Act
from servanda.model.decision import Decision, ReleaseRequest
from servanda.model.instrument import Instrument, Registry
from servanda.model.status import Answer, Standpoint, Status
from servanda.model.when import Instant, zone
from servanda.node.catalogue import load_catalogue
from servanda.node.clock import SystemClock
from servanda.node.config import FILE
from servanda.node.holdings import holdings
from servanda.node.house import Node
from servanda.node.supposing import supposition
from servanda.status import (
    Deadline,
    Explained,
    Story,
    Stretch,
    acts_explained,
    ask,
    deadlines,
    lines,
    story,
    timeline,
)


def now() -> Instant:
    """Return this machine's instant, for questions that name none."""
    return Instant(SystemClock().now())


def instant_of(words: str) -> Instant:
    """Read an instant as people type it: RFC 3339 with an offset, or `now`.

    Raises:
        FormatError: it is none; a day alone is not an instant.
    """
    return now() if words == "now" else parse_instant(words)


@dataclass(frozen=True, slots=True)
class Law:
    """A registry to ask; every question is pure, and the same question has the same answer."""

    registry: Registry
    clock: Instant | None = None
    """This instant by the clock of the node whose law it is; the machine's where it is None."""
    holdings: tuple[Holding, ...] = ()
    """Who holds what by the record of that node."""

    @property
    def now(self) -> Instant:
        """The instant of a question that names none."""
        return self.clock if self.clock is not None else now()

    @classmethod
    def of(cls, catalogue: Path | None, assume: tuple[str, ...] = ()) -> Law:
        """Load a catalogue (None: the one that comes with Servanda) and suppose what is asked.

        A folder that is a node's home gives the law as that node has it, with the acts on its record.

        Raises:
            CatalogueError: its files have problems.
            UnknownNameError: a supposition names what does not exist.
        """
        at_home = catalogue is not None and (catalogue / FILE).exists()
        law = _as_held(catalogue) if catalogue is not None and at_home else cls(load_catalogue(catalogue))
        supposed = suppose(law.registry, tuple(supposition(one) for one in assume))
        return cls(supposed, law.clock, law.holdings)

    def status(self, name: str, standpoint: Standpoint) -> Answer[Status]:
        """Answer where an instrument stands."""
        return ask(self.registry, name, standpoint)

    def timeline(
        self, name: str, start: Instant, end: Instant, standpoint: Standpoint
    ) -> tuple[Stretch, ...]:
        """Return the life of an instrument between two instants."""
        return timeline(self.registry, name, start, end, standpoint)

    def deadlines(self, name: str | None, standpoint: Standpoint) -> tuple[Deadline, ...]:
        """Return what lies ahead for one instrument or all, soonest first."""
        names = (name,) if name is not None else tuple(self.registry.instruments)
        found = [one for each in names for one in deadlines(self.registry, each, standpoint)]
        return tuple(sorted(found, key=lambda one: (one.at, one.instrument, one.kind.value)))

    def explain(self, name: str, standpoint: Standpoint, language: str = "en") -> tuple[str, ...]:
        """Say in sentences of a language where an instrument stands and why."""
        found = lines(self.registry, name, standpoint, language)
        return tuple("  " * line.indent + say_line(line, language) for line in found)

    def acts(self, name: str, standpoint: Standpoint) -> tuple[Explained, ...]:
        """Return every act known, with what it did in law or why it did nothing."""
        return acts_explained(self.registry.instrument(name), standpoint)

    def story(self, name: str, standpoint: Standpoint) -> Story:
        """Tell a package: its parts on several instruments, what they hang on, what became of them."""
        return story(self.registry, name, standpoint)

    def index(self, known: Instant) -> Index:
        """Return the registry arranged for questions that count what was known at an instant."""
        return Index(self.registry, known)

    def decide(self, request: ReleaseRequest) -> Decision:
        """Decide a release, with its detours where it is refused."""
        return decide(self.registry, request)

    def whatif(
        self, assume: tuple[str, ...], at: Instant, topics: tuple[str, ...], known: Instant
    ) -> Difference:
        """Compare this world with the one in which the suppositions hold, over the whole network.

        An end or a departure that names no instant is at the instant asked about.

        Raises:
            QuestionError: nothing is supposed.
        """
        if not assume:
            raise QuestionError("nothing is supposed", hint="add --assume 'lapse INSTRUMENT'")
        other = suppose(self.registry, tuple(supposition(one, at) for one in assume))
        return compare(self.registry, other, at, topics, known, self.holdings)


def _as_held(home: Path) -> Law:
    """Return the law as the node in a folder has it."""
    node = Node.open(home)
    try:
        with node.reading() as connection:
            return Law(node.registry(connection), node.now(), holdings(connection, node.party))
    finally:
        node.close()


def later(at: Instant, days: int) -> Instant:
    """Return the instant that many days of 24 hours after another; a horizon, not a legal count."""
    return Instant(at.utc + timedelta(days=days))


def life_starts(instrument: Instrument) -> Instant:
    """Return the first instant worth showing of an instrument: a day before its first act."""
    firsts = [act.done.span(zone("UTC"))[0] for act in instrument.acts if act.done.precision != "unknown"]
    return later(min(firsts), days=-1) if firsts else later(now(), days=-3650)


def act_of(
    party: str,
    name: str,
    kind: str,
    done: str | None,
    at: Instant,
    fields: dict[str, str],
    more: str,
) -> Act:
    """Return an act of a party from what an officer typed; `done` is `at` when left out.

    Raises:
        FormatError: the fields are not those of that kind of act; every problem is listed.
    """
    plain = {"id": name, "kind": kind, "by": [party], "done": done or str(at), "seen": str(at), **fields}
    inner = ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items())
    rest = more.strip().removeprefix("{").removesuffix("}").strip()
    return read_act(f"{{ {inner}{', ' + rest if rest else ''} }}", where=f"act {name}")
